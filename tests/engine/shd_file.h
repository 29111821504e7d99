// tests/engine/shd_file.h: writes small HDF5 files in the layout of SHD, whole and damaged.
#pragma once

#include <hdf5.h>

#include <filesystem>
#include <string>
#include <vector>

namespace resonate::tests {

struct Sample {
    std::vector<float> times;  ///< s
    std::vector<int> units;
    int label = 0;
};

/// What the file has; the defaults are SHD's own types.
struct ShdLayout {
    std::string times_path = "/spikes/times";
    std::string units_path = "/spikes/units";
    std::string labels_path = "/labels";
    bool half_times = true;      ///< float16, else integers
    bool lists = true;           ///< variable-length, else one number per sample
    size_t labels_left_out = 0;  ///< at the end
    size_t units_left_out = 0;   ///< samples at the end without an entry in units
};

void write_shd(const std::filesystem::path& file, const std::vector<Sample>& samples, const ShdLayout& layout = {});

}  // namespace resonate::tests
