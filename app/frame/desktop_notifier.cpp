// app/frame/desktop_notifier.cpp: see desktop_notifier.h.
#include "frame/desktop_notifier.h"

#include <QGuiApplication>
#include <QSystemTrayIcon>
#ifdef RESONATE_HAS_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

#include "style/icons.h"

namespace resonate::app {
namespace {

#ifdef RESONATE_HAS_DBUS
const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
#endif
constexpr int trayMilliseconds = 15000;

}  // namespace

SystemNotifier::SystemNotifier(QObject* parent) : DesktopNotifier(parent) {
#ifdef RESONATE_HAS_DBUS
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected())
        bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
#endif
}

SystemNotifier::~SystemNotifier() = default;

void SystemNotifier::notify(const QString& title, const QString& text, bool urgent) {
#ifdef RESONATE_HAS_DBUS
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) {
        QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
        const QString application = QGuiApplication::desktopFileName();
        // Levels of the specification: 1 normal, 2 critical, which would stay for ever.
        const QVariantMap hints = {{QStringLiteral("desktop-entry"), application},
                                   {QStringLiteral("urgency"), QVariant::fromValue(uchar(1))},
                                   {QStringLiteral("category"),
                                    urgent ? QStringLiteral("transfer.error") : QStringLiteral("transfer.complete")}};
        call << QGuiApplication::applicationDisplayName() << m_last << application << title << text.toHtmlEscaped()
             << QStringList{QStringLiteral("default"), tr("Show")} << hints << -1;
        auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
        connect(answer, &QDBusPendingCallWatcher::finished, this, [this, title, text, urgent, answer] {
            const QDBusPendingReply<uint> reply = *answer;
            answer->deleteLater();
            if (reply.isError())
                showInTray(title, text, urgent);
            else
                m_last = reply.value();
        });
        return;
    }
#endif
    showInTray(title, text, urgent);
}

void SystemNotifier::showInTray(const QString& title, const QString& text, bool urgent) {
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages()) return;
    if (!m_tray) {
        m_tray = std::make_unique<QSystemTrayIcon>(applicationIcon());
        connect(m_tray.get(), &QSystemTrayIcon::messageClicked, this, &DesktopNotifier::activated);
        connect(m_tray.get(), &QSystemTrayIcon::activated, this, &DesktopNotifier::activated);
    }
    m_tray->show();
    m_tray->showMessage(title, text, urgent ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information,
                        trayMilliseconds);
}

void SystemNotifier::onAction(uint id, const QString& /*action*/) {
    if (id == m_last && m_last != 0) Q_EMIT activated();
}

}  // namespace resonate::app
