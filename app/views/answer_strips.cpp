// app/views/answer_strips.cpp: see answer_strips.h.
#include "views/answer_strips.h"

#include <QCoreApplication>

namespace resonate::app {
namespace {

constexpr double stripHeight = 13;
constexpr double stripGap = 4;
constexpr float visible = 0.1F;  ///< least probability that is seen as a band

QString say(const char* text) { return QCoreApplication::translate("AnswerStrips", text); }

}  // namespace

void AnswerStrips::draw(QPainter& painter, const QRectF& plot, double first, double last,
                        const PlotStyle& style) const {
    QRectF strip(plot.left(), plot.bottom() + stripGap, plot.width(), stripHeight);
    drawClassStrip(
        painter, strip, say("true"), first, last, frame.steps, [&](int t) { return trueClass(frame, t); }, style);
    strip.translate(0, stripHeight + stripGap);
    drawClassStrip(
        painter, strip, say("network"), first, last, frame.steps,
        [&](int t) { return predicted[static_cast<size_t>(t)]; }, style);
}

void AnswerStrips::drawKey(QPainter& painter, const QRectF& row, double spare, const PlotStyle& style) const {
    QStringList names;
    for (int c = 0; c < frame.classes; ++c) names.append(classNameOf(classNames, c));
    std::vector<double> weights(static_cast<size_t>(frame.classes), 0);
    for (int t = 0; t < frame.steps; ++t) {
        ++weights[static_cast<size_t>(trueClass(frame, t))];
        ++weights[static_cast<size_t>(predicted[static_cast<size_t>(t)])];
        for (int c = 0; c < frame.classes; ++c)
            if (const float p = probability(frame, t, c); p >= visible) weights[static_cast<size_t>(c)] += p;
    }
    drawClassLegend(painter, row, spare, names, weights, style);
}

QString classNameOf(const QStringList& names, int label) {
    return label >= 0 && label < names.size() ? names[label] : QString::number(label);
}

}  // namespace resonate::app
