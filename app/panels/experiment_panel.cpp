// app/panels/experiment_panel.cpp: see experiment_panel.h.
#include "panels/experiment_panel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "resonate/datasets.h"
#include "resonate/error.h"
#include "session/dataset_lookup.h"

namespace resonate::app {
namespace {

QLabel* wrapped() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

ExperimentPanel::ExperimentPanel(QWidget* parent)
    : QWidget(parent),
      m_dataDir(default_data_dir()),
      m_presets(new QComboBox),
      m_description(wrapped()),
      m_reference(wrapped()),
      m_dataStatus(wrapped()),
      m_importData(new QPushButton(tr("Use files I have…"))),
      m_openData(new QPushButton(tr("Open in Data"))),
      m_lookup(new DatasetLookup(this)),
      m_save(new QPushButton(tr("Save"))),
      m_running(wrapped()),
      m_scroll(new QScrollArea) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 4, 4);
    layout->setSpacing(6);

    auto* presetRow = new QHBoxLayout;
    auto* presetLabel = new QLabel(tr("&Preset"));
    presetLabel->setBuddy(m_presets);
    m_presets->setAccessibleName(tr("Preset"));
    m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_presets->setMinimumContentsLength(14);
    presetRow->addWidget(presetLabel);
    presetRow->addWidget(m_presets, 1);
    auto* saveAs = new QPushButton(tr("Save as…"));
    m_save->setToolTip(tr("Save the experiment over its own preset"));
    saveAs->setToolTip(tr("Save the experiment as a preset of your own"));
    layout->addLayout(presetRow);
    layout->addWidget(m_description);
    layout->addWidget(m_reference);
    auto* saveRow = new QHBoxLayout;
    saveRow->addStretch(1);
    saveRow->addWidget(m_save);
    saveRow->addWidget(saveAs);
    layout->addLayout(saveRow);
    m_running->setText(tr("A training is running. Changes here are for the next one."));
    // Its line stays free while it is hidden: the form must not jump when a training starts.
    QSizePolicy keepsItsLine = m_running->sizePolicy();
    keepsItsLine.setRetainSizeWhenHidden(true);
    m_running->setSizePolicy(keepsItsLine);
    m_running->hide();
    layout->addWidget(m_running);
    layout->addWidget(m_scroll, 1);

    connect(m_presets, &QComboBox::activated, this,
            [this](int index) { Q_EMIT presetChosen(m_presets->itemData(index).toString()); });
    connect(m_save, &QPushButton::clicked, this, &ExperimentPanel::saveRequested);
    connect(saveAs, &QPushButton::clicked, this, &ExperimentPanel::saveAsRequested);
    connect(m_importData, &QPushButton::clicked, this, &ExperimentPanel::importDataRequested);
    connect(m_openData, &QPushButton::clicked, this, &ExperimentPanel::openDataRequested);
    m_importData->setToolTip(tr("Copy the published files from a folder of this computer, after checking them"));
    m_openData->setToolTip(tr("Show this data set in the Data workspace: download it, look at its samples"));
    connect(m_lookup, &DatasetLookup::found, this, [this] {
        // Sets of the catalogue are looked up in refresh() itself.
        if (!dataset_info(m_config.dataset.name).own) return;
        refresh();
        Q_EMIT configChanged();
    });
    buildForm();
    reloadPresets();
    refresh();
}

void ExperimentPanel::buildForm() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 6, 0);
    QGroupBox* group = nullptr;
    QGridLayout* form = nullptr;
    for (const Field& field : field_catalogue()) {
        if (field.group == "Experiment") continue;
        const QString title = QString::fromStdString(field.group);
        if (!group || group->title() != title) {
            group = new QGroupBox(title);
            // Not a QFormLayout: that of Qt 6.4 writes beyond its arrays where rows whose height depends on their
            // width come and go.
            form = new QGridLayout(group);
            form->setColumnStretch(1, 1);
            form->setHorizontalSpacing(8);
            form->setVerticalSpacing(4);
            column->addWidget(group);
            m_groups.push_back({group, {}});
        }
        auto* row = new FieldRow(field, group);
        const int line = form->rowCount();
        // A problem below the editor must not pull the label down.
        row->label()->setMinimumHeight(row->editor()->sizeHint().height());
        form->addWidget(row->label(), line, 0, Qt::AlignTop);
        form->addWidget(row->editorBox(), line, 1);
        if (field.path == "dataset.name") {
            form->addWidget(m_dataStatus, line + 1, 0, 1, 2);
            auto* ways = new QHBoxLayout;
            ways->setSpacing(6);
            ways->addWidget(m_importData, 1);
            ways->addWidget(m_openData, 1);
            form->addLayout(ways, line + 2, 0, 1, 2);
        }
        if (field.path == "dataset.path") addBrowseButton(row);
        m_rows.insert(QString::fromStdString(field.path), row);
        m_order.push_back(row);
        m_groups.back().second.push_back(row);
        connect(row, &FieldRow::edited, this, [this, row] { onEdited(row); });
        connect(row, &FieldRow::resetRequested, this, [this, row] {
            row->field().set(m_config, row->field().get(m_preset));
            m_typed.remove(QString::fromStdString(row->field().path));
            row->editor()->setFocus();
            refresh();
            Q_EMIT configChanged();
        });
    }
    column->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    // Fields are never cut off sideways: the panel is as wide as its widest one.
    m_scroll->setMinimumWidth(content->minimumSizeHint().width() + m_scroll->verticalScrollBar()->sizeHint().width());
}

/// A folder of recordings, else one file.
void ExperimentPanel::addBrowseButton(FieldRow* row) {
    QToolButton* browse = row->addButton(QStringLiteral("…"), tr("Choose the files"));
    connect(browse, &QToolButton::clicked, this, [this, row] {
        const QString from = QString::fromStdString(m_config.dataset.path);
        const QString chosen =
            m_config.dataset.name == "own_recordings"
                ? QFileDialog::getExistingDirectory(this, tr("Folder of recordings"), from)
            : m_config.dataset.name == "own_arrays"
                ? QFileDialog::getOpenFileName(this, tr("Definition of arrays"), from, tr("Definitions (*.yaml *.yml)"))
                : QFileDialog::getOpenFileName(this, tr("File of spikes"), from,
                                               tr("HDF5 files (*.h5 *.hdf5);;All files (*)"));
        if (chosen.isEmpty()) return;
        m_config.dataset.path = chosen.toStdString();
        m_typed.remove(QString::fromStdString(row->field().path));
        refresh();
        Q_EMIT configChanged();
    });
}

void ExperimentPanel::setPreset(const QString& name, const ExperimentConfig& config) {
    m_presetName = name;
    m_preset = config;
    m_config = config;
    m_typed.clear();
    const int index = m_presets->findData(name);
    m_presets->setCurrentIndex(index);
    if (index < 0) m_presets->setPlaceholderText(config.title.empty() ? name : QString::fromStdString(config.title));
    refresh();
    Q_EMIT configChanged();
}

bool ExperimentPanel::isModified() const { return !(m_config == m_preset); }

void ExperimentPanel::setDataDir(const std::filesystem::path& folder) {
    m_dataDir = folder;
    if (dataset_info(m_config.dataset.name).own) m_lookup->look(m_config.dataset, true);
    refresh();
    Q_EMIT configChanged();
}

void ExperimentPanel::reloadPresets() {
    const QSignalBlocker quiet(m_presets);
    m_presets->clear();
    bool own = false;
    for (const Preset& preset : list_presets()) {
        if (!preset.file.empty() && !own) {
            m_presets->insertSeparator(m_presets->count());
            own = true;
        }
        const QString title = QString::fromStdString(preset.title);
        const QString name = QString::fromStdString(preset.name);
        // One's own have the title of what they were made from: their name tells them apart.
        m_presets->addItem(preset.file.empty() ? title : tr("%1 (%2)").arg(name, title), name);
        m_presets->setItemData(m_presets->count() - 1, QString::fromStdString(preset.description), Qt::ToolTipRole);
    }
    m_presets->setCurrentIndex(m_presets->findData(m_presetName));
}

void ExperimentPanel::setTraining(bool training) { m_running->setVisible(training); }

void ExperimentPanel::setDataBusy(bool busy) { m_importData->setEnabled(!busy); }

void ExperimentPanel::onEdited(FieldRow* row) {
    const QString path = QString::fromStdString(row->field().path);
    try {
        row->store(m_config);
        m_typed.remove(path);
        if (row->field().path == "dataset.name" || row->field().path == "neuron.type") takeMatchingPreset();
    } catch (const ConfigError& error) {
        m_typed.insert(path, QString::fromStdString(error.what()));
    }
    refresh();
    Q_EMIT configChanged();
}

void ExperimentPanel::takeMatchingPreset() {
    const std::string name = m_config.dataset.name + "_" + to_string(m_config.neuron.type);
    for (const Preset& preset : list_presets()) {
        if (preset.name != name || !preset.file.empty()) continue;
        // The settings that belong to the pair come from its preset; the seed is the user's own choice and stays.
        const std::int64_t seed = m_config.training.seed;
        setPreset(QString::fromStdString(name), load_preset(name));
        m_config.training.seed = seed;
        return;
    }
    // No preset for this pair: LIF was published with the linear surrogate.
    m_config.neuron.surrogate =
        m_config.neuron.type == NeuronType::lif ? Surrogate::linear : Surrogate::double_gaussian;
}

void ExperimentPanel::refreshDescription() {
    m_description->setText(QString::fromStdString(m_config.description));
    m_description->setVisible(!m_config.description.empty());
    m_reference->setVisible(m_config.reference.has_value());
    if (m_config.reference) {
        const ReferenceResult& reference = *m_config.reference;
        QString text = tr("Published: %1").arg(reference.accuracy);
        if (reference.accuracy_std > 0) text += tr(" ± %1").arg(reference.accuracy_std);
        text += tr(" % test accuracy");
        if (reference.sop > 0) text += tr(", %L1 spikes per sample").arg(reference.sop, 0, 'f', 0);
        m_reference->setText(text);
        m_reference->setToolTip(QString::fromStdString(reference.source));
    }
}

ExperimentPanel::DataProblem ExperimentPanel::dataProblem() {
    const DatasetInfo& set = dataset_info(m_config.dataset.name);
    const QString title = QString::fromStdString(set.title);
    if (set.own) {
        if (m_config.dataset.path.empty())
            return {tr("Say where your data is, below, or add it in the Data workspace."),
                    tr("%1: say where it is.").arg(title)};
        m_lookup->look(m_config.dataset);
        if (m_lookup->isBusy()) return {tr("Looking at your data…"), tr("Looking at your data…")};
        return {m_lookup->problem(), m_lookup->problem()};
    }
    const DatasetReport report = dataset_status(set.name, m_dataDir);
    switch (report.status) {
        case DatasetStatus::ready:
        case DatasetStatus::generated: return {};
        case DatasetStatus::corrupt:
            return {QString::fromStdString(report.message),
                    tr("A file of %1 is damaged: choose \"Use files I have…\" or \"Open in Data\".").arg(title)};
        case DatasetStatus::missing: break;
    }
    return {QString::fromStdString(report.message),
            tr("The files of %1 are not here yet: choose \"Use files I have…\" or \"Open in Data\".").arg(title)};
}

void ExperimentPanel::refresh() {
    QHash<QString, QString> problems;
    m_fieldProblem.clear();
    for (const ConfigProblem& problem : validate(m_config))
        problems.insert(QString::fromStdString(problem.path), QString::fromStdString(problem.message));
    for (auto typed = m_typed.begin(); typed != m_typed.end(); ++typed) problems.insert(typed.key(), typed.value());
    for (FieldRow* row : m_order) {
        const QString path = QString::fromStdString(row->field().path);
        if (!m_typed.contains(path)) row->show(m_config, m_preset);
        row->setProblem(problems.value(path));
        row->setVisible(row->field().applies(m_config));
        if (problems.contains(path) && m_fieldProblem.isEmpty())
            m_fieldProblem = QStringLiteral("%1: %2").arg(row->label()->text(), problems.value(path));
    }
    const DataProblem missing = dataProblem();
    m_dataStatus->setText(missing.sentence);
    m_dataStatus->setVisible(!missing.sentence.isEmpty());
    m_importData->setVisible(!missing.sentence.isEmpty() && !dataset_info(m_config.dataset.name).own);
    m_openData->setVisible(!missing.sentence.isEmpty());
    m_problem = m_fieldProblem.isEmpty() ? missing.brief : m_fieldProblem;
    m_save->setEnabled(isModified() && m_fieldProblem.isEmpty());
    refreshDescription();
}

}  // namespace resonate::app
