// engine/runs/checkpoint_file.h: a checkpoint opened, its entries looked up with file and entry in every complaint.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <vector>

#include "resonate/error.h"
#include "runs/torch_archive.h"

namespace resonate {

/// Look-ups throw CheckpointError naming file and entry where it is missing, of another kind, or not finite.
class CheckpointFile {
 public:
    explicit CheckpointFile(const std::filesystem::path& file);

    const std::string& name() const { return archive_.name; }
    const PickleDictionary& all() const { return *all_; }
    /// `model_state_dict`, or the whole file where that is the state dictionary itself.
    const PickleDictionary& weights() const;
    /// Names in a state dictionary, in its order.
    std::vector<std::string> names(const PickleDictionary& weights) const;

    bool has(const PickleDictionary& from, const std::string& key) const { return find(from, key) != nullptr; }
    const PickleDictionary& dictionary(const PickleDictionary& from, const std::string& key) const;
    /// A Python float or a float64 scalar.
    double number(const PickleDictionary& from, const std::string& key) const;
    int integer(const PickleDictionary& from, const std::string& key) const;
    bool flag(const PickleDictionary& from, const std::string& key) const;
    /// Of the type saved and any shape: a view of the file's storage, see to_tensor().
    torch::Tensor tensor(const PickleDictionary& from, const std::string& key) const;
    /// Converted to the shape and type of `like`, finite, and with a storage of its own.
    torch::Tensor tensor_like(const PickleDictionary& from, const std::string& key, const torch::Tensor& like) const;

 private:
    const PickleValue& entry(const PickleDictionary& from, const std::string& key) const;
    CheckpointError wrong(const std::string& key, const std::string& expected, const PickleValue& found) const;

    TorchArchive archive_;
    const PickleDictionary* all_ = nullptr;
};

}  // namespace resonate
