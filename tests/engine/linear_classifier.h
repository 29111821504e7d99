// tests/engine/linear_classifier.h: how far a linear read-out without memory of its own gets.
#pragma once

#include "data/sequence_set.h"

namespace resonate::tests {

/// Share of the steps of `test` labelled rightly by least squares (one column per class) trained on `train`, given a
/// constant, the present input and the input summed from the beginning.
double linear_accuracy_on_sums(const SequenceSet& train, const SequenceSet& test);

}  // namespace resonate::tests
