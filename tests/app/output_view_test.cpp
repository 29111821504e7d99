// tests/app/output_view_test.cpp: the view of class probabilities.
#include <QTest>
#include <cmath>

#include "complaint.h"
#include "live_view_frames.h"
#include "painted_words.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/output_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class OutputViewTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_link = std::make_unique<ViewLink>();
        m_view = std::make_unique<OutputView>(m_link.get());
        m_view->resize(800, 320);
        m_view->show();
    }
    void cleanup() { m_view.reset(); }

    void decisionIsThatOfTheTraining() {
        TrainingConfig training;
        training.label_last = true;
        m_view->setTraining(training);
        m_view->setFrame(sequence_frame(4, 2, 2));
        VERIFY_SAYS(m_view->decisionText(), "last step, right: 2");
        training.label_last = false;
        m_view->setTraining(training);
        VERIFY_SAYS(m_view->decisionText(), "mean of all steps, wrong: says 1, is 2");
        training.sub_seq_length = 99;
        m_view->setTraining(training);
        VERIFY_SAYS(m_view->decisionText(), "from step 99 on, right: 2");
    }

    void classThatIsRuledOutAtOneStepMayStillWinTheMean() {
        auto frame = sequence_frame(3, 1, 1);
        frame->probabilities[0] = 0;
        frame->probabilities[1] = 0;
        frame->probabilities[2] = 1;
        m_view->setFrame(frame);
        VERIFY_SAYS(m_view->decisionText(), "right: 1");
    }

    void stepsAreCountedWhereEachHasALabel() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame());
        m_view->setFrame(frame);
        VERIFY_SAYS(m_view->decisionText(), "100.0 % of the steps are right");
        for (size_t t = 0; t < 50; ++t) frame->labels[t] = 3;
        m_view->setFrame(std::make_shared<ProbeFrame>(*frame));
        VERIFY_SAYS(m_view->decisionText(), "75.0 %");
    }

    void bandsTakeAsMuchRoomAsTheirProbability() {
        m_view->setFrame(example_frame());
        const QImage image = m_view->grab().toImage();
        // In the first quarter class 0 has 0.7 and lies at the bottom, the others have 0.1.
        const int x = 58 + 60;
        int own = 0;
        int other = 0;
        for (int y = 0; y < 215; ++y) {
            own += image.pixelColor(x, y) == classColour(0);
            other += image.pixelColor(x, y) == classColour(3);
        }
        QVERIFY2(std::abs(own - 7 * other) <= 7, qPrintable(QStringLiteral("%1, %2").arg(own).arg(other)));
        QVERIFY(own > 70);
    }

    void manyClassesAreLinesOfWhichTrueAndChosenStandOut() {
        const auto lines = [this] { return m_view->grab().toImage().copy(58, 25, 684, 183); };
        m_view->setFrame(sequence_frame(20, 5, 1));
        const QImage both = lines();
        QVERIFY(count_colour(both, classColour(5)) > 100);  // true
        QVERIFY(count_colour(both, classColour(1)) > 100);  // chosen
        m_view->setFrame(sequence_frame(20, 1, 1));
        const QImage one = lines();
        QVERIFY(count_colour(one, classColour(1)) > 100);
        QCOMPARE(count_colour(one, classColour(5)), 0);
    }

    void keysNameTheLinesAndTheColoursOfTheStrips() {
        QStringList names;
        for (int c = 0; c < 20; ++c) names << QStringLiteral("c%1").arg(c);
        m_view->setClassNames(names);
        m_view->setFrame(sequence_frame(20, 5, 1));
        const QList<PaintedWord> words = painted_words(*m_view, QSize(800, 320));
        QVERIFY(says(words, QStringLiteral("true class: c5")));
        QVERIFY(says(words, QStringLiteral("chosen class: c1")));
        for (const QString& name : {names[5], names[1]})
            QVERIFY2(
                std::any_of(words.begin(), words.end(), [&](const PaintedWord& word) { return word.text == name; }),
                qPrintable(name));
    }

    void namesOfClassesAreUsed() {
        m_view->setFrame(sequence_frame(4, 2, 2));
        m_view->setClassNames({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")});
        VERIFY_SAYS(m_view->decisionText(), "says b, is c");
        QVERIFY(m_view->csv().startsWith(QStringLiteral("step,true,network,\"p a\"")));
        m_view->grab();
        QCOMPARE(m_view->accessibleDescription(), m_view->decisionText());
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<OutputView> m_view;
};

RESONATE_TEST(OutputViewTest)
#include "output_view_test.moc"
