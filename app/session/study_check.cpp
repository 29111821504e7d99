// app/session/study_check.cpp: see study_check.h.
#include "session/study_check.h"

#include <set>

#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate::app {
namespace {

/// ms after the last key, before the study is looked at.
constexpr int pauseInTyping = 150;

bool isHere(const DatasetConfig& dataset, const std::filesystem::path& dataDir) {
    const DatasetInfo& info = dataset_info(dataset.name);
    if (info.own) return true;  // described by the estimate's own sentences
    const DatasetStatus status = dataset_status(dataset.name, dataDir).status;
    return status == DatasetStatus::ready || status == DatasetStatus::generated;
}

StudyFacts factsOf(const StudyConfig& study, StudyOptions options, bool measure, TrainingControl& control) {
    StudyFacts facts;
    std::vector<StudyMember> members;
    try {
        members = expand_study(study);
    } catch (const ConfigError&) {
        facts.problems = validate_study(study);
        return facts;
    }
    try {
        std::set<std::string> seen;
        for (const StudyMember& member : members) {
            facts.runs << QString::fromStdString(member.label);
            if (seen.insert(member.config.dataset.name).second && !isHere(member.config.dataset, options.data_dir))
                facts.datasets << QString::fromStdString(member.config.dataset.name);
        }
        std::error_code failure;
        facts.begun = std::filesystem::exists(options.runs_dir / ".studies" / study.name / "state.json", failure);
        options.resume = facts.begun;
        facts.estimate = estimate_study(study, options, measure, control);
        facts.measured = measure && !control.stop_requested();
    } catch (const std::exception& error) {
        facts.problem = QString::fromUtf8(error.what());
    }
    return facts;
}

}  // namespace

StudyCheck::StudyCheck(QObject* parent) : QObject(parent), m_worker(this) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(pauseInTyping);
    connect(&m_delay, &QTimer::timeout, this, [this] { run(false); });
}

StudyCheck::~StudyCheck() {
    if (m_control) m_control->request_stop();
}

void StudyCheck::look(const StudyConfig& study, const StudyOptions& options) {
    if (m_control) m_control->request_stop();
    m_study = study;
    m_options = options;
    ++m_turn;
    m_looking = true;
    m_measuring = false;
    m_delay.start();
    Q_EMIT changed();
}

void StudyCheck::measure() {
    if (m_looking || m_measuring) return;
    m_measuring = true;
    run(true);
    Q_EMIT changed();
}

void StudyCheck::cancel() {
    if (!m_measuring) return;
    m_control->request_stop();
    ++m_turn;
    m_measuring = false;
    Q_EMIT changed();
}

void StudyCheck::run(bool measure) {
    const int turn = ++m_turn;
    m_control = std::make_shared<TrainingControl>();
    m_worker.run(
        [this, turn, measure, control = m_control, study = m_study, options = m_options]() -> BackgroundWorker::Then {
            const auto facts = std::make_shared<StudyFacts>(factsOf(study, options, measure, *control));
            return [this, turn, facts] {
                if (turn != m_turn) return;
                m_looking = m_measuring = false;
                m_facts = *facts;
                Q_EMIT changed();
            };
        });
}

}  // namespace resonate::app
