// tests/fuzz/fuzz_recording_archive.cpp: any bytes as a tar archive give files with names inside of it, or a DataError.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "data/recording_archive.h"
#include "resonate/error.h"

using namespace resonate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    const int file = memfd_create("fuzzed", 0);
    if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) std::abort();
    RecordingArchiveLimits limits;
    limits.bytes_per_file = std::uint64_t{1} << 16;
    limits.bytes = std::uint64_t{1} << 20;
    limits.entries = 100;
    std::uint64_t total = 0;
    std::uint64_t files = 0;
    try {
        read_recording_archive(
            "/proc/self/fd/" + std::to_string(file), [](const std::string&) { return true; },
            [&](const std::string& name, std::string bytes) {
                total += bytes.size();
                if (bytes.size() > limits.bytes_per_file || ++files > limits.entries) std::abort();
                if (name.empty() || name[0] == '/' || ("/" + name + "/").find("/../") != std::string::npos)
                    std::abort();
            },
            limits);
    } catch (const DataError&) {
    }
    // Holes of sparse files are no bytes of the archive, but are bounded by their number.
    if (total > limits.entries * limits.bytes_per_file) std::abort();
    close(file);
    return 0;
}
