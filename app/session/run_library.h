// app/session/run_library.h: the runs of a folder, listed and loaded away from the UI thread and kept up to date.
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>
#include <memory>

#include "resonate/run_catalogue.h"
#include "resonate/run_store.h"
#include "session/background_worker.h"

namespace resonate::app {

using SharedEntry = std::shared_ptr<const RunEntry>;
using SharedRun = std::shared_ptr<const StoredRun>;

/// Lists the folder again every second or so while somebody watches, so that runs of other programs appear and running
/// ones grow. Entries and runs are never changed once given out. Ids are names of run folders.
class RunLibrary : public QObject {
    Q_OBJECT

 public:
    explicit RunLibrary(QObject* parent = nullptr);

    /// Forgets the runs of another folder; those of this one follow with changed().
    void setFolder(const QString& runsDir);
    const QString& folder() const { return m_folder; }

    /// `who` wants to be kept up to date, or no longer. Who is deleted watches no more.
    void watch(const QObject* who, bool wanted);
    /// Looks at once, whether watched or not.
    void refresh();

    /// By id, so the newest is last. Empty until the first look has ended: see isListed().
    const QList<SharedEntry>& entries() const { return m_entries; }
    SharedEntry entry(const QString& id) const { return m_byId.value(id); }
    bool isListed() const { return m_listed; }
    /// Why the folder cannot be listed, a sentence; else empty.
    const QString& problem() const { return m_problem; }
    /// Settings in which a run differs from others of its data set and neuron: "Learning rate 0.05, Seed 3".
    QString differences(const QString& id) const { return m_differences.value(id); }

    /// `who` needs these runs with all their rows, in place of those it asked for before. They are loaded one by one
    /// and again whenever they have changed: storedChanged() follows for each.
    void want(const QObject* who, const QSet<QString>& ids);
    /// The run as last loaded; nullptr where it is not wanted, not loaded yet or cannot be read.
    SharedRun stored(const QString& id) const { return m_stored.value(id).run; }
    /// Why a wanted run cannot be loaded, a sentence; else empty.
    QString storedProblem(const QString& id) const { return m_stored.value(id).problem; }

    /// Does something with files of the folder away from the UI thread, then looks again. `work` throws on failure;
    /// `then` gets its sentence, or an empty one, on the UI thread; whom it uses must live as long as the library.
    void doWork(const std::function<void()>& work, const std::function<void(const QString& problem)>& then);

 Q_SIGNALS:
    /// entries(), problem() or isListed() are others.
    void changed();
    void storedChanged(const QString& id);

 private:
    struct Listing;
    struct Catalogue;
    struct Stored {
        SharedRun run;
        QString problem;
        SharedEntry of;       ///< the entry as it was when the run was loaded
        SharedEntry loading;  ///< the entry for which it is being loaded
    };

    void take(const Listing& listing);
    void loadWanted();
    void load(const QString& id, const SharedEntry& entry);

    QString m_folder;
    std::shared_ptr<Catalogue> m_catalogue;  ///< touched by the worker only
    QList<SharedEntry> m_entries;
    QHash<QString, SharedEntry> m_byId;
    QHash<QString, QString> m_differences;
    QString m_problem;
    bool m_listed = false;
    bool m_looking = false;
    bool m_lookAgain = false;
    QTimer m_timer;
    QSet<const QObject*> m_watchers;
    QHash<const QObject*, QSet<QString>> m_wanted;
    QHash<QString, Stored> m_stored;
    BackgroundWorker m_worker;
};

}  // namespace resonate::app
