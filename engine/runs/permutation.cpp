// engine/runs/permutation.cpp: see permutation.h.
#include "runs/permutation.h"

#include <cstring>

#include "resonate/error.h"
#include "runs/torch_archive.h"

namespace resonate {

namespace {

CheckpointError no_permutation(const TorchArchive& archive, const std::string& found) {
    return CheckpointError(archive.name + ": expected a permutation (one int64 tensor), found " + found +
                           "; give the file that came with the model");
}

std::vector<std::int64_t> numbers_of(const TorchArchive& archive, const PickleValue& value) {
    const auto* tensor = value.as<TensorDescription>();
    if (!tensor || tensor->type != TensorType::int64) throw no_permutation(archive, describe(value));
    if (tensor->shape.size() != 1)
        throw no_permutation(archive, "a tensor of " + std::to_string(tensor->shape.size()) + " dimensions");
    const std::string& storage = archive.storage_of(*tensor);
    const std::int64_t count = tensor->shape[0];
    // More numbers than the storage holds cannot all be different; this also bounds the memory.
    if (count > static_cast<std::int64_t>(storage.size() / sizeof(std::int64_t)))
        throw no_permutation(archive, "numbers that repeat");

    std::vector<std::int64_t> permutation(static_cast<size_t>(count));
    std::vector<bool> seen(permutation.size());
    for (size_t i = 0; i < permutation.size(); ++i) {
        const auto element = static_cast<size_t>(tensor->offset) + i * static_cast<size_t>(tensor->strides[0]);
        std::int64_t& number = permutation[i];
        std::memcpy(&number, storage.data() + element * sizeof number, sizeof number);
        if (number < 0 || number >= count || seen[static_cast<size_t>(number)])
            throw no_permutation(archive, std::to_string(number) + " at place " + std::to_string(i) +
                                              ", where each of 0 to " + std::to_string(count - 1) + " belongs once");
        seen[static_cast<size_t>(number)] = true;
    }
    return permutation;
}

/// Entry "permutation" of what this program adds to a checkpoint, or nothing.
const PickleValue* permutation_in(const TorchArchive& archive) {
    const auto* all = archive.content.top->as<PickleDictionary>();
    const PickleValue* added = all ? find(*all, "resonate") : nullptr;
    const auto* own = added ? added->as<PickleDictionary>() : nullptr;
    return own ? find(*own, "permutation") : nullptr;
}

}  // namespace

std::vector<std::int64_t> read_permutation(const std::filesystem::path& file) {
    const TorchArchive archive = read_torch_archive(file);
    const PickleValue* stored = permutation_in(archive);
    return numbers_of(archive, stored ? *stored : *archive.content.top);
}

std::vector<std::int64_t> permutation_of_checkpoint(const std::filesystem::path& file) {
    const TorchArchive archive = read_torch_archive(file);
    const PickleValue* stored = permutation_in(archive);
    return stored ? numbers_of(archive, *stored) : std::vector<std::int64_t>();
}

void write_permutation(TorchArchiveWriter& writer, const std::vector<std::int64_t>& permutation) {
    std::string bytes(permutation.size() * sizeof(std::int64_t), '\0');
    std::memcpy(bytes.data(), permutation.data(), bytes.size());
    writer.tensor(TensorType::int64, {static_cast<std::int64_t>(permutation.size())}, std::move(bytes));
}

std::string permutation_bytes(const std::vector<std::int64_t>& permutation) {
    TorchArchiveWriter writer;
    write_permutation(writer, permutation);
    return writer.finish();
}

}  // namespace resonate
