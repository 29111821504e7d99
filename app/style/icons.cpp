// app/style/icons.cpp: see icons.h.
#include "style/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace resonate::app {

QIcon themedIcon(const QString& name, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray drawing = file.readAll();
    QIcon icon;
    for (const bool disabled : {false, true}) {
        QColor ink = colour;
        if (disabled) ink.setAlphaF(0.35F);
        QByteArray inked = drawing;
        inked.replace("currentColor", ink.name().toLatin1());
        QSvgRenderer renderer(inked);
        for (const int size : {16, 18, 20, 24, 32, 36, 40, 48, 64, 72, 96}) {
            QPixmap pixmap(size, size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            painter.setOpacity(ink.alphaF());
            renderer.render(&painter);
            painter.end();
            icon.addPixmap(pixmap, disabled ? QIcon::Disabled : QIcon::Normal);
        }
    }
    return icon;
}

QIcon applicationIcon() { return QIcon(QStringLiteral(":/icons/resonate.svg")); }

}  // namespace resonate::app
