// app/session/study_trash.h: begun studies into the trash and back, as steps that can be undone.
#pragma once

#include <QObject>
#include <filesystem>

#include "resonate/study.h"

class QUndoStack;

namespace resonate::app {

/// What succeeded lies on the undo stack of the runs; what failed says so in one sentence.
class StudyTrash : public QObject {
    Q_OBJECT

 public:
    /// `stack` must outlive it.
    explicit StudyTrash(QUndoStack& stack, QObject* parent = nullptr);

    /// Its runs stay. Refused where a program runs it.
    void moveToTrash(const StoredStudy& study);

 Q_SIGNALS:
    void failed(const QString& sentence);
    void trashed(const resonate::StoredStudy& study);
    void restored(const resonate::StoredStudy& study);

 private:
    QUndoStack& m_stack;
};

}  // namespace resonate::app
