// app/frame/tour.cpp: see tour.h.
#include "frame/tour.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "frame/callout.h"

namespace resonate::app {

Tour::Tour(QWidget* window, const QList<TourStep>& steps)
    : QObject(window),
      m_window(window),
      m_steps(steps),
      m_light(new Spotlight(window)),
      m_callout(new Callout(window)),
      m_title(new QLabel),
      m_text(new QLabel),
      m_count(new QLabel),
      m_skip(new QPushButton(tr("&Skip"))),
      m_back(new QPushButton(tr("&Back"))),
      m_next(new QPushButton(tr("&Next"))) {
    auto* column = new QVBoxLayout(m_callout);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    QFont large = m_title->font();
    large.setBold(true);
    m_title->setFont(large);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    column->addWidget(m_title);
    column->addWidget(m_text);
    auto* row = new QHBoxLayout;
    row->addWidget(m_count);
    row->addStretch(1);
    for (QPushButton* button : {m_skip, m_back, m_next}) {
        button->setAutoDefault(true);
        row->addWidget(button);
    }
    column->addLayout(row);
    connect(m_skip, &QPushButton::clicked, this, &Tour::end);
    connect(m_back, &QPushButton::clicked, this, &Tour::back);
    connect(m_next, &QPushButton::clicked, this, &Tour::next);
    m_callout->installEventFilter(this);
    m_callout->setFocusPolicy(Qt::NoFocus);
}

Tour::~Tour() = default;

void Tour::start(int step) {
    if (!isOn()) m_focusBefore = QApplication::focusWidget();
    show(std::clamp(step, 0, static_cast<int>(m_steps.size()) - 1));
}

void Tour::end() {
    if (!isOn()) return;
    m_at.reset();
    watch(nullptr);
    m_light->hide();
    m_callout->hide();
    if (m_focusBefore && m_focusBefore->isVisible()) m_focusBefore->setFocus();
    Q_EMIT ended();
}

void Tour::next() {
    if (!isOn()) return;
    const TourStep& step = m_steps[*m_at];
    if (step.actionText && !step.actionText().isEmpty()) step.action();
    if (*m_at + 1 == m_steps.size())
        end();
    else
        show(*m_at + 1);
}

void Tour::back() {
    if (isOn() && *m_at > 0) show(*m_at - 1);
}

void Tour::show(int at) {
    m_at = at;
    const TourStep& step = m_steps[at];
    if (step.prepare) step.prepare();
    m_title->setText(step.title);
    m_text->setText(step.text());
    m_count->setText(tr("%1 of %2").arg(at + 1).arg(m_steps.size()));
    m_back->setEnabled(at > 0);
    m_skip->setVisible(at + 1 < m_steps.size());
    refresh();
    m_callout->setAccessibleName(tr("Tour, step %1 of %2: %3").arg(at + 1).arg(m_steps.size()).arg(step.title));
    m_callout->setAccessibleDescription(QString(step.text()).remove(QRegularExpression(QStringLiteral("<[^>]*>"))));
    m_light->show();
    m_callout->show();
    m_window->activateWindow();
    m_next->setFocus(Qt::OtherFocusReason);
    place();
    // Docks that were brought back have their places only when the event loop has turned.
    QTimer::singleShot(0, this, &Tour::place);
}

void Tour::refresh() {
    if (!isOn()) return;
    const TourStep& step = m_steps[*m_at];
    const QString action = step.actionText ? step.actionText() : QString();
    const bool last = *m_at + 1 == m_steps.size();
    m_next->setText(!action.isEmpty() ? action : last ? tr("&Done") : tr("&Next"));
    m_text->setText(step.text());
    place();
}

void Tour::place() {
    if (!isOn() || m_placing) return;
    m_placing = true;
    QWidget* target = m_steps[*m_at].target();
    watch(target);
    QRect lit;
    if (target && target->isVisible() && target->window() == m_window)
        lit = QRect(target->mapTo(m_window, QPoint()), target->size()).adjusted(-2, -2, 2, 2);
    else
        lit = QRect(m_window->rect().center(), QSize(1, 1));
    m_light->setLit(lit & m_window->rect());
    m_light->raise();
    m_callout->pointAt(lit);
    m_callout->raise();
    m_placing = false;
}

void Tour::watch(QWidget* target) {
    for (const QPointer<QWidget>& widget : m_watched)
        if (widget) widget->removeEventFilter(this);
    m_watched.clear();
    if (!isOn()) return;
    for (QWidget* widget = target ? target : m_window; widget; widget = widget->parentWidget()) {
        widget->installEventFilter(this);
        m_watched.append(widget);
        if (widget == m_window) break;
    }
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::KeyPress:
            if (watched == m_callout) {
                switch (static_cast<QKeyEvent*>(event)->key()) {
                    case Qt::Key_Escape: end(); return true;
                    case Qt::Key_Right: next(); return true;
                    case Qt::Key_Left: back(); return true;
                    default: break;
                }
            }
            break;
        case QEvent::FontChange:
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::Show:
        case QEvent::Hide:
            if (watched != m_callout) QTimer::singleShot(0, this, &Tour::place);
            break;
        default: break;
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace resonate::app
