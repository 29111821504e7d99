// app/panels/results_panel.h: results of the ticked groups, alone or beside the published ones, as a table to quote.
#pragma once

#include <QWidget>

#include "models/curve_looks.h"
#include "views/text_table_view.h"

class QComboBox;

namespace resonate::app {

class ResultsPanel : public QWidget {
    Q_OBJECT

 public:
    explicit ResultsPanel(const CurveLooks* looks, QWidget* parent = nullptr);

    void setComparison(const SharedComparison& comparison);
    SelectionRule rule() const;
    TextTableView* view() const { return m_view; }
    QComboBox* ruleBox() const { return m_rule; }
    QComboBox* kindBox() const { return m_kind; }
    /// The table as it is written.
    QString text(TableFormat format) const;
    /// Narrower than its bar, so that three views fit beside each other in a small window.
    QSize minimumSizeHint() const override { return {300, 140}; }

 Q_SIGNALS:
    void ruleChanged(resonate::SelectionRule rule);
    void statusShown(const QString& text);
    /// The user wants the table in a file: "csv", "md" or "tex".
    void saveRequested(const QString& format);

 private:
    void fill();
    std::vector<GroupResult> results() const;

    const CurveLooks* m_looks;
    SharedComparison m_comparison;
    QComboBox* m_kind;
    QComboBox* m_rule;
    TextTableView* m_view;
};

}  // namespace resonate::app
