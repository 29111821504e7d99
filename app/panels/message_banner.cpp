// app/panels/message_banner.cpp: see message_banner.h.
#include "panels/message_banner.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QGraphicsOpacityEffect>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPropertyAnimation>
#include <QShortcut>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "style/icons.h"
#include "style/theme.h"

namespace resonate::app {
namespace {

/// Between the message and the sides of its area, pixels.
constexpr int margin = 12;
/// And its right side, where the buttons of the view below stay free: export and close.
constexpr int rightMargin = 64;
/// And its top: there are tabs and titles of views, as high as a message of two lines.
constexpr int topMargin = 2;
/// A first line longer than this goes on under "Details".
constexpr qsizetype longestLine = 600;
/// Waiting messages; older ones are in the list of messages only.
constexpr qsizetype mostMessages = 100;
constexpr int leastReading = 7000;    // ms
constexpr int readingPerLetter = 45;  // ms
constexpr int fadeMilliseconds = 300;

}  // namespace

MessageBanner::MessageBanner(QWidget* parent)
    : QFrame(parent),
      m_label(new QLabel(this)),
      m_sign(new QLabel(this)),
      m_place(new QLabel(this)),
      m_newer(new QToolButton(this)),
      m_older(new QToolButton(this)),
      m_offer(new QToolButton(this)),
      m_details(new QToolButton(this)),
      m_more(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("messages"));
    build();
    // Wherever the focus is, while there is a message.
    auto* escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    connect(escape, &QShortcut::activated, this, &MessageBanner::dismiss);
    m_reading.setSingleShot(true);
    connect(&m_reading, &QTimer::timeout, this, [this] {
        const bool held = underMouse() || (QApplication::focusWidget() && isAncestorOf(QApplication::focusWidget()));
        if (held || !isActiveWindow())
            awaitReading();
        else
            fadeOut();
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* before, QWidget* now) {
        if (now && isAncestorOf(now) && before && !isAncestorOf(before)) m_focusBefore = before;
    });
    if (parent) parent->installEventFilter(this);
    hide();
}

void MessageBanner::build() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    auto* row = new QHBoxLayout;
    layout->addLayout(row);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(m_label, 1);
    const auto equip = [row](QToolButton* button, const QString& text, const QString& meaning) {
        button->setText(text);
        button->setToolTip(meaning);
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button, 0, Qt::AlignTop);
    };
    equip(m_older, QStringLiteral("‹"), tr("Older message"));
    m_older->setAccessibleName(tr("Older message"));
    row->addWidget(m_place, 0, Qt::AlignTop);
    equip(m_newer, QStringLiteral("›"), tr("Newer message"));
    m_newer->setAccessibleName(tr("Newer message"));
    equip(m_offer, QString(), QString());
    m_offer->setObjectName(QStringLiteral("offer"));
    connect(m_offer, &QToolButton::clicked, this, [this] {
        const QPointer<QAction> offered = m_shown.offered;
        dismiss();
        if (offered) offered->trigger();
    });
    equip(m_details, tr("Details"), tr("The whole message"));
    m_details->setCheckable(true);
    auto* copy = new QToolButton;
    equip(copy, tr("Copy"), tr("Copy the whole message"));
    auto* dismiss = new QToolButton;
    equip(dismiss, tr("Dismiss"), tr("Dismiss this message (Esc). Help → Messages lists all."));
    dismiss->setObjectName(QStringLiteral("dismiss"));
    m_place->setMinimumHeight(dismiss->sizeHint().height());
    m_sign->setMinimumHeight(dismiss->sizeHint().height());
    m_more->setReadOnly(true);
    m_more->setAccessibleName(tr("Details"));
    m_more->setTabChangesFocus(true);
    m_more->setMaximumHeight(8 * fontMetrics().lineSpacing());
    m_more->hide();
    layout->addWidget(m_more);
    connect(m_details, &QToolButton::toggled, this, [this](bool shown) {
        m_more->setVisible(shown);
        place();
    });
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_shown.text); });
    connect(dismiss, &QToolButton::clicked, this, &MessageBanner::dismiss);
    connect(m_older, &QToolButton::clicked, this, [this] { goTo(m_at - 1); });
    connect(m_newer, &QToolButton::clicked, this, [this] { goTo(m_at + 1); });
}

void MessageBanner::setArea(const std::function<QRect()>& area) {
    m_area = area;
    place();
}

void MessageBanner::showMessage(Kind kind, const QString& text, QAction* offered) {
    m_messages.removeIf([&](const Message& message) { return message.kind == kind && message.text == text; });
    m_messages.append({kind, text, offered});
    if (m_messages.size() > mostMessages) m_messages.removeFirst();
    if (offered) connect(offered, &QAction::triggered, this, &MessageBanner::forgetSender, Qt::UniqueConnection);
    goTo(m_messages.size() - 1);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBanner::goTo(qsizetype at) {
    m_at = std::clamp<qsizetype>(at, 0, m_messages.size() - 1);
    m_shown = m_messages[m_at];
    refresh();
    stopFading();
    show();
    raise();
    place();
    awaitReading();
}

void MessageBanner::refresh() {
    const qsizetype end = m_shown.text.indexOf(QLatin1Char('\n'));
    QString line = end < 0 ? m_shown.text : m_shown.text.left(end);
    const bool cut = line.size() > longestLine;
    if (cut) line = line.left(longestLine - 20) + QStringLiteral(" …");
    m_label->setText(line);
    m_label->setAccessibleName(m_shown.kind == Kind::Error ? tr("Error") : tr("Message"));
    m_details->setVisible(end >= 0 || cut);
    m_offer->setVisible(!m_shown.offered.isNull());
    if (m_shown.offered) {
        m_offer->setText(m_shown.offered->iconText());
        m_offer->setToolTip(m_shown.offered->toolTip());
    }
    m_details->setChecked(false);
    m_more->setPlainText(m_shown.text);
    m_place->setText(tr("%1 of %2").arg(m_at + 1).arg(m_messages.size()));
    for (QWidget* part : std::initializer_list<QWidget*>{m_older, m_place, m_newer})
        part->setVisible(m_messages.size() > 1);
    m_older->setEnabled(m_at > 0);
    m_newer->setEnabled(m_at + 1 < m_messages.size());
    setAccessibleName(m_shown.kind == Kind::Error ? tr("Error") : tr("Message"));
    setAccessibleDescription(m_shown.text);
    restyle();
}

void MessageBanner::awaitReading() {
    m_reading.stop();
    if (m_shown.kind == Kind::Error) return;
    const auto letters = static_cast<int>(std::min(m_shown.text.size(), longestLine));
    m_reading.start(m_noticeTime > 0 ? m_noticeTime : leastReading + letters * readingPerLetter);
}

void MessageBanner::fadeOut() {
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0) return remove();
    m_opacity = new QGraphicsOpacityEffect(this);
    setGraphicsEffect(m_opacity);
    m_fade = new QPropertyAnimation(m_opacity, "opacity", this);
    m_fade->setDuration(fadeMilliseconds);
    m_fade->setStartValue(1.0);
    m_fade->setEndValue(0.0);
    connect(m_fade, &QPropertyAnimation::finished, this, &MessageBanner::remove);
    m_fade->start();
}

void MessageBanner::stopFading() {
    if (!m_fade) return;
    m_fade->disconnect(this);
    m_fade->stop();
    m_fade->deleteLater();
    m_fade = nullptr;
    setGraphicsEffect(nullptr);  // deletes it
    m_opacity = nullptr;
}

void MessageBanner::dismiss() { remove(); }

/// The message in front; what waits takes its place.
void MessageBanner::remove() {
    if (m_messages.isEmpty()) return;
    const QWidget* focus = QApplication::focusWidget();
    const bool hadFocus = focus && isAncestorOf(focus);
    m_messages.removeAt(m_at);
    if (!m_messages.isEmpty()) return goTo(m_at == 0 ? 0 : m_at - 1);
    m_at = -1;
    m_reading.stop();
    stopFading();
    hide();
    if (hadFocus && m_focusBefore) m_focusBefore->setFocus();
}

void MessageBanner::forgetSender() {
    const QObject* action = sender();
    for (qsizetype i = m_messages.size() - 1; i >= 0; --i) {
        if (m_messages[i].offered != action) continue;
        m_at = i;
        remove();
    }
}

void MessageBanner::dismissAll() {
    m_messages.clear();
    m_at = -1;
    m_reading.stop();
    stopFading();
    hide();
}

/// Not wider than lines are good to read.
void MessageBanner::place() {
    if (!parentWidget() || isHidden()) return;
    QRect area = m_area ? m_area() : parentWidget()->rect();
    if (!area.isValid()) area = parentWidget()->rect();
    const int widest = 100 * fontMetrics().averageCharWidth() + 260;
    const int width = std::max(200, std::min(widest, area.width() - margin - rightMargin));
    layout()->invalidate();
    const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
    const int height = std::min(wanted, std::max(40, area.height() - 2 * margin));
    setGeometry(area.right() - rightMargin - width, area.top() + topMargin, width, height);
}

void MessageBanner::restyle() {
    const bool error = m_shown.kind == Kind::Error;
    QPalette palette = QGuiApplication::palette();
    palette.setColor(QPalette::Window, messageColour(error, isDark(palette)));
    setPalette(palette);
    m_sign->setVisible(error);
    const int size = 2 * fontMetrics().height() / 2;
    m_sign->setPixmap(themedIcon(QStringLiteral("warning"), palette.color(QPalette::WindowText))
                          .pixmap(QSize(size, size), devicePixelRatioF()));
}

void MessageBanner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor edge = palette().color(QPalette::WindowText);
    edge.setAlphaF(0.35F);
    painter.setPen(edge);
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

bool MessageBanner::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) place();
    return QFrame::event(event);
}

bool MessageBanner::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) place();
    return QFrame::eventFilter(watched, event);
}

void MessageBanner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ApplicationPaletteChange) restyle();
    if (event->type() == QEvent::FontChange) {
        m_more->setMaximumHeight(8 * fontMetrics().lineSpacing());
        place();
    }
    QFrame::changeEvent(event);
}

}  // namespace resonate::app
