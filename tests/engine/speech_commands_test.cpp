// tests/engine/speech_commands_test.cpp: Google Speech Commands, packed and unpacked.
#include "data/speech_commands.h"

#include <QTest>
#include <fstream>
#include <sstream>

#include "data/mfcc.h"
#include "data/recording.h"
#include "resonate/download.h"
#include "resonate/error.h"
#include "speech_commands_fixture.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class SpeechCommandsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theCatalogueKnowsIt() {
        const DatasetInfo& info = dataset_info("gsc");
        QCOMPARE(info.class_names.size(), size_t(35));
        QVERIFY(std::is_sorted(info.class_names.begin(), info.class_names.end()));
        QCOMPARE(info.classes, 35);
        QCOMPARE(info.inputs, 13);
        QCOMPARE(info.steps, 100);
        QCOMPARE(info.channel_names.size(), size_t(13));
        QCOMPARE(info.files.at(0).name, std::string(speech_commands_archive));
        QCOMPARE(info.input_kind, InputKind::coefficients);
    }

    void theListsSayWhatValidatesAndTests() {
        const SpeechCommandsPlace place;
        write_files(place.unpacked, small_set());
        const DatasetSplits splits = place.load();
        QCOMPARE(splits.train->shape().count, 70);
        QCOMPARE(splits.validation->shape().count, 35);
        QCOMPARE(splits.test->shape().count, 35);
        QCOMPARE(splits.train->shape().classes, 35);
        QCOMPARE(splits.train->shape().steps, 100);
        QCOMPARE(splits.train->shape().inputs, 13);
        QVERIFY(!splits.train->shape().label_per_step);
        // Recording b of word n has seed 4 n + 2.
        std::vector<bool> seen(35);
        bool mixed = false;
        for (std::int64_t n = 0; n < 35; ++n) {
            const std::int64_t word = labels_of(*splits.validation, n)[0];
            mixed = mixed || word != n;
            seen[static_cast<size_t>(word)] = true;
            std::istringstream stream(clip(static_cast<std::uint32_t>(4 * word + 2)));
            mfcc::Features features;
            mfcc::Transform().compute(read_recording(stream, "b", RecordingFormat::published), features);
            QCOMPARE(input_of(*splits.validation, n), std::vector<float>(features.begin(), features.end()));
        }
        QVERIFY(std::all_of(seen.begin(), seen.end(), [](bool one) { return one; }));
        // A beginning of the set is no beginning of the alphabet.
        QVERIFY(mixed);
    }

    void theArchiveAndTheFolderGiveTheSame_data() {
        QTest::addColumn<std::string>("prefix");
        QTest::newRow("as published") << std::string("./");
        QTest::newRow("bare") << std::string();
        QTest::newRow("in a folder") << std::string("speech_commands_v0.02/");
    }
    void theArchiveAndTheFolderGiveTheSame() {
        QFETCH(std::string, prefix);
        const Files files = small_set();
        const SpeechCommandsPlace packed, unpacked, flat;
        write_archive(packed.archive, entries_of(files, prefix));
        write_files(unpacked.unpacked, files);
        write_files(flat.folder, files);
        const DatasetSplits splits = packed.load();
        QVERIFY(same(splits, unpacked.load()));
        QVERIFY(same(splits, flat.load()));
    }

    void whatWasComputedIsKept() {
        for (const bool is_packed : {true, false}) {
            const SpeechCommandsPlace place;
            if (is_packed)
                write_archive(place.archive, entries_of(small_set()));
            else
                write_files(place.unpacked, small_set());
            const fs::path source = is_packed ? place.archive : place.unpacked / "bed" / "a_nohash_0.wav";
            const DatasetSplits first = place.load();
            QVERIFY(fs::exists(place.cache));
            // What looks the same is not read again …
            spoil_unseen(source);
            QVERIFY(same(first, place.load()));
            // … unless it is asked for, or looks different.
            QVERIFY(!complaint([&] { load_speech_commands(place.folder, CacheUse::renew); }).isEmpty());
            fs::last_write_time(source, fs::last_write_time(source) + std::chrono::seconds(1));
            QVERIFY(!place.complaint_of_loading().isEmpty());
            QVERIFY(!std::any_of(fs::directory_iterator(place.folder / "cache"), fs::directory_iterator(),
                                 [](const auto& file) { return file.path().filename() != "coefficients"; }));
        }
    }

    void aDamagedCacheIsComputedAgain() {
        const SpeechCommandsPlace place;
        write_files(place.unpacked, small_set());
        const DatasetSplits first = place.load();
        const std::string whole = bytes_of(place.cache);
        std::vector<std::string> damaged{"",
                                         "x",
                                         std::string(200, '\xff'),
                                         whole.substr(0, 100),
                                         whole.substr(0, whole.size() - 1),
                                         whole + "x",
                                         std::string(whole.size(), '\0')};
        // A changed byte anywhere: in each field of the header, in coefficients, labels and hash.
        for (size_t at = 0; at < 120; at += 4) damaged.push_back(whole), damaged.back()[at] ^= 0x41;
        for (const size_t at : {size_t{5000}, whole.size() / 2, whole.size() - 100, whole.size() - 1})
            damaged.push_back(whole), damaged.back()[at] ^= 0x41;
        for (const std::string& bytes : damaged) {
            fs::remove(place.cache);
            write(place.cache, bytes);
            QVERIFY(same(first, place.load()));
            QCOMPARE(bytes_of(place.cache), whole);
        }
    }

    void aSetThatIsOpenOutlivesItsCache() {
        const SpeechCommandsPlace place;
        write_files(place.unpacked, small_set());
        const DatasetSplits splits = place.load();
        const std::vector<float> before = input_of(*splits.train, 3);
        fs::remove_all(place.folder);
        QCOMPARE(input_of(*splits.train, 3), before);
    }

    void whereNothingCanBeKeptItIsComputedEachTime() {
        const SpeechCommandsPlace place, other;
        write_files(place.unpacked, small_set());
        write_files(other.unpacked, small_set());
        // No folder can be made here.
        write(place.folder / "cache", "in the way");
        QVERIFY(same(place.load(), other.load()));
        QCOMPARE(bytes_of(place.folder / "cache"), std::string("in the way"));
        // A folder in the place of the file.
        fs::remove(other.cache);
        write(other.cache / "mine", "x");
        QVERIFY(same(place.load(), other.load()));
        QCOMPARE(bytes_of(other.cache / "mine"), std::string("x"));
    }

    void anIncompleteSetIsNamed_data() {
        QTest::addColumn<QString>("gone");
        QTest::addColumn<QString>("instead");
        QTest::addColumn<QString>("said");
        QTest::newRow("validation list") << "validation_list.txt"
                                         << ""
                                         << "expected the file validation_list.txt in it";
        QTest::newRow("testing list") << "testing_list.txt"
                                      << ""
                                      << "expected the file testing_list.txt in it";
        QTest::newRow("a word") << "zero/"
                                << ""
                                << "expected recordings of 35 words, found none of 'zero'";
        QTest::newRow("a listed recording") << "bed/c_nohash_0.wav"
                                            << ""
                                            << "testing_list.txt: expected names of recordings that are there";
        QTest::newRow("an empty list") << "testing_list.txt"
                                       << "\n"
                                       << "expected recordings to test, found none";
        QTest::newRow("a recording on both lists") << "testing_list.txt"
                                                   << "bed/b_nohash_0.wav"
                                                   << "found 'bed/b_nohash_0.wav' in both";
        QTest::newRow("a way out") << "testing_list.txt"
                                   << "../../etc/passwd"
                                   << "found '../../etc/passwd'";
        QTest::newRow("a bad recording") << "bed/a_nohash_0.wav"
                                         << "RIFF"
                                         << "bed/a_nohash_0.wav: expected a WAV file";
    }
    void anIncompleteSetIsNamed() {
        QFETCH(QString, gone);
        QFETCH(QString, instead);
        QFETCH(QString, said);
        Files files = small_set();
        std::erase_if(files, [&](const auto& file) { return file.first.starts_with(gone.toStdString()); });
        if (!instead.isEmpty()) files[gone.toStdString()] = instead.toStdString();
        const SpeechCommandsPlace packed;
        write_archive(packed.archive, entries_of(files));
        const QString found = packed.complaint_of_loading();
        VERIFY_SAYS(found, said.toUtf8());
        QVERIFY(found.startsWith(QString::fromStdString(packed.archive.string())));
        QVERIFY(!fs::exists(packed.cache));
        // Unpacked: the same, or the set is not there at all.
        const SpeechCommandsPlace unpacked;
        write_files(unpacked.unpacked, files);
        const QString of_folder = unpacked.complaint_of_loading();
        QVERIFY2(of_folder.contains(said) || of_folder.contains("is not here"), qPrintable(of_folder));
    }

    void statusTellsWhatIsHere() {
        const SpeechCommandsPlace place;
        const DatasetReport missing = dataset_status("gsc", place.data);
        QCOMPARE(missing.status, DatasetStatus::missing);
        QVERIFY(missing.message.find("speech_commands_v0.02.tar.gz is missing") != std::string::npos);
        QVERIFY(missing.message.find("import gsc") != std::string::npos);
        VERIFY_SAYS(place.complaint_of_loading(), "is not here");
        write_files(place.unpacked, small_set());
        QCOMPARE(dataset_status("gsc", place.data).status, DatasetStatus::ready);
        // An archive that is not the published one is never called whole.
        write_archive(place.archive, entries_of(small_set()));
        const DatasetReport other = dataset_status("gsc", place.data);
        QCOMPARE(other.status, DatasetStatus::corrupt);
        QVERIFY(other.message.find("expected 2428923189 bytes, found") != std::string::npos);
        QCOMPARE(verify_dataset("gsc", place.data).status, DatasetStatus::corrupt);
    }

    void verifyingReadsEveryRecording() {
        const SpeechCommandsPlace place;
        write_files(place.unpacked, small_set());
        const DatasetReport good = verify_dataset("gsc", place.data);
        QCOMPARE(good.status, DatasetStatus::ready);
        QVERIFY(good.message.find("no hash is published") != std::string::npos);
        spoil_unseen(place.unpacked / "tree" / "d_nohash_0.wav");
        const DatasetReport bad = verify_dataset("gsc", place.data);
        QCOMPARE(bad.status, DatasetStatus::corrupt);
        QVERIFY(bad.message.find("tree/d_nohash_0.wav: expected a WAV file") != std::string::npos);
    }

    void anUnpackedSetIsRemovedButForWhatIsTheUsers() {
        const SpeechCommandsPlace place, flat;
        write_files(place.unpacked, small_set());
        write(place.unpacked / "bed" / "notes.txt", "mine");
        write(place.unpacked / "_background_noise_" / "rain.wav", "noise");
        place.load();
        remove_dataset("gsc", place.data);
        QCOMPARE(dataset_status("gsc", place.data).status, DatasetStatus::missing);
        QVERIFY(fs::exists(place.unpacked / "bed" / "notes.txt"));
        QVERIFY(!fs::exists(place.unpacked / "_background_noise_"));
        QVERIFY(!fs::exists(place.folder / "cache"));
        write_files(flat.folder, small_set());
        remove_dataset("gsc", flat.data);
        QVERIFY(!fs::exists(flat.folder));
    }

    void anUnpackedSetIsImported() {
        const SpeechCommandsPlace place;
        const fs::path from = place.data / "somewhere";
        write_files(from / speech_commands_folder, small_set());
        write(from / speech_commands_folder / "bed" / "notes.txt", "mine");
        import_dataset("gsc", from, place.data);
        QCOMPARE(dataset_status("gsc", place.data).status, DatasetStatus::ready);
        QVERIFY(fs::exists(place.unpacked / "README.md"));
        QVERIFY(!fs::exists(place.unpacked / "bed" / "notes.txt"));
        const DatasetSplits before = place.load();
        // A bad one does not take its place.
        write(from / speech_commands_folder / "bed" / "a_nohash_0.wav", "bad");
        VERIFY_SAYS(complaint([&] { import_dataset("gsc", from, place.data); }), "bed/a_nohash_0.wav: expected a WAV");
        QVERIFY(same(before, place.load()));
        QVERIFY(!fs::exists(place.folder / "speech_commands_v0.02.part"));
        // From where it is already: nothing to do, nothing lost.
        import_dataset("gsc", place.folder, place.data);
        QVERIFY(same(before, place.load()));
        // A new one does, from the folder itself.
        write(from / speech_commands_folder / "bed" / "a_nohash_0.wav", clip(77777));
        import_dataset("gsc", from / speech_commands_folder, place.data);
        QVERIFY(!same(before, place.load()));
        QVERIFY(!fs::exists(place.folder / "speech_commands_v0.02.old"));
    }

    void anImportIsRefusedWhileAnotherProgramWrites() {
        const SpeechCommandsPlace place;
        write_files(place.data / "from", small_set());
        const DatasetFolderLock lock(place.folder);
        VERIFY_SAYS(complaint([&] { import_dataset("gsc", place.data / "from", place.data); }), "another program");
        QVERIFY(!fs::exists(place.unpacked));
    }

    void aDamagedArchiveDoesNotHideWhatWasImported() {
        const SpeechCommandsPlace place;
        const fs::path archive_part = place.archive.string() + ".part";
        write(place.archive, "cut off");
        write(archive_part, "some of it");
        // It stays until the import is good.
        Files files = small_set();
        files["bed/a_nohash_0.wav"] = "bad";
        write_files(place.data / "from", files);
        QVERIFY(!complaint([&] { import_dataset("gsc", place.data / "from", place.data); }).isEmpty());
        QCOMPARE(bytes_of(place.archive), std::string("cut off"));
        QCOMPARE(bytes_of(archive_part), std::string("some of it"));
        write_files(place.data / "from", small_set());
        import_dataset("gsc", place.data / "from", place.data);
        QVERIFY(!fs::exists(place.archive));
        QVERIFY(!fs::exists(archive_part));
        QCOMPARE(dataset_status("gsc", place.data).status, DatasetStatus::ready);
        QCOMPARE(place.load().train->shape().count, 70);
    }

    void anImportThatWasKilledCostsNothing() {
        // As between the two renames: the earlier copy has another name, the new one is under its temporary name.
        const SpeechCommandsPlace place;
        const fs::path old = place.unpacked.string() + ".old";
        const fs::path part = place.unpacked.string() + ".part";
        write_files(place.unpacked, small_set());
        const DatasetSplits before = place.load();
        const auto kill = [&] {
            fs::rename(place.unpacked, old);
            write(part / "bed" / "a_nohash_0.wav", clip(1));
        };
        kill();
        QCOMPARE(dataset_status("gsc", place.data).status, DatasetStatus::ready);
        QVERIFY(same(before, place.load()));
        // The next import, from anywhere, good or bad, puts it back.
        write_files(place.data / "from", small_set());
        write(place.data / "from" / "bed" / "a_nohash_0.wav", "bad");
        QVERIFY(!complaint([&] { import_dataset("gsc", place.data / "from", place.data); }).isEmpty());
        QVERIFY(fs::exists(place.unpacked) && !fs::exists(old));
        QVERIFY(same(before, place.load()));
        kill();
        import_dataset("gsc", place.folder, place.data);
        QVERIFY(fs::exists(place.unpacked) && !fs::exists(old));
        QVERIFY(same(before, place.load()));
        kill();
        write(place.data / "from" / "bed" / "a_nohash_0.wav", clip(77777));
        import_dataset("gsc", place.data / "from", place.data);
        QVERIFY(!fs::exists(old) && !fs::exists(part));
        QVERIFY(!same(before, place.load()));
        // What is removed takes along what was left, but for what is the user's.
        write(place.unpacked / "bed" / "notes.txt", "mine");
        kill();
        remove_dataset("gsc", place.data);
        QVERIFY(!fs::exists(old) && !fs::exists(part));
        QCOMPARE(bytes_of(place.unpacked / "bed" / "notes.txt"), std::string("mine"));
        fs::remove_all(place.folder);
        write_files(place.unpacked, small_set());
        write(old / "bed" / "a_nohash_0.wav", clip(1));
        remove_dataset("gsc", place.data);
        QVERIFY(!fs::exists(place.folder));
    }

    void whatIsHereUnpackedIsNotDownloaded() {
        const SpeechCommandsPlace place;
        // No name server is asked for a name that cannot be: a label has at most 63 letters.
        FetchOptions options;
        options.sources = {"http://" + std::string(70, 'a') + "/"};
        const auto said = [&] { return complaint([&] { fetch_dataset("gsc", place.data, options); }); };
        VERIFY_SAYS(said(), "host not found");
        write_files(place.unpacked, small_set());
        QCOMPARE(said(), QString());
        QCOMPARE(dataset_status("gsc", place.data).status, DatasetStatus::ready);
        // A damaged archive is read before it, and so fetched.
        write(place.archive, "cut off");
        VERIFY_SAYS(said(), "host not found");
    }

    void anArchiveThatIsNotThePublishedOneIsNotImported() {
        const SpeechCommandsPlace place;
        write_archive(place.data / "from" / speech_commands_archive, entries_of(small_set()));
        VERIFY_SAYS(complaint([&] { import_dataset("gsc", place.data / "from", place.data); }),
                    "expected 2428923189 bytes, found");
        QVERIFY(!fs::exists(place.archive));
    }
};

RESONATE_TEST(SpeechCommandsTest)
#include "speech_commands_test.moc"
