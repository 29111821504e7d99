// app/panels/export_dialog.h: exports one view: format, look, place, and how it will look.
#pragma once

#include <QDialog>
#include <QTimer>

#include "exports/view_exporter.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace resonate::app {

class FigureForm;
class WindowSettings;

/// Stays open where an export fails, and says why. Remembers what was chosen.
class ExportDialog : public QDialog {
    Q_OBJECT

 public:
    /// `origin` and `record` go into the files; `stem`: proposed name of the file without its ending.
    ExportDialog(ExportableView& view, const QString& stem, const QString& origin, const FigureRecord& record,
                 WindowSettings& settings, QWidget* parent);

    QComboBox* formatBox() const { return m_format; }
    FigureForm* form() const { return m_form; }
    QLineEdit* nameEdit() const { return m_name; }
    QPushButton* exportButton() const { return m_export; }
    QPushButton* copyButton() const { return m_copy; }
    QLabel* preview() const { return m_preview; }
    QCheckBox* companionBox() const { return m_companion; }
    QString problem() const;
    /// After it was accepted: the file written.
    QString written() const { return m_written; }

    /// Writes the file.
    void accept() override;

 protected:
    void resizeEvent(QResizeEvent* event) override;

 private:
    ExportOptions options() const;
    QString format() const;
    QString file() const;
    void browse();
    void copy();
    void takeFormat();
    void refreshPreview();
    void say(const QString& problem);
    void remember();

    ExportableView& m_view;
    QString m_origin;
    FigureRecord m_record;
    WindowSettings& m_settings;
    QComboBox* m_format;
    FigureForm* m_form;
    QLineEdit* m_name;
    QLabel* m_preview;
    QLabel* m_problem;
    QCheckBox* m_companion;
    QPushButton* m_export = nullptr;
    QPushButton* m_copy = nullptr;
    QTimer m_soon;
    QString m_written;
};

}  // namespace resonate::app
