// tests/fuzz/fuzz_torch_archive.cpp: any bytes as a checkpoint give values or a CheckpointError, and tensors that lie
// in their storages.
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "resonate/error.h"
#include "runs/torch_archive.h"

using namespace resonate;

namespace {

std::int64_t sink = 0;

/// Touches the first and the last element, so that the address sanitizer sees where they lie.
void touch(const TorchArchive& archive, const TensorDescription& tensor) {
    std::int64_t last = tensor.offset;
    for (size_t i = 0; i < tensor.shape.size(); ++i) {
        if (tensor.shape[i] == 0) return;
        last += (tensor.shape[i] - 1) * tensor.strides[i];
    }
    // A copy on the heap, whose ends the sanitizer guards exactly.
    const std::string& storage = archive.storage_of(tensor);
    const auto copy = std::make_unique<char[]>(storage.size());
    storage.copy(copy.get(), storage.size());
    const std::int64_t bytes = bytes_per_element(tensor.type);
    sink += copy[static_cast<size_t>(tensor.offset * bytes)] + copy[static_cast<size_t>((last + 1) * bytes - 1)];
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    try {
        ArchiveLimits limits;
        limits.bytes = std::uint64_t{1} << 20;
        limits.entries = 1000;
        limits.pickle = {size_t{1} << 18, 20'000};
        const TorchArchive archive =
            parse_torch_archive({reinterpret_cast<const char*>(data), size}, "fuzzed.pt", limits);
        for (const PickleValue& value : archive.content.values)
            if (const auto* tensor = value.as<TensorDescription>()) touch(archive, *tensor);
    } catch (const CheckpointError&) {
    }
    return 0;
}
