// app/session/frame_store.h: probe frames of a run's kept epochs, read beside the window and held within a bound.
#pragma once

#include <QCache>
#include <QFutureWatcher>
#include <QList>
#include <QObject>
#include <filesystem>
#include <optional>

#include "views/frame_facts.h"

namespace resonate::app {

/// Reads one frame after the other on a thread of its own. What is wanted goes before what may be wanted next; of
/// several wishes the newest counts. Frames not looked at for longest leave first.
class FrameStore : public QObject {
    Q_OBJECT

 public:
    explicit FrameStore(QObject* parent = nullptr);
    /// Waits for a frame that is being read.
    ~FrameStore() override;

    /// Another run: forgets the frames of the one before. Empty: none.
    void open(const std::filesystem::path& runFolder);
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

 Q_SIGNALS:
    void loaded(int epoch, const resonate::app::SharedFrame& frame);
    /// `sentence` names the file and what is wrong with it.
    void failed(int epoch, const QString& sentence);

 private:
    struct Answer {
        SharedFrame frame;
        QString sentence;
    };

    void next();
    void take();
    static Answer read(const std::filesystem::path& folder, int epoch);

    std::filesystem::path m_folder;
    QCache<int, SharedFrame> m_frames;  ///< by epoch; costs are bytes
    QFutureWatcher<Answer> m_watcher;
    std::optional<int> m_wanted;
    std::optional<int> m_loading;
    bool m_outdated = false;  ///< what is being read is of a run that is no longer shown
    QList<int> m_ahead;
};

/// Memory that a frame takes.
qint64 bytesOf(const ProbeFrame& frame);

}  // namespace resonate::app
