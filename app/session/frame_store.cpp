// app/session/frame_store.cpp: see frame_store.h.
#include "session/frame_store.h"

#include <utility>

#include "resonate/error.h"
#include "resonate/run_probe.h"
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

struct FrameStore::Networks {
    std::filesystem::path folder;
    RunOptions options;
    std::unique_ptr<RunProbe> probe;

    RunProbe& loaded() {
        if (!probe) probe = open_run_probe(folder, options);
        return *probe;
    }
};

FrameStore::FrameStore(QObject* parent) : QObject(parent), m_worker(this) {}

FrameStore::~FrameStore() {
    if (m_search) m_search->request_stop();
}

void FrameStore::open(const std::filesystem::path& runFolder) {
    m_folder = runFolder;
    ++m_run;
    m_networks.reset();
    m_sample.reset();
    forget();
}

void FrameStore::setSample(std::optional<int> sample, const RunOptions& options) {
    m_sample = sample;
    forget();
    if (sample) useNetworks(options);
}

void FrameStore::findWorst(int epoch, const RunOptions& options) {
    stopSearch();
    useNetworks(options);
    m_search = std::make_shared<TrainingControl>();
    m_worker.run([this, search = m_search, networks = m_networks, epoch]() -> BackgroundWorker::Then {
        QString sentence;
        std::optional<std::int64_t> worst;
        try {
            if (!search->stop_requested()) worst = networks->loaded().worst(epoch, *search);
        } catch (const std::exception& error) {
            sentence = QString::fromUtf8(error.what());
        }
        return [this, search, worst, sentence] {
            if (m_search != search) return;
            m_search.reset();
            Q_EMIT worstFound(static_cast<int>(worst.value_or(-1)));
            if (!sentence.isEmpty()) Q_EMIT searchFailed(sentence);
        };
    });
}

void FrameStore::useNetworks(const RunOptions& options) {
    if (!m_networks) m_networks = std::make_shared<Networks>(Networks{m_folder, options, nullptr});
}

void FrameStore::forget() {
    m_frames.clear();
    m_wanted.reset();
    m_ahead.clear();
    m_outdated = m_loading.has_value();
    stopSearch();
}

void FrameStore::stopSearch() {
    if (!m_search) return;
    std::exchange(m_search, nullptr)->request_stop();
    Q_EMIT worstFound(-1);
}

void FrameStore::setLimit(qint64 bytes) { m_frames.setMaxCost(bytes); }

SharedFrame FrameStore::find(int epoch) const {
    const SharedFrame* held = m_frames.object(epoch);
    return held ? *held : nullptr;
}

void FrameStore::want(int epoch) {
    stopSearch();
    m_wanted = epoch;
    next();
}

void FrameStore::readAhead(const QList<int>& epochs) {
    m_ahead = epochs;
    next();
}

void FrameStore::readPlaces(const QList<int>& epochs) {
    if (epochs.isEmpty()) return;
    m_worker.run(
        [this, run = m_run, folder = m_folder, epochs]() -> BackgroundWorker::Then {
            std::vector<ResonatorPlaces> places;
            for (const int epoch : epochs) {
                try {
                    places.push_back(read_resonators(folder, epoch));
                } catch (const Error&) {
                    // Who looks at this epoch is told.
                    continue;
                }
            }
            return [this, run, places] {
                if (run == m_run) Q_EMIT placesRead(places);
            };
        },
        2);
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
    // Before a search that waits.
    m_worker.run(
        [this, folder = m_folder, epoch = *epoch, sample = m_sample,
         networks = m_networks]() -> BackgroundWorker::Then {
            Answer answer;
            try {
                answer.frame = std::make_shared<const ProbeFrame>(sample ? networks->loaded().frame(epoch, *sample)
                                                                         : read_frame(folder, epoch));
            } catch (const std::exception& error) {
                answer.sentence = QString::fromUtf8(error.what());
            }
            return [this, epoch, answer] { take(epoch, answer); };
        },
        1);
}

void FrameStore::take(int epoch, const Answer& answer) {
    m_loading.reset();
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
