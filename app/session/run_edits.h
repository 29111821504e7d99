// app/session/run_edits.h: names, tags, notes and the trash, away from the UI thread, with undo.
#pragma once

#include <QObject>
#include <QUndoStack>

#include "session/run_library.h"

namespace resonate::app {

/// What succeeded can be undone; what failed says so in one sentence.
class RunEdits : public QObject {
    Q_OBJECT

 public:
    explicit RunEdits(RunLibrary& library, QObject* parent = nullptr);

    QUndoStack& stack() { return m_stack; }
    /// "" = its id.
    void rename(const QString& id, const QString& name);
    void setTags(const QStringList& ids, const std::vector<std::string>& tags);
    void setNote(const QStringList& ids, const QString& text);
    void moveToTrash(const QStringList& ids);

 Q_SIGNALS:
    void failed(const QString& sentence);
    /// These lie in the trash now; stack().undo() brings them back.
    void trashed(int count);
    void restored(int count);

 private:
    struct NotesChange {
        std::filesystem::path folder;
        RunNotes before = {}, after = {};  ///< as they were when it was made
    };
    using NotesChanges = std::shared_ptr<std::vector<NotesChange>>;
    struct Move {
        std::filesystem::path folder;   ///< of the run
        std::filesystem::path trashed;  ///< where it lies in the trash
    };
    using Moves = std::shared_ptr<std::vector<Move>>;

    void change(const QString& text, const QStringList& ids, const std::function<void(RunNotes&)>& edit);
    void write(const NotesChanges& changes, bool back);
    void trash(const Moves& moves, const std::function<void(bool)>& then);
    void restore(const Moves& moves);
    void push(const QString& text, const std::function<void()>& redo, const std::function<void()>& undo);

    RunLibrary& m_library;
    QUndoStack m_stack;
};

}  // namespace resonate::app
