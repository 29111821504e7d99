// tests/engine/study_test.cpp: studies that are refused, fail in part, pause, stop, are estimated.
#include "resonate/study.h"

#include <signal.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTest>
#include <future>
#include <thread>

#include "complaint.h"
#include "resonate/machine.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"
#include "resonate/run_catalogue.h"
#include "runs/run_lock.h"
#include "study_fixture.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

const StudyAxis two_seeds{"training.seed", {"1", "2"}};
/// Long enough to be met while it runs.
constexpr int many_epochs = 120;

/// Processes started by this one.
std::vector<pid_t> started_processes() {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string number = entry.path().filename().string();
        if (number.find_first_not_of("0123456789") != std::string::npos) continue;
        std::ifstream stream(entry.path() / "stat");
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        const size_t after_name = text.rfind(')');
        if (after_name == std::string::npos) continue;
        std::istringstream words(text.substr(after_name + 1));
        std::string state;
        pid_t parent = 0;
        words >> state >> parent;
        if (parent == ::getpid() && state != "Z") found.push_back(std::stoi(number));
    }
    return found;
}

/// A test that fails while a study runs ends it.
struct StopAtEnd {
    TrainingControl& control;
    ~StopAtEnd() { control.request_stop(); }
};

/// A program that does as the text says before it becomes resonate-cli.
fs::path wrapper(const QTemporaryDir& folder, const std::string& text) {
    const fs::path file = fs::path(folder.path().toStdString()) / "wrapped-cli";
    std::ofstream(file) << "#!/bin/sh\n" << text << "\nexec " << cli_program.string() << " \"$@\"\n";
    fs::permissions(file, fs::perms::owner_all);
    return file;
}

}  // namespace

class StudyTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<StudyBench> m_bench;

    QString refusal(const StudyConfig& study, const StudyOptions& options) {
        return complaint([&] { run_study(study, options, m_bench->watcher, m_bench->control); });
    }

 private Q_SLOTS:
    void init() { m_bench = std::make_unique<StudyBench>(); }

    void everyRunOfAStudyIsTrained() {
        StudyConfig study = small_study(2, {two_seeds, {"neuron.type", {"brf", "alif"}}});
        study.jobs = 2;
        const StudyOutcome outcome = m_bench->run(study);
        QVERIFY(!outcome.stopped);
        QCOMPARE(outcome.progress.finished, 4);
        QCOMPARE(outcome.message, std::string("Done: 4 of 4 runs finished."));
        QCOMPARE(m_bench->run_folders().size(), size_t(4));
        for (const MemberState& member : outcome.members) {
            const StoredRun run = open_run(m_bench->runs() / member.run);
            QCOMPARE(run.status, RunStatus::finished);
            QCOMPARE(member.accuracy, std::optional<double>(run.metrics.back().test.accuracy));
            QCOMPARE(member.epochs_done, 2);
            QVERIFY(member.key.size() == 16 && member.seconds > 0);
        }
        QVERIFY(m_bench->watcher.time_known);
        const std::vector<StoredStudy> stored = stored_studies(m_bench->runs());
        QCOMPARE(stored.size(), size_t(1));
        QVERIFY(stored[0].config == study && !stored[0].active && stored[0].problem.empty());
        QCOMPARE(stored[0].members.size(), size_t(4));
    }

    void keysAreTheSameInEveryFolder() {
        StudyBench other;
        const StudyConfig study = small_study(0, {two_seeds});
        const StudyOutcome here = m_bench->run(study);
        const StudyOutcome there = other.run(study);
        QCOMPARE(here.members[0].key, there.members[0].key);
        QVERIFY(here.members[0].key != here.members[1].key);
    }

    void aStudyThatWasBegunIsRefusedUnlessItIsResumed() {
        const StudyConfig study = small_study(0, {two_seeds});
        m_bench->run(study);
        VERIFY_SAYS(refusal(study, m_bench->options()), "The study 'small' was begun in");
        VERIFY_SAYS(refusal(study, m_bench->options()), "2 of 2 runs are done. --resume goes on with it");
        QCOMPARE(m_bench->run(study, true).progress.finished, 2);
        QCOMPARE(m_bench->watcher.done_before.load(), 2);
        QCOMPARE(m_bench->run_folders().size(), size_t(2));
    }

    void moreSeedsAreAddedToAStudy() {
        m_bench->run(small_study(1, {two_seeds}));
        const std::string before = bytes_of(m_bench->run_folders()[0] / "summary.json");
        const StudyOutcome outcome = m_bench->run(small_study(1, {{"training.seed", {"2", "1", "3"}}}), true);
        QCOMPARE(outcome.progress.finished, 3);
        QCOMPARE(m_bench->run_folders().size(), size_t(3));
        QVERIFY(m_bench->watcher.done_before.load() == 2);
        QVERIFY(!before.empty());
        bool unchanged = false;
        for (const fs::path& folder : m_bench->run_folders()) unchanged |= bytes_of(folder / "summary.json") == before;
        QVERIFY(unchanged);
    }

    void aDeletedRunIsRunAgain() {
        const StudyConfig study = small_study(1, {two_seeds});
        m_bench->run(study);
        move_to_trash(m_bench->run_folders()[0]);
        QCOMPARE(m_bench->run(study, true).progress.finished, 2);
        QCOMPARE(m_bench->run_folders().size(), size_t(2));
    }

    void missingDataIsNamedBeforeAnythingStarts() {
        StudyConfig study = small_study(1, {{"dataset.name", {"synthetic_ecg", "ecg", "shd"}}});
        const QString said = refusal(study, m_bench->options());
        VERIFY_SAYS(said, "ECG-QTDB is not here");
        VERIFY_SAYS(said, "QTDB_train.mat is missing");
        VERIFY_SAYS(said, "shd_train.h5 is missing");
        VERIFY_SAYS(said, "--skip-missing runs what has its data");
        QVERIFY(m_bench->run_folders().empty());
        StudyOptions options = m_bench->options();
        options.skip_missing = true;
        const StudyOutcome outcome = run_study(study, options, m_bench->watcher, m_bench->control);
        QCOMPARE(outcome.progress.finished, 1);
        QCOMPARE(outcome.progress.skipped, 2);
        // What was left out was not done.
        QCOMPARE(m_bench->watcher.done_before.load(), 0);
        VERIFY_SAYS(QString::fromStdString(outcome.members[1].message), "QTDB_train.mat is missing");
        QCOMPARE(m_bench->run_folders().size(), size_t(1));
    }

    void tooLittleRoomIsSaidBeforeAnythingStarts() {
        StudyConfig study = small_study(1, {{"training.seed", {}}});
        for (std::size_t i = 0; i < most_study_runs; ++i) study.axes[0].values.push_back(std::to_string(i));
        study.settings.erase(study.settings.begin() + 3);
        study.settings.push_back({"network.hidden_size", "4096"});
        // Ten thousand times some six hundred megabytes.
        const auto space = fs::space(m_bench->folder.path().toStdString());
        if (space.available > 5'000'000'000'000) QSKIP("this disk has room for it");
        VERIFY_SAYS(refusal(study, m_bench->options()), "the study needs about 5.");
        VERIFY_SAYS(refusal(study, m_bench->options()), "are free; make room or choose another folder for runs");
        QVERIFY(m_bench->run_folders().empty());
    }

    void whatCannotWorkIsRefused() {
        const StudyConfig study = small_study(1, {two_seeds});
        StudyOptions options = m_bench->options();
        options.cli_program = "/nowhere/resonate-cli";
        VERIFY_SAYS(refusal(study, options), "/nowhere/resonate-cli: the program that trains is not here");
        options = m_bench->options();
        options.runs_dir = "/proc/runs";
        VERIFY_SAYS(refusal(study, options), "the folder cannot be made");
        StudyConfig broken = study;
        broken.axes[0].values = {};
        VERIFY_SAYS(refusal(broken, m_bench->options()), "axes.training.seed: the axis is empty");
        QVERIFY(!fs::exists(m_bench->runs()));
        fs::create_directories(m_bench->runs() / ".studies" / "small");
        const RunLock lock(m_bench->runs() / ".studies" / "small");
        VERIFY_SAYS(refusal(study, m_bench->options()), "another program runs this study");
    }

    void aDamagedStateIsRefusedAndNothingIsLost() {
        const StudyConfig study = small_study(0, {two_seeds});
        m_bench->run(study);
        const fs::path state = m_bench->runs() / ".studies" / "small" / "state.json";
        for (const char* text :
             {"{\"members\": [", "[]", "{\"members\": [{\"key\": 3}]}",
              "{\"members\": [{\"key\": \"../../x\", \"label\": \"\", \"status\": \"\", \"run\": \"\"}]}"}) {
            write_file_atomically(state, text);
            VERIFY_SAYS(refusal(study, m_bench->options(true)), "to begin the study anew");
            QCOMPARE(bytes_of(state), std::string(text));
            QVERIFY(!stored_studies(m_bench->runs())[0].problem.empty());
        }
        write_file_atomically(state, "{\"schema\": 7, \"members\": []}");
        VERIFY_SAYS(refusal(study, m_bench->options(true)), "written by a newer Resonate");
    }

    void aFailingRunStopsNoOtherAndIsTriedAgain() {
        const StudyConfig study = small_study(2, {{"training.seed", {"1", "2", "3"}}});
        StudyOptions options = m_bench->options();
        options.cli_program =
            wrapper(m_bench->folder, "if grep -q 'seed: 2' \"$2\"; then echo '{\"error\": \"no luck\"}'; exit 1; fi");
        const StudyOutcome outcome = run_study(study, options, m_bench->watcher, m_bench->control);
        QCOMPARE(outcome.progress.finished, 2);
        QCOMPARE(outcome.progress.failed, 1);
        QCOMPARE(outcome.members[1].status, MemberStatus::failed);
        QCOMPARE(outcome.members[1].message, std::string("no luck"));
        QCOMPARE(outcome.message,
                 std::string("Done: 2 of 3 runs finished, 1 failed. --resume goes on with the others."));
        QCOMPARE(m_bench->run(study, true).progress.finished, 3);
        QCOMPARE(m_bench->run_folders().size(), size_t(3));
    }

    void aDivergingRunIsMarkedAndNotTriedAgain() {
        const StudyConfig study = small_study(9, {{"training.learning_rate", {"5", "0.0001"}}},
                                              {{"neuron.omega.min", "90"}, {"neuron.omega.max", "99.9"}});
        const StudyOutcome outcome = m_bench->run(study);
        QCOMPARE(outcome.members[0].status, MemberStatus::diverged);
        VERIFY_SAYS(QString::fromStdString(outcome.members[0].message), "The training diverged in epoch");
        QCOMPARE(outcome.members[1].status, MemberStatus::finished);
        QCOMPARE(outcome.progress.diverged, 1);
        m_bench->watcher.starts = 0;
        QCOMPARE(m_bench->run(study, true).progress.diverged, 1);
        QCOMPARE(m_bench->watcher.starts.load(), 0);
    }

    void aKilledRunIsMarkedAndGoesOnLater() {
        const StudyConfig study = small_study(many_epochs, {two_seeds});
        StudyBench whole;
        whole.run(study);
        auto running = std::async(std::launch::async, [&] { return m_bench->run(study); });
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->watcher.epochs_seen > 0, 60000);
        for (const pid_t child : started_processes()) ::kill(child, SIGKILL);
        const StudyOutcome outcome = running.get();
        QCOMPARE(outcome.members[0].status, MemberStatus::failed);
        VERIFY_SAYS(QString::fromStdString(outcome.members[0].message), "was killed by signal 9 (SIGKILL)");
        QCOMPARE(outcome.members[1].status, MemberStatus::finished);
        QCOMPARE(m_bench->run(study, true).progress.finished, 2);
        for (size_t i = 0; i < 2; ++i)
            QCOMPARE(results_in(m_bench->run_folders()[i]), results_in(whole.run_folders()[i]));
    }

    void pausingFreesTheProcessesAndChangesNoNumber() {
        const StudyConfig study = small_study(many_epochs, {two_seeds});
        StudyBench whole;
        whole.run(study);
        auto running = std::async(std::launch::async, [&] { return m_bench->run(study); });
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->watcher.epochs_seen > 0, 60000);
        m_bench->control.request_pause();
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->watcher.paused && started_processes().empty(), 60000);
        QCOMPARE(m_bench->watcher.finishes.load(), 0);
        m_bench->control.request_resume();
        QCOMPARE(running.get().progress.finished, 2);
        QVERIFY(!m_bench->watcher.paused);
        QCOMPARE(m_bench->run_folders().size(), size_t(2));
        for (size_t i = 0; i < 2; ++i)
            QCOMPARE(results_in(m_bench->run_folders()[i]), results_in(whole.run_folders()[i]));
    }

    void aStoppedStudyGoesOnLater() {
        const StudyConfig study = small_study(many_epochs, {two_seeds});
        {
            StudySession session(study, m_bench->options(), m_bench->watcher);
            QTRY_VERIFY_WITH_TIMEOUT(m_bench->watcher.epochs_seen > 0, 60000);
            session.stop();
            QTRY_VERIFY_WITH_TIMEOUT(session.finished(), 60000);
            QVERIFY(session.outcome().stopped);
            VERIFY_SAYS(QString::fromStdString(session.outcome().message), "Stopped: 0 of 2 runs finished.");
            QCOMPARE(session.outcome().members[0].status, MemberStatus::interrupted);
            QCOMPARE(session.outcome().members[1].status, MemberStatus::waiting);
        }
        QCOMPARE(m_bench->run(study, true).progress.finished, 2);
        QCOMPARE(m_bench->run_folders().size(), size_t(2));
        StudySession refused(study, m_bench->options(), m_bench->watcher);
        QTRY_VERIFY_WITH_TIMEOUT(refused.finished(), 60000);
        VERIFY_SAYS(QString::fromStdString(refused.outcome().message), "was begun in");
        QVERIFY(refused.outcome().folder.empty());
    }

    void aStateThatCannotBeWrittenIsSaidAndWrittenLater() {
        const StudyConfig study = small_study(many_epochs, {two_seeds});
        auto running = std::async(std::launch::async, [&] { return m_bench->run(study); });
        const StopAtEnd stop{m_bench->control};
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->watcher.epochs_seen > 0, 60000);
        // A folder stands in its way, which stops root as well.
        const fs::path state = m_bench->runs() / ".studies" / "small" / "state.json";
        fs::rename(state, fs::path(m_bench->folder.path().toStdString()) / "aside");
        fs::create_directory(state);
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->watcher.problems > 0, 120000);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->watcher.finishes.load(), 1, 60000);
        QCOMPARE(m_bench->run_folders().size(), size_t(1));
        fs::remove(state);
        const StudyOutcome outcome = running.get();
        QCOMPARE(outcome.progress.finished, 2);
        QCOMPARE(m_bench->watcher.problems.load(), 1);
        QCOMPARE(m_bench->watcher.mended.load(), 1);
        for (const auto& [label, member] : m_bench->state()) QCOMPARE(member["status"].toString(), QString("finished"));
        QCOMPARE(m_bench->run_folders().size(), size_t(2));
    }

    void whatTheStudyDidNotHearOfIsReadFromTheFolder() {
        const StudyConfig study = small_study(2, {two_seeds});
        const StudyOutcome first = m_bench->run(study);
        // As if the study had been killed before it knew that its first run had finished, and the second run between
        // its last epoch and its summary.
        const fs::path state = m_bench->runs() / ".studies" / "small" / "state.json";
        std::string text = bytes_of(state);
        for (size_t at; (at = text.find("\"finished\"")) != std::string::npos;) text.replace(at, 10, "\"running\"");
        write_file_atomically(state, text);
        const fs::path summary = m_bench->runs() / first.members[1].run / "summary.json";
        std::string unfinished = bytes_of(summary);
        unfinished.replace(unfinished.find("\"finished\""), 10, "\"running\"");
        write_file_atomically(summary, unfinished);
        const std::string rows = bytes_of(m_bench->runs() / first.members[1].run / "metrics.csv");
        m_bench->watcher.starts = 0;
        m_bench->watcher.epochs_seen = 0;
        const StudyOutcome outcome = m_bench->run(study, true);
        QCOMPARE(outcome.progress.finished, 2);
        QCOMPARE(m_bench->watcher.done_before.load(), 1);
        QCOMPARE(bytes_of(m_bench->runs() / first.members[1].run / "metrics.csv"), rows);
        QCOMPARE(open_run(m_bench->runs() / first.members[1].run).status, RunStatus::finished);
        QCOMPARE(m_bench->run_folders().size(), size_t(2));
    }

    void aStartThatWasCutOffIsSetAside() {
        const StudyConfig study = small_study(1, {two_seeds});
        StudyBench other;
        const std::string name = other.run(study).members[0].run;
        m_bench->run(study);
        const fs::path folder = m_bench->runs() / name;
        fs::remove(folder / "last.pt");
        fs::remove(folder / "summary.json");
        QCOMPARE(m_bench->run(study, true).progress.finished, 2);
        QCOMPARE(list_trash(m_bench->runs()).size(), size_t(1));
        QCOMPARE(m_bench->run_folders().size(), size_t(2));
    }

    void timeAndDiskAreEstimated() {
        const StudyConfig study = small_study(100, {two_seeds, {"neuron.type", {"brf", "alif"}}});
        StudyEstimate estimate = estimate_study(study, m_bench->options(), false, m_bench->control);
        QCOMPARE(estimate.runs, 4);
        QCOMPARE(estimate.untimed, 4);
        QVERIFY(!estimate.seconds);
        QVERIFY(estimate.bytes > 0 && estimate.bytes_free > 0);
        estimate = estimate_study(study, m_bench->options(), true, m_bench->control);
        QCOMPARE(estimate.untimed, 0);
        QCOMPARE(estimate.parts.size(), size_t(2));
        QCOMPARE(estimate.parts[0].source, std::string("measured"));
        QCOMPARE(estimate.parts[0].runs, 2);
        QVERIFY(*estimate.seconds > 0);
        QVERIFY(m_bench->run_folders().empty());
        // What has run tells how long the others take.
        const StudyConfig first = small_study(2, {{"training.seed", {"1"}}, {"neuron.type", {"brf"}}});
        const StudyOutcome outcome = m_bench->run(first);
        estimate = estimate_study(study, m_bench->options(), false, m_bench->control);
        QCOMPARE(estimate.parts[0].source, std::string("earlier runs"));
        QVERIFY(std::abs(*estimate.parts[0].seconds_per_run - 50 * outcome.members[0].seconds) < 1e-6);
        QCOMPARE(estimate.untimed, 2);
        estimate = estimate_study(first, m_bench->options(true), false, m_bench->control);
        QCOMPARE(estimate.done, 1);
        QCOMPARE(estimate.bytes, std::uint64_t(0));
        std::uint64_t used = 0;
        for (const auto& entry : fs::directory_iterator(m_bench->run_folders()[0])) used += entry.file_size();
        const StudyEstimate again = estimate_study(first, m_bench->options(), false, m_bench->control);
        QVERIFY(used < again.bytes && again.bytes < 10 * used);
    }

    void aFolderForTemporaryFilesThatIsNotThereIsNamed() {
        qputenv("TMPDIR", "/nowhere/at/all");
        const StudyEstimate estimate =
            estimate_study(small_study(1, {two_seeds}), m_bench->options(), true, m_bench->control);
        qunsetenv("TMPDIR");
        VERIFY_SAYS(QString::fromStdString(estimate.parts[0].source), "TMPDIR=/nowhere/at/all: expected a folder");
        QCOMPARE(estimate.untimed, 2);
    }

    void jobsThatShareACoreDoNotMakeAStudyShorter() {
        StudyConfig study = small_study(100, {{"training.seed", {"1", "2", "3", "4"}}});
        m_bench->run(small_study(2, {{"training.seed", {"1"}}}));
        const StudyEstimate alone = estimate_study(study, m_bench->options(), false, m_bench->control);
        study.jobs = 64;
        const StudyEstimate crowded = estimate_study(study, m_bench->options(), false, m_bench->control);
        QVERIFY(*crowded.seconds >= *alone.seconds / physical_cores() - 1e-9);
        QVERIFY(*crowded.seconds >= *alone.parts[0].seconds_per_run);
    }

    void parametersAreCountedAsTheNetworkCountsThem() {
        StudyConfig study = small_study(0,
                                        {{"neuron.type", {"brf", "rf", "hrf", "alif", "lif", "izhikevich"}},
                                         {"network.second_hidden_size", {"0", "5"}}},
                                        {{"network.output_bias", "true"}});
        study.jobs = 2;
        study.axes.push_back({"network.recurrent", {"true"}});
        for (const MemberState& member : m_bench->run(study).members) {
            const StoredRun run = open_run(m_bench->runs() / member.run);
            const DatasetInfo& info = dataset_info(run.config.dataset.name);
            QCOMPARE(parameter_count(run.config, info.inputs, info.classes), run.parameters);
        }
        QCOMPARE(parameter_count(load_preset("smnist_brf"), 1, 10), std::int64_t(68874));
        QCOMPARE(parameter_count(load_preset("ecg_brf"), 4, 6), std::int64_t(1734));
        QCOMPARE(parameter_count(load_preset("shd_brf"), 700, 20), std::int64_t(108820));
        ExperimentConfig config = load_preset("ecg_alif");
        config.network.recurrent = false;
        config.network.hidden_bias = true;
        QCOMPARE(parameter_count(config, 4, 6), std::int64_t(36 * (4 + 2 + 1) + 6 * 37));
    }
};

RESONATE_TEST(StudyTest)
#include "study_test.moc"
