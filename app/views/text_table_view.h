// app/views/text_table_view.h: a table of texts with notes below, on the screen and as a figure.
#pragma once

#include <QStringList>
#include <QWidget>

#include "views/exportable_view.h"

class QLabel;
class QStackedLayout;
class QTableWidget;

namespace resonate::app {

/// What a table shows. The first column names the rows.
struct TextTableContent {
    QStringList header;
    QList<QStringList> rows;
    QStringList notes;

    /// As CSV, notes as comments.
    QString csv() const;
    QString markdown() const;
    QString latex() const;
    /// Reads a table that markdown() or the engine wrote.
    static TextTableContent fromMarkdown(const QString& text);
};

/// Cells can be selected and copied, as text with tabs between.
class TextTableView : public QWidget, public ExportableView {
    Q_OBJECT

 public:
    TextTableView(const QString& title, const QString& emptyText, QWidget* parent = nullptr);

    /// `csv`: what is exported as CSV where it is more exact than the cells.
    void setContent(const TextTableContent& content, const QString& csv = {});
    const TextTableContent& content() const { return m_content; }
    void setTitle(const QString& title) { m_title = title; }
    /// Colour a column's name stands in, by column; invalid = that of the text.
    QTableWidget* table() const { return m_table; }

    QString exportTitle() const override { return m_title; }
    bool hasContent() const override { return !m_content.rows.isEmpty(); }
    QString howToFill() const override { return tr("tick runs in the table first"); }
    void renderForExport(QPainter& painter, const QRectF& area) override;
    QString csv() const override { return m_csv.isEmpty() ? m_content.csv() : m_csv; }

 private:
    void copySelection() const;

    QString m_title;
    TextTableContent m_content;
    QString m_csv;
    QTableWidget* m_table;
    QLabel* m_notes;
    QLabel* m_empty;
    QStackedLayout* m_stack;
};

}  // namespace resonate::app
