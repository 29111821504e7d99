// engine/experiment/run_probe.cpp: see run_probe.h.
#include "resonate/run_probe.h"

#include <algorithm>
#include <utility>

#include "experiment/experiment_data.h"
#include "experiment/threads.h"
#include "resonate/run_store.h"
#include "runs/checkpoint.h"
#include "runs/permutation.h"
#include "training/trainer.h"

namespace resonate {
namespace {

/// The order of steps that a run was trained with; empty where its steps are not permuted.
std::vector<std::int64_t> order_of_steps(const StoredRun& run) {
    if (!dataset_info(run.config.dataset.name).permuted || run.recorded.empty()) return {};
    return permutation_of_checkpoint(epoch_checkpoint(run.folder, run.recorded.front()));
}

}  // namespace

struct RunProbe::Parts {
    Parts(const StoredRun& run, const RunOptions& options)
        : folder(run.folder),
          threads(options.threads),
          data(load_experiment_data(run.config.dataset, options.data_dir, order_of_steps(run))),
          trainer(run.config, data, options.path) {}

    /// The weights of that epoch; they stay until another one is asked for.
    void load(int epoch) {
        use_threads(threads);
        if (std::exchange(loaded, std::nullopt) != epoch)
            load_weights(epoch_checkpoint(folder, epoch), trainer.network());
        loaded = epoch;
    }

    std::filesystem::path folder;
    int threads;
    DatasetSplits data;
    Trainer trainer;
    std::optional<int> loaded;
};

RunProbe::RunProbe(const std::filesystem::path& run_folder, const RunOptions& options)
    : parts_(std::make_unique<Parts>(open_run(run_folder), options)) {}

RunProbe::~RunProbe() = default;

ProbeFrame RunProbe::frame(int epoch, std::int64_t sample) {
    parts_->load(epoch);
    ProbeFrame frame = parts_->trainer.probe(std::clamp<std::int64_t>(sample, 0, parts_->data.test->shape().count - 1));
    frame.epoch = epoch;
    return frame;
}

std::optional<std::int64_t> RunProbe::worst(int epoch, const TrainingControl& control) {
    parts_->load(epoch);
    std::int64_t worst = 0;
    Trainer& trainer = parts_->trainer;
    if (!trainer.evaluate(*parts_->data.test, trainer.split().test, control, &worst)) return std::nullopt;
    return worst;
}

}  // namespace resonate
