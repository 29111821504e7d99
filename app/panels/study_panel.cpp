// app/panels/study_panel.cpp: see study_panel.h.
#include "panels/study_panel.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStringListModel>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "models/text.h"
#include "panels/card_parts.h"
#include "panels/study_form.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "session/study_queue.h"
#include "session/window_context.h"

namespace resonate::app {
namespace {

constexpr int kindRole = Qt::UserRole;
constexpr int nameRole = Qt::UserRole + 1;

QString titleOf(const StudyConfig& study) {
    return QString::fromStdString(study.title.empty() ? study.name : study.title);
}

/// Equal in what they run; how many at once is no part of it.
bool runTheSame(StudyConfig a, const StudyConfig& b) {
    a.jobs = b.jobs;
    a.threads = b.threads;
    return a == b;
}

}  // namespace

StudyPanel::StudyPanel(WindowContext* context, StudyQueue* queue, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_queue(queue),
      m_check(new StudyCheck(this)),
      m_list(new QTreeWidget),
      m_form(new StudyForm),
      m_parts(new QSplitter(Qt::Vertical)),
      m_problem(new QLabel),
      m_facts(new QLabel),
      m_runs(new QStringListModel(this)),
      m_runList(new QListView),
      m_skip(new QCheckBox(tr("Leave out runs whose data set is not here"))),
      m_start(new QPushButton(tr("&Start"))),
      m_measure(new QPushButton(tr("&Measure time"))),
      m_data(new QPushButton(tr("Get &data…"))),
      m_save(new QPushButton(tr("Sa&ve"))),
      m_remove(new QPushButton(tr("Delete…"))),
      m_shipped(shipped_study_list()) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(makeList());
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_form);
    m_parts->setChildrenCollapsible(false);
    m_parts->addWidget(scroll);
    m_parts->addWidget(makeFacts());
    m_parts->setStretchFactor(0, 1);
    split->addWidget(m_parts);
    split->setStretchFactor(1, 1);
    split->setSizes({210, 420});
    row->addWidget(split);

    connect(m_form, &StudyForm::edited, this, &StudyPanel::onEdited);
    connect(m_check, &StudyCheck::changed, this, &StudyPanel::refreshFacts);
    connect(m_queue, &StudyQueue::stateChanged, this, &StudyPanel::refreshFacts);
    connect(m_queue, &StudyQueue::ended, this, [this] {
        refresh();
        look();
    });
    connect(context, &WindowContext::datasetsChanged, this, &StudyPanel::look);
    refresh();
    choose(QStringLiteral("figure5_quick"));
}

void StudyPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() > 1.6 * height() ? Qt::Horizontal : Qt::Vertical;
    if (wanted == m_parts->orientation()) return;
    m_parts->setOrientation(wanted);
    const int size = wanted == Qt::Horizontal ? width() - 210 : height();
    m_parts->setSizes({size * 6 / 10, size * 4 / 10});
}

QWidget* StudyPanel::makeList() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(8, 8, 0, 8);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(10);
    m_list->setAccessibleName(tr("Studies"));
    m_list->setMinimumWidth(150);
    column->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    auto* open = new QPushButton(tr("&Open…"));
    open->setToolTip(tr("A study as a YAML file, as `resonate-cli study` takes it"));
    row->addWidget(open);
    row->addWidget(m_remove);
    m_remove->setToolTip(tr("Delete this study of yours; its runs stay"));
    column->addLayout(row);
    connect(open, &QPushButton::clicked, this, &StudyPanel::askToOpen);
    connect(m_remove, &QPushButton::clicked, this, &StudyPanel::removeOwn);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) { showItem(item); });
    return box;
}

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

QTreeWidgetItem* StudyPanel::addItem(QTreeWidgetItem* section, const QString& title, const QString& name, Kind kind,
                                     const QString& hint) {
    auto* item = new QTreeWidgetItem(section, {title});
    item->setData(0, kindRole, static_cast<int>(kind));
    item->setData(0, nameRole, name);
    item->setToolTip(0, hint);
    return item;
}

void StudyPanel::refresh() {
    const QTreeWidgetItem* current = m_list->currentItem();
    const QString name = current ? current->data(0, nameRole).toString() : QString();
    const int kind = current ? current->data(0, kindRole).toInt() : -1;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const auto section = [this](const QString& title) {
        auto* item = new QTreeWidgetItem(m_list, {title});
        item->setFlags(Qt::ItemIsEnabled);
        QFont bold = item->font(0);
        bold.setBold(true);
        item->setFont(0, bold);
        item->setExpanded(true);
        return item;
    };
    QTreeWidgetItem* shipped = section(tr("Shipped"));
    for (const StudyConfig& study : m_shipped)
        addItem(shipped, titleOf(study), QString::fromStdString(study.name), Kind::Shipped,
                QString::fromStdString(study.description));
    StudyStore::Contents own = m_store.list();
    m_own = std::move(own.studies);
    if (!own.problems.isEmpty() && !std::exchange(m_storesProblemSaid, true))
        Q_EMIT m_context->noticeRaised(own.problems.join(QLatin1Char('\n')));
    if (!m_own.empty()) {
        QTreeWidgetItem* mine = section(tr("Your own"));
        for (const StudyConfig& study : m_own)
            addItem(mine, titleOf(study), QString::fromStdString(study.name), Kind::Own,
                    QString::fromStdString(study.description));
    }
    m_begun = stored_studies(m_context->runsDir().toStdString());
    if (!m_begun.empty()) {
        QTreeWidgetItem* begun = section(tr("Begun in the folder for runs"));
        for (const StoredStudy& study : m_begun) {
            const StudyProgress progress = progressOf(study.members);
            addItem(begun,
                    study.problem.empty()
                        ? tr("%1 (%2 of %3)").arg(titleOf(study.config)).arg(progress.ended()).arg(progress.total)
                        : tr("%1 (damaged)").arg(titleOf(study.config)),
                    QString::fromStdString(study.config.name), Kind::Begun,
                    study.problem.empty() ? QString::fromStdString(study.config.description)
                                          : QString::fromStdString(study.problem));
        }
    }
    for (QTreeWidgetItemIterator at(m_list); *at; ++at)
        if ((*at)->parent() && (*at)->data(0, nameRole) == name && (*at)->data(0, kindRole) == kind)
            m_list->setCurrentItem(*at);
}

bool StudyPanel::choose(const QString& name) {
    for (QTreeWidgetItemIterator at(m_list); *at; ++at) {
        if (!(*at)->parent() || (*at)->data(0, nameRole) != name) continue;
        m_list->setCurrentItem(*at);
        return true;
    }
    return false;
}

void StudyPanel::showItem(QTreeWidgetItem* item) {
    if (!item || !item->parent()) return;
    const std::string name = item->data(0, nameRole).toString().toStdString();
    const auto kind = static_cast<Kind>(item->data(0, kindRole).toInt());
    if (kind == Kind::Begun) {
        for (const StoredStudy& study : m_begun)
            if (study.config.name == name) {
                // Of a damaged one the form shows what could be read, and not the study before.
                showStudy(study.config, kind);
                if (study.problem.empty())
                    Q_EMIT storedChosen(study);
                else
                    Q_EMIT m_context->errorRaised(QString::fromStdString(study.problem));
            }
        return;
    }
    for (const StudyConfig& study : kind == Kind::Own ? m_own : m_shipped)
        if (study.name == name) showStudy(study, kind);
}

void StudyPanel::showStudy(const StudyConfig& study, Kind kind) {
    m_kind = kind;
    m_chosen = study;
    m_form->setStudy(study);
    look();
}

void StudyPanel::open(const QString& file) {
    m_context->guarded([&] {
        showStudy(find_study(file.toStdString()), Kind::Own);
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentItem(nullptr);
    });
}

void StudyPanel::askToOpen() {
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Open a study"), {}, tr("Studies (*.yaml *.yml);;All files (*)"));
    if (!file.isEmpty()) open(file);
}

/// A changed study is another one: what a shipped name stands for does not change.
void StudyPanel::onEdited() {
    if (m_kind == Kind::Shipped) {
        try {
            StudyConfig now = m_form->study();
            if (now.name == m_chosen.name && !runTheSame(now, m_chosen))
                m_form->nameEdit()->setText(QString::fromStdString(now.name + "_own"));
        } catch (const ConfigError&) {
            // Said below.
        }
    }
    look();
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
        for (const std::string& missing : facts.estimate.missing) sentences << QString::fromStdString(missing);
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
    m_remove->setEnabled(m_store.holds(m_chosen.name) && m_kind == Kind::Own);
}

QString StudyPanel::factsText() const { return m_facts->text(); }
QString StudyPanel::problemText() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

void StudyPanel::start() {
    if (!m_start->isEnabled()) return;
    m_check->cancel();
    m_context->guarded([&] { m_queue->start(m_form->study(), options()); });
}

void StudyPanel::saveAs(const QString& name) {
    m_context->guarded([&] {
        StudyConfig study = m_form->study();
        study.name = name.toStdString();
        if (std::any_of(m_shipped.begin(), m_shipped.end(),
                        [&](const StudyConfig& shipped) { return shipped.name == study.name; }))
            throw ConfigError(tr("'%1' is a shipped study: give yours another name").arg(name).toStdString());
        m_store.save(study);
        refresh();
        showStudy(study, Kind::Own);
        for (QTreeWidgetItemIterator at(m_list); *at; ++at)
            if ((*at)->parent() && (*at)->data(0, nameRole) == name &&
                (*at)->data(0, kindRole).toInt() == static_cast<int>(Kind::Own))
                m_list->setCurrentItem(*at);
        Q_EMIT m_context->statusShown(tr("Saved: %1").arg(QString::fromStdString(m_store.fileOf(study.name).string())),
                                      8000);
    });
}

void StudyPanel::askForName() {
    bool accepted = false;
    const QString name = QInputDialog::getText(this, tr("Save the study as"), tr("Name: letters, digits, _ and -"),
                                               QLineEdit::Normal, m_form->nameEdit()->text(), &accepted);
    if (!accepted) return;
    if (m_store.holds(name.trimmed().toStdString()) &&
        QMessageBox::question(this, tr("Save the study"), tr("Replace your study '%1'?").arg(name.trimmed())) !=
            QMessageBox::Yes)
        return;
    saveAs(name.trimmed());
}

void StudyPanel::removeOwn() {
    QMessageBox question(QMessageBox::Question, tr("Delete the study?"),
                         tr("The study '%1' is deleted. Its runs stay.").arg(titleOf(m_chosen)), QMessageBox::NoButton,
                         this);
    QAbstractButton* remove = question.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    question.addButton(QMessageBox::Cancel);
    question.exec();
    if (question.clickedButton() != remove) return;
    m_context->guarded([&] {
        m_store.remove(m_chosen.name);
        refresh();
        choose(QStringLiteral("figure5_quick"));
    });
}

}  // namespace resonate::app
