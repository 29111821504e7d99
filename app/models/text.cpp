// app/models/text.cpp: see text.h.
#include "models/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

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

QString runsText(qsizetype count) { return count == 1 ? say("1 run") : say("%L1 runs").arg(count); }

QString bytesText(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

}  // namespace resonate::app
