// engine/experiment/threads.h: how many threads compute.
#pragma once

namespace resonate {

/// Sets the worker threads of LibTorch and of OpenBLAS, where that is what it calls. `requested` 0 = physical cores.
/// Call on the thread that computes. Returns the number set.
int use_threads(int requested);

}  // namespace resonate
