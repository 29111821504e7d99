// tests/engine/sample_browser_test.cpp: single sequences of every kind of set, as browsing sees them.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <set>

#include "complaint.h"
#include "resonate/samples.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

/// A small generated set, as `name`.
DatasetConfig small(const std::string& name) {
    DatasetConfig config;
    config.name = name;
    config.synthetic_train = 7;
    config.synthetic_test = 3;
    return config;
}

std::filesystem::path real_data() { return shared_dir() / "data"; }

}  // namespace

class SampleBrowserTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void generatedSequencesHaveTheShapeOfTheSet() {
        const SampleBrowser browser(small("synthetic_ecg"), {});
        QCOMPARE(browser.info().name, std::string("synthetic_ecg"));
        QCOMPARE(browser.count(Split::train), 7);
        QCOMPARE(browser.count(Split::validation), 0);
        QCOMPARE(browser.count(Split::test), 3);
        const Sample sample = browser.sample(Split::test, 2);
        QCOMPARE(sample.steps, browser.info().steps);
        QCOMPARE(sample.inputs, browser.info().inputs);
        QCOMPARE(sample.input.size(), static_cast<size_t>(sample.steps * sample.inputs));
        QCOMPARE(sample.labels.size(), static_cast<size_t>(sample.steps));
        for (const float value : sample.input) QVERIFY(value == 0.0F || value == 1.0F);
        for (const std::int64_t label : sample.labels) QVERIFY(label >= 0 && label < browser.info().classes);
        QVERIFY(sample.input != browser.sample(Split::test, 1).input);
        QVERIFY(browser.step_order().empty());
    }

    void everyClassHasAllSequencesWhereEachStepHasItsLabel() {
        const SampleBrowser browser(small("synthetic_ecg"), {});
        const std::vector<std::int64_t> all = {0, 1, 2};
        for (int label = 0; label < browser.info().classes; ++label)
            QCOMPARE(browser.of_class(Split::test, label), all);
        QVERIFY(browser.of_class(Split::validation, 0).empty());
    }

    void placesThatAreNotThereAreNamed() {
        const SampleBrowser browser(small("synthetic_ecg"), {});
        VERIFY_SAYS(complaint([&] { browser.sample(Split::test, 3); }), "test sequence from 0 to 2, found index 3");
        VERIFY_SAYS(complaint([&] { browser.sample(Split::train, -1); }), "found index -1");
        VERIFY_SAYS(complaint([&] { browser.sample(Split::validation, 0); }), "no validation sequences");
        VERIFY_SAYS(complaint([&] { browser.of_class(Split::test, 6); }), "class from 0 to 5, found 6");
        VERIFY_SAYS(complaint([&] { browser.of_class(Split::test, -1); }), "found -1");
    }

    void missingFilesAndUnknownSetsAreNamed() {
        QTemporaryDir empty;
        const std::filesystem::path folder = empty.path().toStdString();
        VERIFY_SAYS(complaint([&] { SampleBrowser(small("ecg"), folder); }), "QTDB_train.mat");
        VERIFY_SAYS(complaint([&] { SampleBrowser(small("atlantis"), folder); }), "atlantis");
    }

    void digitsAreSortedByClassWithoutLosingOne() {
        REQUIRE_SHARED(real_data() / "mnist");
        const SampleBrowser browser(small("smnist"), real_data());
        std::set<std::int64_t> seen;
        for (int digit = 0; digit < 10; ++digit) {
            const auto& list = browser.of_class(Split::test, digit);
            QVERIFY(std::is_sorted(list.begin(), list.end()));
            for (const std::int64_t index : list) QVERIFY(seen.insert(index).second);
            QCOMPARE(browser.sample(Split::test, list.front()).labels, std::vector<std::int64_t>{digit});
            QCOMPARE(browser.sample(Split::test, list.back()).labels, std::vector<std::int64_t>{digit});
        }
        QCOMPARE(static_cast<std::int64_t>(seen.size()), browser.count(Split::test));
    }

    /// What a view needs to show the digit of a permuted set: where on the picture each step lies.
    void stepOrderLeadsFromThePermutedSetToThePublishedOne() {
        REQUIRE_SHARED(real_data() / "mnist");
        const SampleBrowser plain(small("smnist"), real_data());
        const SampleBrowser permuted(small("psmnist"), real_data());
        QVERIFY(plain.step_order().empty());
        QCOMPARE(permuted.step_order().size(), size_t{784});
        const Sample shown = permuted.sample(Split::test, 5);
        std::vector<float> published(shown.input.size());
        for (size_t t = 0; t < published.size(); ++t)
            published[static_cast<size_t>(permuted.step_order()[t])] = shown.input[t];
        QCOMPARE(published, plain.sample(Split::test, 5).input);
        QVERIFY(published != shown.input);
    }

    void spokenDigitsAreTheEventsOfTheirFile() {
        REQUIRE_SHARED(real_data() / "spoken-digits");
        const SampleBrowser browser(small("spoken_digits"), real_data());
        QCOMPARE(browser.count(Split::test), 300);
        QVERIFY(browser.of_class(Split::test, 10).empty());  // a class nobody spoke
        const Sample sample = browser.sample(Split::test, browser.of_class(Split::test, 3).front());
        QCOMPARE(sample.labels, std::vector<std::int64_t>{3});
        const auto events = std::count(sample.input.begin(), sample.input.end(), 1.0F);
        QVERIFY(events > 500);
        QCOMPARE(events + std::count(sample.input.begin(), sample.input.end(), 0.0F),
                 static_cast<std::ptrdiff_t>(sample.input.size()));
    }
};

RESONATE_TEST(SampleBrowserTest)
#include "sample_browser_test.moc"
