// engine/analysis/golden_file.h: reads numbers of another implementation from an HDF5 file, one group per case.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <vector>

namespace resonate {

/// An HDF5 file opened to read. Members come back as CPU tensors: float64 for floating point, int64 for integers. Every
/// function throws DataError naming file and member where it is not there or of another kind.
class GoldenFile {
 public:
    explicit GoldenFile(const std::filesystem::path& file);
    ~GoldenFile();
    GoldenFile(const GoldenFile&) = delete;
    GoldenFile& operator=(const GoldenFile&) = delete;

    const std::string& name() const { return name_; }
    bool has(const std::string& path) const;
    torch::Tensor tensor(const std::string& path) const;
    /// Names in a group, sorted; "/" is the file.
    std::vector<std::string> members(const std::string& group) const;
    bool has_attribute(const std::string& group, const std::string& attribute) const;
    double number(const std::string& group, const std::string& attribute) const;
    bool flag(const std::string& group, const std::string& attribute) const;
    std::string text(const std::string& group, const std::string& attribute) const;

 private:
    std::string name_;
    std::int64_t file_ = -1;
};

}  // namespace resonate
