// app/style/theme.h: light and dark, and colours that mean the same thing everywhere (Okabe & Ito 2008).
#pragma once

#include <QApplication>
#include <QColor>
#include <QPalette>
#include <QString>

#include "resonate/experiment_config.h"

namespace resonate::app {

enum class ThemeMode { System, Light, Dark };

QString themeName(ThemeMode mode);
ThemeMode themeFromName(const QString& name);

/// Fusion style with our palette. `System` follows the palette the desktop gave at the start.
void applyTheme(QApplication& application, ThemeMode mode);

bool isDark(const QPalette& palette);

/// The colour of a neuron type, bright enough to read as a line on the background.
QColor neuronColour(NeuronType type, bool dark);
/// Colours of selected neurons by their place in the selection, and of classes by their index; repeating.
QColor selectionColour(int index, bool dark);
QColor classColour(int index);
/// The validation curve, beside a test curve of that colour.
QColor validationColour(const QColor& test, bool dark);

/// Behind an error, else behind a notice.
QColor messageColour(bool error, bool dark);

/// Contrast ratio of WCAG 2, 1 … 21.
double contrastRatio(const QColor& a, const QColor& b);

}  // namespace resonate::app
