// tests/golden/golden_file.h: reads numbers of the published implementation from golden.h5 (layout: its README).
#pragma once

#include <hdf5.h>
#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <vector>

namespace resonate::tests {

/// An HDF5 file opened to read. Members come back as CPU tensors: float64 for floating point, int64 for integers.
class GoldenFile {
 public:
    explicit GoldenFile(const std::filesystem::path& file);
    ~GoldenFile();
    GoldenFile(const GoldenFile&) = delete;
    GoldenFile& operator=(const GoldenFile&) = delete;

    bool has(const std::string& path) const;
    torch::Tensor tensor(const std::string& path) const;
    std::vector<std::string> members(const std::string& group) const;
    double number(const std::string& group, const std::string& attribute) const;
    bool flag(const std::string& group, const std::string& attribute) const;
    std::string text(const std::string& group, const std::string& attribute) const;

 private:
    hid_t file_;
};

}  // namespace resonate::tests
