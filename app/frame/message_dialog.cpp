// app/frame/message_dialog.cpp: see message_dialog.h.
#include "frame/message_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "frame/message_log.h"

namespace resonate::app {

MessageDialog::MessageDialog(MessageLog* log, QWidget* parent)
    : QDialog(parent), m_log(log), m_list(new QTreeWidget), m_whole(new QPlainTextEdit) {
    setWindowTitle(tr("Messages"));
    auto* layout = new QVBoxLayout(this);
    auto* label = new QLabel(tr("&Messages since the start, newest first"));
    label->setBuddy(m_list);
    m_list->setAccessibleName(tr("Messages"));
    m_list->setHeaderLabels({tr("Time"), tr("Kind"), tr("Message")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->header()->setStretchLastSection(true);
    auto* wholeLabel = new QLabel(tr("&Whole message"));
    wholeLabel->setBuddy(m_whole);
    m_whole->setAccessibleName(tr("Whole message"));
    m_whole->setReadOnly(true);
    m_whole->setTabChangesFocus(true);
    m_whole->setPlaceholderText(
        tr("There is no message yet. What goes wrong, and what a run says when it ends, stands "
           "here."));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* copy = buttons->addButton(tr("&Copy all"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyAll"));
    layout->addWidget(label);
    layout->addWidget(m_list, 2);
    layout->addWidget(wholeLabel);
    layout->addWidget(m_whole, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_log->text()); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &MessageDialog::showChosen);
    connect(m_log, &MessageLog::changed, this, &MessageDialog::refresh);
    refresh();
    const int letter = fontMetrics().averageCharWidth();
    resize(110 * letter, 26 * fontMetrics().lineSpacing());
}

void MessageDialog::refresh() {
    // What is new stands above what was read.
    const bool first = m_list->topLevelItemCount() == 0;
    const QList<MessageLog::Entry>& entries = m_log->entries();
    const int known = m_list->topLevelItemCount();
    for (qsizetype i = std::min<qsizetype>(known, entries.size()); i < entries.size(); ++i) {
        const MessageLog::Entry& entry = entries[i];
        auto* item = new QTreeWidgetItem({entry.time.toString(QStringLiteral("HH:mm:ss")),
                                          MessageLog::kindText(entry.kind), entry.text.simplified()});
        item->setData(2, Qt::UserRole, entry.text);
        item->setToolTip(2, entry.text);
        m_list->insertTopLevelItem(0, item);
    }
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(1);
    if (first && m_list->topLevelItemCount() > 0) m_list->setCurrentItem(m_list->topLevelItem(0));
}

void MessageDialog::showChosen() {
    const QTreeWidgetItem* item = m_list->currentItem();
    m_whole->setPlainText(item ? item->data(2, Qt::UserRole).toString() : QString());
}

}  // namespace resonate::app
