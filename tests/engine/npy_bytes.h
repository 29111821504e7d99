// tests/engine/npy_bytes.h: arrays in NumPy's format made to order, good and bad ones.
#pragma once

#include <cstring>
#include <string>
#include <vector>

namespace resonate::tests {

/// A file of version 1 with that dictionary as its header and those bytes behind it.
inline std::string npy_with(const std::string& dictionary, const std::string& content) {
    std::string header = dictionary;
    while ((10 + header.size() + 1) % 64 != 0) header += ' ';
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 255);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header + content;
}

inline std::string npy_header(const std::string& type, const std::string& shape, bool fortran = false) {
    return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }";
}

template <class Number>
std::string bytes_of_numbers(const std::vector<Number>& numbers) {
    std::string bytes(numbers.size() * sizeof(Number), '\0');
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
    return bytes;
}

/// `type` is NumPy's name of Number, "<f4"; `shape` a Python tuple, "(2, 3)".
template <class Number>
std::string npy(const std::string& type, const std::string& shape, const std::vector<Number>& numbers,
                bool fortran = false) {
    return npy_with(npy_header(type, shape, fortran), bytes_of_numbers(numbers));
}

}  // namespace resonate::tests
