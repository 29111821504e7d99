// app/workspaces/workspace.h: one page of the window: docked views, menus, a layout of its own.
#pragma once

#include <QList>
#include <QMainWindow>

#include "exports/figure_record.h"

class QMenu;
class QMenuBar;
class QStatusBar;

namespace resonate::app {

class ExportableView;
class ViewDock;
class WindowContext;

/// Parts of the window to which workspaces add what is theirs.
struct WindowParts {
    QMenuBar* menus;
    QMenu* file;
    QMenu* view;
    QStatusBar* status;
};

/// The bar at the left of the window shows one workspace at a time. A workspace hands messages to the WindowContext and
/// knows no other workspace.
class Workspace : public QMainWindow {
    Q_OBJECT

 public:
    struct Identity {
        QString name;   ///< "train": of its icon, and of its layout in the settings
        QString title;  ///< "Train"
        QString hint;   ///< what one does there
    };

    Workspace(const Identity& identity, WindowContext* context);
    ~Workspace() override;

    const Identity& identity() const { return m_identity; }
    ViewDock* dockOf(const QString& name) const;

    /// Adds menus, actions and labels; called once. Base: docks and their exports in the View menu.
    virtual void furnish(const WindowParts& parts);
    /// Hides from the menus what belongs to this workspace alone, and switches off its keys, or the reverse.
    void setCurrent(bool current);
    /// Title of the window while this workspace shows.
    virtual QString windowTitleText() const { return m_identity.title; }

    /// Where the docks are; empty before they were shown, when they have no sizes.
    QByteArray layout() const;
    void resetLayout();

    void exportTo(ViewDock* dock, const QString& file);
    /// Asks for a folder and formats, then writes every view that shows something, and reports.
    void exportAll();

    /// True where nothing keeps the window from closing; else the workspace asks or ends what runs, and emits
    /// closePrepared() where the window may then close.
    virtual bool prepareClose() { return true; }
    /// Another workspace keeps the window open: an end of what runs here must not close it by itself.
    virtual void forgetClosing() {}
    /// Remembers what the next start should find.
    virtual void store() {}

 Q_SIGNALS:
    void closePrepared();
    void titleChanged();
    /// Views were moved or sized, or what store() remembers has changed.
    void arranged();

 protected:
    /// A view in a dock; `view` is also `widget`, or nullptr where it cannot be exported.
    ViewDock* addView(const QString& title, const QString& name, QWidget* widget, ExportableView* view);
    /// For workspaces whose views are all in docks: they stand around a centre without height.
    void leaveCentreEmpty();
    /// What else belongs to this workspace alone.
    void addOwnActions(const QList<QAction*>& actions) { m_ownActions += actions; }
    /// Start of the names of exported files.
    virtual QString exportStem() const = 0;
    /// What their metadata say they show: "run 2026-01-01-…".
    virtual QString exportOrigin() const = 0;

    /// More that this workspace exports.
    virtual void addExportActions(QMenu* /*menu*/) {}
    /// And what opens it again. Base: the program alone.
    virtual FigureRecord exportRecord() const;

    /// Called once, when the page has its size: shares it among the views.
    virtual void sizeViews() {}
    /// A layout of an earlier version was taken: places the views it did not know.
    virtual void adoptNewViews() {}

    /// The first time: takes the layout of the last start, where there is one of use. As it was built is the first one.
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

    WindowContext* context() const { return m_context; }
    const QList<ViewDock*>& docks() const { return m_docks; }

 private:
    void addExportMenu(QMenu* view);
    QString originOf(const ExportableView& view) const;
    ViewDock* viewInFocus() const;
    void askForExport(ViewDock* dock, const QString& format);
    void tellWritten(const QString& file);
    void reportAll(const QString& folder, const QStringList& written, const QStringList& refused);
    /// False where it is no layout of that version.
    bool restore(const QByteArray& layout, int version);
    void raiseFloating();

    Identity m_identity;
    WindowContext* m_context;
    QList<ViewDock*> m_docks;
    QList<QAction*> m_ownActions;
    QByteArray m_firstLayout;
    QByteArray m_settling;  ///< laid out again at each size until the window has its own
    bool m_wasShown = false;
};

}  // namespace resonate::app
