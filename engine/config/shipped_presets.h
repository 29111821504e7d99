// engine/config/shipped_presets.h: the files of presets/, embedded when the program was built.
#pragma once

#include <cstddef>

namespace resonate {

struct ShippedPreset {
    const char* name;
    const char* yaml;
};
extern const ShippedPreset shipped_presets[];
extern const std::size_t shipped_preset_count;

}  // namespace resonate
