// app/workspaces/probe_choice.cpp: see probe_choice.h.
#include "workspaces/probe_choice.h"

#include <QCheckBox>
#include <QSpinBox>
#include <algorithm>

#include "panels/epoch_bar.h"
#include "panels/experiment_panel.h"
#include "panels/probe_picker.h"
#include "resonate/config_io.h"
#include "session/dataset_lookup.h"
#include "session/training_presenter.h"
#include "session/window_context.h"
#include "workspaces/run_replay.h"

namespace resonate::app {
namespace {

constexpr const char* samplePath = "recording.probe_sample";
constexpr const char* worstPath = "recording.follow_worst";

/// What decides on the sequences of a set and their order.
bool sameSequences(const DatasetConfig& a, const DatasetConfig& b) {
    return a.name == b.name && a.path == b.path && a.synthetic_test == b.synthetic_test &&
           a.synthetic_seed == b.synthetic_seed;
}

}  // namespace

ProbeChoice::ProbeChoice(ExperimentPanel* form, TrainingPresenter* presenter, RunReplay* replay, WindowContext* context,
                         QObject* parent)
    : QObject(parent),
      m_form(form),
      m_presenter(presenter),
      m_replay(replay),
      m_context(context),
      m_picker(new ProbePicker),
      m_library(new SampleLibrary(this)),
      m_lookup(new DatasetLookup(this)) {
    connect(m_picker, &ProbePicker::sampleChosen, this, &ProbeChoice::chooseSample);
    connect(m_picker, &ProbePicker::worstChosen, this, &ProbeChoice::chooseWorst);
    connect(m_picker, &ProbePicker::classChosen, this, &ProbeChoice::chooseClass);
    connect(m_library, &SampleLibrary::opened, this,
            [this](const QString&, const SharedBrowser& browser) { takeBrowser(browser); });
    connect(m_library, &SampleLibrary::openFailed, this, [this](const QString&, const QString& sentence) {
        m_picker->setBusy(false);
        m_picker->classBox()->setCurrentIndex(0);
        Q_EMIT m_context->errorRaised(sentence);
    });
    connect(m_lookup, &DatasetLookup::found, this, &ProbeChoice::fillClasses);
    connect(m_form, &ExperimentPanel::configChanged, this, &ProbeChoice::refresh);
    connect(presenter, &TrainingPresenter::started, this, [this](const RunStarted& started) {
        m_run = started.config;
        m_sent.reset();
        refresh();
        m_picker->setCount(m_count = started.test_samples);
    });
    connect(presenter, &TrainingPresenter::changed, this, [this](const RunChange& change) {
        if (!m_run || !find_field(change.path)) return;
        set_field(*m_run, change.path, change.to);
        // Of several choices in a row the last one shows, while the earlier ones are still being answered.
        if (change.path == samplePath && m_sent) {
            if (m_run->recording.probe_sample != *m_sent) return;
            m_sent.reset();
        }
        refresh();
    });
    connect(presenter, &TrainingPresenter::changeRefused, this, [this](const QString& path, const QString& sentence) {
        if (path != QLatin1String(samplePath) && path != QLatin1String(worstPath)) return;
        m_sent.reset();
        refresh();
        Q_EMIT m_context->statusShown(sentence, 8000);
    });
    connect(presenter, &TrainingPresenter::ended, this, [this] {
        m_run.reset();
        m_sent.reset();
        refresh();
    });
    connect(replay, &RunReplay::momentChanged, this, [this] {
        if (!m_run) refresh();
    });
    connect(replay, &RunReplay::searchEnded, this, [this] { m_picker->setFollowsWorst(false); });
    refresh();
}

const ExperimentConfig& ProbeChoice::experiment() const {
    if (m_run) return *m_run;
    return m_replay->isPast() ? m_replay->config() : m_form->config();
}

void ProbeChoice::refresh() {
    const ExperimentConfig& config = experiment();
    if (!m_dataset || !sameSequences(*m_dataset, config.dataset)) {
        m_dataset = config.dataset;
        m_library->cancel();
        m_ofClass.clear();
        m_count = 0;
        m_picker->setBusy(false);
        m_lookup->look(config.dataset);
        fillClasses();
    }
    const bool past = !m_run && m_replay->isPast();
    m_picker->setFollowsWorst(past ? m_replay->store().isSearching() : config.recording.follow_worst);
    m_picker->setPast(past, !m_replay->bar()->epochs().isEmpty());
    showSample();
}

/// The one asked for, else the one that is drawn: which one is the worst only its frame knows.
void ProbeChoice::showSample() {
    const ExperimentConfig& config = experiment();
    const bool past = !m_run && m_replay->isPast();
    const bool drawn = m_frame && (past || (m_run && config.recording.follow_worst));
    const int shown = drawn ? m_frame->sample : static_cast<int>(config.recording.probe_sample);
    m_picker->setSample(m_run || past ? m_sent.value_or(shown) : shown);
    // The arrows go through the sequences of a class while one of them shows.
    if (const int label = m_picker->chosenClass(); label >= 0 && !m_ofClass.empty() && !m_sent) {
        const std::vector<std::int64_t>& places = m_ofClass[static_cast<size_t>(label)];
        if (!std::binary_search(places.begin(), places.end(), m_picker->sample()))
            m_picker->classBox()->setCurrentIndex(0);
    }
    sayFacts();
}

/// Those of the user's own data may be known later than the experiment.
void ProbeChoice::fillClasses() {
    QStringList names;
    if (const std::optional<DatasetInfo>& info = m_lookup->info()) {
        if (info->synthetic) m_count = m_dataset->synthetic_test;
        if (!info->label_per_step)
            for (const std::string& name : info->class_names) names.append(QString::fromStdString(name));
    }
    m_picker->setClasses(names);
    m_picker->setCount(m_count);
}

void ProbeChoice::set(const char* path, const QString& value) {
    if (m_run) return m_presenter->change(QLatin1String(path), value);
    QWidget* editor = m_form->row(QLatin1String(path))->editor();
    if (auto* spin = qobject_cast<QSpinBox*>(editor))
        spin->setValue(value.toInt());
    else if (auto* box = qobject_cast<QCheckBox*>(editor); box && box->isChecked() != (value == QLatin1String("true")))
        box->click();
}

void ProbeChoice::chooseSample(int sample) {
    if (!m_run && m_replay->isPast()) {
        m_sent = sample;
        return m_replay->showSample(sample);
    }
    // Who names a sequence does not want another one.
    if (m_picker->worstButton()->isChecked()) chooseWorst(false);
    if (m_run) {
        if (!m_sent && sample == m_run->recording.probe_sample) return;
        m_sent = sample;
    }
    set(samplePath, QString::number(sample));
}

void ProbeChoice::chooseWorst(bool follow) {
    if (!m_run && m_replay->isPast()) return follow ? m_replay->showWorst() : m_replay->store().stopSearch();
    set(worstPath, follow ? QStringLiteral("true") : QStringLiteral("false"));
}

void ProbeChoice::chooseClass(int label) {
    if (label < 0) return m_picker->setPlaces(std::nullopt);
    if (m_ofClass.empty()) {
        m_picker->setBusy(true);
        return m_library->open(*m_dataset, m_context->dataDir().toStdString());
    }
    const std::vector<std::int64_t>& places = m_ofClass[static_cast<size_t>(label)];
    m_picker->setPlaces(places);
    if (places.empty() || std::binary_search(places.begin(), places.end(), m_picker->sample())) return;
    const auto after = std::lower_bound(places.begin(), places.end(), m_picker->sample());
    m_picker->spin()->setValue(static_cast<int>(after == places.end() ? places.front() : *after));
}

/// Only the places are kept: the set itself may be large.
void ProbeChoice::takeBrowser(const SharedBrowser& browser) {
    for (int label = 0; label < browser->info().classes; ++label)
        m_ofClass.push_back(browser->of_class(Split::test, label));
    m_picker->setCount(m_count = browser->count(Split::test));
    m_picker->setBusy(false);
    chooseClass(m_picker->chosenClass());
}

void ProbeChoice::describe(const SharedFrame& frame, const TrainingConfig& training) {
    m_frame = frame;
    m_training = training;
    if (m_run) return showSample();
    // Who asked for a sequence beyond the last is shown the last.
    if (frame && m_sent && frame->sample < *m_sent && m_count == 0) m_picker->setCount(m_count = frame->sample + 1);
    m_sent.reset();
    refresh();
}

void ProbeChoice::sayFacts() {
    const SharedFrame& frame = m_frame;
    if (!frame) return m_picker->setFacts({}, {}, {});
    if (m_sent && !m_run)
        return m_picker->setFacts(tr("computing…"), {},
                                  tr("Test sequence %1 goes through the network of this epoch.").arg(*m_sent));
    const auto name = [this](int label) {
        const std::optional<DatasetInfo>& info = m_lookup->info();
        return info && static_cast<size_t>(label) < info->class_names.size()
                   ? QString::fromStdString(info->class_names[static_cast<size_t>(label)])
                   : QString::number(label);
    };
    const Decision decision = decide(*frame, m_training);
    QString verdict;
    QString brief;
    if (decision.label < 0) {
        verdict = tr("%1 % of its steps right").arg(100 * decision.right, 0, 'f', 1);
        brief = tr("%1 % right").arg(100 * decision.right, 0, 'f', 1);
    } else if (decision.label == trueClass(*frame, 0)) {
        verdict = tr("✓ class %1").arg(name(decision.label));
    } else {
        verdict = tr("✗ says %1, is %2").arg(name(decision.label), name(trueClass(*frame, 0)));
    }
    const QString whole = tr("Shown: test sequence %1, %2").arg(frame->sample).arg(verdict);
    // The number stands beside it already where the views show the sequence chosen.
    const bool named = frame->sample == m_picker->sample();
    m_picker->setFacts(named ? verdict : tr("sample %1: %2").arg(frame->sample).arg(verdict), named ? brief : QString(),
                       whole);
}

}  // namespace resonate::app
