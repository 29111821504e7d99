// engine/analysis/golden_file.cpp: see golden_file.h.
#include "analysis/golden_file.h"

#include <hdf5.h>

#include "resonate/error.h"

namespace resonate {
namespace {

/// An HDF5 identifier that closes itself.
class Handle {
 public:
    Handle(hid_t id, herr_t (*close)(hid_t), const std::string& file, const std::string& what)
        : id_(id), close_(close) {
        if (id < 0) throw DataError(file + ": '" + what + "' is missing or cannot be read");
    }
    ~Handle() { close_(id_); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    operator hid_t() const { return id_; }

 private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

std::string full_name(const std::string& group, const std::string& attribute) { return group + "@" + attribute; }

Handle open_attribute(hid_t file, const std::string& name, const std::string& group, const std::string& attribute) {
    return {H5Aopen_by_name(file, group.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose, name,
            full_name(group, attribute)};
}

/// Exactly one value, so that a buffer for one is large enough.
void require_scalar(hid_t attribute, const std::string& file, const std::string& what) {
    const Handle space(H5Aget_space(attribute), H5Sclose, file, what);
    if (H5Sget_simple_extent_npoints(space) != 1) throw DataError(file + ": '" + what + "': expected one value");
}

}  // namespace

GoldenFile::GoldenFile(const std::filesystem::path& file) : name_(file.string()) {
    // The library would print its own stack of errors; ours are one sentence.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    if (!std::filesystem::exists(file)) throw DataError(name_ + ": is not there");
    file_ = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file_ < 0) throw DataError(name_ + ": is not an HDF5 file, or damaged");
}

GoldenFile::~GoldenFile() { H5Fclose(file_); }

bool GoldenFile::has(const std::string& path) const {
    // Every group on the way has to be there, else HDF5 calls the question an error.
    for (size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1))
        if (H5Lexists(file_, path.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return false;
    return H5Lexists(file_, path.c_str(), H5P_DEFAULT) > 0;
}

torch::Tensor GoldenFile::tensor(const std::string& path) const {
    const Handle dataset(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), H5Dclose, name_, path);
    const Handle space(H5Dget_space(dataset), H5Sclose, name_, path);
    const Handle type(H5Dget_type(dataset), H5Tclose, name_, path);
    const H5T_class_t kind = H5Tget_class(type);
    if (kind != H5T_INTEGER && kind != H5T_FLOAT) throw DataError(name_ + ": '" + path + "': expected numbers");
    const int dimensions = H5Sget_simple_extent_ndims(space);
    if (dimensions < 0) throw DataError(name_ + ": '" + path + "': expected an array");
    std::vector<hsize_t> extent(static_cast<size_t>(dimensions));
    H5Sget_simple_extent_dims(space, extent.data(), nullptr);
    const torch::Tensor values = torch::empty(std::vector<int64_t>(extent.begin(), extent.end()),
                                              kind == H5T_INTEGER ? torch::kInt64 : torch::kFloat64);
    if (H5Dread(dataset, kind == H5T_INTEGER ? H5T_NATIVE_INT64 : H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                values.data_ptr()) < 0)
        throw DataError(name_ + ": '" + path + "' cannot be read");
    return values;
}

std::vector<std::string> GoldenFile::members(const std::string& group) const {
    const Handle opened(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose, name_, group);
    std::vector<std::string> names;
    const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    H5Literate(opened, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names);
    return names;
}

bool GoldenFile::has_attribute(const std::string& group, const std::string& attribute) const {
    return H5Aexists_by_name(file_, group.c_str(), attribute.c_str(), H5P_DEFAULT) > 0;
}

double GoldenFile::number(const std::string& group, const std::string& attribute) const {
    const Handle opened = open_attribute(file_, name_, group, attribute);
    require_scalar(opened, name_, full_name(group, attribute));
    double value = 0;
    if (H5Aread(opened, H5T_NATIVE_DOUBLE, &value) < 0)
        throw DataError(name_ + ": '" + full_name(group, attribute) + "': expected a number");
    return value;
}

bool GoldenFile::flag(const std::string& group, const std::string& attribute) const {
    const std::string what = full_name(group, attribute);
    const Handle opened = open_attribute(file_, name_, group, attribute);
    require_scalar(opened, name_, what);
    const Handle type(H5Aget_type(opened), H5Tclose, name_, what);
    // h5py writes a bool as an enumeration of FALSE and TRUE over int8.
    if (H5Tget_class(type) == H5T_ENUM && H5Tget_size(type) == 1) {
        signed char value = 0;
        H5Aread(opened, type, &value);
        return value != 0;
    }
    if (H5Tget_class(type) != H5T_INTEGER) throw DataError(name_ + ": '" + what + "': expected true or false");
    return number(group, attribute) != 0;
}

std::string GoldenFile::text(const std::string& group, const std::string& attribute) const {
    const std::string what = full_name(group, attribute);
    const Handle opened = open_attribute(file_, name_, group, attribute);
    require_scalar(opened, name_, what);
    const Handle type(H5Aget_type(opened), H5Tclose, name_, what);
    if (H5Tget_class(type) != H5T_STRING) throw DataError(name_ + ": '" + what + "': expected text");
    if (H5Tis_variable_str(type) > 0) {
        char* value = nullptr;
        if (H5Aread(opened, type, &value) < 0 || value == nullptr)
            throw DataError(name_ + ": '" + what + "' cannot be read");
        std::string result = value;
        H5free_memory(value);
        return result;
    }
    std::string value(H5Tget_size(type), '\0');
    if (H5Aread(opened, type, value.data()) < 0) throw DataError(name_ + ": '" + what + "' cannot be read");
    return value.c_str();
}

}  // namespace resonate
