// app/panels/view_dock.h: a view in a dock, with an export button in its title.
#pragma once

#include <QDockWidget>

#include "views/exportable_view.h"

class QMenu;
class QToolButton;

namespace resonate::app {

class ViewDock : public QDockWidget {
    Q_OBJECT

 public:
    /// `name`: object name, for the saved layout. `view` is also `widget`, or nullptr where it cannot be exported.
    ViewDock(const QString& title, const QString& name, QWidget* widget, ExportableView* view, QWidget* parent);

    ExportableView* view() const { return m_view; }
    QMenu* exportMenu() const { return m_menu; }
    /// Neither closed nor behind another tab.
    bool isInSight() const { return m_inSight; }

 Q_SIGNALS:
    /// `format`: "svg", "pdf", "png", "csv" or "clipboard".
    void exportRequested(const QString& format);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void recolour();

    ExportableView* m_view;
    QMenu* m_menu = nullptr;
    QToolButton* m_export = nullptr;
    QToolButton* m_close = nullptr;
    bool m_inSight = true;
};

}  // namespace resonate::app
