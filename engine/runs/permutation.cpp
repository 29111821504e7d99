// engine/runs/permutation.cpp: see permutation.h.
#include "runs/permutation.h"

#include <cstring>

#include "resonate/error.h"
#include "runs/torch_archive.h"

namespace resonate {

std::vector<std::int64_t> read_permutation(const std::filesystem::path& file) {
    const TorchArchive archive = read_torch_archive(file);
    const auto fail = [&](const std::string& what) -> CheckpointError {
        return CheckpointError(archive.name + ": expected a permutation (one int64 tensor), found " + what +
                               "; give the file that came with the model");
    };
    const auto* tensor = archive.content.top->as<TensorDescription>();
    if (!tensor || tensor->type != TensorType::int64) throw fail(describe(*archive.content.top));
    if (tensor->shape.size() != 1) throw fail("a tensor of " + std::to_string(tensor->shape.size()) + " dimensions");
    const std::string& storage = archive.storage_of(*tensor);
    const std::int64_t count = tensor->shape[0];
    // More numbers than the storage holds cannot all be different; this also bounds the memory.
    if (count > static_cast<std::int64_t>(storage.size() / sizeof(std::int64_t))) throw fail("numbers that repeat");

    std::vector<std::int64_t> permutation(static_cast<size_t>(count));
    std::vector<bool> seen(permutation.size());
    for (size_t i = 0; i < permutation.size(); ++i) {
        const auto element = static_cast<size_t>(tensor->offset) + i * static_cast<size_t>(tensor->strides[0]);
        std::int64_t& number = permutation[i];
        std::memcpy(&number, storage.data() + element * sizeof number, sizeof number);
        if (number < 0 || number >= count || seen[static_cast<size_t>(number)])
            throw fail(std::to_string(number) + " at place " + std::to_string(i) + ", where each of 0 to " +
                       std::to_string(count - 1) + " belongs once");
        seen[static_cast<size_t>(number)] = true;
    }
    return permutation;
}

}  // namespace resonate
