// engine/data/reader_main.cpp: resonate-reader, which reads one file for reader_process.h and may die of it.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <string>

#include "data/mat_reader.h"
#include "data/reader_output.h"
#include "data/reader_process.h"
#include "data/shd_hdf5.h"
#include "resonate/error.h"

namespace {

using namespace resonate;

/// A damaged file must neither fill the memory nor compute for ever, and its crash leaves no core file.
void limit_yourself(const char* file) {
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    const rlim_t seconds = 3 + (failure ? 0 : size >> 20);
    const auto limit = [](auto resource, rlim_t most) {
        const rlimit bound{most, most};
        ::setrlimit(resource, &bound);
    };
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, seconds);
#ifndef RESONATE_SANITIZED  // the address sanitizer asks for all addresses there are
    limit(RLIMIT_AS, static_cast<rlim_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)));
#endif
}

int run(const std::string& task, const std::string& file, const std::string& detail) {
    ReaderOutput output;
    if (task == "spikes")
        write_spike_file(file, SpikePart::all, output);
    else if (task == "spike-header")
        write_spike_file(file, SpikePart::header, output);
    else if (task == "mat-list")
        write_mat_list(file, output);
    else if (task == "mat-read")
        write_mat_variable(file, detail, output);
    else
        return 2;
    output.flush();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("resonate-reader is started by Resonate to read data files; there is no use of it by hand.\n",
                   stderr);
        return 2;
    }
    limit_yourself(argv[2]);
    int status = 1;
    try {
        status = run(argv[1], argv[2], argv[3]);
    } catch (const resonate::DataError& error) {
        std::fputs(error.what(), stderr);
        std::fflush(stderr);
        status = reader_refused;
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "%s: asks for more memory than there is; it is damaged, or too large for this machine",
                     argv[2]);
        std::fflush(stderr);
        status = reader_refused;
    }
    // Libraries that have read damaged files need not clean up.
    std::_Exit(status);
}
