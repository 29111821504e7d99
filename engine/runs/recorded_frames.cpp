// engine/runs/recorded_frames.cpp: see recorded_frames.h.
#include "runs/recorded_frames.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

#include "data/npy_file.h"
#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/npz_writer.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view stem = "epoch_";

std::string name_of_epoch(int epoch) { return std::string(stem) + std::to_string(epoch); }

/// Whole numbers of a byte as bytes; empty where one is not.
std::vector<std::uint8_t> as_bytes(const std::vector<float>& values) {
    std::vector<std::uint8_t> bytes(values.size());
    for (size_t i = 0; i < values.size(); ++i) {
        if (!(values[i] >= 0 && values[i] <= 255)) return {};
        bytes[i] = static_cast<std::uint8_t>(values[i]);
        if (static_cast<float>(bytes[i]) != values[i]) return {};
    }
    return bytes;
}

/// Reads the arrays of one file, each checked for its size and type.
class FrameReader {
 public:
    explicit FrameReader(const fs::path& file) : file_(open_npz(file)) {}

    std::vector<std::int64_t> shape(const std::string& name) const { return header(name).shape; }

    template <class Value>
    std::vector<Value> values(const std::string& name, ElementType type, const std::vector<std::int64_t>& shape) const {
        const ArrayHeader& array = header(name);
        if (array.type != type || array.shape != shape || array.first_axis_fastest)
            throw RunError(file_->path().string() + ": expected '" + name + "' of " + name_of(type) + " " +
                           shape_text(shape) + ", found " + name_of(array.type) + " " + shape_text(array.shape));
        std::vector<Value> result;
        std::int64_t count = 1;
        for (const std::int64_t length : shape) count *= length;
        result.reserve(static_cast<size_t>(count));
        file_->read(array, [&](std::span<const std::uint8_t> bytes) {
            const size_t before = result.size();
            result.resize(before + bytes.size() / sizeof(Value));
            std::memcpy(result.data() + before, bytes.data(), bytes.size());
        });
        return result;
    }

    std::vector<float> floats(const std::string& name, const std::vector<std::int64_t>& shape) const {
        return values<float>(name, ElementType::float32, shape);
    }
    /// Empty where the file has no such array.
    std::vector<float> optional_floats(const std::string& name, const std::vector<std::int64_t>& shape) const {
        return file_->find(name) ? floats(name, shape) : std::vector<float>();
    }
    bool is_bytes(const std::string& name) const { return header(name).type == ElementType::uint8; }
    int number(const std::string& name) const {
        return static_cast<int>(values<std::int64_t>(name, ElementType::int64, {1})[0]);
    }

 private:
    const ArrayHeader& header(const std::string& name) const {
        if (const ArrayHeader* found = file_->find(name)) return *found;
        throw RunError(file_->path().string() + ": expected an array '" + name + "', found none");
    }

    std::shared_ptr<const ArrayFile> file_;
};

NeuronType neuron_named(std::string_view name, const fs::path& file) {
    for (const NeuronType type :
         {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif, NeuronType::lif, NeuronType::izhikevich})
        if (to_string(type) == name) return type;
    throw RunError(file.string() + ": expected the name of a neuron, found '" + std::string(name) + "'");
}

ProbeFrame read(const fs::path& file) {
    const FrameReader reader(file);
    const std::vector<std::int64_t> input = reader.shape("input");
    const std::vector<std::int64_t> u = reader.shape("u");
    const std::vector<std::int64_t> probabilities = reader.shape("probabilities");
    const std::vector<std::int64_t> labels = reader.shape("labels");
    if (input.size() != 2 || u.size() != 2 || probabilities.size() != 2 || input[0] < 1 || u[0] != input[0] ||
        probabilities[0] != input[0] || labels.size() != 1 || (labels[0] != 1 && labels[0] != input[0]))
        throw RunError(file.string() + ": its arrays do not belong together");
    ProbeFrame frame;
    frame.epoch = reader.number("epoch");
    frame.batch = reader.number("batch");
    frame.sample = reader.number("sample");
    const std::vector<std::uint8_t> name =
        reader.values<std::uint8_t>("neuron", ElementType::uint8, reader.shape("neuron"));
    frame.neuron = neuron_named({reinterpret_cast<const char*>(name.data()), name.size()}, file);
    frame.steps = static_cast<int>(input[0]);
    frame.inputs = static_cast<int>(input[1]);
    frame.neurons = static_cast<int>(u[1]);
    frame.classes = static_cast<int>(probabilities[1]);
    if (reader.is_bytes("input")) {
        const std::vector<std::uint8_t> bytes = reader.values<std::uint8_t>("input", ElementType::uint8, input);
        frame.input.assign(bytes.begin(), bytes.end());
    } else {
        frame.input = reader.floats("input", input);
    }
    frame.labels = reader.values<std::int32_t>("labels", ElementType::int32, labels);
    for (const std::int32_t label : frame.labels)
        if (label < 0 || label >= frame.classes)
            throw RunError(file.string() + ": expected labels of " + std::to_string(frame.classes) +
                           " classes, found " + std::to_string(label));
    frame.u = reader.floats("u", u);
    frame.v = reader.optional_floats("v", u);
    frame.threshold = reader.floats("threshold", u);
    frame.spikes = reader.values<std::uint8_t>("spikes", ElementType::uint8, u);
    frame.probabilities = reader.floats("probabilities", probabilities);
    frame.omega = reader.optional_floats("omega", {u[1]});
    frame.b = reader.optional_floats("b", {u[1]});
    return frame;
}

ResonatorPlaces read_places(const fs::path& file) {
    const FrameReader reader(file);
    const std::vector<std::int64_t> u = reader.shape("u");
    if (u.size() != 2) throw RunError(file.string() + ": its arrays do not belong together");
    return {reader.number("epoch"), reader.optional_floats("omega", {u[1]}), reader.optional_floats("b", {u[1]})};
}

/// What to do about a data file is not what to do about a recorded epoch.
template <class Read>
auto read_kept(const fs::path& file, Read read) {
    try {
        return read(file);
    } catch (const Error& error) {
        const std::string_view sentence = error.what();
        throw RunError(std::string(sentence.substr(0, sentence.find("; ", file.string().size()))) +
                       "; copy the file again, or delete it, and the run is shown without this epoch");
    }
}

}  // namespace

fs::path epochs_folder(const fs::path& run_folder) { return run_folder / "epochs"; }

fs::path frame_file(const fs::path& run_folder, int epoch) {
    return epochs_folder(run_folder) / (name_of_epoch(epoch) + ".npz");
}

fs::path epoch_checkpoint(const fs::path& run_folder, int epoch) {
    return epochs_folder(run_folder) / (name_of_epoch(epoch) + ".pt");
}

std::vector<int> recorded_epochs(const fs::path& run_folder) {
    std::vector<int> epochs;
    std::error_code failure;
    for (fs::directory_iterator entry(epochs_folder(run_folder), failure), end; !failure && entry != end;
         entry.increment(failure)) {
        const std::string name = entry->path().stem().string();
        if (entry->path().extension() != ".npz" || !name.starts_with(stem)) continue;
        int epoch = -1;
        const auto [stop, error] = std::from_chars(name.data() + stem.size(), name.data() + name.size(), epoch);
        if (error == std::errc() && stop == name.data() + name.size() && epoch >= 0) epochs.push_back(epoch);
    }
    std::sort(epochs.begin(), epochs.end());
    return epochs;
}

std::string frame_bytes(const ProbeFrame& frame) {
    const std::int64_t T = frame.steps, I = frame.inputs, H = frame.neurons, C = frame.classes;
    const auto one = [](int number) { return std::vector<std::int64_t>{number}; };
    const std::string neuron = to_string(frame.neuron);
    NpzWriter archive;
    archive.add("epoch", {1}, one(frame.epoch));
    archive.add("batch", {1}, one(frame.batch));
    archive.add("sample", {1}, one(frame.sample));
    archive.add("neuron", {std::ssize(neuron)},
                std::span(reinterpret_cast<const std::uint8_t*>(neuron.data()), neuron.size()));
    if (const std::vector<std::uint8_t> bytes = as_bytes(frame.input); !bytes.empty())
        archive.add("input", {T, I}, bytes);
    else
        archive.add("input", {T, I}, frame.input);
    archive.add("labels", {std::ssize(frame.labels)}, frame.labels);
    archive.add("u", {T, H}, frame.u);
    if (!frame.v.empty()) archive.add("v", {T, H}, frame.v);
    archive.add("threshold", {T, H}, frame.threshold);
    archive.add("spikes", {T, H}, frame.spikes);
    archive.add("probabilities", {T, C}, frame.probabilities);
    if (!frame.omega.empty()) archive.add("omega", {H}, frame.omega);
    if (!frame.b.empty()) archive.add("b", {H}, frame.b);
    return archive.bytes();
}

std::uint64_t kept_bytes(const ExperimentConfig& config, std::int64_t steps, std::int64_t inputs, std::int64_t classes,
                         std::uint64_t checkpoint_bytes) {
    const RecordingConfig& recording = config.recording;
    if (recording.epoch_interval == 0) return 0;
    constexpr std::int64_t headers = 4096;
    const std::int64_t neurons = config.network.hidden_size + config.network.second_hidden_size;
    // u, v and threshold of each neuron, its spikes; ω and b.
    const std::int64_t numbers = steps * (3 * neurons + classes + inputs + 1) + 2 * neurons;
    const auto frame = static_cast<std::uint64_t>(numbers * 4 + steps * neurons + headers);
    // Epoch 0 and the last one besides.
    const auto kept = static_cast<std::uint64_t>(config.training.epochs / recording.epoch_interval + 2);
    return std::min(kept * (frame + checkpoint_bytes),
                    static_cast<std::uint64_t>(recording.epoch_megabytes) * 1'000'000 + frame + checkpoint_bytes);
}

ProbeFrame read_frame(const fs::path& run_folder, int epoch) { return read_kept(frame_file(run_folder, epoch), read); }

ResonatorPlaces read_resonators(const fs::path& run_folder, int epoch) {
    return read_kept(frame_file(run_folder, epoch), read_places);
}

}  // namespace resonate
