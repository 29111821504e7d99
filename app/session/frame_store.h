// app/session/frame_store.h: probe frames of a run's kept epochs, read beside the window and held within a bound.
#pragma once

#include <QCache>
#include <QList>
#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>

#include "resonate/experiment.h"
#include "session/background_worker.h"
#include "views/frame_facts.h"

namespace resonate::app {

/// Reads one frame after the other on a thread of its own. What is wanted goes before what may be wanted next; of
/// several wishes the newest counts. Frames not looked at for longest leave first.
class FrameStore : public QObject {
    Q_OBJECT

 public:
    explicit FrameStore(QObject* parent = nullptr);
    ~FrameStore() override;

    /// Another run: forgets the frames of the one before. Empty: none.
    void open(const std::filesystem::path& runFolder);
    /// Frames of that test sequence, computed with the networks that the run kept; nothing: of the recorded one.
    /// Forgets the frames held. `options` as open_run_probe() takes them.
    void setSample(std::optional<int> sample, const RunOptions& options);
    /// Looks for the test sequence with the largest loss at that epoch; worstFound() follows. Given up where another
    /// frame, sequence or run is wanted before.
    void findWorst(int epoch, const RunOptions& options);
    void stopSearch();
    bool isSearching() const { return m_search != nullptr; }
    /// Most memory for frames, in bytes. One frame larger than that is still shown, but not held.
    void setLimit(qint64 bytes);
    qint64 limit() const { return m_frames.maxCost(); }
    qint64 bytesHeld() const { return m_frames.totalCost(); }

    /// The frame where it is held, else nullptr.
    SharedFrame find(int epoch) const;
    /// loaded() or failed() follows, unless another is wanted before.
    void want(int epoch);
    bool isBusy() const { return m_loading.has_value(); }
    /// To be read when nothing is wanted, in this order; loaded() or failed() follows for each. Replaces earlier ones.
    void readAhead(const QList<int>& epochs);
    /// Where the neurons of these epochs of the run were, whatever sequence is shown; placesRead() follows. Before all
    /// that is read ahead.
    void readPlaces(const QList<int>& epochs);

 Q_SIGNALS:
    void loaded(int epoch, const resonate::app::SharedFrame& frame);
    /// `sentence` names the file and what is wrong with it.
    void failed(int epoch, const QString& sentence);
    /// Without the epochs whose files cannot be read.
    void placesRead(const std::vector<resonate::ResonatorPlaces>& places);
    /// -1: the search was given up, or failed.
    void worstFound(int sample);
    void searchFailed(const QString& sentence);

 private:
    /// The networks of the run, loaded when first used, on the thread of the worker.
    struct Networks;

    struct Answer {
        SharedFrame frame;
        QString sentence;
    };

    void next();
    void take(int epoch, const Answer& answer);
    void useNetworks(const RunOptions& options);
    /// What is being computed is no longer wanted.
    void forget();

    std::filesystem::path m_folder;
    int m_run = 0;                         ///< counts the runs that were opened
    QCache<int, SharedFrame> m_frames;     ///< by epoch; costs are bytes
    std::shared_ptr<Networks> m_networks;  ///< nullptr until another sequence than the recorded one was asked for
    std::optional<int> m_sample;           ///< nothing: the recorded one
    std::optional<int> m_wanted;
    std::optional<int> m_loading;
    bool m_outdated = false;  ///< what is being read is of a run or sequence that is no longer shown
    QList<int> m_ahead;
    std::shared_ptr<TrainingControl> m_search;  ///< for the worst sequence
    BackgroundWorker m_worker;
};

/// Memory that a frame takes.
qint64 bytesOf(const ProbeFrame& frame);

}  // namespace resonate::app
