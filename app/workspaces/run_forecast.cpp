// app/workspaces/run_forecast.cpp: see run_forecast.h.
#include "workspaces/run_forecast.h"

#include <QStringList>

#include "models/text.h"
#include "panels/experiment_panel.h"
#include "session/estimate_job.h"
#include "session/training_presenter.h"

namespace resonate::app {

RunForecast::RunForecast(ExperimentPanel* form, TrainingPresenter* presenter, std::function<RunOptions()> options,
                         QObject* parent)
    : QObject(parent),
      m_form(form),
      m_presenter(presenter),
      m_options(std::move(options)),
      m_job(new EstimateJob(this)) {
    connect(form, &ExperimentPanel::configChanged, this, [this] { refresh(false); });
    connect(form, &ExperimentPanel::shown, this, [this] { refresh(false); });
    // What a training has shown of the time counts for the next one.
    connect(presenter, &TrainingPresenter::stateChanged, this, [this] { refresh(true); });
    connect(m_job, &EstimateJob::estimated, this, &RunForecast::show);
    connect(m_job, &EstimateJob::failed, this, [this](const QString& sentence) {
        m_waits = false;
        m_form->setEstimate(tr("Time and memory are not known: %1").arg(sentence), {});
    });
}

void RunForecast::refresh(bool again) {
    if (m_presenter->isActive() || !m_form->isVisible() || !m_form->problem().isEmpty()) {
        m_job->cancel();
        // What was said of the run that goes on may stay until it is changed.
        if (!m_presenter->isActive() || m_waits || !again) m_form->setEstimate({}, {});
        m_waits = false;
        return;
    }
    m_job->want(m_form->config(), m_options(), again);
    m_waits = m_job->isBusy();
    if (m_waits) m_form->setEstimate(tr("Estimating time and memory…"), {});
}

void RunForecast::show(const RunEstimate& estimate) {
    m_waits = false;
    m_form->setEstimate(forecastText(estimate), forecastWarning(estimate));
}

QString forecastText(const RunEstimate& estimate) {
    const auto bytes = [](std::uint64_t count) { return bytesText(static_cast<qint64>(count)); };
    const QString source =
        estimate.source == "earlier runs" ? RunForecast::tr("time from earlier runs") : RunForecast::tr("measured");
    return RunForecast::tr("About %1 (%2 per epoch) · %3 memory · up to %4 on disk, %5")
        .arg(shortDurationText(estimate.seconds), shortDurationText(estimate.seconds_per_epoch),
             bytes(estimate.memory_bytes), bytes(estimate.disk_bytes), source);
}

QString forecastWarning(const RunEstimate& estimate) {
    const auto bytes = [](std::uint64_t count) { return bytesText(static_cast<qint64>(count)); };
    QStringList warnings;
    if (estimate.memory_free > 0 && estimate.memory_bytes > estimate.memory_free)
        warnings << RunForecast::tr(
                        "It needs %1 of memory and %2 are free: take a smaller batch, or close other "
                        "programs.")
                        .arg(bytes(estimate.memory_bytes), bytes(estimate.memory_free));
    if (estimate.disk_bytes > estimate.disk_free)
        warnings << RunForecast::tr(
                        "It needs up to %1 on the disk and %2 are free: keep fewer epochs, or choose another "
                        "folder for runs.")
                        .arg(bytes(estimate.disk_bytes), bytes(estimate.disk_free));
    return warnings.join(QLatin1Char(' '));
}

}  // namespace resonate::app
