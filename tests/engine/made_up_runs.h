// tests/engine/made_up_runs.h: runs with numbers that can be checked by hand.
#pragma once

#include <string>
#include <vector>

#include "resonate/run_store.h"

namespace resonate::tests {

/// A finished run of the default experiment whose test accuracies are given, from epoch 0; each epoch took `seconds`.
/// Validation loss falls with the accuracy: 1 − accuracy / 100.
inline StoredRun made_up_run(std::int64_t seed, const std::vector<double>& accuracies, double seconds = 2) {
    StoredRun run;
    run.id = "run-" + std::to_string(seed);
    run.status = RunStatus::finished;
    run.parameters = 1734;
    run.config.training.seed = seed;
    for (std::size_t epoch = 0; epoch < accuracies.size(); ++epoch) {
        EpochMetrics row;
        row.epoch = static_cast<int>(epoch);
        row.learning_rate = 0.1;
        row.test = {1 - accuracies[epoch] / 100, accuracies[epoch], 100.0 * static_cast<double>(seed)};
        row.validation = row.test;
        if (epoch > 0) row.train = row.test;
        row.seconds = seconds;
        run.metrics.push_back(row);
    }
    return run;
}

}  // namespace resonate::tests
