// engine/data/synthetic_spoken_digits.cpp: see synthetic_spoken_digits.h.
// Only + − × ÷, which IEEE 754 fixes to the last bit, and logarithms rounded to what matters.
#include "data/synthetic_spoken_digits.h"

#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "data/in_parallel.h"
#include "data/random.h"
#include "data/spike_bins.h"

namespace resonate {
namespace {

constexpr auto steps = static_cast<int>(shd::steps);
constexpr auto channels = static_cast<int>(shd::channels);
constexpr double step_ms = 1000 * shd::bin_seconds;
constexpr int formants = 3;

/// Channel that answers best to a frequency, Hz: even in ERB rate (Glasberg, Moore 1990), 50 Hz to 9 kHz.
double place_of(double frequency) {
    const auto rate = [](double hertz) { return 21.4 * std::log10(1 + 0.00437 * hertz); };
    const double place = 1 + (channels - 2) * (rate(frequency) - rate(50)) / (rate(9000) - rate(50));
    // The last bits of a logarithm differ between C libraries; these do not matter.
    return std::round(place * 1024) / 1024;
}

/// A stretch of speech with formants that may glide and noise that may hiss; frequencies in Hz.
struct Phone {
    double milliseconds;
    std::array<double, formants> from;
    std::array<double, formants> to;
    double voice;      // loudness of the formants, 0 to 1
    double noise = 0;  // loudness of the hiss
    double noise_centre = 0;
    double noise_width = 0;  // channels
};

/// Steady vowels and the like, gliding ones, hisses, and silence with a burst behind it.
Phone steady(double ms, double f1, double f2, double f3, double voice) {
    return {ms, {f1, f2, f3}, {f1, f2, f3}, voice};
}
Phone glide(double ms, std::array<double, formants> from, std::array<double, formants> to) { return {ms, from, to, 1}; }
Phone hiss(double ms, double loudness, double centre, double spread, double voice = 0) {
    return {ms, {250, 1500, 2500}, {250, 1500, 2500}, voice, loudness, centre, spread};
}

using Word = std::vector<Phone>;

/// Formants after Peterson and Barney 1952 (vowels) and Fant 1960, rounded.
const std::vector<Word>& words() {
    const Phone n = steady(75, 260, 1450, 2500, 0.55), m_like_v = hiss(55, 0.25, 4500, 70, 0.45);
    const Phone s = hiss(110, 1.0, 6300, 55), z = hiss(85, 0.7, 6000, 55, 0.4), f = hiss(95, 0.45, 4800, 110);
    const Phone th = hiss(85, 0.3, 5500, 120), kh = hiss(80, 0.55, 1500, 45);
    const Phone stop{45, {250, 1700, 2600}, {250, 1700, 2600}, 0.02};
    const Phone t = hiss(25, 0.9, 4200, 80), k = hiss(25, 0.9, 2300, 45);
    const Phone r = steady(65, 330, 1150, 1650, 0.75), l = steady(80, 360, 1150, 2750, 0.7);
    const Phone schwa = steady(60, 500, 1450, 2450, 0.7), i = steady(80, 400, 1950, 2600, 0.95);
    const Phone b = steady(50, 230, 900, 2300, 0.3);
    const auto ai = glide(200, {740, 1250, 2500}, {390, 2050, 2650});
    static const std::vector<Word> all = {
        /* zero  */ {z, glide(110, {330, 2200, 2850}, {430, 1600, 2100}), r,
                     glide(170, {520, 1000, 2450}, {380, 800, 2350})},
        /* one   */ {glide(90, {300, 700, 2250}, {560, 1000, 2350}), steady(120, 640, 1190, 2390, 1), n},
        /* two   */ {stop, t, glide(210, {320, 1500, 2400}, {310, 900, 2250})},
        /* three */ {th, r, steady(190, 280, 2280, 2950, 0.95)},
        /* four  */ {f, glide(230, {560, 850, 2450}, {480, 1050, 1900})},
        /* five  */ {f, ai, m_like_v},
        /* six   */ {s, i, stop, k, s},
        /* seven */ {s, steady(90, 550, 1800, 2500, 1), m_like_v, schwa, n},
        /* eight */ {glide(180, {500, 1850, 2500}, {340, 2250, 2800}), stop, t},
        /* nine  */ {n, ai, n},
        /* null  */ {n, steady(110, 380, 950, 2300, 1), l},
        /* eins  */ {ai, n, s},
        /* zwei  */ {stop, t, s, m_like_v, ai},
        /* drei  */ {stop, hiss(20, 0.5, 3500, 80, 0.2), r, ai},
        /* vier  */ {f, glide(240, {290, 2250, 2900}, {620, 1350, 2450})},
        /* fünf  */ {f, steady(110, 360, 1650, 2250, 1), n, f},
        /* sechs */ {z, steady(95, 560, 1780, 2480, 1), stop, k, s},
        /* sieben*/ {z, steady(150, 285, 2230, 2900, 1), b, schwa, n},
        /* acht  */ {steady(110, 760, 1280, 2500, 1), kh, stop, t},
        /* neun  */ {n, glide(210, {540, 850, 2400}, {370, 1850, 2450}), n},
    };
    return all;
}

/// What is heard in one step.
struct Sound {
    std::array<double, formants> place{};
    double voice = 0;
    double noise = 0;
    double noise_place = 0;
    double noise_width = 1;
};

/// A bell of standard deviation 1 that ends at ±3.
double scatter(Random& random) {
    return random.uniform() + random.uniform() + random.uniform() + random.uniform() + random.uniform() +
           random.uniform() + random.uniform() + random.uniform() + random.uniform() + random.uniform() +
           random.uniform() + random.uniform() - 6;
}

struct Speaker {
    explicit Speaker(Random& random)
        : tract(28 * scatter(random)),
          pitch(random.uniform(95, 240)),
          rise(random.uniform(-0.1, 0.35)),
          fall(random.uniform(0.1, 0.5)),
          pace(random.uniform(0.85, 1.5)),
          loudness(random.uniform(0.65, 1.35)),
          sharpness(random.uniform(11, 19)) {}

    double tract;  // channels by which a short vocal tract lifts everything
    double pitch;  // Hz
    double rise;   // of the pitch, share over the first half second
    double fall;   // and how much of it is lost later
    double pace;   // longer phones where above 1
    double loudness;
    double sharpness;  // channels around a formant that answer
};

/// The word as it is said this time, step by step; silence around it.
std::vector<Sound> say(const Word& word, const Speaker& speaker, Random& random) {
    std::vector<Sound> sounds(static_cast<size_t>(steps));
    double at = random.uniform(5, 45);  // steps
    for (const Phone& phone : word) {
        const double length = phone.milliseconds * speaker.pace * random.uniform(0.7, 1.35) / step_ms;
        std::array<double, formants> from{}, to{};
        for (size_t k = 0; k < formants; ++k) {
            const double accent = speaker.tract + 14 * scatter(random);
            from[k] = place_of(phone.from[k]) + accent;
            to[k] = place_of(phone.to[k]) + accent + 5 * scatter(random);
        }
        const double voice = phone.voice * random.uniform(0.7, 1.3);
        const double noise = phone.noise * random.uniform(0.6, 1.4);
        const double noise_place =
            phone.noise > 0 ? place_of(phone.noise_centre) + 0.5 * speaker.tract + 14 * scatter(random) : 0;
        for (int t = static_cast<int>(at); t < static_cast<int>(at + length) && t < steps; ++t) {
            Sound& sound = sounds[static_cast<size_t>(t)];
            const double done = (t - at) / length;
            for (size_t k = 0; k < formants; ++k) sound.place[k] = from[k] + done * (to[k] - from[k]);
            sound.voice = voice;
            sound.noise = noise;
            sound.noise_place = noise_place;
            sound.noise_width = phone.noise_width;
        }
        at += length;
    }
    return sounds;
}

/// Tongue and lips are slow: places and loudness follow what is meant with a lag of some steps.
void coarticulate(std::vector<Sound>& sounds) {
    constexpr double follow = 0.35;
    constexpr double fade = 0.5;
    Sound now;
    bool speaking = false;
    for (Sound& sound : sounds) {
        const bool meant = sound.voice > 0 || sound.noise > 0;
        if (meant)
            for (size_t k = 0; k < formants; ++k)
                now.place[k] = speaking ? now.place[k] + follow * (sound.place[k] - now.place[k]) : sound.place[k];
        speaking = speaking || meant;
        if (sound.noise > 0) {
            now.noise_place = sound.noise_place;
            now.noise_width = sound.noise_width;
        }
        now.voice += fade * (sound.voice - now.voice);
        now.noise += fade * (sound.noise - now.noise);
        sound = now;
    }
}

/// The events of one step: each channel once.
class Step {
 public:
    /// About `expected` events around `centre`.
    void scatter_events(Random& random, double expected, double centre, double spread) {
        const auto whole = static_cast<int>(expected);
        const int count = whole + (random.uniform() < expected - whole ? 1 : 0);
        for (int i = 0; i < count; ++i) set(centre + spread * scatter(random));
    }
    void set(double channel) {
        // Channel 0 would be unit 700 of SHD, which there is not.
        if (channel < 1 || channel >= channels) return;
        const auto bit = static_cast<size_t>(channel);
        bits_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    void append_to(std::vector<std::uint16_t>& events) const {
        for (size_t word = 0; word < bits_.size(); ++word)
            for (std::uint64_t bits = bits_[word]; bits != 0; bits &= bits - 1)
                events.push_back(static_cast<std::uint16_t>(64 * word + static_cast<size_t>(std::countr_zero(bits))));
    }

 private:
    std::array<std::uint64_t, (channels + 63) / 64> bits_{};
};

struct Sequence {
    std::vector<std::uint16_t> events;
    std::array<std::uint32_t, steps> ends{};
};

Sequence hear(std::int64_t word, Random& random) {
    const Speaker speaker(random);
    std::vector<Sound> sounds = say(words()[static_cast<size_t>(word)], speaker, random);
    coarticulate(sounds);
    constexpr std::array<double, formants> strength = {14, 10, 6.5};  // events per step
    Sequence sequence;
    double fatigue = 0;      // nerves answer best to what begins
    double pitch_phase = 0;  // cycles of the voice
    double spoken = 0;       // s since the voice began
    for (int t = 0; t < steps; ++t) {
        const Sound& sound = sounds[static_cast<size_t>(t)];
        const double level = sound.voice + sound.noise;
        const double fresh = 1.5 / (1 + 1.6 * fatigue);
        fatigue += 0.06 * (level - fatigue);
        Step step;
        // The voice comes in pulses; a step is longer than a pulse, so that they show as a beat.
        if (sound.voice > 0.01) spoken += shd::bin_seconds;
        const double pitch = speaker.pitch * std::max(0.6, 1 + 2 * speaker.rise * spoken -
                                                               (2 * speaker.rise + 4 * speaker.fall) * spoken * spoken);
        pitch_phase += pitch * shd::bin_seconds;
        pitch_phase -= std::floor(pitch_phase);
        const double pulse = 0.55 + 0.9 * (pitch_phase < 0.5 ? 1 : 0);
        const double voiced = speaker.loudness * fresh * sound.voice;
        for (size_t k = 0; k < formants; ++k)
            step.scatter_events(random, strength[k] * voiced * pulse, sound.place[k],
                                speaker.sharpness * (k == 0 ? 1.0 : 1.25));
        // The lowest harmonics are told apart.
        for (int harmonic = 1; harmonic <= 5; ++harmonic) {
            const double place = place_of(harmonic * pitch) + 0.3 * speaker.tract;
            const double off_formant = (place - sound.place[0]) / 60;
            step.scatter_events(random, voiced * (0.7 + 2.8 / (1 + off_formant * off_formant)), place, 4);
        }
        step.scatter_events(random, 38 * speaker.loudness * fresh * sound.noise, sound.noise_place, sound.noise_width);
        step.scatter_events(random, 1.5, 0.5 * channels, channels / 4.0);
        step.append_to(sequence.events);
        sequence.ends[static_cast<size_t>(t)] = static_cast<std::uint32_t>(sequence.events.size());
    }
    return sequence;
}

}  // namespace

std::shared_ptr<const EventSequenceSet> generate_synthetic_spoken_digits(std::int64_t count, std::uint64_t seed,
                                                                         std::string_view split) {
    const auto classes = static_cast<std::int64_t>(words().size());
    const std::string purpose = "synthetic spoken digits " + std::string(split);
    std::vector<Sequence> sequences(static_cast<size_t>(count));
    in_parallel(count, [&](std::int64_t n) {
        Random random(derive_seed(seed, purpose, static_cast<std::uint64_t>(n)));
        sequences[static_cast<size_t>(n)] = hear(n % classes, random);
    });
    size_t total = 0;
    for (const Sequence& sequence : sequences) total += sequence.events.size();
    std::vector<std::uint32_t> offsets{0};
    offsets.reserve(static_cast<size_t>(count * steps) + 1);
    std::vector<std::uint16_t> events;
    events.reserve(total);
    std::vector<std::uint8_t> labels;
    for (Sequence& sequence : sequences) {
        for (const std::uint32_t end : sequence.ends)
            offsets.push_back(static_cast<std::uint32_t>(events.size() + end));
        events.insert(events.end(), sequence.events.begin(), sequence.events.end());
        sequence.events = {};
        labels.push_back(static_cast<std::uint8_t>(static_cast<std::int64_t>(labels.size()) % classes));
    }
    const SequenceSet::Shape shape{count, steps, channels, classes, false};
    return std::make_shared<EventSequenceSet>(shape, std::move(offsets), std::move(events), std::move(labels));
}

}  // namespace resonate
