// tests/app/message_test.cpp: the messages over the views: where they stand, how they wait and leave, their colours.
#include <QToolBar>

#include "complaint.h"
#include "frame/message_log.h"
#include "test_registry.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;
using Kind = MessageBanner::Kind;

class MessageTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aMessageMovesNothingAndCoversNoBar() {
        MainWindow& window = m_fixture->open();
        const QWidget* curves = window.train()->curves();
        const QRect before(curves->mapTo(&window, QPoint()), curves->size());
        window.banner()->showMessage(Kind::Error, QStringLiteral("Something went wrong."));
        QCoreApplication::processEvents();
        QCOMPARE(QRect(curves->mapTo(&window, QPoint()), curves->size()), before);
        const QRect banner(window.banner()->mapTo(&window, QPoint()), window.banner()->size());
        QVERIFY(window.rect().contains(banner));
        for (const QToolBar* bar : window.train()->findChildren<QToolBar*>())
            QVERIFY(!QRect(bar->mapTo(&window, QPoint()), bar->size()).intersects(banner));
        // Nor any of what the views draw.
        QVERIFY2(!before.intersects(banner), qPrintable(QStringLiteral("%1 px").arg(banner.bottom() - before.top())));
        window.resize(1000, 700);
        QTRY_VERIFY(window.rect().contains(QRect(window.banner()->mapTo(&window, QPoint()), window.banner()->size())));
    }

    void messagesQueueAndNoneIsLost() {
        MainWindow& window = m_fixture->open();
        WindowContext* context = window.context();
        Q_EMIT context->errorRaised(QStringLiteral("first"));
        Q_EMIT context->errorRaised(QStringLiteral("second"));
        Q_EMIT context->errorRaised(QStringLiteral("third\nwith details"));
        MessageBanner* banner = window.banner();
        QCOMPARE(banner->count(), 3);
        QVERIFY(banner->text().startsWith(QStringLiteral("third")));
        auto* dismiss = banner->findChild<QToolButton*>(QStringLiteral("dismiss"));
        QTest::mouseClick(dismiss, Qt::LeftButton);
        QCOMPARE(banner->text(), QStringLiteral("second"));
        // The same again is no second message.
        Q_EMIT context->errorRaised(QStringLiteral("first"));
        QCOMPARE(banner->count(), 2);
        QCOMPARE(banner->text(), QStringLiteral("first"));
        // Escape closes it wherever the focus is, and is anybody's again when there is none.
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.train()->experiment()->presetBox()->setFocus();
        QTest::keyClick(window.train()->experiment()->presetBox(), Qt::Key_Escape);
        QTest::keyClick(dismiss, Qt::Key_Escape);
        QVERIFY(!banner->isVisible());
        QCOMPARE(window.messageLog()->entries().size(), 4);
        VERIFY_SAYS(window.messageLog()->text(), "with details");
    }

    void noticesLeaveByThemselvesAndErrorsDoNot() {
        MainWindow& window = m_fixture->open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.banner()->setNoticeTime(30);
        Q_EMIT window.context()->errorRaised(QStringLiteral("stays"));
        Q_EMIT window.context()->noticeRaised(QStringLiteral("goes"));
        QCOMPARE(window.banner()->text(), QStringLiteral("goes"));
        QTRY_COMPARE(window.banner()->text(), QStringLiteral("stays"));
        QTest::qWait(300);
        QVERIFY(window.banner()->isVisible());
        QCOMPARE(window.banner()->count(), 1);
    }

    void whatWasOfferedAndIsDoneByAKeyIsOfferedNoMore() {
        MainWindow& window = m_fixture->open();
        QAction undo;
        window.banner()->showMessage(Kind::Notice, QStringLiteral("stays"));
        window.banner()->showMessage(Kind::Notice, QStringLiteral("can be brought back"), &undo);
        undo.trigger();
        QCOMPARE(window.banner()->count(), 1);
        QCOMPARE(window.banner()->text(), QStringLiteral("stays"));
    }

    void messagesHaveContrastInBothThemes() {
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            applyTheme(*qApp, mode);
            const QPalette palette = QApplication::palette();
            const bool dark = isDark(palette);
            for (const bool error : {true, false})
                QVERIFY(contrastRatio(palette.color(QPalette::WindowText), messageColour(error, dark)) >= 4.5);
            using Pair = std::pair<QPalette::ColorRole, QPalette::ColorRole>;
            for (const auto& [text, back] :
                 {Pair{QPalette::WindowText, QPalette::Window}, Pair{QPalette::Text, QPalette::Base},
                  Pair{QPalette::Text, QPalette::AlternateBase}, Pair{QPalette::ButtonText, QPalette::Button},
                  Pair{QPalette::HighlightedText, QPalette::Highlight}, Pair{QPalette::Link, QPalette::Window},
                  Pair{QPalette::Link, QPalette::Base}, Pair{QPalette::PlaceholderText, QPalette::Base},
                  Pair{QPalette::PlaceholderText, QPalette::Window},
                  Pair{QPalette::ToolTipText, QPalette::ToolTipBase}})
                QVERIFY2(contrastRatio(palette.color(text), palette.color(back)) >= 4.5,
                         qPrintable(QStringLiteral("%1 on %2, dark %3").arg(text).arg(back).arg(dark)));
            for (const NeuronType type : {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif,
                                          NeuronType::lif, NeuronType::izhikevich})
                QVERIFY2(contrastRatio(neuronColour(type, dark), palette.color(QPalette::Base)) >= 3,
                         to_string(type).c_str());
        }
        applyTheme(*qApp, ThemeMode::Light);
    }

 private:
    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(MessageTest)
#include "message_test.moc"
