// app/panels/epoch_slider.cpp: see epoch_slider.h.
#include "panels/epoch_slider.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace resonate::app {
namespace {

constexpr double margin = 9;      ///< room for half a handle
constexpr double handle = 6.5;    ///< radius
constexpr double tickHeight = 4;  ///< above and below the groove
/// Pixels between two ticks: of more epochs only every n-th has one.
constexpr double tickRoom = 4;
constexpr double noteReach = 6;  ///< pixels from which a mark's words show
constexpr int pageShare = 10;    ///< Page up and down move by that part of the epochs

}  // namespace

EpochSlider::EpochSlider(QWidget* parent) : QAbstractSlider(parent) {
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Epoch"));
    setEpochs({});
    connect(this, &QAbstractSlider::valueChanged, this, &EpochSlider::describe);
}

void EpochSlider::setEpochs(const QList<int>& epochs) {
    const int shown = epoch();
    m_epochs = epochs;
    const QSignalBlocker quiet(this);
    setRange(0, std::max(0, static_cast<int>(epochs.size()) - 1));
    setPageStep(std::max(1, static_cast<int>(epochs.size()) / pageShare));
    setEnabled(!epochs.isEmpty());
    if (shown >= 0) setValue(indexNear(shown));
    describe();
    update();
}

void EpochSlider::setEpoch(int epoch) { setValue(indexNear(epoch)); }

void EpochSlider::setBest(int epoch) {
    m_best = epoch;
    update();
}

void EpochSlider::setReading(int epoch, const QString& words) { m_readings[epoch] = words; }

void EpochSlider::addNote(int epoch, const QString& words) {
    m_notes[epoch].append(words);
    update();
}

void EpochSlider::forget() {
    m_best = -1;
    m_readings.clear();
    m_notes.clear();
    update();
}

void EpochSlider::setFollowing(bool following) {
    m_following = following;
    describe();
    update();
}

int EpochSlider::indexNear(int epoch) const {
    const auto after = std::lower_bound(m_epochs.begin(), m_epochs.end(), epoch);
    if (after == m_epochs.end()) return std::max(0, static_cast<int>(m_epochs.size()) - 1);
    if (after == m_epochs.begin() || epoch - *(after - 1) > *after - epoch || *after == epoch)
        return static_cast<int>(after - m_epochs.begin());
    return static_cast<int>(after - m_epochs.begin()) - 1;
}

double EpochSlider::xOf(int epoch) const {
    const int first = m_epochs.isEmpty() ? 0 : m_epochs.constFirst();
    const int last = m_epochs.isEmpty() ? 0 : m_epochs.constLast();
    if (last == first) return margin;
    return margin + (epoch - first) * (width() - 2 * margin) / (last - first);
}

void EpochSlider::describe() {
    setAccessibleDescription(m_epochs.isEmpty() ? tr("no epoch is recorded")
                             : m_following      ? tr("the views follow the training")
                                                : tr("epoch %1").arg(epoch()));
}

void EpochSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0;
    const QPalette::ColorGroup group = isEnabled() ? QPalette::Active : QPalette::Disabled;
    const QColor accent = palette().color(group, QPalette::Highlight);
    QColor faint = palette().color(group, QPalette::WindowText);
    faint.setAlphaF(isEnabled() ? 0.45F : 0.25F);
    painter.setPen(QPen(faint, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(margin, middle), QPointF(width() - margin, middle));
    if (m_epochs.isEmpty()) return;

    painter.setPen(QPen(faint, 1));
    double last = -tickRoom;
    for (const int epoch : m_epochs) {
        const double x = xOf(epoch);
        if (x - last < tickRoom) continue;
        last = x;
        painter.drawLine(QPointF(x, middle - tickHeight), QPointF(x, middle + tickHeight));
    }
    if (!m_following) {
        painter.setPen(QPen(accent, 3, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(margin, middle), QPointF(xOf(epoch()), middle));
    }
    if (m_best >= m_epochs.constFirst() && m_best <= m_epochs.constLast()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(group, QPalette::WindowText));
        painter.drawEllipse(QPointF(xOf(m_best), middle - tickHeight - 4), 2.2, 2.2);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(group, QPalette::WindowText));
    for (const int noted : m_notes.keys()) {
        const QPointF tip(std::clamp(xOf(noted), margin, width() - margin), middle + tickHeight + 2);
        painter.drawPolygon(QPolygonF{tip, tip + QPointF(-3.5, 5.5), tip + QPointF(3.5, 5.5)});
    }
    const QPointF centre(xOf(m_following ? m_epochs.constLast() : epoch()), middle);
    if (hasFocus()) {
        QColor ring = accent;
        ring.setAlphaF(0.35F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ring);
        painter.drawEllipse(centre, handle + 3, handle + 3);
    }
    painter.setPen(QPen(accent, 2));
    painter.setBrush(m_following ? palette().color(QPalette::Window) : accent);
    painter.drawEllipse(centre, handle, handle);
}

int EpochSlider::epochAt(double x) const {
    const int first = m_epochs.constFirst();
    const int last = m_epochs.constLast();
    const double share = std::clamp((x - margin) / std::max(1.0, width() - 2 * margin), 0.0, 1.0);
    return first + static_cast<int>(std::lround(share * (last - first)));
}

void EpochSlider::moveTo(double x) {
    if (m_epochs.isEmpty()) return;
    setEpoch(epochAt(x));
    Q_EMIT moved();
}

void EpochSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    setSliderDown(true);
    moveTo(event->position().x());
}

void EpochSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) moveTo(event->position().x());
}

void EpochSlider::mouseReleaseEvent(QMouseEvent*) { setSliderDown(false); }

void EpochSlider::wheelEvent(QWheelEvent* event) {
    setValue(value() + (event->angleDelta().y() > 0 ? 1 : -1));
    Q_EMIT moved();
    event->accept();
}

void EpochSlider::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space) return Q_EMIT playRequested();
    QAbstractSlider::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: Q_EMIT moved(); break;
        default: break;
    }
}

QString EpochSlider::tipAt(double x) const {
    if (m_epochs.isEmpty()) return tr("No epoch is recorded.");
    const int at = m_epochs.at(indexNear(epochAt(x)));
    QStringList lines{m_readings.contains(at) ? tr("epoch %1: %2").arg(at).arg(m_readings.value(at))
                                              : tr("epoch %1").arg(at)};
    if (at == m_best) lines.append(tr("the best one"));
    for (auto note = m_notes.begin(); note != m_notes.end(); ++note)
        if (std::abs(xOf(note.key()) - x) < noteReach) lines += note.value();
    return lines.join(QLatin1Char('\n'));
}

bool EpochSlider::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos().x()), this);
        return true;
    }
    return QAbstractSlider::event(event);
}

}  // namespace resonate::app
