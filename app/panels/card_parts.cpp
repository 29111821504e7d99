// app/panels/card_parts.cpp: see card_parts.h.
#include "panels/card_parts.h"

#include <QPainter>
#include <QPainterPath>

#include "style/theme.h"

namespace resonate::app {
namespace {

constexpr double radius = 5;

QColor mixed(const QColor& a, const QColor& b, double share) {
    return QColor::fromRgbF(static_cast<float>(a.redF() * (1 - share) + b.redF() * share),
                            static_cast<float>(a.greenF() * (1 - share) + b.greenF() * share),
                            static_cast<float>(a.blueF() * (1 - share) + b.blueF() * share));
}

}  // namespace

QColor errorColour(const QPalette& palette) { return isDark(palette) ? QColor(0xff9b85) : QColor(0xb3261e); }

SamplePicture::SamplePicture(QWidget* parent) : QWidget(parent) {
    setFixedSize(sizeHint());
    setAccessibleName(tr("No sample to show yet"));
}

void SamplePicture::setSample(const SharedSample& sample) {
    m_painter = sample ? makeSamplePainter(sample) : nullptr;
    setAccessibleName(!sample ? tr("No sample to show yet")
                      : sample->labelledPerStep()
                          ? tr("Picture of a sample")
                          : tr("Picture of a sample of class %1").arg(sample->className(sample->label(0))));
    update();
}

void SamplePicture::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const PlotStyle style = PlotStyle::fromPalette(palette());
    QPainterPath outline;
    outline.addRoundedRect(frame, radius, radius);
    painter.fillPath(outline, m_painter ? style.background : palette().color(QPalette::Window));
    if (m_painter) {
        painter.save();
        painter.setClipPath(outline);
        m_painter->drawPicture(painter, frame.adjusted(4, 4, -4, -4), style);
        painter.restore();
    } else {
        // A flat line with one swing: something will be seen here.
        const QColor ink = mixed(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.35);
        const double y = frame.center().y();
        const double x = frame.center().x();
        QPainterPath line(QPointF(frame.left() + 22, y));
        line.lineTo(x - 18, y);
        line.cubicTo(x - 10, y - 34, x - 6, y - 34, x, y);
        line.cubicTo(x + 6, y + 34, x + 10, y + 34, x + 18, y);
        line.lineTo(frame.right() - 22, y);
        painter.setPen(QPen(ink, 1.6, Qt::DashLine));
        painter.drawPath(line);
    }
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
}

StatusChip::StatusChip(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }

void StatusChip::setStatus(Tone tone, const QString& text) {
    m_tone = tone;
    m_text = text;
    setAccessibleName(tr("Status: %1").arg(text));
    updateGeometry();
    update();
}

QString StatusChip::label() const {
    switch (m_tone) {
        case Tone::Good: return QStringLiteral("✓ ") + m_text;
        case Tone::Busy: return QStringLiteral("⋯ ") + m_text;
        case Tone::Bad: return QStringLiteral("⚠ ") + m_text;
        case Tone::Neutral: break;
    }
    return m_text;
}

QSize StatusChip::sizeHint() const {
    return {fontMetrics().horizontalAdvance(label()) + 18, fontMetrics().height() + 6};
}

void StatusChip::paintEvent(QPaintEvent*) {
    const bool dark = isDark(palette());
    QColor hue = palette().color(QPalette::WindowText);
    if (m_tone == Tone::Good) hue = dark ? QColor(0x2fc499) : QColor(0x00664a);
    if (m_tone == Tone::Busy) hue = palette().color(QPalette::Link);
    if (m_tone == Tone::Bad) hue = errorColour(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(palette().color(QPalette::Base), hue, dark ? 0.18 : 0.10));
    const QRectF area(rect());
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2);
    painter.setPen(hue);
    painter.drawText(area, Qt::AlignCenter, label());
}

}  // namespace resonate::app
