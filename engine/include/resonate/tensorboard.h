// resonate/tensorboard.h: TensorBoard's event files: read, and turned into runs. Every run writes one of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace resonate {

/// One number of an event file.
struct ScalarEvent {
    std::string tag;        ///< "accuracy/test"
    std::int64_t step = 0;  ///< this program: the epoch; the published code: the epoch, of */train the batch
    double wall_time = 0;   ///< seconds since 1970
    double value = 0;
};

struct EventFile {
    std::vector<ScalarEvent> scalars;  ///< in the order of the file
    bool cut_off = false;              ///< the last record is not whole: the program that wrote it still does, or died
};

/// Scalars of a file that TensorBoard, TensorFlow or PyTorch wrote; everything else in it is passed over. Throws
/// DataError naming file, record and byte where a checksum is wrong or a record is none.
EventFile read_event_file(const std::filesystem::path& file);

struct ImportOptions {
    std::filesystem::path runs_dir = "runs";
    /// Experiment of the runs: a preset or a YAML file. Empty: told from the names of the folders, as the published
    /// code calls them.
    std::string preset;
};

/// What became of one folder with event files.
struct ImportedRun {
    std::filesystem::path source;
    std::filesystem::path folder;  ///< the run; empty where there is none
    bool known = false;            ///< it had been imported before: nothing was written
    std::string message;           ///< a sentence: what it was taken for, or why it could not be imported
};

/// Makes a run of every folder under `from` that holds event files. Runs of one experiment get the seeds 1, 2, … in the
/// order of their names, since the files do not tell. A folder that cannot be imported stops no other. Throws DataError
/// where there are no event files, ConfigError for the preset, RunError where the folder for runs cannot be written.
std::vector<ImportedRun> import_tensorboard(const std::filesystem::path& from, const ImportOptions& options);

}  // namespace resonate
