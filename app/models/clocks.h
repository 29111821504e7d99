// app/models/clocks.h: seconds on the clock and on a core.
#pragma once

namespace resonate::app {

/// Of this thread on a core: what others on the machine do does not count.
double threadSeconds();
/// Of all threads of this process on a core.
double processSeconds();
/// Of a clock that all processes of this machine share.
double wallSeconds();

}  // namespace resonate::app
