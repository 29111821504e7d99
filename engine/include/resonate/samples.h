// resonate/samples.h: looks at single sequences of a data set, for browsing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "resonate/datasets.h"
#include "resonate/experiment_config.h"

namespace resonate {

/// One sequence as plain numbers.
struct Sample {
    std::int64_t steps = 0;            ///< T
    std::int64_t inputs = 0;           ///< I
    std::vector<float> input;          ///< [T, I], row-major
    std::vector<std::int64_t> labels;  ///< [1], or [T] where each step has its own; 0 … C − 1
};

/// A data set opened for looking. Immutable; any thread may read.
class SampleBrowser {
 public:
    /// Loads or generates the set. Throws DataError, ConfigError.
    SampleBrowser(const DatasetConfig& config, const std::filesystem::path& data_dir);
    ~SampleBrowser();
    SampleBrowser(SampleBrowser&&) noexcept;
    SampleBrowser& operator=(SampleBrowser&&) noexcept;

    const DatasetInfo& info() const;
    /// Sequences of a split as the set comes: validation is 0 where it is drawn from the training set by each run.
    std::int64_t count(Split split) const;
    /// Indices of the sequences of a class, ascending; all of them where each step has its own label.
    const std::vector<std::int64_t>& of_class(Split split, int label) const;
    /// `index` in [0, count(split)), else throws DataError.
    Sample sample(Split split, std::int64_t index) const;
    /// [T] of permuted sets: step t shows what is step step_order()[t] of the set as it is published; else empty.
    const std::vector<std::int64_t>& step_order() const;

 private:
    struct Contents;
    std::unique_ptr<Contents> contents_;
};

}  // namespace resonate
