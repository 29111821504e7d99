// app/workspaces/run_replay.h: which moment of a run the live views show: the present, or one of its recorded epochs.
#pragma once

#include <QObject>
#include <QSet>
#include <QTimer>
#include <functional>
#include <map>

#include "resonate/run_store.h"
#include "session/frame_store.h"
#include "views/parameter_trail.h"

namespace resonate::app {

class EpochBar;
class LiveViews;

/// Joins the epoch bar, the frames of a run's folder and the views. A training goes on whatever is shown.
class RunReplay : public QObject {
    Q_OBJECT

 public:
    /// `options`: where data sets are, and how many threads compute, when other sequences are looked at.
    RunReplay(LiveViews* views, std::function<RunOptions()> options, QObject* parent);

    EpochBar* bar() const { return m_bar; }
    FrameStore& store() { return m_store; }

    /// A training begins: its present shows.
    void begin(const RunStarted& started);
    /// A run from its folder: its last recorded epoch shows. Files that were cut off are told in failed().
    void open(const StoredRun& run);
    void setRecorded(const QList<int>& epochs);
    void addEpoch(const EpochMetrics& metrics);
    void addChange(const RunChange& change);
    /// The present of the training.
    void takeFrame(const SharedFrame& frame);
    void end(const RunOutcome& outcome);
    /// Is any view in sight that draws frames? None is read while there is none.
    void setInSight(bool inSight);

    bool isLive() const { return m_live; }
    /// The recorded epoch that shows or is being read; -1 where the present shows.
    int epoch() const { return m_live ? -1 : m_epoch; }
    /// Is a run shown that no longer trains, whose kept networks can be given other test sequences?
    bool isPast() const { return !m_training && !m_folder.empty(); }
    /// The test sequence that was asked for instead of the recorded one, where one was.
    std::optional<int> sample() const { return isPast() ? m_sample : std::nullopt; }
    bool isTraining() const { return m_training; }
    const ExperimentConfig& config() const { return m_config; }
    const std::string& runId() const { return m_runId; }
    const std::filesystem::path& folder() const { return m_folder; }
    /// Of the frame that shows last; nullptr before the first.
    const SharedFrame& frame() const { return m_frame; }
    /// Shows the recorded epoch nearest to that one.
    void show(int epoch);
    void goLive();
    void play(bool play);
    /// Of a past run: another test sequence, through the networks of the recorded epochs.
    void showSample(int sample);
    /// Of a past run: looks for the test sequence with the largest loss at the epoch that shows; searchEnded() follows.
    void showWorst();

 Q_SIGNALS:
    void searchEnded();
    void frameShown(const resonate::app::SharedFrame& frame);
    /// Another epoch, or the present.
    void momentChanged();
    /// Files of the run are damaged or gone: a sentence, with details.
    void failed(const QString& sentence);

 private:
    /// Shows in the bar what was recorded.
    void tellBar();
    void setRun(const std::filesystem::path& folder, const std::string& id, const ExperimentConfig& config,
                const std::vector<EpochMetrics>& rows, const std::vector<int>& recorded,
                const std::vector<RunChange>& changes);
    void present(const SharedFrame& frame);
    void onLoaded(int epoch, const SharedFrame& frame);
    void onFailed(int epoch, const QString& sentence);
    /// To the epoch after one that cannot be shown, else to the one before.
    void skip(int epoch);
    void playOn();
    void planReading();
    /// Recorded epochs that trails are drawn from.
    QList<int> trailPlan() const;
    /// Of those, the ones of which it is not known where the neurons were.
    void readPast();
    void takePlaces(const std::vector<ResonatorPlaces>& places);
    void drawTrail();
    std::vector<ParameterTrail::Snapshot> pastOf(int epoch) const;

    LiveViews* m_views;
    std::function<RunOptions()> m_options;
    EpochBar* m_bar;
    FrameStore m_store;
    QTimer m_play;
    QTimer m_barTimer;
    std::vector<EpochMetrics> m_untold;  ///< rows of epochs of which the bar does not know yet
    std::filesystem::path m_folder;
    std::string m_runId;
    ExperimentConfig m_config;
    QList<int> m_recorded;
    QSet<int> m_unreadable;
    QSet<int> m_asked;                               ///< epochs whose ω and b were asked for
    std::map<int, ParameterTrail::Snapshot> m_past;  ///< and those that came
    SharedFrame m_now;                               ///< the newest of the training
    SharedFrame m_frame;
    int m_epoch = -1;
    std::optional<int> m_sample;  ///< asked for instead of the recorded one
    bool m_live = false;
    bool m_training = false;
    bool m_waiting = false;  ///< for the frame of m_epoch
    bool m_inSight = true;
    bool m_trailDue = false;  ///< the present has a trail from before it, which may have to be read
};

}  // namespace resonate::app
