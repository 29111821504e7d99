// engine/runs/torch_archive.h: reads the zip archives of Python's torch.save, without Python and without Torch.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "runs/pickle_reader.h"
#include "runs/pickle_value.h"

namespace resonate {

/// Bounds on what one archive may cost, whatever its entries claim.
struct ArchiveLimits {
    std::uint64_t bytes = std::uint64_t{1} << 30;  ///< of the file, and of its storages unpacked, each
    size_t entries = 100'000;
    PickleLimits pickle;
};

/// One file: data.pkl as values, and the storages its tensors lie in.
struct TorchArchive {
    std::string name;  ///< of the file, for sentences
    PickleDocument content;
    std::map<std::string, std::shared_ptr<const std::string>> storages;  ///< by the key a TensorDescription has

    const std::string& storage_of(const TensorDescription& tensor) const { return *storages.at(tensor.storage); }
};

/// Reads what PyTorch 1.6 to 2.7 and LibTorch's pickle_save write: ROOT/data.pkl, ROOT/data/KEY, under any one ROOT,
/// stored or deflated, little-endian. Every tensor of the result lies inside a storage that is there, whole, and of the
/// size the pickle says; whatever device it was saved from makes no difference.
/// Throws CheckpointError naming the file where it cannot be opened, is no such archive (or is one of the format before
/// 1.6), is damaged, big-endian, beyond the limits, or where read_pickle() throws.
TorchArchive read_torch_archive(const std::filesystem::path& file, const ArchiveLimits& limits = {});

/// The same for the bytes of a file; `name` begins every complaint.
TorchArchive parse_torch_archive(std::string_view bytes, const std::string& name, const ArchiveLimits& limits = {});

}  // namespace resonate
