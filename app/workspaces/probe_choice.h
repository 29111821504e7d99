// app/workspaces/probe_choice.h: the test sequence that is shown: of the training, of a past run, or of the next one.
#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "resonate/experiment_config.h"
#include "session/sample_library.h"
#include "views/frame_facts.h"

namespace resonate::app {

class DatasetLookup;
class ExperimentPanel;
class ProbePicker;
class RunReplay;
class TrainingPresenter;
class WindowContext;

/// Joins the picker with the training, where none runs with the run that is looked at, and before the first with the
/// form. The data set is opened only when somebody chooses by class.
class ProbeChoice : public QObject {
    Q_OBJECT

 public:
    ProbeChoice(ExperimentPanel* form, TrainingPresenter* presenter, RunReplay* replay, WindowContext* context,
                QObject* parent);

    ProbePicker* picker() const { return m_picker; }
    /// Says what the views show: `training` decides what counts as right.
    void describe(const SharedFrame& frame, const TrainingConfig& training);

 private:
    /// Of the training, of the run that is looked at, or of the form.
    const ExperimentConfig& experiment() const;
    void refresh();
    void showSample();
    void fillClasses();
    void sayFacts();
    void chooseSample(int sample);
    void chooseWorst(bool follow);
    void chooseClass(int label);
    void takeBrowser(const SharedBrowser& browser);
    /// Of the training at once; without one an edit of the form, as if typed there.
    void set(const char* path, const QString& value);

    ExperimentPanel* m_form;
    TrainingPresenter* m_presenter;
    RunReplay* m_replay;
    WindowContext* m_context;
    ProbePicker* m_picker;
    SampleLibrary* m_library;
    DatasetLookup* m_lookup;
    SharedFrame m_frame;  ///< that shows
    TrainingConfig m_training;
    std::optional<ExperimentConfig> m_run;  ///< of the training
    std::optional<int> m_sent;              ///< sample asked for, not yet shown
    std::optional<DatasetConfig> m_dataset;
    std::vector<std::vector<std::int64_t>> m_ofClass;  ///< places in the test set; empty while not known
    std::int64_t m_count = 0;                          ///< test sequences; 0: not known
};

}  // namespace resonate::app
