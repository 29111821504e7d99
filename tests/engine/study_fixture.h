// tests/engine/study_fixture.h: small studies that run real trainings, and looks at what they leave.
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>

#include "resonate/run_store.h"
#include "resonate/study.h"

namespace resonate::tests {

/// Networks of six neurons on ten heart beats.
inline StudyConfig small_study(int epochs, std::vector<StudyAxis> axes, std::vector<StudySetting> more = {}) {
    StudyConfig study;
    study.name = "small";
    study.title = "Small";
    study.presets = {"synthetic_ecg_brf"};
    study.settings = {{"training.epochs", std::to_string(epochs)},
                      {"dataset.synthetic_train", "10"},
                      {"dataset.synthetic_test", "3"},
                      {"network.hidden_size", "6"},
                      {"training.batch_size", "3"}};
    study.settings.insert(study.settings.end(), more.begin(), more.end());
    study.axes = std::move(axes);
    return study;
}

inline const std::filesystem::path cli_program = RESONATE_BIN_DIR "/resonate-cli";

/// Counts what it is told, from the study's thread.
class StudyWatcher : public StudyObserver {
 public:
    void on_started(const std::vector<MemberState>&, int done) override { done_before = done; }
    void on_member(const MemberState& member, const StudyProgress& progress) override {
        if (member.status == MemberStatus::running && member.epochs_done > 0) ++epochs_seen;
        if (member.status == MemberStatus::running && member.epochs_done == 0) ++starts;
        if (member.status == MemberStatus::finished) ++finishes;
        if (progress.seconds_left) time_known = true;
    }
    void on_paused(bool now) override { paused = now; }
    void on_problem(const std::string& sentence) override { (sentence.empty() ? mended : problems)++; }

    std::atomic<int> done_before{-1}, epochs_seen{0}, starts{0}, finishes{0};
    std::atomic<int> problems{0}, mended{0};
    std::atomic<bool> paused{false}, time_known{false};
};

/// A folder for runs and how to run studies in it.
struct StudyBench {
    QTemporaryDir folder;
    StudyWatcher watcher;
    TrainingControl control;

    std::filesystem::path runs() const { return std::filesystem::path(folder.path().toStdString()) / "runs"; }
    StudyOptions options(bool resume = false) const {
        StudyOptions options;
        options.data_dir = std::filesystem::path(folder.path().toStdString()) / "data";
        options.runs_dir = runs();
        options.cli_program = cli_program;
        options.threads = 1;
        options.resume = resume;
        return options;
    }
    StudyOutcome run(const StudyConfig& study, bool resume = false) {
        return run_study(study, options(resume), watcher, control);
    }

    /// Folders of runs, by name.
    std::vector<std::filesystem::path> run_folders() const {
        std::vector<std::filesystem::path> folders;
        std::error_code failure;
        for (const auto& entry : std::filesystem::directory_iterator(runs(), failure))
            if (entry.path().filename().string()[0] != '.') folders.push_back(entry.path());
        std::sort(folders.begin(), folders.end());
        return folders;
    }
    /// state.json of the study, by label.
    std::map<QString, QJsonObject> state(const char* name = "small") const {
        QFile file(QString::fromStdString((runs() / ".studies" / name / "state.json").string()));
        std::map<QString, QJsonObject> members;
        if (!file.open(QIODevice::ReadOnly)) return members;
        const QJsonArray list = QJsonDocument::fromJson(file.readAll()).object()["members"].toArray();
        for (const QJsonValue& member : list) members[member["label"].toString()] = member.toObject();
        return members;
    }
};

/// The rows of a run without the columns that hold times.
inline std::string results_in(const std::filesystem::path& folder) {
    std::vector<EpochMetrics> rows = read_metrics(folder / "metrics.csv");
    for (EpochMetrics& row : rows) row.seconds = row.samples_per_second = 0;
    return metrics_csv(rows);
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace resonate::tests
