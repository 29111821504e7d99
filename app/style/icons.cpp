// app/style/icons.cpp: see icons.h.
#include "style/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <utility>

namespace resonate::app {

namespace {

/// Draws when a picture is asked for, in the pixels that are asked for: most sizes never are.
class InkedIcon : public QIconEngine {
 public:
    InkedIcon(QByteArray drawing, const QColor& ink) : m_drawing(std::move(drawing)), m_ink(ink) {}

    void paint(QPainter* painter, const QRect& area, QIcon::Mode mode, QIcon::State) override {
        QByteArray inked = m_drawing;
        inked.replace("currentColor", m_ink.name().toLatin1());
        QSvgRenderer renderer(inked);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setOpacity(mode == QIcon::Disabled ? disabledOpacity : 1);
        renderer.render(painter, area);
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        const QString key = QStringLiteral("icon-%1-%2-%3x%4-%5")
                                .arg(qHash(m_drawing), 0, 16)
                                .arg(m_ink.name())
                                .arg(size.width())
                                .arg(size.height())
                                .arg(mode == QIcon::Disabled);
        QPixmap drawn;
        if (QPixmapCache::find(key, &drawn)) return drawn;
        drawn = QPixmap(size);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, drawn);
        return drawn;
    }
    QIconEngine* clone() const override { return new InkedIcon(*this); }

 private:
    static constexpr double disabledOpacity = 0.35;
    QByteArray m_drawing;
    QColor m_ink;
};

}  // namespace

QIcon themedIcon(const QString& name, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QIcon(new InkedIcon(file.readAll(), colour));
}

QIcon applicationIcon() { return QIcon(QStringLiteral(":/icons/resonate.svg")); }

}  // namespace resonate::app
