// app/panels/study_panel.cpp: see study_panel.h.
#include "panels/study_panel.h"

#include <QAction>
#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStringListModel>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "panels/ask_text.h"
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
    column->addLayout(row);
    connect(open, &QPushButton::clicked, this, &StudyPanel::askToOpen);
    connect(m_remove, &QPushButton::clicked, this, &StudyPanel::remove);
    auto* byKey = new QAction(this);
    byKey->setShortcut(QKeySequence::Delete);
    byKey->setShortcutContext(Qt::WidgetShortcut);
    connect(byKey, &QAction::triggered, m_remove, &QPushButton::click);
    m_list->addAction(byKey);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) { showItem(item); });
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
                        ? tr("%1 (%2 of %3)").arg(titleOf(study.config)).arg(progress.finished).arg(runsMeant(progress))
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
    const std::optional<QString> asked =
        askText(this, tr("Save the study as"), tr("Name: letters, digits, _ and -"), m_form->nameEdit()->text());
    if (!asked) return;
    const QString& name = *asked;
    if (m_store.holds(name.trimmed().toStdString()) &&
        QMessageBox::question(this, tr("Save the study"), tr("Replace your study '%1'?").arg(name.trimmed())) !=
            QMessageBox::Yes)
        return;
    saveAs(name.trimmed());
}

const StoredStudy* StudyPanel::chosenBegun() const {
    if (m_kind != Kind::Begun) return nullptr;
    const auto found = std::find_if(m_begun.begin(), m_begun.end(),
                                    [this](const StoredStudy& study) { return study.config.name == m_chosen.name; });
    return found == m_begun.end() ? nullptr : &*found;
}

void StudyPanel::remove() {
    const StoredStudy* begun = chosenBegun();
    const QString title = titleOf(m_chosen);
    QMessageBox question(QMessageBox::Question, begun ? tr("Move the study to the trash?") : tr("Delete the study?"),
                         begun
                             ? tr("The study '%1' is moved to the trash of the runs folder. Its runs stay.").arg(title)
                             : tr("The study '%1' is deleted. Its runs stay.").arg(title),
                         QMessageBox::NoButton, this);
    QAbstractButton* remove =
        question.addButton(begun ? tr("Move to trash") : tr("Delete"), QMessageBox::DestructiveRole);
    question.addButton(QMessageBox::Cancel);
    question.exec();
    if (question.clickedButton() != remove) return;
    // The button is disabled soon: the focus would go on into the form, which has an Undo of its own.
    QTimer::singleShot(0, m_list, [this] { m_list->setFocus(); });
    // The list may have been read again while the question stood.
    if (begun) {
        if (const StoredStudy* still = chosenBegun()) Q_EMIT trashRequested(*still);
        return;
    }
    m_context->guarded([&] {
        m_store.remove(m_chosen.name);
        refresh();
        choose(QStringLiteral("figure5_quick"));
    });
}

void StudyPanel::forget(const StoredStudy& study) {
    const bool shown = m_kind == Kind::Begun && m_chosen.name == study.config.name;
    refresh();
    if (shown) choose(QStringLiteral("figure5_quick"));
}

}  // namespace resonate::app
