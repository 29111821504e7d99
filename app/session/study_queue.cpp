// app/session/study_queue.cpp: see study_queue.h.
#include "session/study_queue.h"

#include <QMetaObject>
#include <utility>

namespace resonate::app {

/// Carries what the study's thread tells to the UI thread.
class StudyQueue::Watcher : public StudyObserver {
 public:
    explicit Watcher(StudyQueue* queue) : m_queue(queue) {}

    void on_started(const std::vector<MemberState>& members, int) override {
        tell([queue = m_queue, members] {
            queue->takeMembers(members);
            if (queue->m_state == State::Starting) queue->setState(State::Running);
        });
    }
    void on_member(const MemberState& member, const StudyProgress& progress) override {
        tell([queue = m_queue, member, progress] { queue->takeMember(member, progress); });
    }
    void on_problem(const std::string& sentence) override {
        if (sentence.empty()) return;
        tell([queue = m_queue, text = QString::fromStdString(sentence)] { Q_EMIT queue->problemRaised(text); });
    }

 private:
    template <class Action>
    void tell(Action action) {
        QMetaObject::invokeMethod(m_queue, std::move(action), Qt::QueuedConnection);
    }

    StudyQueue* m_queue;
};

StudyProgress progressOf(const std::vector<MemberState>& members) {
    StudyProgress progress;
    progress.total = static_cast<int>(members.size());
    for (const MemberState& member : members) switch (member.status) {
            case MemberStatus::finished: ++progress.finished; break;
            case MemberStatus::diverged: ++progress.diverged; break;
            case MemberStatus::failed: ++progress.failed; break;
            case MemberStatus::skipped: ++progress.skipped; break;
            case MemberStatus::running: ++progress.running; break;
            case MemberStatus::waiting:
            case MemberStatus::interrupted: break;
        }
    return progress;
}

StudyQueue::StudyQueue(QObject* parent) : QObject(parent), m_watcher(std::make_unique<Watcher>(this)) {
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, &StudyQueue::look);
}

StudyQueue::~StudyQueue() = default;

void StudyQueue::show(const StoredStudy& study) {
    if (isBusy()) return;
    m_study = study.config;
    m_runsDir = study.folder.parent_path().parent_path();
    m_sentence = QString::fromStdString(study.problem);
    takeMembers(study.members);
    Q_EMIT stateChanged();
}

void StudyQueue::start(const StudyConfig& study, StudyOptions options) {
    Q_ASSERT(!isBusy());
    m_study = study;
    m_sentence.clear();
    m_runsDir = options.runs_dir;
    takeMembers({});
    setState(State::Starting);
    m_session = std::make_unique<StudySession>(study, std::move(options), *m_watcher);
    m_timer.start();
}

void StudyQueue::pause() {
    if (m_state != State::Running && m_state != State::Starting) return;
    m_session->pause();
    setState(State::Paused);
}

void StudyQueue::resume() {
    if (m_state != State::Paused) return;
    m_session->resume();
    setState(State::Running);
}

void StudyQueue::cancel() {
    if (!isBusy()) return;
    m_session->stop();
    setState(State::Stopping);
}

void StudyQueue::setState(State state) {
    if (std::exchange(m_state, state) != state) Q_EMIT stateChanged();
}

void StudyQueue::takeMembers(const std::vector<MemberState>& members) {
    m_members = members;
    m_progress = progressOf(members);
    Q_EMIT membersChanged();
}

void StudyQueue::takeMember(const MemberState& member, const StudyProgress& progress) {
    m_progress = progress;
    for (size_t i = 0; i < m_members.size(); ++i)
        if (m_members[i].key == member.key) {
            m_members[i] = member;
            Q_EMIT memberChanged(static_cast<int>(i));
        }
}

void StudyQueue::look() {
    if (!m_session || !m_session->finished()) return;
    m_timer.stop();
    // Its thread has ended, and told all before.
    const StudyOutcome outcome = m_session->outcome();
    m_session.reset();
    QMetaObject::invokeMethod(
        this,
        [this, outcome] {
            const bool started = !outcome.folder.empty();
            m_sentence = QString::fromStdString(outcome.message);
            if (started) {
                takeMembers(outcome.members);
                m_progress = outcome.progress;
            }
            setState(State::Idle);
            Q_EMIT ended(started);
        },
        Qt::QueuedConnection);
}

}  // namespace resonate::app
