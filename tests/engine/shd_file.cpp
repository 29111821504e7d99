// tests/engine/shd_file.cpp: see shd_file.h.
#include "shd_file.h"

#include <algorithm>

namespace resonate::tests {
namespace {

/// IEEE 754 half precision, as NumPy's float16.
hid_t half_type() {
    const hid_t type = H5Tcopy(H5T_IEEE_F32LE);
    H5Tset_fields(type, 15, 10, 5, 0, 10);
    H5Tset_size(type, 2);
    H5Tset_ebias(type, 15);
    return type;
}

/// A chunked dataset [count], as the library that wrote SHD makes it.
void write_column(hid_t file, const std::string& path, hid_t file_type, hid_t memory_type, hsize_t count,
                  const void* values) {
    const hsize_t most = H5S_UNLIMITED;
    const hsize_t chunk = 256;
    const hid_t space = H5Screate_simple(1, &count, &most);
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, 1, &chunk);
    const hid_t links = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(links, 1);
    const hid_t dataset = H5Dcreate2(file, path.c_str(), file_type, space, links, properties, H5P_DEFAULT);
    H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    H5Dclose(dataset);
    H5Pclose(links);
    H5Pclose(properties);
    H5Sclose(space);
}

void write_lists(hid_t file, const std::string& path, hid_t file_type, hid_t memory_type,
                 const std::vector<hvl_t>& lists, bool as_lists) {
    if (!as_lists) {
        const std::vector<float> numbers(lists.size());
        write_column(file, path, file_type, H5T_NATIVE_FLOAT, lists.size(), numbers.data());
        return;
    }
    const hid_t in_file = H5Tvlen_create(file_type);
    const hid_t in_memory = H5Tvlen_create(memory_type);
    write_column(file, path, in_file, in_memory, lists.size(), lists.data());
    H5Tclose(in_file);
    H5Tclose(in_memory);
}

}  // namespace

void write_shd(const std::filesystem::path& path, const std::vector<Sample>& samples, const ShdLayout& layout) {
    std::vector<hvl_t> times, units;
    std::vector<int> labels;
    for (const Sample& sample : samples) {
        times.push_back({sample.times.size(), const_cast<float*>(sample.times.data())});
        units.push_back({sample.units.size(), const_cast<int*>(sample.units.data())});
        labels.push_back(sample.label);
    }
    units.resize(units.size() - layout.units_left_out);
    labels.resize(labels.size() - layout.labels_left_out);
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t time_type = layout.half_times ? half_type() : H5Tcopy(H5T_STD_I32LE);
    write_lists(file, layout.times_path, time_type, H5T_NATIVE_FLOAT, times, layout.lists);
    write_lists(file, layout.units_path, H5T_STD_U16LE, H5T_NATIVE_INT, units, layout.lists);
    write_column(file, layout.labels_path, H5T_STD_U16LE, H5T_NATIVE_INT, labels.size(), labels.data());
    H5Tclose(time_type);
    H5Fclose(file);
}

}  // namespace resonate::tests
