// engine/data/shd_hdf5.cpp: see shd_hdf5.h.
#include "data/shd_hdf5.h"

#include <hdf5.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <string>
#include <utility>

#include "data/spike_bins.h"
#include "resonate/error.h"

namespace resonate {
namespace {

/// Far more samples than any file of this layout; a damaged header must not ask for all memory.
constexpr hsize_t largest_count = 100000;
/// Samples read at a time.
constexpr hsize_t block_samples = 256;
constexpr const char* get_again = "; get the published file again";

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
    Handle dataset;
    Handle type;
    hsize_t count = 0;
};

Column open_column(hid_t file, const std::string& file_name, const std::string& path) {
    const std::string place = file_name + ": " + path;
    Handle dataset(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid())
        throw DataError(place +
                        " is missing or damaged; expected an HDF5 file in the layout of SHD with /spikes/times, "
                        "/spikes/units and /labels");
    Handle type(H5Dget_type(dataset), H5Tclose);
    const Handle space(H5Dget_space(dataset), H5Sclose);
    const int rank = space.valid() ? H5Sget_simple_extent_ndims(space) : -1;
    hsize_t count = 0;
    if (!type.valid() || rank != 1 || H5Sget_simple_extent_dims(space, &count, nullptr) != 1)
        throw DataError(place + ": expected a list with one entry per sample, found " + std::to_string(rank) +
                        " dimensions" + get_again);
    if (count < 1 || count > largest_count)
        throw DataError(place + ": expected 1 to " + std::to_string(largest_count) + " samples, found " +
                        std::to_string(count) + get_again);
    return {place, std::move(dataset), std::move(type), count};
}

void require_lists(const Column& column, H5T_class_t element, const char* expected) {
    if (H5Tget_class(column.type) == H5T_VLEN) {
        const Handle base(H5Tget_super(column.type), H5Tclose);
        if (base.valid() && H5Tget_class(base) == element) return;
    }
    throw DataError(column.place + ": expected variable-length lists of " + expected + ", found another type" +
                    get_again);
}

void require_count(const Column& column, const Column& other) {
    if (column.count != other.count)
        throw DataError(other.place + " has " + std::to_string(other.count) + " samples but " + column.place + " has " +
                        std::to_string(column.count) + get_again);
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
                            std::to_string(first + count - 1) + " are cut off or damaged" + get_again);
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

std::vector<std::uint8_t> read_labels(const Column& column) {
    if (H5Tget_class(column.type) != H5T_INTEGER)
        throw DataError(column.place + ": expected integers, found another type" + get_again);
    std::vector<std::int64_t> values(column.count);
    if (H5Dread(column.dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
        throw DataError(column.place + " is cut off or damaged" + get_again);
    std::vector<std::uint8_t> labels;
    labels.reserve(values.size());
    for (const std::int64_t value : values) {
        if (value < 0 || value >= shd::classes)
            throw DataError(column.place + ": expected 0 to " + std::to_string(shd::classes - 1) + ", found " +
                            std::to_string(value) + " for sample " + std::to_string(labels.size()) + get_again);
        labels.push_back(static_cast<std::uint8_t>(value));
    }
    return labels;
}

void check_sample(const Column& units_column, size_t sample, size_t times, std::span<const std::int32_t> units) {
    if (units.size() != times)
        throw DataError(units_column.place + ": expected " + std::to_string(times) +
                        " units for as many times in sample " + std::to_string(sample) + ", found " +
                        std::to_string(units.size()) + get_again);
    for (size_t event = 0; event < units.size(); ++event)
        if (units[event] < 0 || units[event] > shd::largest_unit)
            throw DataError(units_column.place + ": expected units 0 to " + std::to_string(shd::largest_unit) +
                            ", found " + std::to_string(units[event]) + " at event " + std::to_string(event) +
                            " of sample " + std::to_string(sample) + get_again);
}

/// Room for all samples, judged by those read so far: doubling would hold far more than is needed.
void make_room(std::vector<std::uint16_t>& channels, hsize_t samples_read, hsize_t samples) {
    const double expected =
        1.03 * static_cast<double>(channels.size()) * static_cast<double>(samples) / static_cast<double>(samples_read);
    if (static_cast<double>(channels.capacity()) < expected) channels.reserve(static_cast<size_t>(expected));
}

}  // namespace

std::shared_ptr<const EventSequenceSet> read_shd(const std::filesystem::path& path) {
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
                        get_again);
    const Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    if (!file.valid()) throw DataError(name + ": is cut off or damaged" + get_again);
    const Column times = open_column(file, name, "/spikes/times");
    const Column units = open_column(file, name, "/spikes/units");
    const Column labels = open_column(file, name, "/labels");
    require_lists(times, H5T_FLOAT, "floating-point seconds");
    require_lists(units, H5T_INTEGER, "integer units");
    require_count(times, units);
    require_count(times, labels);
    std::vector<std::uint8_t> label_of = read_labels(labels);

    std::vector<std::uint32_t> offsets{0};
    offsets.reserve(times.count * static_cast<size_t>(shd::steps) + 1);
    std::vector<std::uint16_t> channels;
    for (hsize_t first = 0; first < times.count; first += block_samples) {
        const hsize_t count = std::min(block_samples, times.count - first);
        const Lists<double> time_lists(times, H5T_NATIVE_DOUBLE, first, count);
        const Lists<std::int32_t> unit_lists(units, H5T_NATIVE_INT32, first, count);
        for (size_t row = 0; row < count; ++row) {
            check_sample(units, first + row, time_lists[row].size(), unit_lists[row]);
            shd::append_binned(time_lists[row], unit_lists[row], offsets, channels);
        }
        if (channels.size() > std::numeric_limits<std::uint32_t>::max() / 2)
            throw DataError(name + ": holds more events than this program can take; use fewer samples");
        make_room(channels, first + count, times.count);
    }
    const SequenceSet::Shape shape{static_cast<std::int64_t>(times.count), shd::steps, shd::channels, shd::classes,
                                   false};
    return std::make_shared<EventSequenceSet>(shape, std::move(offsets), std::move(channels), std::move(label_of));
}

}  // namespace resonate
