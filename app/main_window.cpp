// app/main_window.cpp: see main_window.h.
#include "main_window.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>
#include <QVBoxLayout>

#include "frame/arrange_menu.h"
#include "frame/pane_switcher.h"
#include "frame/status_facts.h"
#include "panels/message_banner.h"
#include "style/icons.h"
#include "workspaces/compare_workspace.h"
#include "workspaces/data_workspace.h"
#include "workspaces/train_workspace.h"

namespace resonate::app {

namespace {

/// Before the first widget is made: menus keep the letters they begin with.
WindowContext* withLetters(WindowContext* context) {
    applyTextSize(context->settings().textSize());
    return context;
}

}  // namespace

MainWindow::MainWindow(const WindowOptions& options, QWidget* parent)
    : QMainWindow(parent),
      m_context(withLetters(new WindowContext(options, this))),
      m_banner(new MessageBanner(this)),
      m_pages(new QStackedWidget),
      m_bar(new QToolBar(tr("Workspaces"), this)),
      m_switches(new QActionGroup(this)),
      m_file(menuBar()->addMenu(tr("&File"))),
      m_view(new QMenu(tr("&View"), this)),
      m_facts(new StatusFacts(options.threads)),
      m_rememberTimer(new QTimer(this)) {
    setWindowTitle(tr("Resonate"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    resize(1440, 900);
    applyTheme(*qApp, m_context->theme());

    m_bar->setObjectName(QStringLiteral("workspaces"));
    m_bar->setMovable(false);
    m_bar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_bar->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    m_bar->setIconSize({24, 24});
    addToolBar(Qt::LeftToolBarArea, m_bar);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);
    m_banner->setParent(centre);

    m_rememberTimer->setSingleShot(true);
    m_rememberTimer->setInterval(1000);
    connect(m_rememberTimer, &QTimer::timeout, this, &MainWindow::remember);

    // Before those of the workspaces.
    statusBar()->addPermanentWidget(m_facts);
    buildFileMenu();
    add(m_train = new TrainWorkspace(m_context));
    add(m_data = new DataWorkspace(m_context));
    add(m_compare = new CompareWorkspace(m_context));
    buildRecentMenu();
    buildViewMenu();
    buildHelpMenu();
    connectContext();
    buildFrame();
    recolour();

    restoreGeometry(m_context->settings().geometry());
    showWorkspace(m_train->identity().name);
    showWorkspace(m_context->settings().workspace());
}

MainWindow::~MainWindow() {
    // Widgets that go hand on the focus, and these would ask for pages that are half gone.
    delete m_panes;
    delete m_arrange;
    // Workspaces speak to the context to their end; it is a child as they are, but the older one.
    delete m_pages;
}

void MainWindow::add(Workspace* workspace) {
    const Workspace::Identity& identity = workspace->identity();
    const int number = m_pages->addWidget(workspace) + 1;
    QAction* show = m_bar->addAction(identity.title);
    show->setObjectName(identity.name);
    show->setCheckable(true);
    show->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
    show->setToolTip(tr("%1 (%2)").arg(identity.hint, show->shortcut().toString(QKeySequence::NativeText)));
    m_switches->addAction(show);
    connect(show, &QAction::triggered, this, [this, workspace] { showWorkspace(workspace->identity().name); });
    workspace->furnish({menuBar(), m_file, m_view, statusBar()});
    connect(workspace, &Workspace::titleChanged, this, &MainWindow::refreshTitle);
    connect(workspace, &Workspace::arranged, this, &MainWindow::rememberSoon);
    connect(workspace, &Workspace::closePrepared, this, &QWidget::close, Qt::QueuedConnection);
}

Workspace* MainWindow::currentWorkspace() const { return static_cast<Workspace*>(m_pages->currentWidget()); }

void MainWindow::showWorkspace(const QString& name) {
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* workspace = static_cast<Workspace*>(m_pages->widget(i));
        if (workspace->identity().name != name) continue;
        m_pages->setCurrentIndex(i);
        m_switches->actions().at(i)->setChecked(true);
        for (int other = 0; other < m_pages->count(); ++other)
            static_cast<Workspace*>(m_pages->widget(other))->setCurrent(other == i);
        refreshTitle();
        recolour();
        m_banner->place();
        rememberSoon();
        return;
    }
}

void MainWindow::connectContext() {
    connect(m_context, &WindowContext::workspaceWanted, this, &MainWindow::showWorkspace);
}

void MainWindow::refreshTitle() {
    if (currentWorkspace()) setWindowTitle(tr("%1 – Resonate").arg(currentWorkspace()->windowTitleText()));
}

/// The workspace that shows has its icon in the accent colour, the others in that of the text.
void MainWindow::recolour() {
    const QColor accent = palette().color(QPalette::Link);
    for (QAction* action : m_switches->actions())
        action->setIcon(
            themedIcon(action->objectName(), action->isChecked() ? accent : palette().color(QPalette::ButtonText)));
}

void MainWindow::setTheme(ThemeMode mode) {
    applyTheme(*qApp, mode);
    m_context->settings().setTheme(mode);
    for (QAction* action : m_themes->actions()) action->setChecked(action->data().toInt() == static_cast<int>(mode));
}

void MainWindow::setTextSize(TextSize size) {
    applyTextSize(size);
    m_context->settings().setTextSize(size);
    for (QAction* action : m_textSizes->actions()) action->setChecked(action->data().toInt() == static_cast<int>(size));
}

void MainWindow::resetLayout() { currentWorkspace()->resetLayout(); }

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) recolour();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    const auto workspaceAt = [this](int i) { return static_cast<Workspace*>(m_pages->widget(i)); };
    for (int i = 0; i < m_pages->count(); ++i) {
        if (workspaceAt(i)->prepareClose()) continue;
        // Closing is given up, or this one begins it anew when it is ready.
        for (int other = 0; other < m_pages->count(); ++other)
            if (other != i) workspaceAt(other)->forgetClosing();
        return event->ignore();
    }
    remember();
    m_rememberTimer->stop();
    m_context->settings().flush();
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    rememberSoon();
}

void MainWindow::moveEvent(QMoveEvent* event) {
    QMainWindow::moveEvent(event);
    rememberSoon();
}

/// When the hand is still, not when the window closes: a killed program has forgotten nothing.
void MainWindow::rememberSoon() {
    if (isVisible()) m_rememberTimer->start();
}

void MainWindow::remember() {
    QMap<QString, QByteArray> layouts;
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* workspace = static_cast<Workspace*>(m_pages->widget(i));
        workspace->store();
        if (const QByteArray layout = workspace->layout(); !layout.isEmpty())
            layouts.insert(workspace->identity().name, layout);
    }
    m_context->settings().storeFrame(saveGeometry(), currentWorkspace()->identity().name, layouts);
}

}  // namespace resonate::app
