// app/panels/resume_dialog.cpp: see resume_dialog.h.
#include "panels/resume_dialog.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "resonate/datasets.h"
#include "resonate/neuron_types.h"

namespace resonate::app {
namespace {

constexpr int folderRole = Qt::UserRole;

/// "2026-01-31 17:05" of "2026-01-31T17:05:09+0100".
QString dayAndMinute(const std::string& written) {
    return QString::fromStdString(written).left(16).replace(QLatin1Char('T'), QLatin1Char(' '));
}

}  // namespace

bool isInterrupted(const RunEntry& entry) {
    return entry.readable && !entry.imported &&
           (entry.status == RunStatus::stopped || entry.status == RunStatus::failed) &&
           entry.epochs_done < entry.config.training.epochs && std::filesystem::exists(entry.folder / "last.pt");
}

ResumeDialog::ResumeDialog(RunLibrary& library, QWidget* parent)
    : QDialog(parent), m_library(library), m_words(new QLabel), m_list(new QTreeWidget) {
    setWindowTitle(tr("Resume an interrupted run"));
    auto* column = new QVBoxLayout(this);
    m_words->setWordWrap(true);
    column->addWidget(m_words);
    m_list->setHeaderLabels(
        {tr("Run"), tr("Data set"), tr("Neuron"), tr("Epochs"), tr("Test accuracy"), tr("Written")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAccessibleName(tr("Interrupted runs"));
    // Names are long, and told apart at their ends; all else is whole.
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    column->addWidget(m_list, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_resume = buttons->addButton(tr("&Resume"), QDialogButtonBox::AcceptRole);
    m_resume->setDefault(true);
    QPushButton* other = buttons->addButton(tr("&Other folder…"), QDialogButtonBox::ActionRole);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ResumeDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(other, &QPushButton::clicked, this, &ResumeDialog::chooseElsewhere);
    connect(m_list, &QTreeWidget::itemActivated, this, &ResumeDialog::take);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &ResumeDialog::refresh);
    connect(&library, &RunLibrary::changed, this, &ResumeDialog::fill);
    library.watch(this, true);
    fill();
    const QFontMetrics metrics = fontMetrics();
    const int widest = parent ? parent->window()->width() - 40 : 1000;
    resize(std::min(widest, metrics.averageCharWidth() * 130), metrics.height() * 22);
    m_list->setFocus();
}

/// The library lists again while the dialog is open: what was chosen stays chosen.
void ResumeDialog::fill() {
    const QTreeWidgetItem* before = m_list->currentItem();
    const QString chosen = before ? before->data(0, folderRole).toString() : QString();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const QList<SharedEntry>& entries = m_library.entries();
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const RunEntry& run = **entry;
        if (!isInterrupted(run)) continue;
        const QString accuracy = run.last ? tr("%1 %").arg(run.last->test.accuracy, 0, 'f', 1) : QString();
        auto* item = new QTreeWidgetItem({QString::fromStdString(run.display_name()),
                                          QString::fromStdString(dataset_info(run.config.dataset.name).title),
                                          QString::fromStdString(display_name(run.config.neuron.type)),
                                          tr("%1 of %2").arg(run.epochs_done).arg(run.config.training.epochs), accuracy,
                                          dayAndMinute(run.written)});
        const QString folder = QString::fromStdString(run.folder.string());
        item->setData(0, folderRole, folder);
        item->setToolTip(
            0, run.message.empty() ? folder : folder + QLatin1Char('\n') + QString::fromStdString(run.message));
        m_list->addTopLevelItem(item);
        if (folder == chosen) m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem()) m_list->setCurrentItem(m_list->topLevelItem(0));
    refresh();
}

void ResumeDialog::refresh() {
    const QString folder = QDir::toNativeSeparators(m_library.folder());
    m_words->setText(!m_library.problem().isEmpty() ? m_library.problem()
                     : m_list->topLevelItemCount() > 0
                         ? tr("These runs were stopped or interrupted; one goes on as if it had never stopped.")
                     : m_library.isListed() ? tr("No run in %1 waits to be resumed.").arg(folder)
                                            : tr("Reading %1 …").arg(folder));
    m_resume->setEnabled(m_list->currentItem() != nullptr);
}

void ResumeDialog::take() {
    if (!m_list->currentItem()) return;
    m_folder = m_list->currentItem()->data(0, folderRole).toString();
    accept();
}

void ResumeDialog::chooseElsewhere() {
    m_folder = QFileDialog::getExistingDirectory(this, tr("Run folder to go on with"), m_library.folder());
    if (!m_folder.isEmpty()) accept();
}

}  // namespace resonate::app
