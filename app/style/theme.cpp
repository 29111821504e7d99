// app/style/theme.cpp: see theme.h.
#include "style/theme.h"

#include <QStyleFactory>
#include <array>
#include <cmath>
#include <cstdlib>

namespace resonate::app {
namespace {

QPalette lightPalette() {
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0xf4f5f7));
    palette.setColor(QPalette::WindowText, QColor(0x1b1f24));
    palette.setColor(QPalette::Base, QColor(0xffffff));
    palette.setColor(QPalette::AlternateBase, QColor(0xf0f2f5));
    palette.setColor(QPalette::Text, QColor(0x1b1f24));
    palette.setColor(QPalette::PlaceholderText, QColor(0x626a74));
    palette.setColor(QPalette::Button, QColor(0xe9ebef));
    palette.setColor(QPalette::ButtonText, QColor(0x1b1f24));
    palette.setColor(QPalette::BrightText, QColor(0xffffff));
    palette.setColor(QPalette::ToolTipBase, QColor(0xffffff));
    palette.setColor(QPalette::ToolTipText, QColor(0x1b1f24));
    palette.setColor(QPalette::Highlight, QColor(0x0072b2));
    palette.setColor(QPalette::HighlightedText, QColor(0xffffff));
    palette.setColor(QPalette::Link, QColor(0x00639c));
    palette.setColor(QPalette::Mid, QColor(0xc3c8cf));
    palette.setColor(QPalette::Midlight, QColor(0xdde1e6));
    palette.setColor(QPalette::Dark, QColor(0x9aa1aa));
    palette.setColor(QPalette::Light, QColor(0xffffff));
    palette.setColor(QPalette::Shadow, QColor(0x6f7780));
    return palette;
}

QPalette darkPalette() {
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0x202327));
    palette.setColor(QPalette::WindowText, QColor(0xe6e8eb));
    palette.setColor(QPalette::Base, QColor(0x17191c));
    palette.setColor(QPalette::AlternateBase, QColor(0x24282d));
    palette.setColor(QPalette::Text, QColor(0xe6e8eb));
    palette.setColor(QPalette::PlaceholderText, QColor(0x98a0aa));
    palette.setColor(QPalette::Button, QColor(0x2d3136));
    palette.setColor(QPalette::ButtonText, QColor(0xe6e8eb));
    palette.setColor(QPalette::BrightText, QColor(0xffffff));
    palette.setColor(QPalette::ToolTipBase, QColor(0x2d3136));
    palette.setColor(QPalette::ToolTipText, QColor(0xe6e8eb));
    palette.setColor(QPalette::Highlight, QColor(0x23719f));
    palette.setColor(QPalette::HighlightedText, QColor(0xffffff));
    palette.setColor(QPalette::Link, QColor(0x6bb8ee));
    palette.setColor(QPalette::Mid, QColor(0x3d4249));
    palette.setColor(QPalette::Midlight, QColor(0x353a40));
    palette.setColor(QPalette::Dark, QColor(0x121416));
    palette.setColor(QPalette::Light, QColor(0x454b52));
    palette.setColor(QPalette::Shadow, QColor(0x0b0c0d));
    return palette;
}

QPalette withDisabled(QPalette palette) {
    const QColor grey = palette.color(QPalette::PlaceholderText);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, grey);
    return palette;
}

double luminance(const QColor& colour) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

QString themeName(ThemeMode mode) {
    switch (mode) {
        case ThemeMode::Light: return QStringLiteral("light");
        case ThemeMode::Dark: return QStringLiteral("dark");
        case ThemeMode::System: break;
    }
    return QStringLiteral("system");
}

ThemeMode themeFromName(const QString& name) {
    if (name == QLatin1String("light")) return ThemeMode::Light;
    if (name == QLatin1String("dark")) return ThemeMode::Dark;
    return ThemeMode::System;
}

void applyTheme(QApplication& application, ThemeMode mode) {
    static const bool systemIsDark = isDark(QApplication::palette());
    const bool dark = mode == ThemeMode::Dark || (mode == ThemeMode::System && systemIsDark);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(withDisabled(dark ? darkPalette() : lightPalette()));
    const QPalette palette = QApplication::palette();
    if (dark) {
        // Fusion outlines fields and check boxes darker than the window, which shows nothing on a dark one: they are
        // lighter inside instead.
        QPalette fields = palette;
        fields.setColor(QPalette::Base, palette.color(QPalette::Mid));
        for (const char* name : {"QLineEdit", "QAbstractSpinBox", "QCheckBox"}) QApplication::setPalette(fields, name);
    }
    application.setStyleSheet(
        QStringLiteral("QToolTip { color: %1; background: %2; border: 1px solid %3; padding: 4px; }"
                       "QMainWindow::separator { background: %3; width: 3px; height: 3px; }")
            .arg(palette.color(QPalette::ToolTipText).name(), palette.color(QPalette::ToolTipBase).name(),
                 palette.color(QPalette::Mid).name()));
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QColor neuronColour(NeuronType type, bool dark) {
    switch (type) {
        case NeuronType::brf: return dark ? QColor(0x4aa8e8) : QColor(0x0072b2);         // blue
        case NeuronType::rf: return dark ? QColor(0xf0803c) : QColor(0xc65300);          // vermilion
        case NeuronType::alif: return dark ? QColor(0xe69f00) : QColor(0xa86f00);        // orange
        case NeuronType::lif: return dark ? QColor(0xdd94bd) : QColor(0xa9507f);         // reddish purple
        case NeuronType::hrf: return dark ? QColor(0x2cbf94) : QColor(0x00805c);         // bluish green
        case NeuronType::izhikevich: return dark ? QColor(0x84d0f5) : QColor(0x1f7fae);  // sky blue
    }
    return {};
}

QColor selectionColour(int index, bool dark) {
    static const std::array<QColor, 8> light = {QColor(0x0072b2), QColor(0xc65300), QColor(0x007a59), QColor(0xa9507f),
                                                QColor(0x8a5f00), QColor(0x2b83b8), QColor(0x5b5f66), QColor(0x6d4bb5)};
    static const std::array<QColor, 8> bright = {QColor(0x56b4e9), QColor(0xf0803c), QColor(0x2fc499),
                                                 QColor(0xdd94bd), QColor(0xe6a817), QColor(0xf0e442),
                                                 QColor(0xb9bec6), QColor(0xb39aec)};
    return (dark ? bright : light)[static_cast<size_t>(index) % light.size()];
}

QColor classColour(int index) {
    static const std::array<QColor, 8> colours = {QColor(0x56b4e9), QColor(0xe69f00), QColor(0xd55e00),
                                                  QColor(0xcc79a7), QColor(0x009e73), QColor(0xb4b9c0),
                                                  QColor(0xf0e442), QColor(0x0072b2)};
    const QColor colour = colours[static_cast<size_t>(index) % colours.size()];
    // Sets of up to 24 classes: darker, then lighter shades of the same.
    switch (static_cast<size_t>(index) / colours.size() % 3) {
        case 1: return colour.darker(165);
        case 2: return colour.lighter(140);
        default: return colour;
    }
}

QColor validationColour(const QColor& test, bool dark) {
    const QColor orange = dark ? QColor(0xe6a817) : QColor(0xa86f00);
    const int apart = std::abs(test.red() - orange.red()) + std::abs(test.green() - orange.green()) +
                      std::abs(test.blue() - orange.blue());
    // Brown beside the orange of ALIF and the vermilion of RF.
    constexpr int enough = 120;
    return apart >= enough ? orange : dark ? QColor(0x9a6a00) : QColor(0x5c3d00);
}

QColor messageColour(bool error, bool dark) {
    if (error) return dark ? QColor(0x5a1f1a) : QColor(0xfde2de);
    return dark ? QColor(0x173a52) : QColor(0xdcedf8);
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace resonate::app
