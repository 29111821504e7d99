// app/panels/letter_columns.cpp: see letter_columns.h.
#include "panels/letter_columns.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHeaderView>
#include <QTableView>
#include <utility>

namespace resonate::app {

LetterColumns::LetterColumns(QTableView* view, std::initializer_list<int> letters)
    : QObject(view), m_view(view), m_letter(viewLetter()) {
    int column = 0;
    for (const int width : letters) view->setColumnWidth(column++, qRound(width * m_letter));
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 8);
    view->installEventFilter(this);
}

double LetterColumns::viewLetter() const { return QFontMetricsF(m_view->font()).averageCharWidth(); }

void LetterColumns::take(double letter) {
    m_letter = letter > 0 ? letter : viewLetter();
    fit();
}

void LetterColumns::fit() {
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 8);
    const double now = viewLetter();
    const double factor = now / std::exchange(m_letter, now);
    if (qFuzzyCompare(factor, 1.0)) return;
    QHeaderView* header = m_view->horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        // What is hidden has a width only while it shows.
        const bool hidden = header->isSectionHidden(column);
        header->setSectionHidden(column, false);
        header->resizeSection(column, qRound(header->sectionSize(column) * factor));
        header->setSectionHidden(column, hidden);
    }
}

bool LetterColumns::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::FontChange) fit();
    return QObject::eventFilter(watched, event);
}

}  // namespace resonate::app
