// engine/data/synthetic_ecg.cpp: see synthetic_ecg.h.
//   dθ/dt = 2π / RR(t)          phase of the heart beat, 0 at the R peak
//   dz/dt = − Σ_i a_i Δθ_i exp(−Δθ_i² / 2 b_i²) − (z − z_0(t))     i in P, Q, R, S, T; one z for each lead
#include "data/synthetic_ecg.h"

#include <array>
#include <string>

#include "data/random.h"
#include "data/step_labelled_set.h"

namespace resonate {
namespace {

constexpr double pi = std::numbers::pi;
constexpr std::int64_t steps = 1300;
constexpr std::int64_t leads = 2;
constexpr std::int64_t channels = 2 * leads;  // up and down
constexpr double rate = 250.0;                // steps per second, as in QTDB
constexpr int substeps = 4;                   // Euler steps of the model per time step

enum Wave { P, Q, R, S, T, waves };
enum Segment : std::uint8_t { segment_p, segment_pq, segment_qr, segment_rs, segment_st, segment_tp, segments };

/// Published parameters of the five waves: angle (rad), amplitude, width (rad).
constexpr std::array<double, waves> published_angle = {-pi / 3, -pi / 12, 0, pi / 12, pi / 2};
constexpr std::array<double, waves> published_amplitude = {1.2, -5.0, 30.0, -7.5, 0.75};
constexpr std::array<double, waves> published_width = {0.25, 0.1, 0.1, 0.1, 0.4};
/// What the second lead, seen from another angle, makes of each wave on average.
constexpr std::array<double, waves> second_lead = {0.8, 1.6, 0.6, 1.8, 1.3};
/// A wave lasts this many of its widths to either side of its peak.
constexpr double wave_extent = 1.6;
/// The model's R peak, a b² / 2π, is about this high; leads are scaled to 1.
constexpr double model_height = 0.045;
/// Change of a lead that makes an event.
constexpr double level = 0.07;

struct Beat {
    std::array<double, waves> angle;
    std::array<double, waves> width;
    std::array<std::array<double, waves>, leads> amplitude;
};

/// The heart of one sequence: how its waves differ from the published ones.
Beat draw_beat(Random& random) {
    Beat beat{};
    for (int wave = 0; wave < waves; ++wave) {
        const double wobble = wave == P || wave == T ? 0.12 : 0.02;
        beat.angle[wave] = published_angle[wave] + wobble * random.normal();
        beat.width[wave] = published_width[wave] * random.uniform(0.8, 1.3);
        for (int lead = 0; lead < leads; ++lead) {
            const double seen = lead == 0 ? 1.0 : second_lead[wave];
            beat.amplitude[lead][wave] = published_amplitude[wave] * seen * random.uniform(0.65, 1.45);
        }
    }
    // T waves of one lead are upside down in some hearts.
    if (random.uniform() < 0.15) beat.amplitude[1][T] *= -1;
    return beat;
}

double wrapped(double angle) { return std::remainder(angle, 2 * pi); }

/// Segment of the beat at a phase in (−π, π].
Segment segment_at(double phase, const Beat& beat) {
    const auto begin = [&](Wave wave) { return beat.angle[wave] - wave_extent * beat.width[wave]; };
    const auto end = [&](Wave wave) { return beat.angle[wave] + wave_extent * beat.width[wave]; };
    if (phase < begin(P) || phase >= end(T)) return segment_tp;
    if (phase >= end(S)) return segment_st;
    if (phase >= beat.angle[R]) return segment_rs;
    const double q_begin = begin(Q);
    if (phase >= q_begin) return segment_qr;
    return phase < std::min(end(P), q_begin) ? segment_p : segment_pq;
}

/// Codes one lead: an event where it has moved by `level` since the last one.
class LevelCrossing {
 public:
    /// +1 up, −1 down, 0 nothing.
    int code(double value) {
        if (first_) {
            reference_ = value;
            first_ = false;
        }
        if (std::abs(value - reference_) < level) return 0;
        const int direction = value > reference_ ? 1 : -1;
        reference_ = value;
        return direction;
    }

 private:
    double reference_ = 0;
    bool first_ = true;
};

void generate_sequence(Random& random, std::int8_t* input, std::uint8_t* labels) {
    const Beat beat = draw_beat(random);
    const double mean_interval = random.uniform(0.75, 1.2);  // s between beats
    const double breathing = random.uniform(0.2, 0.35);      // Hz
    const double breathing_phase = random.uniform(0, 2 * pi);
    const double breathing_share = random.uniform(0.01, 0.06);
    const double noise = random.uniform(0.004, 0.022);
    std::array<double, leads> wander{}, wander_phase{}, z{}, noisy{};
    for (int lead = 0; lead < leads; ++lead) {
        wander[lead] = random.uniform(0.0, 0.12);
        wander_phase[lead] = random.uniform(0, 2 * pi);
    }
    std::array<LevelCrossing, leads> coders;
    double phase = random.uniform(-pi, pi);
    double interval = mean_interval;

    // One second is lived through before the sequence begins, so that z has forgotten where it started.
    constexpr std::int64_t run_in = 250;
    for (std::int64_t t = -run_in; t < steps; ++t) {
        const double time = static_cast<double>(t) / rate;
        const double breath = std::sin(2 * pi * breathing * time + breathing_phase);
        for (int sub = 0; sub < substeps; ++sub) {
            constexpr double dt = 1.0 / (rate * substeps);
            const double speed = 2 * pi / (interval * (1 + breathing_share * breath));
            for (int lead = 0; lead < leads; ++lead) {
                double slope = -z[lead];
                for (int wave = 0; wave < waves; ++wave) {
                    const double distance = wrapped(phase - beat.angle[wave]);
                    const double width = beat.width[wave];
                    // Scaled with the speed, so that waves keep their height at every heart rate.
                    slope -= beat.amplitude[lead][wave] * speed / (2 * pi) * distance *
                             std::exp(-0.5 * distance * distance / (width * width));
                }
                z[lead] += dt * slope;
            }
            phase += dt * speed;
            if (phase > pi) {
                phase -= 2 * pi;
                interval = mean_interval * (1 + 0.04 * random.normal());
            }
        }
        for (int lead = 0; lead < leads; ++lead) {
            noisy[lead] = 0.6 * noisy[lead] + noise * random.normal();
            if (t < 0) continue;
            const double baseline = wander[lead] * std::sin(2 * pi * breathing * time + wander_phase[lead]);
            const int event = coders[lead].code(z[lead] / model_height + baseline + noisy[lead]);
            input[t * channels + 2 * lead] = event > 0 ? 1 : 0;
            input[t * channels + 2 * lead + 1] = event < 0 ? 1 : 0;
        }
        if (t >= 0) labels[t] = segment_at(phase, beat);
    }
}

}  // namespace

std::shared_ptr<const SequenceSet> generate_synthetic_ecg(std::int64_t count, std::uint64_t seed,
                                                          std::string_view split) {
    std::vector<std::int8_t> input(static_cast<size_t>(count * steps * channels));
    std::vector<std::uint8_t> labels(static_cast<size_t>(count * steps));
    const std::string purpose = "synthetic ecg " + std::string(split);
    for (std::int64_t n = 0; n < count; ++n) {
        Random random(derive_seed(seed, purpose, static_cast<std::uint64_t>(n)));
        generate_sequence(random, input.data() + n * steps * channels, labels.data() + n * steps);
    }
    const SequenceSet::Shape shape{count, steps, channels, segments, true};
    return std::make_shared<StepLabelledSet>(shape, std::move(input), std::move(labels));
}

}  // namespace resonate
