// engine/experiment/engine_functions.h: the functions of the engine that need LibTorch, for programs that load it late.
#pragma once

#include "resonate/experiment.h"
#include "resonate/run_probe.h"

namespace resonate {

/// LibTorch takes most of the time in which a window could start. What is here lies in a library of its own
/// (engine_module.cpp), which is loaded when the first of these functions is called (engine_loader.cpp).
struct EngineFunctions {
    decltype(&run_training) train;
    decltype(&evaluate_checkpoint) evaluate;
    decltype(&run_bench) bench;
    decltype(&open_run_probe) probe;
    decltype(&parallel_text) parallel;
};

/// Name of the one symbol of that library, an EngineFunctions.
inline constexpr const char* engine_functions_symbol = "resonate_engine_functions";

}  // namespace resonate
