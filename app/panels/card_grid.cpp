// app/panels/card_grid.cpp: see card_grid.h.
#include "panels/card_grid.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollBar>
#include <algorithm>

namespace resonate::app {
namespace {

constexpr int cardWidth = 430;
constexpr int mostColumns = 4;

}  // namespace

CardGrid::CardGrid(QWidget* parent)
    : QScrollArea(parent), m_content(new QWidget), m_layout(new QGridLayout(m_content)) {
    m_layout->setContentsMargins(10, 8, 10, 12);
    m_layout->setSpacing(10);
    setWidget(m_content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_content->installEventFilter(this);
    setMinimumWidth(cardWidth);
    setFocusPolicy(Qt::NoFocus);
}

void CardGrid::setSection(int section, const QString& heading, const QList<QWidget*>& cards, QWidget* tools) {
    while (m_sections.size() <= section) m_sections.append(Section{});
    Section& changed = m_sections[section];
    if (!changed.heading) {
        changed.heading = new QLabel(m_content);
        QFont font = changed.heading->font();
        font.setBold(true);
        changed.heading->setFont(font);
        changed.heading->setContentsMargins(2, 4, 2, 0);
    }
    changed.heading->setText(heading);
    if (tools && tools != changed.tools) {
        delete changed.tools;
        changed.tools = tools;
        tools->setParent(m_content);
    }
    for (QWidget* old : std::as_const(changed.cards))
        if (!cards.contains(old)) old->deleteLater();
    for (QWidget* card : cards)
        if (!changed.cards.contains(card)) {
            card->setParent(m_content);
            card->installEventFilter(this);
            card->show();
        }
    changed.cards = cards;
    arrange();
}

void CardGrid::arrange() {
    while (QLayoutItem* item = m_layout->takeAt(0)) delete item;
    for (int row = 0; row < m_layout->rowCount(); ++row) m_layout->setRowStretch(row, 0);
    int row = 0;
    QWidget* before = nullptr;
    const auto next = [&](QWidget* widget) {
        if (before) QWidget::setTabOrder(before, widget);
        before = widget;
    };
    for (const Section& section : std::as_const(m_sections)) {
        m_layout->addWidget(section.heading, row++, 0, 1, m_columns);
        if (section.tools) {
            m_layout->addWidget(section.tools, row++, 0, 1, m_columns);
            next(section.tools);
        }
        for (int i = 0; i < section.cards.size(); ++i) {
            m_layout->addWidget(section.cards[i], row + i / m_columns, i % m_columns);
            next(section.cards[i]);
        }
        row += (static_cast<int>(section.cards.size()) + m_columns - 1) / m_columns;
    }
    for (int column = 0; column < mostColumns; ++column) m_layout->setColumnStretch(column, column < m_columns ? 1 : 0);
    m_layout->setRowStretch(row, 1);
}

int CardGrid::widestCard() const {
    int width = cardWidth;
    for (const Section& section : m_sections)
        for (const QWidget* card : section.cards) width = std::max(width, card->minimumSizeHint().width());
    return width;
}

void CardGrid::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    const int columns = std::clamp(viewport()->width() / widestCard(), 1, mostColumns);
    if (columns == m_columns) return;
    m_columns = columns;
    arrange();
}

bool CardGrid::eventFilter(QObject* watched, QEvent* event) {
    // Larger letters make wider cards: none is cut off sideways.
    if (watched == m_content && event->type() == QEvent::LayoutRequest) {
        const QMargins margins = m_layout->contentsMargins();
        setMinimumWidth(widestCard() + margins.left() + margins.right() + verticalScrollBar()->sizeHint().width());
    }
    if (event->type() == QEvent::FocusIn) ensureWidgetVisible(qobject_cast<QWidget*>(watched), 0, 10);
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const auto* card = qobject_cast<QWidget*>(watched);
        const int page = m_columns * std::max(1, viewport()->height() / std::max(1, card->height()));
        const int move = key == Qt::Key_Down       ? 1
                         : key == Qt::Key_Up       ? -1
                         : key == Qt::Key_PageDown ? page
                         : key == Qt::Key_PageUp   ? -page
                                                   : 0;
        QList<QWidget*> all;
        for (const Section& section : std::as_const(m_sections)) all += section.cards;
        const qsizetype at = all.indexOf(card);
        if (move != 0 && at >= 0) {
            all[std::clamp<qsizetype>(at + move, 0, all.size() - 1)]->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace resonate::app
