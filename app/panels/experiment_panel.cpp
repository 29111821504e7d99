// app/panels/experiment_panel.cpp: see experiment_panel.h.
#include "panels/experiment_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "models/text.h"
#include "panels/card_parts.h"
#include "panels/field_help.h"
#include "panels/help_strip.h"
#include "panels/wrapped_label.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "session/dataset_lookup.h"

namespace resonate::app {
namespace {

QString pathOf(const FieldRow* row) { return QString::fromStdString(row->field().path); }

}  // namespace

ExperimentPanel::ExperimentPanel(QWidget* parent)
    : QWidget(parent),
      m_edits(new ExperimentEdits(this)),
      m_dataDir(default_data_dir()),
      m_bar(new PresetBar),
      m_form(new ExperimentForm),
      m_dataStatus(wrappedLabel()),
      m_importData(new QPushButton(tr("Use files I have…"))),
      m_openData(new QPushButton(tr("Open in Data"))),
      m_lookup(new DatasetLookup(this)),
      m_running(wrappedLabel()),
      m_estimate(wrappedLabel()),
      m_warning(wrappedLabel()),
      m_help(new HelpStrip) {
    build();
    connectForm();
    reloadPresets();
    refresh();
}

void ExperimentPanel::build() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 4, 4);
    layout->setSpacing(6);
    layout->addWidget(m_bar);
    m_running->setText(tr("Fields marked ▸ act on the running training."));
    m_running->setToolTip(
        tr("<p>Return or Apply sends a value to the training. Changes of other fields are for the next one.</p>"));
    // Its line stays free while it is hidden: the form must not jump when a training starts.
    QSizePolicy keepsItsLine = m_running->sizePolicy();
    keepsItsLine.setRetainSizeWhenHidden(true);
    m_running->setSizePolicy(keepsItsLine);
    m_running->hide();
    layout->addWidget(m_running);
    layout->addWidget(m_form, 1);
    layout->addWidget(m_estimate);
    layout->addWidget(m_warning);
    layout->addWidget(m_help);
    m_estimate->setAccessibleName(tr("Estimate"));
    m_estimate->hide();
    m_warning->hide();

    m_form->addBelowDataset(m_dataStatus);
    auto* box = new QWidget;
    auto* ways = new QHBoxLayout(box);
    ways->setContentsMargins(0, 0, 0, 0);
    ways->setSpacing(6);
    ways->addWidget(m_importData, 1);
    ways->addWidget(m_openData, 1);
    m_form->addBelowDataset(box);
    m_importData->setToolTip(tr("Copy the published files from a folder of this computer, after checking them"));
    m_openData->setToolTip(tr("Show this data set in the Data workspace: download it, look at its samples"));
    const auto fit = [this, layout] {
        setMinimumWidth(m_form->minimumWidth() + layout->contentsMargins().left() + layout->contentsMargins().right());
    };
    connect(m_form, &ExperimentForm::fitted, this, fit);
    fit();
}

void ExperimentPanel::connectForm() {
    connect(m_edits, &ExperimentEdits::restored, this, &ExperimentPanel::restore);
    connect(m_bar, &PresetBar::chosen, this, &ExperimentPanel::presetChosen);
    connect(m_bar, &PresetBar::galleryRequested, this, &ExperimentPanel::galleryRequested);
    connect(m_bar, &PresetBar::saveRequested, this, &ExperimentPanel::saveRequested);
    connect(m_bar, &PresetBar::saveAsRequested, this, &ExperimentPanel::saveAsRequested);
    connect(m_bar, &PresetBar::resetAllRequested, this, &ExperimentPanel::resetAll);
    connect(m_bar, &PresetBar::jumpRequested, m_form, [this](const QString& path) { m_form->show(path, true); });
    connect(m_form, &ExperimentForm::edited, this, &ExperimentPanel::onEdited);
    connect(m_form, &ExperimentForm::resetRequested, this, &ExperimentPanel::onReset);
    connect(m_form, &ExperimentForm::committed, this, &ExperimentPanel::apply);
    connect(m_form, &ExperimentForm::applyRequested, this, &ExperimentPanel::apply);
    connect(m_form, &ExperimentForm::browseRequested, this, &ExperimentPanel::browse);
    connect(m_form, &ExperimentForm::focused, this, &ExperimentPanel::showHelp);
    connect(m_form, &ExperimentForm::left, this, [this] { m_edits->endTyping(); });
    connect(m_form, &ExperimentForm::helpRequested, this, [this](FieldRow* row) {
        showHelp(row);
        m_help->setUnfolded(true);
    });
    connect(m_importData, &QPushButton::clicked, this, &ExperimentPanel::importDataRequested);
    connect(m_openData, &QPushButton::clicked, this, &ExperimentPanel::openDataRequested);
    connect(m_lookup, &DatasetLookup::found, this, [this] {
        // Sets of the catalogue are looked up in refresh() itself.
        if (!dataset_info(config().dataset.name).own) return;
        refresh();
        Q_EMIT configChanged();
    });
}

/// A folder of recordings, else one file.
void ExperimentPanel::browse(FieldRow* row) {
    const std::string& path = row->field().path;
    const DatasetConfig& dataset = config().dataset;
    QString chosen;
    if (path == "dataset.permutation_file") {
        chosen = QFileDialog::getOpenFileName(this, tr("Order of the steps"),
                                              QString::fromStdString(dataset.permutation_file),
                                              tr("Permutations (*.pt);;All files (*)"));
    } else {
        const QString from = QString::fromStdString(dataset.path);
        chosen =
            dataset.name == "own_recordings" ? QFileDialog::getExistingDirectory(this, tr("Folder of recordings"), from)
            : dataset.name == "own_arrays"
                ? QFileDialog::getOpenFileName(this, tr("Definition of arrays"), from, tr("Definitions (*.yaml *.yml)"))
                : QFileDialog::getOpenFileName(this, tr("File of spikes"), from,
                                               tr("HDF5 files (*.h5 *.hdf5);;All files (*)"));
    }
    if (chosen.isEmpty()) return;
    edit(pathOf(row), {}, [&] { row->field().set(m_state.config, chosen.toStdString()); });
}

void ExperimentPanel::edit(const QString& field, const QString& what, const std::function<void()>& change) {
    const FormState before = m_state;
    if (!field.isEmpty()) {
        m_typed.remove(field);
        m_refused.remove(field);
        m_state.drafts.remove(field);
    }
    change();
    m_edits->add(before, m_state, field, what);
    refresh();
    Q_EMIT configChanged();
}

void ExperimentPanel::take(const FormState& state) {
    m_state = state;
    m_typed.clear();
    m_refused.clear();
    nameInBar();
}

/// By its preset, or by the file or run that it came from.
void ExperimentPanel::nameInBar() {
    const QString& name = m_state.presetName;
    m_bar->choose(name, name.isEmpty() ? experimentName(m_state.preset) : QString::fromStdString(m_state.preset.title));
}

void ExperimentPanel::setPreset(const QString& name, const ExperimentConfig& config) {
    const QString title = config.title.empty() ? name : QString::fromStdString(config.title);
    open({name, config, config, {}, config}, tr("Preset %1").arg(title));
}

void ExperimentPanel::open(const FormState& state, const QString& what) {
    m_edits->endTyping();
    // Saving the experiment shown as a preset changes nothing that could be undone.
    if (state.config == m_state.config && m_state.drafts.isEmpty()) {
        take(state);
        refresh();
        return Q_EMIT configChanged();
    }
    const QString edited = isEdited() ? experimentName(config()) : QString();
    edit({}, what, [&] { take(state); });
    if (!edited.isEmpty()) Q_EMIT editsReplaced(edited);
}

void ExperimentPanel::takeEdits(const ExperimentConfig& config) {
    if (config == m_state.config) return;
    m_edits->endTyping();
    edit({}, tr("Edits"), [&] { m_state.config = config; });
}

void ExperimentPanel::restore(const FormState& state, const QString& field) {
    m_edits->endTyping();
    m_state = state;
    m_typed.clear();
    m_refused.clear();
    nameInBar();
    for (auto draft = state.drafts.begin(); draft != state.drafts.end(); ++draft)
        if (FieldRow* drafted = row(draft.key())) {
            drafted->showDraft(draft.value());
            try {
                ExperimentConfig ignored = state.config;
                drafted->store(ignored);
            } catch (const ConfigError& error) {
                m_typed.insert(draft.key(), QString::fromStdString(error.what()));
            }
        }
    refresh();
    m_form->show(field, false);
    Q_EMIT configChanged();
}

bool ExperimentPanel::isModified() const { return !(m_state.config == m_state.preset); }

QList<PresetDifference> ExperimentPanel::differences() const {
    QList<PresetDifference> all;
    const FormState preset{m_state.presetName, m_state.preset, m_state.preset, {}, m_state.preset};
    for (const Field& field : field_catalogue()) {
        const QString path = QString::fromStdString(field.path);
        if (field.get(m_state.config) == field.get(m_state.preset) && !m_state.drafts.contains(path)) continue;
        all.append({path, QString::fromStdString(field.label), shownValue(path, preset), shownValue(path, m_state),
                    field.applies(m_state.config) && row(path)});
    }
    return all;
}

void ExperimentPanel::resetAll() {
    edit({}, tr("Reset all to the preset"), [this] { takePreset(m_state.presetName, m_state.preset); });
}

void ExperimentPanel::onReset(FieldRow* row) {
    m_edits->endTyping();
    edit(pathOf(row), {}, [&] { row->field().set(m_state.config, row->field().get(m_state.preset)); });
    m_edits->endTyping();
    row->editor()->setFocus();
}

void ExperimentPanel::setDataDir(const std::filesystem::path& folder) {
    m_dataDir = folder;
    if (dataset_info(config().dataset.name).own) m_lookup->look(config().dataset, true);
    refresh();
    Q_EMIT configChanged();
}

void ExperimentPanel::reloadPresets() { m_bar->reload(m_state.presetName); }

void ExperimentPanel::renamePreset(const QString& from, const QString& to) {
    if (m_state.presetName == from) m_state.presetName = to;
    reloadPresets();
    if (m_bar->box()->currentIndex() < 0) nameInBar();
}

void ExperimentPanel::setDataBusy(bool busy) { m_importData->setEnabled(!busy); }

void ExperimentPanel::setEstimate(const QString& text, const QString& warning) {
    m_estimate->setText(text);
    m_estimate->setVisible(!text.isEmpty());
    m_warning->setText(warning.isEmpty() ? QString() : QStringLiteral("⚠ ") + warning);
    m_warning->setVisible(!warning.isEmpty());
    QPalette palette = m_estimate->palette();
    palette.setColor(QPalette::WindowText, errorColour(palette));
    m_warning->setPalette(palette);
}

void ExperimentPanel::onEdited(FieldRow* row) {
    const QString path = pathOf(row);
    const bool leads = path == QLatin1String("dataset.name") || path == QLatin1String("neuron.type");
    // What follows from these two is part of the step, which then is about more than one field.
    const QString value = leads ? qobject_cast<QComboBox*>(row->editor())->currentText() : QString();
    const FormState before = m_state;
    m_refused.remove(path);
    try {
        row->store(m_state.config);
        m_typed.remove(path);
        m_state.drafts.remove(path);
        if (leads) takeMatchingPreset();
    } catch (const ConfigError& error) {
        m_typed.insert(path, QString::fromStdString(error.what()));
        m_state.drafts.insert(path, row->typedText());
    }
    m_edits->add(before, m_state, leads ? QString() : path,
                 leads ? QStringLiteral("%1: %2").arg(QString::fromStdString(row->field().label), value) : QString());
    refresh();
    if (row == m_helped) showHelp(row);
    Q_EMIT configChanged();
}

void ExperimentPanel::takeMatchingPreset() {
    const std::string name = config().dataset.name + "_" + to_string(config().neuron.type);
    for (const Preset& preset : list_presets()) {
        if (preset.name != name || !preset.file.empty()) continue;
        // The settings that belong to the pair come from its preset; the seed is the user's own choice and stays.
        const std::int64_t seed = config().training.seed;
        takePreset(QString::fromStdString(name), load_preset(name));
        m_state.config.training.seed = seed;
        return;
    }
    // No preset for this pair: LIF was published with the linear surrogate.
    m_state.config.neuron.surrogate =
        config().neuron.type == NeuronType::lif ? Surrogate::linear : Surrogate::double_gaussian;
}

void ExperimentPanel::showHelp(FieldRow* row) {
    m_helped = row;
    m_help->setHelp(QString::fromStdString(row->field().label), fieldHelp(row->field(), config()));
}

ExperimentPanel::DataProblem ExperimentPanel::dataProblem() {
    const DatasetInfo& set = dataset_info(config().dataset.name);
    const QString title = QString::fromStdString(set.title);
    if (set.own) {
        if (config().dataset.path.empty())
            return {tr("Say where your data is, below, or add it in the Data workspace."),
                    tr("%1: say where it is.").arg(title)};
        m_lookup->look(config().dataset);
        if (m_lookup->isBusy()) return {tr("Looking at your data…"), tr("Looking at your data…")};
        return {m_lookup->problem(), m_lookup->problem()};
    }
    const DatasetReport report = dataset_status(set.name, m_dataDir);
    switch (report.status) {
        case DatasetStatus::ready:
        case DatasetStatus::generated: return {};
        case DatasetStatus::corrupt:
            return {tr("A file of %1 is damaged. Data says which one, and what to do.").arg(title),
                    tr("%1 is damaged: see Data.").arg(title)};
        case DatasetStatus::missing: break;
    }
    if (set.source.empty())
        return {tr("%1 is not here yet, and on no web site: choose its files.").arg(title),
                tr("%1 is missing: choose its files.").arg(title)};
    const std::int64_t bytes = downloadBytes(set);
    return {bytes > 0 ? tr("%1 is not here yet: %2 to download.").arg(title, bytesText(bytes))
                      : tr("%1 is not here yet: it can be downloaded.").arg(title),
            tr("%1 is missing: download it in Data.").arg(title), true};
}

void ExperimentPanel::refresh() {
    QHash<QString, QString> problems;
    m_fieldProblem.clear();
    for (const ConfigProblem& problem : validate(config()))
        problems.insert(QString::fromStdString(problem.path), QString::fromStdString(problem.message));
    for (auto typed = m_typed.begin(); typed != m_typed.end(); ++typed) problems.insert(typed.key(), typed.value());
    for (FieldRow* row : m_form->rows()) {
        const QString path = pathOf(row);
        if (m_typed.contains(path))
            row->setChanged(true);
        else
            row->show(config(), m_state.preset);
        row->setProblem(problems.value(path));
        row->setVisible(row->field().applies(config()));
        refreshRunNote(row);
        if (problems.contains(path) && m_fieldProblem.isEmpty())
            m_fieldProblem =
                QStringLiteral("%1: %2").arg(QString::fromStdString(row->field().label), problems.value(path));
    }
    const DataProblem missing = dataProblem();
    m_dataStatus->setText(missing.sentence);
    m_dataStatus->setVisible(!missing.sentence.isEmpty());
    m_importData->setVisible(!missing.sentence.isEmpty() && !dataset_info(config().dataset.name).own);
    m_openData->setVisible(!missing.sentence.isEmpty());
    m_openData->setText(missing.downloads ? tr("Download…") : tr("Open in Data"));
    m_importData->parentWidget()->setVisible(!missing.sentence.isEmpty());
    m_problem = m_fieldProblem.isEmpty() ? missing.brief : m_fieldProblem;
    m_bar->setSavable(isModified() && m_fieldProblem.isEmpty());
    m_bar->setDifferences(differences());
    m_bar->describe(config());
}

void ExperimentPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    Q_EMIT shown();
}

void ExperimentPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_form) refresh();
    QWidget::changeEvent(event);
}

}  // namespace resonate::app
