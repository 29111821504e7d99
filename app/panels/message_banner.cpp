// app/panels/message_banner.cpp: see message_banner.h.
#include "panels/message_banner.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "style/theme.h"

namespace resonate::app {

MessageBanner::MessageBanner(QWidget* parent)
    : QFrame(parent),
      m_label(new QLabel),
      m_offer(new QToolButton),
      m_details(new QToolButton),
      m_more(new QPlainTextEdit) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    auto* row = new QHBoxLayout;
    layout->addLayout(row);
    m_label->setWordWrap(true);
    m_label->installEventFilter(this);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(m_label, 1);
    m_details->setText(tr("Details"));
    m_details->setCheckable(true);
    auto* copy = new QToolButton;
    copy->setText(tr("Copy"));
    copy->setToolTip(tr("Copy the whole message"));
    auto* dismiss = new QToolButton;
    dismiss->setText(tr("Dismiss"));
    dismiss->setObjectName(QStringLiteral("dismiss"));
    m_offer->setObjectName(QStringLiteral("offer"));
    connect(m_offer, &QToolButton::clicked, this, &QWidget::hide);
    for (QToolButton* button : {m_offer, m_details, copy, dismiss}) row->addWidget(button);
    m_more->setReadOnly(true);
    m_more->setMaximumHeight(120);
    m_more->hide();
    layout->addWidget(m_more);
    connect(m_details, &QToolButton::toggled, m_more, &QWidget::setVisible);
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);
    setAutoFillBackground(true);
    setFrameShape(QFrame::NoFrame);
    hide();
}

void MessageBanner::showMessage(Kind kind, const QString& text, QAction* offered) {
    for (QAction* before : m_offer->actions()) m_offer->removeAction(before);
    if (offered) m_offer->setDefaultAction(offered);
    m_offer->setVisible(offered != nullptr);
    m_kind = kind;
    m_text = text;
    const qsizetype first = text.indexOf(QLatin1Char('\n'));
    m_label->setText(first < 0 ? text : text.left(first));
    m_details->setVisible(first >= 0);
    m_details->setChecked(false);
    m_more->setPlainText(text);
    setAccessibleName(kind == Kind::Error ? tr("Error") : tr("Message"));
    setAccessibleDescription(text);
    restyle();
    show();
    giveTextItsHeight();
}

/// A main window asks no widget how high it is for its width, and would cut off the second line.
void MessageBanner::giveTextItsHeight() {
    m_label->setMinimumHeight(std::max(0, m_label->heightForWidth(m_label->width())));
}

bool MessageBanner::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_label && event->type() == QEvent::Resize) giveTextItsHeight();
    return QFrame::eventFilter(watched, event);
}

void MessageBanner::restyle() {
    const bool dark = isDark(QGuiApplication::palette());
    const QColor error = dark ? QColor(0x5a1f1a) : QColor(0xfde2de);
    const QColor notice = dark ? QColor(0x173a52) : QColor(0xdcedf8);
    QPalette palette = QGuiApplication::palette();
    palette.setColor(QPalette::Window, m_kind == Kind::Error ? error : notice);
    setPalette(palette);
}

void MessageBanner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::ApplicationPaletteChange) restyle();
    QFrame::changeEvent(event);
}

}  // namespace resonate::app
