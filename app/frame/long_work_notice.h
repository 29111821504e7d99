// app/frame/long_work_notice.h: the desktop learns of the end of long work when nobody looks at the window.
#pragma once

#include <QObject>
#include <memory>

#include "frame/desktop_notifier.h"

class QWidget;

namespace resonate::app {

class LongWorkNotice : public QObject {
    Q_OBJECT

 public:
    /// Work that took less is no news, s.
    static constexpr double shortest = 60;

    LongWorkNotice(QWidget* window, std::unique_ptr<DesktopNotifier> notifier);

    void setEnabled(bool enabled) { m_enabled = enabled; }
    bool isEnabled() const { return m_enabled; }
    /// For tests and other desktops.
    void setNotifier(std::unique_ptr<DesktopNotifier> notifier);
    DesktopNotifier* notifier() const { return m_notifier.get(); }

    void workEnded(const QString& title, const QString& text, double seconds, bool failed);

 private:
    QWidget* m_window;
    std::unique_ptr<DesktopNotifier> m_notifier;
    bool m_enabled = true;
};

}  // namespace resonate::app
