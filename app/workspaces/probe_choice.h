// app/workspaces/probe_choice.h: the test sequence that is shown: of the training that runs, else of the next one.
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
class TrainingPresenter;
class WindowContext;

/// Joins the picker with the training, or with the form where none runs. The data set is opened only when somebody
/// chooses by class.
class ProbeChoice : public QObject {
    Q_OBJECT

 public:
    ProbeChoice(ExperimentPanel* form, TrainingPresenter* presenter, WindowContext* context, QObject* parent);

    ProbePicker* picker() const { return m_picker; }
    /// Says what the views show: `training` decides what counts as right.
    void describe(const SharedFrame& frame, const TrainingConfig& training);

 private:
    /// The experiment of the training, else of the form.
    void refresh();
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
    WindowContext* m_context;
    ProbePicker* m_picker;
    SampleLibrary* m_library;
    DatasetLookup* m_lookup;
    SharedFrame m_frame;  ///< that shows
    TrainingConfig m_training;
    std::optional<ExperimentConfig> m_run;  ///< of the training
    std::optional<int> m_sent;              ///< sample asked of the training, not yet answered
    std::optional<DatasetConfig> m_dataset;
    std::vector<std::vector<std::int64_t>> m_ofClass;  ///< places in the test set; empty while not known
    std::int64_t m_count = 0;                          ///< test sequences; 0: not known
};

}  // namespace resonate::app
