// app/views/curve_chart_reading.h: what is read off curves at one epoch.
#pragma once

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <optional>

#include "views/curve_chart.h"

namespace resonate::app {

/// The epoch with a test value that is nearest to `at`; nothing before the first.
inline std::optional<int> epochNearest(const CurveData& data, double at) {
    const auto nearest = std::min_element(
        data.test.begin(), data.test.end(),
        [at](const QPointF& one, const QPointF& other) { return std::abs(one.x() - at) < std::abs(other.x() - at); });
    if (nearest == data.test.end()) return std::nullopt;
    return static_cast<int>(std::lround(nearest->x()));
}

/// "epoch 7", "test 84.90 %", … a line for every curve that has a value there; "" where none has.
inline QString readingOf(const CurveData& data, bool percent, int epoch) {
    const auto say = [](const char* text) { return QCoreApplication::translate("CurveReading", text); };
    QStringList lines{(epoch == data.bestEpoch ? say("epoch %1, best") : say("epoch %1")).arg(epoch)};
    const auto add = [&](const QString& name, const QList<QPointF>& points) {
        const auto point = std::find_if(points.begin(), points.end(), [epoch](const QPointF& one) {
            return static_cast<int>(std::lround(one.x())) == epoch;
        });
        if (point == points.end()) return;
        const double value = point->y();
        lines << (percent                ? say("%1 %2 %").arg(name).arg(value, 0, 'f', 2)
                  : std::abs(value) < 10 ? say("%1 %2").arg(name).arg(value, 0, 'f', 4)
                                         : say("%1 %L2").arg(name).arg(value, 0, 'f', 1));
    };
    add(say("test"), data.test);
    add(say("validation"), data.validation);
    add(say("training"), data.train);
    return lines.size() > 1 ? lines.join(QLatin1Char('\n')) : QString();
}

}  // namespace resonate::app
