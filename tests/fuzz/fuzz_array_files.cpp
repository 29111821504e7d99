// tests/fuzz/fuzz_array_files.cpp: any bytes as an NPY, NPZ or CSV file give arrays of the size they say, or a
// DataError.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <string>

#include "data/csv_file.h"
#include "data/npy_file.h"
#include "data/stored_numbers.h"
#include "resonate/error.h"

using namespace resonate;

namespace {

double sink = 0;

/// Reads all arrays in file order and turned round, and touches every number.
void read_all(const ArrayFile& file) {
    for (const ArrayHeader& header : file.arrays()) {
        std::vector<size_t> order(header.shape.size());
        std::iota(order.begin(), order.end(), size_t{0});
        std::int64_t count = 1;
        for (const std::int64_t axis : header.shape) count *= axis;
        for (int turn = 0; turn < 2; ++turn) {
            std::visit(
                [&](const auto& list) {
                    if (static_cast<std::int64_t>(list.size()) != count) std::abort();
                    for (const auto number : list) sink += static_cast<double>(number);
                },
                read_numbers(file, header, order));
            std::reverse(order.begin(), order.end());
        }
    }
}

}  // namespace

/// The first byte says which reader takes the rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    if (size == 0) return 0;
    static const int memory = ::memfd_create("fuzzed", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(memory);
    if (::ftruncate(memory, 0) != 0 || ::pwrite(memory, data + 1, size - 1, 0) < 0) std::abort();
    try {
        const auto file = data[0] % 3 == 0 ? open_npy(path) : data[0] % 3 == 1 ? open_npz(path) : open_csv(path);
        read_all(*file);
    } catch (const DataError&) {
    }
    return 0;
}
