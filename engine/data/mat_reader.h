// engine/data/mat_reader.h: the inside of MATLAB files, as resonate-reader reads it.
#pragma once

#include <filesystem>
#include <string>

#include "data/reader_output.h"

namespace resonate {

/// The variables that are real numeric arrays: how many; of each name, element type and axes. Throws DataError.
void write_mat_list(const std::filesystem::path& file, ReaderOutput& output);
/// The elements of a variable, first axis fastest: their bytes alone. Throws DataError.
void write_mat_variable(const std::filesystem::path& file, const std::string& name, ReaderOutput& output);

}  // namespace resonate
