// app/models/run_table_model.cpp: see run_table_model.h.
#include "models/run_table_model.h"

#include <QBrush>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QLocale>
#include <QPalette>

#include "models/run_facts.h"
#include "models/text.h"
#include "style/icons.h"
#include "style/theme.h"

namespace resonate::app {
namespace {

QString textFrom(const std::string& string) { return QString::fromStdString(string); }
QString idOf(const SharedEntry& entry) { return textFrom(entry->id); }

QString accuracyText(const std::optional<EpochMetrics>& row) {
    const std::optional<double> accuracy = accuracyOf(row);
    if (!accuracy) return {};
    return RunTableModel::tr("%1 (%2)").arg(QLocale().toString(*accuracy, 'f', 2)).arg(row->epoch);
}

QVariant accuracyValue(const std::optional<EpochMetrics>& row) {
    const std::optional<double> accuracy = accuracyOf(row);
    return accuracy ? QVariant(*accuracy) : QVariant();
}

bool isNumeric(int column) { return column >= RunTableModel::Selected && column <= RunTableModel::Epochs; }

}  // namespace

RunTableModel::RunTableModel(const RunLibrary* library, QObject* parent)
    : QAbstractTableModel(parent), m_library(library) {}

void RunTableModel::update() {
    const QList<SharedEntry>& now = m_library->entries();
    bool sameRows = now.size() == m_rows.size();
    for (qsizetype i = 0; sameRows && i < now.size(); ++i) sameRows = now[i]->id == m_rows[i]->id;
    if (!sameRows) {
        // Both are in the order of their ids.
        QSet<QString> kept;
        for (const SharedEntry& entry : now) kept.insert(idOf(entry));
        for (qsizetype i = m_rows.size(); i-- > 0;) {
            if (kept.contains(idOf(m_rows[i]))) continue;
            qsizetype first = i;
            while (first > 0 && !kept.contains(idOf(m_rows[first - 1]))) --first;
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(i));
            m_rows.remove(first, i - first + 1);
            endRemoveRows();
            i = first;
        }
        for (qsizetype i = 0; i < now.size();) {
            if (i < m_rows.size() && m_rows[i]->id == now[i]->id) {
                ++i;
                continue;
            }
            qsizetype last = i;
            while (last + 1 < now.size() && (i >= m_rows.size() || now[last + 1]->id != m_rows[i]->id)) ++last;
            beginInsertRows({}, static_cast<int>(i), static_cast<int>(last));
            m_rows = m_rows.mid(0, i) + now.mid(i, last - i + 1) + m_rows.mid(i);
            endInsertRows();
            i = last + 1;
        }
        m_places.clear();
        for (qsizetype i = 0; i < m_rows.size(); ++i) m_places.insert(idOf(m_rows[i]), static_cast<int>(i));
    }
    for (qsizetype i = 0; i < now.size(); ++i) {
        const QString id = idOf(now[i]);
        const QString differences = m_library->differences(id);
        QString& shown = m_shownDifferences[id];
        if (m_rows[i] == now[i] && shown == differences) continue;
        m_rows[i] = now[i];
        shown = differences;
        const int row = static_cast<int>(i);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void RunTableModel::setTicked(const QSet<QString>& ids) {
    if (ids == m_ticked) return;
    m_ticked = ids;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Name), index(static_cast<int>(m_rows.size()) - 1, Name), {Qt::CheckStateRole});
    Q_EMIT tickedChanged();
}

void RunTableModel::tick(const QStringList& ids, bool on) {
    QSet<QString> all = m_ticked;
    for (const QString& id : ids)
        if (on)
            all.insert(id);
        else
            all.remove(id);
    setTicked(all);
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == Name) flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
    return flags;
}

QString RunTableModel::textOf(const RunEntry& entry, int column) const {
    const QLocale locale;
    switch (column) {
        case Name: return textFrom(entry.display_name());
        case Status: return statusText(entry);
        case Dataset: return entry.readable ? textFrom(entry.config.dataset.name) : QString();
        case Neuron: return entry.readable ? textFrom(display_name(entry.config.neuron.type)) : QString();
        case Differences:
            return entry.problem.empty() ? m_library->differences(textFrom(entry.id)) : textFrom(entry.problem);
        case Selected: return accuracyText(entry.selected);
        case Final: return accuracyText(entry.last);
        case Best: return accuracyText(entry.best_test);
        case Loss: return entry.selected ? locale.toString(entry.selected->test.loss, 'f', 4) : QString();
        case Sop: return entry.selected ? locale.toString(entry.selected->test.sop, 'f', 0) : QString();
        case Parameters:
            return entry.parameters > 0 ? locale.toString(static_cast<qlonglong>(entry.parameters)) : QString();
        case Time: return entry.seconds > 0 ? durationText(entry.seconds) : QString();
        case Epochs:
            return entry.readable ? tr("%1 of %2").arg(entry.epochs_done).arg(entry.config.training.epochs)
                                  : QString::number(entry.epochs_done);
        case Tags: return tagsText(entry);
        case Note: return textFrom(entry.notes.text).section(QLatin1Char('\n'), 0, 0);
        case Written: return textFrom(entry.written);
        default: return {};
    }
}

QVariant RunTableModel::sortValue(const RunEntry& entry, int column) const {
    switch (column) {
        case Selected: return accuracyValue(entry.selected);
        case Final: return accuracyValue(entry.last);
        case Best: return accuracyValue(entry.best_test);
        case Loss: return entry.selected ? QVariant(entry.selected->test.loss) : QVariant();
        case Sop: return entry.selected ? QVariant(entry.selected->test.sop) : QVariant();
        case Parameters: return entry.parameters > 0 ? QVariant(static_cast<double>(entry.parameters)) : QVariant();
        case Time: return entry.seconds > 0 ? QVariant(entry.seconds) : QVariant();
        case Epochs: return static_cast<double>(entry.epochs_done);
        default: {
            const QString text = textOf(entry, column);
            return text.isEmpty() ? QVariant() : QVariant(text);
        }
    }
}

QString RunTableModel::tipOf(const RunEntry& entry, int column) const {
    if (!entry.problem.empty() && column <= Differences) return textFrom(entry.problem);
    switch (column) {
        case Name: {
            QStringList lines{textFrom(entry.id), textFrom(entry.config.title)};
            if (const QString name = textFrom(entry.display_name()); name != lines[0]) lines.prepend(name);
            return lines.join(QLatin1Char('\n'));
        }
        case Status: return textFrom(entry.message);
        case Differences: return textOf(entry, column).replace(QStringLiteral(", "), QStringLiteral("\n"));
        case Note: return textFrom(entry.notes.text);
        default: return {};
    }
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    const SharedEntry entry = entryAt(index.row());
    if (!entry || !index.isValid()) return {};
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole: return textOf(*entry, column);
        case Qt::EditRole: return column == Name ? textFrom(entry->display_name()) : textOf(*entry, column);
        case Qt::ToolTipRole: return tipOf(*entry, column);
        case SortRole: return sortValue(*entry, column);
        case IdRole: return idOf(entry);
        case Qt::CheckStateRole:
            if (column != Name) return {};
            return m_ticked.contains(idOf(entry)) ? Qt::Checked : Qt::Unchecked;
        case Qt::TextAlignmentRole: return isNumeric(column) ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
        case Qt::DecorationRole:
            if (column != Status || entry->problem.empty()) return {};
            return themedIcon(QStringLiteral("warning"), QGuiApplication::palette().color(QPalette::Text));
        case Qt::FontRole:
            if (column == Differences && !entry->problem.empty()) {
                QFont italic = QGuiApplication::font();
                italic.setItalic(true);
                return italic;
            }
            if (column == Status && entry->status == RunStatus::running) {
                QFont bold = QGuiApplication::font();
                bold.setBold(true);
                return bold;
            }
            return {};
        case Qt::ForegroundRole:
            if (column == Neuron && entry->readable)
                return QBrush(neuronColour(entry->config.neuron.type, isDark(QGuiApplication::palette())));
            return {};
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1: %2").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                                textOf(*entry, column));
        default: return {};
    }
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const SharedEntry entry = entryAt(index.row());
    if (!entry || index.column() != Name) return false;
    if (role == Qt::CheckStateRole) {
        tick({idOf(entry)}, value.toInt() == Qt::Checked);
        return true;
    }
    if (role != Qt::EditRole) return false;
    QString name = value.toString().simplified();
    if (name == idOf(entry)) name.clear();
    if (name != textFrom(entry->notes.name)) Q_EMIT renamed(idOf(entry), name);
    return true;
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    struct Heading {
        QString text;
        QString meaning;
    };
    static const QList<Heading> headings = {
        {tr("Run"), tr("Name; F2 gives another. Ticked runs are compared.")},
        {tr("Status"), tr("How it ended, or that a program trains it now")},
        {tr("Data set"), tr("Data set it was trained on")},
        {tr("Neuron"), tr("Neuron of the hidden layer")},
        {tr("Differs in"), tr("Settings in which it differs from other runs of its data set and neuron")},
        {tr("Accuracy [%]"), tr("Test accuracy at the lowest validation loss, with its epoch: what to quote")},
        {tr("Final [%]"), tr("Test accuracy of the last epoch, with its number")},
        {tr("Best [%]"), tr("Highest test accuracy, with its epoch: an upper bound, no result")},
        {tr("Test loss"), tr("At the lowest validation loss")},
        {tr("SOP"), tr("Spike operations: hidden spikes per test sample, at the lowest validation loss")},
        {tr("Parameters"), tr("Trainable numbers of the network")},
        {tr("Time"), tr("Training and evaluation")},
        {tr("Epochs"), tr("Epochs done of those wanted")},
        {tr("Tags"), tr("Words of your own; T sets them")},
        {tr("Note"), tr("Your note; N writes it")},
        {tr("Written"), tr("When it was last written")}};
    if (section < 0 || section >= headings.size()) return {};
    if (role == Qt::DisplayRole) return headings[section].text;
    if (role == Qt::ToolTipRole) return headings[section].meaning;
    return {};
}

RunTableProxy::RunTableProxy(RunTableModel* model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model) {
    setSourceModel(model);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

void RunTableProxy::setFilter(const RunFilter& filter) {
    m_filter = filter;
    invalidateFilter();
}

bool RunTableProxy::filterAcceptsRow(int row, const QModelIndex&) const {
    return m_filter.accepts(*m_model->entryAt(row));
}

bool RunTableProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(RunTableModel::SortRole);
    const QVariant b = right.data(RunTableModel::SortRole);
    // What has no value is last in both orders.
    if (a.isValid() != b.isValid()) return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    if (a.isValid()) {
        if (a.userType() == QMetaType::Double) {
            if (a.toDouble() != b.toDouble()) return a.toDouble() < b.toDouble();
        } else if (const int order = a.toString().compare(b.toString(), Qt::CaseInsensitive)) {
            return order < 0;
        }
    }
    return left.row() < right.row();
}

}  // namespace resonate::app
