// app/panels/help_strip.cpp: see help_strip.h.
#include "panels/help_strip.h"

#include <QEvent>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace resonate::app {
namespace {

constexpr int mostHeight = 210;

}  // namespace

HelpStrip::HelpStrip(QWidget* parent) : QWidget(parent), m_fold(new QToolButton), m_text(new QTextBrowser) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setToolTip(tr("What the field with the focus means (Shift+F1)"));
    m_text->setFrameShape(QFrame::StyledPanel);
    m_text->setOpenLinks(false);
    m_text->setAccessibleName(tr("Help for the field"));
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(6);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_text);
    connect(m_fold, &QToolButton::clicked, this, [this] { setUnfolded(!isUnfolded()); });
    m_fold->setArrowType(Qt::RightArrow);
    m_text->hide();
    setHelp({}, tr("Choose a field to see its meaning, equation, unit and range."));
}

bool HelpStrip::isUnfolded() const { return !m_text->isHidden(); }

void HelpStrip::setUnfolded(bool unfolded) {
    if (unfolded == isUnfolded()) return;
    m_text->setVisible(unfolded);
    m_fold->setArrowType(unfolded ? Qt::DownArrow : Qt::RightArrow);
    m_fold->setAccessibleDescription(unfolded ? tr("Folds the help away") : tr("Shows the help"));
    if (unfolded) fit();
    Q_EMIT foldChanged(unfolded);
}

void HelpStrip::setHelp(const QString& title, const QString& html) {
    m_fold->setText(title.isEmpty() ? tr("Help") : tr("Help: %1").arg(title));
    m_text->setHtml(html);
    fit();
}

QString HelpStrip::text() const { return m_text->toPlainText(); }

/// As high as its text, up to a bound.
void HelpStrip::fit() {
    m_text->document()->setTextWidth(std::max(100, m_text->viewport()->width()));
    const int wanted = static_cast<int>(m_text->document()->size().height()) + 2 * m_text->frameWidth();
    m_text->setFixedHeight(std::clamp(wanted, 40, mostHeight));
}

void HelpStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void HelpStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) fit();
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
