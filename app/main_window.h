// app/main_window.h: the window: form at the left, live views in docks, run bar at the top.
#pragma once

#include <QMainWindow>
#include <filesystem>
#include <functional>
#include <optional>

#include "session/training_presenter.h"
#include "session/window_settings.h"

class QActionGroup;
class QLabel;

namespace resonate::app {

class CurvesView;
class ExperimentPanel;
class MembraneView;
class MessageBanner;
class RasterView;
class RunBar;
class ViewDock;

struct WindowOptions {
    std::optional<QString> dataDir;
    std::optional<QString> runsDir;
    std::optional<ThemeMode> theme;
    int threads = 0;
};

class MainWindow : public QMainWindow {
    Q_OBJECT

 public:
    explicit MainWindow(const WindowOptions& options = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// A YAML file, a preset's name, or a run folder (offers to resume it where it was interrupted).
    void open(const QString& what);
    void start();

    ExperimentPanel* experiment() const { return m_experiment; }
    TrainingPresenter* presenter() const { return m_presenter; }
    RunBar* runBar() const { return m_runBar; }
    CurvesView* curves() const { return m_curves; }
    RasterView* raster() const { return m_raster; }
    MembraneView* membranes() const { return m_membranes; }
    MessageBanner* banner() const { return m_banner; }
    ViewLink* link() const { return m_link; }
    QString runFolder() const { return m_runFolder; }

    void setTheme(ThemeMode mode);
    void resetLayout();
    /// Saves the experiment shown as a preset of the user's. Problems show in the banner.
    bool savePreset(const QString& file);
    void exportTo(ViewDock* dock, const QString& file);
    ViewDock* dockOf(const QString& name) const;

 protected:
    void closeEvent(QCloseEvent* event) override;

 private:
    void buildViews();
    void buildMenus();
    void buildHelpMenu();
    void connectPresenter();
    void refreshState();
    void updateProbeWanted();
    void showEnd(const RunOutcome& outcome);
    void report(const std::exception& error);
    void guarded(const std::function<void()>& action);
    void choosePreset(const QString& name);
    void saveAs();
    void importPreset();
    void exportPreset();
    void importData();
    void resumeRun(const QString& folder);
    void openRun(const QString& folder);
    void askForExport(ViewDock* dock, const QString& format);
    void showClassNames(const std::string& dataset);
    void showShortcuts();
    void showAbout();
    RunOptions runOptions() const;
    QString runsDir() const;
    QString dataDir() const;

    WindowOptions m_options;
    WindowSettings m_settings;
    TrainingPresenter* m_presenter;
    ViewLink* m_link;
    ExperimentPanel* m_experiment;
    RunBar* m_runBar;
    MessageBanner* m_banner;
    CurvesView* m_curves;
    RasterView* m_raster;
    MembraneView* m_membranes;
    QList<ViewDock*> m_docks;
    QLabel* m_stateLabel;
    QLabel* m_dataLabel;
    QLabel* m_runLabel;
    QActionGroup* m_themes = nullptr;
    QString m_runFolder;
    QByteArray m_firstLayout;
    bool m_closing = false;
};

}  // namespace resonate::app
