// tests/app/engine_loading_test.cpp: the window stands before LibTorch is loaded.
#include <QFile>
#include <QTest>
#include <thread>

#include "resonate/engine_loading.h"
#include "resonate/experiment.h"
#include "test_registry.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

namespace {

bool hasTorch() {
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libtorch");
}

}  // namespace

class EngineLoadingTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theWindowStandsBeforeLibTorchIsLoaded() {
        if (!QFile::exists(QStringLiteral("/proc/self/maps"))) QSKIP("tells loaded libraries on Linux only");
        WindowFixture fixture;
        QVERIFY(fixture.open().isVisible());
        QVERIFY(!hasTorch());
        QVERIFY(version_text().starts_with("Resonate " + program_version() + "\nLibTorch "));
        QVERIFY(!hasTorch());
        // Whoever comes first loads it, the others wait for that.
        std::thread other(load_engine);
        load_engine();
        other.join();
        QVERIFY(hasTorch());
        QVERIFY(!parallel_text().empty());
    }
};

RESONATE_TEST(EngineLoadingTest)
#include "engine_loading_test.moc"
