// app/views/painted_view.cpp: see painted_view.h.
#include "views/painted_view.h"

#include <QFontInfo>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <algorithm>

#include "views/paint_turns.h"

namespace resonate::app {

PaintedView::PaintedView(ViewLink* link, QWidget* parent) : QWidget(parent), m_link(link) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(link, &ViewLink::cursorChanged, this, qOverload<>(&QWidget::update));
    connect(link, &ViewLink::selectionChanged, this, [this] { invalidate(); });
}

void PaintedView::invalidate() {
    m_cacheValid = false;
    PaintTurns::ofTheProgram().ask(this);
}

void PaintedView::setEmptyNote(const QString& note) {
    if (note == m_emptyNote) return;
    m_emptyNote = note;
    if (!hasContent()) invalidate();
}

void PaintedView::renderForExport(QPainter& painter, const QRectF& area) {
    painter.save();
    const PlotStyle style = figureStyle().colours;
    painter.fillRect(area, style.background);
    painter.setRenderHint(QPainter::Antialiasing);
    const double titleHeight = drawTitle(painter, area);
    measureLetters(painter.font());
    drawContent(painter, area.adjusted(0, titleHeight, 0, 0), style, true);
    measureLetters(font());
    painter.restore();
}

QString PaintedView::shownEmptyText() const { return m_emptyNote.isEmpty() ? emptyText() : m_emptyNote; }

/// Where it is too long for the view, with less room around it, then in smaller letters.
void PaintedView::drawEmptyText(QPainter& painter) {
    const QString words = shownEmptyText();
    constexpr int flags = Qt::AlignCenter | Qt::TextWordWrap;
    const auto fits = [&](const QRect& room) {
        const QRect needed = painter.fontMetrics().boundingRect(room, flags, words);
        return needed.width() <= room.width() && needed.height() <= room.height();
    };
    QRect room = rect().adjusted(24, 0, -24, 0);
    if (!fits(room)) room = rect().adjusted(4, 0, -4, 0);
    QFont letters = font();
    const double points = QFontInfo(letters).pointSizeF();
    constexpr double least = 0.6;
    for (double share = 0.95; share > least && !fits(room); share -= 0.05) {
        letters.setPointSizeF(points * share);
        painter.setFont(letters);
    }
    painter.drawText(room, flags, words);
}

void PaintedView::paintEvent(QPaintEvent*) {
    const PlotStyle style = PlotStyle::fromPalette(palette());
    QPainter painter(this);
    if (!hasContent()) {
        painter.fillRect(rect(), style.background);
        painter.setPen(palette().color(QPalette::PlaceholderText));
        drawEmptyText(painter);
        if (!m_cacheValid) setAccessibleDescription(shownEmptyText());
        m_cacheValid = true;
        m_cache = {};
        PaintTurns::ofTheProgram().drawn(this);
        return;
    }
    const QSize pixels = size() * devicePixelRatioF();
    if (!m_cacheValid || m_cache.size() != pixels) {
        m_cache = QPixmap(pixels);
        m_cache.setDevicePixelRatio(devicePixelRatioF());
        m_cache.fill(style.background);
        QPainter content(&m_cache);
        content.setFont(font());
        content.setRenderHint(QPainter::Antialiasing);
        drawContent(content, rect(), style, false);
        m_cacheValid = true;
        if (const QString summary = spokenSummary(); !summary.isEmpty()) setAccessibleDescription(summary);
    }
    painter.drawPixmap(0, 0, m_cache);
    PaintTurns::ofTheProgram().drawn(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawCursor(painter, rect(), style);
}

void PaintedView::measureLetters(const QFont& font) {
    QFont usual = font;
    usual.setPixelSize(12);
    fitLetters(std::max(1.0, QFontMetricsF(font).height() / QFontMetricsF(usual).height()));
}

bool PaintedView::event(QEvent* event) {
    if (event->type() == QEvent::Polish || event->type() == QEvent::FontChange) measureLetters(font());
    if (event->type() != QEvent::ToolTip || !hasContent()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos());
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

void PaintedView::leaveEvent(QEvent* event) {
    m_link->setCursor(-1);
    QWidget::leaveEvent(event);
}

void PaintedView::keyPressEvent(QKeyEvent* event) {
    if (!clearSelection(*event) && !zoom(*event) && !moveCursor(*event)) QWidget::keyPressEvent(event);
}

bool PaintedView::clearSelection(const QKeyEvent& event) {
    if (event.key() != Qt::Key_Backspace && event.key() != Qt::Key_Delete) return false;
    if (m_link->selection().isEmpty()) return false;
    m_link->setSelection({});
    return true;
}

bool PaintedView::zoom(const QKeyEvent& event) {
    constexpr double closer = 0.7;
    if (!zooms() || event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
    switch (event.key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoomByKey(closer); return true;
        case Qt::Key_Minus: zoomByKey(1 / closer); return true;
        case Qt::Key_0: zoomOut(); return true;
        default: return false;
    }
}

bool PaintedView::moveCursor(const QKeyEvent& event) {
    if (stepCount() == 0) return false;
    const int stride = event.modifiers() & Qt::ShiftModifier ? 10 : 1;
    const int at = m_link->cursor() < 0 ? firstKeyStep() : m_link->cursor();
    const auto move = [&](int step) { m_link->setCursor(std::clamp(step, 0, std::max(0, stepCount() - 1))); };
    switch (event.key()) {
        case Qt::Key_Left: move(at - stride); return true;
        case Qt::Key_Right: move(at + stride); return true;
        case Qt::Key_Home: move(0); return true;
        case Qt::Key_End: move(stepCount() - 1); return true;
        default: return false;
    }
}

void PaintedView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) invalidate();
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
