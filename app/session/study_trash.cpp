// app/session/study_trash.cpp: see study_trash.h.
#include "session/study_trash.h"

#include <QUndoStack>
#include <functional>

#include "resonate/run_catalogue.h"

namespace resonate::app {
namespace {

/// A folder that goes into the trash and comes back. Failed, it is no step any more.
class TrashStep : public QUndoCommand {
 public:
    TrashStep(StudyTrash* trash, const StoredStudy& study)
        : QUndoCommand(StudyTrash::tr("move a study to the trash")), m_trash(trash), m_study(study) {}

    void redo() override {
        attempt([this] {
            m_trashed = move_to_trash(m_study.folder);
            Q_EMIT m_trash->trashed(m_study);
        });
    }
    void undo() override {
        attempt([this] {
            // A second study of a name got another one in the trash.
            m_study.folder = restore_from_trash(m_trashed);
            Q_EMIT m_trash->restored(m_study);
        });
    }

 private:
    void attempt(const std::function<void()>& act) {
        try {
            act();
        } catch (const std::exception& error) {
            setObsolete(true);
            Q_EMIT m_trash->failed(QString::fromUtf8(error.what()));
        }
    }

    StudyTrash* m_trash;
    StoredStudy m_study;
    std::filesystem::path m_trashed;
};

}  // namespace

StudyTrash::StudyTrash(QUndoStack& stack, QObject* parent) : QObject(parent), m_stack(stack) {}

void StudyTrash::moveToTrash(const StoredStudy& study) { m_stack.push(new TrashStep(this, study)); }

}  // namespace resonate::app
