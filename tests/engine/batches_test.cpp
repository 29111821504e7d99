// tests/engine/batches_test.cpp: which sequences train and validate.
#include "training/batches.h"

#include <QTest>
#include <algorithm>
#include <set>

#include "data/pixel_sequence_set.h"
#include "data/step_labelled_set.h"
#include "test_registry.h"

using namespace resonate;

namespace {

/// `counts[c]` sequences of class c, mixed.
PixelSequenceSet digits(const std::vector<int>& counts) {
    std::vector<std::uint8_t> labels;
    for (size_t round = 0; labels.size() < 1000; ++round)
        for (size_t c = 0; c < counts.size(); ++c)
            if (round < static_cast<size_t>(counts[c])) labels.push_back(static_cast<std::uint8_t>(c));
    const auto count = labels.size();
    return {1, static_cast<std::int64_t>(counts.size()), std::vector<std::uint8_t>(count), std::move(labels)};
}

std::vector<int> counts_of(const SequenceSet& set, const std::vector<int64_t>& indices) {
    std::vector<int> counts(static_cast<size_t>(set.shape().classes));
    for (const int64_t index : indices) {
        int64_t label = 0;
        set.write_labels(index, &label, 1);
        ++counts[static_cast<size_t>(label)];
    }
    return counts;
}

const std::vector<int> unequal{600, 300, 98, 2};

}  // namespace

class BatchesTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aShareIsTakenOfEachClass() {
        const PixelSequenceSet set = digits(unequal);
        QCOMPARE(counts_of(set, draw_fraction(set, 0.5, 1)), (std::vector<int>{300, 150, 49, 1}));
        // A class never vanishes.
        QCOMPARE(counts_of(set, draw_fraction(set, 0.01, 1)), (std::vector<int>{6, 3, 1, 1}));
    }

    void theShareIsDrawnBySeedAloneAndHoldsNothingTwice() {
        const PixelSequenceSet set = digits(unequal);
        const auto drawn = draw_fraction(set, 0.5, 1);
        QCOMPARE(drawn, draw_fraction(set, 0.5, 1));
        QVERIFY(drawn != draw_fraction(set, 0.5, 2));
        QVERIFY(std::is_sorted(drawn.begin(), drawn.end()));
        QCOMPARE(std::set(drawn.begin(), drawn.end()).size(), drawn.size());
        QCOMPARE(draw_fraction(set, 1.0, 1), all_indices(1000));
    }

    void stepLabelledSetsAreDrawnFromAsAWhole() {
        const StepLabelledSet set({10, 2, 1, 3, true}, std::vector<std::int8_t>(20), std::vector<std::uint8_t>(20));
        QCOMPARE(draw_fraction(set, 0.35, 1).size(), size_t(4));
        QCOMPARE(draw_fraction(set, 0.001, 1).size(), size_t(1));
    }

    void validationAndTheLimitComeAfterTheShare() {
        const PixelSequenceSet set = digits(unequal);
        DatasetConfig config;
        config.fraction = 0.5;
        config.validation_fraction = 0.1;
        const TrainingSplit split = split_training_set(set, config, 1);
        QCOMPARE(split.validation.size(), size_t(50));
        QCOMPARE(split.train.size(), size_t(450));
        std::vector<int64_t> used = split.train;
        used.insert(used.end(), split.validation.begin(), split.validation.end());
        std::sort(used.begin(), used.end());
        QCOMPARE(used, draw_fraction(set, 0.5, 1));
        config.train_limit = 7;
        const TrainingSplit limited = split_training_set(set, config, 1);
        QCOMPARE(limited.validation, split.validation);
        QCOMPARE(limited.train, std::vector<int64_t>(split.train.begin(), split.train.begin() + 7));
    }
};

RESONATE_TEST(BatchesTest)
#include "batches_test.moc"
