// tests/app/frame_store_test.cpp: frames of recorded epochs: read beside the window, held within a bound.
#include "session/frame_store.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "complaint.h"
#include "made_run.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class FrameStoreTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void newestWishCountsAndMemoryIsBounded() {
        const QTemporaryDir folder;
        const QString run = make_run(folder.path(), 20);
        const qint64 one = bytesOf(made_frame(0, 60, 8));
        FrameStore store;
        store.setLimit(3 * one + 10);
        store.open(run.toStdString());
        QSignalSpy loaded(&store, &FrameStore::loaded);
        for (int epoch = 0; epoch <= 20; ++epoch) store.want(epoch);
        QTRY_VERIFY(store.find(20) != nullptr);
        // The first was on its way; those between were no longer wanted.
        QCOMPARE(loaded.size(), 2);
        QCOMPARE(store.find(20)->epoch, 20);
        store.readAhead({1, 2, 3, 4, 5});
        QTRY_VERIFY(store.find(5) != nullptr);
        QTRY_VERIFY(!store.isBusy());
        QVERIFY(store.bytesHeld() <= 3 * one + 10);
        QVERIFY(store.find(4) && store.find(3) && !store.find(20) && !store.find(1));
    }

    void frameLargerThanTheRoomIsShownAndNotHeld() {
        const QTemporaryDir folder;
        FrameStore store;
        store.setLimit(100);
        store.open(make_run(folder.path(), 2).toStdString());
        QSignalSpy loaded(&store, &FrameStore::loaded);
        store.want(1);
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(store.bytesHeld(), 0);
    }

    void frameOfTheRunBeforeIsDropped() {
        const QTemporaryDir folder;
        const QString run = make_run(folder.path(), 4);
        FrameStore store;
        store.open(run.toStdString());
        QSignalSpy loaded(&store, &FrameStore::loaded);
        QSignalSpy failed(&store, &FrameStore::failed);
        store.want(1);
        store.open((run + QStringLiteral("-gone")).toStdString());
        store.want(2);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(loaded.size(), 0);
        QCOMPARE(failed.at(0).at(0).toInt(), 2);
        VERIFY_SAYS(failed.at(0).at(1).toString(), "epoch_2.npz");
    }
};

RESONATE_TEST(FrameStoreTest)
#include "frame_store_test.moc"
