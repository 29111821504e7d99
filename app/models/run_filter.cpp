// app/models/run_filter.cpp: see run_filter.h.
#include "models/run_filter.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <cmath>
#include <limits>
#include <optional>

#include "models/run_facts.h"
#include "resonate/config_io.h"

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("RunFilter", text); }
QString text(const std::string& string) { return QString::fromStdString(string); }

using TextOf = std::function<QString(const RunEntry&)>;
using NumberOf = std::function<std::optional<double>(const RunEntry&)>;

/// One or the other.
struct FilterField {
    const char* names;  ///< the first is shown, the others are understood as well
    const char* meaning;
    TextOf textOf;
    NumberOf numberOf;
};

std::optional<double> positive(double value) { return value > 0 ? std::optional(value) : std::nullopt; }

const QList<FilterField>& filterFields() {
    static const QList<FilterField> fields = {
        {"name id",
         QT_TRANSLATE_NOOP("RunFilter", "name or folder"),
         [](const RunEntry& run) { return text(run.notes.name + " " + run.id); },
         {}},
        {"status",
         QT_TRANSLATE_NOOP("RunFilter", "running, finished, stopped, diverged, failed, damaged, imported"),
         [](const RunEntry& run) { return filterWordsOfStatus(run); },
         {}},
        {"dataset data",
         QT_TRANSLATE_NOOP("RunFilter", "data set"),
         [](const RunEntry& run) { return run.readable ? text(run.config.dataset.name) : QString(); },
         {}},
        {"neuron",
         QT_TRANSLATE_NOOP("RunFilter", "brf, rf, hrf, alif, lif, izhikevich: the whole name"),
         [](const RunEntry& run) { return run.readable ? text(to_string(run.config.neuron.type)) : QString(); },
         {}},
        {"title",
         QT_TRANSLATE_NOOP("RunFilter", "title of the experiment"),
         [](const RunEntry& run) { return run.readable ? text(run.config.title) : QString(); },
         {}},
        {"tag tags", QT_TRANSLATE_NOOP("RunFilter", "a tag, whole"), {}, {}},
        {"note notes",
         QT_TRANSLATE_NOOP("RunFilter", "words of the note"),
         [](const RunEntry& run) { return text(run.notes.text); },
         {}},
        {"problem",
         QT_TRANSLATE_NOOP("RunFilter", "words of what is wrong with the folder"),
         [](const RunEntry& run) { return text(run.problem); },
         {}},
        {"acc accuracy selected",
         QT_TRANSLATE_NOOP("RunFilter", "test accuracy at the lowest validation loss, %"),
         {},
         [](const RunEntry& run) { return accuracyOf(run.selected); }},
        {"final last",
         QT_TRANSLATE_NOOP("RunFilter", "test accuracy of the last epoch, %"),
         {},
         [](const RunEntry& run) { return accuracyOf(run.last); }},
        {"best",
         QT_TRANSLATE_NOOP("RunFilter", "highest test accuracy, %"),
         {},
         [](const RunEntry& run) { return accuracyOf(run.best_test); }},
        {"loss",
         QT_TRANSLATE_NOOP("RunFilter", "test loss at the lowest validation loss"),
         {},
         [](const RunEntry& run) { return run.selected ? std::optional(run.selected->test.loss) : std::nullopt; }},
        {"sop",
         QT_TRANSLATE_NOOP("RunFilter", "hidden spikes per test sample there"),
         {},
         [](const RunEntry& run) { return run.selected ? std::optional(run.selected->test.sop) : std::nullopt; }},
        {"epochs",
         QT_TRANSLATE_NOOP("RunFilter", "epochs done"),
         {},
         [](const RunEntry& run) { return std::optional<double>(run.epochs_done); }},
        {"params parameters",
         QT_TRANSLATE_NOOP("RunFilter", "trainable numbers"),
         {},
         [](const RunEntry& run) { return positive(static_cast<double>(run.parameters)); }},
        {"time seconds",
         QT_TRANSLATE_NOOP("RunFilter", "training and evaluation, s"),
         {},
         [](const RunEntry& run) { return positive(run.seconds); }},
        {"seed",
         QT_TRANSLATE_NOOP("RunFilter", "seed of the run"),
         {},
         [](const RunEntry& run) {
             return run.readable ? std::optional(static_cast<double>(run.config.training.seed)) : std::nullopt;
         }},
        {"written",
         QT_TRANSLATE_NOOP("RunFilter", "when it was last written: written:2026-11"),
         [](const RunEntry& run) { return text(run.written); },
         {}}};
    return fields;
}

const FilterField* fieldNamed(const QString& name) {
    for (const FilterField& field : filterFields())
        if (QString::fromLatin1(field.names).split(QLatin1Char(' ')).contains(name)) return &field;
    return nullptr;
}

bool compares(double value, const QString& sign, double limit) {
    if (sign == QLatin1String("<")) return value < limit;
    if (sign == QLatin1String("<=")) return value <= limit;
    if (sign == QLatin1String(">")) return value > limit;
    if (sign == QLatin1String(">=")) return value >= limit;
    const bool equal = std::abs(value - limit) <= 1e-9 * std::max(1.0, std::abs(limit));
    return equal == (sign != QLatin1String("!="));
}

bool holdsText(const QString& value, const QString& sign, const QString& wanted, bool whole) {
    if (whole || sign == QLatin1String("=") || sign == QLatin1String("!=")) {
        const bool equal = value.compare(wanted, Qt::CaseInsensitive) == 0;
        return equal == (sign != QLatin1String("!="));
    }
    return value.contains(wanted, Qt::CaseInsensitive);
}

/// What a word without a field is looked for in.
QString allWords(const RunEntry& run) {
    QStringList parts{text(run.id), text(run.notes.name), text(run.notes.text), text(run.problem),
                      filterWordsOfStatus(run)};
    for (const std::string& tag : run.notes.tags) parts << text(tag);
    if (run.readable)
        parts << text(run.config.title) << text(run.config.dataset.name) << text(display_name(run.config.neuron.type));
    return parts.join(QLatin1Char('\n'));
}

/// Words with the quotes taken away; a quoted part keeps its spaces.
QStringList wordsOf(const QString& line) {
    QStringList words;
    QString word;
    bool quoted = false, any = false;
    for (const QChar letter : line) {
        if (letter == QLatin1Char('"')) {
            quoted = !quoted;
            any = true;
        } else if (letter.isSpace() && !quoted) {
            if (any) words << word;
            word.clear();
            any = false;
        } else {
            word += letter;
            any = true;
        }
    }
    if (any) words << word;
    return words;
}

}  // namespace

QList<RunFilter::FieldHelp> RunFilter::fieldHelp() {
    QList<FieldHelp> help;
    for (const FilterField& field : filterFields())
        help.append({QString::fromLatin1(field.names).section(QLatin1Char(' '), 0, 0), say(field.meaning)});
    return help;
}

RunFilter::RunFilter(const QString& line) {
    for (const QString& word : wordsOf(line))
        if (const Condition condition = read(word)) m_conditions.append(condition);
}

bool RunFilter::accepts(const RunEntry& entry) const {
    return std::all_of(m_conditions.begin(), m_conditions.end(), [&](const Condition& holds) { return holds(entry); });
}

RunFilter::Condition RunFilter::read(const QString& typed) {
    const auto complain = [this](const QString& sentence) -> Condition {
        if (m_problem.isEmpty()) m_problem = sentence;
        return {};
    };
    QString word = typed;
    if (word.size() > 1 && word.startsWith(QLatin1Char('-'))) {
        const Condition holds = read(word.mid(1));
        if (!holds) return {};
        return [holds](const RunEntry& run) { return !holds(run); };
    }
    static const QRegularExpression form(QStringLiteral("^([A-Za-z_][A-Za-z0-9_.]*)(:|!=|<=|>=|=|<|>)(.*)$"));
    const QRegularExpressionMatch match = form.match(word);
    if (!match.hasMatch())
        return [word](const RunEntry& run) { return allWords(run).contains(word, Qt::CaseInsensitive); };
    const QString name = match.captured(1).toLower();
    const QString sign = match.captured(2);
    const QString wanted = match.captured(3);
    const FilterField* field = fieldNamed(name);
    const Field* setting = field ? nullptr : find_field(name.toStdString());
    if (!field && !setting) {
        QStringList names;
        for (const FieldHelp& help : fieldHelp()) names << help.name;
        return complain(say("There is no field %1. Fields: %2, and every setting by its path, as "
                            "training.learning_rate.")
                            .arg(name, names.join(QStringLiteral(", "))));
    }
    if (wanted.isEmpty()) return complain(say("%1%2: type a value after it, without a space.").arg(name, sign));
    bool isNumber = false;
    const double number = wanted.toDouble(&isNumber);
    const bool ordered = sign.startsWith(QLatin1Char('<')) || sign.startsWith(QLatin1Char('>'));
    if (setting) {
        return [setting, sign, wanted, isNumber, number](const RunEntry& run) {
            if (!run.readable) return false;
            const QString value = text(field_text(*setting, run.config));
            bool both = false;
            const double has = value.toDouble(&both);
            if (isNumber && both) return compares(has, sign, number);
            return !sign.startsWith(QLatin1Char('<')) && !sign.startsWith(QLatin1Char('>')) &&
                   holdsText(value, sign, wanted, false);
        };
    }
    if (field->numberOf) {
        if (!isNumber) return complain(say("%1%2%3: expected a number after %2.").arg(name, sign, wanted));
        return [field, sign, number](const RunEntry& run) {
            const std::optional<double> value = field->numberOf(run);
            return value && std::isfinite(*value) && compares(*value, sign, number);
        };
    }
    if (ordered) return complain(say("%1 is a text: use %1:%2.").arg(name, wanted));
    if (!field->textOf)
        return [sign, wanted](const RunEntry& run) {
            const bool has = std::any_of(run.notes.tags.begin(), run.notes.tags.end(), [&](const std::string& tag) {
                return text(tag).compare(wanted, Qt::CaseInsensitive) == 0;
            });
            return has == (sign != QLatin1String("!="));
        };
    // "rf" is part of "brf" and "hrf".
    const bool whole = name == QLatin1String("neuron");
    return [field, sign, wanted, whole](const RunEntry& run) {
        return holdsText(field->textOf(run), sign, wanted, whole);
    };
}

}  // namespace resonate::app
