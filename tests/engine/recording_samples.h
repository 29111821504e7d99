// tests/engine/recording_samples.h: folders of small recordings, and what was made of them.
#pragma once

#include <QString>
#include <map>

#include "data/sequence_set.h"
#include "resonate/datasets.h"
#include "set_contents.h"
#include "wav_bytes.h"

namespace resonate::tests {

/// "bed/a.wav" to its bytes.
using Files = std::map<std::string, std::string>;

/// A recording that no other seed has.
inline std::string clip(std::uint32_t seed, size_t samples = 900) { return wav(sound_of(noise(samples, seed))); }

inline void write_files(const std::filesystem::path& folder, const Files& files) {
    for (const auto& [name, bytes] : files) write(folder / name, bytes);
}

/// Changes the content, and neither size nor time.
inline void spoil_unseen(const std::filesystem::path& file) {
    const auto time = std::filesystem::last_write_time(file);
    std::string bytes = bytes_of(file);
    for (size_t i = bytes.size() / 2; i < bytes.size(); ++i) bytes[i] = '!';
    bytes[0] = '!';
    write(file, bytes);
    std::filesystem::last_write_time(file, time);
}

/// Are all sequences and labels of the set equal, in order?
inline bool same(const SequenceSet& a, const SequenceSet& b) {
    if (a.shape().count != b.shape().count || a.shape().classes != b.shape().classes) return false;
    for (std::int64_t n = 0; n < a.shape().count; ++n)
        if (input_of(a, n) != input_of(b, n) || labels_of(a, n) != labels_of(b, n)) return false;
    return true;
}

inline bool same(const DatasetSplits& a, const DatasetSplits& b) {
    if ((a.validation == nullptr) != (b.validation == nullptr)) return false;
    return same(*a.train, *b.train) && same(*a.test, *b.test) && (!a.validation || same(*a.validation, *b.validation));
}

}  // namespace resonate::tests
