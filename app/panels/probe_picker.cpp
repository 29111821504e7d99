// app/panels/probe_picker.cpp: see probe_picker.h.
#include "panels/probe_picker.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <limits>

#include "style/icons.h"
#include "views/elided_label.h"

namespace resonate::app {

ProbePicker::ProbePicker(QWidget* parent)
    : QWidget(parent),
      m_previous(new QToolButton),
      m_sample(new QSpinBox),
      m_next(new QToolButton),
      m_classes(new QComboBox),
      m_worst(new QToolButton),
      m_facts(new ElidedLabel) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    const auto prepare = [](QToolButton* button, const QString& meaning) {
        button->setAutoRaise(true);
        button->setIconSize({16, 16});
        button->setToolTip(meaning);
        button->setAccessibleName(meaning);
        button->setFocusPolicy(Qt::TabFocus);
    };
    prepare(m_previous, tr("Previous test sequence of the class"));
    prepare(m_next, tr("Next test sequence of the class"));
    m_sample->setPrefix(tr("sample "));
    m_sample->setAlignment(Qt::AlignRight);
    m_sample->setKeyboardTracking(false);
    m_sample->setAccessibleName(tr("Test sequence shown"));
    m_classes->setAccessibleName(tr("Class of the sequences to choose from"));
    m_classes->setToolTip(tr("Class of the sequences that the arrows go through"));
    m_classes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_classes->setMinimumContentsLength(8);
    m_worst->setText(tr("Worst"));
    m_worst->setCheckable(true);
    m_facts->setContentsMargins(6, 0, 2, 0);
    for (QWidget* part : std::initializer_list<QWidget*>{m_previous, m_sample, m_next, m_classes, m_worst})
        row->addWidget(part);
    row->addWidget(m_facts, 1);

    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_sample, &QSpinBox::valueChanged, this, [this](int sample) {
        refresh();
        Q_EMIT sampleChosen(sample);
    });
    connect(m_classes, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT classChosen(chosenClass()); });
    connect(m_worst, &QToolButton::clicked, this, &ProbePicker::worstChosen);
    setCount(0);
    setClasses({});
    setPast(false, false);
    recolour();
}

QString ProbePicker::facts() const { return m_facts->text(); }
int ProbePicker::sample() const { return m_sample->value(); }
int ProbePicker::chosenClass() const { return std::max(0, m_classes->currentIndex()) - 1; }

void ProbePicker::setCount(std::int64_t count) {
    m_count = count;
    const QSignalBlocker quiet(m_sample);
    m_sample->setRange(0, count > 0 ? static_cast<int>(count - 1) : std::numeric_limits<int>::max());
    m_sample->setToolTip(count > 0
                             ? tr("Number of the test sequence that the live views show, from 0 to %1").arg(count - 1)
                             : tr("Number of the test sequence that the live views show, from 0"));
    // As wide as its numbers need, and not as the largest there are.
    const QString widest = m_sample->prefix() + QString::number(count > 0 ? count - 1 : 99999);
    m_sample->setFixedWidth(m_sample->fontMetrics().horizontalAdvance(widest) + 40);
    refresh();
}

void ProbePicker::setClasses(const QStringList& names) {
    const QSignalBlocker quiet(m_classes);
    m_classes->clear();
    m_classes->addItem(tr("any class"));
    m_classes->addItems(names);
    m_classes->setVisible(names.size() > 1);
    setPlaces(std::nullopt);
}

void ProbePicker::setSample(int sample) {
    // Setting the value, even the same one, would take the number away that is being typed.
    const bool typing = m_sample->hasFocus() && m_sample->locale().toInt(m_sample->cleanText()) != m_sample->value();
    if (typing || sample == m_sample->value()) return;
    const QSignalBlocker quiet(m_sample);
    m_sample->setValue(sample);
    refresh();
}

void ProbePicker::setFollowsWorst(bool follows) { m_worst->setChecked(follows); }

void ProbePicker::setPast(bool past, bool any) {
    m_worst->setAccessibleName(past ? tr("Find worst") : tr("Follow worst"));
    m_worst->setToolTip(past ? tr("Find worst: show the test sequence with the largest loss at this epoch")
                             : tr("Follow worst: after every epoch, show the test sequence with the largest loss"));
    setEnabled(any || !past);
    setToolTip(isEnabled() ? QString()
                           : tr("This run recorded no epoch whose network could be given another sequence."));
}

void ProbePicker::setPlaces(const std::optional<std::vector<std::int64_t>>& places) {
    m_places = places;
    refresh();
}

void ProbePicker::setBusy(bool busy) {
    m_classes->setEnabled(!busy);
    m_classes->setToolTip(busy ? tr("Looking for the sequences of the class…")
                               : tr("Class of the sequences that the arrows go through"));
}

std::int64_t ProbePicker::placeFrom(int direction) const {
    const std::int64_t at = m_sample->value();
    if (!m_places) {
        const std::int64_t to = at + direction;
        return to >= 0 && to <= m_sample->maximum() ? to : -1;
    }
    const std::vector<std::int64_t>& places = *m_places;
    if (direction > 0) {
        const auto after = std::upper_bound(places.begin(), places.end(), at);
        return after == places.end() ? -1 : *after;
    }
    const auto from = std::lower_bound(places.begin(), places.end(), at);
    return from == places.begin() ? -1 : *(from - 1);
}

void ProbePicker::step(int direction) {
    if (const std::int64_t to = placeFrom(direction); to >= 0) m_sample->setValue(static_cast<int>(to));
}

void ProbePicker::refresh() {
    m_previous->setEnabled(placeFrom(-1) >= 0);
    m_next->setEnabled(placeFrom(1) >= 0);
}

void ProbePicker::setFacts(const QString& words, const QString& brief, const QString& whole) {
    m_facts->setText(words, brief);
    m_facts->setToolTip(whole);
    m_facts->setAccessibleDescription(whole);
}

void ProbePicker::recolour() {
    const QColor ink = palette().color(QPalette::ButtonText);
    m_previous->setIcon(themedIcon(QStringLiteral("previous"), ink));
    m_next->setIcon(themedIcon(QStringLiteral("next"), ink));
}

void ProbePicker::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) recolour();
    // The parts hear of it after the whole.
    if (event->type() == QEvent::FontChange)
        QMetaObject::invokeMethod(
            this, [this] { setCount(m_count); }, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
