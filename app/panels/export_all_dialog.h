// app/panels/export_all_dialog.h: exports all views of a workspace: which formats, which look, into which folder.
#pragma once

#include <QDialog>
#include <QHash>

#include "exports/view_exporter.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace resonate::app {

class FigureForm;
class WindowSettings;

class ExportAllDialog : public QDialog {
    Q_OBJECT

 public:
    /// `full` and `empty`: titles of the views with and without content. The files go into a folder named `name`.
    ExportAllDialog(const QStringList& full, const QStringList& empty, const QString& name, WindowSettings& settings,
                    QWidget* parent);

    ExportOptions options() const;
    QStringList formats() const;
    /// The folder of the figures, which is not there yet: a number is added where the name is taken.
    QString folder() const;

    QLineEdit* placeEdit() const { return m_place; }
    QCheckBox* formatBox(const QString& format) const { return m_formats.value(format); }
    FigureForm* form() const { return m_form; }
    QPushButton* exportButton() const { return m_export; }

    /// Remembers what was chosen.
    void accept() override;

 private:
    void refresh();

    QString m_folderName;
    WindowSettings& m_settings;
    QHash<QString, QCheckBox*> m_formats;
    FigureForm* m_form;
    QLineEdit* m_place;
    QLabel* m_target;
    QPushButton* m_export = nullptr;
};

}  // namespace resonate::app
