// app/workspaces/train_workspace.h: Train: the form at the left, live views in docks, the run bar at the top.
#pragma once

#include <optional>

#include "session/training_presenter.h"
#include "workspaces/workspace.h"

class QLabel;

namespace resonate::app {

class CurvesView;
class DatasetLookup;
class ExperimentPanel;
class LiveViews;
class MembraneView;
class ProbeChoice;
class RasterView;
class RunBar;
class RunForecast;
class RunReplay;
class ViewLink;
struct OpenTarget;

class TrainWorkspace : public Workspace {
    Q_OBJECT

 public:
    explicit TrainWorkspace(WindowContext* context);

    /// Whatever openTarget() knows. Offers to resume a run that was interrupted. Problems show in the banner.
    void open(const QString& what);
    void start();
    /// Asks how, then draws the recorded epochs of the run that shows as PNG files or a GIF.
    void exportAnimation();
    /// Saves the experiment shown as a preset of the user's. Problems show in the banner.
    bool savePreset(const QString& file);

    ExperimentPanel* experiment() const { return m_experiment; }
    TrainingPresenter* presenter() const { return m_presenter; }
    RunBar* runBar() const { return m_runBar; }
    LiveViews* live() const { return m_live; }
    RunForecast* forecast() const { return m_forecast; }
    RunReplay* replay() const { return m_replay; }
    ProbeChoice* probe() const { return m_probe; }
    CurvesView* curves() const;
    RasterView* raster() const;
    MembraneView* membranes() const;
    ViewLink* link() const;
    QString runFolder() const { return m_runFolder; }

    void furnish(const WindowParts& parts) override;
    QString windowTitleText() const override;
    bool prepareClose() override;
    void forgetClosing() override { m_closing = false; }
    void store() override;
    /// Raises an error for every file among the presets of the user that is none.
    void tellUnreadablePresets();

 protected:
    QString exportStem() const override;
    QString exportOrigin() const override;
    FigureRecord exportRecord() const override;
    void addExportActions(QMenu* menu) override;
    void sizeViews() override;
    void adoptNewViews() override;

 private:
    void buildViews();
    void buildReplay();
    void addReplayActions(QMenu* run, QMenu* view);
    void askForMemory();
    void refreshFork();
    void fork();
    void sayOrigin(const std::string& run, int epoch);
    void arrangeViews();
    void restoreExperiment();
    void connectPresenter();
    void connectForm();
    void refreshState();
    void updateProbeWanted();
    void showEnd(const RunOutcome& outcome);
    void choosePreset(const QString& name);
    void openGallery();
    void addEditMenu(QMenuBar* menus);
    void saveAs();
    void importPreset();
    void exportPreset();
    void importData();
    void resumeRun(const QString& folder);
    /// At its last recorded epoch, or at the one nearest to `epoch`.
    void openRun(const QString& folder, std::optional<int> epoch = {});
    /// What else a figure of the run that is open was made with: its test sample, its selected neurons.
    void showDrawn(const OpenTarget& figure);
    /// Offers the interrupted ones.
    void chooseRunToResume();
    /// Shows a run as it lies on disk. Could it go on?
    bool showRun(const QString& folder, std::optional<int> epoch);
    void lookUp(const DatasetConfig& dataset);
    RunOptions runOptions() const;

    TrainingPresenter* m_presenter;
    LiveViews* m_live;
    ExperimentPanel* m_experiment;
    RunBar* m_runBar;
    DatasetLookup* m_lookup;  ///< data set of the run that shows
    RunReplay* m_replay;
    ProbeChoice* m_probe;
    RunForecast* m_forecast = nullptr;
    QLabel* m_stateLabel;
    QLabel* m_dataLabel;
    QLabel* m_runLabel;
    QString m_runFolder;
    QTimer m_storeSoon;
    bool m_closing = false;
};

}  // namespace resonate::app
