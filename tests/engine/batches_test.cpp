// tests/engine/batches_test.cpp: which sequences train and validate.
#include "training/batches.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "data/coefficient_set.h"
#include "data/pixel_sequence_set.h"
#include "data/step_labelled_set.h"
#include "test_registry.h"
#include "training/batch_stream.h"

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

/// As load_dataset() gives it of a set without validation sequences of its own.
DatasetSplits without_validation(const std::vector<int>& train) {
    return {std::make_shared<PixelSequenceSet>(digits(train)), std::make_shared<PixelSequenceSet>(digits(unequal))};
}

/// Sequences of 2 steps with 2 inputs, that lie in `values` [N, 2, 2].
CoefficientSet coefficients(const std::vector<float>& values) {
    const auto memory = std::make_shared<const std::vector<float>>(values);
    std::vector<const float*> rows;
    for (size_t at = 0; at < values.size(); at += 4) rows.push_back(memory->data() + at);
    const auto count = static_cast<std::int64_t>(rows.size());
    return {{count, 2, 2, 2, false}, memory, rows, std::vector<std::uint16_t>(rows.size())};
}

Batch standardised(const CoefficientSet& set) {
    return make_batch(set, all_indices(set.shape().count), {.standardise = true});
}

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
        const DatasetSplits data = without_validation(unequal);
        DatasetConfig config;
        config.fraction = 0.5;
        config.validation_fraction = 0.1;
        const TrainingSplit split = split_training_set(data, config, 1);
        QCOMPARE(split.validation.size(), size_t(50));
        QCOMPARE(split.train.size(), size_t(450));
        std::vector<int64_t> used = split.train;
        used.insert(used.end(), split.validation.begin(), split.validation.end());
        std::sort(used.begin(), used.end());
        QCOMPARE(used, draw_fraction(*data.train, 0.5, 1));
        // The test set is used whole.
        QCOMPARE(split.test, all_indices(1000));
        QCOMPARE(&validation_set(data), data.train.get());
        config.train_limit = 7;
        const TrainingSplit limited = split_training_set(data, config, 1);
        QCOMPARE(limited.validation, split.validation);
        QCOMPARE(limited.train, std::vector<int64_t>(split.train.begin(), split.train.begin() + 7));
    }

    void aPublishedValidationSetIsUsedAsItIs() {
        DatasetSplits data = without_validation(unequal);
        data.validation = std::make_shared<PixelSequenceSet>(digits({500, 500}));
        DatasetConfig config;
        config.validation_fraction = 0.3;
        const TrainingSplit split = split_training_set(data, config, 1);
        QCOMPARE(split.train.size(), size_t(1000));
        QCOMPARE(split.validation, all_indices(1000));
        QCOMPARE(split.test, all_indices(1000));
        QCOMPARE(&validation_set(data), data.validation.get());
        // A limit takes any of the training set, not its beginning.
        config.train_limit = 10;
        const TrainingSplit limited = split_training_set(data, config, 1);
        QCOMPARE(limited.train.size(), size_t(10));
        QVERIFY(!std::is_sorted(limited.train.begin(), limited.train.end()));
        QCOMPARE(limited.validation.size(), size_t(1000));
    }

    void aShareOfASetWithPublishedValidationIsTakenOfAllThree() {
        DatasetSplits data = without_validation(unequal);
        data.validation = std::make_shared<PixelSequenceSet>(digits({500, 500}));
        DatasetConfig config;
        config.fraction = 0.25;
        const TrainingSplit split = split_training_set(data, config, 1);
        QCOMPARE(counts_of(*data.train, split.train), (std::vector<int>{150, 75, 25, 1}));
        QCOMPARE(counts_of(*data.validation, split.validation), (std::vector<int>{125, 125}));
        QCOMPARE(counts_of(*data.test, split.test), (std::vector<int>{150, 75, 25, 1}));
        // Drawn for itself: not the same places as in the training set.
        std::vector<int64_t> train = split.train;
        std::sort(train.begin(), train.end());
        QVERIFY(train != split.test);
        QCOMPARE(split_training_set(data, config, 1).test, split.test);
        QVERIFY(split_training_set(data, config, 2).test != split.test);
    }

    void eachInputIsStandardisedOverBatchAndTime() {
        // Input 0: 1, 2, 3, 6 (mean 3, squares 4 + 1 + 0 + 9 = 14); input 1: 10, 10, -10, -10.
        const CoefficientSet set = coefficients({1, 10, 2, 10, 3, -10, 6, -10});
        const torch::Tensor found = standardised(set).input;
        const double a = std::sqrt(14.0 / 3);
        const double b = std::sqrt(400.0 / 3);
        const torch::Tensor wanted = torch::tensor({{{-2 / a, 10 / b}, {0 / a, -10 / b}},  //
                                                    {{-1 / a, 10 / b}, {3 / a, -10 / b}}});
        QVERIFY(torch::allclose(found, wanted.to(torch::kFloat32), 1e-6, 1e-6));
        // As LibTorch computes it.
        const std::vector<int64_t> axes{0, 1};
        const at::IntArrayRef both(axes);
        const torch::Tensor plain = make_batch(set, all_indices(2), {}).input.to(torch::kFloat64);
        const torch::Tensor by_torch = (plain - plain.mean(both, true)) / (plain.std(both, true, true) + 1e-8);
        QVERIFY(torch::allclose(found, by_torch.to(torch::kFloat32), 1e-6, 1e-6));
    }

    void anInputThatNeverChangesBecomesZero() {
        const CoefficientSet set = coefficients({0.1F, 1, 0.1F, 2, 0.1F, 3, 0.1F, 4});
        const torch::Tensor found = standardised(set).input;
        QVERIFY((found.select(2, 0) == 0).all().item<bool>());
        QVERIFY(std::abs(found.select(2, 1).std().item<double>() - 1) < 1e-6);
        QVERIFY((standardised(coefficients({0, 0, 0, 0})).input == 0).all().item<bool>());
    }

    void aStreamGivesTheBatchesInOrder() {
        const PixelSequenceSet set = digits({500, 500});
        const auto make = [&](int number) {
            const std::vector<int64_t> indices{number};
            return make_batch(set, indices, {});
        };
        BatchStream stream(make, 1, 5);
        for (int number = 1; number < 5; ++number)
            QVERIFY(stream.next().labels.equal(make(number).labels));
        BatchStream nothing(make, 5, 5);
    }

    void whatAStreamsBatchThrowsArrivesWithIt() {
        const PixelSequenceSet set = digits({500, 500});
        BatchStream stream(
            [&](int number) {
                if (number == 1) throw std::runtime_error("no batch 1");
                const std::vector<int64_t> indices{number};
                return make_batch(set, indices, {});
            },
            0, 2);
        stream.next();
        QVERIFY_EXCEPTION_THROWN(stream.next(), std::runtime_error);
    }

    void onlyCoefficientsAreStandardised() {
        DatasetConfig config;
        config.standardise = true;
        config.name = "gsc";
        QVERIFY(standardises(config));
        config.name = "own_recordings";
        QVERIFY(standardises(config));
        config.name = "ecg";
        QVERIFY(!standardises(config));
        config.name = "gsc";
        config.standardise = false;
        QVERIFY(!standardises(config));
    }
};

RESONATE_TEST(BatchesTest)
#include "batches_test.moc"
