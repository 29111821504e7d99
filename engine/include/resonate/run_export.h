// resonate/run_export.h: what a run recorded, as tables and NumPy archives.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace resonate {

enum class RecordedKind {
    metrics,    ///< a row per epoch, as metrics.csv
    traces,     ///< of one kept epoch: u, v, threshold and spikes of every neuron at every step
    raster,     ///< of one kept epoch: its spikes, as pairs of step and neuron; npz: [T, H]
    parameters  ///< ω and damping b of every neuron in all kept epochs; npz: [E, H]
};

/// What `resonate-cli export` writes. `format`: "csv" or "npz". `epoch`: a kept one; nothing is the last. Throws
/// ConfigError for another format or an epoch that is not kept, RunError naming the file that cannot be read or written.
void export_run(const std::filesystem::path& run_folder, RecordedKind what, const std::string& format,
                std::optional<int> epoch, const std::filesystem::path& out);

}  // namespace resonate
