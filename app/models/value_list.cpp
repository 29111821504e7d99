// app/models/value_list.cpp: see value_list.h.
#include "models/value_list.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/study_config.h"

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("ValueList", text); }

bool isInteger(const Field* field) {
    return field && std::holds_alternative<std::int64_t>(field->get(ExperimentConfig()));
}

}  // namespace

std::vector<std::string> valuesFromText(const std::string& path, const QString& text) {
    static const QRegularExpression range(QStringLiteral("^(\\d{1,18})\\s*(?:-|–|\\.\\.)\\s*(\\d{1,18})$"));
    const Field* field = find_field(path);
    std::vector<std::string> values;
    for (const QString& part : text.split(QLatin1Char(','))) {
        const QString value = part.trimmed();
        if (value.isEmpty()) continue;
        const QRegularExpressionMatch match = range.match(value);
        if (!isInteger(field) || !match.hasMatch()) {
            values.push_back(value.toStdString());
            continue;
        }
        const qlonglong first = match.captured(1).toLongLong();
        const qlonglong last = match.captured(2).toLongLong();
        if (last < first)
            throw ConfigError(
                say("expected a range from the smaller to the larger number, found '%1'").arg(value).toStdString());
        if (last - first >= static_cast<qlonglong>(most_study_runs))
            throw ConfigError(say("expected at most %L1 values, found the range '%2' with %L3")
                                  .arg(most_study_runs)
                                  .arg(value)
                                  .arg(last - first + 1)
                                  .toStdString());
        for (qlonglong number = first; number <= last; ++number) values.push_back(std::to_string(number));
    }
    return values;
}

QString textFromValues(const std::vector<std::string>& values) {
    QStringList parts;
    for (size_t i = 0; i < values.size();) {
        bool whole = false;
        const qlonglong first = QString::fromStdString(values[i]).toLongLong(&whole);
        size_t end = i + 1;
        while (whole && first >= 0 && end < values.size() &&
               values[end] == std::to_string(first + static_cast<qlonglong>(end - i)))
            ++end;
        if (end - i >= 3) {
            parts << QStringLiteral("%1-%2").arg(QString::fromStdString(values[i]),
                                                 QString::fromStdString(values[end - 1]));
            i = end;
        } else {
            parts << QString::fromStdString(values[i++]);
        }
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace resonate::app
