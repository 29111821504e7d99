// app/models/text.h: numbers as people read them.
#pragma once

#include <QString>
#include <QStringList>
#include <string>

#include "resonate/experiment_config.h"

namespace resonate::app {

/// "1 h 05 min", "2 min 07 s", "12 s".
QString durationText(double seconds);
/// The title of an experiment, else "ECG, BRF".
QString experimentName(const ExperimentConfig& config);
/// "1 run", "7 runs".
QString runsText(qsizetype count);
/// "runs a, b, c and 7 more": where a figure comes from; "" without runs.
QString runsNamed(QStringList ids);
/// "9.9 MB", in powers of 1000.
QString bytesText(qint64 bytes);
/// "forked from 2026-01-01-… at epoch 12".
QString forkText(const std::string& run, int epoch);
/// "99.0 ± 0.1 %": with as many decimals as the paper gives, which is at least one.
QString publishedAccuracyText(const ReferenceResult& reference);
/// "Published: 85.8 ± 0.7 % test accuracy".
QString publishedText(const ReferenceResult& reference);
/// As durationText(), with tenths and hundredths where they matter: "0.25 s", "1.8 s".
QString shortDurationText(double seconds);

}  // namespace resonate::app
