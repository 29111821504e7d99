// app/models/experiment_edits.h: undo and redo of what is edited in the form.
#pragma once

#include <QHash>
#include <QObject>
#include <QUndoStack>

#include "resonate/experiment_config.h"

namespace resonate::app {

/// All that the form shows, by value.
struct FormState {
    QString presetName;
    ExperimentConfig preset;
    ExperimentConfig config;
    QHash<QString, QString> drafts;  ///< texts that are no value of their field yet, by its path
    ExperimentConfig opened = {};    ///< as it came into the form: a run's experiment may differ from its preset

    /// Was anything done to it in the form?
    bool isEdited() const { return !(config == opened) || !drafts.isEmpty(); }
    bool operator==(const FormState&) const = default;
};

/// Steps hold whole states: a form is small, and a step that knows everything can undo anything.
class ExperimentEdits : public QObject {
    Q_OBJECT

 public:
    explicit ExperimentEdits(QObject* parent = nullptr);

    QUndoStack* stack() const { return m_stack; }
    /// A step from `before` to `after`, done already. Typing in one field is one step until endTyping(); `field` is its
    /// path, or empty where more than one field changed. `what` says what is done where it is not the field's value.
    void add(const FormState& before, const FormState& after, const QString& field, const QString& what = {});
    /// What is typed next is a step of its own.
    void endTyping() { ++m_typing; }

 Q_SIGNALS:
    /// A step was undone or done again: show this. `field` is what it is about, or empty.
    void restored(const resonate::app::FormState& state, const QString& field);

 private:
    class Step;

    QUndoStack* m_stack;
    int m_typing = 0;
};

/// The value of a field as people read it, with its unit; a draft as it was typed.
QString shownValue(const QString& path, const FormState& state);

}  // namespace resonate::app
