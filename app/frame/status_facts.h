// app/frame/status_facts.h: threads, device and memory in the status bar.
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;

namespace resonate::app {

/// Wants room for all, needs none: where it is narrow, the device leaves first, then the threads, then the memory.
class StatusFacts : public QWidget {
    Q_OBJECT

 public:
    /// `threads` a training is going to use; 0 = one for each physical core.
    explicit StatusFacts(int threads, QWidget* parent = nullptr);

    /// Those that a training does use.
    void setThreads(int threads);

    QLabel* threads() const { return m_threads; }
    QLabel* device() const { return m_device; }
    QLabel* memory() const { return m_memory; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    /// `name` says to those who do not see the bar what the text is about.
    void tell(QLabel* label, const QString& name, const QString& text);
    void readMemory();
    int gap() const;
    int widthOf(const QList<QLabel*>& labels) const;
    void place();

    QLabel* m_threads;
    QLabel* m_device;
    QLabel* m_memory;
    QTimer m_clock;  ///< runs while the bar is visible
};

}  // namespace resonate::app
