// engine/studies/study_needs.h: what the runs of a study need: data sets and room on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

/// Whether data sets are here, each looked at once.
class DatasetCheck {
 public:
    explicit DatasetCheck(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}
    /// The sentence why the run's data set cannot be used; empty where it can.
    const std::string& problem(const DatasetConfig& dataset);

 private:
    struct Seen {
        std::string name, path, problem;
    };
    std::filesystem::path data_dir_;
    std::vector<Seen> seen_;
};

/// Of the network for the experiment's data set; 0 where own data cannot be looked at.
std::int64_t parameters_of(const ExperimentConfig& config);
/// An upper estimate of a run folder, in bytes, while it is written, with the epochs it keeps. Of own data that cannot be
/// looked at only what does not depend on it.
std::uint64_t run_bytes(const ExperimentConfig& config);
/// Free on the disk where `folder` is, or will be.
std::uint64_t free_bytes(std::filesystem::path folder);
/// "12 MiB"
std::string bytes_text(std::uint64_t bytes);

}  // namespace resonate
