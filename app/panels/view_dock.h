// app/panels/view_dock.h: a view in a dock, with an export button in its title.
#pragma once

#include <QDockWidget>

#include "views/exportable_view.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace resonate::app {

/// toggleViewAction() shows it and brings it to the front; it closes the view only where the focus is in it.
class ViewDock : public QDockWidget {
    Q_OBJECT

 public:
    /// `name`: object name, for the saved layout. `view` is also `widget`, or nullptr where it cannot be exported.
    ViewDock(const QString& title, const QString& name, QWidget* widget, ExportableView* view, QWidget* parent);

    ExportableView* view() const { return m_view; }
    QMenu* exportMenu() const { return m_menu; }
    /// Its name stands in the title, unless a tab says it.
    void nameOnce();
    /// Puts a control of the view into the title, before the buttons.
    void addTitleWidget(QWidget* widget);
    /// Into a window of its own, a little beside its place, or back.
    void toggleWindow();
    /// Neither closed nor behind another tab.
    bool isInSight() const { return m_inSight; }

 Q_SIGNALS:
    /// `format`: "dialog" (which asks for it), "svg", "pdf", "png", "csv" or "clipboard".
    void exportRequested(const QString& format);

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

 private:
    void recolour();
    /// From the view to the controls of its title.
    void orderTabs();
    void openMenu(const QPoint& global);

    ExportableView* m_view;
    QHBoxLayout* m_title = nullptr;
    QLabel* m_label = nullptr;
    QMenu* m_menu = nullptr;
    QToolButton* m_export = nullptr;
    QToolButton* m_close = nullptr;
    bool m_inSight = true;
    bool m_byKey = false;  ///< its action was chosen by its key
};

}  // namespace resonate::app
