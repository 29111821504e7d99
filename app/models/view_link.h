// app/models/view_link.h: what all live views share: one time cursor and one selection of neurons.
#pragma once

#include <QList>
#include <QObject>

namespace resonate::app {

class ViewLink : public QObject {
    Q_OBJECT

 public:
    static constexpr int maxSelected = 8;

    using QObject::QObject;

    /// Time step under the cursor, or -1.
    int cursor() const { return m_cursor; }
    const QList<int>& selection() const { return m_selection; }

    void setCursor(int step);
    /// Keeps the order, drops repetitions and what is beyond maxSelected.
    void setSelection(const QList<int>& neurons);
    /// Adds the neuron, or takes it away where it is selected already.
    void toggle(int neuron);

 Q_SIGNALS:
    void cursorChanged(int step);
    void selectionChanged(const QList<int>& neurons);

 private:
    int m_cursor = -1;
    QList<int> m_selection;
};

}  // namespace resonate::app
