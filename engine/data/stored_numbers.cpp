// engine/data/stored_numbers.cpp: see stored_numbers.h.
#include "data/stored_numbers.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <new>
#include <type_traits>

#include "resonate/error.h"

namespace resonate {
namespace {

/// IEEE 754 half precision, as it lies in files.
struct Half {
    std::uint16_t bits;

    explicit operator float() const {
        const int exponent = bits >> 10 & 31;
        const int fraction = bits & 1023;
        const float magnitude = exponent == 0    ? std::ldexp(static_cast<float>(fraction), -24)
                                : exponent == 31 ? (fraction == 0 ? INFINITY : NAN)
                                                 : std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
        return bits >> 15 ? -magnitude : magnitude;
    }
};

/// Walks through the elements of a file and knows where each goes.
class Walk {
 public:
    Walk(const ArrayHeader& array, std::span<const size_t> order) {
        const size_t axes = array.shape.size();
        std::vector<size_t> length(axes), stride(axes);
        for (size_t a = 0; a < axes; ++a) length[order[a]] = static_cast<size_t>(array.shape[a]);
        size_t step = 1;
        for (size_t a = axes; a > 0; --a) {
            stride[a - 1] = step;
            step *= length[a - 1];
        }
        count_ = step;
        for (size_t i = 0; i < axes; ++i) {
            const size_t axis = array.first_axis_fastest ? i : axes - 1 - i;
            axes_.push_back({axis, static_cast<size_t>(array.shape[axis]), stride[order[axis]], 0});
        }
    }

    size_t count() const { return count_; }
    size_t place() const { return place_; }
    void next() {
        for (Axis& axis : axes_) {
            place_ += axis.stride;
            if (++axis.at < axis.length) return;
            place_ -= axis.stride * axis.length;
            axis.at = 0;
        }
    }
    /// "[3, 17, 0]" in the order of the file's axes
    std::string text() const {
        std::vector<std::int64_t> at(axes_.size());
        for (const Axis& axis : axes_) at[axis.index] = static_cast<std::int64_t>(axis.at);
        return shape_text(at);
    }

 private:
    struct Axis {
        size_t index;
        size_t length;
        size_t stride;
        size_t at;
    };
    std::vector<Axis> axes_;  // the one that changes fastest first
    size_t count_ = 0;
    size_t place_ = 0;
};

template <class From, class To>
std::vector<To> read_as(const ArrayFile& file, const ArrayHeader& array, std::span<const size_t> order) {
    Walk walk(array, order);
    std::vector<To> numbers(walk.count());
    size_t seen = 0;
    file.read(array, [&](std::span<const std::uint8_t> bytes) {
        for (size_t i = 0; i + sizeof(From) <= bytes.size(); i += sizeof(From)) {
            From value;
            std::memcpy(&value, bytes.data() + i, sizeof value);
            const To number = static_cast<To>(value);
            if constexpr (std::is_same_v<To, float>)
                if (!std::isfinite(number))
                    throw DataError(place_of(file.path(), array) + ": the number at " + walk.text() +
                                    " is not finite, or too large for float32; replace it");
            // A file that was changed meanwhile could deliver more than it said.
            if (seen++ == numbers.size())
                throw DataError(file.path().string() + ": was changed while it was read; try again");
            numbers[walk.place()] = number;
            walk.next();
        }
    });
    if (seen != numbers.size()) throw DataError(file.path().string() + ": was changed while it was read; try again");
    return numbers;
}

}  // namespace

StoredNumbers read_numbers(const ArrayFile& file, const ArrayHeader& array, std::span<const size_t> order) {
    bytes_of_array(array, place_of(file.path(), array), most_array_bytes(file.path()));
    try {
        switch (array.type) {
            case ElementType::boolean:
            case ElementType::uint8: return read_as<std::uint8_t, std::uint8_t>(file, array, order);
            case ElementType::int8: return read_as<std::int8_t, std::int8_t>(file, array, order);
            case ElementType::uint16: return read_as<std::uint16_t, std::uint16_t>(file, array, order);
            case ElementType::int16: return read_as<std::int16_t, std::int16_t>(file, array, order);
            case ElementType::uint32: return read_as<std::uint32_t, float>(file, array, order);
            case ElementType::int32: return read_as<std::int32_t, float>(file, array, order);
            case ElementType::uint64: return read_as<std::uint64_t, float>(file, array, order);
            case ElementType::int64: return read_as<std::int64_t, float>(file, array, order);
            case ElementType::float16: return read_as<Half, float>(file, array, order);
            case ElementType::float32: return read_as<float, float>(file, array, order);
            case ElementType::float64: return read_as<double, float>(file, array, order);
        }
    } catch (const std::bad_alloc&) {
        throw DataError(place_of(file.path(), array) + ": its shape " + shape_text(array.shape) +
                        " does not fit into the memory of this machine; use fewer sequences");
    }
    return {};
}

size_t bytes_held(const StoredNumbers& numbers) {
    return std::visit([](const auto& list) { return list.capacity() * sizeof(list[0]); }, numbers);
}

}  // namespace resonate
