// app/workspaces/train_tour.cpp: see train_tour.h.
#include "workspaces/train_tour.h"

#include <QAction>
#include <QCoreApplication>

#include "panels/experiment_panel.h"
#include "panels/run_bar.h"
#include "panels/view_dock.h"
#include "resonate/datasets.h"
#include "workspaces/train_workspace.h"

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("TrainTour", text); }

QString equation(const QString& line) {
    return QStringLiteral("<p align='center' style='margin-top:6px; margin-bottom:6px'><i>%1</i></p>").arg(line);
}

QString task(const ExperimentConfig& config) {
    if (config.dataset.name == "synthetic_ecg")
        return say(
            "<p>Heart beats, as spikes: whenever one of two ECG leads rises or falls by a step, one of four inputs "
            "fires.</p><p>At every time step the network has to say which part of the beat it is in: P, PQ, QR, "
            "RS, ST or TP.</p><p>The form holds the whole experiment. This one needs no download and is ready to "
            "go.</p>");
    const DatasetInfo& info = dataset_info(config.dataset.name);
    return say("<p><b>%1</b>: %2</p><p>The form holds the whole experiment; with the preset “Synthetic ECG, BRF” this "
               "tour shows most.</p>")
        .arg(QString::fromStdString(info.title).toHtmlEscaped(),
             QString::fromStdString(info.description).toHtmlEscaped());
}

/// What the neurons do that train: the story is that of BRF, told honestly where the experiment has others.
QString others(const ExperimentConfig& config) {
    return config.neuron.type == NeuronType::brf
               ? QString()
               : say("<p>The neurons of the experiment in the form are of another type: %1.</p>")
                     .arg(QString::fromStdString(to_string(config.neuron.type)).toUpper());
}

}  // namespace

QList<TourStep> trainTour(TrainWorkspace* train, const std::function<void()>& showTrain) {
    const auto dock = [train](const char* name) {
        return [train, name]() -> QWidget* { return train->dockOf(QLatin1String(name)); };
    };
    const auto bring = [train, showTrain](const char* name) {
        return [train, showTrain, name] {
            showTrain();
            ViewDock* view = train->dockOf(QLatin1String(name));
            view->setFloating(false);
            view->show();
            view->raise();
        };
    };
    const auto config = [train]() -> const ExperimentConfig& { return train->experiment()->config(); };
    const auto canStart = [train] { return train->runBar()->startAction()->isEnabled(); };

    TourStep asked{say("What the network is asked"), [config] { return task(config()); }, dock("experiment"),
                   bring("experiment")};
    TourStep start{say("Press Start and watch it learn"),
                   [config, canStart] {
                       QString text = say("<p>%1 neurons learn it before your eyes: the curves climb, membranes swing, "
                                          "spikes rain.</p><p>Pause, take single steps or stop whenever you like. "
                                          "Everything is saved, and a stopped run can go on later.</p>")
                                          .arg(config().network.hidden_size);
                       if (!canStart()) text += say("<p>It is running, or something in the form is missing.</p>");
                       return text;
                   },
                   [train]() -> QWidget* { return train->runBar()->widgetForAction(train->runBar()->startAction()); },
                   bring("experiment")};
    start.actionText = [canStart] { return canStart() ? say("&Start and go on") : QString(); };
    start.action = [train] { train->start(); };
    TourStep raster{
        say("Every neuron has a rhythm of its own"),
        [config] {
            return say("<p>A row for each neuron, a dot for each spike; time runs to the right.</p><p>A "
                       "resonate-and-fire neuron is a little pendulum with a frequency <i>ω</i>. Input in its "
                       "rhythm makes it swing up until it spikes; other input dies away. So the network "
                       "hears <i>when</i> things happen, with few spikes.</p><p>Click on a row to follow "
                       "that neuron in all views.</p>") +
                   others(config());
        },
        dock("raster"), bring("raster")};
    TourStep membranes{
        say("It swings, spikes, and rests a little"),
        [] {
            return say("<p>The membrane is the real part <i>u</i> of a damped oscillation, pushed by the "
                       "input <i>I</i>:</p>") +
                   equation(QStringLiteral("x ← x + δ ((b + iω) x + I), &nbsp; u = Re x")) +
                   say("<p>Where <i>u</i> crosses the threshold <i>θ + q</i> it spikes. Each spike lifts "
                       "<i>q</i>, which fades again by <i>γ</i> each step: for a moment the threshold is "
                       "higher and the damping stronger. That keeps spikes few, without resetting the "
                       "swing.</p>");
        },
        dock("membranes"), bring("membranes")};
    TourStep parameters{
        say("Balanced: always on the safe side"),
        [] {
            return say("<p>Each neuron is a point: frequency <i>ω</i> and damping <i>b</i>. Above the line "
                       "<i>p(ω)</i> an oscillation computed in steps <i>δ</i> grows without end.</p>") +
                   equation(QStringLiteral("p(ω) = (−1 + √(1 − (δω)²)) / δ, &nbsp; b = p(ω) − |b̂| − q")) +
                   say("<p>A balanced neuron stays below it whatever it learns. That is why these "
                       "networks train fast and steadily. Grey shows where the points began.</p><p>Try RF "
                       "in the form, without the balance, and compare. <b>F1</b> lists all keys.</p>");
        },
        dock("parameters"), bring("parameters")};
    return {asked, start, raster, membranes, parameters};
}

}  // namespace resonate::app
