// tests/engine/shd_test.cpp: events of SHD in steps, and the files they come from.
#include "shd_file.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "complaint.h"
#include "data/random.h"
#include "data/cache_file.h"
#include "data/event_cache.h"
#include "data/shd_hdf5.h"
#include "data/spike_bins.h"
#include "resonate/datasets.h"
#include "set_contents.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float infinite = std::numeric_limits<float>::infinity();

fs::path real_folder() { return shared_dir() / "data" / "spoken-digits"; }

using Events = std::vector<std::pair<int, int>>;  // (step, channel)

Events binned(const std::vector<double>& times, const std::vector<std::int32_t>& units) {
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint16_t> channels;
    shd::append_binned(times, units, offsets, channels);
    Events events;
    for (int step = 0; step + 1 < static_cast<int>(offsets.size()); ++step)
        for (std::uint32_t event = offsets[step]; event < offsets[step + 1]; ++event)
            events.emplace_back(step, channels[event]);
    return events;
}

Events events_of(const SequenceSet& set, std::int64_t index) {
    const SequenceEvents view = *set.events(index);
    Events events;
    for (int step = 0; step + 1 < static_cast<int>(view.offsets.size()); ++step)
        for (std::uint32_t event = view.offsets[step]; event < view.offsets[step + 1]; ++event)
            events.emplace_back(step, view.channels[event]);
    return events;
}

struct File {
    QTemporaryDir folder;
    fs::path path = fs::path(folder.path().toStdString()) / "mine.h5";

    explicit File(const std::vector<Sample>& samples, const ShdLayout& layout = {}) {
        write_shd(path, samples, layout);
    }
    auto read() const { return read_shd(path); }
    QString complaint_of_reading() const {
        return complaint([&] { read(); });
    }
};

const std::vector<Sample> two_samples{{{0.25F, 0.5F}, {7, 690}, 3}, {{0.125F}, {1}, 19}};

}  // namespace

class ShdBinningTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aStepTakesWhatHappensUpToItsTime_data() {
        QTest::addColumn<double>("time");
        QTest::addColumn<int>("bin");
        QTest::newRow("zero") << 0.0 << 0;
        QTest::newRow("before zero") << -0.5 << 0;
        QTest::newRow("just after zero") << 1e-9 << 1;
        QTest::newRow("inside a step") << 0.0039 << 1;
        QTest::newRow("on a border") << 0.004 << 1;
        QTest::newRow("just after a border") << std::nextafter(0.004, 1.0) << 2;
        QTest::newRow("border whose quotient rounds up") << 3 * 0.004 << 3;
        QTest::newRow("half a second") << 0.5 << 125;
        QTest::newRow("last step") << 249 * 0.004 << 249;
        QTest::newRow("just after the last step") << std::nextafter(249 * 0.004, 1.0) << -1;
        QTest::newRow("a second") << 1.0 << -1;
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << -1;
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << -1;
        QTest::newRow("before all time") << -std::numeric_limits<double>::infinity() << -1;
    }
    void aStepTakesWhatHappensUpToItsTime() {
        QFETCH(double, time);
        QFETCH(int, bin);
        QCOMPARE(shd::bin_of(time), bin);
    }

    void everyBorderBelongsToTheStepItEnds() {
        for (int i = 1; i < 250; ++i) {
            QCOMPARE(shd::bin_of(i * 0.004), i);
            QCOMPARE(shd::bin_of(std::nextafter(i * 0.004, 0.0)), i);
            QCOMPARE(shd::bin_of(std::nextafter(i * 0.004, 2.0)), i == 249 ? -1 : i + 1);
        }
    }

    void unitKIsChannel700MinusK() {
        QCOMPARE(binned({0.1, 0.1, 0.1}, {1, 350, 699}), (Events{{25, 1}, {25, 350}, {25, 699}}));
    }

    void unit0IsDropped() { QCOMPARE(binned({0.1, 0.2}, {0, 5}), (Events{{50, 695}})); }

    void severalEventsOfAUnitInAStepCountOnce() {
        QCOMPARE(binned({0.0121, 0.013, 0.0159, 0.0161}, {9, 9, 9, 9}), (Events{{4, 691}, {5, 691}}));
    }

    void theOrderOfEventsDoesNotMatter() {
        QCOMPARE(binned({0.9, 0.1, 0.1, 0.0}, {3, 2, 8, 4}), (Events{{0, 696}, {25, 692}, {25, 698}, {225, 697}}));
    }

    void noEventsAreSilence() { QVERIFY(binned({}, {}).empty()); }
};

class ShdReaderTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void samplesLandInTheirPlace() {
        const auto set = File(two_samples).read();
        QCOMPARE(set->shape().count, 2);
        QCOMPARE(set->shape().steps, 250);
        QCOMPARE(set->shape().inputs, 700);
        QCOMPARE(set->shape().classes, 20);
        QVERIFY(!set->shape().label_per_step);
        // 0.25 s lies in the middle of the step that ends at 0.252 s.
        QCOMPARE(events_of(*set, 0), (Events{{63, 693}, {125, 10}}));
        QCOMPARE(events_of(*set, 1), (Events{{32, 699}}));
        QCOMPARE(labels_of(*set, 0)[0], 3);
        QCOMPARE(labels_of(*set, 1)[0], 19);
    }

    void denseInputSaysWhatTheEventsSay() {
        const auto set = File(two_samples).read();
        // Into a batch of two, over what lay there before.
        std::vector<float> batch(250 * 2 * 700, 5.0F);
        for (std::int64_t n = 0; n < 2; ++n) set->write_input(n, batch.data() + n * 700, 2 * 700);
        for (std::int64_t n = 0; n < 2; ++n) {
            const Events events = events_of(*set, n);
            for (int t = 0; t < 250; ++t)
                for (int i = 0; i < 700; ++i) {
                    const bool event = std::find(events.begin(), events.end(), std::pair(t, i)) != events.end();
                    if (batch[static_cast<size_t>((t * 2 + n) * 700 + i)] != (event ? 1.0F : 0.0F))
                        QFAIL(qPrintable(QStringLiteral("sample %1, step %2, channel %3").arg(n).arg(t).arg(i)));
                }
        }
    }

    void timesThatAreNotFiniteAreDroppedAndSilenceIsKept() {
        const auto set = File({{{not_a_number, 0.1F, infinite}, {5, 6, 7}, 0}, {{}, {}, 1}}).read();
        QCOMPARE(events_of(*set, 0), (Events{{25, 694}}));
        QVERIFY(events_of(*set, 1).empty());
    }

    void moreSamplesThanOneBlockKeepTheirOrder() {
        std::vector<Sample> samples;
        for (int n = 0; n < 600; ++n) samples.push_back({std::vector<float>(n % 7, 0.5F), {}, n % 20});
        for (int n = 0; n < 600; ++n)
            for (int k = 0; k < n % 7; ++k) samples[n].units.push_back(1 + (n + 100 * k) % 699);
        const auto set = File(samples).read();
        QCOMPARE(set->shape().count, 600);
        for (int n = 0; n < 600; ++n) {
            QCOMPARE(events_of(*set, n).size(), samples[n].times.size());
            QCOMPARE(labels_of(*set, n)[0], n % 20);
        }
    }

    void somethingElseIsNotAnHdf5File() {
        const File file(two_samples);
        write(file.path, "");
        VERIFY_SAYS(file.complaint_of_reading(), "mine.h5: expected an HDF5 file, found an empty file");
        write(file.path, "<html>202</html>");
        VERIFY_SAYS(file.complaint_of_reading(), "mine.h5: expected an HDF5 file, found something else");
        VERIFY_SAYS(complaint([&] { read_shd("/nowhere/mine.h5"); }), "/nowhere/mine.h5: is not a file");
    }

    void missingPartsAreNamed() {
        ShdLayout layout;
        layout.times_path = "/times";
        VERIFY_SAYS(File(two_samples, layout).complaint_of_reading(), "mine.h5: /spikes/times is missing");
        layout = {};
        layout.units_path = "/spikes/unit";
        VERIFY_SAYS(File(two_samples, layout).complaint_of_reading(), "mine.h5: /spikes/units is missing");
        layout = {};
        layout.labels_path = "/label";
        VERIFY_SAYS(File(two_samples, layout).complaint_of_reading(), "mine.h5: /labels is missing");
    }

    void wrongTypesAreNamed() {
        ShdLayout layout;
        layout.half_times = false;
        VERIFY_SAYS(File(two_samples, layout).complaint_of_reading(),
                    "/spikes/times: expected variable-length lists of floating-point seconds");
        layout = {};
        layout.lists = false;
        VERIFY_SAYS(File(two_samples, layout).complaint_of_reading(), "/spikes/times: expected variable-length lists");
    }

    void unequalCountsAreNamed() {
        ShdLayout layout;
        layout.units_left_out = 1;
        VERIFY_SAYS(File(two_samples, layout).complaint_of_reading(), "/spikes/units has 1 samples but");
        layout = {};
        layout.labels_left_out = 1;
        VERIFY_SAYS(File(two_samples, layout).complaint_of_reading(), "/labels has 1 samples but");
        VERIFY_SAYS(File({{{0.1F}, {1}, 0}, {{0.1F, 0.2F}, {1}, 0}}).complaint_of_reading(),
                    "/spikes/units: expected 2 units for as many times in sample 1, found 1");
    }

    void unitsAndLabelsOutOfRangeAreNamed() {
        VERIFY_SAYS(File({{{0.1F, 0.2F}, {1, 700}, 0}}).complaint_of_reading(),
                    "/spikes/units: expected units 0 to 699, found 700 at event 1 of sample 0");
        VERIFY_SAYS(File({{{0.1F}, {1}, 0}, {{0.1F}, {1}, 20}}).complaint_of_reading(),
                    "/labels: expected 0 to 19, found 20 for sample 1");
    }

    void aFileCutOffGivesASentence() {
        const File file(two_samples);
        const std::string whole = bytes_of(file.path);
        Random random(3);
        for (int i = 0; i < 40; ++i) {
            write(file.path, whole.substr(0, random.below(whole.size())));
            VERIFY_SAYS(file.complaint_of_reading(), "mine.h5");
        }
    }

    void realRecordingsStaySparse() {
        REQUIRE_SHARED(real_folder());
        QElapsedTimer timer;
        timer.start();
        const auto set = read_shd(real_folder() / "spoken_digits_train.h5");
        QCOMPARE(set->shape().count, 1800);
        std::vector<int> counts(20);
        size_t events = 0;
        for (std::int64_t n = 0; n < 1800; ++n) {
            ++counts[static_cast<size_t>(labels_of(*set, n)[0])];
            const auto offsets = set->events(n)->offsets;
            events += offsets.back() - offsets.front();
        }
        for (int label = 0; label < 20; ++label) QCOMPARE(counts[label], label < 10 ? 180 : 0);
        qInfo("%zu events: %lld ms, %zu bytes, as dense floats %d MB", events, timer.elapsed(), set->stored_bytes(),
              1800 * 250 * 700 / 1000000 * 4);
        // 5 809 226 spikes, of which 4621 of unit 0 and 28 after the last step are dropped, and those that share a
        // step.
        QVERIFY(events <= 5809226 - 4621);
        QVERIFY(events > 5700000);
        // Two bytes an event, four a step.
        QVERIFY(set->stored_bytes() < 1.1 * (2.0 * static_cast<double>(events) + 4.0 * 1800 * 250));
    }

    void theyLoadByNameAndSayTheyAreNotShd() {
        REQUIRE_SHARED(real_folder());
        DatasetConfig config;
        config.name = "spoken_digits";
        const DatasetSplits data = load_dataset(config, shared_dir() / "data");
        QCOMPARE(data.test->shape().count, 300);
        QVERIFY(data.permutation.empty());
        QVERIFY(dataset_info("spoken_digits").title.find("not SHD") != std::string::npos);
    }

    void whatWasReadIsKept() {
        REQUIRE_SHARED(real_folder());
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        import_dataset("spoken_digits", real_folder(), data);
        DatasetConfig config;
        config.name = "spoken_digits";
        const auto input = [&] { return input_of(*load_dataset(config, data).test, 7); };
        const auto first = input();
        const fs::path kept = data / "spoken-digits" / "cache" / "spoken_digits_test.h5.events";
        QVERIFY(fs::exists(kept));
        // The file itself is read no more; it need not even be whole.
        const fs::path file = data / "spoken-digits" / "spoken_digits_test.h5";
        const auto time = fs::last_write_time(file);
        std::string bytes = bytes_of(file);
        bytes[1000000] ^= 1;
        write(file, bytes);
        fs::last_write_time(file, time);
        QCOMPARE(input(), first);
        // Another time is another file.
        fs::last_write_time(file, time + std::chrono::seconds(5));
        VERIFY_SAYS(complaint(input), "spoken_digits_test.h5: expected SHA-256");
        remove_dataset("spoken_digits", data);
        QVERIFY(!fs::exists(kept));
    }

    void aDamagedCopyOfWhatWasReadIsNotUsed() {
        QTemporaryDir folder;
        const fs::path file = folder.filePath("some.h5").toStdString();
        write_shd(file, two_samples);
        const auto set = read_shd(file);
        const EventCache cache{file.parent_path() / "cache" / "some.events", file_key(file)};
        QVERIFY(!open_event_cache(cache));
        keep_events(*set, cache);
        const auto found = open_event_cache(cache);
        QVERIFY(found);
        for (std::int64_t n = 0; n < 2; ++n) {
            QCOMPARE(input_of(*found, n), input_of(*set, n));
            QCOMPARE(labels_of(*found, n), labels_of(*set, n));
        }
        QVERIFY(!open_event_cache({cache.file, "another"}));
        const std::string whole = bytes_of(cache.file);
        for (size_t place = 0; place < whole.size(); place += 7) {
            std::string damaged = whole;
            damaged[place] ^= 4;
            write(cache.file, damaged);
            QVERIFY2(!open_event_cache(cache), qPrintable(QString::number(place)));
            write(cache.file, whole.substr(0, place));
            QVERIFY2(!open_event_cache(cache), qPrintable(QString::number(place)));
        }
        // A folder made read-only is left alone.
        fs::permissions(file.parent_path(), fs::perms::owner_read | fs::perms::owner_exec);
        keep_events(*set, {file.parent_path() / "other" / "some.events", "key"});
        QVERIFY(!fs::exists(file.parent_path() / "other"));
        fs::permissions(file.parent_path(), fs::perms::owner_all);
    }

    void aDamagedFileNeverReachesTheHdf5Library() {
        REQUIRE_SHARED(real_folder());
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        import_dataset("spoken_digits", real_folder(), data);
        const fs::path file = data / "spoken-digits" / "spoken_digits_test.h5";
        std::string bytes = bytes_of(file);
        bytes[1000000] ^= 1;
        fs::remove(file);
        write(file, bytes);
        DatasetConfig config;
        config.name = "spoken_digits";
        VERIFY_SAYS(complaint([&] { load_dataset(config, data); }), "spoken_digits_test.h5: expected SHA-256 e060f041");
    }

    void shdOfUnknownContentIsRefusedByItsMd5() {
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        fs::create_directories(data / "shd");
        write_shd(data / "shd" / "shd_train.h5", two_samples);
        write_shd(data / "shd" / "shd_test.h5", two_samples);
        QCOMPARE(dataset_status("shd", data).status, DatasetStatus::ready);
        const DatasetReport report = verify_dataset("shd", data);
        QCOMPARE(report.status, DatasetStatus::corrupt);
        VERIFY_SAYS(QString::fromStdString(report.message), "shd_train.h5: expected MD5 8e9877c8");
        VERIFY_SAYS(complaint([&] { import_dataset("shd", data / "shd", data / "other"); }), "expected MD5 8e9877c8");
    }
};

RESONATE_TEST(ShdBinningTest)
RESONATE_TEST(ShdReaderTest)
#include "shd_test.moc"
