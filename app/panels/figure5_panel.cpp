// app/panels/figure5_panel.cpp: see figure5_panel.h.
#include "panels/figure5_panel.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "resonate/error.h"
#include "resonate/run_store.h"
#include "resonate/study.h"
#include "session/run_library.h"
#include "session/window_context.h"
#include "style/theme.h"
#include "views/figure5_view.h"

namespace resonate::app {
namespace {

enum Column {
    Task,
    Neuron,
    Seeds,
    Ours,
    Published,
    Difference,
    Deviations,
    Sop,
    PaperSop,
    Epochs,
    PaperEpochs,
    Columns
};

QString spread(const Spread& value, int digits) {
    if (value.count == 0) return QStringLiteral("–");
    const QString mean = QString::number(value.mean, 'f', digits);
    return value.has_deviation() ? QStringLiteral("%1 ± %2").arg(mean, QString::number(value.deviation, 'f', digits))
                                 : mean;
}

QString signedText(const std::optional<double>& value, int digits) {
    if (!value) return QStringLiteral("–");
    return (*value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + QString::number(std::abs(*value), 'f', digits);
}

QString number(const std::optional<int>& value) { return value ? QString::number(*value) : QStringLiteral("–"); }

}  // namespace

Figure5Panel::Figure5Panel(WindowContext* context, RunLibrary* library, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_library(library),
      m_source(new QComboBox),
      m_rule(new QComboBox),
      m_words(new QLabel),
      m_export(new QToolButton),
      m_view(new Figure5View),
      m_table(new QTableWidget),
      m_split(new QSplitter(Qt::Vertical)),
      m_worker(this) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->setSpacing(8);
    const auto add = [bar](const QString& text, QComboBox* box, const QString& meaning) {
        auto* label = new QLabel(text);
        label->setBuddy(box);
        box->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        box->setToolTip(meaning);
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        bar->addWidget(label);
        bar->addWidget(box);
    };
    add(tr("&Runs"), m_source, tr("Which runs the figure and the table are of"));
    add(tr("Table &by"), m_rule, tr("Which epoch of each run the table quotes"));
    m_rule->addItem(tr("lowest validation loss"), static_cast<int>(SelectionRule::lowest_validation_loss));
    m_rule->addItem(tr("last epoch"), static_cast<int>(SelectionRule::last_epoch));
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar->addWidget(m_words, 1);
    m_export->setText(tr("Export table"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_export);
    const std::pair<QString, QString> formats[] = {{tr("CSV…"), QStringLiteral("csv")},
                                                   {tr("Markdown…"), QStringLiteral("md")},
                                                   {tr("LaTeX…"), QStringLiteral("tex")}};
    for (const auto& [text, ending] : formats)
        connect(menu->addAction(text), &QAction::triggered, this, [this, ending = ending] { askForExport(ending); });
    m_export->setMenu(menu);
    bar->addWidget(m_export);
    column->addLayout(bar);
    m_split->addWidget(m_view);
    m_split->addWidget(m_table);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    column->addWidget(m_split, 1);

    m_table->setColumnCount(Columns);
    m_table->setHorizontalHeaderLabels({tr("Task"), tr("Neuron"), tr("n"), tr("Ours %"), tr("Published %"), tr("Diff."),
                                        tr("in SD"), tr("SOP"), tr("Paper's SOP"), tr("Epochs to 95 %"),
                                        tr("Paper's")});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setAccessibleName(tr("Results beside the published ones"));

    m_delay.setSingleShot(true);
    m_delay.setInterval(200);
    connect(&m_delay, &QTimer::timeout, this, &Figure5Panel::recompute);
    connect(library, &RunLibrary::changed, this, &Figure5Panel::want);
    connect(library, &RunLibrary::storedChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(m_source, &QComboBox::activated, this, &Figure5Panel::want);
    connect(m_rule, &QComboBox::activated, this, &Figure5Panel::recompute);
    refreshSources();
    fillTable();
}

void Figure5Panel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshSources();
    m_library->watch(this, true);
    want();
}

void Figure5Panel::hideEvent(QHideEvent* event) {
    m_library->watch(this, false);
    QWidget::hideEvent(event);
}

void Figure5Panel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() > 1.6 * height() ? Qt::Horizontal : Qt::Vertical;
    if (wanted == m_split->orientation()) return;
    m_split->setOrientation(wanted);
    const int size = wanted == Qt::Horizontal ? width() : height();
    m_split->setSizes({size * 6 / 10, size * 4 / 10});
}

void Figure5Panel::refreshSources() {
    const QString chosen = m_source->currentData().toString();
    const QSignalBlocker quiet(m_source);
    m_source->clear();
    m_source->addItem(tr("all in the folder"), QString());
    for (const StoredStudy& study : stored_studies(m_context->runsDir().toStdString()))
        m_source->addItem(
            tr("study %1")
                .arg(QString::fromStdString(study.config.title.empty() ? study.config.name : study.config.title)),
            QString::fromStdString(study.config.name));
    m_source->setCurrentIndex(std::max(0, m_source->findData(chosen)));
}

void Figure5Panel::want() {
    if (!isVisible()) return;
    const std::string study = m_source->currentData().toString().toStdString();
    m_runs.clear();
    if (study.empty()) {
        for (const SharedEntry& entry : m_library->entries())
            if (entry->readable && !entry->imported) m_runs.insert(QString::fromStdString(entry->id));
    } else {
        for (const StoredStudy& stored : stored_studies(m_context->runsDir().toStdString()))
            if (stored.config.name == study)
                for (const MemberState& member : stored.members)
                    if (!member.run.empty()) m_runs.insert(QString::fromStdString(member.run));
    }
    m_library->want(this, m_runs);
    m_delay.start();
}

void Figure5Panel::recompute() {
    if (std::exchange(m_computing, true)) {
        m_again = true;
        return;
    }
    m_again = false;
    auto runs = std::make_shared<QList<SharedRun>>();
    QStringList ids(m_runs.begin(), m_runs.end());
    ids.sort();
    for (const QString& id : std::as_const(ids))
        if (const SharedRun run = m_library->stored(id)) runs->append(run);
    const auto rule = static_cast<SelectionRule>(m_rule->currentData().toInt());
    m_worker.run([this, runs, rule]() -> BackgroundWorker::Then {
        Figure5 figure;
        QString problem;
        try {
            std::vector<StoredRun> all;
            for (const SharedRun& run : std::as_const(*runs)) all.push_back(*run);
            figure = figure5Of(all, rule);
        } catch (const std::exception& error) {
            problem = QString::fromUtf8(error.what());
        }
        return [this, figure, problem] {
            m_computing = false;
            if (problem.isEmpty()) {
                m_view->setFigure(figure);
                fillTable();
            } else {
                Q_EMIT m_context->errorRaised(problem);
            }
            if (m_again) recompute();
        };
    });
}

void Figure5Panel::fillTable() {
    const std::vector<Comparison>& rows = m_view->figure().comparisons;
    m_table->setRowCount(static_cast<int>(rows.size()));
    int compared = 0;
    const bool dark = isDark(palette());
    for (int r = 0; r < m_table->rowCount(); ++r) {
        const Comparison& row = rows[static_cast<size_t>(r)];
        const PublishedResult& paper = row.published;
        QString task = QString::fromStdString(paper.preset);
        task = task.left(task.indexOf(QLatin1Char('_'))).toUpper();
        if (task.endsWith(QLatin1String("SMNIST"))) task.replace(QLatin1String("SMNIST"), QLatin1String("S-MNIST"));
        QStringList texts(Columns, QStringLiteral("–"));
        texts[Task] = task;
        texts[Neuron] = QString::fromStdString(display_name(paper.neuron));
        if (row.ours) {
            ++compared;
            texts[Seeds] = QString::number(row.ours->counted);
            texts[Ours] = spread(row.ours->accuracy, 2);
            if (!row.same_settings) texts[Ours] += QStringLiteral(" ¹");
            texts[Sop] = spread(row.ours->sop, 0);
            texts[Epochs] = number(row.ours->epoch95);
        }
        if (row.against)
            texts[Published] =
                QString::number(row.against->mean, 'f', 2) +
                (row.against->deviation > 0 ? QStringLiteral(" ± %1").arg(row.against->deviation, 0, 'f', 2)
                                            : QString());
        texts[Difference] = signedText(row.difference, 2);
        texts[Deviations] = signedText(row.deviations, 1);
        if (row.deviations && row.in_our_deviations) texts[Deviations] += QStringLiteral(" ²");
        if (paper.sop > 0) texts[PaperSop] = QString::number(paper.sop, 'f', 0);
        texts[PaperEpochs] = number(paper.epoch95);
        QString tip = QString::fromStdString(paper.source);
        if (row.ours && !row.same_settings)
            tip += QLatin1Char('\n') + tr("¹ Our runs have other settings than the preset.");
        if (row.deviations && row.in_our_deviations)
            tip += QLatin1Char('\n') + tr("² In our standard deviations: none was published.");
        if (paper.other_network)
            tip +=
                QLatin1Char('\n') + tr("The paper's network is another one (%1 %): compared is the authors' curve with "
                                       "this network.")
                                        .arg(paper.accuracy);
        for (int c = 0; c < Columns; ++c) {
            auto* item = new QTableWidgetItem(texts[c]);
            item->setToolTip(tip.trimmed());
            if (c >= Seeds) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (c == Neuron) item->setForeground(neuronColour(paper.neuron, dark));
            if (!row.ours && c != Neuron) item->setForeground(palette().color(QPalette::PlaceholderText));
            if (row.ours && (c == Ours || c == Deviations)) {
                QFont bold = item->font();
                bold.setBold(true);
                item->setFont(bold);
            }
            m_table->setItem(r, c, item);
        }
    }
    m_table->resizeColumnsToContents();
    m_words->setText(rows.empty() ? QString() : tr("%1 of %2").arg(compared).arg(static_cast<int>(rows.size())));
    m_words->setToolTip(tr("So many of the published results have runs of yours to be held against."));
    m_export->setEnabled(compared > 0);
    m_export->setToolTip(compared > 0 ? tr("The table as CSV, Markdown or LaTeX")
                                      : tr("Train one of the published experiments first"));
}

void Figure5Panel::exportTable(const QString& file) const {
    const QString ending = QFileInfo(file).suffix().toLower();
    TableFormat format = TableFormat::csv;
    if (ending == QLatin1String("md"))
        format = TableFormat::markdown;
    else if (ending == QLatin1String("tex"))
        format = TableFormat::latex;
    else if (ending != QLatin1String("csv"))
        throw ConfigError(tr("%1: expected a name ending in .csv, .md or .tex").arg(file).toStdString());
    const Figure5& figure = m_view->figure();
    write_file_atomically(file.toStdString(), comparison_table(figure.comparisons, figure.rule, format));
}

void Figure5Panel::askForExport(const QString& ending) {
    QString file = QFileDialog::getSaveFileName(
        this, tr("Export the table"), m_context->settings().exportFolder() + QStringLiteral("/figure5-table.") + ending,
        QStringLiteral("*.") + ending);
    if (file.isEmpty()) return;
    if (QFileInfo(file).suffix().isEmpty()) file += QLatin1Char('.') + ending;
    m_context->settings().setExportFolder(QFileInfo(file).path());
    m_context->guarded([&] {
        exportTable(file);
        Q_EMIT m_context->statusShown(tr("Written: %1").arg(QDir::toNativeSeparators(file)), 8000);
    });
}

}  // namespace resonate::app
