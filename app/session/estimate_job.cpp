// app/session/estimate_job.cpp: see estimate_job.h.
#include "session/estimate_job.h"

#include "resonate/config_io.h"

namespace resonate::app {
namespace {

/// Between the last edit and the beginning: nobody waits for an estimate of a half-typed number.
constexpr int pauseMilliseconds = 1000;

}  // namespace

EstimateJob::EstimateJob(QObject* parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(pauseMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &EstimateJob::begin);
}

EstimateJob::~EstimateJob() {
    cancel();
    m_pool.waitForDone();
}

void EstimateJob::want(const ExperimentConfig& config, const RunOptions& options, bool again) {
    const std::string key = to_yaml(config) + options.data_dir.string() + '\n' + options.runs_dir.string() + '\n' +
                            std::to_string(options.threads);
    if (key == m_key && !again) return;
    cancel();
    m_key = key;
    m_config = config;
    m_options = options;
    m_delay.start();
}

void EstimateJob::cancel() {
    m_delay.stop();
    m_key.clear();
    if (m_control) m_control->request_stop();
    m_control.reset();
}

void EstimateJob::begin() {
    m_control = std::make_shared<TrainingControl>();
    Q_EMIT began();
    m_pool.start([this, control = m_control, config = m_config, options = m_options] {
        std::optional<RunEstimate> estimate;
        QString problem;
        try {
            if (!control->stop_requested()) estimate = m_estimator.estimate(config, options, *control);
        } catch (const std::exception& error) {
            problem = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, control, estimate, problem] {
                if (control != m_control) return;
                m_control.reset();
                if (estimate)
                    Q_EMIT estimated(*estimate);
                else
                    Q_EMIT failed(problem);
            },
            Qt::QueuedConnection);
    });
}

}  // namespace resonate::app
