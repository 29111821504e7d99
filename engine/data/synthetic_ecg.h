// engine/data/synthetic_ecg.h: heart beats of the ECGSYN model, coded like ECG-QTDB (McSharry, Clifford, Tarassenko,
// Smith, "A dynamical model for generating synthetic electrocardiogram signals", IEEE Trans. Biomed. Eng. 2003).
#pragma once

#include <memory>
#include <string_view>

#include "data/sequence_set.h"

namespace resonate {

/// `count` sequences of 1300 steps (250 per second), 4 event channels and 6 segment labels per step. A function of
/// (seed, split, index) alone; `split` keeps training and test apart.
std::shared_ptr<const SequenceSet> generate_synthetic_ecg(std::int64_t count, std::uint64_t seed,
                                                          std::string_view split);

}  // namespace resonate
