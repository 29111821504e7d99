// app/panels/field_row.h: one field of the experiment: label, editor, mark of a change, problem.
#pragma once

#include <QLabel>
#include <QObject>
#include <QToolButton>
#include <QWidget>

#include "resonate/config_io.h"

namespace resonate::app {

/// Made from the field catalogue. Emits `edited` when the user, not the program, has changed the value.
class FieldRow : public QObject {
    Q_OBJECT

 public:
    FieldRow(const Field& field, QWidget* parent);

    const Field& field() const { return m_field; }
    QLabel* label() const { return m_label; }
    /// Editor, mark and problem in one widget.
    QWidget* editorBox() const { return m_box; }
    QWidget* editor() const { return m_editor; }
    QToolButton* resetButton() const { return m_reset; }
    QLabel* problemLabel() const { return m_problem; }
    /// A button beside the editor.
    QToolButton* addButton(const QString& text, const QString& meaning);

    /// Shows the value of `config`; `preset` decides the mark.
    void show(const ExperimentConfig& config, const ExperimentConfig& preset);
    /// Stores the editor's value. Throws ConfigError where the text is no value of the field.
    void store(ExperimentConfig& config) const;
    void setProblem(const QString& sentence);
    void setVisible(bool visible);

 Q_SIGNALS:
    void edited();
    void resetRequested();

 private:
    QWidget* makeEditor(QWidget* parent);
    QString toolTip() const;

    Field m_field;
    QLabel* m_label;
    QWidget* m_box;
    QWidget* m_editor;
    QToolButton* m_reset;
    QLabel* m_problem;
};

}  // namespace resonate::app
