// engine/data/mfcc.h: mel-frequency cepstral coefficients of a recording.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

namespace resonate::mfcc {

inline constexpr int sample_rate = 16000;  ///< Hz
inline constexpr int window = 400;         ///< samples of a frame; also the length of its Fourier transform
inline constexpr int hop = 200;            ///< samples from frame to frame
inline constexpr int bands = 40;           ///< of the mel filter bank, 0 to 8000 Hz
inline constexpr int coefficients = 13;    ///< kept of each frame: the inputs I of a set
inline constexpr int steps = 100;          ///< frames of a sequence: T
/// No frame that is kept reaches beyond these samples.
inline constexpr int samples_used = steps * hop;
/// Of the definition below: features stored under another number are not these.
inline constexpr int version = 1;

/// [steps, coefficients], row-major
using Features = std::array<float, size_t{steps} * coefficients>;

/// As torchaudio.transforms.MFCC(16000, 13, log_mels=True, melkwargs={n_fft: 400, n_mels: 40}) defines them: periodic
/// Hann window, frames centred at multiples of `hop` with the recording reflected at both ends, power spectrum,
/// triangular bands between points that are equally spaced on the HTK mel scale (2595 log10(1 + f / 700)), natural
/// logarithm of 1e-6 + power, orthonormal DCT-II. Cut or filled up with zeros to `steps` frames; then the whole
/// sequence is brought to mean 0 and sample standard deviation 1 (divided by it + 1e-8). Computed in double precision.
class Transform {
 public:
    Transform();
    ~Transform();
    Transform(const Transform&) = delete;
    Transform& operator=(const Transform&) = delete;

    /// `samples`: at least one, finite, at 16 kHz, full scale ± 1. Where there are too few to be reflected once they
    /// are reflected back and forth. One thread at a time per Transform.
    void compute(std::span<const float> samples, std::span<float, size_t{steps} * coefficients> features);

 private:
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
};

}  // namespace resonate::mfcc
