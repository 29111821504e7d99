// engine/runs/pickle_reader.h: reads the pickles torch.save writes, and nothing else; executes nothing.
#pragma once

#include <string>
#include <string_view>

#include "runs/pickle_value.h"

namespace resonate {

/// What to do about a checkpoint that is not whole or not one; ends such complaints.
inline constexpr const char* use_another = "; copy it again or use another checkpoint";

/// Bounds on what one pickle may cost; the memory used stays within a small multiple of them.
struct PickleLimits {
    size_t bytes = size_t{16} << 20;
    size_t values = 500'000;  ///< made, those thrown away included
};

/// Reads protocols 2 to 5: the opcodes Python's pickler writes for containers, numbers, text and tensors. Source of the
/// opcodes: pickletools.py of CPython. Never recursive; what is referred to again is shared, not copied.
/// Throws CheckpointError beginning with `name`: for any global not in torch_globals.h, by its name; for every other
/// opcode; for an opcode that finds on the stack what it does not expect; for an end that comes too early; beyond the
/// limits.
PickleDocument read_pickle(std::string_view bytes, const std::string& name, const PickleLimits& limits = {});

}  // namespace resonate
