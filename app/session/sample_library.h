// app/session/sample_library.h: opens data sets for looking, and keeps a sample of each for its card.
#pragma once

#include <QObject>
#include <atomic>
#include <filesystem>
#include <memory>

#include "resonate/samples.h"
#include "session/background_worker.h"
#include "views/shown_sample.h"

namespace resonate::app {

/// What tells two data sets apart: the name, and of own data the path too.
QString keyOf(const DatasetConfig& dataset);

using SharedBrowser = std::shared_ptr<const SampleBrowser>;

/// "test sequence 12", as a sample's place is called.
QString placeOf(Split split, std::int64_t index);
SharedSample sampleOf(const SampleBrowser& browser, Split split, std::int64_t index);

/// Loads one set after the other on a thread of its own; what the user waits for goes first. Samples for cards are kept
/// in the user's cache folder, so that a start reads no large set for a small picture.
class SampleLibrary : public QObject {
    Q_OBJECT

 public:
    explicit SampleLibrary(QObject* parent = nullptr);
    /// Asks for a set; opened() or openFailed() follows, unless another is asked for before. One that still waits then
    /// is not loaded at all.
    void open(const DatasetConfig& dataset, const std::filesystem::path& dataDir);
    /// Asks for a sample for a card; pictured() follows where the set can be read.
    void picture(const DatasetConfig& dataset, const std::filesystem::path& dataDir);
    /// Forgets what waits, and what loads when it comes.
    void cancel();

 Q_SIGNALS:
    void opened(const QString& key, const resonate::app::SharedBrowser& browser);
    void openFailed(const QString& key, const QString& sentence);
    void pictured(const QString& key, const resonate::app::SharedSample& sample);

 private:
    std::shared_ptr<std::atomic<int>> m_turn;  ///< of the set asked for last
    int m_pictureTurn = 0;                     ///< pictures asked for before the last cancel() are dropped
    BackgroundWorker m_worker;
};

}  // namespace resonate::app
