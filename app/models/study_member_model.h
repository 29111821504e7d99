// app/models/study_member_model.h: the runs of a study as a table: state, epochs, accuracy, time, sentence.
#pragma once

#include <QAbstractTableModel>

namespace resonate::app {

class StudyQueue;

class StudyMemberModel : public QAbstractTableModel {
    Q_OBJECT

 public:
    enum Column { Run, State, Epoch, Accuracy, Selected, Time, Message, ColumnCount };

    /// `queue` must outlive the model.
    explicit StudyMemberModel(const StudyQueue* queue, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    const StudyQueue* m_queue;
};

}  // namespace resonate::app
