// app/frame/long_work_notice.cpp: see long_work_notice.h.
#include "frame/long_work_notice.h"

#include <QApplication>
#include <QWidget>

namespace resonate::app {

LongWorkNotice::LongWorkNotice(QWidget* window, std::unique_ptr<DesktopNotifier> notifier)
    : QObject(window), m_window(window) {
    setNotifier(std::move(notifier));
}

void LongWorkNotice::setNotifier(std::unique_ptr<DesktopNotifier> notifier) {
    m_notifier = std::move(notifier);
    connect(m_notifier.get(), &DesktopNotifier::activated, this, [this] {
        m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
        m_window->show();
        m_window->raise();
        m_window->activateWindow();
    });
}

void LongWorkNotice::workEnded(const QString& title, const QString& text, double seconds, bool failed) {
    // A dialog of the window counts as the window: the user is here.
    if (!m_enabled || seconds < shortest || QApplication::activeWindow()) return;
    QApplication::alert(m_window);
    m_notifier->notify(title, text, failed);
}

}  // namespace resonate::app
