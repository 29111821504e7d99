// app/models/brief_names.cpp: see brief_names.h.
#include "models/brief_names.h"

#include <algorithm>

namespace resonate::app {
namespace {

/// Letters: shorter names are read at a glance.
constexpr qsizetype shortName = 24;
/// Less of a name is not worth the dots.
constexpr double leastCommon = 0.6;

constexpr QChar dots(0x2026);

qsizetype commonLetters(QStringView one, QStringView other) {
    const auto [mine, theirs] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
    return mine - one.begin();
}

/// Where the words end that all names begin with: settings are kept whole, ids are cut between their parts.
qsizetype commonWords(const QStringList& names) {
    qsizetype common = names.constFirst().size();
    for (const QString& name : names) common = std::min(common, commonLetters(names.constFirst(), name));
    const QStringView shared = QStringView(names.constFirst()).left(common);
    if (const qsizetype comma = shared.lastIndexOf(QLatin1String(", ")); comma >= 0) return comma + 2;
    if (shared.contains(QLatin1Char(' '))) return 0;
    return 1 + std::max(shared.lastIndexOf(QLatin1Char('-')), shared.lastIndexOf(QLatin1Char('_')));
}

/// Without the comma or blank that it ends with.
QString trimmedEnd(QStringView text) {
    while (!text.isEmpty() && (text.back() == QLatin1Char(' ') || text.back() == QLatin1Char(','))) text.chop(1);
    return text.toString();
}

}  // namespace

QStringList briefNames(const QStringList& names) {
    if (names.size() < 2) return names;
    const qsizetype common = commonWords(names);
    QStringList brief;
    for (const QString& name : names) {
        const bool whole = name.size() <= shortName || name.size() <= common ||
                           static_cast<double>(common) < leastCommon * static_cast<double>(name.size());
        brief << (whole ? name : dots + name.mid(common));
    }
    return brief;
}

QList<qsizetype> tellingLetters(const QStringList& names) {
    QList<qsizetype> letters;
    for (qsizetype i = 0; i < names.size(); ++i) {
        qsizetype most = 0;
        for (qsizetype k = 0; k < names.size(); ++k)
            if (k != i) most = std::max(most, commonLetters(names[i], names[k]) + 1);
        letters << std::min(most, names[i].size());
    }
    return letters;
}

QString fittedName(const QString& name, qsizetype telling, const QFontMetricsF& metrics, double width) {
    const auto fits = [&](const QString& text) { return metrics.horizontalAdvance(text) <= width; };
    if (fits(name)) return name;
    const bool begun = name.startsWith(dots);
    const QString text = begun ? name.mid(1) : name;
    telling = std::clamp<qsizetype>(begun ? telling - 1 : telling, 0, text.size());
    QList<qsizetype> blanks;
    for (qsizetype at = text.indexOf(QLatin1Char(' ')); at >= 0; at = text.indexOf(QLatin1Char(' '), at + 1))
        blanks << at;
    // The parts of an id are one word.
    if (blanks.isEmpty()) return metrics.elidedText(text, Qt::ElideMiddle, width);
    for (qsizetype i = blanks.size(); i-- > 0 && blanks[i] >= telling;)
        if (const QString cut = trimmedEnd(QStringView(text).left(blanks[i])) + dots; fits(cut)) return cut;
    // The setting that tells it from the others begins behind a comma.
    qsizetype tail = telling > 0 ? text.lastIndexOf(QLatin1String(", "), telling - 1) + 1 : -1;
    if (tail <= 0) tail = telling > 0 ? text.lastIndexOf(QLatin1Char(' '), telling - 1) : -1;
    if (tail > 0) {
        for (qsizetype i = blanks.size(); i-- > 0;)
            if (blanks[i] < tail)
                if (const QString cut = trimmedEnd(QStringView(text).left(blanks[i])) + dots + text.mid(tail);
                    fits(cut))
                    return cut;
        if (const QString cut = dots + text.mid(tail + 1); fits(cut)) return cut;
    }
    return metrics.elidedText(text, Qt::ElideMiddle, width);
}

}  // namespace resonate::app
