// engine/data/csv_file.h: sequences in text files of rows and columns.
#pragma once

#include <memory>

#include "data/array_file.h"

namespace resonate {

/// Columns are parted by tabs, semicolons or commas, whichever the first row has, in this order of preference; numbers
/// have a decimal point; cells may be quoted; rows that begin with '#' are comments, but the first may be a header.
/// Three layouts, told apart by the header:
///   long    columns `sequence` and `step`, perhaps `label`, and one for each input. The rows of a sequence stand
///           together, steps ascending; all sequences are of one length. Arrays: "input" [N, T, I], "labels" [N, T].
///   wide    a column `label`, and one for each step of a single input; a row is a sequence. Arrays: "input" [N, T],
///           "labels" [N].
///   matrix  no such column, with a header of names or without. Array: "values" [rows, columns], [rows] of one column.
/// Labels are integers, or words: then numbers in the order of class_names(), the words sorted.
std::shared_ptr<const ArrayFile> open_csv(const std::filesystem::path& path);

}  // namespace resonate
