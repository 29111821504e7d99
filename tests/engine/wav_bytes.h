// tests/engine/wav_bytes.h: small WAV files and archives, whole and broken.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace resonate::tests {

struct WavFormat {
    std::uint32_t rate = 16000;
    std::uint16_t channels = 1;
    std::uint16_t bits = 16;
    std::uint16_t tag = 1;  ///< 1 integers, 3 floating point, 6 A-law
};

template <class Number>
std::string little_endian(Number value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

/// A WAV file with these bytes of sound, which says that it has `said_bytes` of them.
inline std::string wav(const std::string& sound, const WavFormat& format, std::uint32_t said_bytes) {
    const auto frame = static_cast<std::uint16_t>(format.channels * format.bits / 8);
    const std::string chunks = "WAVEfmt " + little_endian(std::uint32_t{16}) + little_endian(format.tag) +
                               little_endian(format.channels) + little_endian(format.rate) +
                               little_endian(format.rate * frame) + little_endian(frame) + little_endian(format.bits) +
                               "data" + little_endian(said_bytes) + sound;
    return "RIFF" + little_endian(static_cast<std::uint32_t>(chunks.size())) + chunks;
}

inline std::string wav(const std::string& sound, const WavFormat& format = {}) {
    return wav(sound, format, static_cast<std::uint32_t>(sound.size()));
}

template <class Number>
std::string sound_of(const std::vector<Number>& samples) {
    std::string bytes;
    for (const Number sample : samples) bytes += little_endian(sample);
    return bytes;
}

/// 16 bit samples of a generator that tests in other languages have as well (see make_mfcc_examples.py).
inline std::vector<std::int16_t> noise(size_t count, std::uint32_t seed = 1) {
    std::vector<std::int16_t> samples;
    for (std::uint32_t x = seed; samples.size() < count;) {
        x = 1664525 * x + 1013904223;
        samples.push_back(static_cast<std::int16_t>(static_cast<int>(x >> 16) - 32768));
    }
    return samples;
}

struct ArchiveEntry {
    enum class Kind { file, folder, symbolic_link, hard_link, fifo };
    std::string name;
    std::string bytes = {};  ///< of a file; the target of a link
    Kind kind = Kind::file;
};

/// A tar archive packed with gzip. `tests/engine/wav_bytes.cpp`.
void write_archive(const std::filesystem::path& file, const std::vector<ArchiveEntry>& entries);

}  // namespace resonate::tests
