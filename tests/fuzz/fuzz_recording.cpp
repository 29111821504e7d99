// tests/fuzz/fuzz_recording.cpp: any bytes as a WAV file give finite samples and coefficients, or a DataError.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "data/mfcc.h"
#include "data/recording.h"
#include "resonate/error.h"

using namespace resonate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    static mfcc::Transform transform;
    for (const RecordingFormat format : {RecordingFormat::published, RecordingFormat::any}) {
        try {
            std::istringstream stream(std::string(reinterpret_cast<const char*>(data), size));
            const std::vector<float> samples = read_recording(stream, "fuzzed.wav", format);
            if (samples.empty() || samples.size() > mfcc::samples_used) std::abort();
            mfcc::Features features;
            transform.compute(samples, features);
            for (const float value : features)
                if (!std::isfinite(value)) std::abort();
        } catch (const DataError&) {
        }
    }
    return 0;
}
