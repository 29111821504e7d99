// engine/runs/torch_globals.cpp: see torch_globals.h.
#include "runs/torch_globals.h"

#include <array>
#include <limits>

namespace resonate {
namespace {

/// More dimensions than any network has.
constexpr size_t most_dimensions = 16;
/// Keys are numbers; every tensor has a copy of its storage's.
constexpr size_t longest_key = 64;

struct NamedType {
    std::string_view storage_class;
    std::string_view dtype;
    std::string_view other_dtype;  ///< torch.long is torch.int64
    TensorType type;
};
constexpr std::array<NamedType, 10> named_types{{
    {"HalfStorage", "float16", "half", TensorType::float16},
    {"BFloat16Storage", "bfloat16", "bfloat16", TensorType::bfloat16},
    {"FloatStorage", "float32", "float", TensorType::float32},
    {"DoubleStorage", "float64", "double", TensorType::float64},
    {"CharStorage", "int8", "int8", TensorType::int8},
    {"ShortStorage", "int16", "short", TensorType::int16},
    {"IntStorage", "int32", "int", TensorType::int32},
    {"LongStorage", "int64", "long", TensorType::int64},
    {"ByteStorage", "uint8", "uint8", TensorType::uint8},
    {"BoolStorage", "bool", "bool", TensorType::boolean},
}};

struct NamedFunction {
    std::string_view module;
    std::string_view name;
    PickleFunction function;
};
constexpr std::array<NamedFunction, 17> named_functions{{
    {"collections", "OrderedDict", PickleFunction::ordered_dictionary},
    {"torch._utils", "_rebuild_tensor_v2", PickleFunction::rebuild_tensor_v2},
    {"torch._utils", "_rebuild_tensor_v3", PickleFunction::rebuild_tensor_v3},
    {"torch._utils", "_rebuild_parameter", PickleFunction::rebuild_parameter},
    {"torch", "Size", PickleFunction::size},
    // Protocol 2 has no bytes; Python writes them as Latin-1 text to be encoded.
    {"_codecs", "encode", PickleFunction::encode},
    {"__builtin__", "bytes", PickleFunction::bytes},
    {"builtins", "bytes", PickleFunction::bytes},
    {"__builtin__", "set", PickleFunction::set},
    {"builtins", "set", PickleFunction::set},
    {"__builtin__", "frozenset", PickleFunction::set},
    {"builtins", "frozenset", PickleFunction::set},
    // LibTorch's own pickles say so which type a container had.
    {"torch.jit._pickle", "restore_type_tag", PickleFunction::tagged},
    {"torch.jit._pickle", "build_intlist", PickleFunction::tagged},
    {"torch.jit._pickle", "build_doublelist", PickleFunction::tagged},
    {"torch.jit._pickle", "build_boollist", PickleFunction::tagged},
    {"torch.jit._pickle", "build_tensorlist", PickleFunction::tagged},
}};

/// Sizes or strides: a tuple of integers, none below zero.
std::optional<std::vector<std::int64_t>> extents(const PickleValue& value) {
    const auto* sequence = value.as<PickleSequence>();
    if (!sequence || sequence->items.size() > most_dimensions) return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const PickleValue* item : sequence->items) {
        const auto* number = item->as<std::int64_t>();
        if (!number || *number < 0) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

bool multiply(std::int64_t a, std::int64_t b, std::int64_t& product) { return !__builtin_mul_overflow(a, b, &product); }
bool add(std::int64_t a, std::int64_t b, std::int64_t& sum) { return !__builtin_add_overflow(a, b, &sum); }

/// Elements from the storage's beginning to behind the tensor's last element; nothing where that is beyond counting.
std::optional<std::int64_t> elements_reached(const TensorDescription& tensor) {
    std::int64_t count = 1;
    std::int64_t reached = tensor.offset;
    bool empty = false;
    for (size_t i = 0; i < tensor.shape.size(); ++i) {
        if (tensor.shape[i] == 0) {
            empty = true;
            continue;
        }
        std::int64_t along = 0;
        if (!multiply(count, tensor.shape[i], count) || !multiply(tensor.shape[i] - 1, tensor.strides[i], along) ||
            !add(reached, along, reached))
            return std::nullopt;
    }
    // Bytes must be countable too.
    std::int64_t bytes = 0;
    if (!multiply(count, bytes_per_element(tensor.type), bytes)) return std::nullopt;
    if (empty) return tensor.offset;
    return add(reached, 1, reached) ? std::optional(reached) : std::nullopt;
}

/// The type of the elements: the storage's, or for `_rebuild_tensor_v3` the dtype given.
std::optional<TensorType> element_type(PickleFunction function, const PickleStorage& storage,
                                       const PickleSequence& arguments) {
    if (function == PickleFunction::rebuild_tensor_v2) return storage.type;
    const auto* dtype = arguments.items[6]->as<TensorType>();
    return dtype ? std::optional(*dtype) : std::nullopt;
}

}  // namespace

std::optional<PickleValue> allowed_global(std::string_view module, std::string_view name) {
    for (const NamedFunction& known : named_functions)
        if (known.module == module && known.name == name) return PickleValue{known.function};
    if (module == "torch") {
        for (const NamedType& known : named_types) {
            if (name == known.storage_class) return PickleValue{PickleStorageClass{known.type}};
            if (name == known.dtype || name == known.other_dtype) return PickleValue{known.type};
        }
    }
    if ((module == "torch.storage" || module == "torch") && name == "UntypedStorage")
        return PickleValue{PickleStorageClass{}};
    return std::nullopt;
}

std::optional<PickleStorage> storage_named(const PickleValue& id) {
    const auto* tuple = id.as<PickleSequence>();
    if (!tuple || tuple->kind != PickleSequence::Kind::tuple || tuple->items.size() != 5) return std::nullopt;
    const auto* what = tuple->items[0]->as<PickleText>();
    const auto* type = tuple->items[1]->as<PickleStorageClass>();
    const auto* key = tuple->items[2]->as<PickleText>();
    const auto* elements = tuple->items[4]->as<std::int64_t>();
    if (!what || what->text != "storage" || !type || !key || !elements || *elements < 0) return std::nullopt;
    if (key->text.size() > longest_key) return std::nullopt;
    return PickleStorage{type->type, key->text, *elements};
}

std::variant<TensorDescription, std::string> rebuilt_tensor(PickleFunction function, const PickleSequence& arguments) {
    const bool typed = function == PickleFunction::rebuild_tensor_v2;
    const size_t needed = typed ? 6 : 7;
    if (arguments.items.size() < needed || arguments.items.size() > needed + 1)
        return "expected " + std::to_string(needed) + " arguments to build it from, found " +
               std::to_string(arguments.items.size());
    // The last one marks conjugate and negated views, whose numbers are not those in the storage.
    if (arguments.items.size() > needed && !arguments.items[needed]->as<std::monostate>()) {
        const auto* metadata = arguments.items[needed]->as<PickleDictionary>();
        if (!metadata || !metadata->entries.empty()) return std::string("conjugate and negated views are not read");
    }
    const auto* storage = arguments.items[0]->as<PickleStorage>();
    if (!storage) return "expected a storage, found " + describe(*arguments.items[0]);
    const std::optional<TensorType> type = element_type(function, *storage, arguments);
    if (!type) return std::string("expected a type of its numbers, found none");
    const auto* offset = arguments.items[1]->as<std::int64_t>();
    auto shape = extents(*arguments.items[2]);
    auto strides = extents(*arguments.items[3]);
    if (!offset || *offset < 0 || !shape || !strides || shape->size() != strides->size())
        return "expected an offset and as many sizes as strides, none negative and at most " +
               std::to_string(most_dimensions) + " of them";

    TensorDescription tensor{*type, storage->key, 0, *offset, std::move(*shape), std::move(*strides)};
    if (!multiply(storage->elements, storage->type ? bytes_per_element(*storage->type) : 1, tensor.storage_bytes))
        return std::string("its storage is said to be larger than any memory");
    const std::int64_t held = tensor.storage_bytes / bytes_per_element(*type);
    const std::optional<std::int64_t> reached = elements_reached(tensor);
    if (!reached || *reached > held)
        return "it reaches beyond its storage '" + printable(storage->key) + "' of " + std::to_string(held) +
               " elements";
    return tensor;
}

}  // namespace resonate
