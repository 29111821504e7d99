// app/panels/figure_form.cpp: see figure_form.h.
#include "panels/figure_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

namespace resonate::app {
namespace {

/// Width × height in mm and text in points; the last entry of the box is "own size".
struct FigureSize {
    const char* name;
    double width;
    double height;
    double points;
};
constexpr FigureSize sizes[] = {{QT_TRANSLATE_NOOP("FigureForm", "One column, 85 mm"), 85, 60, 7},
                                {QT_TRANSLATE_NOOP("FigureForm", "Two columns, 180 mm"), 180, 100, 9},
                                {QT_TRANSLATE_NOOP("FigureForm", "Slide, 16:9"), 254, 142.9, 14}};
constexpr int ownSize = 3;

QDoubleSpinBox* spin(double low, double high, const QString& unit, const QString& name) {
    auto* made = new QDoubleSpinBox;
    made->setRange(low, high);
    made->setDecimals(1);
    made->setSuffix(unit);
    made->setAccessibleName(name);
    return made;
}

}  // namespace

FigureForm::FigureForm(QWidget* parent)
    : QWidget(parent),
      m_size(new QComboBox),
      m_width(spin(20, 1000, tr(" mm"), tr("Width"))),
      m_height(spin(15, 1000, tr(" mm"), tr("Height"))),
      m_resolution(new QSpinBox),
      m_pixels(new QLabel),
      m_font(spin(4, 40, tr(" pt"), tr("Size of the text"))),
      m_colours(new QComboBox),
      m_title(new QCheckBox(tr("&Title above the figure"))) {
    for (const FigureSize& size : sizes) m_size->addItem(tr(size.name));
    m_size->addItem(tr("Own size"));
    m_size->setAccessibleName(tr("Size"));
    m_resolution->setRange(36, 1200);
    m_resolution->setSuffix(tr(" dpi"));
    m_resolution->setAccessibleName(tr("Resolution"));
    m_resolution->setToolTip(tr("Of PNG pictures, in pixels per inch: 300 for print, 150 for slides"));
    m_font->setToolTip(tr("Lines, marks and margins follow it"));
    m_colours->addItem(tr("For print: light"), static_cast<int>(FigureColours::Print));
    m_colours->addItem(tr("As on screen"), static_cast<int>(FigureColours::Screen));
    m_colours->setAccessibleName(tr("Colours"));
    m_title->setToolTip(tr("Papers say it in the caption instead"));

    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("&Size"), m_size);
    auto* extent = new QHBoxLayout;
    extent->addWidget(m_width, 1);
    extent->addWidget(new QLabel(QStringLiteral("×")));
    extent->addWidget(m_height, 1);
    form->addRow(tr("&Width × height"), extent);
    if (auto* label = qobject_cast<QLabel*>(form->labelForField(extent))) label->setBuddy(m_width);
    form->addRow(tr("Text s&ize"), m_font);
    form->addRow(tr("&Colours"), m_colours);
    auto* pixels = new QHBoxLayout;
    pixels->addWidget(m_resolution);
    pixels->addWidget(m_pixels, 1);
    form->addRow(tr("&Resolution"), pixels);
    if (auto* label = qobject_cast<QLabel*>(form->labelForField(pixels))) label->setBuddy(m_resolution);
    form->addRow(QString(), m_title);

    connect(m_size, &QComboBox::activated, this, &FigureForm::takeSize);
    for (QDoubleSpinBox* box : {m_width, m_height})
        connect(box, &QDoubleSpinBox::valueChanged, this, [this] {
            m_size->setCurrentIndex(ownSize);
            refresh();
        });
    connect(m_font, &QDoubleSpinBox::valueChanged, this, &FigureForm::refresh);
    connect(m_resolution, &QSpinBox::valueChanged, this, &FigureForm::refresh);
    connect(m_colours, &QComboBox::currentIndexChanged, this, &FigureForm::refresh);
    connect(m_title, &QCheckBox::toggled, this, &FigureForm::refresh);
    setChoices({});
}

void FigureForm::takeSize(int index) {
    if (index >= 0 && index < ownSize) {
        const FigureSize& size = sizes[index];
        const QSignalBlocker quiet[] = {QSignalBlocker(m_width), QSignalBlocker(m_height), QSignalBlocker(m_font)};
        m_width->setValue(size.width);
        m_height->setValue(size.height);
        m_font->setValue(size.points);
        m_size->setCurrentIndex(index);
    }
    refresh();
}

void FigureForm::refresh() {
    const QSize pixels = figurePixels(options());
    m_pixels->setText(tr("%1 × %2 pixels").arg(pixels.width()).arg(pixels.height()));
    Q_EMIT changed();
}

void FigureForm::setPixelsWanted(bool wanted) {
    m_resolution->setEnabled(wanted);
    m_pixels->setVisible(wanted);
}

ExportOptions FigureForm::options() const {
    ExportOptions options;
    options.millimetres = {m_width->value(), m_height->value()};
    options.dotsPerInch = m_resolution->value();
    options.fontPoints = m_font->value();
    options.colours = static_cast<FigureColours>(m_colours->currentData().toInt());
    options.titled = m_title->isChecked();
    return options;
}

QVariantMap FigureForm::choices() const {
    return {{QStringLiteral("size"), m_size->currentIndex()}, {QStringLiteral("width"), m_width->value()},
            {QStringLiteral("height"), m_height->value()},    {QStringLiteral("dpi"), m_resolution->value()},
            {QStringLiteral("points"), m_font->value()},      {QStringLiteral("colours"), m_colours->currentIndex()},
            {QStringLiteral("titled"), m_title->isChecked()}};
}

void FigureForm::setChoices(const QVariantMap& choices) {
    const ExportOptions usual;
    const auto number = [&](const char* name, double otherwise) {
        bool valid = false;
        const double value = choices.value(QLatin1String(name)).toDouble(&valid);
        return valid ? value : otherwise;
    };
    m_width->setValue(number("width", usual.millimetres.width()));
    m_height->setValue(number("height", usual.millimetres.height()));
    m_font->setValue(number("points", usual.fontPoints));
    m_resolution->setValue(static_cast<int>(number("dpi", usual.dotsPerInch)));
    const int colours = static_cast<int>(number("colours", 0));
    m_colours->setCurrentIndex(colours == 1 ? 1 : 0);
    m_title->setChecked(choices.value(QStringLiteral("titled"), usual.titled).toBool());
    const int size = static_cast<int>(number("size", 1));
    m_size->setCurrentIndex(size >= 0 && size <= ownSize ? size : ownSize);
    refresh();
}

}  // namespace resonate::app
