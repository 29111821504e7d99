// app/panels/animation_dialog.h: how the recorded epochs of a run become an animation.
#pragma once

#include <QDialog>

#include "exports/view_exporter.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace resonate::app {

class FigureForm;
class WindowSettings;

class AnimationDialog : public QDialog {
    Q_OBJECT

 public:
    /// `views`: titles and names of views; `epochs` that are recorded; `stem`: start of the names of files.
    AnimationDialog(const QList<std::pair<QString, QString>>& views, int epochs, const QString& stem,
                    WindowSettings& settings, QWidget* parent);

    /// Name of the view; "" = all of them.
    QString view() const;
    bool isGif() const;
    int picturesPerSecond() const;
    /// Every how many recorded epochs a picture is made.
    int stride() const;
    ExportOptions options() const;
    /// File of the GIF or folder of the PNG files; it is not there yet.
    QString target() const;

    QComboBox* viewBox() const { return m_view; }
    QComboBox* formatBox() const { return m_format; }
    QLineEdit* placeEdit() const { return m_place; }
    FigureForm* form() const { return m_form; }
    QPushButton* exportButton() const { return m_export; }

    /// Remembers what was chosen.
    void accept() override;

 private:
    void refresh();

    QString m_stem;
    int m_epochs;
    WindowSettings& m_settings;
    QComboBox* m_view;
    QComboBox* m_format;
    QSpinBox* m_rate;
    QSpinBox* m_stride;
    FigureForm* m_form;
    QLineEdit* m_place;
    QLabel* m_words;
    QPushButton* m_export = nullptr;
};

}  // namespace resonate::app
