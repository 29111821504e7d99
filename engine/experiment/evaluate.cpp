// engine/experiment/evaluate.cpp: a checkpoint on one split of a data set.
#include <chrono>

#include "experiment/checks.h"
#include "experiment/experiment_data.h"
#include "experiment/threads.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "runs/checkpoint.h"
#include "runs/permutation.h"
#include "training/trainer.h"

namespace resonate {

EvaluationResult evaluate_checkpoint(const std::filesystem::path& checkpoint, const ExperimentConfig& config,
                                     Split split, const RunOptions& options, std::int64_t limit) {
    require_valid(config);
    use_threads(options.threads);
    std::vector<int64_t> permutation;
    if (options.permutation)
        permutation = read_permutation(*options.permutation);
    else if (dataset_info(config.dataset.name).permuted)
        permutation = permutation_of_checkpoint(checkpoint);
    const DatasetSplits data = load_experiment_data(config.dataset, options.data_dir, std::move(permutation));
    Trainer trainer(config, data, options.path);
    load_weights(checkpoint, trainer.network());

    std::vector<int64_t> indices;
    switch (split) {
        case Split::train: indices = trainer.split().train; break;
        case Split::validation: indices = trainer.split().validation; break;
        case Split::test: indices = trainer.split().test; break;
    }
    if (limit > 0 && static_cast<size_t>(limit) < indices.size()) indices.resize(static_cast<size_t>(limit));
    if (indices.empty()) throw ConfigError("dataset.validation_fraction: this split holds no sequence");
    const SequenceSet& set = split == Split::test         ? *data.test
                             : split == Split::validation ? validation_set(data)
                                                          : *data.train;
    const TrainingControl never_stopped;
    const auto start = std::chrono::steady_clock::now();
    EvaluationResult result;
    result.metrics = *trainer.evaluate(set, indices, never_stopped);
    result.samples = static_cast<std::int64_t>(indices.size());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

}  // namespace resonate
