// app/frame/desktop_notifier.h: tells the desktop what the user should know while the window is not in front.
#pragma once

#include <QObject>
#include <QPointer>
#include <memory>

class QSystemTrayIcon;
class QWidget;

namespace resonate::app {

class DesktopNotifier : public QObject {
    Q_OBJECT

 public:
    using QObject::QObject;
    /// `urgent`: something went wrong.
    virtual void notify(const QString& title, const QString& text, bool urgent) = 0;

 Q_SIGNALS:
    /// The user clicked on the notification.
    void activated();
};

/// org.freedesktop.Notifications on the session bus; where there is no bus or nobody answers, a balloon of the system
/// tray. Nothing waits for an answer.
class SystemNotifier : public DesktopNotifier {
    Q_OBJECT

 public:
    explicit SystemNotifier(QObject* parent = nullptr);
    ~SystemNotifier() override;

    void notify(const QString& title, const QString& text, bool urgent) override;

 private Q_SLOTS:
    void onAction(uint id, const QString& action);

 private:
    void showInTray(const QString& title, const QString& text, bool urgent);

    uint m_last = 0;  ///< of the notification that shows, which the next one replaces
    std::unique_ptr<QSystemTrayIcon> m_tray;
};

}  // namespace resonate::app
