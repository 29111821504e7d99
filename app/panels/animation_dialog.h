// app/panels/animation_dialog.h: how the recorded epochs of a run become an animation.
#pragma once

#include <QDialog>
#include <QVariantMap>
#include <vector>

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
    /// `views`: titles and names of views; `recorded` epochs, ascending; `stem`: start of the names of files.
    AnimationDialog(const QList<std::pair<QString, QString>>& views, const std::vector<int>& recorded,
                    const QString& stem, WindowSettings& settings, QWidget* parent);

    /// Name of the view; "" = all of them.
    QString view() const;
    bool isGif() const;
    int picturesPerSecond() const;
    /// One of how many recorded epochs is drawn.
    int stride() const;
    /// Those that are drawn, ascending: the last recorded one is always among them.
    QList<int> epochs() const;
    ExportOptions options() const;
    /// File of the GIF or folder of the PNG files; it is not there yet.
    QString target() const;

    QComboBox* viewBox() const { return m_view; }
    QComboBox* formatBox() const { return m_format; }
    QSpinBox* rateSpin() const { return m_rate; }
    QSpinBox* strideSpin() const { return m_stride; }
    QLabel* words() const { return m_words; }
    QLineEdit* placeEdit() const { return m_place; }
    FigureForm* form() const { return m_form; }
    QPushButton* exportButton() const { return m_export; }

    /// Remembers what was chosen.
    void accept() override;

 private:
    /// The size that the view wants, until the user has chosen another.
    void offerSize();
    void refresh();
    /// "Draws 41 of 121 recorded epochs: 0, 3, 6 … 360."
    QString epochsText() const;

    QString m_stem;
    std::vector<int> m_recorded;
    WindowSettings& m_settings;
    QComboBox* m_view;
    QComboBox* m_format;
    QSpinBox* m_rate;
    QSpinBox* m_stride;
    FigureForm* m_form;
    QLineEdit* m_place;
    QLabel* m_words;
    QPushButton* m_export = nullptr;
    QVariantMap m_usual;        ///< how a figure of one view looks, until the user says otherwise
    bool m_sizeChosen = false;  ///< by the user
};

}  // namespace resonate::app
