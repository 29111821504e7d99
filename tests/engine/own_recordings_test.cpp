// tests/engine/own_recordings_test.cpp: folders of the user's own recordings.
#include "data/own_recordings.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "complaint.h"
#include "recording_samples.h"
#include "resonate/error.h"
#include "resonate/own_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

struct Place {
    QTemporaryDir temporary;
    fs::path data = fs::path(temporary.path().toStdString()) / "data";
    fs::path folder = fs::path(temporary.path().toStdString()) / "my words";

    DatasetConfig config() const {
        DatasetConfig config;
        config.name = "own_recordings";
        config.path = folder.string();
        return config;
    }
    DatasetSplits load() const { return load_dataset(config(), data); }
    QString complaint_of_loading() const {
        return complaint([&] { load(); });
    }
};

/// `count` recordings of each class, of different lengths.
Files recordings(const std::vector<std::string>& classes, int count, const std::string& prefix = {}) {
    Files files;
    std::uint32_t seed = 1;
    for (const std::string& name : classes)
        for (int i = 0; i < count; ++i, ++seed)
            files[prefix + name + "/" + std::to_string(i) + ".wav"] = clip(seed, 500 + 10 * seed);
    return files;
}

/// Sequences by label.
std::multiset<std::pair<std::int64_t, std::vector<float>>> contents(const SequenceSet& set) {
    std::multiset<std::pair<std::int64_t, std::vector<float>>> found;
    for (std::int64_t n = 0; n < set.shape().count; ++n) found.emplace(labels_of(set, n)[0], input_of(set, n));
    return found;
}

std::vector<int> counts_of(const SequenceSet& set) {
    std::vector<int> counts(static_cast<size_t>(set.shape().classes));
    for (std::int64_t n = 0; n < set.shape().count; ++n) ++counts[static_cast<size_t>(labels_of(set, n)[0])];
    return counts;
}

}  // namespace

class OwnRecordingsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void foldersAreTheClasses() {
        const Place place;
        write_files(place.folder, recordings({"yes", "no", "maybe"}, 2));
        write_files(place.folder, recordings({"_noise", ".hidden"}, 1));
        write(place.folder / "empty" / "notes.txt", "no recording");
        write(place.folder / "readme.txt", "x");
        const DatasetInfo info = describe_dataset(place.config());
        QCOMPARE(info.class_names, (std::vector<std::string>{"maybe", "no", "yes"}));
        QCOMPARE(info.classes, 3);
        QCOMPARE(info.inputs, 13);
        QCOMPARE(info.steps, 100);
        QCOMPARE(info.title, std::string("Own recordings: my words"));
        QVERIFY(info.own);
    }

    void aFifthOfEachClassTests() {
        const Place place;
        write_files(place.folder, recordings({"no", "yes"}, 10));
        const DatasetSplits splits = place.load();
        QCOMPARE(counts_of(*splits.train), (std::vector<int>{8, 8}));
        QCOMPARE(counts_of(*splits.test), (std::vector<int>{2, 2}));
        QVERIFY(splits.validation == nullptr);
        // Names alone decide: another folder with the same names is split the same way.
        const Place other;
        write_files(other.folder, recordings({"no", "yes"}, 10));
        QVERIFY(same(splits, other.load()));
    }

    void aClassNeverGivesAllToTheTest() {
        const Place place;
        write_files(place.folder, recordings({"no", "yes"}, 10));
        write(place.folder / "rare" / "1.wav", clip(1234));
        const DatasetSplits splits = place.load();
        QCOMPARE(counts_of(*splits.train), (std::vector<int>{8, 1, 8}));
        QCOMPARE(counts_of(*splits.test), (std::vector<int>{2, 0, 2}));
    }

    void listsAreFollowed() {
        const Place place;
        write_files(place.folder, recordings({"no", "yes"}, 5));
        write(place.folder / "testing_list.txt", "no/1.wav\nyes/4.wav\n");
        const DatasetSplits tested = place.load();
        QCOMPARE(counts_of(*tested.test), (std::vector<int>{1, 1}));
        QVERIFY(tested.validation == nullptr);
        write(place.folder / "validation_list.txt", "no/0.wav\nno/2.wav");
        const DatasetSplits both = place.load();
        QCOMPARE(counts_of(*both.validation), (std::vector<int>{2, 0}));
        QCOMPARE(counts_of(*both.train), (std::vector<int>{2, 4}));
        QCOMPARE(contents(*both.test), contents(*tested.test));
        // Only what validates is said: a fifth of the rest tests.
        fs::remove(place.folder / "testing_list.txt");
        const DatasetSplits drawn = place.load();
        QCOMPARE(counts_of(*drawn.validation), (std::vector<int>{2, 0}));
        QCOMPARE(counts_of(*drawn.test), (std::vector<int>{1, 1}));
        write(place.folder / "validation_list.txt", "no/7.wav");
        VERIFY_SAYS(place.complaint_of_loading(), "validation_list.txt: expected names of recordings that are there");
    }

    void foldersOfSplitsAreFollowed() {
        const Place place;
        write_files(place.folder, recordings({"a", "b", "c"}, 3, "train/"));
        write_files(place.folder, recordings({"c", "b"}, 2, "test/"));
        QCOMPARE(describe_dataset(place.config()).class_names, (std::vector<std::string>{"a", "b", "c"}));
        const DatasetSplits two = place.load();
        QCOMPARE(counts_of(*two.train), (std::vector<int>{3, 3, 3}));
        QCOMPARE(counts_of(*two.test), (std::vector<int>{0, 2, 2}));
        QVERIFY(two.validation == nullptr);
        write_files(place.folder, recordings({"b"}, 4, "validation/"));
        QCOMPARE(counts_of(*place.load().validation), (std::vector<int>{0, 4, 0}));
        write_files(place.folder, recordings({"d"}, 1, "test/"));
        VERIFY_SAYS(place.complaint_of_loading(), "test/d: expected the classes of");
    }

    void wordsThatAreCalledTrainAndTestAreClasses() {
        const Place place;
        write_files(place.folder, recordings({"train", "test", "plane"}, 5));
        QCOMPARE(describe_dataset(place.config()).class_names, (std::vector<std::string>{"plane", "test", "train"}));
        QCOMPARE(counts_of(*place.load().train), (std::vector<int>{4, 4, 4}));
    }

    void ratesAndWidthsMayDiffer() {
        const Place place;
        Files files = recordings({"no", "yes"}, 5);
        files["yes/high.WAV"] = wav(sound_of(noise(44100)), {44100, 2, 16});
        files["yes/bytes.wav"] = wav(std::string(4000, 'x'), {8000, 1, 8});
        write_files(place.folder, files);
        const DatasetSplits splits = place.load();
        QCOMPARE(splits.train->shape().count + splits.test->shape().count, 12);
    }

    void whatIsWrongIsNamed() {
        const Place place;
        DatasetConfig config = place.config();
        config.path.clear();
        VERIFY_SAYS(complaint([&] { load_dataset(config, place.data); }), "dataset.path: expected a folder");
        VERIFY_SAYS(place.complaint_of_loading(), "found nothing; check the path");
        VERIFY_SAYS(complaint([&] { describe_dataset(place.config()); }), "found nothing; check the path");
        write(place.folder / "notes.txt", "x");
        VERIFY_SAYS(place.complaint_of_loading(), "sub-folders with WAV files, one per class, found 0");
        write_files(place.folder, recordings({"no"}, 5));
        VERIFY_SAYS(place.complaint_of_loading(), "one per class, found 1");
        write(place.folder / "yes" / "1.wav", wav(""));
        VERIFY_SAYS(place.complaint_of_loading(), "yes/1.wav: holds no samples");
        write(place.folder / "yes" / "1.wav", "text");
        VERIFY_SAYS(place.complaint_of_loading(), "yes/1.wav: expected a WAV file");
        config.path = (place.folder / "notes.txt").string();
        VERIFY_SAYS(complaint([&] { load_dataset(config, place.data); }), "found something else");
        const Place few;
        write_files(few.folder, recordings({"no", "yes"}, 1));
        VERIFY_SAYS(few.complaint_of_loading(), "expected recordings to test, found none among 2");
        VERIFY_SAYS(complaint([&] { import_dataset("own_recordings", place.folder, place.data); }),
                    "stay where they are");
    }

    void whatIsCheckedIsKeptInTheDataFolderThatWasChosen() {
        const Place place;
        write_files(place.folder, recordings({"no", "yes"}, 5));
        const OwnDataReport report = check_own_data(place.config(), place.data);
        QVERIFY2(report.problems.empty(), report.problems.empty() ? "" : report.problems[0].c_str());
        QCOMPARE(report.parts[0].label_counts, (std::vector<std::int64_t>{4, 4}));
        const fs::path cache = place.data / "own" / "cache";
        QVERIFY(fs::is_directory(cache));
        QCOMPARE(std::distance(fs::directory_iterator(cache), fs::directory_iterator()), 1);
    }

    void eachFolderHasItsOwnCache() {
        const Place place;
        write_files(place.folder, recordings({"no", "yes"}, 5));
        const DatasetSplits first = place.load();
        const auto kept = [&] {
            return std::distance(fs::directory_iterator(place.data / "own" / "cache"), fs::directory_iterator());
        };
        QCOMPARE(kept(), 1);
        spoil_unseen(place.folder / "no" / "1.wav");
        QVERIFY(same(first, place.load()));
        // By another way to the same folder, too.
        DatasetConfig around = place.config();
        around.path = (place.folder / ".." / place.folder.filename()).string();
        QVERIFY(same(first, load_dataset(around, place.data)));
        QCOMPARE(kept(), 1);
        Place other;
        write_files(other.folder, recordings({"left", "right"}, 6));
        other.data = place.data;
        other.load();
        QCOMPARE(kept(), 2);
        QVERIFY(same(first, place.load()));
        // A new, a removed and a changed recording are seen.
        write(place.folder / "no" / "1.wav", clip(51));
        const DatasetSplits changed = place.load();
        QVERIFY(!same(first, changed));
        write(place.folder / "no" / "new.wav", clip(52));
        QCOMPARE(place.load().train->shape().count + place.load().test->shape().count, 11);
        fs::remove(place.folder / "no" / "new.wav");
        QVERIFY(same(changed, place.load()));
        QCOMPARE(kept(), 2);
    }
};

RESONATE_TEST(OwnRecordingsTest)
#include "own_recordings_test.moc"
