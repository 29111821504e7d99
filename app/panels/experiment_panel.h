// app/panels/experiment_panel.h: the form: presets, data set, neuron and every other field of an experiment.
#pragma once

#include <QHash>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <optional>

#include "models/experiment_edits.h"
#include "panels/experiment_form.h"
#include "panels/preset_bar.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace resonate {
struct StoredRun;
}

namespace resonate::app {

class DatasetLookup;
class HelpStrip;

/// Shows one experiment and lets the user change it, with undo. Knows its problems, and the experiment of the training
/// that runs; knows no engine.
class ExperimentPanel : public QWidget {
    Q_OBJECT

 public:
    explicit ExperimentPanel(QWidget* parent = nullptr);

    const ExperimentConfig& config() const { return m_state.config; }
    /// Shows `config` as a preset: nothing is marked as changed. One step that can be undone.
    void setPreset(const QString& name, const ExperimentConfig& config);
    /// Shows the experiment of a run: marked where it differs from the preset that it was made from. One step that can
    /// be undone. Throws ConfigError.
    void setRun(const StoredRun& run);
    QString presetName() const { return m_state.presetName; }
    /// That preset as it was, before it was edited.
    const ExperimentConfig& preset() const { return m_state.preset; }
    /// Edits of the preset shown, all at once.
    void takeEdits(const ExperimentConfig& config);
    bool isModified() const;
    /// Was anything done to the experiment since it came into the form?
    bool isEdited() const { return m_state.isEdited(); }
    /// Where `config` differs from the preset, in the order of the form.
    QList<PresetDifference> differences() const;
    void resetAll();

    QUndoStack* undoStack() const { return m_edits->stack(); }

    /// First problem of the experiment as a sentence, or "" where it can start.
    QString problem() const { return m_problem; }
    /// First problem of a field, or "" where the experiment can be saved: its data may still be missing.
    QString fieldProblem() const { return m_fieldProblem; }
    FieldRow* row(const QString& path) const { return m_form->row(path); }

    void setDataDir(const std::filesystem::path& folder);
    /// Fills the preset box again, after one was saved.
    void reloadPresets();
    /// A preset of the user's has another name now, or "" where it is gone.
    void renamePreset(const QString& from, const QString& to);
    /// While a training of `runConfig` runs: fields that act on it say so, the others are for the next one.
    void setTraining(bool training, const ExperimentConfig& runConfig);
    /// The training took a change, or did not. Neither edits the experiment.
    void showRunChange(const QString& path, const QString& to);
    void showRefusal(const QString& path, const QString& sentence);
    /// While files of the data set are on their way: nobody can ask for them again.
    void setDataBusy(bool busy);
    /// What a run would take, under the form; `warning` stands below it.
    void setEstimate(const QString& text, const QString& warning);

    QComboBox* presetBox() const { return m_bar->box(); }
    PresetBar* presetBar() const { return m_bar; }
    HelpStrip* helpStrip() const { return m_help; }
    QLabel* estimateLabel() const { return m_estimate; }
    QLabel* estimateWarning() const { return m_warning; }

 Q_SIGNALS:
    void configChanged();
    /// What was opened took the place of an edited experiment of that name, which undo brings back.
    void editsReplaced(const QString& name);
    void presetChosen(const QString& name);
    void galleryRequested();
    void saveRequested();
    void saveAsRequested();
    void importDataRequested();
    void openDataRequested();
    /// The user wants the running training to take this value of a field, as `--set` would.
    void changeWanted(const QString& path, const QString& value);
    void shown();

 protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    /// What keeps the data set from being trained on: a sentence for the form, and a short one for Start. Both empty
    /// where it is ready.
    struct DataProblem {
        QString sentence;
        QString brief;
        bool downloads = false;  ///< is there a web site that has it?
    };

    void build();
    void connectForm();
    void browse(FieldRow* row);
    DataProblem dataProblem();
    void onEdited(FieldRow* row);
    void onReset(FieldRow* row);
    void apply(FieldRow* row);
    void showHelp(FieldRow* row);
    void takeMatchingPreset();
    /// `change` makes an undoable step of what it does to m_state.
    void edit(const QString& field, const QString& what, const std::function<void()>& change);
    void nameInBar();
    /// Shows `state` in place of what was there; `what` is the name of that step.
    void open(const FormState& state, const QString& what);
    void take(const FormState& state);
    void takePreset(const QString& name, const ExperimentConfig& config) { take({name, config, config, {}, config}); }
    void restore(const FormState& state, const QString& field);
    void refresh();
    void refreshRunNote(FieldRow* row);

    FormState m_state;
    ExperimentEdits* m_edits;
    std::optional<ExperimentConfig> m_run;  ///< of the training that runs
    QHash<QString, QString> m_refused;      ///< why the training did not take a change, by path
    QString m_problem;
    QString m_fieldProblem;
    std::filesystem::path m_dataDir;
    PresetBar* m_bar;
    ExperimentForm* m_form;
    QLabel* m_dataStatus;
    QPushButton* m_importData;
    QPushButton* m_openData;
    DatasetLookup* m_lookup;  ///< own data: are its files there, and what is in them?
    QLabel* m_running;
    QLabel* m_estimate;
    QLabel* m_warning;
    HelpStrip* m_help;
    FieldRow* m_helped = nullptr;
    QHash<QString, QString> m_typed;  ///< problem of a text that is no value yet, by path
};

}  // namespace resonate::app
