// app/panels/run_table_dialogs.cpp: what the table of runs asks for, and where it leads.
#include <QDesktopServices>
#include <QInputDialog>
#include <QUrl>

#include "models/run_facts.h"
#include "models/text.h"
#include "panels/run_table.h"
#include "session/run_edits.h"

namespace resonate::app {

void RunTable::askForTags() {
    const QStringList ids = chosen();
    if (ids.isEmpty()) return;
    bool accepted = false;
    const QString text =
        QInputDialog::getText(this, tr("Tags"),
                              ids.size() == 1 ? tr("Tags, with commas between:")
                                              : tr("Tags of %1, with commas between:").arg(runsText(ids.size())),
                              QLineEdit::Normal, tagsText(*chosenEntry()), &accepted);
    if (accepted) m_edits.setTags(ids, tagsFrom(text));
}

void RunTable::askForNote() {
    const SharedEntry entry = chosenEntry();
    if (!entry) return;
    bool accepted = false;
    const QString text = QInputDialog::getMultiLineText(
        this, tr("Note"), tr("Note on %1:").arg(QString::fromStdString(entry->display_name())),
        QString::fromStdString(entry->notes.text), &accepted);
    if (accepted) m_edits.setNote(QString::fromStdString(entry->id), text.trimmed());
}

void RunTable::openFolder() {
    if (const SharedEntry entry = chosenEntry())
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(entry->folder.string())));
}

}  // namespace resonate::app
