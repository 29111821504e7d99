// app/workspaces/data_workspace.cpp: see data_workspace.h.
#include "workspaces/data_workspace.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <set>
#include <utility>

#include "panels/card_grid.h"
#include "panels/sample_browser_panel.h"
#include "panels/view_dock.h"
#include "session/dataset_lookup.h"
#include "session/folder_sizes.h"
#include "session/own_data_list.h"
#include "session/window_context.h"
#include "views/sample_view.h"

namespace resonate::app {
namespace {

/// Larger sets are not read for the picture on their card alone.
constexpr qint64 mostForPicture = 300'000'000;

bool holdsSomething(const std::filesystem::path& folder) {
    std::error_code failure;
    return std::filesystem::directory_iterator(folder, failure) != std::filesystem::directory_iterator();
}

}  // namespace

DataWorkspace::DataWorkspace(WindowContext* context)
    : Workspace({QStringLiteral("data"), tr("Data"), tr("Get data sets, add your own, look at their samples")},
                context),
      m_own(new OwnDataList(context->settings(), this)),
      m_library(new SampleLibrary(this)),
      m_sizes(new FolderSizes(this)),
      m_browser(new SampleBrowserPanel(m_library)),
      m_grid(new CardGrid),
      m_downloadLabel(new QLabel(this)) {
    buildViews();
    connect(m_own, &OwnDataList::changed, this, &DataWorkspace::rebuildOwnCards);
    connect(m_library, &SampleLibrary::pictured, this, [this](const QString& key, const SharedSample& sample) {
        for (DatasetCard* card : cards())
            if (keyOf(card->dataset()) == key) card->setPicture(sample);
    });
    connect(m_browser, &SampleBrowserPanel::opened, this, [this] {
        if (m_chosen && !m_chosen->hasPicture()) m_chosen->setPicture(m_browser->view()->sample());
    });
    connect(m_browser, &SampleBrowserPanel::failed, context, &WindowContext::errorRaised);
    connect(&context->jobs(), &DatasetJobs::changed, this, [this](const QString& dataset) {
        for (DatasetCard* card : std::as_const(m_published))
            if (sharesFiles(card, dataset)) refreshCard(card);
        refreshStatus();
    });
    connect(m_sizes, &FolderSizes::measured, this, [this] {
        for (DatasetCard* card : std::as_const(m_published)) {
            refreshCard(card);
            wantPicture(card);
        }
    });
    connect(context, &WindowContext::datasetJobEnded, this, &DataWorkspace::onEnded);
    connect(context, &WindowContext::datasetsChanged, this, [this] {
        refreshCards();
        for (DatasetCard* card : cards()) wantPicture(card);
        openSamples();
    });
    connect(context, &WindowContext::ownDataWanted, this, [this](const QString& kind, const QString& path) {
        Q_EMIT this->context()->workspaceWanted(identity().name);
        addOwnData(kind, path);
    });
    connect(context, &WindowContext::datasetWanted, this, [this](const DatasetConfig& dataset) {
        const QString path = QString::fromStdString(dataset.path);
        if (!path.isEmpty() && dataset_info(dataset.name).own) m_own->add(dataset);
        DatasetCard* wanted = card(QString::fromStdString(dataset.name), path);
        Q_EMIT this->context()->workspaceWanted(identity().name);
        if (!wanted) return;
        choose(wanted);
    });
}

void DataWorkspace::buildViews() {
    for (const DatasetInfo& info : dataset_catalogue()) {
        if (info.own) continue;
        DatasetConfig dataset;
        dataset.name = info.name;
        m_published.append(makeCard(dataset));
    }
    m_grid->setSection(0, tr("Published and generated"), QList<QWidget*>(m_published.begin(), m_published.end()));
    rebuildOwnCards();
    ViewDock* sets = addView(tr("Data sets"), QStringLiteral("datasets"), m_grid, nullptr);
    ViewDock* samples = addView(tr("Samples"), QStringLiteral("samples"), m_browser, m_browser->view());
    leaveCentreEmpty();
    addDockWidget(Qt::LeftDockWidgetArea, sets);
    addDockWidget(Qt::BottomDockWidgetArea, samples);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    resizeDocks({sets}, {470}, Qt::Horizontal);
    refreshCards();
}

QWidget* DataWorkspace::makeOwnTools() {
    auto* tools = new QWidget;
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    const std::tuple<const char*, QString, QString> kinds[] = {
        {"own_recordings", tr("Add recordings…"), tr("WAV files in one folder per class")},
        {"own_spikes", tr("Add spikes…"), tr("HDF5 files in the layout of SHD")},
        {"own_arrays", tr("Add arrays…"), tr("Sequences and labels in CSV, NumPy or MATLAB files")}};
    bool any = false;
    for (const auto& [kind, text, meaning] : kinds) {
        const auto& sets = dataset_catalogue();
        if (std::none_of(sets.begin(), sets.end(),
                         [name = kind](const DatasetInfo& info) { return info.name == name; }))
            continue;
        auto* button = new QPushButton(text);
        button->setObjectName(QString::fromLatin1(kind));
        button->setToolTip(meaning);
        connect(button, &QPushButton::clicked, this, [this, kind = kind] { addOwnData(QString::fromLatin1(kind)); });
        row->addWidget(button);
        any = true;
    }
    row->addStretch(1);
    if (any) return tools;
    delete tools;
    return nullptr;
}

DatasetCard* DataWorkspace::makeCard(const DatasetConfig& dataset) {
    auto* made = new DatasetCard(dataset);
    connect(made, &DatasetCard::chosen, this, [this, made] { choose(made); });
    connect(made, &DatasetCard::acted, this, [this, made](DatasetAction action) { act(made, action); });
    if (made->info().own) {
        auto* lookup = new DatasetLookup(made);
        m_lookups.insert(made, lookup);
        connect(lookup, &DatasetLookup::found, this, [this, made, lookup] {
            if (lookup->info()) made->setInfo(*lookup->info());
            refreshCard(made);
            wantPicture(made);
            if (made == m_chosen) openSamples();
        });
    }
    return made;
}

void DataWorkspace::rebuildOwnCards() {
    QList<DatasetCard*> kept;
    for (const DatasetConfig& set : m_own->sets()) {
        DatasetCard* there = card(QString::fromStdString(set.name), QString::fromStdString(set.path));
        kept.append(there ? there : makeCard(set));
    }
    const QList<DatasetCard*> before = std::exchange(m_ownCards, kept);
    for (DatasetCard* gone : before)
        if (!kept.contains(gone)) {
            m_lookups.remove(gone);
            if (gone == m_chosen) {
                m_chosen = nullptr;
                choose(m_published.constFirst());
            }
        }
    QWidget* tools = before.isEmpty() && !findChild<QWidget*>(QStringLiteral("ownTools")) ? makeOwnTools() : nullptr;
    if (tools) tools->setObjectName(QStringLiteral("ownTools"));
    m_grid->setSection(1, tr("Your own data"), QList<QWidget*>(m_ownCards.begin(), m_ownCards.end()), tools);
    for (DatasetCard* card : std::as_const(m_ownCards)) {
        m_lookups.value(card)->look(card->dataset());
        refreshCard(card);
    }
}

QList<DatasetCard*> DataWorkspace::cards() const { return m_published + m_ownCards; }

DatasetCard* DataWorkspace::card(const QString& name, const QString& path) const {
    for (DatasetCard* card : cards())
        if (nameOf(card) == name && QString::fromStdString(card->dataset().path) == path) return card;
    return nullptr;
}

void DataWorkspace::refreshCard(DatasetCard* card) {
    CardState state;
    if (const DatasetLookup* lookup = m_lookups.value(card)) {
        state.looking = lookup->isBusy();
        state.status = lookup->problem().isEmpty() ? DatasetStatus::ready : DatasetStatus::corrupt;
        state.message = lookup->problem();
        state.note = lookup->problem();
        state.noteIsError = true;
    } else {
        const OnDisk& files = m_onDisk[card];
        state.status = files.report.status;
        state.message = QString::fromStdString(files.report.message);
        state.filesHere = files.any;
        if (files.any) state.bytesHere = m_sizes->of(folderOf(card)).value_or(0);
        state.job = context()->jobs().jobOf(nameOf(card));
        if (state.status == DatasetStatus::corrupt) {
            state.note = state.message;
            state.noteIsError = true;
        }
    }
    if (const auto note = m_notes.constFind(keyOf(card->dataset())); note != m_notes.constEnd()) {
        state.note = note->text;
        state.noteIsError = note->isError;
        if (note->damaged && state.status == DatasetStatus::ready) state.status = DatasetStatus::corrupt;
    }
    card->setState(state);
    if (card == m_chosen) refreshMenu();
}

void DataWorkspace::refreshCards() {
    const std::filesystem::path dataDir = context()->dataDir().toStdString();
    std::set<std::filesystem::path> folders;
    for (DatasetCard* card : std::as_const(m_published)) {
        OnDisk& files = m_onDisk[card];
        files = {dataset_status(card->dataset().name, dataDir), false};
        if (card->info().folder.empty()) continue;
        files.any = holdsSomething(folderOf(card));
        if (files.any) folders.insert(folderOf(card));
    }
    m_sizes->measure(folders);
    for (DatasetCard* card : cards()) refreshCard(card);
}

std::filesystem::path DataWorkspace::folderOf(const DatasetCard* card) const {
    return std::filesystem::path(context()->dataDir().toStdString()) / card->info().folder;
}

bool DataWorkspace::sharesFiles(const DatasetCard* card, const QString& dataset) const {
    return !card->info().own &&
           (nameOf(card) == dataset ||
            (!card->info().folder.empty() && card->info().folder == dataset_info(dataset.toStdString()).folder));
}

void DataWorkspace::choose(DatasetCard* card) {
    if (card == m_chosen) return;
    if (m_chosen) m_chosen->setChosen(false);
    m_chosen = card;
    card->setChosen(true);
    if (!card->isAncestorOf(focusWidget())) card->setFocus();
    refreshMenu();
    openSamples();
    Q_EMIT titleChanged();
}

/// Opens the chosen set where it can be read and is not open already.
void DataWorkspace::openSamples() {
    if (!m_chosen || !isVisible()) return;
    const DatasetCard& card = *m_chosen;
    const bool here = !card.state().looking &&
                      (card.state().status == DatasetStatus::ready || card.state().status == DatasetStatus::generated);
    const QString wanted = QStringLiteral("%1 %2 %3").arg(here).arg(keyOf(card.dataset()), context()->dataDir());
    if (wanted == m_shown) return;
    m_shown = wanted;
    if (here)
        m_browser->open(card.dataset(), titleOf(&card), context()->dataDir().toStdString());
    else if (card.state().looking)
        m_browser->close(tr("Looking at your data…"));
    else if (card.info().own || card.state().status == DatasetStatus::corrupt)
        m_browser->close(card.state().message);
    else
        m_browser->close(card.info().source.empty()
                             ? tr("%1 is not here yet. Choose \"Use files I have…\" on its card.").arg(titleOf(&card))
                             : tr("%1 is not here yet. Choose \"Download\" or \"Use files I have…\" on its card.")
                                   .arg(titleOf(&card)));
}

void DataWorkspace::wantPicture(DatasetCard* card) {
    if (!isVisible() || card->hasPicture() || card->state().looking) return;
    const DatasetStatus status = card->state().status;
    if (status != DatasetStatus::ready && status != DatasetStatus::generated) return;
    // Asked again when the size is known.
    if (card->state().filesHere && m_sizes->of(folderOf(card)).value_or(mostForPicture + 1) > mostForPicture) return;
    m_library->picture(card->dataset(), context()->dataDir().toStdString());
}

void DataWorkspace::showEvent(QShowEvent* event) {
    Workspace::showEvent(event);
    if (event->spontaneous()) return;
    refreshCards();
    if (!m_chosen) choose(m_published.constFirst());
    openSamples();
    for (DatasetCard* card : cards()) wantPicture(card);
}

bool DataWorkspace::prepareClose() {
    context()->jobs().cancelDownloads();
    m_closing = !context()->jobs().isIdle();
    if (m_closing)
        Q_EMIT context()->statusShown(tr("Closing as soon as the files are whole…"), 0);
    else
        m_library->cancel();
    return !m_closing;
}

QString DataWorkspace::exportStem() const {
    const SharedSample& sample = m_browser->view()->sample();
    return sample ? QString::fromStdString(sample->info.name) : QStringLiteral("data");
}

QString DataWorkspace::exportOrigin() const {
    const SharedSample& sample = m_browser->view()->sample();
    return sample ? tr("data set %1, %2").arg(QString::fromStdString(sample->info.title), sample->place) : QString();
}

QString DataWorkspace::windowTitleText() const {
    return m_chosen ? tr("%1 – Data").arg(titleOf(m_chosen)) : tr("Data");
}

}  // namespace resonate::app
