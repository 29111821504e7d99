// app/views/elided_label.cpp: see elided_label.h.
#include "views/elided_label.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace resonate::app {

ElidedLabel::ElidedLabel(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ElidedLabel::setText(const QString& text, const QString& brief) {
    if (text == m_text && brief == m_brief) return;
    m_text = text;
    m_brief = brief;
    setAccessibleName(text);
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment) {
    m_alignment = alignment;
    update();
}

bool ElidedLabel::fits(const QString& text) const {
    return fontMetrics().horizontalAdvance(text) <= contentsRect().width();
}

QSize ElidedLabel::sizeHint() const {
    const QMargins around = contentsMargins();
    return {around.left() + around.right(), around.top() + fontMetrics().height() + around.bottom()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect room = contentsRect();
    style()->drawItemText(
        &painter, room, static_cast<int>(m_alignment), palette(), isEnabled(),
        fontMetrics().elidedText(m_brief.isEmpty() || fits(m_text) ? m_text : m_brief, Qt::ElideRight, room.width()),
        foregroundRole());
}

void ElidedLabel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
