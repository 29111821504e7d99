// tests/app/live_view_frames.h: frames for the tests of the live views, and what a mouse does to a view.
#pragma once

#include <QApplication>
#include <QHelpEvent>
#include <QImage>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <QWidget>

#include "example_frame.h"

namespace resonate::tests {

/// Neurons far from each other in the plane of ω and b: neuron h at (3 + h, −0.5 − 0.2 h).
inline std::shared_ptr<ProbeFrame> spread_frame(int neurons = 8) {
    auto frame = std::make_shared<ProbeFrame>(*example_frame(200, neurons));
    for (int h = 0; h < neurons; ++h) {
        frame->omega[static_cast<size_t>(h)] = static_cast<float>(3 + h);
        frame->b[static_cast<size_t>(h)] = static_cast<float>(-0.5 - 0.2 * h);
    }
    return frame;
}

inline std::shared_ptr<ProbeFrame> alif_frame() {
    auto frame = std::make_shared<ProbeFrame>(*example_frame());
    frame->neuron = NeuronType::alif;
    frame->v.clear();
    frame->omega.clear();
    frame->b.clear();
    return frame;
}

/// One label for the sequence; class `winner` wins at the last step, class 1 in the mean over all steps.
inline std::shared_ptr<ProbeFrame> sequence_frame(int classes, int label, int winner) {
    auto frame = std::make_shared<ProbeFrame>(*example_frame(100, 4));
    frame->classes = classes;
    frame->labels = {label};
    frame->probabilities.clear();
    for (int t = 0; t < frame->steps; ++t) {
        const int ahead = t < frame->steps - 1 ? 1 : winner;
        for (int c = 0; c < classes; ++c)
            frame->probabilities.push_back(c == ahead ? 0.6F : 0.4F / static_cast<float>(classes - 1));
    }
    return frame;
}

inline int count_colour(const QImage& image, const QColor& colour) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == colour;
    return found;
}

inline void move_mouse(QWidget* widget, const QPointF& at) {
    QMouseEvent move(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(widget, &move);
}

inline void turn_wheel(QWidget* widget, const QPointF& at, int angle) {
    QWheelEvent wheel(at, widget->mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &wheel);
}

/// What the tip at that point of the widget says.
inline QString tip_at(QWidget* widget, const QPointF& at) {
    QHelpEvent help(QEvent::ToolTip, at.toPoint(), widget->mapToGlobal(at.toPoint()));
    QApplication::sendEvent(widget, &help);
    return QToolTip::text();
}

inline EpochMetrics row_of(int epoch, double sop) {
    EpochMetrics row;
    row.epoch = epoch;
    row.test = {1.0, 50, sop};
    row.train = SplitMetrics{1.0, 50, sop + 1};
    row.validation = SplitMetrics{1.0, 50, sop + 2};
    return row;
}

}  // namespace resonate::tests
