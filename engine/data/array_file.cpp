// engine/data/array_file.cpp: see array_file.h.
#include "data/array_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <string_view>

#include "data/csv_file.h"
#include "data/mat_file.h"
#include "data/npy_file.h"
#include "resonate/error.h"
#include "resonate/own_data.h"

namespace resonate {

std::size_t bytes_of(ElementType type) {
    switch (type) {
        case ElementType::boolean:
        case ElementType::uint8:
        case ElementType::int8: return 1;
        case ElementType::uint16:
        case ElementType::int16:
        case ElementType::float16: return 2;
        case ElementType::uint32:
        case ElementType::int32:
        case ElementType::float32: return 4;
        case ElementType::uint64:
        case ElementType::int64:
        case ElementType::float64: return 8;
    }
    return 1;
}

std::string name_of(ElementType type) {
    switch (type) {
        case ElementType::boolean: return "bool";
        case ElementType::uint8: return "uint8";
        case ElementType::int8: return "int8";
        case ElementType::uint16: return "uint16";
        case ElementType::int16: return "int16";
        case ElementType::uint32: return "uint32";
        case ElementType::int32: return "int32";
        case ElementType::uint64: return "uint64";
        case ElementType::int64: return "int64";
        case ElementType::float16: return "float16";
        case ElementType::float32: return "float32";
        case ElementType::float64: return "float64";
    }
    return {};
}

std::string shape_text(std::span<const std::int64_t> shape) {
    std::string text = "[";
    for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + "]";
}

std::uint64_t bytes_of_array(const ArrayHeader& header, const std::string& place, std::uint64_t most) {
    std::uint64_t bytes = bytes_of(header.type);
    for (const std::int64_t axis : header.shape) {
        if (axis < 0)
            throw DataError(place + ": has the impossible shape " + shape_text(header.shape) +
                            "; write the file again");
        if (axis != 0 && bytes > most / static_cast<std::uint64_t>(axis))
            throw DataError(place + ": its shape " + shape_text(header.shape) + " asks for more than the " +
                            std::to_string(most) +
                            " bytes there can be; the file is cut off or damaged: write it again");
        bytes *= static_cast<std::uint64_t>(axis);
    }
    return bytes;
}

std::uint64_t most_unpacked_bytes(const std::filesystem::path& file) {
    std::error_code failure;
    const std::uint64_t size = std::filesystem::file_size(file, failure);
    return failure ? 0 : std::min(size, std::numeric_limits<std::uint64_t>::max() / deflate_ratio) * deflate_ratio;
}

std::uint64_t most_array_bytes(const std::filesystem::path& file) {
    constexpr std::uint64_t widest = sizeof(double);
    return std::min(most_unpacked_bytes(file), std::numeric_limits<std::uint64_t>::max() / widest) * widest;
}

std::string place_of(const std::filesystem::path& file, const ArrayHeader& header) {
    return file.string() + ": '" + header.name + "'";
}

const ArrayHeader* ArrayFile::find(const std::string& name) const {
    for (const ArrayHeader& array : arrays_)
        if (array.name == name) return &array;
    return nullptr;
}

std::shared_ptr<const ArrayFile> open_array_file(const std::filesystem::path& path) {
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure))
        throw DataError(path.string() + ": expected a CSV, NPY, NPZ or MAT file, found a folder; name a file in it");
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw DataError(path.string() + ": cannot be opened; check the path and its permissions");
    std::array<char, 520> first{};
    stream.read(first.data(), first.size());
    const std::string_view start(first.data(), static_cast<size_t>(stream.gcount()));
    if (start.empty())
        throw DataError(path.string() + ": is empty; expected a CSV, NPY, NPZ or MAT file: write it again");
    if (start.starts_with("\x93NUMPY")) return open_npy(path);
    if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06")) return open_npz(path);
    const std::string_view hdf5 = "\x89HDF\r\n\x1a\n";
    if (start.starts_with("MATLAB ") || (path.extension() == ".mat" && start.find(hdf5) != start.npos))
        return open_mat(path);
    if (start.starts_with(hdf5))
        throw DataError(path.string() +
                        ": is an HDF5 file; spikes in the layout of SHD are the data set own_spikes, other arrays are "
                        "read from CSV, NPY, NPZ and MAT files");
    if (start.find('\0') != start.npos)
        throw DataError(
            path.string() +
            ": expected a CSV, NPY, NPZ or MAT file, found other binary data; save the arrays as one of these");
    return open_csv(path);
}

std::vector<ArrayInfo> list_arrays(const std::filesystem::path& file) {
    std::vector<ArrayInfo> list;
    const auto opened = open_array_file(file);
    for (const ArrayHeader& array : opened->arrays()) list.push_back({array.name, array.shape, name_of(array.type)});
    return list;
}

}  // namespace resonate
