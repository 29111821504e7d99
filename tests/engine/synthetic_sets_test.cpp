// tests/engine/synthetic_sets_test.cpp: digits drawn and spoken by the program itself.
#include <QTest>
#include <cstring>

#include "data/permutation.h"
#include "data/synthetic_digits.h"
#include "data/synthetic_spoken_digits.h"
#include "linear_classifier.h"
#include "resonate/datasets.h"
#include "set_contents.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

/// FNV-1a over what the sequences hold.
std::uint64_t fingerprint(const SequenceSet& set) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (std::int64_t n = 0; n < set.shape().count; ++n)
        for (const float value : input_of(set, n)) {
            std::uint32_t bits = 0;
            std::memcpy(&bits, &value, sizeof bits);
            hash = (hash ^ bits) * 0x100000001b3ULL;
        }
    return hash;
}

/// The same seed gives the same beginning, whatever comes behind it; anything else gives something else.
template <class Generate>
void verify_streams(Generate generate) {
    const auto a = generate(3, 5, "train");
    const auto b = generate(40, 5, "train");
    for (int n = 0; n < 3; ++n) {
        QCOMPARE(input_of(*a, n), input_of(*b, n));
        QCOMPARE(labels_of(*a, n), labels_of(*b, n));
    }
    QVERIFY(input_of(*a, 0) != input_of(*generate(1, 6, "train"), 0));
    QVERIFY(input_of(*a, 0) != input_of(*generate(1, 5, "test"), 0));
    QVERIFY(input_of(*b, 0) != input_of(*b, b->shape().classes));
}

DatasetConfig config_of(const std::string& name, int train, int test) {
    DatasetConfig config;
    config.name = name;
    config.synthetic_train = train;
    config.synthetic_test = test;
    return config;
}

}  // namespace

class SyntheticDigitsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theSameSeedGivesTheSameImages() {
        verify_streams([](auto count, auto seed, auto split) { return generate_synthetic_digits(count, seed, split); });
    }

    void theyAreTheSameOnEveryMachine() {
        QCOMPARE(fingerprint(*generate_synthetic_digits(100, 1, "train")), std::uint64_t{9917241682502526455U});
    }

    void theyLookLikeThoseOfMnist() {
        const auto set = generate_synthetic_digits(500, 1, "train");
        QCOMPARE(set->shape().steps, 784);
        QCOMPARE(set->shape().inputs, 1);
        QCOMPARE(set->shape().classes, 10);
        double ink = 0;
        double lit = 0;
        for (int n = 0; n < 500; ++n) {
            const std::vector<float> image = input_of(*set, n);
            QCOMPARE(labels_of(*set, n).front(), n % 10);
            float darkest = 0;
            double here = 0;
            for (size_t pixel = 0; pixel < image.size(); ++pixel) {
                darkest = std::max(darkest, image[pixel]);
                here += image[pixel];
                lit += image[pixel] > 0;
                const size_t x = pixel % 28, y = pixel / 28;
                const bool rim = x == 0 || y == 0 || x == 27 || y == 27;
                QVERIFY2(!rim || image[pixel] < 0.6F, "a digit touches the rim");
            }
            QVERIFY(darkest > 0.7F && darkest <= 1);
            QVERIFY2(here > 15, "a digit is nearly invisible");
            ink += here;
        }
        qInfo("mean pixel %.3f (MNIST: 0.131), lit %.3f (MNIST: 0.191)", ink / 500 / 784, lit / 500 / 784);
        QVERIFY(ink / 500 / 784 > 0.08 && ink / 500 / 784 < 0.18);
    }

    void noLinearReadOutSolvesThem() {
        const auto train = generate_synthetic_digits(1500, 1, "train");
        const auto test = generate_synthetic_digits(500, 1, "test");
        const double sums = linear_accuracy_on_totals(*train, *test, 1e-3);
        const double pixels = linear_accuracy_on_all(*train, *test, 10);
        qInfo("least squares: %.1f %% on summed input, %.1f %% on all pixels", 100 * sums, 100 * pixels);
        QVERIFY(sums < 0.3);
        QVERIFY(pixels > 0.6 && pixels < 0.93);
    }

    void permutedDigitsAreTheSameInAnotherOrder() {
        DatasetConfig config = config_of("synthetic_digits_permuted", 20, 10);
        config.permutation_seed = 3;
        const DatasetSplits permuted = load_dataset(config, {});
        config.name = "synthetic_digits";
        const DatasetSplits plain = load_dataset(config, {});
        QCOMPARE(permuted.permutation, draw_permutation(784, 3));
        QVERIFY(plain.permutation.empty());
        for (const auto& [other, set] : {std::pair(permuted.train, plain.train), {permuted.test, plain.test}}) {
            const std::vector<float> image = input_of(*set, 7);
            const std::vector<float> shown = input_of(*other, 7);
            for (size_t t = 0; t < 784; ++t) QCOMPARE(shown[t], image[static_cast<size_t>(permuted.permutation[t])]);
        }
    }
};

class SyntheticSpokenDigitsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theSameSeedGivesTheSameSequences() {
        verify_streams(
            [](auto count, auto seed, auto split) { return generate_synthetic_spoken_digits(count, seed, split); });
    }

    void theyAreTheSameOnEveryMachine() {
        QCOMPARE(fingerprint(*generate_synthetic_spoken_digits(40, 1, "train")), std::uint64_t{14464408350113955365U});
    }

    void theyHaveTheFormOfShd() {
        const auto set = generate_synthetic_spoken_digits(200, 1, "train");
        QCOMPARE(set->shape().steps, 250);
        QCOMPARE(set->shape().inputs, 700);
        QCOMPARE(set->shape().classes, 20);
        double events = 0;
        for (int n = 0; n < 200; ++n) {
            QCOMPARE(labels_of(*set, n).front(), n % 20);
            const SequenceEvents view = *set->events(n);
            QCOMPARE(view.offsets.size(), size_t{251});
            const auto here = view.offsets.back() - view.offsets.front();
            QVERIFY2(here > 200 && here < 12000, qPrintable(QString::number(here)));
            events += here;
            for (size_t t = 0; t < 250; ++t)
                for (std::uint32_t e = view.offsets[t]; e < view.offsets[t + 1]; ++e) {
                    QVERIFY(view.channels[e] >= 1 && view.channels[e] < 700);
                    QVERIFY(e == view.offsets[t] || view.channels[e] > view.channels[e - 1]);
                }
        }
        const double share = events / 200 / 250 / 700;
        qInfo("%.0f events in a sequence, %.4f of the places", events / 200, share);
        QVERIFY(std::abs(share - dataset_info("synthetic_spoken_digits").input_rate) < 0.004);
        // Two bytes for an event and four for a step: as floats they would take 700 KB each.
        QVERIFY(set->stored_bytes() < 200 * 10000);
    }

    void aLinearReadOutOfSummedEventsDoesNotSolveThem() {
        const auto train = generate_synthetic_spoken_digits(1000, 1, "train");
        const auto test = generate_synthetic_spoken_digits(300, 1, "test");
        const double accuracy = linear_accuracy_on_totals(*train, *test, 1e4);
        qInfo("least squares on summed events: %.1f %%", 100 * accuracy);
        QVERIFY(accuracy > 0.1 && accuracy < 0.7);
    }

    void theSetIsGeneratedByItsName() {
        const DatasetSplits data = load_dataset(config_of("synthetic_spoken_digits", 40, 20), {});
        QCOMPARE(data.train->shape().count, 40);
        QCOMPARE(data.test->shape().count, 20);
        QVERIFY(data.train->events(0).has_value());
        for (const DatasetInfo& info : dataset_catalogue())
            if (info.synthetic) QVERIFY2(info.title.starts_with("Synthetic "), info.title.c_str());
    }
};

RESONATE_TEST(SyntheticDigitsTest)
RESONATE_TEST(SyntheticSpokenDigitsTest)
#include "synthetic_sets_test.moc"
