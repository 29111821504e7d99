// resonate/engine_loading.h: for programs that load the engine late.
#pragma once

namespace resonate {

/// Loads what trains networks, with LibTorch; up to a second of one core, in which glibc lets no thread of the program
/// start another one. Otherwise the first call that needs it does so. Any thread; does nothing the second time. Throws
/// RunError where it is not installed. Of resonate_engine_loader.
void load_engine();

}  // namespace resonate
