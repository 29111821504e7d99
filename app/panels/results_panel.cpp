// app/panels/results_panel.cpp: see results_panel.h.
#include "panels/results_panel.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace resonate::app {

ResultsPanel::ResultsPanel(const CurveLooks* looks, QWidget* parent)
    : QWidget(parent),
      m_looks(looks),
      m_kind(new QComboBox),
      m_rule(new QComboBox),
      m_view(new TextTableView(tr("Results"), tr("Tick runs in the table: what they came to stands here, as mean and "
                                                 "deviation over seeds."))) {
    m_kind->addItem(tr("Results"));
    m_kind->addItem(tr("Beside published"));
    m_kind->setAccessibleName(tr("What the table shows"));
    m_rule->addItem(tr("lowest validation loss"), static_cast<int>(SelectionRule::lowest_validation_loss));
    m_rule->addItem(tr("last epoch"), static_cast<int>(SelectionRule::last_epoch));
    m_rule->setToolTip(
        tr("Selection rule: the epoch whose test result stands for a run. It is stated below the table."));
    m_rule->setAccessibleName(tr("Selection rule"));
    auto* label = new QLabel(tr("&Selection rule"));
    label->setBuddy(m_rule);
    auto* copy = new QToolButton;
    copy->setText(tr("Copy as"));
    copy->setPopupMode(QToolButton::InstantPopup);
    copy->setObjectName(QStringLiteral("copyAs"));
    auto* save = new QToolButton;
    save->setText(tr("Save as"));
    save->setPopupMode(QToolButton::InstantPopup);
    // The arrow of the style covers the text.
    for (QToolButton* button : {copy, save}) {
        button->setText(button->text() + QStringLiteral(" ▾"));
        button->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    }
    auto* copies = new QMenu(copy);
    auto* saves = new QMenu(save);
    const std::tuple<TableFormat, QString, QString> formats[] = {
        {TableFormat::csv, tr("CSV"), QStringLiteral("csv")},
        {TableFormat::markdown, tr("Markdown"), QStringLiteral("md")},
        {TableFormat::latex, tr("LaTeX"), QStringLiteral("tex")}};
    for (const auto& [format, name, ending] : formats) {
        copies->addAction(name, this, [this, format = format, name = name] {
            if (!m_view->hasContent()) return;
            QGuiApplication::clipboard()->setText(text(format));
            Q_EMIT statusShown(tr("Copied: results as %1").arg(name));
        });
        saves->addAction(tr("%1…").arg(name), this, [this, ending = ending] { Q_EMIT saveRequested(ending); });
    }
    copy->setMenu(copies);
    save->setMenu(saves);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 0, 8, 0);
    bar->addWidget(m_kind);
    bar->addSpacing(8);
    bar->addWidget(label);
    bar->addWidget(m_rule);
    bar->addStretch(1);
    bar->addWidget(copy);
    bar->addWidget(save);
    column->addLayout(bar);
    column->addWidget(m_view, 1);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ResultsPanel::fill);
    connect(m_rule, &QComboBox::currentIndexChanged, this, [this] {
        fill();
        Q_EMIT ruleChanged(rule());
    });
    connect(looks, &CurveLooks::changed, this, &ResultsPanel::fill);
}

void ResultsPanel::setComparison(const SharedComparison& comparison) {
    m_comparison = comparison;
    fill();
}

SelectionRule ResultsPanel::rule() const { return static_cast<SelectionRule>(m_rule->currentData().toInt()); }

/// Under the names the user gave them.
std::vector<GroupResult> ResultsPanel::results() const {
    if (!m_comparison) return {};
    std::vector<GroupResult> results = m_comparison->results(rule());
    for (size_t g = 0; g < results.size(); ++g)
        results[g].label = m_looks->lookOf(*m_comparison, static_cast<qsizetype>(g), false).name.toStdString();
    return results;
}

QString ResultsPanel::text(TableFormat format) const {
    const std::vector<GroupResult> all = results();
    if (m_kind->currentIndex() == 0) return QString::fromStdString(results_table(all, rule(), format));
    std::vector<Comparison> rows = compare_with_published(all, rule());
    std::erase_if(rows, [](const Comparison& row) { return !row.ours; });
    return QString::fromStdString(comparison_table(rows, rule(), format));
}

void ResultsPanel::fill() {
    if (!m_comparison || m_comparison->groups.empty()) {
        m_view->setContent({});
        return;
    }
    m_view->setTitle(m_kind->currentIndex() == 0 ? tr("Results") : tr("Results beside published ones"));
    TextTableContent content = TextTableContent::fromMarkdown(text(TableFormat::markdown));
    if (content.rows.isEmpty()) content.notes.prepend(tr("No ticked run has a published result beside it."));
    for (const QString& note : m_comparison->notes) content.notes << note;
    m_view->setContent(content, text(TableFormat::csv));
}

}  // namespace resonate::app
