// app/panels/view_dock.cpp: see view_dock.h.
#include "panels/view_dock.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <utility>

#include "style/icons.h"

namespace resonate::app {

ViewDock::ViewDock(const QString& title, const QString& name, QWidget* widget, ExportableView* view, QWidget* parent)
    : QDockWidget(title, parent), m_view(view) {
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool inSight) {
        m_inSight = inSight;
        nameOnce();
    });
    connect(this, &QDockWidget::topLevelChanged, this, &ViewDock::nameOnce);
    setObjectName(name);
    setWidget(widget);
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    m_title = row;
    // The same with and without the name: a layout that comes back must not find other heights.
    row->setContentsMargins(8, 1, 4, 1);
    auto* label = new QLabel(title);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    row->addWidget(label);
    row->addStretch(1);
    m_label = label;
    const auto button = [&](const QString& text) {
        auto* made = new QToolButton;
        made->setAutoRaise(true);
        made->setToolTip(text);
        made->setAccessibleName(QStringLiteral("%1: %2").arg(title, text));
        made->setIconSize({16, 16});
        row->addWidget(made);
        return made;
    };
    if (view) {
        m_menu = new QMenu(tr("Export %1").arg(title.toLower()), this);
        const std::pair<QString, QString> formats[] = {{tr("&Export…"), QStringLiteral("dialog")},
                                                       {tr("SVG drawing…"), QStringLiteral("svg")},
                                                       {tr("PDF document…"), QStringLiteral("pdf")},
                                                       {tr("PNG picture…"), QStringLiteral("png")},
                                                       {tr("Numbers as CSV…"), QStringLiteral("csv")},
                                                       {tr("Copy to clipboard"), QStringLiteral("clipboard")}};
        for (const auto& [text, format] : formats) {
            QAction* action = m_menu->addAction(text);
            action->setObjectName(name + QLatin1Char('-') + format);
            connect(action, &QAction::triggered, this, [this, format = format] { Q_EMIT exportRequested(format); });
            if (format == QLatin1String("dialog")) m_menu->addSeparator();
        }
        m_export = button(tr("Export"));
        m_export->setMenu(m_menu);
        m_export->setPopupMode(QToolButton::InstantPopup);
        m_export->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    }
    if (m_menu)
        for (QWidget* clicked : {bar, widget}) {
            clicked->setContextMenuPolicy(Qt::CustomContextMenu);
            connect(clicked, &QWidget::customContextMenuRequested, this,
                    [this, clicked](const QPoint& at) { openMenu(clicked->mapToGlobal(at)); });
        }
    m_close = button(tr("Close (comes back from the View menu)"));
    connect(m_close, &QToolButton::clicked, this, &QDockWidget::close);
    setTitleBarWidget(bar);
    orderTabs();
    // Its key goes to it and never closes it; the menu closes what is in sight. Qt's own slot would close whatever is
    // shown, also behind another tab.
    disconnect(toggleViewAction(), &QAction::triggered, this, nullptr);
    toggleViewAction()->installEventFilter(this);
    connect(toggleViewAction(), &QAction::triggered, this, [this] {
        if (!std::exchange(m_byKey, false) && m_inSight) {
            close();
        } else {
            show();
            raise();
        }
        toggleViewAction()->setChecked(!isHidden());
    });
    recolour();
}

bool ViewDock::eventFilter(QObject* watched, QEvent* event) {
    if (watched == toggleViewAction() && event->type() == QEvent::Shortcut) m_byKey = true;
    return QDockWidget::eventFilter(watched, event);
}

/// A tab says the name already.
void ViewDock::nameOnce() {
    const auto* window = qobject_cast<const QMainWindow*>(parentWidget());
    const bool named = !window || isFloating() || window->tabifiedDockWidgets(this).isEmpty();
    m_label->setVisible(named);
}

/// The tabs beside it came or went.
void ViewDock::resizeEvent(QResizeEvent* event) {
    QDockWidget::resizeEvent(event);
    nameOnce();
}

void ViewDock::addTitleWidget(QWidget* widget) {
    m_title->insertWidget(2, widget);
    orderTabs();
}

void ViewDock::recolour() {
    const QColor ink = palette().color(QPalette::WindowText);
    if (m_export) m_export->setIcon(themedIcon(QStringLiteral("export"), ink));
    if (m_close) m_close->setIcon(themedIcon(QStringLiteral("close"), ink));
}

/// For the mouse and for the menu key, on any part of the view that has no menu of its own.
void ViewDock::contextMenuEvent(QContextMenuEvent* event) { openMenu(event->globalPos()); }

void ViewDock::openMenu(const QPoint& global) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_menu) {
        menu->addActions(m_menu->actions());
        menu->addSeparator();
    }
    menu->addAction(tr("&Close"), this, &QDockWidget::close);
    menu->addAction(isFloating() ? tr("Back into the &window") : tr("In a &window of its own"), this,
                    &ViewDock::toggleWindow);
    menu->popup(global);
}

void ViewDock::orderTabs() {
    if (!(widget()->focusPolicy() & Qt::TabFocus)) return;
    QWidget* before = widget();
    for (int i = 0; i < m_title->count(); ++i) {
        QWidget* control = m_title->itemAt(i)->widget();
        if (!control || !(control->focusPolicy() & Qt::TabFocus)) continue;
        QWidget::setTabOrder(before, control);
        before = control;
    }
}

void ViewDock::toggleWindow() {
    constexpr QPoint beside(28, 28);
    const QPoint place = mapToGlobal(QPoint(0, 0));
    setFloating(!isFloating());
    if (isFloating()) move(place + beside);
    activateWindow();
}

/// A window with a title of our own gets no frame from the desktop.
void ViewDock::paintEvent(QPaintEvent* event) {
    QDockWidget::paintEvent(event);
    if (!isFloating()) return;
    QPainter painter(this);
    painter.setPen(QPen(palette().color(QPalette::Mid), 2));
    painter.drawRect(rect());
}

void ViewDock::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) recolour();
    QDockWidget::changeEvent(event);
}

}  // namespace resonate::app
