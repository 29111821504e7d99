// app/main_window.h: the window: workspaces behind a bar at the left, menus, message banner, status bar.
#pragma once

#include <QMainWindow>

#include "session/window_context.h"

class QActionGroup;
class QMenu;
class QStackedWidget;
class QToolBar;

namespace resonate::app {

class CompareWorkspace;
class DataWorkspace;
class MessageBanner;
class TrainWorkspace;
class Workspace;

class MainWindow : public QMainWindow {
    Q_OBJECT

 public:
    explicit MainWindow(const WindowOptions& options = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    TrainWorkspace* train() const { return m_train; }
    DataWorkspace* data() const { return m_data; }
    CompareWorkspace* compare() const { return m_compare; }
    MessageBanner* banner() const { return m_banner; }
    WindowContext* context() const { return m_context; }
    Workspace* currentWorkspace() const;
    /// Does nothing where there is no such workspace.
    void showWorkspace(const QString& name);

    void setTheme(ThemeMode mode);
    /// Of the workspace that shows.
    void resetLayout();

 protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void add(Workspace* workspace);
    void buildFileMenu();
    void buildViewMenu();
    void buildHelpMenu();
    void connectContext();
    void refreshTitle();
    void recolour();
    void showShortcuts();
    void showAbout();

    WindowContext* m_context;
    MessageBanner* m_banner;
    QStackedWidget* m_pages;
    QToolBar* m_bar;
    QActionGroup* m_switches;  ///< one action per page, in the same order
    QMenu* m_file;
    QMenu* m_view;
    TrainWorkspace* m_train;
    DataWorkspace* m_data;
    CompareWorkspace* m_compare;
    QActionGroup* m_themes = nullptr;
};

}  // namespace resonate::app
