// engine/data/shd_hdf5.cpp: see shd_hdf5.h.
#include "data/shd_hdf5.h"

#include <hdf5.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "data/reader_process.h"
#include "data/spike_bins.h"
#include "resonate/error.h"

namespace resonate {
namespace {

/// Far more samples than any file of this layout; a damaged header must not ask for all memory.
constexpr hsize_t largest_count = 100000;
/// Samples read at a time.
constexpr hsize_t block_samples = 256;
/// Classes of a file whose labels are bytes.
constexpr std::int64_t most_classes = 256;
constexpr std::int64_t most_steps = 100000;
constexpr std::int64_t most_units = 65535;
constexpr std::int64_t most_places = 50'000'000;

/// What is expected of a file, and what to do where it is not so.
struct Rules {
    std::int64_t classes = shd::classes;
    bool own = false;  ///< attributes and names count
    const char* advice = "; get the published file again";
};
constexpr Rules own_rules{most_classes, true, "; write the file again"};

/// An HDF5 identifier that closes itself.
class Handle {
 public:
    Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    operator hid_t() const { return id_; }
    bool valid() const { return id_ >= 0; }

 private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

/// HDF5 prints its own account of every failure; the sentence to the user is made here.
class QuietErrors {
 public:
    QuietErrors() {
        H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    }
    ~QuietErrors() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

 private:
    H5E_auto2_t function_ = nullptr;
    void* data_ = nullptr;
};

/// A dataset [N] with its type.
struct Column {
    std::string place;  ///< "FILE: /spikes/times"
    const char* advice;
    Handle dataset;
    Handle type;
    hsize_t count = 0;
};

Column open_column(hid_t file, const std::string& file_name, const std::string& path, const char* advice) {
    const std::string place = file_name + ": " + path;
    Handle dataset(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid())
        throw DataError(place +
                        " is missing or damaged, expected an HDF5 file in the layout of SHD with /spikes/times, "
                        "/spikes/units and /labels" +
                        advice);
    Handle type(H5Dget_type(dataset), H5Tclose);
    const Handle space(H5Dget_space(dataset), H5Sclose);
    const int rank = space.valid() ? H5Sget_simple_extent_ndims(space) : -1;
    hsize_t count = 0;
    if (!type.valid() || rank != 1 || H5Sget_simple_extent_dims(space, &count, nullptr) != 1)
        throw DataError(place + ": expected a list with one entry per sample, found " + std::to_string(rank) +
                        " dimensions" + advice);
    if (count < 1 || count > largest_count)
        throw DataError(place + ": expected 1 to " + std::to_string(largest_count) + " samples, found " +
                        std::to_string(count) + advice);
    return {place, advice, std::move(dataset), std::move(type), count};
}

void require_lists(const Column& column, H5T_class_t element, const char* expected) {
    if (H5Tget_class(column.type) == H5T_VLEN) {
        const Handle base(H5Tget_super(column.type), H5Tclose);
        if (base.valid() && H5Tget_class(base) == element) return;
    }
    throw DataError(column.place + ": expected variable-length lists of " + expected + ", found another type" +
                    column.advice);
}

void require_count(const Column& column, const Column& other) {
    if (column.count != other.count)
        throw DataError(other.place + " has " + std::to_string(other.count) + " samples but " + column.place + " has " +
                        std::to_string(column.count) + column.advice);
}

/// The lists of some samples, as HDF5 allocated them, given back at the end.
template <class Number>
class Lists {
 public:
    Lists(const Column& column, hid_t number, hsize_t first, hsize_t count)
        : type_(H5Tvlen_create(number), H5Tclose), space_(H5Screate_simple(1, &count, nullptr), H5Sclose) {
        lists_.resize(count);
        const Handle rows(H5Dget_space(column.dataset), H5Sclose);
        if (H5Sselect_hyperslab(rows, H5S_SELECT_SET, &first, nullptr, &count, nullptr) < 0 ||
            H5Dread(column.dataset, type_, space_, rows, H5P_DEFAULT, lists_.data()) < 0) {
            give_back();
            throw DataError(column.place + ": samples " + std::to_string(first) + " to " +
                            std::to_string(first + count - 1) + " are cut off or damaged" + column.advice);
        }
    }
    ~Lists() { give_back(); }
    Lists(const Lists&) = delete;
    Lists& operator=(const Lists&) = delete;

    std::span<const Number> operator[](size_t row) const {
        return {static_cast<const Number*>(lists_[row].p), lists_[row].len};
    }

 private:
    void give_back() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, lists_.data()); }

    Handle type_;
    Handle space_;
    std::vector<hvl_t> lists_;
};

std::vector<std::uint8_t> read_labels(const Column& column, std::int64_t classes) {
    if (H5Tget_class(column.type) != H5T_INTEGER)
        throw DataError(column.place + ": expected integers, found another type" + column.advice);
    std::vector<std::int64_t> values(column.count);
    if (H5Dread(column.dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
        throw DataError(column.place + " is cut off or damaged" + column.advice);
    std::vector<std::uint8_t> labels;
    labels.reserve(values.size());
    for (const std::int64_t value : values) {
        if (value < 0 || value >= classes)
            throw DataError(column.place + ": expected 0 to " + std::to_string(classes - 1) + ", found " +
                            std::to_string(value) + " for sample " + std::to_string(labels.size()) + column.advice);
        labels.push_back(static_cast<std::uint8_t>(value));
    }
    return labels;
}

void check_sample(const Column& column, size_t sample, size_t times, std::span<const std::int32_t> units,
                  const shd::Grid& grid, bool own) {
    if (units.size() != times)
        throw DataError(column.place + ": expected " + std::to_string(times) + " units for as many times in sample " +
                        std::to_string(sample) + ", found " + std::to_string(units.size()) + column.advice);
    for (size_t event = 0; event < units.size(); ++event)
        if (units[event] < 0 || units[event] >= grid.channels)
            throw DataError(column.place + ": expected units 0 to " + std::to_string(grid.channels - 1) + ", found " +
                            std::to_string(units[event]) + " at event " + std::to_string(event) + " of sample " +
                            std::to_string(sample) +
                            (own ? "; give the number of units as the file's attribute 'units'" : column.advice));
}

/// Room for all samples, judged by those read so far: doubling would hold far more than is needed.
void make_room(std::vector<std::uint16_t>& channels, hsize_t samples_read, hsize_t samples) {
    const double expected =
        1.03 * static_cast<double>(channels.size()) * static_cast<double>(samples) / static_cast<double>(samples_read);
    if (static_cast<double>(channels.capacity()) < expected) channels.reserve(static_cast<size_t>(expected));
}

/// An attribute of the root group with a single number; `otherwise` where there is none.
double attribute(hid_t file, const std::string& file_name, const char* name, double otherwise, double least,
                 double most) {
    if (H5Aexists(file, name) <= 0) return otherwise;
    const std::string place = file_name + ": attribute '" + name + "'";
    const Handle opened(H5Aopen(file, name, H5P_DEFAULT), H5Aclose);
    const Handle type(opened.valid() ? H5Aget_type(opened) : -1, H5Tclose);
    const Handle space(opened.valid() ? H5Aget_space(opened) : -1, H5Sclose);
    const H5T_class_t kind = type.valid() ? H5Tget_class(type) : H5T_NO_CLASS;
    double value = 0;
    if ((kind != H5T_INTEGER && kind != H5T_FLOAT) || !space.valid() || H5Sget_simple_extent_npoints(space) != 1 ||
        H5Aread(opened, H5T_NATIVE_DOUBLE, &value) < 0)
        throw DataError(place + ": expected one number; write the file again");
    if (!(value >= least && value <= most) || (least >= 1 && value != std::floor(value))) {
        char text[96];
        std::snprintf(text, sizeof text, ": expected %g to %g%s, found %g", least, most,
                      least >= 1 ? ", a whole number" : "", value);
        throw DataError(std::string(place + text) + "; write the file again");
    }
    return value;
}

shd::Grid read_grid(hid_t file, const std::string& name) {
    shd::Grid grid;
    grid.reversed = H5Aexists(file, "units") <= 0;
    grid.channels = static_cast<std::int64_t>(
        attribute(file, name, "units", static_cast<double>(shd::channels), 1, static_cast<double>(most_units)));
    grid.steps = static_cast<std::int64_t>(
        attribute(file, name, "steps", static_cast<double>(shd::steps), 1, static_cast<double>(most_steps)));
    if (grid.steps * grid.channels > most_places)
        throw DataError(name + ": expected at most " + std::to_string(most_places) + " steps times units, found " +
                        std::to_string(grid.steps) + " x " + std::to_string(grid.channels) +
                        "; write the file with fewer");
    grid.bin_seconds = attribute(file, name, "bin_seconds", shd::bin_seconds, 1e-9, 1e6);
    return grid;
}

/// Names of the classes, as SHD has them; none where they are missing or of another form.
std::vector<std::string> read_keys(hid_t file) {
    if (H5Lexists(file, "/extra", H5P_DEFAULT) <= 0 || H5Lexists(file, "/extra/keys", H5P_DEFAULT) <= 0) return {};
    const Handle dataset(H5Dopen2(file, "/extra/keys", H5P_DEFAULT), H5Dclose);
    const Handle type(dataset.valid() ? H5Dget_type(dataset) : -1, H5Tclose);
    const Handle space(dataset.valid() ? H5Dget_space(dataset) : -1, H5Sclose);
    hsize_t count = 0;
    if (!type.valid() || !space.valid() || H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_ndims(space) != 1 ||
        H5Sget_simple_extent_dims(space, &count, nullptr) != 1 || count < 1 || count > most_classes)
        return {};
    std::vector<std::string> names;
    if (H5Tis_variable_str(type) > 0) {
        std::vector<char*> texts(count);
        if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()) < 0) return {};
        for (const char* text : texts) names.emplace_back(text != nullptr ? text : "");
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
    } else {
        const size_t size = H5Tget_size(type);
        if (size < 1 || size > 4096) return {};
        std::vector<char> texts(count * size);
        if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()) < 0) return {};
        for (hsize_t i = 0; i < count; ++i) {
            const std::string_view text(texts.data() + i * size, size);
            names.emplace_back(text.substr(0, text.find('\0')));
        }
    }
    return names;
}

/// Whoever calls this may be killed by a damaged file.
SpikeFile read_with_hdf5(const std::filesystem::path& path, SpikePart part, const Rules& rules) {
    // HDF5 may be built without thread safety.
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    const QuietErrors quiet;

    const std::string name = path.string();
    std::error_code failure;
    if (!std::filesystem::is_regular_file(path, failure))
        throw DataError(name + ": is not a file that can be opened; check the path");
    if (H5Fis_hdf5(path.c_str()) <= 0)
        throw DataError(name + ": expected an HDF5 file, found " +
                        (std::filesystem::file_size(path, failure) == 0 ? "an empty file" : "something else") +
                        rules.advice);
    const Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    if (!file.valid()) throw DataError(name + ": is cut off or damaged" + rules.advice);
    const Column times = open_column(file, name, "/spikes/times", rules.advice);
    const Column units = open_column(file, name, "/spikes/units", rules.advice);
    const Column labels = open_column(file, name, "/labels", rules.advice);
    require_lists(times, H5T_FLOAT, "floating-point seconds");
    require_lists(units, H5T_INTEGER, "integer units");
    require_count(times, units);
    require_count(times, labels);
    SpikeFile found;
    if (rules.own) {
        found.grid = read_grid(file, name);
        found.class_names = read_keys(file);
    }
    found.labels = read_labels(labels, rules.classes);
    if (part == SpikePart::header) return found;

    std::vector<std::uint32_t>& offsets = found.offsets;
    std::vector<std::uint16_t>& channels = found.channels;
    offsets = {0};
    offsets.reserve(times.count * static_cast<size_t>(found.grid.steps) + 1);
    for (hsize_t first = 0; first < times.count; first += block_samples) {
        const hsize_t count = std::min(block_samples, times.count - first);
        const Lists<double> time_lists(times, H5T_NATIVE_DOUBLE, first, count);
        const Lists<std::int32_t> unit_lists(units, H5T_NATIVE_INT32, first, count);
        for (size_t row = 0; row < count; ++row) {
            check_sample(units, first + row, time_lists[row].size(), unit_lists[row], found.grid, rules.own);
            shd::append_binned(time_lists[row], unit_lists[row], offsets, channels, found.grid);
        }
        if (channels.size() > std::numeric_limits<std::uint32_t>::max() / 2)
            throw DataError(name + ": holds more events than this program can take; use fewer samples");
        make_room(channels, first + count, times.count);
    }
    return found;
}

}  // namespace

std::shared_ptr<const EventSequenceSet> read_shd(const std::filesystem::path& path) {
    SpikeFile found = read_with_hdf5(path, SpikePart::all, {});
    const SequenceSet::Shape shape{std::ssize(found.labels), shd::steps, shd::channels, shd::classes, false};
    return std::make_shared<EventSequenceSet>(shape, std::move(found.offsets), std::move(found.channels),
                                              std::move(found.labels));
}

void write_spike_file(const std::filesystem::path& file, SpikePart part, ReaderOutput& output) {
    const SpikeFile found = read_with_hdf5(file, part, own_rules);
    output.value(found.grid.steps);
    output.value(found.grid.bin_seconds);
    output.value(found.grid.channels);
    output.value(found.grid.reversed);
    output.value(static_cast<std::uint64_t>(found.class_names.size()));
    for (const std::string& name : found.class_names) output.text(name);
    output.list(std::span(found.labels));
    output.list(std::span(found.offsets));
    output.list(std::span(found.channels));
}

SpikeFile read_spike_file(const std::filesystem::path& file, SpikePart part) {
    ReaderProcess reader(part == SpikePart::all ? "spikes" : "spike-header", file);
    SpikeFile found;
    found.grid.steps = reader.value<std::int64_t>();
    found.grid.bin_seconds = reader.value<double>();
    found.grid.channels = reader.value<std::int64_t>();
    found.grid.reversed = reader.value<std::uint8_t>() != 0;
    if (found.grid.steps < 1 || found.grid.steps > most_steps || found.grid.channels < 1 ||
        found.grid.channels > most_units)
        reader.damaged();
    for (std::uint64_t left = reader.count_up_to(most_classes); left > 0; --left)
        found.class_names.push_back(reader.text());
    found.labels = reader.list<std::uint8_t>(largest_count);
    if (found.labels.empty()) reader.damaged();
    const std::uint64_t steps = found.labels.size() * static_cast<std::uint64_t>(found.grid.steps);
    found.offsets = reader.list<std::uint32_t>(part == SpikePart::all ? steps + 1 : 0);
    found.channels = reader.list<std::uint16_t>(std::numeric_limits<std::uint32_t>::max() / 2);
    reader.finish();
    if (part == SpikePart::header) return found;
    // A process whose memory a damaged file has spoiled may have ended well.
    if (found.offsets.size() != steps + 1 || found.offsets.front() != 0 ||
        found.offsets.back() != found.channels.size() || !std::is_sorted(found.offsets.begin(), found.offsets.end()))
        reader.damaged();
    for (std::uint64_t step = 0; step < steps; ++step)
        for (std::uint32_t event = found.offsets[step]; event < found.offsets[step + 1]; ++event)
            if (found.channels[event] >= found.grid.channels ||
                (event > found.offsets[step] && found.channels[event] <= found.channels[event - 1]))
                reader.damaged();
    return found;
}

}  // namespace resonate
