// app/frame/tour.h: leads through the window in steps: a bubble at the real widgets, which stay usable.
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace resonate::app {

class Callout;
class Spotlight;

struct TourStep {
    QString title;
    std::function<QString()> text;       ///< rich text
    std::function<QWidget*()> target;    ///< asked anew whenever the window changes
    std::function<void()> prepare = {};  ///< brings what is pointed at into sight
    /// Another word for "Next", and what it does besides; "" while it is just Next.
    std::function<QString()> actionText = {};
    std::function<void()> action = {};
};

class Tour : public QObject {
    Q_OBJECT

 public:
    Tour(QWidget* window, const QList<TourStep>& steps);
    ~Tour() override;

    void start(int step = 0);
    /// Without an effect where no tour is on.
    void end();
    bool isOn() const { return m_at.has_value(); }
    int step() const { return m_at.value_or(-1); }
    void next();
    void back();
    /// What changes by itself is read again: whether a training runs.
    void refresh();

    Callout* callout() const { return m_callout; }
    QPushButton* nextButton() const { return m_next; }
    QPushButton* backButton() const { return m_back; }
    QPushButton* skipButton() const { return m_skip; }

 Q_SIGNALS:
    /// Also where it was left early.
    void ended();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void show(int step);
    void place();
    void watch(QWidget* target);

    QWidget* m_window;
    QList<TourStep> m_steps;
    std::optional<int> m_at;
    Spotlight* m_light;
    Callout* m_callout;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_count;
    QPushButton* m_skip;
    QPushButton* m_back;
    QPushButton* m_next;
    QList<QPointer<QWidget>> m_watched;  ///< the target and what it stands in
    QPointer<QWidget> m_focusBefore;
    bool m_placing = false;
};

}  // namespace resonate::app
