// app/session/sample_library.cpp: see sample_library.h.
#include "session/sample_library.h"

#include <QMetaObject>
#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>

#include "session/picture_cache.h"

namespace resonate::app {
namespace {

/// A digit that is easily known, and of the other sets any.
constexpr int pictureClass = 3;

/// ms for what loads when the library goes.
constexpr int patience = 500;

/// Counts what is at work.
struct WorkCount {
    WorkCount() { ++running; }
    ~WorkCount() { --running; }
    WorkCount(const WorkCount&) = delete;
    WorkCount& operator=(const WorkCount&) = delete;
    static inline std::atomic<int> running{0};
};

/// A sequence that shows what the set is about.
SharedSample typicalSample(const SampleBrowser& browser) {
    for (const Split split : {Split::test, Split::train}) {
        if (browser.count(split) == 0) continue;
        if (browser.info().classes > pictureClass && !browser.of_class(split, pictureClass).empty())
            return sampleOf(browser, split, browser.of_class(split, pictureClass).front());
        return sampleOf(browser, split, 0);
    }
    return nullptr;
}

}  // namespace

QString keyOf(const DatasetConfig& dataset) {
    return QString::fromStdString(dataset.path.empty() ? dataset.name : dataset.name + "|" + dataset.path);
}

QString placeOf(Split split, std::int64_t index) {
    switch (split) {
        case Split::train: return SampleLibrary::tr("training sequence %1").arg(index);
        case Split::validation: return SampleLibrary::tr("validation sequence %1").arg(index);
        case Split::test: break;
    }
    return SampleLibrary::tr("test sequence %1").arg(index);
}

SharedSample sampleOf(const SampleBrowser& browser, Split split, std::int64_t index) {
    return std::make_shared<const ShownSample>(
        ShownSample{browser.info(), browser.sample(split, index), browser.step_order(), placeOf(split, index)});
}

struct SampleLibrary::Link {
    std::mutex mutex;
    SampleLibrary* library = nullptr;
    std::atomic<int> turn{0};  ///< of the set asked for last
};

SampleLibrary::SampleLibrary(QObject* parent)
    : QObject(parent), m_link(std::make_shared<Link>()), m_pool(new QThreadPool) {
    m_link->library = this;
    m_pool->setMaxThreadCount(1);
}

SampleLibrary::~SampleLibrary() {
    m_pool->clear();
    {
        const std::lock_guard lock(m_link->mutex);
        m_link->library = nullptr;
    }
    // A pool that works cannot be deleted without waiting for it.
    if (m_pool->waitForDone(patience))
        delete m_pool;
    else
        m_pool = nullptr;
}

bool SampleLibrary::abandonedWork() { return WorkCount::running > 0; }

/// `work` runs on the worker thread; what it returns runs on the UI thread.
void SampleLibrary::run(const std::function<std::function<void()>()>& work, int priority) {
    m_pool->start(
        [link = m_link, work] {
            const WorkCount counted;
            const std::function<void()> then = work();
            const std::lock_guard lock(link->mutex);
            if (link->library) QMetaObject::invokeMethod(link->library, then, Qt::QueuedConnection);
        },
        priority);
}

void SampleLibrary::open(const DatasetConfig& dataset, const std::filesystem::path& dataDir) {
    const QString key = keyOf(dataset);
    const int turn = ++m_link->turn;
    // The library may be gone while the work goes on, the link may not.
    run(
        [this, link = m_link, turn, key, dataset, dataDir]() -> std::function<void()> {
            if (turn != link->turn) return [] {};
            try {
                const auto browser = std::make_shared<const SampleBrowser>(dataset, dataDir);
                return [this, turn, key, browser] {
                    if (turn == m_link->turn) Q_EMIT opened(key, browser);
                };
            } catch (const std::exception& error) {
                return [this, turn, key, sentence = QString::fromUtf8(error.what())] {
                    if (turn == m_link->turn) Q_EMIT openFailed(key, sentence);
                };
            }
        },
        1);
}

void SampleLibrary::picture(const DatasetConfig& dataset, const std::filesystem::path& dataDir) {
    run(
        [this, turn = m_pictureTurn, dataset, dataDir]() -> std::function<void()> {
            SharedSample sample;
            try {
                const PictureCache cache(dataset, dataDir);
                sample = cache.read();
                if (!sample) {
                    sample = typicalSample(SampleBrowser(dataset, dataDir));
                    if (sample) cache.write(*sample);
                }
            } catch (const std::exception&) {
                // The card has no picture; what is wrong is said by its status.
            }
            return [this, turn, key = keyOf(dataset), sample] {
                if (sample && turn == m_pictureTurn) Q_EMIT pictured(key, sample);
            };
        },
        0);
}

void SampleLibrary::cancel() {
    m_pool->clear();
    ++m_link->turn;
    ++m_pictureTurn;
}

}  // namespace resonate::app
