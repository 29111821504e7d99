// app/models/text.h: numbers as people read them.
#pragma once

#include <QString>

namespace resonate::app {

/// "1 h 05 min", "2 min 07 s", "12 s".
QString durationText(double seconds);
/// "1 run", "7 runs".
QString runsText(qsizetype count);
/// "9.9 MB", in powers of 1000.
QString bytesText(qint64 bytes);

}  // namespace resonate::app
