// engine/data/recording.cpp: see recording.h.
#include "data/recording.h"

#include <samplerate.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <mutex>
#include <string_view>

#include "data/mfcc.h"
#include "resonate/error.h"

namespace resonate {
namespace {

constexpr int lowest_rate = 1000;
constexpr int highest_rate = 768000;
constexpr int most_channels = 1024;
/// Sizes that programs write which cannot go back to fill in the true one.
constexpr std::uint64_t size_not_known = 0x7ffff000;
/// A file of nothing but chunk headers must not be walked through for ever.
constexpr int most_chunks = 1000;
constexpr const char* get_again = "; get the file again";

std::int64_t length_of(std::istream& stream) {
    stream.clear();
    stream.seekg(0, std::ios::end);
    return static_cast<std::int64_t>(stream.tellg());
}

/// Bytes at `offset`; fewer at the end of the file.
size_t read_at(std::istream& stream, std::int64_t offset, char* bytes, size_t count) {
    stream.clear();
    stream.seekg(offset);
    stream.read(bytes, static_cast<std::streamsize>(count));
    return static_cast<size_t>(stream.gcount());
}

/// Numbers of a RIFF file, little-endian, or big-endian in RIFX.
std::uint64_t number(const char* bytes, size_t count, bool big_endian) {
    std::uint64_t value = 0;
    for (size_t i = 0; i < count; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[big_endian ? i : count - 1 - i]);
    return value;
}

/// libsndfile plays what is left of a file that is cut off without a word, so the chunks are looked at first.
void require_whole(std::istream& stream, const std::string& place, RecordingFormat format) {
    const std::int64_t length = length_of(stream);
    if (length < 0) throw DataError(place + ": cannot be read" + get_again);
    if (length == 0) throw DataError(place + ": expected a WAV file, found an empty file" + get_again);
    std::array<char, 12> head{};
    const size_t got = read_at(stream, 0, head.data(), head.size());
    const std::string_view form(head.data(), 4);
    const bool rf64 = form == "RF64";
    const bool big_endian = form == "RIFX";
    if (got < head.size() || (form != "RIFF" && !rf64 && !big_endian) || std::string_view(head.data() + 8, 4) != "WAVE")
        throw DataError(place + ": expected a WAV file, found something else" + get_again);
    std::uint64_t size_in_rf64 = 0;
    std::int64_t offset = 12;
    for (int chunk = 0; chunk < most_chunks; ++chunk) {
        std::array<char, 8 + 16> bytes{};
        if (read_at(stream, offset, bytes.data(), bytes.size()) < 8) break;
        const std::string_view id(bytes.data(), 4);
        std::uint64_t size = number(bytes.data() + 4, 4, big_endian);
        if (rf64 && id == "ds64") size_in_rf64 = number(bytes.data() + 16, 8, false);
        if (id == "data") {
            if (rf64 && size == 0xffffffff) size = size_in_rf64;
            const auto available = static_cast<std::uint64_t>(length - offset - 8);
            if (size == 0) throw DataError(place + ": holds no samples; record it again or remove it");
            const bool streamed = format == RecordingFormat::any && size >= size_not_known && available > 0;
            if (size > available && !streamed)
                throw DataError(place + ": is cut off: expected " + std::to_string(size) + " bytes of sound, found " +
                                std::to_string(available) + get_again);
            return;
        }
        if (size > static_cast<std::uint64_t>(length)) break;
        offset += 8 + static_cast<std::int64_t>(size + size % 2);
    }
    throw DataError(place + ": is cut off or damaged: no sound was found in it" + get_again);
}

std::istream& stream_of(void* user) { return *static_cast<std::istream*>(user); }

SF_VIRTUAL_IO stream_functions() {
    SF_VIRTUAL_IO functions{};
    functions.get_filelen = [](void* user) {
        std::istream& stream = stream_of(user);
        stream.clear();
        const auto here = stream.tellg();
        const std::int64_t length = length_of(stream);
        stream.seekg(here);
        return static_cast<sf_count_t>(length);
    };
    functions.seek = [](sf_count_t offset, int whence, void* user) {
        std::istream& stream = stream_of(user);
        stream.clear();
        stream.seekg(offset, whence == SEEK_SET ? std::ios::beg : whence == SEEK_CUR ? std::ios::cur : std::ios::end);
        if (!stream) return sf_count_t{-1};
        return static_cast<sf_count_t>(stream.tellg());
    };
    functions.read = [](void* bytes, sf_count_t count, void* user) {
        std::istream& stream = stream_of(user);
        stream.clear();
        stream.read(static_cast<char*>(bytes), count);
        return static_cast<sf_count_t>(stream.gcount());
    };
    functions.tell = [](void* user) {
        stream_of(user).clear();
        return static_cast<sf_count_t>(stream_of(user).tellg());
    };
    return functions;
}

/// "16 bit"; empty for what is not taken.
std::string encoding_name(int format) {
    switch (format & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_S8:
        case SF_FORMAT_PCM_U8: return "8 bit";
        case SF_FORMAT_PCM_16: return "16 bit";
        case SF_FORMAT_PCM_24: return "24 bit";
        case SF_FORMAT_PCM_32: return "32 bit";
        case SF_FORMAT_FLOAT: return "32 bit floating point";
        case SF_FORMAT_DOUBLE: return "64 bit floating point";
        case SF_FORMAT_ULAW: return "µ-law";
        case SF_FORMAT_ALAW: return "A-law";
        default: return {};
    }
}

std::string describe(const SF_INFO& info) {
    const std::string encoding = encoding_name(info.format);
    return std::to_string(info.samplerate) + " Hz, " + std::to_string(info.channels) +
           (info.channels == 1 ? " channel, " : " channels, ") + (encoding.empty() ? "another encoding" : encoding);
}

void require_format(const SF_INFO& info, const std::string& place, RecordingFormat format) {
    if (format == RecordingFormat::published) {
        if (info.samplerate != mfcc::sample_rate || info.channels != 1 ||
            (info.format & SF_FORMAT_SUBMASK) != SF_FORMAT_PCM_16)
            throw DataError(place + ": expected " + std::to_string(mfcc::sample_rate) +
                            " Hz, 1 channel, 16 bit, found " + describe(info) + "; get the published file again");
        return;
    }
    if (encoding_name(info.format).empty())
        throw DataError(place +
                        ": expected integer, floating point, A-law or µ-law samples, found another encoding; "
                        "save it as 16 bit");
    if (info.samplerate < lowest_rate || info.samplerate > highest_rate)
        throw DataError(place + ": expected " + std::to_string(lowest_rate) + " to " + std::to_string(highest_rate) +
                        " Hz, found " + std::to_string(info.samplerate) + " Hz; save it at 16000 Hz");
    if (info.channels < 1 || info.channels > most_channels)
        throw DataError(place + ": expected 1 to " + std::to_string(most_channels) + " channels, found " +
                        std::to_string(info.channels) + "; save it with one channel");
}

using SoundFile = std::unique_ptr<SNDFILE, decltype(&sf_close)>;

SoundFile open_sound(std::istream& stream, SF_INFO& info, const std::string& place) {
    static SF_VIRTUAL_IO functions = stream_functions();
    // libsndfile keeps why a file could not be opened in one place for all threads.
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    stream.clear();
    stream.seekg(0);
    SoundFile sound(sf_open_virtual(&functions, SFM_READ, &info, &stream), sf_close);
    if (sound) return sound;
    std::string why = sf_strerror(nullptr);
    while (!why.empty() && (why.back() == '.' || why.back() == '\n')) why.pop_back();
    throw DataError(place + ": is no WAV file that can be read: " + why + get_again);
}

/// Mean over the channels of at most `most` frames.
std::vector<float> read_mono(SNDFILE* sound, const SF_INFO& info, sf_count_t most, const std::string& place) {
    const sf_count_t wanted = std::min(most, info.frames);
    std::vector<float> samples;
    samples.reserve(static_cast<size_t>(wanted));
    constexpr sf_count_t block_frames = 2048;
    std::vector<float> block(static_cast<size_t>(block_frames * info.channels));
    while (static_cast<sf_count_t>(samples.size()) < wanted) {
        const sf_count_t left = wanted - static_cast<sf_count_t>(samples.size());
        const sf_count_t got = sf_readf_float(sound, block.data(), std::min(block_frames, left));
        if (got <= 0)
            throw DataError(place + ": is cut off: expected " + std::to_string(info.frames) + " samples, found " +
                            std::to_string(samples.size()) + get_again);
        for (sf_count_t frame = 0; frame < got; ++frame) {
            double sum = 0;
            for (int channel = 0; channel < info.channels; ++channel) sum += block[frame * info.channels + channel];
            const auto mean = static_cast<float>(sum / info.channels);
            if (!std::isfinite(mean))
                throw DataError(place + ": expected finite samples, found " + std::to_string(mean) + " at sample " +
                                std::to_string(samples.size()) + "; record it again or remove it");
            samples.push_back(mean);
        }
    }
    if (samples.empty()) throw DataError(place + ": holds no samples; record it again or remove it");
    return samples;
}

std::vector<float> resample(const std::vector<float>& samples, int rate, const std::string& place) {
    const double ratio = static_cast<double>(mfcc::sample_rate) / rate;
    std::vector<float> resampled(static_cast<size_t>(std::ceil(static_cast<double>(samples.size()) * ratio)) + 1);
    SRC_DATA data{};
    data.data_in = samples.data();
    data.data_out = resampled.data();
    data.input_frames = static_cast<long>(samples.size());
    data.output_frames = static_cast<long>(resampled.size());
    data.src_ratio = ratio;
    if (const int failure = src_simple(&data, SRC_SINC_BEST_QUALITY, 1); failure != 0)
        throw DataError(place + ": cannot be resampled: " + src_strerror(failure) + "; save it at 16000 Hz");
    resampled.resize(static_cast<size_t>(data.output_frames_gen));
    if (resampled.empty())
        throw DataError(place + ": is shorter than one sample at " + std::to_string(mfcc::sample_rate) +
                        " Hz; record it again or remove it");
    if (!std::all_of(resampled.begin(), resampled.end(), [](float value) { return std::isfinite(value); }))
        throw DataError(place +
                        ": expected samples between -1 and 1, found some too large to be resampled; record it "
                        "again or remove it");
    return resampled;
}

}  // namespace

std::vector<float> read_recording(std::istream& stream, const std::string& place, RecordingFormat format) {
    require_whole(stream, place, format);
    SF_INFO info{};
    const SoundFile sound = open_sound(stream, info, place);
    require_format(info, place, format);
    sf_count_t most = mfcc::samples_used;
    // What lies behind the last sample used still weighs in where rates are changed.
    if (info.samplerate != mfcc::sample_rate)
        most = mfcc::samples_used * static_cast<sf_count_t>(info.samplerate) / mfcc::sample_rate +
               info.samplerate / 10 + 1024;
    std::vector<float> samples = read_mono(sound.get(), info, most, place);
    if (info.samplerate != mfcc::sample_rate) samples = resample(samples, info.samplerate, place);
    if (samples.size() > mfcc::samples_used) samples.resize(mfcc::samples_used);
    return samples;
}

std::vector<float> read_recording(const std::filesystem::path& file, RecordingFormat format) {
    std::ifstream stream(file, std::ios::binary);
    std::error_code failure;
    if (!stream || !std::filesystem::is_regular_file(file, failure))
        throw DataError(file.string() + ": is not a file that can be opened; check the path");
    return read_recording(stream, file.string(), format);
}

}  // namespace resonate
