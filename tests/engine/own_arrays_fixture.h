// tests/engine/own_arrays_fixture.h: folders with small arrays and their definitions.
#pragma once

#include <QTemporaryDir>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "complaint.h"
#include "npy_bytes.h"
#include "resonate/own_data.h"
#include "set_contents.h"

namespace resonate::tests {

struct OwnFolder {
    QTemporaryDir folder;

    std::filesystem::path root() const { return folder.path().toStdString(); }
    std::filesystem::path path(const std::string& name) const { return root() / name; }
    /// A definition beside the files it names.
    DatasetConfig define(const std::string& yaml) const {
        write(path("set.yaml"), yaml);
        DatasetConfig config;
        config.name = "own_arrays";
        config.path = path("set.yaml").string();
        return config;
    }
    QString complaint_of(const std::string& yaml) const {
        return complaint([&] { load_dataset(define(yaml), {}); });
    }
};

/// [N, T, I] with value 100 n + 10 t + i
inline std::vector<std::int16_t> counted(int count, int steps, int inputs) {
    std::vector<std::int16_t> numbers;
    for (int n = 0; n < count; ++n)
        for (int t = 0; t < steps; ++t)
            for (int i = 0; i < inputs; ++i) numbers.push_back(static_cast<std::int16_t>(100 * n + 10 * t + i));
    return numbers;
}

inline std::vector<std::int64_t> in_turn(int count, int classes) {
    std::vector<std::int64_t> labels;
    for (int n = 0; n < count; ++n) labels.push_back(n % classes);
    return labels;
}

/// x.npy [6, 4, 2] and y.npy [6], classes 0, 1, 2 in turn.
inline void write_small_set(const OwnFolder& own) {
    write(own.path("x.npy"), npy("<i2", "(6, 4, 2)", counted(6, 4, 2)));
    write(own.path("y.npy"), npy("<i8", "(6,)", in_turn(6, 3)));
}

inline constexpr const char* small_set =
    "schema: 1\ntrain: {input: x.npy, labels: y.npy}\ntest: {input: x.npy, labels: y.npy}\n";

}  // namespace resonate::tests
