// app/models/curve_looks.cpp: see curve_looks.h.
#include "models/curve_looks.h"

#include <algorithm>

#include "style/theme.h"

namespace resonate::app {
namespace {

Qt::PenStyle lineOf(NeuronType neuron) {
    switch (neuron) {
        case NeuronType::brf: return Qt::SolidLine;
        case NeuronType::rf: return Qt::DashLine;
        case NeuronType::hrf: return Qt::DashDotLine;
        case NeuronType::alif: return Qt::DotLine;
        case NeuronType::lif: return Qt::DashDotDotLine;
        case NeuronType::izhikevich: return Qt::DashLine;
    }
    return Qt::SolidLine;
}

/// Further groups of a neuron: lighter and darker.
QColor shaded(const QColor& colour, int shade, bool dark) {
    if (shade == 0) return colour;
    const int factor = 100 + 22 * ((shade + 1) / 2);
    return (shade % 2 == 1) == dark ? colour.lighter(factor) : colour.darker(factor);
}

/// Fewer letters than these are not worth the dots.
constexpr qsizetype leastSaved = 6;

/// Where the words end that all names begin with: settings are kept whole, ids are cut between their parts.
qsizetype commonWords(const QStringList& names) {
    qsizetype common = names.constFirst().size();
    for (const QString& name : names) {
        const auto [mine, theirs] =
            std::mismatch(name.begin(), name.end(), names.constFirst().begin(), names.constFirst().end());
        common = std::min(common, static_cast<qsizetype>(mine - name.begin()));
    }
    const QStringView shared = QStringView(names.constFirst()).left(common);
    if (const qsizetype comma = shared.lastIndexOf(QLatin1String(", ")); comma >= 0) return comma + 2;
    return 1 + std::max({shared.lastIndexOf(QLatin1Char('-')), shared.lastIndexOf(QLatin1Char('_')),
                         shared.lastIndexOf(QLatin1Char(' '))});
}

}  // namespace

QStringList briefNames(const QStringList& names) {
    if (names.size() < 2) return names;
    const qsizetype common = commonWords(names);
    const bool anyEnds =
        std::any_of(names.begin(), names.end(), [&](const QString& name) { return name.size() <= common; });
    if (common < leastSaved || anyEnds) return names;
    QStringList brief;
    for (const QString& name : names) brief << QStringLiteral("…") + name.mid(common);
    return brief;
}

CurveLook CurveLooks::lookOf(const RunComparison& comparison, qsizetype place, bool dark) const {
    const ComparedGroup& group = comparison.groups[static_cast<size_t>(place)];
    const bool oneNeuron = std::all_of(comparison.groups.begin(), comparison.groups.end(),
                                       [&](const ComparedGroup& other) { return other.neuron == group.neuron; });
    CurveLook look;
    look.name = group.label;
    look.line = lineOf(group.neuron);
    look.marker = group.shade;
    if (oneNeuron && comparison.groups.size() > 1) {
        static constexpr Qt::PenStyle lines[] = {Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};
        look.colour = selectionColour(static_cast<int>(place), dark);
        look.line = lines[place % 4];
    } else {
        look.colour = shaded(neuronColour(group.neuron, dark), group.shade, dark);
    }
    const auto own = m_own.constFind(group.key);
    if (own == m_own.constEnd()) return look;
    if (!own->name.isEmpty()) look.name = own->name;
    if (own->colour.isValid()) look.colour = own->colour;
    if (own->line) look.line = *own->line;
    look.hidden = own->hidden;
    return look;
}

void CurveLooks::setName(const QString& key, const QString& name) {
    m_own[key].name = name.simplified();
    Q_EMIT changed();
}

void CurveLooks::setColour(const QString& key, const QColor& colour) {
    m_own[key].colour = colour;
    Q_EMIT changed();
}

void CurveLooks::setLine(const QString& key, Qt::PenStyle line) {
    m_own[key].line = line;
    Q_EMIT changed();
}

void CurveLooks::setHidden(const QString& key, bool hidden) {
    m_own[key].hidden = hidden;
    Q_EMIT changed();
}

void CurveLooks::reset(const QString& key) {
    if (m_own.remove(key) > 0) Q_EMIT changed();
}

QVariantMap CurveLooks::state() const {
    QVariantMap state;
    for (auto own = m_own.constBegin(); own != m_own.constEnd(); ++own)
        state.insert(own.key(), QVariantList{own->name, own->colour.isValid() ? own->colour.name() : QString(),
                                             own->line ? static_cast<int>(*own->line) : 0, own->hidden});
    return state;
}

void CurveLooks::restore(const QVariantMap& state) {
    m_own.clear();
    for (auto entry = state.constBegin(); entry != state.constEnd(); ++entry) {
        const QVariantList values = entry->toList();
        if (values.size() != 4) continue;
        Own own;
        own.name = values[0].toString();
        if (const QString colour = values[1].toString(); !colour.isEmpty()) own.colour = QColor(colour);
        const int line = values[2].toInt();
        if (line >= Qt::SolidLine && line <= Qt::DashDotDotLine) own.line = static_cast<Qt::PenStyle>(line);
        own.hidden = values[3].toBool();
        m_own.insert(entry.key(), own);
    }
    Q_EMIT changed();
}

}  // namespace resonate::app
