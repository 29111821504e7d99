// engine/experiment/engine_loader.cpp: loads the engine and LibTorch with the first function that needs them.
#include <dlfcn.h>

#include "experiment/engine_functions.h"
#include "resonate/engine_loading.h"
#include "resonate/error.h"

namespace resonate {
namespace {

/// Loads once; waits where another thread is loading. Throws RunError.
const EngineFunctions& engine() {
    static const EngineFunctions& functions = []() -> const EngineFunctions& {
        // By name alone: found where the program was built or installed (its RUNPATH). Never unloaded.
        void* library = dlopen(RESONATE_ENGINE_MODULE, RTLD_NOW | RTLD_LOCAL);
        const void* symbol = library ? dlsym(library, engine_functions_symbol) : nullptr;
        if (symbol) return *static_cast<const EngineFunctions*>(symbol);
        const char* why = dlerror();
        throw RunError(std::string(RESONATE_ENGINE_MODULE) + ": the engine cannot be loaded" +
                       (why ? " (" + std::string(why) + ")" : "") + "; install Resonate again, all of it");
    }();
    return functions;
}

}  // namespace

void load_engine() { engine(); }

RunOutcome run_training(const ExperimentConfig& config, const RunOptions& options, TrainingObserver& observer,
                        TrainingControl& control) {
    return engine().train(config, options, observer, control);
}

EvaluationResult evaluate_checkpoint(const std::filesystem::path& checkpoint, const ExperimentConfig& config,
                                     Split split, const RunOptions& options, std::int64_t limit) {
    return engine().evaluate(checkpoint, config, split, options, limit);
}

BenchResult run_bench(const ExperimentConfig& config, const RunOptions& options, int batches, bool check) {
    return engine().bench(config, options, batches, check);
}

std::unique_ptr<RunProbe> open_run_probe(const std::filesystem::path& run_folder, const RunOptions& options) {
    return engine().probe(run_folder, options);
}

std::string parallel_text() { return engine().parallel(); }

}  // namespace resonate
