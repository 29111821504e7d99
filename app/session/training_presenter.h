// app/session/training_presenter.h: joins the window and the engine thread. The UI thread never waits for the engine.
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "models/refresh_pace.h"
#include "resonate/experiment.h"
#include "views/frame_facts.h"

namespace resonate::app {

/// Rare events (start, epoch, pause, end) come as signals on the UI thread; batches and probe frames go through
/// mailboxes that a timer empties, so that a fast engine cannot flood the UI: as often as a RefreshPace allows. Batches
/// are counted, never lost, up to a bound.
class TrainingPresenter : public QObject {
    Q_OBJECT

 public:
    enum class State { Idle, Starting, Running, Paused, Stopping };
    Q_ENUM(State)

    explicit TrainingPresenter(QObject* parent = nullptr);
    /// Stops a running training and waits for it.
    ~TrainingPresenter() override;

    State state() const { return m_state; }
    bool isActive() const { return m_state != State::Idle; }

    void start(const ExperimentConfig& config, const RunOptions& options);
    void pause();
    void resume();
    /// One batch, then a pause.
    void step();
    void stop();
    /// Changes a field of the running training, as `--set path=value` would; changed() or changeRefused() follows.
    void change(const QString& path, const QString& value);
    /// Are frames wanted? False while no view that draws them is visible.
    void setProbeWanted(bool wanted);

 Q_SIGNALS:
    void stateChanged(resonate::app::TrainingPresenter::State state);
    void started(const resonate::RunStarted& started);
    void batches(const QList<resonate::BatchProgress>& progress);
    void epochDone(const resonate::EpochMetrics& metrics);
    void frameArrived(const resonate::app::SharedFrame& frame);
    void changed(const resonate::RunChange& change);
    void changeRefused(const QString& path, const QString& sentence);
    /// An epoch was kept: all that are kept now.
    void recorded(const QList<int>& epochs);
    void ended(const resonate::RunOutcome& outcome);

 private:
    class Relay;

    void setState(State state);
    void poll();
    void tellBatches();
    /// Batches, and the frame where there is one.
    void tellAll();
    void finish(const RunOutcome& outcome);
    /// To the session, when there is one.
    void tell(const std::function<void(TrainingSession&)>& order);

    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<TrainingSession> m_session;                   ///< nullptr until the engine is loaded
    std::vector<std::function<void(TrainingSession&)>> m_untold;  ///< orders that wait for it
    QTimer m_poll;
    RefreshPace m_pace;
    State m_state = State::Idle;
};

}  // namespace resonate::app
