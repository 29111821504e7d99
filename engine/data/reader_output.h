// engine/data/reader_output.h: what resonate-reader says on its standard output, in the form reader_process.h takes.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

namespace resonate {

class ReaderOutput {
 public:
    void bytes(const void* data, std::size_t count) {
        // Nobody listens any more: there is nothing left to do.
        if (count > 0 && std::fwrite(data, 1, count, stdout) != count) std::_Exit(1);
    }
    template <class Value>
    void value(const Value& number) {
        bytes(&number, sizeof number);
    }
    template <class Value>
    void list(std::span<const Value> values) {
        value(static_cast<std::uint64_t>(values.size()));
        bytes(values.data(), values.size_bytes());
    }
    void text(std::string_view letters) { list(std::span<const char>(letters)); }
    void flush() {
        if (std::fflush(stdout) != 0) std::_Exit(1);
    }
};

}  // namespace resonate
