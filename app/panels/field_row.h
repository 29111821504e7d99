// app/panels/field_row.h: one field of the experiment: label, editor, mark of a change, problem.
#pragma once

#include <QLabel>
#include <QObject>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include "resonate/config_io.h"

namespace resonate::app {

/// Made from the field catalogue. Emits `edited` when the user, not the program, has changed the value. Undo and redo
/// are those of the form, not those of the editor; Shift+F1 and the context menu ask what the field is.
class FieldRow : public QObject {
    Q_OBJECT

 public:
    FieldRow(const Field& field, QWidget* parent);

    const Field& field() const { return m_field; }
    QLabel* label() const { return m_label; }
    /// The label gets the room that its letters need.
    void fit();
    /// Editor, mark and problem in one widget.
    QWidget* editorBox() const { return m_box; }
    QWidget* editor() const { return m_editor; }
    QToolButton* resetButton() const { return m_reset; }
    QLabel* problemLabel() const { return m_problem; }
    QLabel* runLabel() const { return m_runNote; }
    QPushButton* applyButton() const { return m_apply; }
    /// A button beside the editor.
    QToolButton* addButton(const QString& text, const QString& meaning);

    /// Shows the value of `config`; `preset` decides the mark.
    void show(const ExperimentConfig& config, const ExperimentConfig& preset);
    /// Stores the editor's value. Throws ConfigError where the text is no value of the field.
    void store(ExperimentConfig& config) const;
    /// The mark that the value, or a text that is none, is not the preset's. Clicking it resets.
    void setChanged(bool changed);
    /// Shows a text that is no value of the field.
    void showDraft(const QString& text);
    /// As typed, of editors of text; else empty.
    QString typedText() const;
    void setProblem(const QString& sentence);
    /// A training runs that takes changes of this field; or it does not.
    void setLive(bool live);
    /// How the running training differs, below the editor; empty: it does not.
    void setRunNote(const QString& sentence, bool isError, bool applicable);
    void setVisible(bool visible);

 Q_SIGNALS:
    void edited();
    /// The user is done with the value: Return, a click.
    void committed();
    void applyRequested();
    void resetRequested();
    void helpRequested();
    void focused();
    void left();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    /// The label is bold where the value is not the preset's.
    void embolden();
    void buildRunNote();
    void showMenu(const QPoint& at);
    QWidget* makeEditor(QWidget* parent);
    QString toolTip() const;

    Field m_field;
    QLabel* m_label;
    QWidget* m_box;
    QWidget* m_editor;
    QToolButton* m_reset;
    QLabel* m_problem;
    QWidget* m_runBox;
    QLabel* m_runNote;
    QPushButton* m_apply;
    bool m_changed = false;  ///< is the value not the preset's?
    bool m_live = false;
};

}  // namespace resonate::app
