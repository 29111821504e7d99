// app/style/text_size.cpp: see text_size.h.
#include "style/text_size.h"

#include <QApplication>
#include <QFont>
#include <QFontInfo>
#include <QWidget>
#include <algorithm>

namespace resonate::app {

QString textSizeName(TextSize size) {
    switch (size) {
        case TextSize::Large: return QStringLiteral("large");
        case TextSize::Larger: return QStringLiteral("larger");
        case TextSize::Normal: break;
    }
    return QStringLiteral("normal");
}

TextSize textSizeFromName(const QString& name) {
    if (name == QLatin1String("large")) return TextSize::Large;
    if (name == QLatin1String("larger")) return TextSize::Larger;
    return TextSize::Normal;
}

void applyTextSize(TextSize size) {
    static const QFont system = QApplication::font();
    const double points = QFontInfo(system).pointSizeF();
    QFont font = system;
    if (size == TextSize::Large) font.setPointSizeF(std::max(12.0, 1.2 * points));
    if (size == TextSize::Larger) font.setPointSizeF(std::max(14.0, 1.45 * points));
    if (font == QApplication::font()) return;
    QApplication::setFont(font);
    // Widgets that stand already do not hear of it while the program has a style sheet, and hand nothing on.
    for (QWidget* widget : QApplication::allWidgets()) {
        QFont own = widget->font();
        own.setPointSizeF(font.pointSizeF() > 0 ? font.pointSizeF() : points);
        widget->setFont(own);
    }
}

}  // namespace resonate::app
