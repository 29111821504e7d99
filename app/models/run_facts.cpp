// app/models/run_facts.cpp: see run_facts.h.
#include "models/run_facts.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("RunFacts", text); }

}  // namespace

QString filterWordsOfStatus(const RunEntry& entry) {
    QString words = QString::fromStdString(to_string(entry.status));
    if (!entry.problem.empty()) words += QStringLiteral(" damaged");
    if (entry.imported) words += QStringLiteral(" imported");
    return words;
}

QString statusText(const RunEntry& entry) {
    if (!entry.problem.empty() && entry.status != RunStatus::running) return say("Damaged");
    if (entry.imported) return say("Imported");
    switch (entry.status) {
        case RunStatus::running: return say("Running");
        case RunStatus::finished: return say("Finished");
        case RunStatus::stopped: return say("Stopped");
        case RunStatus::diverged: return say("Diverged");
        case RunStatus::failed: return say("Failed");
    }
    return {};
}

std::optional<double> accuracyOf(const std::optional<EpochMetrics>& row) {
    if (!row || !std::isfinite(row->test.accuracy)) return std::nullopt;
    return row->test.accuracy;
}

QString tagsText(const RunEntry& entry) {
    QStringList tags;
    for (const std::string& tag : entry.notes.tags) tags << QString::fromStdString(tag);
    return tags.join(QStringLiteral(", "));
}

std::vector<std::string> tagsFrom(const QString& text) {
    std::vector<std::string> tags;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const std::string tag = part.simplified().toStdString();
            !tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end())
            tags.push_back(tag);
    return tags;
}

}  // namespace resonate::app
