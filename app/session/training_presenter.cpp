// app/session/training_presenter.cpp: see training_presenter.h.
#include "session/training_presenter.h"

#include <QMetaObject>
#include <QThread>
#include <mutex>
#include <utility>

#include "session/engine_start.h"

namespace resonate::app {
namespace {

constexpr int pollMilliseconds = 33;
/// Batches kept between two polls; an engine that makes more shows every other one.
constexpr qsizetype mostBatches = 4096;

}  // namespace

/// Lives on the UI thread's side but is called by the engine thread.
class TrainingPresenter::Relay : public TrainingObserver {
 public:
    explicit Relay(TrainingPresenter* presenter) : m_presenter(presenter) {}

    void on_started(const RunStarted& started) override {
        m_epochs = started.config.training.epochs;
        post([started](TrainingPresenter* presenter) {
            if (presenter->m_state == State::Starting) presenter->setState(State::Running);
            presenter->m_pace.setCoreToSpare(QThread::idealThreadCount() > started.threads);
            Q_EMIT presenter->started(started);
        });
    }
    void on_batch(const BatchProgress& progress) override {
        const std::lock_guard lock(m_mutex);
        if (m_batches.size() >= mostBatches) {
            QList<BatchProgress> thinned;
            for (qsizetype i = 1; i < m_batches.size(); i += 2) thinned.append(m_batches[i]);
            m_batches = thinned;
        }
        m_batches.append(progress);
    }
    void on_epoch(const EpochMetrics& metrics) override {
        if (metrics.epoch >= m_epochs) m_probeDue = true;  // the end is shown
        post([metrics](TrainingPresenter* presenter) {
            presenter->tellBatches();
            Q_EMIT presenter->epochDone(metrics);
        });
    }
    void on_paused(bool paused) override {
        post([paused](TrainingPresenter* presenter) {
            presenter->tellAll();
            if (presenter->m_state != State::Stopping) presenter->setState(paused ? State::Paused : State::Running);
        });
    }
    void on_changed(const RunChange& change) override {
        post([change](TrainingPresenter* presenter) { Q_EMIT presenter->changed(change); });
    }
    void on_change_refused(const std::string& path, const std::string& sentence) override {
        post([path = QString::fromStdString(path), sentence = QString::fromStdString(sentence)](
                 TrainingPresenter* presenter) { Q_EMIT presenter->changeRefused(path, sentence); });
    }
    void on_recorded(const std::vector<int>& epochs) override {
        post([epochs = QList<int>(epochs.begin(), epochs.end())](TrainingPresenter* presenter) {
            Q_EMIT presenter->recorded(epochs);
        });
    }
    bool wants_probe() const override { return m_probeWanted && m_probeDue; }
    void on_probe(ProbeFrame&& frame) override {
        m_probeDue = false;
        m_frames.put(std::make_shared<const ProbeFrame>(std::move(frame)));
    }
    void on_ended(const RunOutcome& outcome) override {
        post([outcome](TrainingPresenter* presenter) {
            presenter->tellAll();
            presenter->finish(outcome);
        });
    }

    QList<BatchProgress> takeBatches() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_batches, {});
    }
    std::optional<SharedFrame> takeFrame() { return m_frames.take(); }
    void setProbeWanted(bool wanted) { m_probeWanted = wanted; }
    /// A frame is made when the one before has been shown, and at the next pause or end.
    void setProbeDue() { m_probeDue = true; }

 private:
    template <class Action>
    void post(Action action) {
        QMetaObject::invokeMethod(
            m_presenter, [presenter = m_presenter, action] { action(presenter); }, Qt::QueuedConnection);
    }

    TrainingPresenter* m_presenter;
    std::atomic<bool> m_probeWanted{true};
    std::atomic<bool> m_probeDue{true};
    int m_epochs = 0;  ///< used by the engine thread alone
    std::mutex m_mutex;
    QList<BatchProgress> m_batches;
    Mailbox<SharedFrame> m_frames;
};

TrainingPresenter::TrainingPresenter(QObject* parent) : QObject(parent), m_relay(std::make_unique<Relay>(this)) {
    m_poll.setInterval(pollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &TrainingPresenter::poll);
}

TrainingPresenter::~TrainingPresenter() = default;

void TrainingPresenter::setState(State state) {
    if (state == m_state) return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void TrainingPresenter::start(const ExperimentConfig& config, const RunOptions& options) {
    if (isActive()) return;
    setState(State::Starting);
    m_relay->setProbeDue();
    m_poll.start();
    whenEngineLoaded(this, [this, config, options] {
        m_session = std::make_unique<TrainingSession>(config, options, *m_relay);
        for (const auto& order : std::exchange(m_untold, {})) order(*m_session);
    });
}

void TrainingPresenter::tell(const std::function<void(TrainingSession&)>& order) {
    if (m_session)
        order(*m_session);
    else
        m_untold.push_back(order);
}

void TrainingPresenter::pause() {
    if (m_state != State::Running) return;
    m_relay->setProbeDue();
    m_session->pause();
}

void TrainingPresenter::resume() {
    if (m_state == State::Paused) m_session->resume();
}

void TrainingPresenter::step() {
    if (m_state != State::Running && m_state != State::Paused) return;
    m_relay->setProbeDue();
    m_session->step();
}

void TrainingPresenter::change(const QString& path, const QString& value) {
    if (!isActive()) return;
    m_relay->setProbeDue();  // it may change what is shown
    tell([path, value](TrainingSession& session) { session.change(path.toStdString(), value.toStdString()); });
}

void TrainingPresenter::stop() {
    if (!isActive()) return;
    setState(State::Stopping);
    m_relay->setProbeDue();
    tell([](TrainingSession& session) { session.stop(); });
}

void TrainingPresenter::setProbeWanted(bool wanted) { m_relay->setProbeWanted(wanted); }

void TrainingPresenter::poll() {
    if (m_pace.due()) tellAll();
}

void TrainingPresenter::tellBatches() {
    if (const QList<BatchProgress> progress = m_relay->takeBatches(); !progress.isEmpty()) Q_EMIT batches(progress);
}

void TrainingPresenter::tellAll() {
    m_pace.begin();
    tellBatches();
    if (const std::optional<SharedFrame> frame = m_relay->takeFrame()) {
        m_relay->setProbeDue();
        Q_EMIT frameArrived(*frame);
    }
}

void TrainingPresenter::finish(const RunOutcome& outcome) {
    m_poll.stop();
    // The engine thread has nothing left to do after on_ended: joining it does not wait.
    m_session.reset();
    setState(State::Idle);
    Q_EMIT ended(outcome);
}

}  // namespace resonate::app
