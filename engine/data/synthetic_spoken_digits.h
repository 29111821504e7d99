// engine/data/synthetic_spoken_digits.h: events of an inner ear that hears digits spoken in English and German, in the
// form of the Spiking Heidelberg Digits.
#pragma once

#include <memory>
#include <string_view>

#include "data/event_sequence_set.h"

namespace resonate {

/// `count` sequences of 250 steps of 4 ms and 700 channels, low frequencies first, the 20 words in turn. Each word is a
/// row of phones, whose formants (textbook values) glide from one to the next; speakers differ in pitch, length of the
/// vocal tract, pace and loudness; events scatter around the formants, and some come from nowhere. A function of (seed,
/// split, index) alone, on every machine the same; `split` keeps training and test apart.
std::shared_ptr<const EventSequenceSet> generate_synthetic_spoken_digits(std::int64_t count, std::uint64_t seed,
                                                                         std::string_view split);

}  // namespace resonate
