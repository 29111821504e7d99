// engine/runs/torch_globals.h: the names a pickle of torch.save may use, and what calling them gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "runs/pickle_value.h"

namespace resonate {

/// What module.name stands for, or nothing where it is not allowed. Nothing is imported: the list is closed.
std::optional<PickleValue> allowed_global(std::string_view module, std::string_view name);

/// The storage a persistent id ('storage', class, key, location, elements) names. The location is of no interest:
/// whatever device it was on, it is read here.
std::optional<PickleStorage> storage_named(const PickleValue& id);

/// A tensor from the arguments of `_rebuild_tensor_v2` or `_rebuild_tensor_v3`, inside the storage as the pickle tells
/// its size; or the reason why there is none, for a sentence.
std::variant<TensorDescription, std::string> rebuilt_tensor(PickleFunction function, const PickleSequence& arguments);

}  // namespace resonate
