// app/frame/status_facts.cpp: see status_facts.h.
#include "frame/status_facts.h"

#include <QEvent>
#include <QLabel>
#include <algorithm>

#include "frame/machine.h"
#include "resonate/machine.h"

namespace resonate::app {
namespace {

constexpr int betweenReadings = 2000;  // ms

/// Digits change all the time, and the bar is not to move with them.
int steadyWidth(const QLabel* label) {
    QString text = label->text();
    for (QChar& letter : text)
        if (letter.isDigit()) letter = QLatin1Char('0');
    return std::max(label->sizeHint().width(), label->fontMetrics().horizontalAdvance(text));
}

QString memoryText(qint64 bytes) {
    const double mega = static_cast<double>(bytes) / 1e6;
    return mega < 1000 ? StatusFacts::tr("memory %L1 MB").arg(mega, 0, 'f', 0)
                       : StatusFacts::tr("memory %L1 GB").arg(mega / 1000, 0, 'f', 1);
}

}  // namespace

StatusFacts::StatusFacts(int threads, QWidget* parent)
    : QWidget(parent), m_threads(new QLabel(this)), m_device(new QLabel(this)), m_memory(new QLabel(this)) {
    setObjectName(QStringLiteral("statusFacts"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_threads->setToolTip(
        tr("Threads that train: one for each physical core, or as many as the option --threads says"));
    m_device->setToolTip(tr("Networks are computed on the processor, %1, with its instruction set %2")
                             .arg(processorName(), instructionSetText(instruction_set())));
    m_memory->setToolTip(tr("Memory that this program takes at present: data sets, networks, recorded epochs"));
    setThreads(threads > 0 ? threads : physical_cores());
    tell(m_device, tr("Device"), tr("CPU · %1").arg(instructionSetText(instruction_set())));
    readMemory();
    m_clock.setInterval(betweenReadings);
    connect(&m_clock, &QTimer::timeout, this, &StatusFacts::readMemory);
}

void StatusFacts::setThreads(int threads) {
    tell(m_threads, tr("Threads"), threads == 1 ? tr("1 thread") : tr("%1 threads").arg(threads));
}

void StatusFacts::readMemory() {
    if (const qint64 bytes = residentMemory(); bytes > 0) tell(m_memory, tr("Memory"), memoryText(bytes));
}

void StatusFacts::tell(QLabel* label, const QString& name, const QString& text) {
    if (label->text() == text) return;
    const int before = steadyWidth(label);
    label->setText(text);
    label->setAccessibleName(tr("%1: %2").arg(name, text));
    if (steadyWidth(label) == before) return;
    updateGeometry();
    place();
}

int StatusFacts::gap() const { return 2 * fontMetrics().averageCharWidth(); }

int StatusFacts::widthOf(const QList<QLabel*>& labels) const {
    int width = 0;
    for (const QLabel* label : labels)
        if (!label->text().isEmpty()) width += steadyWidth(label) + gap();
    return width;
}

QSize StatusFacts::sizeHint() const { return {widthOf({m_threads, m_device, m_memory}), minimumSizeHint().height()}; }

QSize StatusFacts::minimumSizeHint() const { return {0, m_threads->sizeHint().height()}; }

void StatusFacts::place() {
    QList<QLabel*> shown{m_threads, m_device, m_memory};
    for (QLabel* leaves : {m_device, m_threads, m_memory})
        if (widthOf(shown) > width()) shown.removeOne(leaves);
    int left = 0;
    for (QLabel* label : {m_threads, m_device, m_memory}) {
        label->setVisible(shown.contains(label) && !label->text().isEmpty());
        if (label->isHidden()) continue;
        label->setGeometry(left, 0, steadyWidth(label), height());
        left += label->width() + gap();
    }
}

void StatusFacts::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

void StatusFacts::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    readMemory();
    m_clock.start();
}

void StatusFacts::hideEvent(QHideEvent* event) {
    m_clock.stop();
    QWidget::hideEvent(event);
}

void StatusFacts::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
    updateGeometry();
    place();
}

}  // namespace resonate::app
