// app/panels/fork_dialog.cpp: see fork_dialog.h.
#include "panels/fork_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "resonate/experiment_identity.h"

namespace resonate::app {
namespace {

QTableWidgetItem* cell(const std::string& text) {
    auto* item = new QTableWidgetItem(text.empty() ? QStringLiteral("–") : QString::fromStdString(text));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

}  // namespace

ForkDialog::ForkDialog(const std::string& runId, int epoch, const ExperimentConfig& run, const ExperimentConfig& form,
                       const QString& problem, QWidget* parent)
    : QDialog(parent), m_words(new QLabel), m_differences(new QTableWidget(0, 3)) {
    setWindowTitle(tr("Fork from epoch %1").arg(epoch));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    const ExperimentConfig both[] = {run, form};
    const std::vector<FieldDifference> found = field_differences(both);
    auto* intro =
        new QLabel(tr("A new run goes on from epoch %1 of %2, with its weights, the state of its optimiser and "
                      "its curve up to there. That run stays as it is.")
                       .arg(epoch)
                       .arg(QString::fromStdString(runId)));
    m_words->setVisible(!found.empty() || problem.isEmpty());
    m_words->setText(found.empty() ? tr("The settings are those of that run: the new one repeats what it did next. "
                                        "Change the form before forking to try something else.")
                                   : tr("Settings that differ from that run:"));
    for (QLabel* label : {intro, m_words}) {
        label->setWordWrap(true);
        label->setMinimumWidth(460);
        column->addWidget(label);
    }
    m_differences->setHorizontalHeaderLabels({tr("Setting"), tr("That run"), tr("New run")});
    m_differences->verticalHeader()->hide();
    m_differences->setSelectionMode(QAbstractItemView::NoSelection);
    m_differences->setAccessibleName(tr("Settings that differ"));
    for (const FieldDifference& difference : found) {
        const int row = m_differences->rowCount();
        m_differences->insertRow(row);
        m_differences->setItem(row, 0, cell(difference.label));
        m_differences->item(row, 0)->setToolTip(QString::fromStdString(difference.path));
        for (int i = 0; i < 2; ++i) m_differences->setItem(row, i + 1, cell(difference.values[static_cast<size_t>(i)]));
    }
    m_differences->resizeColumnsToContents();
    m_differences->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_differences->horizontalHeader()->setMinimumSectionSize(90);
    m_differences->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    // As high as its rows, up to a screenful.
    constexpr int mostRows = 12;
    const int rows = std::min(m_differences->rowCount(), mostRows);
    m_differences->setMinimumHeight(m_differences->horizontalHeader()->sizeHint().height() +
                                    rows * m_differences->verticalHeader()->defaultSectionSize() + 4);
    if (m_differences->rowCount() <= mostRows) m_differences->setMaximumHeight(m_differences->minimumHeight());
    m_differences->setVisible(!found.empty());
    column->addWidget(m_differences, 1);
    if (found.empty()) column->addStretch(1);
    if (!problem.isEmpty()) {
        auto* why = new QLabel(QStringLiteral("⚠ ") + problem);
        why->setWordWrap(true);
        column->addWidget(why);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    m_start->setDefault(true);
    m_start->setEnabled(problem.isEmpty());
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

}  // namespace resonate::app
