// app/models/study_member_model.cpp: see study_member_model.h.
#include "models/study_member_model.h"

#include "models/text.h"
#include "session/study_queue.h"

namespace resonate::app {
namespace {

/// A sign says the same without reading.
QString stateText(MemberStatus status) {
    switch (status) {
        case MemberStatus::waiting: return StudyMemberModel::tr("○ waiting");
        case MemberStatus::running: return StudyMemberModel::tr("▶ running");
        case MemberStatus::finished: return StudyMemberModel::tr("✓ finished");
        case MemberStatus::interrupted: return StudyMemberModel::tr("◐ goes on later");
        case MemberStatus::diverged: return StudyMemberModel::tr("≠ diverged");
        case MemberStatus::failed: return StudyMemberModel::tr("✗ failed");
        case MemberStatus::skipped: return StudyMemberModel::tr("– left out");
    }
    return {};
}

QString percent(const std::optional<double>& value) { return value ? QString::number(*value, 'f', 2) : QString(); }

}  // namespace

StudyMemberModel::StudyMemberModel(const StudyQueue* queue, QObject* parent)
    : QAbstractTableModel(parent), m_queue(queue) {
    connect(queue, &StudyQueue::membersChanged, this, [this] {
        beginResetModel();
        endResetModel();
    });
    connect(queue, &StudyQueue::memberChanged, this,
            [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); });
}

int StudyMemberModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_queue->members().size());
}

QVariant StudyMemberModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const MemberState& member = m_queue->members()[static_cast<size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() >= Epoch && index.column() <= Time)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole)
        return member.message.empty() ? QString::fromStdString(member.run) : QString::fromStdString(member.message);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Run: return QString::fromStdString(member.label);
        case State: return stateText(member.status);
        case Epoch: return QStringLiteral("%1 / %2").arg(member.epochs_done).arg(member.epochs);
        case Accuracy: return percent(member.accuracy);
        case Selected: return percent(member.selected_accuracy);
        case Time: return member.seconds > 0 ? durationText(member.seconds) : QString();
        case Message: return QString::fromStdString(member.message).section(QLatin1Char('\n'), 0, 0);
        default: return {};
    }
}

QVariant StudyMemberModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole && section == Accuracy) return tr("Test accuracy of the last epoch");
    if (role == Qt::ToolTipRole && section == Selected) return tr("Test accuracy at the lowest validation loss");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Run: return tr("Run");
        case State: return tr("State");
        case Epoch: return tr("Epoch");
        case Accuracy: return tr("Test %");
        case Selected: return tr("Selected %");
        case Time: return tr("Time");
        case Message: return tr("Message");
        default: return {};
    }
}

}  // namespace resonate::app
