// engine/data/mat_file.h: MATLAB files of version 5 and 7.3.
#pragma once

#include <memory>

#include "data/array_file.h"

namespace resonate {

/// Real numeric variables, of logical class too; others are left alone. Read by a process of its own.
std::shared_ptr<const ArrayFile> open_mat(const std::filesystem::path& path);

}  // namespace resonate
