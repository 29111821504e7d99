// app/panels/run_table.cpp: see run_table.h.
#include "panels/run_table.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "models/text.h"
#include "panels/check_delegate.h"
#include "panels/letter_columns.h"
#include "session/run_edits.h"

namespace resonate::app {
namespace {

/// A running run changes every second: what is being typed into its name stays. Names begin alike, with a date and the
/// preset: what does not fit is left out in the middle.
class NameDelegate : public CheckDelegate {
 public:
    using CheckDelegate::CheckDelegate;

    void setEditorData(QWidget* editor, const QModelIndex& index) const override {
        if (editor->property("filled").toBool()) return;
        editor->setProperty("filled", true);
        CheckDelegate::setEditorData(editor, index);
    }

 protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        CheckDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
    }
};

}  // namespace

RunTable::RunTable(RunLibrary& library, RunEdits& edits, QWidget* parent)
    : QWidget(parent),
      m_library(library),
      m_edits(edits),
      m_model(new RunTableModel(&library, this)),
      m_proxy(new RunTableProxy(m_model, this)),
      m_view(new QTableView),
      m_filter(new QLineEdit),
      m_problem(new QLabel),
      m_count(new QLabel),
      m_empty(new QLabel),
      m_stack(new QStackedLayout) {
    m_view->setModel(m_proxy);
    m_view->setItemDelegateForColumn(RunTableModel::Name, new NameDelegate(this));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Runs"));
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->verticalHeader()->hide();
    QHeaderView* header = m_view->horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(40);
    m_columns = new LetterColumns(m_view, {30, 13, 16, 10, 36, 14, 14, 14, 12, 12, 13, 13, 13, 17, 23, 22});
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RunTableModel::Name, Qt::DescendingOrder);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeBar());
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(8, 0, 8, 0);
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_problem->hide();
    column->addWidget(m_problem);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(24);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto* pages = new QWidget;
    pages->setLayout(m_stack);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addWidget(pages, 1);
    setTabOrder(m_view, m_filter);  // who comes to the page finds the keys of the rows, not the filter
    makeActions();
    makeColumnMenu();

    connect(&library, &RunLibrary::changed, this, &RunTable::refresh);
    connect(m_model, &RunTableModel::tickedChanged, this, &RunTable::refresh);
    connect(m_model, &RunTableModel::renamed, &edits, &RunEdits::rename);
    connect(m_filter, &QLineEdit::textChanged, this, &RunTable::applyFilter);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunTable::refreshActions);
    connect(m_view, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const SharedEntry entry = m_model->entryAt(m_proxy->mapToSource(index).row());
        if (entry) Q_EMIT openRequested(QString::fromStdString(entry->folder.string()));
    });
    refresh();
}

QWidget* RunTable::makeBar() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 8, 0);
    m_filter->setPlaceholderText(tr("Filter: ecg neuron:brf acc>80 tag:paper -tag:draft"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Filter of the runs"));
    m_filter->setToolTip(tr("Words and conditions that all must hold (Ctrl+F); ? lists the fields"));
    row->addWidget(m_filter, 1);
    auto* clear = new QAction(m_filter);
    clear->setShortcut(QKeySequence(Qt::Key_Escape));
    clear->setShortcutContext(Qt::WidgetShortcut);
    connect(clear, &QAction::triggered, m_filter, &QLineEdit::clear);
    m_filter->addAction(clear);
    const auto button = [&](const QString& text, const QString& meaning, auto act) {
        auto* made = new QToolButton;
        made->setText(text);
        made->setToolTip(meaning);
        connect(made, &QToolButton::clicked, this, act);
        row->addWidget(made);
        return made;
    };
    button(QStringLiteral("?"), tr("How to filter"), &RunTable::showHelp)->setAccessibleName(tr("How to filter"));
    button(tr("Tick shown"), tr("Ticks all runs that the filter shows: they are compared"), &RunTable::tickShown);
    button(tr("Untick all"), tr("Takes all ticks away, also of runs that the filter hides"),
           [this] { m_model->setTicked({}); });
    row->addWidget(m_count);
    return bar;
}

void RunTable::makeActions() {
    const auto add = [this](const QString& text, const QKeySequence& key, QList<QAction*>* needs, auto act) {
        auto* action = new QAction(text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, act);
        m_view->addAction(action);
        m_actions.append(action);
        if (needs) needs->append(action);
        return action;
    };
    const auto separate = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        m_view->addAction(line);
        m_actions.append(line);
    };
    add(tr("&Open in Train"), QKeySequence(Qt::CTRL | Qt::Key_Return), &m_needOne, [this] {
        if (const SharedEntry entry = chosenEntry())
            Q_EMIT openRequested(QString::fromStdString(entry->folder.string()));
    });
    add(tr("&Tick or untick"), QKeySequence(Qt::Key_Space), &m_needSome, [this] { toggleTicks(); });
    separate();
    add(tr("&Rename"), QKeySequence(Qt::Key_F2), &m_needSome, [this] {
        if (chosen().size() > 1)
            return Q_EMIT statusShown(tr("A name is of one run: choose a single row to rename it."));
        const QModelIndex at = m_view->selectionModel()->selectedRows(RunTableModel::Name).value(0);
        if (!at.isValid()) return;
        m_view->setColumnHidden(RunTableModel::Name, false);
        m_view->edit(at);
    });
    add(tr("Ta&gs…"), QKeySequence(Qt::Key_T), &m_needSome, [this] { askForTags(); });
    add(tr("&Note…"), QKeySequence(Qt::Key_N), &m_needSome, [this] { askForNote(); });
    separate();
    add(tr("Open &folder"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), &m_needOne, [this] { openFolder(); });
    add(tr("&Copy path"), QKeySequence::Copy, &m_needSome, [this] {
        QStringList paths;
        for (const QString& id : chosen())
            paths << QDir::toNativeSeparators(
                QString::fromStdString(m_model->entryAt(m_model->rowOf(id))->folder.string()));
        QGuiApplication::clipboard()->setText(paths.join(QLatin1Char('\n')));
        Q_EMIT statusShown(
            tr("Copied: %1")
                .arg(paths.size() == 1 ? paths.constFirst() : tr("paths of %1").arg(runsText(paths.size()))));
    });
    separate();
    add(tr("Move to t&rash"), QKeySequence::Delete, &m_needSome, [this] { m_edits.moveToTrash(chosen()); });
    auto* find = new QAction(tr("&Filter the runs"), this);
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    m_actions.append(find);
    refreshActions();
}

void RunTable::makeColumnMenu() {
    QHeaderView* header = m_view->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint& point) {
        QMenu menu;
        for (int column = 0; column < RunTableModel::ColumnCount; ++column) {
            QAction* shown = menu.addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
            shown->setCheckable(true);
            shown->setChecked(!m_view->isColumnHidden(column));
            // The ticks are in the first one.
            shown->setEnabled(column != RunTableModel::Name);
            connect(shown, &QAction::toggled, this, [this, column](bool on) { m_view->setColumnHidden(column, !on); });
        }
        menu.exec(header->mapToGlobal(point));
    });
}

QString RunTable::emptyText() const { return m_stack->currentIndex() == 0 ? QString() : m_empty->text(); }

QString RunTable::filterProblem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

void RunTable::refresh() {
    m_model->update();
    const int all = m_model->rowCount();
    const int shown = m_proxy->rowCount();
    QString text = shown == all ? runsText(all) : tr("%L1 of %2").arg(shown).arg(runsText(all));
    int ticked = 0;
    int drawn = 0;
    for (const QString& id : m_model->ticked())
        if (const int row = m_model->rowOf(id); row >= 0) {
            ++ticked;
            const RunEntry& entry = *m_model->entryAt(row);
            drawn += entry.readable && entry.last;
        }
    if (ticked > 0) text += tr(", %1 ticked").arg(ticked);
    if (drawn < ticked) text += tr(", %1 of them without curves").arg(ticked - drawn);
    m_count->setText(text);
    if (!m_library.isListed())
        m_empty->setText(tr("Looking for runs…"));
    else if (!m_library.problem().isEmpty())
        m_empty->setText(m_library.problem());
    else if (all == 0)
        m_empty->setText(tr("No runs in %1 yet. Press Start in Train: each training becomes a run here. Runs of the "
                            "published code come in with File, Import published curves.")
                             .arg(QDir::toNativeSeparators(m_library.folder())));
    else
        m_empty->setText(tr("No run is as the filter wants it. Escape in the filter shows all again."));
    m_stack->setCurrentIndex(shown > 0 ? 0 : 1);
    // While there were no rows, the filter got the focus of the page.
    if (shown > 0 && !std::exchange(m_hadRows, true) && m_filter->hasFocus() && m_filter->text().isEmpty())
        m_view->setFocus();
    refreshActions();
}

void RunTable::refreshActions() {
    const qsizetype count = m_view->selectionModel()->selectedRows().size();
    for (QAction* action : m_needOne) action->setEnabled(count == 1);
    for (QAction* action : m_needSome) action->setEnabled(count > 0);
}

void RunTable::applyFilter() {
    const RunFilter filter(m_filter->text());
    m_proxy->setFilter(filter);
    m_problem->setText(filter.problem());
    m_problem->setVisible(!filter.problem().isEmpty());
    refresh();
}

QStringList RunTable::chosen() const {
    QModelIndexList rows = m_view->selectionModel()->selectedRows(RunTableModel::Name);
    std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    QStringList ids;
    for (const QModelIndex& row : rows) ids << row.data(RunTableModel::IdRole).toString();
    return ids;
}

SharedEntry RunTable::chosenEntry() const { return m_model->entryAt(m_model->rowOf(chosen().value(0))); }

void RunTable::choose(const QString& id) {
    const QModelIndex at = m_proxy->mapFromSource(m_model->index(m_model->rowOf(id), RunTableModel::Name));
    if (!at.isValid()) return;
    m_view->setCurrentIndex(at);
    m_view->scrollTo(at);
}

void RunTable::tickShown() {
    QStringList ids;
    for (int row = 0; row < m_proxy->rowCount(); ++row)
        ids << m_proxy->index(row, RunTableModel::Name).data(RunTableModel::IdRole).toString();
    m_model->tick(ids, true);
}

/// All chosen ones get the ticks that the first does not have.
void RunTable::toggleTicks() {
    const QStringList ids = chosen();
    if (!ids.isEmpty()) m_model->tick(ids, !m_model->ticked().contains(ids.constFirst()));
}

QByteArray RunTable::layoutState() const { return m_view->horizontalHeader()->saveState(); }

double RunTable::layoutLetter() const { return m_columns->letter(); }

void RunTable::restoreLayout(const QByteArray& state, double letter) {
    if (state.isEmpty() || !m_view->horizontalHeader()->restoreState(state)) return;
    m_columns->take(letter);
    m_view->setColumnHidden(RunTableModel::Name, false);
    m_view->horizontalHeader()->setSectionsMovable(true);
}

void RunTable::changeEvent(QEvent* event) {
    // Icons and colours of neurons are those of the theme.
    if (event->type() == QEvent::PaletteChange) m_view->viewport()->update();
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
