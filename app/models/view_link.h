// app/models/view_link.h: what all live views share: one time cursor, one selection of neurons.
#pragma once

#include <QList>
#include <QObject>
#include <vector>

namespace resonate::app {

/// Neurons that are drawn one by one while the user has selected none.
struct NeuronSuggestion {
    int neurons = 0;        ///< of the network they are of
    QList<int> chosen;      ///< kept while the network stays, so that nothing jumps
    bool bySpikes = false;  ///< some neuron spiked when they were chosen
};

class ViewLink : public QObject {
    Q_OBJECT

 public:
    static constexpr int maxSelected = 8;

    using QObject::QObject;

    /// Time step under the cursor, or -1.
    int cursor() const { return m_cursor; }
    const QList<int>& selection() const { return m_selection; }

    const NeuronSuggestion& suggestion() const { return m_suggestion; }
    void suggest(const NeuronSuggestion& suggestion) { m_suggestion = suggestion; }
    /// The neurons drawn one by one: those selected that the network has, in the order of the selection; else those
    /// suggested.
    QList<int> shown() const;

    void setCursor(int step);
    /// Keeps the order, drops repetitions and what is beyond maxSelected.
    void setSelection(const QList<int>& neurons);
    /// Adds the neuron, or takes it away where it is selected already.
    void toggle(int neuron);
    /// To the neuron after (`move` 1) or before (−1) the one selected last, in that order. `adding`: the next one that
    /// is not selected joins those that are.
    void walk(const std::vector<int>& order, int move, bool adding);

 Q_SIGNALS:
    void cursorChanged(int step);
    void selectionChanged(const QList<int>& neurons);

 private:
    int m_cursor = -1;
    QList<int> m_selection;
    NeuronSuggestion m_suggestion;
};

}  // namespace resonate::app
