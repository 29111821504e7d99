// tests/fuzz/fuzz_pickle_reader.cpp: any bytes as data.pkl give values or a CheckpointError, nothing else.
#include <cstdint>
#include <cstdlib>

#include "resonate/error.h"
#include "runs/pickle_reader.h"

using namespace resonate;

namespace {

/// What the reader promises of a tensor, computed in another way.
void require_inside(const TensorDescription& tensor) {
    __int128 last = tensor.offset;
    for (size_t i = 0; i < tensor.shape.size(); ++i) {
        if (tensor.shape[i] < 0 || tensor.strides[i] < 0) std::abort();
        if (tensor.shape[i] == 0) return;
        last += __int128{tensor.shape[i] - 1} * tensor.strides[i];
    }
    if (tensor.offset < 0 || (last + 1) * bytes_per_element(tensor.type) > tensor.storage_bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    try {
        const PickleLimits limits{size_t{1} << 20, 20'000};
        const PickleDocument document = read_pickle({reinterpret_cast<const char*>(data), size}, "fuzzed.pt", limits);
        for (const PickleValue& value : document.values) {
            if (describe(value).empty()) std::abort();
            if (const auto* tensor = value.as<TensorDescription>()) require_inside(*tensor);
        }
        if (const auto* top = document.top->as<PickleDictionary>()) {
            find(*top, "model_state_dict");
            find(*top, 0);
        }
    } catch (const CheckpointError&) {
    }
    return 0;
}
