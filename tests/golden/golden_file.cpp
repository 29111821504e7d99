// tests/golden/golden_file.cpp: see golden_file.h.
#include "golden_file.h"

#include <stdexcept>

namespace resonate::tests {
namespace {

/// An HDF5 identifier that closes itself.
class Handle {
 public:
    Handle(hid_t id, herr_t (*close)(hid_t), const std::string& what) : id_(id), close_(close) {
        if (id < 0) throw std::runtime_error("golden file: cannot open " + what);
    }
    ~Handle() { close_(id_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    operator hid_t() const { return id_; }

 private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

Handle open_attribute(hid_t file, const std::string& group, const std::string& attribute) {
    return {H5Aopen_by_name(file, group.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
            group + "@" + attribute};
}

}  // namespace

GoldenFile::GoldenFile(const std::filesystem::path& file) : file_(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)) {
    if (file_ < 0) throw std::runtime_error("golden file: cannot open " + file.string());
}

GoldenFile::~GoldenFile() { H5Fclose(file_); }

bool GoldenFile::has(const std::string& path) const { return H5Lexists(file_, path.c_str(), H5P_DEFAULT) > 0; }

torch::Tensor GoldenFile::tensor(const std::string& path) const {
    const Handle dataset(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), H5Dclose, path);
    const Handle space(H5Dget_space(dataset), H5Sclose, path);
    const Handle type(H5Dget_type(dataset), H5Tclose, path);
    std::vector<hsize_t> extent(static_cast<size_t>(H5Sget_simple_extent_ndims(space)));
    H5Sget_simple_extent_dims(space, extent.data(), nullptr);
    const bool integer = H5Tget_class(type) == H5T_INTEGER;
    const torch::Tensor values =
        torch::empty(std::vector<int64_t>(extent.begin(), extent.end()), integer ? torch::kInt64 : torch::kFloat64);
    if (H5Dread(dataset, integer ? H5T_NATIVE_INT64 : H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                values.data_ptr()) < 0)
        throw std::runtime_error("golden file: cannot read " + path);
    return values;
}

std::vector<std::string> GoldenFile::members(const std::string& group) const {
    const Handle opened(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose, group);
    std::vector<std::string> names;
    const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    H5Literate(opened, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names);
    return names;
}

double GoldenFile::number(const std::string& group, const std::string& attribute) const {
    const Handle opened = open_attribute(file_, group, attribute);
    double value = 0;
    H5Aread(opened, H5T_NATIVE_DOUBLE, &value);
    return value;
}

bool GoldenFile::flag(const std::string& group, const std::string& attribute) const {
    // h5py writes a bool as an enumeration of FALSE and TRUE over int8.
    const Handle opened = open_attribute(file_, group, attribute);
    const Handle type(H5Aget_type(opened), H5Tclose, attribute);
    signed char value = 0;
    H5Aread(opened, type, &value);
    return value != 0;
}

std::string GoldenFile::text(const std::string& group, const std::string& attribute) const {
    const Handle opened = open_attribute(file_, group, attribute);
    const Handle type(H5Aget_type(opened), H5Tclose, attribute);
    if (H5Tis_variable_str(type) > 0) {
        char* value = nullptr;
        H5Aread(opened, type, &value);
        std::string result = value;
        H5free_memory(value);
        return result;
    }
    std::string value(H5Tget_size(type), '\0');
    H5Aread(opened, type, value.data());
    return value.c_str();
}

}  // namespace resonate::tests
