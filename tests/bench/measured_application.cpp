// tests/bench/measured_application.cpp: see measured_application.h.
#include "measured_application.h"

#include <sys/resource.h>

#include <QEvent>
#include <QMetaEnum>
#include <QThread>
#include <algorithm>
#include <utility>

namespace resonate::bench {
double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

void MeasuredApplication::startMeasuring() {
    m_work = {};
    m_startCpu = threadSeconds();
    m_startWall = wallSeconds();
    m_on = true;
}

UiWork MeasuredApplication::stopMeasuring() {
    m_on = false;
    m_work.cpu = threadSeconds() - m_startCpu;
    m_work.wall = wallSeconds() - m_startWall;
    return std::exchange(m_work, {});
}

bool MeasuredApplication::notify(QObject* receiver, QEvent* event) {
    if (QThread::currentThread() != thread()) return QApplication::notify(receiver, event);
    const QEvent::Type type = event->type();
    const bool outermost = m_depth == 0;
    const bool paint = type == QEvent::Paint;
    if (!outermost && !paint) return QApplication::notify(receiver, event);
    // Who gets an event may be gone afterwards.
    const QString name = QString::fromLatin1(receiver->metaObject()->className());
    const double before = std::exchange(m_paintInside, 0);
    const double cpu = threadSeconds();
    const double wall = wallSeconds();
    ++m_depth;
    const bool taken = QApplication::notify(receiver, event);
    --m_depth;
    const double cpuUsed = threadSeconds() - cpu;
    const double now = wallSeconds();
    if (paint && m_on) {
        UiWork::Cost& paints = m_work.paints[name];
        ++paints.count;
        paints.cpu += cpuUsed - m_paintInside;
    }
    m_paintInside = before + (paint ? cpuUsed : m_paintInside);
    if (!outermost) return taken;
    m_paintInside = 0;
    const bool frame = type == QEvent::UpdateRequest || type == QEvent::Expose;
    if (frame) m_lastFrame = now;
    if (!m_on) return taken;
    const double milliseconds = 1e3 * (now - wall);
    m_work.turns.push_back(milliseconds);
    if (frame) m_work.frames.push_back(milliseconds);
    m_work.longestCpu = std::max(m_work.longestCpu, 1e3 * cpuUsed);
    const QString kind = name + QLatin1Char(' ') +
                         QString::fromLatin1(QMetaEnum::fromType<QEvent::Type>().valueToKey(static_cast<int>(type)));
    UiWork::Cost& cost = m_work.kinds[kind];
    ++cost.count;
    cost.cpu += cpuUsed;
    if (milliseconds > m_work.longest) {
        m_work.longest = milliseconds;
        m_work.longestName = kind;
    }
    return taken;
}

}  // namespace resonate::bench
