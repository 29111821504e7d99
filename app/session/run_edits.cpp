// app/session/run_edits.cpp: see run_edits.h.
#include "session/run_edits.h"

#include <QUndoCommand>

#include "resonate/error.h"

namespace resonate::app {
namespace {

/// It is pushed when it has been done.
class DoneCommand : public QUndoCommand {
 public:
    DoneCommand(const QString& text, std::function<void()> redo, std::function<void()> undo)
        : QUndoCommand(text), m_redo(std::move(redo)), m_undo(std::move(undo)) {}

    void redo() override {
        if (m_done) m_redo();
        m_done = true;
    }
    void undo() override { m_undo(); }

 private:
    std::function<void()> m_redo, m_undo;
    bool m_done = false;
};

/// All are tried; the first failure is told, with how many there were.
template <class Items, class Act>
void forAll(Items& items, Act act) {
    std::string first;
    int failures = 0;
    for (auto& item : items) {
        try {
            act(item);
        } catch (const std::exception& error) {
            if (failures++ == 0) first = error.what();
        }
    }
    if (failures > 1) first += " (and " + std::to_string(failures - 1) + " more)";
    if (failures > 0) throw RunError(first);
}

}  // namespace

RunEdits::RunEdits(RunLibrary& library, QObject* parent) : QObject(parent), m_library(library) {}

void RunEdits::push(const QString& text, const std::function<void()>& redo, const std::function<void()>& undo) {
    m_stack.push(new DoneCommand(text, redo, undo));
}

void RunEdits::rename(const QString& id, const QString& name) {
    change(tr("rename"), {id}, [name = name.toStdString()](RunNotes& notes) { notes.name = name; });
}

void RunEdits::setTags(const QStringList& ids, const std::vector<std::string>& tags) {
    change(tr("tags"), ids, [tags](RunNotes& notes) { notes.tags = tags; });
}

void RunEdits::setNote(const QStringList& ids, const QString& text) {
    change(tr("note"), ids, [text = text.toStdString()](RunNotes& notes) { notes.text = text; });
}

/// The files are read anew: another program, or an edit a moment ago, may have changed them since they were listed.
void RunEdits::change(const QString& text, const QStringList& ids, const std::function<void(RunNotes&)>& edit) {
    const auto changes = std::make_shared<std::vector<NotesChange>>();
    for (const QString& id : ids)
        if (const SharedEntry entry = m_library.entry(id)) changes->push_back({entry->folder});
    if (changes->empty()) return;
    m_library.doWork(
        [changes, edit] {
            forAll(*changes, [&](NotesChange& one) {
                try {
                    one.before = read_notes(one.folder);
                } catch (const RunError&) {
                    // Damaged ones are kept beside the new ones.
                }
                one.after = one.before;
                edit(one.after);
                if (one.after != one.before) save_notes(one.folder, one.after);
            });
        },
        [this, text, changes](const QString& problem) {
            if (!problem.isEmpty()) Q_EMIT failed(problem);
            std::erase_if(*changes, [](const NotesChange& one) { return one.after == one.before; });
            if (changes->empty()) return;
            push(
                text, [this, changes] { write(changes, false); }, [this, changes] { write(changes, true); });
        });
}

void RunEdits::write(const NotesChanges& changes, bool back) {
    m_library.doWork(
        [changes, back] {
            forAll(*changes, [&](const NotesChange& one) { save_notes(one.folder, back ? one.before : one.after); });
        },
        [this](const QString& problem) {
            if (!problem.isEmpty()) Q_EMIT failed(problem);
        });
}

void RunEdits::moveToTrash(const QStringList& ids) {
    const auto moves = std::make_shared<std::vector<Move>>();
    for (const QString& id : ids)
        if (const SharedEntry entry = m_library.entry(id)) moves->push_back({entry->folder, {}});
    if (moves->empty()) return;
    trash(moves, [this, moves](bool any) {
        if (!any) return;
        push(
            tr("move to trash"), [this, moves] { trash(moves, {}); }, [this, moves] { restore(moves); });
    });
}

void RunEdits::trash(const Moves& moves, const std::function<void(bool)>& then) {
    m_library.doWork([moves] { forAll(*moves, [](Move& move) { move.trashed = move_to_trash(move.folder); }); },
                     [this, moves, then](const QString& problem) {
                         int count = 0;
                         for (const Move& move : *moves) count += !move.trashed.empty();
                         if (then) then(count > 0);
                         if (count > 0) Q_EMIT trashed(count);
                         if (!problem.isEmpty()) Q_EMIT failed(problem);
                     });
}

void RunEdits::restore(const Moves& moves) {
    m_library.doWork(
        [moves] {
            forAll(*moves, [](Move& move) {
                if (move.trashed.empty()) return;
                // A second run of a name got another one in the trash.
                move.folder = restore_from_trash(move.trashed);
                move.trashed.clear();
            });
        },
        [this, moves](const QString& problem) {
            int count = 0;
            for (const Move& move : *moves) count += move.trashed.empty();
            if (problem.isEmpty())
                Q_EMIT restored(count);
            else
                Q_EMIT failed(problem);
        });
}

}  // namespace resonate::app
