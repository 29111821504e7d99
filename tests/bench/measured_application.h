// tests/bench/measured_application.h: an application that knows how long each turn of its event loop takes.
#pragma once

#include <QApplication>
#include <QMap>
#include <vector>

#include "models/clocks.h"

namespace resonate::bench {

using app::processSeconds;
using app::threadSeconds;
using app::wallSeconds;

/// What the UI thread did since a start.
struct UiWork {
    std::vector<double> turns;   ///< ms on the clock of each event that the loop handed out
    std::vector<double> frames;  ///< ms of those that painted a window
    double longest = 0;          ///< ms
    double longestCpu = 0;       ///< ms on a core of the turn that used most
    QString longestName;         ///< class that got the event, and its type
    double cpu = 0;              ///< s on a core
    double wall = 0;             ///< s
    struct Cost {
        int count = 0;
        double cpu = 0;  ///< s
    };
    QMap<QString, Cost> paints;  ///< by class of widget; children not counted in
    QMap<QString, Cost> kinds;   ///< turns, by class that got the event, and its type
};

/// Value below which that share of the numbers lie; 0 without numbers.
double quantile(std::vector<double> values, double share);

class MeasuredApplication : public QApplication {
 public:
    using QApplication::QApplication;

    void startMeasuring();
    UiWork stopMeasuring();
    /// wallSeconds() when the last painting of a window ended; 0 before the first.
    double lastFrame() const { return m_lastFrame; }

    bool notify(QObject* receiver, QEvent* event) override;

 private:
    bool m_on = false;
    int m_depth = 0;
    double m_paintInside = 0;  ///< CPU seconds of paint events within the one that runs
    double m_startCpu = 0;
    double m_startWall = 0;
    double m_lastFrame = 0;
    UiWork m_work;
};

}  // namespace resonate::bench
