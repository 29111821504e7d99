// app/workspaces/epoch_pictures.h: pictures of a run's recorded epochs, drawn by views of their own beside the window.
#pragma once

#include <QImage>
#include <memory>
#include <optional>

#include "exports/view_exporter.h"
#include "resonate/datasets.h"
#include "resonate/run_store.h"
#include "session/frame_store.h"

class QWidget;

namespace resonate::app {

class LiveViews;

/// What the window shows stays as it is, also while a training goes on.
class EpochPictures {
 public:
    /// Order, selection and time range are those of `shown`. `view`: name of a view ("raster"), or "" for all of them
    /// in one picture.
    EpochPictures(const StoredRun& run, const std::optional<DatasetInfo>& dataset, const LiveViews& shown,
                  const QString& view);
    ~EpochPictures();
    EpochPictures(const EpochPictures&) = delete;
    EpochPictures& operator=(const EpochPictures&) = delete;

    /// The frames come from here: their test sequence is the recorded one, until the store is told another.
    FrameStore& store() { return m_store; }
    /// Does survey() change anything?
    bool wantsSurvey() const;
    /// Of every epoch that will be drawn, before the first picture: axes have room for all of them then, and stay as
    /// they are. Throws as picture().
    void survey(int epoch);
    /// To be asked in the order of the epochs: curves and trails grow. Waits in the event loop for its frame. Throws
    /// RunError where that cannot be read or computed.
    QImage picture(int epoch, const ExportOptions& options);

 private:
    class Page;

    SharedFrame frame(int epoch);

    StoredRun m_run;
    FrameStore m_store;
    std::unique_ptr<QWidget> m_home;  ///< owns the views
    std::unique_ptr<LiveViews> m_views;
    std::unique_ptr<Page> m_page;
    double m_firstStep = 0;
    double m_lastStep = 0;
};

}  // namespace resonate::app
