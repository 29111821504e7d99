// engine/experiment/engine_module.cpp: the engine as a library that a program loads when it needs it.
#include "experiment/engine_functions.h"

extern "C" {
// Read by name, see engine_functions_symbol.
__attribute__((visibility("default"))) extern const resonate::EngineFunctions resonate_engine_functions;
const resonate::EngineFunctions resonate_engine_functions{
    .train = resonate::run_training,
    .evaluate = resonate::evaluate_checkpoint,
    .bench = resonate::run_bench,
    .probe = resonate::open_run_probe,
    .parallel = resonate::parallel_text,
};
}
