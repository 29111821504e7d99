// app/workspaces/run_forecast.h: what the experiment in the form would take, as a line under it.
#pragma once

#include <QObject>
#include <functional>

#include "resonate/experiment.h"

namespace resonate {
struct RunEstimate;
}

namespace resonate::app {

class EstimateJob;
class ExperimentPanel;
class TrainingPresenter;

/// Joins form, estimates and training: nothing is measured while a training runs, while the form is out of sight, or
/// while the experiment cannot start.
class RunForecast : public QObject {
    Q_OBJECT

 public:
    RunForecast(ExperimentPanel* form, TrainingPresenter* presenter, std::function<RunOptions()> options,
                QObject* parent);

    EstimateJob* job() const { return m_job; }

 private:
    void refresh(bool again);
    void show(const RunEstimate& estimate);

    ExperimentPanel* m_form;
    TrainingPresenter* m_presenter;
    std::function<RunOptions()> m_options;
    EstimateJob* m_job;
    bool m_waits = false;  ///< for an estimate, and the form says so
};

/// "About 12 min (1.8 s per epoch) · 310 MB memory · up to 48 MB on disk, measured"
QString forecastText(const RunEstimate& estimate);
/// What the machine has too little of, as sentences; "" where it has enough.
QString forecastWarning(const RunEstimate& estimate);

}  // namespace resonate::app
