// engine/data/array_file.h: files of numbers, each with the arrays it holds, read as a stream of elements.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace resonate {

enum class ElementType : std::uint8_t {
    boolean,
    uint8,
    int8,
    uint16,
    int16,
    uint32,
    int32,
    uint64,
    int64,
    float16,
    float32,
    float64
};

std::size_t bytes_of(ElementType type);
std::string name_of(ElementType type);

struct ArrayHeader {
    std::string name;
    std::vector<std::int64_t> shape;
    ElementType type = ElementType::float32;
    bool first_axis_fastest = false;  ///< order of elements in the stream: Fortran's, else C's
};

/// "[618, 1300, 4]"
std::string shape_text(std::span<const std::int64_t> shape);
/// Product of the axes. Throws DataError naming the place where it, times the size of an element, is more than `most`.
std::uint64_t bytes_of_array(const ArrayHeader& header, const std::string& place, std::uint64_t most);

/// A byte of deflated data becomes at most so many.
inline constexpr std::uint64_t deflate_ratio = 1032;
/// Bytes that the content of a file has at most once it is unpacked; 0 where its size cannot be read.
std::uint64_t most_unpacked_bytes(const std::filesystem::path& file);
/// Bytes an array in such a file has at most: MATLAB keeps whole numbers of class double as small integers.
std::uint64_t most_array_bytes(const std::filesystem::path& file);

/// Elements in the order of the header, in the byte order of this machine; each block holds whole elements.
using UseElements = std::function<void(std::span<const std::uint8_t>)>;

/// An array as part of a sentence: "data.npz: 'x_train'".
std::string place_of(const std::filesystem::path& file, const ArrayHeader& header);

/// Knows headers from the beginning; reads elements when asked to. Errors are DataError.
class ArrayFile {
 public:
    virtual ~ArrayFile() = default;

    const std::filesystem::path& path() const { return path_; }
    const std::vector<ArrayHeader>& arrays() const { return arrays_; }
    /// The array of that name, or nullptr.
    const ArrayHeader* find(const std::string& name) const;
    /// Names in classes' order where labels are words, else empty.
    virtual std::vector<std::string> class_names() const { return {}; }
    /// Names of the inputs where the file has them, else empty.
    virtual std::vector<std::string> channel_names() const { return {}; }

    /// Streams all elements of one of arrays().
    virtual void read(const ArrayHeader& array, const UseElements& use) const = 0;

 protected:
    explicit ArrayFile(std::filesystem::path path) : path_(std::move(path)) {}
    std::vector<ArrayHeader> arrays_;

 private:
    std::filesystem::path path_;
};

/// Opens a file by what its first bytes say: NPY, NPZ, MAT (version 5 or 7.3), else CSV.
std::shared_ptr<const ArrayFile> open_array_file(const std::filesystem::path& path);

}  // namespace resonate
