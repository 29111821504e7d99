// engine/data/recording.h: reads WAV files.
#pragma once

#include <filesystem>
#include <istream>
#include <string>
#include <vector>

namespace resonate {

/// What a WAV file may be.
enum class RecordingFormat {
    published,  ///< as all of Google Speech Commands are: 16 kHz, one channel, 16 bit
    any         ///< integers, floats, A-law or µ-law of any rate and number of channels
};

/// The first mfcc::samples_used samples of a recording at mfcc::sample_rate, full scale ± 1; channels are averaged,
/// other rates are resampled (libsamplerate, best sinc converter). Only the beginning of a long file is read. `place`
/// names it in errors: one sentence as DataError for what is no WAV file, cut off, empty, of another format than
/// `format` takes, or holds numbers that are not finite.
std::vector<float> read_recording(std::istream& stream, const std::string& place, RecordingFormat format);
std::vector<float> read_recording(const std::filesystem::path& file, RecordingFormat format);

}  // namespace resonate
