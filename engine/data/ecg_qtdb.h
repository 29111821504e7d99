// engine/data/ecg_qtdb.h: reads QTDB_train.mat and QTDB_test.mat (MAT 5; source: Yin, Corradi, Bohté 2021).
#pragma once

#include <filesystem>
#include <memory>

#include "data/sequence_set.h"

namespace resonate {

/// `x` [N, 1301, 4] with values -1, 0, 1 and one-hot `y` [N, 1301, 6]; the last time step is padding and dropped.
/// Steps that nobody annotated have no 1 in y and count as class P, as in the published experiments.
/// Throws DataError naming file, variable, expected and found.
std::shared_ptr<const SequenceSet> read_ecg_qtdb(const std::filesystem::path& file);

}  // namespace resonate
