// app/session/run_comparer.h: keeps the comparison of ticked runs up to date, away from the UI thread.
#pragma once

#include <QObject>
#include <QSet>
#include <QTimer>

#include "models/run_comparison.h"
#include "session/run_library.h"

namespace resonate::app {

class RunComparer : public QObject {
    Q_OBJECT

 public:
    explicit RunComparer(RunLibrary& library, QObject* parent = nullptr);

    void setTicked(const QSet<QString>& ids);
    /// Are runs that differ only in their seed one group?
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }
    /// Never nullptr.
    const SharedComparison& comparison() const { return m_comparison; }

 Q_SIGNALS:
    void compared(const resonate::app::SharedComparison& comparison);

 private:
    void compare();

    RunLibrary& m_library;
    QSet<QString> m_ticked;
    bool m_collapsed = true;
    bool m_busy = false;
    bool m_again = false;
    QTimer m_soon;  ///< runs that load one after the other are compared together
    SharedComparison m_comparison;
    BackgroundWorker m_worker;
};

}  // namespace resonate::app
