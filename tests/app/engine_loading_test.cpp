// tests/app/engine_loading_test.cpp: the window stands before LibTorch is loaded.
#include <QFile>
#include <QTest>
#include <thread>

#include "complaint.h"
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
        // Start is taken, and Stop after it, while the engine is still to come.
        fixture.shrink(5000);
        fixture.clickStart();
        QCOMPARE(fixture.state(), TrainingPresenter::State::Starting);
        fixture.click(fixture.window->train()->runBar()->stopAction());
        QCOMPARE(fixture.state(), TrainingPresenter::State::Stopping);
        // Whoever comes first loads it, the others wait for that.
        std::thread other(load_engine);
        load_engine();
        other.join();
        QVERIFY(hasTorch());
        QVERIFY(!parallel_text().empty());
        QTRY_COMPARE(fixture.state(), TrainingPresenter::State::Idle);
        QCOMPARE(fixture.window->banner()->kind(), MessageBanner::Kind::Notice);
        VERIFY_SAYS(fixture.window->banner()->text(), "Stopped");
        fixture.shrink();
        fixture.clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.window->train()->curves()->epochCount(), 3, long_wait);
    }
};

RESONATE_TEST(EngineLoadingTest)
#include "engine_loading_test.moc"
