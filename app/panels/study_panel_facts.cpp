// app/panels/study_panel_facts.cpp: what stands under the form of a study: problems, runs, time and disk, and its
// start.
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStringListModel>
#include <QVBoxLayout>
#include <algorithm>

#include "models/text.h"
#include "panels/card_parts.h"
#include "panels/study_form.h"
#include "panels/study_panel.h"
#include "resonate/error.h"
#include "session/study_queue.h"
#include "session/window_context.h"

namespace resonate::app {
namespace {

/// More lines than these are read in the tip: the form needs its room.
constexpr int mostProblemLines = 8;

}  // namespace

QWidget* StudyPanel::makeFacts() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(10, 4, 10, 8);
    column->setSpacing(6);
    for (QLabel* label : {m_problem, m_facts}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    m_problem->installEventFilter(this);
    m_runList->setModel(m_runs);
    m_runList->setUniformItemSizes(true);
    m_runList->setMinimumHeight(60);
    m_runList->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_runList->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_runList->setAccessibleName(tr("Runs of the study"));
    m_runList->setToolTip(tr("The runs in their order: the first ones show every preset"));
    column->insertWidget(1, m_runList, 1);
    column->addWidget(m_skip);
    auto* row = new QHBoxLayout;
    m_start->setDefault(true);
    m_measure->setToolTip(tr("Time a few batches of each kind of network that no earlier run tells of"));
    m_save->setToolTip(tr("Keep this study with your own"));
    auto* copy = new QPushButton(tr("Save &as…"));
    copy->setToolTip(tr("Keep a copy with your own studies under another name"));
    for (QPushButton* button : {m_start, m_measure, m_data, m_save, copy}) row->addWidget(button);
    row->addStretch(1);
    column->addLayout(row);
    connect(m_start, &QPushButton::clicked, this, &StudyPanel::start);
    connect(m_measure, &QPushButton::clicked, this,
            [this] { m_check->isMeasuring() ? m_check->cancel() : m_check->measure(); });
    connect(m_data, &QPushButton::clicked, this, [this] {
        DatasetConfig missing;
        missing.name = m_check->facts().datasets.first().toStdString();
        Q_EMIT m_context->datasetWanted(missing);
    });
    connect(m_save, &QPushButton::clicked, this, [this] { saveAs(m_form->nameEdit()->text().trimmed()); });
    connect(copy, &QPushButton::clicked, this, &StudyPanel::askForName);
    connect(m_skip, &QCheckBox::toggled, this, &StudyPanel::look);
    return box;
}

StudyOptions StudyPanel::options() const {
    StudyOptions options;
    options.data_dir = m_context->dataDir().toStdString();
    options.runs_dir = m_context->runsDir().toStdString();
    options.skip_missing = m_skip->isChecked();
    options.resume = true;
    return options;
}

void StudyPanel::look() {
    m_unreadable.clear();
    try {
        m_check->look(m_form->study(), options());
    } catch (const ConfigError& error) {
        m_unreadable = QString::fromUtf8(error.what());
    }
    refreshFacts();
}

QString StudyPanel::obstacle() const {
    const StudyFacts& facts = m_check->facts();
    QStringList sentences;
    if (!m_unreadable.isEmpty()) return m_unreadable;
    for (const ConfigProblem& problem : facts.problems)
        sentences << QStringLiteral("%1: %2").arg(QString::fromStdString(problem.path),
                                                  QString::fromStdString(problem.message));
    if (!facts.problem.isEmpty()) sentences << facts.problem;
    if (!m_skip->isChecked())
        for (const std::string& missing : facts.estimate.missing) {
            QString sentence = QString::fromStdString(missing);
            // The window has a button for what is done on the command line.
            if (const qsizetype remedy = sentence.indexOf(QLatin1String("; "));
                remedy >= 0 && sentence.contains(QLatin1String("resonate-cli")))
                sentence =
                    tr("%1; press “%2” below").arg(sentence.left(remedy), m_data->text().remove(QLatin1Char('&')));
            sentences << sentence.remove(m_context->dataDir() + QLatin1Char('/'));
        }
    if (facts.estimate.bytes > facts.estimate.bytes_free)
        sentences << tr("The study needs about %1 on the disk of %2, %3 are free: make room or choose another folder "
                        "for runs.")
                         .arg(bytesText(static_cast<qint64>(facts.estimate.bytes)), m_context->runsDir(),
                              bytesText(static_cast<qint64>(facts.estimate.bytes_free)));
    return sentences.join(QLatin1Char('\n'));
}

void StudyPanel::refreshFacts() {
    const StudyFacts& facts = m_check->facts();
    const bool known = !m_check->isLooking() && m_unreadable.isEmpty();
    const QString wrong = m_check->isLooking() && m_unreadable.isEmpty() ? QString() : obstacle();
    if (known && m_runs->stringList() != facts.runs) m_runs->setStringList(facts.runs);
    m_runList->setVisible(known && !facts.runs.isEmpty());
    m_problem->setText(wrong);
    m_problem->setToolTip(wrong);
    fitProblem();
    m_problem->setVisible(!wrong.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, errorColour(palette()));
    m_problem->setPalette(colours);

    QString text;
    const StudyEstimate& estimate = facts.estimate;
    if (m_check->isMeasuring()) {
        text = tr("Timing a few batches of every kind of network…");
    } else if (m_check->isLooking()) {
        text = tr("Looking at the study…");
    } else if (known && facts.problems.empty() && facts.problem.isEmpty()) {
        text = facts.runs.size() == 1 ? tr("1 run") : tr("%L1 runs").arg(facts.runs.size());
        if (estimate.done > 0) text += tr(", %1 of them done").arg(estimate.done);
        if (estimate.done < estimate.runs) {
            text += QLatin1Char('\n');
            text += estimate.seconds ? tr("Time: about %1 (%2)")
                                           .arg(durationText(*estimate.seconds),
                                                facts.measured ? tr("a few batches timed") : tr("from earlier runs"))
                                     : tr("Time: not known yet");
            if (estimate.seconds && estimate.untimed > 0)
                text += tr(", without %1 runs that are not timed yet").arg(estimate.untimed);
            text += tr("   ·   Disk: at most %1 of %2 free")
                        .arg(bytesText(static_cast<qint64>(estimate.bytes)),
                             bytesText(static_cast<qint64>(estimate.bytes_free)));
        }
    }
    m_facts->setText(text);
    const bool everything = known && facts.begun && estimate.done == estimate.runs;
    const bool waiting = m_queue->isBusy();
    m_start->setText(facts.begun && known ? tr("C&ontinue") : tr("&Start"));
    m_start->setEnabled(known && wrong.isEmpty() && !waiting && !everything);
    m_start->setToolTip(waiting       ? tr("Another study runs: cancel it or wait for its end")
                        : everything  ? tr("All its runs are done; add seeds or values, or save it under another name")
                        : facts.begun ? tr("Go on with what is not done; finished runs are not run again")
                                      : tr("Train all runs, each as a process of its own"));
    m_measure->setText(m_check->isMeasuring() ? tr("Cancel &measuring") : tr("&Measure time"));
    m_measure->setEnabled(m_check->isMeasuring() || (known && facts.problems.empty() && estimate.untimed > 0));
    m_data->setVisible(known && !facts.datasets.isEmpty());
    m_skip->setVisible(m_skip->isChecked() || (known && !facts.datasets.isEmpty()));
    m_save->setEnabled(known && facts.problems.empty() && m_kind == Kind::Own);
    refreshRemove();
}

void StudyPanel::fitProblem() {
    const int most = mostProblemLines * m_problem->fontMetrics().lineSpacing();
    m_problem->setMinimumHeight(std::clamp(m_problem->heightForWidth(m_problem->width()), 0, most));
}

bool StudyPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_problem && (event->type() == QEvent::Resize || event->type() == QEvent::FontChange)) fitProblem();
    return QWidget::eventFilter(watched, event);
}

/// A begun study that runs here stays; of one that another program runs, moving it says so.
void StudyPanel::refreshRemove() {
    const bool begun = m_kind == Kind::Begun;
    m_remove->setText(begun ? tr("Move to trash…") : tr("Delete…"));
    const StoredStudy* study = chosenBegun();
    const bool runs = study && m_queue->isBusy() && m_queue->study().name == study->config.name;
    m_remove->setToolTip(!begun ? tr("Delete this study of yours; its runs stay")
                         : runs ? tr("It runs: cancel it first, then move it to the trash")
                                : tr("Move this begun study to the trash of the runs folder; its runs stay"));
    m_remove->setEnabled(begun ? study && !runs : m_kind == Kind::Own && m_store.holds(m_chosen.name));
}

QString StudyPanel::factsText() const { return m_facts->text(); }
QString StudyPanel::problemText() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

}  // namespace resonate::app
