// engine/runs/pickle_value.cpp: see pickle_value.h.
#include "runs/pickle_value.h"

#include <algorithm>

namespace resonate {
namespace {

template <class Matches>
const PickleValue* find_last(const PickleDictionary& dictionary, Matches matches) {
    const auto found = std::find_if(dictionary.entries.rbegin(), dictionary.entries.rend(),
                                    [&](const auto& entry) { return matches(*entry.first); });
    return found == dictionary.entries.rend() ? nullptr : found->second;
}

struct Describer {
    std::string operator()(std::monostate) const { return "None"; }
    std::string operator()(bool) const { return "a truth value"; }
    std::string operator()(std::int64_t) const { return "an integer"; }
    std::string operator()(double) const { return "a number"; }
    std::string operator()(const PickleBigInteger&) const { return "an integer beyond 64 bits"; }
    std::string operator()(const PickleText&) const { return "text"; }
    std::string operator()(const PickleBytes&) const { return "bytes"; }
    std::string operator()(const PickleSequence& sequence) const {
        switch (sequence.kind) {
            case PickleSequence::Kind::list: return "a list";
            case PickleSequence::Kind::tuple: return "a tuple";
            case PickleSequence::Kind::set: return "a set";
        }
        return {};
    }
    std::string operator()(const PickleDictionary&) const { return "a dictionary"; }
    std::string operator()(const TensorDescription& tensor) const { return "a tensor of " + to_string(tensor.type); }
    std::string operator()(const PickleStorage&) const { return "a storage"; }
    std::string operator()(TensorType) const { return "a dtype"; }
    std::string operator()(const PickleStorageClass&) const { return "a storage class"; }
    std::string operator()(PickleFunction) const { return "a function"; }
};

}  // namespace

const PickleValue* find(const PickleDictionary& dictionary, std::string_view key) {
    return find_last(dictionary, [key](const PickleValue& value) {
        const auto* text = value.as<PickleText>();
        return text && text->text == key;
    });
}

const PickleValue* find(const PickleDictionary& dictionary, std::int64_t key) {
    return find_last(dictionary, [key](const PickleValue& value) {
        const auto* number = value.as<std::int64_t>();
        return number && *number == key;
    });
}

std::string describe(const PickleValue& value) { return std::visit(Describer(), value.content); }

std::string to_string(TensorType type) {
    switch (type) {
        case TensorType::float16: return "float16";
        case TensorType::bfloat16: return "bfloat16";
        case TensorType::float32: return "float32";
        case TensorType::float64: return "float64";
        case TensorType::int8: return "int8";
        case TensorType::int16: return "int16";
        case TensorType::int32: return "int32";
        case TensorType::int64: return "int64";
        case TensorType::uint8: return "uint8";
        case TensorType::boolean: return "bool";
    }
    return {};
}

std::int64_t bytes_per_element(TensorType type) {
    switch (type) {
        case TensorType::int8:
        case TensorType::uint8:
        case TensorType::boolean: return 1;
        case TensorType::float16:
        case TensorType::bfloat16:
        case TensorType::int16: return 2;
        case TensorType::float32:
        case TensorType::int32: return 4;
        case TensorType::float64:
        case TensorType::int64: return 8;
    }
    return 1;
}

std::string printable(std::string_view text) {
    constexpr size_t longest = 80;
    std::string shown(text.substr(0, longest));
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text.size() > longest ? shown + "..." : shown;
}

}  // namespace resonate
