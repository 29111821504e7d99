// engine/data/npy_file.h: NumPy's files: one array (.npy), or a zip archive of them (.npz).
#pragma once

#include <memory>
#include <string_view>

#include "data/array_file.h"

namespace resonate {

/// Format versions 1 to 3; booleans, integers and floats of either byte order and of either order of axes. Objects,
/// structures, complex numbers and text are refused. The array is called "values".
std::shared_ptr<const ArrayFile> open_npy(const std::filesystem::path& path);

/// The entries NAME.npy of a zip archive, compressed or not; others are left alone. An entry is believed only as far as
/// the file, unpacked as much as deflate can, could hold it.
std::shared_ptr<const ArrayFile> open_npz(const std::filesystem::path& path);

/// The header of an array in NumPy's format, from its first byte to its last.
struct NpyHeader {
    ArrayHeader array;
    bool swapped = false;   ///< elements are in the other byte order
    std::size_t bytes = 0;  ///< of the header
};

/// `read(out, count)` delivers the next bytes and says how many there were. Throws DataError beginning with `place`.
NpyHeader read_npy_header(const std::function<std::size_t(char* out, std::size_t count)>& read,
                          const std::string& place);

}  // namespace resonate
