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

class NetworkProbe final : public RunProbe {
 public:
    NetworkProbe(const StoredRun& run, const RunOptions& options)
        : folder_(run.folder),
          threads_(options.threads),
          data_(load_experiment_data(run.config.dataset, options.data_dir, order_of_steps(run))),
          trainer_(run.config, data_, options.path) {}

    ProbeFrame frame(int epoch, std::int64_t sample) override {
        load(epoch);
        ProbeFrame frame = trainer_.probe(std::clamp<std::int64_t>(sample, 0, data_.test->shape().count - 1));
        frame.epoch = epoch;
        return frame;
    }

    std::optional<std::int64_t> worst(int epoch, const TrainingControl& control) override {
        load(epoch);
        std::int64_t worst = 0;
        if (!trainer_.evaluate(*data_.test, trainer_.split().test, control, &worst)) return std::nullopt;
        return worst;
    }

 private:
    /// The weights of that epoch; they stay until another one is asked for.
    void load(int epoch) {
        use_threads(threads_);
        if (std::exchange(loaded_, std::nullopt) != epoch)
            load_weights(epoch_checkpoint(folder_, epoch), trainer_.network());
        loaded_ = epoch;
    }

    std::filesystem::path folder_;
    int threads_;
    DatasetSplits data_;
    Trainer trainer_;
    std::optional<int> loaded_;
};

}  // namespace

std::unique_ptr<RunProbe> open_run_probe(const std::filesystem::path& run_folder, const RunOptions& options) {
    return std::make_unique<NetworkProbe>(open_run(run_folder), options);
}

}  // namespace resonate
