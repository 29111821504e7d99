// app/session/error_details.cpp: see error_details.h.
#include "session/error_details.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "resonate/experiment.h"

namespace resonate::app {
namespace {

/// "runs/a/metrics.csv" of "runs/a/metrics.csv:5: expected …"; empty where it begins with no path.
QString fileOf(const QString& sentence) {
    static const QRegularExpression beginning(QStringLiteral("^([^\\n]*?/[^\\n]*?)(:\\d+)?: "));
    const QString file = beginning.match(sentence).captured(1);
    // "Saved in a/b: …" begins with words, not with a path.
    return QDir::isAbsolutePath(file) || QFileInfo::exists(file) ? file : QString();
}

}  // namespace

QString withDetails(const QString& sentence) {
    const QString versions = QString::fromStdString(version_text());
    const QString file = fileOf(sentence);
    if (file.isEmpty() || sentence.contains(versions.section(QLatin1Char('\n'), 0, 0))) return sentence;
    const QString place = QDir::toNativeSeparators(QFileInfo(file).absoluteFilePath());
    return sentence + QLatin1Char('\n') + QCoreApplication::translate("ErrorDetails", "File: %1").arg(place) +
           QLatin1Char('\n') + versions;
}

}  // namespace resonate::app
