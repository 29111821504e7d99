// engine/runs/export_frames.cpp: kept epochs of a run as CSV or as NumPy archive.
#include <algorithm>
#include <charconv>

#include "resonate/error.h"
#include "resonate/run_export.h"
#include "resonate/run_store.h"
#include "runs/npz_writer.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// Shortest text that reads back to the same float.
std::string text_of(float value) {
    char text[32];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
    return {text, end};
}

int kept_epoch(const fs::path& run_folder, std::optional<int> wanted) {
    const std::vector<int> kept = recorded_epochs(run_folder);
    if (kept.empty())
        throw ConfigError(run_folder.string() +
                          ": keeps no epochs; runs keep them where recording.epoch_interval is not 0");
    if (!wanted) return kept.back();
    if (std::find(kept.begin(), kept.end(), *wanted) != kept.end()) return *wanted;
    throw ConfigError("--epoch: expected an epoch that is kept in " + run_folder.string() + ", such as " +
                      std::to_string(kept.back()) + ", found " + std::to_string(*wanted));
}

std::string traces_csv(const ProbeFrame& frame) {
    std::string text = frame.v.empty() ? "step,neuron,u,threshold,spike\n" : "step,neuron,u,v,threshold,spike\n";
    size_t i = 0;
    for (int step = 0; step < frame.steps; ++step)
        for (int neuron = 0; neuron < frame.neurons; ++neuron, ++i) {
            text += std::to_string(step) + "," + std::to_string(neuron) + "," + text_of(frame.u[i]) + ",";
            if (!frame.v.empty()) text += text_of(frame.v[i]) + ",";
            text += text_of(frame.threshold[i]) + (frame.spikes[i] != 0 ? ",1\n" : ",0\n");
        }
    return text;
}

std::string traces_npz(const ProbeFrame& frame) {
    const std::int64_t T = frame.steps, H = frame.neurons;
    NpzWriter archive;
    archive.add("u", {T, H}, frame.u);
    if (!frame.v.empty()) archive.add("v", {T, H}, frame.v);
    archive.add("threshold", {T, H}, frame.threshold);
    archive.add("spikes", {T, H}, frame.spikes);
    archive.add("input", {T, frame.inputs}, frame.input);
    archive.add("probabilities", {T, frame.classes}, frame.probabilities);
    archive.add("labels", {std::ssize(frame.labels)}, frame.labels);
    return archive.bytes();
}

std::string raster_csv(const ProbeFrame& frame) {
    std::string text = "step,neuron\n";
    for (size_t i = 0; i < frame.spikes.size(); ++i)
        if (frame.spikes[i] != 0)
            text += std::to_string(i / static_cast<size_t>(frame.neurons)) + "," +
                    std::to_string(i % static_cast<size_t>(frame.neurons)) + "\n";
    return text;
}

std::string raster_npz(const ProbeFrame& frame) {
    NpzWriter archive;
    archive.add("spikes", {frame.steps, frame.neurons}, frame.spikes);
    return archive.bytes();
}

struct Parameters {
    std::vector<std::int64_t> epochs;
    std::vector<float> omega, b;  ///< [E, H]
    std::int64_t neurons = 0;
};

Parameters parameters_of(const fs::path& run_folder) {
    Parameters all;
    for (const int epoch : recorded_epochs(run_folder)) {
        const ProbeFrame frame = read_frame(run_folder, epoch);
        if (frame.omega.empty())
            throw ConfigError(run_folder.string() + ": " + display_name(frame.neuron) +
                              " neurons have no frequency and damping; resonators have");
        if (all.neurons != 0 && all.neurons != frame.neurons)
            throw RunError(run_folder.string() +
                           ": its kept epochs are of networks of different size, so files of another run lie in its "
                           "folder epochs; copy the run folder again");
        all.neurons = frame.neurons;
        all.epochs.push_back(epoch);
        all.omega.insert(all.omega.end(), frame.omega.begin(), frame.omega.end());
        all.b.insert(all.b.end(), frame.b.begin(), frame.b.end());
    }
    return all;
}

std::string parameters_csv(const Parameters& all) {
    std::string text = "epoch,neuron,omega,b\n";
    for (size_t i = 0; i < all.omega.size(); ++i) {
        const size_t neurons = static_cast<size_t>(all.neurons);
        text += std::to_string(all.epochs[i / neurons]) + "," + std::to_string(i % neurons) + "," +
                text_of(all.omega[i]) + "," + text_of(all.b[i]) + "\n";
    }
    return text;
}

std::string parameters_npz(const Parameters& all) {
    NpzWriter archive;
    const std::int64_t epochs = std::ssize(all.epochs);
    archive.add("epoch", {epochs}, all.epochs);
    archive.add("omega", {epochs, all.neurons}, all.omega);
    archive.add("b", {epochs, all.neurons}, all.b);
    return archive.bytes();
}

}  // namespace

void export_run(const fs::path& run_folder, RecordedKind what, const std::string& format, std::optional<int> epoch,
                const fs::path& out) {
    if (what == RecordedKind::metrics) return export_metrics(run_folder, format, out);
    if (format != "csv" && format != "npz") throw ConfigError("--format: expected csv or npz, found '" + format + "'");
    const bool csv = format == "csv";
    const int kept = kept_epoch(run_folder, epoch);
    if (what == RecordedKind::parameters) {
        const Parameters all = parameters_of(run_folder);
        return write_file_atomically(out, csv ? parameters_csv(all) : parameters_npz(all));
    }
    const ProbeFrame frame = read_frame(run_folder, kept);
    if (what == RecordedKind::traces)
        write_file_atomically(out, csv ? traces_csv(frame) : traces_npz(frame));
    else
        write_file_atomically(out, csv ? raster_csv(frame) : raster_npz(frame));
}

}  // namespace resonate
