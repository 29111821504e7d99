// engine/runs/npz_writer.h: arrays as a NumPy archive (.npz), stored as they are.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

struct archive;

namespace resonate {

/// What `numpy.load` opens, and open_npz() as well.
class NpzWriter {
 public:
    NpzWriter();
    ~NpzWriter();
    NpzWriter(const NpzWriter&) = delete;
    NpzWriter& operator=(const NpzWriter&) = delete;

    /// Row-major; the product of `shape` is the number of values. Throws RunError where memory or the format has no
    /// room, as bytes() does.
    void add(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const double> values);
    void add(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const float> values);
    void add(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const std::int64_t> values);
    void add(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const std::int32_t> values);
    void add(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const std::uint8_t> values);

    /// The archive, finished; nothing can be added afterwards.
    std::string bytes();

 private:
    void add_bytes(const std::string& name, const std::vector<std::int64_t>& shape, const char* type,
                   const void* values, std::size_t size);

    std::string content_;
    archive* zip_;
};

}  // namespace resonate
