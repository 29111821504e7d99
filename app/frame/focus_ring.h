// app/frame/focus_ring.h: a frame around the view that has the keys.
#pragma once

#include <QPointer>
#include <QWidget>

namespace resonate::app {

/// For widgets that paint themselves and are no controls: a style draws nothing for them.
class FocusRing : public QWidget {
    Q_OBJECT

 public:
    explicit FocusRing(QWidget* window);

    QWidget* target() const { return m_target; }

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void follow(QWidget* target);
    void fit();

    QWidget* m_window;
    QPointer<QWidget> m_target;
};

}  // namespace resonate::app
