// engine/studies/measure_epoch.cpp: see measure_epoch.h.
#include "studies/measure_epoch.h"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/study.h"
#include "studies/child_process.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr const char* batches_timed = "3";

/// A folder that is gone with its owner.
class TemporaryFolder {
 public:
    TemporaryFolder() {
        std::error_code failure;
        const fs::path where = fs::temp_directory_path(failure);
        if (failure) {
            const char* wanted = std::getenv("TMPDIR");
            throw RunError("TMPDIR=" + std::string(wanted ? wanted : "") + ": expected a folder for temporary files: " +
                           failure.message() + "; set TMPDIR to one you may write in, or unset it");
        }
        std::string name = (where / "resonate-measure-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw RunError(where.string() + ": a temporary folder cannot be made in it: " + std::strerror(errno) +
                           "; set TMPDIR to a folder you may write in");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }

 private:
    fs::path path_;
};

/// From what `resonate-cli bench` printed.
MeasuredEpoch epoch_of(const nlohmann::json& bench, int batch_size) {
    const double train = bench.at("train_samples").get<double>() / bench.at("samples_per_s").get<double>();
    const double evaluated = bench.at("validation_samples").get<double>() + bench.at("test_samples").get<double>();
    return {train + evaluated / batch_size * bench.at("forward_ms_median").get<double>() / 1e3,
            static_cast<std::uint64_t>(bench.at("peak_rss_mb").get<double>() * 1024 * 1024)};
}

}  // namespace

std::optional<MeasuredEpoch> measure_epoch(const ExperimentConfig& config, const MeasureSetting& setting,
                                           TrainingControl& control) {
    const TemporaryFolder folder;
    const fs::path experiment = folder.path() / "experiment.yaml";
    const fs::path output = folder.path() / "bench.json";
    save_experiment(config, experiment);
    const fs::path program = setting.cli_program.empty() ? default_cli_program() : setting.cli_program;
    std::vector<std::string> arguments = {program.string(),
                                          "bench",
                                          experiment.string(),
                                          "--batches",
                                          batches_timed,
                                          "--threads",
                                          std::to_string(setting.threads),
                                          "--data-dir",
                                          fs::absolute(setting.data_dir).string(),
                                          "--samples",
                                          "--json"};
    if (!setting.path.empty()) arguments.insert(arguments.end(), {"--path", setting.path});
    ChildProcess process(arguments, output, folder.path() / "log");
    std::optional<ProcessEnd> end;
    while (!(end = process.poll())) {
        // Timing batches knows no half-way: its destructor's interrupt ends it.
        if (control.stop_requested()) return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    std::ifstream stream(output);
    const nlohmann::json json = nlohmann::json::parse(stream, nullptr, /*allow_exceptions=*/false);
    if (json.is_object() && json.contains("error")) throw RunError(json.value("error", ""));
    if (end->code != 0 || end->signal != 0 || !json.is_object())
        throw RunError("the batches could not be timed; start a training to see how long an epoch takes");
    return epoch_of(json, config.training.batch_size);
}

}  // namespace resonate
