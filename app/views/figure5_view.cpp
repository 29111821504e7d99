// app/views/figure5_view.cpp: see figure5_view.h.
#include "views/figure5_view.h"

#include <algorithm>

#include "models/text.h"

namespace resonate::app {
namespace {

QString spreadText(const Spread& spread, int digits) {
    const QString mean = QString::number(spread.mean, 'f', digits);
    return spread.has_deviation() ? QStringLiteral("%1 ± %2").arg(mean, QString::number(spread.deviation, 'f', digits))
                                  : mean;
}

}  // namespace

Figure5View::Figure5View(QWidget* parent) : PaintedView(new ViewLink, parent) {
    link()->setParent(this);
    setAccessibleName(tr("Figure 5"));
}

void Figure5View::setFigure(const Figure5& figure) {
    m_figure = figure;
    invalidate();
}

QString Figure5View::emptyText() const {
    return tr(
        "Run a study, for example \"Figure 5, quick\": the mean test accuracy of its runs grows here, a panel for "
        "each task.");
}

void Figure5View::renderForExport(QPainter& painter, const QRectF& area) {
    painter.save();
    const PlotStyle style = PlotStyle::print();
    painter.fillRect(area, style.background);
    painter.setRenderHint(QPainter::Antialiasing);
    // Papers set figures in a Helvetica of 8 points.
    QFont font(QStringList{QStringLiteral("Helvetica"), QStringLiteral("Nimbus Sans"),
                           QStringLiteral("Liberation Sans"), QStringLiteral("Arial"), painter.font().family()});
    font.setPixelSize(11);
    painter.setFont(font);
    drawContent(painter, area.adjusted(2, 2, -4, -2), style, true);
    painter.restore();
}

QString Figure5View::exportOrigin() const {
    QStringList runs;
    for (const Figure5Task& panel : m_figure.panels)
        for (const Figure5Curve& curve : panel.curves) runs += curve.runs;
    return runsNamed(runs);
}

QString Figure5View::csv() const {
    QString text = QStringLiteral(
        "dataset,neuron,epoch,seeds,test_accuracy_mean,test_accuracy_std,reaches_95_percent,published_mean,"
        "published_std\n");
    for (const Figure5Task& panel : m_figure.panels)
        for (const Figure5Curve& curve : panel.curves)
            for (const CurvePoint& point : curve.mean.points) {
                const auto number = [](double value) { return QString::number(value, 'g', 17); };
                const std::optional<Spread>& published = curve.published;
                text += QStringList{QString::fromStdString(panel.dataset),
                                    QString::fromStdString(to_string(curve.neuron)),
                                    QString::number(point.epoch),
                                    QString::number(point.value.count),
                                    number(point.value.mean),
                                    point.value.has_deviation() ? number(point.value.deviation) : QString(),
                                    point.epoch == curve.epoch95 ? QStringLiteral("1") : QStringLiteral("0"),
                                    published ? number(published->mean) : QString(),
                                    published && published->deviation > 0 ? number(published->deviation) : QString()}
                            .join(QLatin1Char(',')) +
                        QLatin1Char('\n');
            }
    return text;
}

QString Figure5View::spokenSummary() const {
    QStringList parts;
    for (const Figure5Task& panel : m_figure.panels)
        for (const Figure5Curve& curve : panel.curves)
            parts << tr("%1, %2: test accuracy %3 % in epoch %4")
                         .arg(panel.title, QString::fromStdString(display_name(curve.neuron)))
                         .arg(curve.mean.points.back().value.mean, 0, 'f', 1)
                         .arg(curve.mean.points.back().epoch);
    return parts.join(QStringLiteral("; "));
}

QString Figure5View::tipAt(const QPointF& point) const {
    const QList<Axes> all = layOut(belowLegend(QRectF(rect()).adjusted(8, 4, -8, -4), font()), font());
    for (int i = 0; i < all.size(); ++i) {
        if (!all[i].plot.contains(point)) continue;
        const int epoch = qRound((point.x() - all[i].plot.left()) / all[i].plot.width() * all[i].epochs);
        QStringList lines{tr("%1, epoch %2").arg(m_figure.panels[i].title).arg(epoch)};
        for (const Figure5Curve& curve : m_figure.panels[i].curves) {
            QString line = QString::fromStdString(display_name(curve.neuron)) + QStringLiteral(": ");
            const auto at = std::find_if(curve.mean.points.begin(), curve.mean.points.end(),
                                         [&](const CurvePoint& known) { return known.epoch == epoch; });
            line += at == curve.mean.points.end()
                        ? tr("not reached")
                        : tr("%1 %, n = %2").arg(spreadText(at->value, 2)).arg(at->value.count);
            if (curve.epoch95) line += tr("; 95 % of its last mean in epoch %1").arg(*curve.epoch95);
            if (curve.published) line += tr("; published %1 %").arg(spreadText(*curve.published, 1));
            if (curve.growing) line += tr("; some runs go on");
            if (!curve.sameSettings) line += tr("; * other settings than the preset");
            if (curve.leftOut > 0) line += tr("; %n other group(s) of runs not drawn", nullptr, curve.leftOut);
            lines << line;
        }
        return lines.join(QLatin1Char('\n'));
    }
    return {};
}

}  // namespace resonate::app
