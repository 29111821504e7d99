// tests/fuzz/fuzz_event_file.cpp: any bytes as an event file of TensorBoard, framed or not, give rows or a DataError.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "resonate/error.h"
#include "runs/crc32c.h"
#include "runs/event_file.h"

using namespace resonate;

namespace {

void append(std::string& bytes, std::uint64_t number, int count) {
    for (int i = 0; i < count; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}

/// A record with right checksums around the bytes: they would keep nearly every mutation from what is behind them.
std::string framed(const std::string& data) {
    std::string record;
    append(record, data.size(), 8);
    append(record, masked_crc32c(record), 4);
    record += data;
    append(record, masked_crc32c(data), 4);
    return record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const std::string& file : {bytes, framed(bytes)}) {
        try {
            for (const ScalarEvent& scalar : parse_event_file(file, "fuzzed").scalars)
                if (scalar.tag.empty() || scalar.tag.size() > 1024) std::abort();
        } catch (const DataError&) {
        }
    }
    return 0;
}
