// app/models/curve_looks.cpp: see curve_looks.h.
#include "models/curve_looks.h"

#include <QSet>
#include <algorithm>
#include <utility>

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

/// Which colour of the selection is much like that of the neuron.
int selectionPlaceOf(NeuronType neuron) {
    switch (neuron) {
        case NeuronType::brf: return 0;
        case NeuronType::rf: return 1;
        case NeuronType::hrf: return 2;
        case NeuronType::lif: return 3;
        case NeuronType::alif: return 4;
        case NeuronType::izhikevich: return 5;
    }
    return 0;
}

bool differInNeuron(const RunComparison& comparison) {
    return std::any_of(comparison.groups.begin(), comparison.groups.end(),
                       [&](const ComparedGroup& group) { return group.neuron != comparison.groups.front().neuron; });
}

int firstFree(const QSet<int>& taken) {
    int free = 0;
    while (taken.contains(free)) ++free;
    return free;
}

/// The colour of the neuron itself for the first, then those of the selection that are not it again.
QColor apart(NeuronType neuron, int slot, bool dark) {
    if (slot == 0) return neuronColour(neuron, dark);
    const int own = selectionPlaceOf(neuron);
    return selectionColour(slot - 1 < own ? slot - 1 : slot, dark);
}

}  // namespace

void CurveLooks::take(const RunComparison& comparison) {
    QHash<QString, Place> kept;
    for (const ComparedGroup& group : comparison.groups)
        if (const auto known = m_places.constFind(group.key); known != m_places.constEnd()) kept[group.key] = *known;
    m_places = kept;
    m_byNeuron = differInNeuron(comparison) || (m_byNeuron && !kept.isEmpty());
    for (const ComparedGroup& group : comparison.groups) {
        if (m_places.contains(group.key)) continue;
        QSet<int> places, shades;
        for (const Place& other : std::as_const(m_places)) {
            places.insert(other.slot);
            if (other.neuron == group.neuron) shades.insert(other.shade);
        }
        m_places.insert(group.key, {firstFree(places), firstFree(shades), group.neuron});
    }
}

CurveLook CurveLooks::lookOf(const RunComparison& comparison, qsizetype at, bool dark) const {
    const ComparedGroup& group = comparison.groups[static_cast<size_t>(at)];
    const Place place = m_places.value(group.key, {static_cast<int>(at), group.shade, group.neuron});
    CurveLook look;
    look.name = group.label;
    look.line = lineOf(group.neuron);
    look.marker = place.shade;
    if (m_byNeuron || differInNeuron(comparison)) {
        look.colour = shaded(neuronColour(group.neuron, dark), place.shade, dark);
    } else {
        static constexpr Qt::PenStyle lines[] = {Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};
        look.colour = apart(group.neuron, place.slot, dark);
        if (comparison.groups.size() > 1 || place.slot > 0) look.line = lines[place.slot % 4];
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
