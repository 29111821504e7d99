// tests/app/notifier_test.cpp: notifications reach a real session bus.
#include <QDBusConnection>
#include <QDBusMessage>
#include <QTest>
#include <QVariantMap>

#include "frame/desktop_notifier.h"
#include "test_registry.h"

using namespace resonate::app;

namespace {

const QString name = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

/// What a desktop offers, by its specification 1.2.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

 public:
    QStringList titles;
    QList<uint> replaced;
    QStringList actions;

 public Q_SLOTS:
    uint Notify(const QString& /*application*/, uint replaces, const QString& /*icon*/, const QString& title,
                const QString& text, const QStringList& offered, const QVariantMap& /*hints*/, int /*timeout*/) {
        titles.append(title + QLatin1Char('|') + text);
        replaced.append(replaces);
        actions = offered;
        return 7;
    }

 Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
};

}  // namespace

class NotifierTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theDesktopShowsItAndAClickComesBack() {
        if (!QDBusConnection::sessionBus().isConnected())
            QSKIP("there is no session bus: run this test under dbus-run-session");
        QDBusConnection other = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
        FakeDesktop desktop;
        if (!other.registerService(name)) QSKIP("a desktop is on this session bus already");
        QVERIFY(
            other.registerObject(path, &desktop, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        SystemNotifier notifier;
        int activated = 0;
        connect(&notifier, &DesktopNotifier::activated, this, [&] { ++activated; });
        notifier.notify(QStringLiteral("The training is done"), QStringLiteral("b < p(ω)"), false);
        QTRY_COMPARE(desktop.titles.size(), 1);
        QCOMPARE(desktop.titles.constFirst(), QStringLiteral("The training is done|b &lt; p(ω)"));
        QCOMPARE(desktop.actions.constFirst(), QStringLiteral("default"));
        // The next one takes its place instead of piling up; by then its answer is there.
        QTRY_VERIFY([&] {
            notifier.notify(QStringLiteral("again"), {}, true);
            QTest::qWait(50);
            return desktop.replaced.constLast() == 7;
        }());
        Q_EMIT desktop.ActionInvoked(3, QStringLiteral("default"));
        Q_EMIT desktop.ActionInvoked(7, QStringLiteral("default"));
        QTRY_COMPARE(activated, 1);
        other.unregisterService(name);
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    }
};

RESONATE_TEST(NotifierTest)
#include "notifier_test.moc"
