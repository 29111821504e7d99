// engine/runs/pickle_value.h: what a pickle of torch.save may hold: containers, numbers, text and descriptions of
// tensors.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace resonate {

struct PickleValue;

struct PickleText {
    std::string text;  ///< bytes as in the file, which should be UTF-8
};

struct PickleBytes {
    std::string bytes;
};

/// An integer beyond 64 bits, as its two's complement, lowest byte first.
struct PickleBigInteger {
    std::string bytes;
};

struct PickleSequence {
    enum class Kind { list, tuple, set };
    Kind kind = Kind::list;
    std::vector<const PickleValue*> items;
};

/// In the order written. A key written twice is here twice; the last one counts, as in Python.
struct PickleDictionary {
    std::vector<std::pair<const PickleValue*, const PickleValue*>> entries;
    const PickleValue* attributes = nullptr;  ///< what BUILD gave an OrderedDict (`_metadata` of a state dictionary)
};

enum class TensorType { float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, boolean };

/// A tensor as the pickle tells it; its numbers lie in the archive entry data/`storage`.
struct TensorDescription {
    TensorType type = TensorType::float32;
    std::string storage;
    std::int64_t storage_bytes = 0;
    std::int64_t offset = 0;            ///< in elements, >= 0
    std::vector<std::int64_t> shape;    ///< each >= 0
    std::vector<std::int64_t> strides;  ///< in elements, each >= 0; 0 where a dimension is expanded
};

/// A storage by itself; `type` is empty for an untyped one, which counts in bytes.
struct PickleStorage {
    std::optional<TensorType> type;
    std::string key;
    std::int64_t elements = 0;
};

/// torch.FloatStorage and its like.
struct PickleStorageClass {
    std::optional<TensorType> type;
};

/// The few functions and classes a pickle may call; none of them is Python's.
enum class PickleFunction {
    ordered_dictionary,
    rebuild_tensor_v2,
    rebuild_tensor_v3,
    rebuild_parameter,
    size,
    encode,
    bytes,
    set,
    tagged,
};

struct PickleValue {
    std::variant<std::monostate, bool, std::int64_t, double, PickleBigInteger, PickleText, PickleBytes, PickleSequence,
                 PickleDictionary, TensorDescription, PickleStorage, TensorType, PickleStorageClass, PickleFunction>
        content;  ///< monostate is None; a TensorType by itself is a torch.dtype

    template <class T>
    const T* as() const {
        return std::get_if<T>(&content);
    }
};

/// All values of one pickle. They point at each other, and may do so in circles: look up in it, do not walk it.
struct PickleDocument {
    std::deque<PickleValue> values;  ///< owns all; their addresses hold as long as it lives, moved or not
    const PickleValue* top = nullptr;
};

/// The value under a key, or nullptr.
const PickleValue* find(const PickleDictionary& dictionary, std::string_view key);
const PickleValue* find(const PickleDictionary& dictionary, std::int64_t key);

/// "a list", for sentences.
std::string describe(const PickleValue& value);
/// "float32"
std::string to_string(TensorType type);
std::int64_t bytes_per_element(TensorType type);
/// Text of a file made fit for a sentence: short, without control characters.
std::string printable(std::string_view text);

}  // namespace resonate
