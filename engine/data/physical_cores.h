// engine/data/physical_cores.h: how many cores there are to compute on.
#pragma once

namespace resonate {

/// Physical cores this process may use, >= 1.
int physical_cores();

}  // namespace resonate
