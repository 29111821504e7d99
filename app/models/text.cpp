// app/models/text.cpp: see text.h.
#include "models/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "resonate/datasets.h"

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("Text", text); }

}  // namespace

QString durationText(double seconds) {
    const auto whole = static_cast<long>(std::lround(std::max(0.0, seconds)));
    if (whole >= 3600) return say("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0'));
    if (whole >= 60) return say("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    return say("%1 s").arg(whole);
}

QString experimentName(const ExperimentConfig& config) {
    if (!config.title.empty()) return QString::fromStdString(config.title);
    return QString::fromStdString(dataset_info(config.dataset.name).title + ", " + display_name(config.neuron.type));
}

QString runsText(qsizetype count) { return count == 1 ? say("1 run") : say("%L1 runs").arg(count); }

QString runsNamed(QStringList ids) {
    if (ids.isEmpty()) return {};
    constexpr qsizetype most = 40;
    const qsizetype all = ids.size();
    if (all > most) ids = ids.mid(0, most) << say("and %1 more").arg(all - most);
    return say("runs %1").arg(ids.join(QStringLiteral(", ")));
}

QString bytesText(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

QString forkText(const std::string& run, int epoch) {
    return say("forked from %1 at epoch %2").arg(QString::fromStdString(run)).arg(epoch);
}

QString publishedAccuracyText(const ReferenceResult& reference) {
    const auto decimals = [](double value) { return std::abs(10 * value - std::round(10 * value)) < 1e-6 ? 1 : 2; };
    const int both = std::max(decimals(reference.accuracy), decimals(reference.accuracy_std));
    const QString mean = QString::number(reference.accuracy, 'f', both);
    if (reference.accuracy_std <= 0) return say("%1 %").arg(mean);
    return say("%1 ± %2 %").arg(mean, QString::number(reference.accuracy_std, 'f', both));
}

QString publishedText(const ReferenceResult& reference) {
    return say("Published: %1 test accuracy").arg(publishedAccuracyText(reference));
}

QString shortDurationText(double seconds) {
    if (seconds >= 10) return durationText(seconds);
    return say("%L1 s").arg(seconds, 0, 'f', seconds < 1 ? 2 : 1);
}

}  // namespace resonate::app
