// tests/app/drawing_turns_test.cpp: views that change together are drawn in turn; new words lay nothing out.
#include <QHBoxLayout>
#include <QTest>
#include <algorithm>

#include "test_registry.h"
#include "views/elided_label.h"
#include "views/painted_view.h"

using namespace resonate::app;

namespace {

class CountedView : public PaintedView {
 public:
    explicit CountedView(ViewLink* link) : PaintedView(link) {}
    using PaintedView::invalidate;

    QString exportTitle() const override { return QStringLiteral("counted"); }
    bool hasContent() const override { return true; }
    QString csv() const override { return {}; }
    int drawn = 0;

 protected:
    void drawContent(QPainter&, const QRectF&, const PlotStyle&, bool) override { ++drawn; }
    void drawCursor(QPainter&, const QRectF&, const PlotStyle&) override {}
    QString emptyText() const override { return {}; }
};

/// Views beside each other in a window, and how many of them were drawn in one turn at most.
class Window : public QWidget {
 public:
    explicit Window(int count) {
        auto* row = new QHBoxLayout(this);
        for (int i = 0; i < count; ++i) {
            views.append(new CountedView(&m_link));
            row->addWidget(views.constLast());
        }
    }
    int drawn() const {
        int sum = 0;
        for (const CountedView* view : views) sum += view->drawn;
        return sum;
    }
    QList<CountedView*> views;
    int most = 0;
    int layouts = 0;

 protected:
    bool event(QEvent* event) override {
        const int before = drawn();
        layouts += event->type() == QEvent::LayoutRequest;
        const bool taken = QWidget::event(event);
        most = std::max(most, drawn() - before);
        return taken;
    }

 private:
    ViewLink m_link;
};

}  // namespace

class DrawingTurnsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void viewsThatChangeTogetherAreDrawnInTurn() {
        Window window(3);
        window.show();
        QTRY_COMPARE(window.drawn(), 3);
        window.most = 0;
        for (CountedView* view : window.views) view->invalidate();
        QTRY_COMPARE(window.drawn(), 6);
        for (const CountedView* view : window.views) QCOMPARE(view->drawn, 2);
        QCOMPARE(window.most, 1);
    }

    void whatIsAskedForIsThereAtOnce() {
        Window window(3);
        window.show();
        QTRY_COMPARE(window.drawn(), 3);
        for (CountedView* view : window.views) view->invalidate();
        window.grab();
        for (const CountedView* view : window.views) QCOMPARE(view->drawn, 2);
        QTest::qWait(100);
        QCOMPARE(window.drawn(), 6);
    }

    void hiddenAndDeletedViewsHoldUpNobody() {
        Window window(4);
        window.show();
        QTRY_COMPARE(window.drawn(), 4);
        for (CountedView* view : window.views) view->invalidate();
        window.views[0]->hide();
        delete window.views.takeAt(1);
        QTRY_COMPARE(window.views.constLast()->drawn, 2);
        QTRY_COMPARE(window.views[1]->drawn, 2);
        QCOMPARE(window.views[0]->drawn, 1);
    }

    void newWordsLayNothingOut() {
        Window window(0);
        auto* label = new ElidedLabel;
        window.layout()->addWidget(label);
        window.resize(200, 40);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCoreApplication::processEvents();
        window.layouts = 0;
        const QSize hint = label->sizeHint();
        const QImage empty = label->grab().toImage();
        const QString words =
            QStringLiteral("far more words than have room in so narrow a window, which end with dots");
        label->setText(words);
        QVERIFY(!label->fits(words));
        QVERIFY(label->fits(QStringLiteral("few")));
        QVERIFY(label->grab().toImage() != empty);
        QCoreApplication::processEvents();
        QCOMPARE(window.layouts, 0);
        QCOMPARE(label->sizeHint(), hint);
        QCOMPARE(label->accessibleName(), words);
        QCOMPARE(label->width(), window.layout()->contentsRect().width());
        // Fewer words come before dots.
        label->setText(QStringLiteral("few"));
        const QImage few = label->grab().toImage();
        label->setText(words, QStringLiteral("few"));
        QCOMPARE(label->grab().toImage(), few);
        QCOMPARE(label->accessibleName(), words);
    }
};

RESONATE_TEST(DrawingTurnsTest)
#include "drawing_turns_test.moc"
