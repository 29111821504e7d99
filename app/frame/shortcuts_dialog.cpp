// app/frame/shortcuts_dialog.cpp: see shortcuts_dialog.h.
#include "frame/shortcuts_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "panels/list_note.h"

namespace resonate::app {

ShortcutsDialog::ShortcutsDialog(const QList<ShortcutGroup>& groups, QWidget* parent)
    : QDialog(parent), m_search(new QLineEdit), m_list(new QTreeWidget), m_nothing(listNote(m_list)) {
    setWindowTitle(tr("Keys and mouse"));
    auto* layout = new QVBoxLayout(this);
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(tr("&Find"));
    label->setBuddy(m_search);
    m_search->setAccessibleName(tr("Find"));
    m_search->setPlaceholderText(tr("a key, or what it does"));
    m_search->setClearButtonEnabled(true);
    row->addWidget(label);
    row->addWidget(m_search, 1);
    layout->addLayout(row);
    m_list->setAccessibleName(tr("Keys and mouse"));
    m_list->setHeaderLabels({tr("What happens"), tr("Key"), tr("Where")});
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(false);
    m_list->setIndentation(fontMetrics().averageCharWidth() * 2);
    for (const ShortcutGroup& group : groups) {
        auto* heading = new QTreeWidgetItem({group.title});
        QFont bold = font();
        bold.setBold(true);
        heading->setFont(0, bold);
        heading->setFlags(Qt::ItemIsEnabled);
        m_list->addTopLevelItem(heading);
        heading->setFirstColumnSpanned(true);
        for (const ShortcutRow& entry : group.rows)
            heading->addChild(new QTreeWidgetItem({entry.meaning, entry.keys, entry.where}));
        heading->setExpanded(true);
    }
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(1);
    m_list->setColumnWidth(0, std::min(m_list->columnWidth(0), 60 * fontMetrics().averageCharWidth()));
    m_list->setColumnWidth(1, m_list->columnWidth(1) + 2 * fontMetrics().averageCharWidth());
    layout->addWidget(m_list, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    m_search->setFocus();
    const QSize screen = parent ? parent->size() : QSize(1000, 700);
    resize(std::min(screen.width() - 40, 115 * fontMetrics().averageCharWidth()),
           std::min(screen.height() - 40, 36 * fontMetrics().lineSpacing()));
}

/// All words, anywhere in the row or in the title of its group.
void ShortcutsDialog::filter(const QString& words) {
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    bool nothing = true;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* heading = m_list->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < heading->childCount(); ++j) {
            QTreeWidgetItem* item = heading->child(j);
            const QString text =
                QStringList({heading->text(0), item->text(0), item->text(1), item->text(2)}).join(QLatin1Char(' '));
            const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) {
                return text.contains(word, Qt::CaseInsensitive);
            });
            item->setHidden(!fits);
            any = any || fits;
        }
        heading->setHidden(!any);
        nothing = nothing && !any;
    }
    m_nothing->setText(tr("Nothing matches \"%1\". Clear the search to see all keys.").arg(words.trimmed()));
    m_nothing->setVisible(nothing);
}

}  // namespace resonate::app
