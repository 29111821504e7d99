// tests/engine/linear_classifier.h: how far a linear read-out without memory of its own gets.
#pragma once

#include "data/sequence_set.h"

namespace resonate::tests {

/// Share of the steps of `test` labelled rightly by least squares (one column per class) trained on `train`, given a
/// constant, the present input and the input summed from the beginning.
double linear_accuracy_on_sums(const SequenceSet& train, const SequenceSet& test);

/// Share of the sequences of `test` labelled rightly by least squares, given a constant and each input summed over all
/// time. `ridge` is added to the diagonal.
double linear_accuracy_on_totals(const SequenceSet& train, const SequenceSet& test, double ridge);

/// The same given every input at every step: T · I features.
double linear_accuracy_on_all(const SequenceSet& train, const SequenceSet& test, double ridge);

}  // namespace resonate::tests
