// app/session/frame_store.cpp: see frame_store.h.
#include "session/frame_store.h"

#include <QtConcurrentRun>
#include <utility>

#include "resonate/run_store.h"

namespace resonate::app {
namespace {

template <class Value>
qint64 bytesIn(const std::vector<Value>& values) {
    return static_cast<qint64>(values.size() * sizeof(Value));
}

}  // namespace

qint64 bytesOf(const ProbeFrame& frame) {
    return static_cast<qint64>(sizeof(ProbeFrame)) + bytesIn(frame.input) + bytesIn(frame.labels) + bytesIn(frame.u) +
           bytesIn(frame.v) + bytesIn(frame.threshold) + bytesIn(frame.spikes) + bytesIn(frame.probabilities) +
           bytesIn(frame.omega) + bytesIn(frame.b);
}

FrameStore::FrameStore(QObject* parent) : QObject(parent) {
    connect(&m_watcher, &QFutureWatcher<Answer>::finished, this, &FrameStore::take);
}

FrameStore::~FrameStore() { m_watcher.waitForFinished(); }

void FrameStore::open(const std::filesystem::path& runFolder) {
    m_folder = runFolder;
    m_frames.clear();
    m_wanted.reset();
    m_ahead.clear();
    m_outdated = m_loading.has_value();
}

void FrameStore::setLimit(qint64 bytes) { m_frames.setMaxCost(bytes); }

SharedFrame FrameStore::find(int epoch) const {
    const SharedFrame* held = m_frames.object(epoch);
    return held ? *held : nullptr;
}

void FrameStore::want(int epoch) {
    m_wanted = epoch;
    next();
}

void FrameStore::readAhead(const QList<int>& epochs) {
    m_ahead = epochs;
    next();
}

void FrameStore::next() {
    if (m_loading || m_folder.empty()) return;
    std::optional<int> epoch = std::exchange(m_wanted, std::nullopt);
    while (!epoch && !m_ahead.isEmpty()) {
        epoch = m_ahead.takeFirst();
        if (m_frames.contains(*epoch)) epoch.reset();
    }
    if (!epoch) return;
    m_loading = epoch;
    m_watcher.setFuture(QtConcurrent::run(&FrameStore::read, m_folder, *epoch));
}

FrameStore::Answer FrameStore::read(const std::filesystem::path& folder, int epoch) {
    try {
        return {std::make_shared<const ProbeFrame>(read_frame(folder, epoch)), QString()};
    } catch (const std::exception& error) {
        return {nullptr, QString::fromUtf8(error.what())};
    }
}

void FrameStore::take() {
    const Answer answer = m_watcher.result();
    const int epoch = *std::exchange(m_loading, std::nullopt);
    if (!std::exchange(m_outdated, false)) {
        if (m_wanted == epoch) m_wanted.reset();
        if (answer.frame) {
            m_frames.insert(epoch, new SharedFrame(answer.frame), bytesOf(*answer.frame));
            Q_EMIT loaded(epoch, answer.frame);
        } else {
            Q_EMIT failed(epoch, answer.sentence);
        }
    }
    next();
}

}  // namespace resonate::app
