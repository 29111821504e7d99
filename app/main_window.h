// app/main_window.h: the window: workspaces behind a bar at the left, menus, message banner, status bar.
#pragma once

#include <QElapsedTimer>
#include <QMainWindow>

#include "session/window_context.h"

class QActionGroup;
class QMenu;
class QStackedWidget;
class QTimer;
class QToolBar;

namespace resonate::app {

class CompareWorkspace;
class DataWorkspace;
class LongWorkNotice;
class MessageBanner;
class MessageDialog;
class MessageLog;
class ArrangeMenu;
class PaneSwitcher;
class StatusFacts;
class Tour;
class TrainWorkspace;
class ViewDock;
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

    /// Whatever openTarget() knows: from the command line, a drop, the list of recent experiments.
    void open(const QString& what);
    LongWorkNotice* longWorkNotice() const { return m_notice; }
    MessageLog* messageLog() const { return m_log; }
    /// nullptr until it was shown.
    Tour* tour() const { return m_tour; }
    void showTour(int step = 0);

    void setTheme(ThemeMode mode);
    void setTextSize(TextSize size);
    /// Of the workspace that shows.
    void resetLayout();

 protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    bool focusNextPrevChild(bool next) override;

 private:
    void add(Workspace* workspace);
    void buildFileMenu();
    void buildRecentMenu();
    void fillRecentMenu();
    void buildViewMenu();
    void buildThemeMenu();
    void buildTextMenu();
    void buildHelpMenu();
    void buildFrame();
    void connectContext();
    void connectMessages();
    void connectTraining();
    QRect messageArea() const;
    QList<QWidget*> panes() const;
    QList<ViewDock*> viewsOfPage() const;
    void showMessages();
    void refreshTitle();
    void recolour();
    void rememberSoon();
    void remember();
    void showShortcuts();
    void showAbout();

    WindowContext* m_context;
    MessageBanner* m_banner;
    QStackedWidget* m_pages;
    QToolBar* m_bar;
    QActionGroup* m_switches;  ///< one action per page, in the same order
    QMenu* m_file;
    QMenu* m_view;
    QMenu* m_recent = nullptr;
    StatusFacts* m_facts;
    TrainWorkspace* m_train;
    DataWorkspace* m_data;
    CompareWorkspace* m_compare;
    QActionGroup* m_themes = nullptr;
    QActionGroup* m_textSizes = nullptr;
    MessageLog* m_log = nullptr;
    MessageDialog* m_messages = nullptr;
    PaneSwitcher* m_panes = nullptr;
    ArrangeMenu* m_arrange = nullptr;
    LongWorkNotice* m_notice = nullptr;
    Tour* m_tour = nullptr;
    QElapsedTimer m_runClock;
    QTimer* m_rememberTimer;
};

}  // namespace resonate::app
