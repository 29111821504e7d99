// app/session/study_queue.h: the study that runs, as the window sees it: each of its runs, progress, pause and end.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

#include "resonate/study.h"

namespace resonate::app {

/// One study at a time. Its runs are processes of their own: pausing and cancelling save and end those that run, which
/// go on later bit by bit. Closed or killed, the window finds the study again on disk.
class StudyQueue : public QObject {
    Q_OBJECT

 public:
    enum class State { Idle, Starting, Running, Paused, Stopping };

    explicit StudyQueue(QObject* parent = nullptr);
    ~StudyQueue() override;

    /// Shows what is known of a study without running it. While one runs, nothing happens.
    void show(const StoredStudy& study);
    /// Begins the study or goes on with it. To be called in Idle.
    void start(const StudyConfig& study, StudyOptions options);
    void pause();
    void resume();
    /// Ends as soon as the running trainings are saved.
    void cancel();

    State state() const { return m_state; }
    bool isBusy() const { return m_state != State::Idle; }
    const StudyConfig& study() const { return m_study; }
    const std::vector<MemberState>& members() const { return m_members; }
    const StudyProgress& progress() const { return m_progress; }
    /// How the last study ended, or why none could begin.
    const QString& sentence() const { return m_sentence; }
    /// Where run folders of the shown study lie.
    const std::filesystem::path& runsDir() const { return m_runsDir; }

 Q_SIGNALS:
    void stateChanged();
    /// The list of runs is another.
    void membersChanged();
    void memberChanged(int row);
    void problemRaised(const QString& sentence);
    /// `started`: false where the study was refused; sentence() says why.
    void ended(bool started);

 private:
    class Watcher;

    void setState(State state);
    void takeMembers(const std::vector<MemberState>& members);
    void takeMember(const MemberState& member, const StudyProgress& progress);
    void look();

    State m_state = State::Idle;
    StudyConfig m_study;
    std::vector<MemberState> m_members;
    StudyProgress m_progress;
    QString m_sentence;
    std::filesystem::path m_runsDir;
    QTimer m_timer;
    std::unique_ptr<Watcher> m_watcher;
    std::unique_ptr<StudySession> m_session;  ///< after m_watcher: it ends first
};

/// Counts of runs by their status.
StudyProgress progressOf(const std::vector<MemberState>& members);
/// How many there are without those left out.
inline int runsMeant(const StudyProgress& progress) { return progress.total - progress.skipped; }

}  // namespace resonate::app
