// engine/data/mfcc.cpp: see mfcc.h.
#include "data/mfcc.h"

#include <fftw3.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace resonate::mfcc {
namespace {

constexpr int bins = window / 2 + 1;
constexpr double log_offset = 1e-6;
constexpr double deviation_offset = 1e-8;

template <class Number>
struct FftwFree {
    void operator()(Number* numbers) const { fftw_free(numbers); }
};
using Signal = std::unique_ptr<double[], FftwFree<double>>;
using Spectrum = std::unique_ptr<fftw_complex[], FftwFree<fftw_complex>>;

Signal make_signal() { return Signal(fftw_alloc_real(window)); }
Spectrum make_spectrum() { return Spectrum(fftw_alloc_complex(bins)); }

double mel_of(double hertz) { return 2595.0 * std::log10(1.0 + hertz / 700.0); }
double hertz_of(double mel) { return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0); }

/// One triangle of the filter bank; zero outside its bins.
struct Band {
    int first_bin = 0;
    std::vector<double> weights;
};

/// What every Transform shares. Built once; then read by any thread.
struct Tables {
    fftw_plan plan;
    std::array<double, window> hann;
    std::array<Band, bands> filters;
    std::array<std::array<double, bands>, coefficients> cosines;

    Tables() {
        // FFTW_ESTIMATE: the same plan every time, so that the same recording gives the same bits.
        const Signal signal = make_signal();
        const Spectrum spectrum = make_spectrum();
        plan = fftw_plan_dft_r2c_1d(window, signal.get(), spectrum.get(), FFTW_ESTIMATE);
        for (int i = 0; i < window; ++i) hann[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / window);

        std::array<double, bands + 2> corners;
        for (int i = 0; i < bands + 2; ++i) corners[i] = hertz_of(mel_of(sample_rate / 2.0) * i / (bands + 1));
        for (int band = 0; band < bands; ++band) {
            Band& filter = filters[band];
            for (int bin = 0; bin < bins; ++bin) {
                const double hertz = bin * (sample_rate / 2.0) / (bins - 1);
                const double rising = (hertz - corners[band]) / (corners[band + 1] - corners[band]);
                const double falling = (corners[band + 2] - hertz) / (corners[band + 2] - corners[band + 1]);
                const double weight = std::min(rising, falling);
                if (weight <= 0) continue;
                if (filter.weights.empty()) filter.first_bin = bin;
                filter.weights.push_back(weight);
            }
        }
        for (int k = 0; k < coefficients; ++k)
            for (int band = 0; band < bands; ++band)
                cosines[k][band] =
                    std::sqrt((k == 0 ? 1.0 : 2.0) / bands) * std::cos(std::numbers::pi / bands * (band + 0.5) * k);
    }
    ~Tables() { fftw_destroy_plan(plan); }
};

const Tables& tables() {
    static const Tables built;
    return built;
}

/// Where sample `index` of the recording, which may lie before its start or after its end, is reflected to.
size_t reflected(std::ptrdiff_t index, std::ptrdiff_t count) {
    if (count == 1) return 0;
    const std::ptrdiff_t period = 2 * (count - 1);
    index = (index % period + period) % period;
    return static_cast<size_t>(index < count ? index : period - index);
}

void normalise(std::span<double> values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double deviation = std::sqrt(squares / (count - 1)) + deviation_offset;
    for (double& value : values) value = (value - mean) / deviation;
}

}  // namespace

struct Transform::Buffers {
    Signal signal = make_signal();
    Spectrum spectrum = make_spectrum();
    std::array<double, bins> power;
    std::array<double, bands> loudness;
    std::vector<double> frames = std::vector<double>(size_t{steps} * coefficients);
};

Transform::Transform() : buffers_(std::make_unique<Buffers>()) {}
Transform::~Transform() = default;

void Transform::compute(std::span<const float> samples, std::span<float, size_t{steps} * coefficients> features) {
    assert(!samples.empty());
    const Tables& shared = tables();
    Buffers& own = *buffers_;
    std::fill(own.frames.begin(), own.frames.end(), 0.0);
    const auto count = static_cast<std::ptrdiff_t>(samples.size());
    const std::ptrdiff_t frames = std::min<std::ptrdiff_t>(steps, 1 + count / hop);
    for (std::ptrdiff_t t = 0; t < frames; ++t) {
        for (std::ptrdiff_t i = 0; i < window; ++i) {
            const std::ptrdiff_t index = t * hop - window / 2 + i;
            own.signal[i] = shared.hann[i] * samples[reflected(index, count)];
        }
        fftw_execute_dft_r2c(shared.plan, own.signal.get(), own.spectrum.get());
        for (int bin = 0; bin < bins; ++bin) {
            const double real = own.spectrum[bin][0];
            const double imaginary = own.spectrum[bin][1];
            own.power[bin] = real * real + imaginary * imaginary;
        }
        for (int band = 0; band < bands; ++band) {
            const Band& filter = shared.filters[band];
            own.loudness[band] = std::log(log_offset + std::inner_product(filter.weights.begin(), filter.weights.end(),
                                                                          own.power.begin() + filter.first_bin, 0.0));
        }
        for (int k = 0; k < coefficients; ++k)
            own.frames[t * coefficients + k] =
                std::inner_product(own.loudness.begin(), own.loudness.end(), shared.cosines[k].begin(), 0.0);
    }
    normalise(own.frames);
    std::transform(own.frames.begin(), own.frames.end(), features.begin(),
                   [](double value) { return static_cast<float>(value); });
}

}  // namespace resonate::mfcc
