// app/frame/focus_ring.cpp: see focus_ring.h.
#include "frame/focus_ring.h"

#include <QApplication>
#include <QDialog>
#include <QEvent>
#include <QPainter>

#include "views/curve_chart.h"
#include "views/epoch_view.h"
#include "views/painted_view.h"

namespace resonate::app {
namespace {

constexpr int thickness = 2;

bool isView(const QWidget* widget) {
    return qobject_cast<const PaintedView*>(widget) || qobject_cast<const EpochView*>(widget) ||
           qobject_cast<const CurveChart*>(widget);
}

}  // namespace

FocusRing::FocusRing(QWidget* window) : QWidget(window), m_window(window) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        // A dialog shows where the keys are from the start, not only after the first Tab.
        if (now && qobject_cast<QDialog*>(now->window()) && !now->window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
            now->window()->setAttribute(Qt::WA_KeyboardFocusChange);
            now->update();
        }
        // Menus and dialogs take the keys for a while: the view keeps its frame.
        if (now && now->window() != m_window && !isView(now)) return;
        if (now) follow(isView(now) ? now : nullptr);
    });
}

void FocusRing::follow(QWidget* target) {
    if (m_target) m_target->removeEventFilter(this);
    m_target = target;
    if (!target) {
        setParent(m_window);
        return hide();
    }
    target->installEventFilter(this);
    setParent(target);
    fit();
    show();
    raise();
}

/// Only the frame is a widget: what moves inside repaints nothing of it.
void FocusRing::fit() {
    if (!m_target) return;
    setGeometry(m_target->rect());
    const QRegion whole(rect());
    setMask(whole.subtracted(rect().adjusted(thickness, thickness, -thickness, -thickness)));
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_target && event->type() == QEvent::Resize) fit();
    // A page that takes the place of another one in the view comes to lie above.
    if (watched == m_target && event->type() == QEvent::LayoutRequest) raise();
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), palette().color(QPalette::Link)); }

}  // namespace resonate::app
