// app/models/view_link.cpp: see view_link.h.
#include "models/view_link.h"

#include <algorithm>

namespace resonate::app {

void ViewLink::setCursor(int step) {
    if (step == m_cursor) return;
    m_cursor = step;
    Q_EMIT cursorChanged(step);
}

void ViewLink::setSelection(const QList<int>& neurons) {
    QList<int> kept;
    for (const int neuron : neurons)
        if (!kept.contains(neuron) && kept.size() < maxSelected) kept.append(neuron);
    if (kept == m_selection) return;
    m_selection = kept;
    Q_EMIT selectionChanged(m_selection);
}

QList<int> ViewLink::shown() const {
    QList<int> shown;
    for (const int neuron : m_selection)
        if (neuron < m_suggestion.neurons) shown.append(neuron);
    return shown.isEmpty() ? m_suggestion.chosen : shown;
}

void ViewLink::toggle(int neuron) {
    QList<int> neurons = m_selection;
    if (!neurons.removeOne(neuron)) neurons.append(neuron);
    setSelection(neurons);
}

void ViewLink::walk(const std::vector<int>& order, int move, bool adding) {
    if (order.empty()) return;
    const auto last =
        m_selection.isEmpty() ? order.end() : std::find(order.begin(), order.end(), m_selection.constLast());
    const std::ptrdiff_t from = last == order.end() ? -1 : last - order.begin();
    std::ptrdiff_t to = std::clamp<std::ptrdiff_t>(from + move, 0, std::ssize(order) - 1);
    if (!adding) return setSelection({order[static_cast<size_t>(to)]});
    while (m_selection.contains(order[static_cast<size_t>(to)])) {
        to += move;
        if (to < 0 || to >= std::ssize(order)) return;
    }
    toggle(order[static_cast<size_t>(to)]);
}

}  // namespace resonate::app
