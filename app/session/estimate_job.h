// app/session/estimate_job.h: what a run would take, found out beside the window.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <memory>

#include "resonate/estimate.h"

namespace resonate::app {

/// Estimates the experiment asked for last, a moment after the last edit, one at a time and with what was measured
/// before. Signals come on the UI thread.
class EstimateJob : public QObject {
    Q_OBJECT

 public:
    explicit EstimateJob(QObject* parent = nullptr);
    /// Cancels and waits, which takes some 0.1 s at most.
    ~EstimateJob() override;

    /// Does nothing where this was asked for last, unless `again`.
    void want(const ExperimentConfig& config, const RunOptions& options, bool again = false);
    /// Ends what goes on within 0.1 s; nothing comes of it.
    void cancel();
    /// Waiting for a pause in the edits, or at work.
    bool isBusy() const { return m_delay.isActive() || m_control; }
    bool isMeasuring() const { return m_control != nullptr; }

 Q_SIGNALS:
    void began();
    void estimated(const resonate::RunEstimate& estimate);
    void failed(const QString& sentence);

 private:
    void begin();

    QTimer m_delay;
    QThreadPool m_pool;
    RunEstimator m_estimator;
    std::string m_key;  ///< of what was asked for last
    ExperimentConfig m_config;
    RunOptions m_options;
    std::shared_ptr<TrainingControl> m_control;  ///< of what goes on
};

}  // namespace resonate::app
