// app/panels/figure_form.h: how an exported figure looks: size, resolution, colours, text size, title.
#pragma once

#include <QVariantMap>
#include <QWidget>

#include "exports/view_exporter.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace resonate::app {

class FigureForm : public QWidget {
    Q_OBJECT

 public:
    explicit FigureForm(QWidget* parent = nullptr);

    /// Without origin and record.
    ExportOptions options() const;
    /// By name, for the settings; unknown or senseless values leave the default.
    QVariantMap choices() const;
    void setChoices(const QVariantMap& choices);
    /// Is there a picture of pixels among what is exported?
    void setPixelsWanted(bool wanted);

    QComboBox* sizeBox() const { return m_size; }
    QDoubleSpinBox* widthSpin() const { return m_width; }
    QDoubleSpinBox* heightSpin() const { return m_height; }
    QSpinBox* resolutionSpin() const { return m_resolution; }
    QDoubleSpinBox* fontSpin() const { return m_font; }
    QComboBox* colourBox() const { return m_colours; }
    QCheckBox* titleBox() const { return m_title; }

 Q_SIGNALS:
    void changed();

 private:
    void takeSize(int index);
    void refresh();

    QComboBox* m_size;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_height;
    QSpinBox* m_resolution;
    QLabel* m_pixels;
    QDoubleSpinBox* m_font;
    QComboBox* m_colours;
    QCheckBox* m_title;
};

}  // namespace resonate::app
