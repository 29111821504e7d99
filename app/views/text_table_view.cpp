// app/views/text_table_view.cpp: see text_table_view.h.
#include "views/text_table_view.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QStackedLayout>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "views/plot_style.h"

namespace resonate::app {
namespace {

QString csvCell(const QString& text) {
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n')))
        return text;
    return QLatin1Char('"') + QString(text).replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString markdownCell(const QString& text) {
    return QString(text).replace(QLatin1Char('|'), QStringLiteral("\\|")).replace(QLatin1Char('\n'), QLatin1Char(' '));
}

QString latexCell(const QString& text) {
    QString escaped;
    for (const QChar letter : text) {
        switch (letter.unicode()) {
            case '\\': escaped += QStringLiteral("\\textbackslash{}"); break;
            case '~': escaped += QStringLiteral("\\textasciitilde{}"); break;
            case '^': escaped += QStringLiteral("\\textasciicircum{}"); break;
            case '&':
            case '%':
            case '$':
            case '#':
            case '_':
            case '{':
            case '}':
                escaped += QLatin1Char('\\');
                escaped += letter;
                break;
            case 0x00b1: escaped += QStringLiteral("$\\pm$"); break;
            case 0x2013: escaped += QStringLiteral("--"); break;
            case 0x2212: escaped += QStringLiteral("$-$"); break;
            case '\n': escaped += QLatin1Char(' '); break;
            default: escaped += letter;
        }
    }
    return escaped;
}

QString joined(const QStringList& cells, QString (*cell)(const QString&), const QString& between) {
    QStringList escaped;
    for (const QString& text : cells) escaped << cell(text);
    return escaped.join(between);
}

QStringList cellsOf(const QString& line) {
    QStringList cells;
    QString cell;
    for (qsizetype i = 1; i < line.size(); ++i) {
        if (line[i] == QLatin1Char('\\') && i + 1 < line.size() && line[i + 1] == QLatin1Char('|')) {
            cell += QLatin1Char('|');
            ++i;
        } else if (line[i] == QLatin1Char('|')) {
            cells << cell.trimmed();
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return cells;
}

}  // namespace

QString TextTableContent::csv() const {
    QString text = joined(header, csvCell, QStringLiteral(",")) + QLatin1Char('\n');
    for (const QStringList& row : rows) text += joined(row, csvCell, QStringLiteral(",")) + QLatin1Char('\n');
    for (const QString& note : notes) text += QStringLiteral("# %1\n").arg(note);
    return text;
}

QString TextTableContent::markdown() const {
    const QString between = QStringLiteral(" | ");
    QString text = QStringLiteral("| %1 |\n|%2\n")
                       .arg(joined(header, markdownCell, between),
                            QStringLiteral("---|").repeated(static_cast<int>(header.size())));
    for (const QStringList& row : rows) text += QStringLiteral("| %1 |\n").arg(joined(row, markdownCell, between));
    for (const QString& note : notes) text += QStringLiteral("\n%1\n").arg(note);
    return text;
}

QString TextTableContent::latex() const {
    const QString between = QStringLiteral(" & ");
    QString text =
        QStringLiteral("% needs \\usepackage{booktabs}\n\\begin{tabular}{%1}\n\\toprule\n%2 \\\\\n\\midrule\n")
            .arg(QString(header.size(), QLatin1Char('l')), joined(header, latexCell, between));
    for (const QStringList& row : rows) text += joined(row, latexCell, between) + QStringLiteral(" \\\\\n");
    text += QStringLiteral("\\bottomrule\n\\end{tabular}\n");
    for (const QString& note : notes) text += QStringLiteral("% %1\n").arg(note);
    return text;
}

TextTableContent TextTableContent::fromMarkdown(const QString& text) {
    TextTableContent content;
    for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(QLatin1String("|---"))) continue;
        if (!line.startsWith(QLatin1Char('|')))
            content.notes << line;
        else if (content.header.isEmpty())
            content.header = cellsOf(line);
        else
            content.rows << cellsOf(line);
    }
    return content;
}

TextTableView::TextTableView(const QString& title, const QString& emptyText, QWidget* parent)
    : QWidget(parent),
      m_title(title),
      m_table(new QTableWidget),
      m_notes(new QLabel),
      m_empty(new QLabel(emptyText)),
      m_stack(new QStackedLayout) {
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setAccessibleName(title);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* copy = new QAction(tr("Copy"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &TextTableView::copySelection);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_notes->setWordWrap(true);
    m_notes->setMargin(8);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(24);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_notes);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    for (QWidget* part : {static_cast<QWidget*>(m_empty), page}) {
        part->setBackgroundRole(QPalette::Base);
        part->setAutoFillBackground(true);
    }
    setLayout(m_stack);
}

void TextTableView::setContent(const TextTableContent& content, const QString& csv) {
    m_csv = csv;
    m_stack->setCurrentIndex(content.rows.isEmpty() ? 0 : 1);
    const bool sameShape = content.header == m_content.header && content.rows.size() == m_content.rows.size();
    m_content = content;
    m_table->setColumnCount(static_cast<int>(content.header.size()));
    m_table->setRowCount(static_cast<int>(content.rows.size()));
    m_table->setHorizontalHeaderLabels(content.header);
    for (int row = 0; row < content.rows.size(); ++row)
        for (int column = 0; column < content.header.size(); ++column) {
            const QString text = content.rows[row].value(column);
            QTableWidgetItem* item = m_table->item(row, column);
            if (!item) m_table->setItem(row, column, item = new QTableWidgetItem);
            item->setText(text);
            item->setToolTip(text);
        }
    m_notes->setText(content.notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!content.notes.isEmpty());
    if (sameShape) return;  // the user's widths stay
    m_table->resizeColumnsToContents();
    constexpr int widest = 320;
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(widest, m_table->columnWidth(column) + 12));
}

void TextTableView::copySelection() const {
    QStringList lines;
    int row = -1;
    QModelIndexList cells = m_table->selectionModel()->selectedIndexes();
    std::sort(cells.begin(), cells.end());
    for (const QModelIndex& cell : cells) {
        if (cell.row() == row)
            lines.last() += QLatin1Char('\t') + cell.data().toString();
        else
            lines << cell.data().toString();
        row = cell.row();
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

/// Columns as wide as their texts, smaller where the page is too narrow.
void TextTableView::renderForExport(QPainter& painter, const QRectF& area) {
    const PlotStyle print = PlotStyle::print();
    painter.save();
    painter.fillRect(area, print.background);
    const double titleHeight = drawFigureTitle(painter, area, exportTitle(), print);
    const QFontMetricsF metrics(painter.font());
    constexpr double gap = 14;
    QList<double> widths;
    double total = 0;
    for (qsizetype column = 0; column < m_content.header.size(); ++column) {
        double width = metrics.horizontalAdvance(m_content.header[column]);
        for (const QStringList& row : m_content.rows)
            width = std::max(width, metrics.horizontalAdvance(row.value(column)));
        widths << width + gap;
        total += width + gap;
    }
    const double row = metrics.height() + 5;
    double notesHeight = 0;
    const QString notes = m_content.notes.join(QLatin1Char('\n'));
    const QRectF inside = area.adjusted(10, titleHeight + 4, -10, -6);
    double scale = std::min(1.0, inside.width() / std::max(1.0, total));
    const double wide = inside.width() / scale;
    notesHeight = metrics.boundingRect(QRectF(0, 0, wide, 1e6), Qt::TextWordWrap, notes).height() + 8;
    const double high = row * static_cast<double>(m_content.rows.size() + 1) + 8 + notesHeight;
    scale = std::min(scale, inside.height() / high);
    painter.translate(inside.topLeft());
    painter.scale(scale, scale);
    painter.setPen(print.text);
    double y = 0;
    const auto drawRow = [&](const QStringList& cells) {
        double x = 0;
        for (qsizetype column = 0; column < widths.size(); ++column) {
            painter.drawText(QRectF(x, y, widths[column], row), Qt::AlignLeft | Qt::AlignVCenter, cells.value(column));
            x += widths[column];
        }
        y += row;
    };
    const auto drawRule = [&](double thickness) {
        painter.setPen(QPen(print.text, thickness));
        painter.drawLine(QPointF(0, y + 1), QPointF(total - gap, y + 1));
        painter.setPen(print.text);
        y += 3;
    };
    drawRule(1.2);
    drawRow(m_content.header);
    drawRule(0.6);
    for (const QStringList& cells : std::as_const(m_content.rows)) drawRow(cells);
    drawRule(1.2);
    painter.drawText(QRectF(0, y + 6, std::max(total - gap, inside.width() / scale), notesHeight), Qt::TextWordWrap,
                     notes);
    painter.restore();
}

}  // namespace resonate::app
