// app/panels/run_table_dialogs.cpp: what the table of runs asks for, and where it leads.
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QUrl>
#include <QVBoxLayout>

#include "models/run_facts.h"
#include "models/run_filter.h"
#include "models/text.h"
#include "panels/ask_text.h"
#include "panels/run_table.h"
#include "session/run_edits.h"

namespace resonate::app {

void RunTable::askForTags() {
    const QStringList ids = chosen();
    if (ids.isEmpty()) return;
    const std::optional<QString> text =
        askText(this, tr("Tags"),
                ids.size() == 1 ? tr("Tags, with commas between:")
                                : tr("Tags of %1, with commas between:").arg(runsText(ids.size())),
                tagsText(*chosenEntry()));
    if (text) m_edits.setTags(ids, tagsFrom(*text));
}

/// Tab goes on to the buttons and Ctrl+Return accepts: the keyboard gets out again.
void RunTable::askForNote() {
    const QStringList ids = chosen();
    const SharedEntry entry = chosenEntry();
    if (!entry) return;
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Note"));
    auto* label = new QLabel(
        tr("&Note on %1:").arg(ids.size() == 1 ? QString::fromStdString(entry->display_name()) : runsText(ids.size())));
    auto* edit = new QPlainTextEdit(QString::fromStdString(entry->notes.text));
    edit->setTabChangesFocus(true);
    edit->setAccessibleName(tr("Note"));
    label->setBuddy(edit);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), &dialog), &QShortcut::activated, &dialog,
            &QDialog::accept);
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(label);
    column->addWidget(edit);
    column->addWidget(buttons);
    if (dialog.exec() == QDialog::Accepted) m_edits.setNote(ids, edit->toPlainText().trimmed());
}

void RunTable::showHelp() {
    QString rows;
    for (const RunFilter::FieldHelp& field : RunFilter::fieldHelp())
        rows += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>").arg(field.name, field.meaning);
    const QString text =
        tr("<p>All conditions must hold. Words are looked for in names, titles, data sets, tags and notes.</p>"
           "<p><b>dataset:ecg neuron:brf acc&gt;80 tag:paper -tag:draft \"two words\"</b></p>"
           "<p>After a field: <b>:</b> contains, <b>=</b> is, <b>!=</b> is not, <b>&lt; &lt;= &gt; &gt;=</b> for "
           "numbers; <b>-</b> before a condition turns it round. Every setting has its path: "
           "<b>training.learning_rate&gt;0.01</b>.</p>") +
        QStringLiteral("<table>%1</table>").arg(rows);
    // A label as a popup would keep the clicks and keys that close one.
    auto* help = new QFrame(this, Qt::Popup);
    help->setAttribute(Qt::WA_DeleteOnClose);
    help->setFrameShape(QFrame::StyledPanel);
    help->setObjectName(QStringLiteral("filterHelp"));
    auto* words = new QLabel(text);
    words->setWordWrap(true);
    words->setFixedWidth(440);
    auto* column = new QVBoxLayout(help);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(words);
    help->move(m_filter->mapToGlobal(QPoint(0, m_filter->height() + 2)));
    help->show();
}

void RunTable::openFolder() {
    if (const SharedEntry entry = chosenEntry())
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(entry->folder.string())));
}

}  // namespace resonate::app
