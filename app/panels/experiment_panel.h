// app/panels/experiment_panel.h: the form: presets, data set, neuron and every other field of an experiment.
#pragma once

#include <QHash>
#include <QWidget>
#include <filesystem>
#include <memory>
#include <vector>

#include "panels/field_row.h"

class QComboBox;
class QGroupBox;
class QLabel;
class QPushButton;
class QScrollArea;

namespace resonate::app {

class DatasetLookup;

/// Shows one experiment and lets the user change it. Knows its problems; knows no engine.
class ExperimentPanel : public QWidget {
    Q_OBJECT

 public:
    explicit ExperimentPanel(QWidget* parent = nullptr);

    const ExperimentConfig& config() const { return m_config; }
    /// Shows `config` as a preset: nothing is marked as changed.
    void setPreset(const QString& name, const ExperimentConfig& config);
    QString presetName() const { return m_presetName; }
    bool isModified() const;

    /// First problem of the experiment as a sentence, or "" where it can start.
    QString problem() const { return m_problem; }
    /// First problem of a field, or "" where the experiment can be saved: its data may still be missing.
    QString fieldProblem() const { return m_fieldProblem; }
    FieldRow* row(const QString& path) const { return m_rows.value(path); }

    void setDataDir(const std::filesystem::path& folder);
    /// Fills the preset box again, after one was saved.
    void reloadPresets();
    /// While a training runs: edits are for the next one, and the panel says so.
    void setTraining(bool training);
    /// While files of the data set are on their way: nobody can ask for them again.
    void setDataBusy(bool busy);
    QComboBox* presetBox() const { return m_presets; }

 Q_SIGNALS:
    void configChanged();
    void presetChosen(const QString& name);
    void saveRequested();
    void saveAsRequested();
    void importDataRequested();
    void openDataRequested();

 private:
    /// What keeps the data set from being trained on: a sentence for the form, and a short one for Start. Both empty
    /// where it is ready.
    struct DataProblem {
        QString sentence;
        QString brief;
    };

    void buildForm();
    void addBrowseButton(FieldRow* row);
    DataProblem dataProblem();
    void onEdited(FieldRow* row);
    void takeMatchingPreset();
    void refresh();
    void refreshDescription();

    QHash<QString, FieldRow*> m_rows;
    std::vector<FieldRow*> m_order;
    std::vector<std::pair<QGroupBox*, std::vector<FieldRow*>>> m_groups;
    ExperimentConfig m_config;
    ExperimentConfig m_preset;
    QString m_presetName;
    QString m_problem;
    QString m_fieldProblem;
    std::filesystem::path m_dataDir;
    QComboBox* m_presets;
    QLabel* m_description;
    QLabel* m_reference;
    QLabel* m_dataStatus;
    QPushButton* m_importData;
    QPushButton* m_openData;
    DatasetLookup* m_lookup;  ///< own data: are its files there, and what is in them?
    QPushButton* m_save;
    QLabel* m_running;
    QScrollArea* m_scroll;
    QHash<QString, QString> m_typed;  ///< problem of a text that is no value yet, by path
};

}  // namespace resonate::app
