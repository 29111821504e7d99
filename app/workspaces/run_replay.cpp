// app/workspaces/run_replay.cpp: see run_replay.h.
#include "workspaces/run_replay.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "panels/epoch_bar.h"
#include "panels/epoch_slider.h"
#include "resonate/config_io.h"
#include "resonate/run_damage.h"
#include "views/activity_view.h"
#include "views/curves_view.h"
#include "views/parameter_view.h"
#include "workspaces/live_views.h"

namespace resonate::app {
namespace {

/// Frames read before they are due while it plays.
constexpr qsizetype ahead = 4;
/// Epochs that a trail is drawn from, where all would be many.
constexpr qsizetype trailEpochs = 48;
constexpr int barMilliseconds = 500;

}  // namespace

RunReplay::RunReplay(LiveViews* views, std::function<RunOptions()> options, QObject* parent)
    : QObject(parent), m_views(views), m_options(std::move(options)), m_bar(new EpochBar) {
    m_barTimer.setSingleShot(true);
    m_barTimer.setInterval(barMilliseconds);
    connect(&m_barTimer, &QTimer::timeout, this, &RunReplay::tellBar);
    connect(&m_play, &QTimer::timeout, this, &RunReplay::playOn);
    connect(&m_store, &FrameStore::loaded, this, &RunReplay::onLoaded);
    connect(&m_store, &FrameStore::failed, this, &RunReplay::onFailed);
    connect(&m_store, &FrameStore::placesRead, this, &RunReplay::takePlaces);
    connect(&m_store, &FrameStore::searchFailed, this, &RunReplay::failed);
    connect(&m_store, &FrameStore::worstFound, this, [this](int sample) {
        if (sample >= 0) showSample(sample);
        Q_EMIT searchEnded();
    });
    connect(m_bar, &EpochBar::epochChosen, this, [this](int epoch) {
        play(false);
        show(epoch);
    });
    connect(m_views, &LiveViews::epochClicked, this, [this](int epoch) {
        play(false);
        show(epoch);
    });
    connect(m_bar, &EpochBar::liveChosen, this, &RunReplay::goLive);
    connect(m_bar, &EpochBar::playWanted, this, &RunReplay::play);
    connect(m_bar, &EpochBar::speedChanged, this, [this] { m_play.setInterval(1000 / m_bar->speed()); });
    m_play.setInterval(1000 / m_bar->speed());
    m_bar->setLiveEnabled(false);
}

void RunReplay::setRun(const std::filesystem::path& folder, const std::string& id, const ExperimentConfig& config,
                       const std::vector<EpochMetrics>& rows, const std::vector<int>& recorded,
                       const std::vector<RunChange>& changes) {
    play(false);
    m_folder = folder;
    m_runId = id;
    m_config = config;
    m_sample.reset();
    m_store.open(folder);
    m_past.clear();
    m_asked.clear();
    m_unreadable.clear();
    m_now.reset();
    m_frame.reset();
    m_epoch = -1;
    m_waiting = false;
    m_bar->slider()->forget();
    m_untold.clear();
    for (const EpochMetrics& row : rows) addEpoch(row);
    for (const RunChange& change : changes) addChange(change);
    setRecorded(QList<int>(recorded.begin(), recorded.end()));
    tellBar();
    m_views->markEpoch(std::nullopt);
}

void RunReplay::begin(const RunStarted& started) {
    m_training = true;
    m_live = true;
    setRun(started.folder, started.run_id, started.config, started.history, started.recorded, started.changes);
    m_bar->setLiveEnabled(true);
    m_bar->follow();
    m_trailDue = !started.recorded.empty();
    planReading();
    Q_EMIT momentChanged();
}

void RunReplay::open(const StoredRun& run) {
    m_training = false;
    m_live = false;
    m_trailDue = false;
    const RunDamage damage = find_damage(run);
    std::vector<int> recorded = run.recorded;
    std::erase_if(recorded, [&](int epoch) {
        return std::binary_search(damage.lost_epochs.begin(), damage.lost_epochs.end(), epoch);
    });
    setRun(run.folder, run.id, run.config, run.metrics, recorded, run.changes);
    m_bar->setLiveEnabled(false);
    m_bar->showEpoch(m_recorded.isEmpty() ? -1 : m_recorded.constLast());
    if (!m_recorded.isEmpty()) show(m_recorded.constLast());
    Q_EMIT momentChanged();
    if (!damage.sentence.empty()) Q_EMIT failed(QString::fromStdString(damage.sentence));
}

void RunReplay::setRecorded(const QList<int>& epochs) {
    m_recorded = epochs;
    // Epochs of a moment each would draw the bar at every one of them.
    if (m_training && m_live) {
        if (!m_barTimer.isActive()) m_barTimer.start();
        return;
    }
    tellBar();
}

void RunReplay::tellBar() {
    m_barTimer.stop();
    for (const EpochMetrics& metrics : std::exchange(m_untold, {})) {
        if (metrics.best) m_bar->slider()->setBest(metrics.epoch);
        m_bar->slider()->setReading(metrics.epoch, tr("test accuracy %1 %").arg(metrics.test.accuracy, 0, 'f', 1));
    }
    m_bar->setEpochs(m_recorded, m_config.training.epochs);
    // Older epochs leave where the room for them is full.
    if (!m_live && m_epoch >= 0 && !m_recorded.contains(m_epoch)) show(m_bar->epoch());
    Q_EMIT momentChanged();
}

void RunReplay::addEpoch(const EpochMetrics& metrics) {
    m_untold.push_back(metrics);
    if (!m_training || !m_live)
        tellBar();
    else if (!m_barTimer.isActive())
        m_barTimer.start();
}

void RunReplay::addChange(const RunChange& change) {
    const Field* field = find_field(change.path);
    // The run is the one it has become: the bar counts its epochs, a fork is compared with its settings.
    if (field) set_field(m_config, change.path, change.to);
    m_views->curves->setEpochs(m_config.training.epochs);
    m_views->activity->setEpochs(m_config.training.epochs);
    m_bar->slider()->addNote(change.epoch,
                             tr("%1 changed from %2 to %3 after epoch %4, batch %5")
                                 .arg(QString::fromStdString(field ? field->label : change.path),
                                      QString::fromStdString(change.from), QString::fromStdString(change.to))
                                 .arg(change.epoch)
                                 .arg(change.batch));
}

void RunReplay::takeFrame(const SharedFrame& frame) {
    m_now = frame;
    if (m_live) present(frame);
}

void RunReplay::end(const RunOutcome& outcome) {
    m_training = false;
    tellBar();
    // What a finished run shows last is its last epoch. A stopped one may have gone some batches further.
    const bool complete = outcome.status == RunStatus::finished && !m_recorded.isEmpty() && outcome.last &&
                          m_recorded.constLast() == outcome.last->epoch;
    if (m_live && complete) show(m_recorded.constLast());
    if (complete) m_now.reset();
    m_bar->setLiveEnabled(m_now != nullptr, m_now != nullptr);
}

void RunReplay::setInSight(bool inSight) {
    if (!std::exchange(m_inSight, inSight) && inSight && !m_live && m_epoch >= 0) show(m_epoch);
}

void RunReplay::show(int epoch) {
    if (m_recorded.isEmpty()) return;
    m_live = false;
    m_trailDue = false;
    m_bar->showEpoch(epoch);
    m_epoch = m_bar->epoch();
    m_views->markEpoch(m_epoch);
    m_waiting = false;
    if (m_inSight) {
        if (const SharedFrame held = m_store.find(m_epoch)) {
            onLoaded(m_epoch, held);
        } else {
            m_waiting = true;
            m_store.want(m_epoch);
        }
        planReading();
    }
    Q_EMIT momentChanged();
}

void RunReplay::showSample(int sample) {
    if (!isPast() || m_recorded.isEmpty()) return;
    m_sample = sample;
    m_store.setSample(sample, m_options());
    show(m_live ? m_recorded.constLast() : m_epoch);
}

void RunReplay::showWorst() {
    if (!isPast() || m_recorded.isEmpty()) return Q_EMIT searchEnded();
    if (m_live) show(m_recorded.constLast());
    m_store.findWorst(m_epoch, m_options());
}

void RunReplay::goLive() {
    play(false);
    if (!m_training && !m_now) return;
    m_live = true;
    m_epoch = -1;
    m_waiting = false;
    m_bar->follow();
    m_views->markEpoch(std::nullopt);
    if (m_now) {
        m_trailDue = true;
        drawTrail();
        readPast();
        present(m_now);
    }
    Q_EMIT momentChanged();
}

void RunReplay::present(const SharedFrame& frame) {
    m_frame = frame;
    m_views->parameters->setMoment(m_live ? tr("now") : tr("epoch %1").arg(m_epoch));
    m_views->setFrame(frame);
    Q_EMIT frameShown(frame);
}

void RunReplay::onLoaded(int epoch, const SharedFrame& frame) {
    if (m_live || epoch != m_epoch || (m_frame == frame && !m_waiting)) return;
    m_waiting = false;
    // A trail that ends before this epoch is a trail of it, until that of the recorded epochs is read.
    if (!m_frame || m_frame->epoch > epoch || !m_past.empty()) m_views->parameters->setTrail(pastOf(epoch));
    present(frame);
}

void RunReplay::onFailed(int epoch, const QString& sentence) {
    if (m_sample) {
        if (epoch != m_epoch || !m_waiting) return;
        // The recorded sequence can still be looked at.
        m_sample.reset();
        m_store.setSample(std::nullopt, {});
        show(epoch);
        return Q_EMIT failed(sentence);
    }
    m_unreadable.insert(epoch);
    if (m_live || epoch != m_epoch || !m_waiting) return;
    m_waiting = false;
    if (m_training) {
        // The training may just have made room.
        const std::vector<int> kept = recorded_epochs(m_folder);
        if (std::find(kept.begin(), kept.end(), epoch) == kept.end())
            return setRecorded(QList<int>(kept.begin(), kept.end()));
    }
    Q_EMIT failed(sentence);
    skip(epoch);
}

void RunReplay::skip(int epoch) {
    const qsizetype place = m_recorded.indexOf(epoch);
    QList<int> left = m_recorded;
    left.removeAll(epoch);
    m_epoch = -1;
    setRecorded(left);
    if (!left.isEmpty()) show(left.at(std::min(place, left.size() - 1)));
}

void RunReplay::play(bool play) {
    if (play == m_bar->isPlaying() || (play && m_recorded.size() < 2)) return;
    m_bar->setPlaying(play);
    if (!play) return m_play.stop();
    if (m_live || m_epoch == m_recorded.constLast()) show(m_recorded.constFirst());
    planReading();
    m_play.start();
}

void RunReplay::playOn() {
    if (m_waiting) return;  // a slow disk plays slowly
    const qsizetype place = m_recorded.indexOf(m_epoch);
    if (place + 1 < m_recorded.size()) return show(m_recorded.at(place + 1));
    if (!m_bar->loops()) return play(false);
    show(m_recorded.constFirst());
}

/// What trails are drawn from, what plays next, and all the rest where there is room for it.
void RunReplay::planReading() {
    if (!m_inSight || m_recorded.isEmpty()) return;
    readPast();
    QList<int> plan;
    if (!m_live && m_frame && !m_sample && bytesOf(*m_frame) * m_recorded.size() <= m_store.limit()) plan = m_recorded;
    if (m_bar->isPlaying()) plan = m_recorded.mid(m_recorded.indexOf(m_epoch) + 1, ahead) + plan;
    plan.removeIf([this](int epoch) { return m_unreadable.contains(epoch); });
    m_store.readAhead(plan);
}

QList<int> RunReplay::trailPlan() const {
    QList<int> plan;
    const qsizetype every = std::max<qsizetype>(1, (m_recorded.size() + trailEpochs - 1) / trailEpochs);
    for (qsizetype i = 0; i < m_recorded.size(); i += every) plan.append(m_recorded.at(i));
    return plan;
}

void RunReplay::readPast() {
    QList<int> epochs = trailPlan();
    epochs.removeIf([this](int epoch) { return m_asked.contains(epoch); });
    for (const int epoch : epochs) m_asked.insert(epoch);
    m_store.readPlaces(epochs);
}

void RunReplay::takePlaces(const std::vector<ResonatorPlaces>& places) {
    for (const ResonatorPlaces& place : places)
        if (!place.omega.empty()) m_past[place.epoch] = place;
    drawTrail();
}

/// The way to the epoch that shows, as far as it was read.
void RunReplay::drawTrail() {
    if (m_live) {
        // The training's own steps follow it.
        if (m_trailDue) m_views->parameters->setTrail(pastOf(std::numeric_limits<int>::max()));
        return;
    }
    if (m_waiting || !m_frame || m_epoch < 0) return;
    m_views->parameters->setTrail(pastOf(m_epoch));
    m_views->parameters->setFrame(m_frame);
}

std::vector<ParameterTrail::Snapshot> RunReplay::pastOf(int epoch) const {
    std::vector<ParameterTrail::Snapshot> past;
    for (const int kept : trailPlan())
        if (const auto known = m_past.find(kept); known != m_past.end() && kept < epoch) past.push_back(known->second);
    return past;
}

}  // namespace resonate::app
