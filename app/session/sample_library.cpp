// app/session/sample_library.cpp: see sample_library.h.
#include "session/sample_library.h"

#include <algorithm>

#include "session/picture_cache.h"

namespace resonate::app {
namespace {

/// A digit that is easily known, and of the other sets any.
constexpr int pictureClass = 3;

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

SampleLibrary::SampleLibrary(QObject* parent)
    : QObject(parent), m_turn(std::make_shared<std::atomic<int>>(0)), m_worker(this) {}

void SampleLibrary::open(const DatasetConfig& dataset, const std::filesystem::path& dataDir) {
    const QString key = keyOf(dataset);
    const int turn = ++*m_turn;
    // The library may be gone while the work goes on, the turn may not.
    m_worker.run(
        [this, asked = m_turn, turn, key, dataset, dataDir]() -> BackgroundWorker::Then {
            if (turn != *asked) return [] {};
            try {
                const auto browser = std::make_shared<const SampleBrowser>(dataset, dataDir);
                return [this, turn, key, browser] {
                    if (turn == *m_turn) Q_EMIT opened(key, browser);
                };
            } catch (const std::exception& error) {
                return [this, turn, key, sentence = QString::fromUtf8(error.what())] {
                    if (turn == *m_turn) Q_EMIT openFailed(key, sentence);
                };
            }
        },
        1);
}

void SampleLibrary::picture(const DatasetConfig& dataset, const std::filesystem::path& dataDir) {
    m_worker.run(
        [this, turn = m_pictureTurn, dataset, dataDir]() -> BackgroundWorker::Then {
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
    m_worker.clear();
    ++*m_turn;
    ++m_pictureTurn;
}

}  // namespace resonate::app
