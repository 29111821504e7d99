// engine/data/mat_reader.cpp: see mat_reader.h.
#include "data/mat_reader.h"

#include <matio.h>

#include <memory>
#include <optional>
#include <vector>

#include "data/array_file.h"
#include "resonate/error.h"

namespace resonate {
namespace {

struct MatClose {
    void operator()(mat_t* file) const { Mat_Close(file); }
};
struct VariableFree {
    void operator()(matvar_t* variable) const { Mat_VarFree(variable); }
};
using Variable = std::unique_ptr<matvar_t, VariableFree>;
using MatFilePointer = std::unique_ptr<mat_t, MatClose>;

MatFilePointer open_file(const std::filesystem::path& path) {
    Mat_LogInitFunc("resonate", [](int, char*) {});
    MatFilePointer file(Mat_Open(path.c_str(), MAT_ACC_RDONLY));
    if (!file) throw DataError(path.string() + ": is not a readable MATLAB file; save it again with save -v7");
    return file;
}

std::optional<ElementType> type_of(const matvar_t& variable) {
    if (variable.isComplex) return std::nullopt;
    switch (variable.class_type) {
        case MAT_C_DOUBLE: return ElementType::float64;
        case MAT_C_SINGLE: return ElementType::float32;
        case MAT_C_INT8: return ElementType::int8;
        case MAT_C_UINT8: return ElementType::uint8;
        case MAT_C_INT16: return ElementType::int16;
        case MAT_C_UINT16: return ElementType::uint16;
        case MAT_C_INT32: return ElementType::int32;
        case MAT_C_UINT32: return ElementType::uint32;
        case MAT_C_INT64: return ElementType::int64;
        case MAT_C_UINT64: return ElementType::uint64;
        default: return std::nullopt;
    }
}

ArrayHeader header_of(const matvar_t& variable, ElementType type) {
    ArrayHeader header{variable.name, {}, type, true};
    for (int axis = 0; axis < variable.rank; ++axis)
        header.shape.push_back(static_cast<std::int64_t>(variable.dims[axis]));
    return header;
}

}  // namespace

void write_mat_list(const std::filesystem::path& path, ReaderOutput& output) {
    const MatFilePointer file = open_file(path);
    std::vector<ArrayHeader> found;
    for (Variable variable(Mat_VarReadNextInfo(file.get())); variable;
         variable.reset(Mat_VarReadNextInfo(file.get()))) {
        const auto type = type_of(*variable);
        if (type && variable->name != nullptr && variable->rank >= 2) found.push_back(header_of(*variable, *type));
    }
    output.value(static_cast<std::uint64_t>(found.size()));
    for (const ArrayHeader& header : found) {
        output.text(header.name);
        output.value(header.type);
        output.list(std::span<const std::int64_t>(header.shape));
    }
}

void write_mat_variable(const std::filesystem::path& path, const std::string& name, ReaderOutput& output) {
    const MatFilePointer file = open_file(path);
    const Variable variable(Mat_VarRead(file.get(), name.c_str()));
    const std::string place = path.string() + ": '" + name + "'";
    if (!variable) throw DataError(place + " is cut off or damaged; save the file again with save -v7");
    const std::optional<ElementType> type = type_of(*variable);
    if (!type.has_value()) throw DataError(place + " is cut off or damaged; save the file again with save -v7");
    const ArrayHeader header = header_of(*variable, *type);
    const std::uint64_t bytes = bytes_of_array(header, place, UINT64_MAX / 16);
    if (bytes > 0 && (variable->data == nullptr || variable->nbytes != bytes ||
                      static_cast<size_t>(variable->data_size) != bytes_of(*type)))
        throw DataError(place + " is cut off or damaged; save the file again with save -v7");
    output.bytes(variable->data, bytes);
}

}  // namespace resonate
