// engine/config/shipped_presets.h: the files of presets/ and studies/, and the published results, embedded when the
// program was built.
#pragma once

#include <cstddef>

namespace resonate {

struct ShippedPreset {
    const char* name;
    const char* yaml;
};
extern const ShippedPreset shipped_presets[];
extern const std::size_t shipped_preset_count;
extern const ShippedPreset shipped_studies[];
extern const std::size_t shipped_study_count;
extern const char* const published_results_yaml;

}  // namespace resonate
