// app/session/sample_library.cpp: see sample_library.h.
#include "session/sample_library.h"

#include <QMetaObject>
#include <algorithm>
#include <functional>

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

SampleLibrary::SampleLibrary(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }

SampleLibrary::~SampleLibrary() {
    m_pool.clear();
    m_pool.waitForDone();
}

/// `work` runs on the worker thread; what it returns runs on the UI thread.
void SampleLibrary::run(const std::function<std::function<void()>()>& work, int priority) {
    ++m_running;
    m_pool.start(
        [this, work] {
            const std::function<void()> then = work();
            QMetaObject::invokeMethod(
                this,
                [this, then] {
                    --m_running;
                    then();
                    if (m_running == 0) Q_EMIT idle();
                },
                Qt::QueuedConnection);
        },
        priority);
}

void SampleLibrary::open(const DatasetConfig& dataset, const std::filesystem::path& dataDir) {
    const QString key = keyOf(dataset);
    m_wanted = key;
    run(
        [this, key, dataset, dataDir]() -> std::function<void()> {
            try {
                const auto browser = std::make_shared<const SampleBrowser>(dataset, dataDir);
                return [this, key, browser] {
                    if (key == m_wanted) Q_EMIT opened(key, browser);
                };
            } catch (const std::exception& error) {
                return [this, key, sentence = QString::fromUtf8(error.what())] {
                    if (key == m_wanted) Q_EMIT openFailed(key, sentence);
                };
            }
        },
        1);
}

void SampleLibrary::picture(const DatasetConfig& dataset, const std::filesystem::path& dataDir) {
    run(
        [this, dataset, dataDir]() -> std::function<void()> {
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
            return [this, key = keyOf(dataset), sample] {
                if (sample) Q_EMIT pictured(key, sample);
            };
        },
        0);
}

void SampleLibrary::cancel() {
    m_pool.clear();
    m_wanted.clear();
}

}  // namespace resonate::app
