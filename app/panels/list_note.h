// app/panels/list_note.h: the sentence that stands in a list where there is nothing to list.
#pragma once

#include <QAbstractScrollArea>
#include <QLabel>
#include <QVBoxLayout>

namespace resonate::app {

/// Hidden at first; whoever fills the list shows it.
inline QLabel* listNote(QAbstractScrollArea* list) {
    auto* note = new QLabel;
    note->setAlignment(Qt::AlignCenter);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* column = new QVBoxLayout(list->viewport());
    column->setSizeConstraint(QLayout::SetNoConstraint);
    column->setContentsMargins(24, 24, 24, 24);
    column->addWidget(note);
    note->hide();
    return note;
}

}  // namespace resonate::app
