// app/panels/probe_picker.h: which test sequence the live views show: by its number, by its class, or the worst one.
#pragma once

#include <QStringList>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

class QComboBox;
class QSpinBox;
class QToolButton;

namespace resonate::app {

class ElidedLabel;

class ProbePicker : public QWidget {
    Q_OBJECT

 public:
    explicit ProbePicker(QWidget* parent = nullptr);

    /// Test sequences of the set; 0 where that is not known yet.
    void setCount(std::int64_t count);
    /// Empty where each step has its own class: then there is nothing to choose by.
    void setClasses(const QStringList& names);
    void setSample(int sample);
    int sample() const;
    void setFollowsWorst(bool follows);
    /// Previous and next go from one of these to another, ascending; nothing: from any to any.
    void setPlaces(const std::optional<std::vector<std::int64_t>>& places);
    /// Of a past run "Worst" looks once, at the epoch that shows. `any`: are there epochs to look at?
    void setPast(bool past, bool any);
    /// While the samples of a class are looked for.
    void setBusy(bool busy);
    /// What the views show now and how well the network does on it.
    void setFacts(const QString& words, const QString& brief, const QString& whole);
    QString facts() const;
    /// -1: any.
    int chosenClass() const;

    QSpinBox* spin() const { return m_sample; }
    QComboBox* classBox() const { return m_classes; }
    QToolButton* previousButton() const { return m_previous; }
    QToolButton* nextButton() const { return m_next; }
    QToolButton* worstButton() const { return m_worst; }

 Q_SIGNALS:
    void sampleChosen(int sample);
    void worstChosen(bool follow);
    /// -1: any.
    void classChosen(int label);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void step(int direction);
    /// The next place in that direction, or -1.
    std::int64_t placeFrom(int direction) const;
    void refresh();
    void recolour();

    QToolButton* m_previous;
    QSpinBox* m_sample;
    QToolButton* m_next;
    QComboBox* m_classes;
    QToolButton* m_worst;
    ElidedLabel* m_facts;
    std::int64_t m_count = 0;
    std::optional<std::vector<std::int64_t>> m_places;
};

}  // namespace resonate::app
