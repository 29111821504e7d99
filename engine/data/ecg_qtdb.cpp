// engine/data/ecg_qtdb.cpp: see ecg_qtdb.h.
#include "data/ecg_qtdb.h"

#include <matio.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>

#include "data/step_labelled_set.h"
#include "resonate/error.h"

namespace resonate {
namespace {

constexpr size_t steps_stored = 1301;
constexpr size_t steps = steps_stored - 1;
constexpr size_t inputs = 4;
constexpr size_t classes = 6;
/// Far more sequences than any file of this layout; a damaged header must not ask for all memory.
constexpr size_t largest_count = 100000;

struct MatClose {
    void operator()(mat_t* file) const { Mat_Close(file); }
};
struct VariableFree {
    void operator()(matvar_t* variable) const { Mat_VarFree(variable); }
};
using Variable = std::unique_ptr<matvar_t, VariableFree>;

std::string shape_text(const matvar_t& variable) {
    std::string text = "[";
    for (int i = 0; i < variable.rank; ++i) text += (i ? ", " : "") + std::to_string(variable.dims[i]);
    return text + "]";
}

bool is_number(matio_classes type) {
    return type == MAT_C_DOUBLE || type == MAT_C_SINGLE || type == MAT_C_INT8 || type == MAT_C_UINT8 ||
           type == MAT_C_INT16;
}

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

void check_header(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw DataError(path.string() + ": cannot be opened; check the path and its permissions");
    std::array<char, 128> header{};
    stream.read(header.data(), header.size());
    const std::string start(header.data(), 10);
    const std::string order(header.data() + 126, 2);
    if (stream.gcount() < 128 || start != "MATLAB 5.0" || (order != "IM" && order != "MI"))
        throw DataError(path.string() + ": expected a MATLAB 5.0 file, found " +
                        (stream.gcount() == 0 ? "an empty file" : "something else") + "; get the published file again");
}

/// The variable with its numbers; [N, 1301, width]. MATLAB keeps whole numbers of class double as small integers.
Variable read_variable(mat_t* file, const std::string& place, const char* name, size_t width) {
    const std::string subject = place + ": variable '" + name + "'";
    Variable head(Mat_VarReadInfo(file, name));
    if (!head) throw DataError(subject + " is missing or damaged; get the published file again");
    const std::string expected = "[N, " + std::to_string(steps_stored) + ", " + std::to_string(width) + "]";
    if (head->rank != 3 || head->dims[1] != steps_stored || head->dims[2] != width || head->dims[0] < 1 ||
        head->dims[0] > largest_count)
        throw DataError(subject + " has shape " + shape_text(*head) + ", expected " + expected +
                        "; get the published file again");
    if (!is_number(head->class_type) || head->isComplex)
        throw DataError(subject + " does not hold real numbers; get the published file again");
    const size_t count = head->dims[0] * steps_stored * width;
    Variable variable(Mat_VarRead(file, name));
    if (!variable || variable->data == nullptr || variable->rank != 3 || variable->dims[0] != head->dims[0] ||
        variable->class_type != head->class_type || variable->nbytes != count * Mat_SizeOfClass(head->class_type))
        throw DataError(subject + " is cut off or damaged; get the published file again");
    return variable;
}

/// Calls use(values) with the numbers in the type they are stored in.
template <class Use>
auto with_numbers(const matvar_t& variable, Use use) {
    switch (variable.class_type) {
        case MAT_C_DOUBLE: return use(static_cast<const double*>(variable.data));
        case MAT_C_SINGLE: return use(static_cast<const float*>(variable.data));
        case MAT_C_INT8: return use(static_cast<const std::int8_t*>(variable.data));
        case MAT_C_UINT8: return use(static_cast<const std::uint8_t*>(variable.data));
        default: return use(static_cast<const std::int16_t*>(variable.data));
    }
}

/// Column-major place of (n, t, i).
size_t place_of(size_t count, size_t n, size_t t, size_t i) { return n + count * (t + steps_stored * i); }

template <class Number>
std::vector<std::int8_t> read_input(const Number* values, size_t count, const std::string& place) {
    std::vector<std::int8_t> input(count * steps * inputs);
    for (size_t n = 0; n < count; ++n)
        for (size_t t = 0; t < steps; ++t)
            for (size_t i = 0; i < inputs; ++i) {
                const auto value = static_cast<double>(values[place_of(count, n, t, i)]);
                if (value != -1 && value != 0 && value != 1)
                    throw DataError(place + ": x[" + std::to_string(n) + ", " + std::to_string(t) + ", " +
                                    std::to_string(i) + "] is " + number_text(value) +
                                    ", expected -1, 0 or 1; get the published file again");
                input[(n * steps + t) * inputs + i] = static_cast<std::int8_t>(value);
            }
    return input;
}

template <class Number>
std::vector<std::uint8_t> read_labels(const Number* values, size_t count, const std::string& place) {
    std::vector<std::uint8_t> labels(count * steps);
    for (size_t n = 0; n < count; ++n)
        for (size_t t = 0; t < steps; ++t) {
            size_t ones = 0;
            bool binary = true;
            for (size_t c = 0; c < classes; ++c) {
                const auto value = static_cast<double>(values[place_of(count, n, t, c)]);
                if (value == 1) {
                    labels[n * steps + t] = static_cast<std::uint8_t>(c);
                    ++ones;
                }
                binary = binary && (value == 0 || value == 1);
            }
            // Steps without annotation (8 % of the training set) have no 1 at all: the published arg max makes them
            // class 0, and so do we.
            if (ones > 1 || !binary)
                throw DataError(place + ": y[" + std::to_string(n) + ", " + std::to_string(t) +
                                "] is not one-hot, expected at most a single 1 among zeros, found " +
                                std::to_string(ones) + (binary ? " ones" : " ones and other numbers") +
                                "; get the published file again");
        }
    return labels;
}

}  // namespace

std::shared_ptr<const SequenceSet> read_ecg_qtdb(const std::filesystem::path& path) {
    // matio keeps its log function in a global: ours says nothing, because the sentence to the user is made here.
    static std::once_flag silenced;
    std::call_once(silenced, [] { Mat_LogInitFunc("resonate", [](int, char*) {}); });

    const std::string place = path.string();
    check_header(path);
    const std::unique_ptr<mat_t, MatClose> file(Mat_Open(path.c_str(), MAT_ACC_RDONLY));
    if (!file) throw DataError(place + ": is not a readable MATLAB file; get the published file again");
    const Variable x = read_variable(file.get(), place, "x", inputs);
    const Variable y = read_variable(file.get(), place, "y", classes);
    const size_t count = x->dims[0];
    if (y->dims[0] != count)
        throw DataError(place + ": x has " + std::to_string(count) + " sequences but y has " +
                        std::to_string(y->dims[0]) + "; get the published file again");
    const SequenceSet::Shape shape{static_cast<std::int64_t>(count), steps, inputs, classes, true};
    return std::make_shared<StepLabelledSet>(
        shape, with_numbers(*x, [&](const auto* values) { return read_input(values, count, place); }),
        with_numbers(*y, [&](const auto* values) { return read_labels(values, count, place); }));
}

}  // namespace resonate
