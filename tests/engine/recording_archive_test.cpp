// tests/engine/recording_archive_test.cpp: archives of recordings that are read, and those that must be refused.
#include <QTest>

#include "speech_commands_fixture.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class RecordingArchiveTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatLeadsOutsideOrElsewhereIsRefused_data() {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("target");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("said");
        using Kind = ArchiveEntry::Kind;
        const auto row = [](const char* title, const char* name, const char* target, Kind kind, const char* said) {
            QTest::newRow(title) << std::string(name) << std::string(target) << static_cast<int>(kind) << QString(said);
        };
        row("upwards", "../bed/x.wav", "", Kind::file, "found '../bed/x.wav', which leads outside");
        row("upwards later", "bed/../../x.wav", "", Kind::file, "which leads outside");
        row("upwards at the end", "bed/..", "", Kind::folder, "which leads outside");
        row("from the root", "/etc/passwd", "", Kind::file, "found '/etc/passwd', which leads outside");
        row("symbolic link", "bed/x.wav", "/etc/passwd", Kind::symbolic_link, "found 'bed/x.wav', which is a link");
        row("linked folder", "bed", "/etc", Kind::symbolic_link, "which is a link");
        row("hard link", "bed/x.wav", "/etc/passwd", Kind::hard_link, "which is a link");
        row("device", "bed/x.wav", "", Kind::fifo, "which is a link or a device");
    }
    void whatLeadsOutsideOrElsewhereIsRefused() {
        QFETCH(std::string, name);
        QFETCH(std::string, target);
        QFETCH(int, kind);
        QFETCH(QString, said);
        const SpeechCommandsPlace place;
        std::vector<ArchiveEntry> entries = entries_of(small_set());
        entries.push_back({name, target, static_cast<ArchiveEntry::Kind>(kind)});
        write_archive(place.archive, entries);
        const QString found = place.complaint_of_loading();
        VERIFY_SAYS(found, said.toUtf8());
        QVERIFY(found.startsWith(QString::fromStdString(place.archive.string())));
    }

    void whatUnpacksToTooMuchIsRefused_data() {
        QTest::addColumn<int>("file");
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("entries");
        QTest::addColumn<QString>("said");
        QTest::newRow("a file") << 100'000 << 1 << 1 << "expected files of at most 100000 bytes, found more in 'bomb'";
        QTest::newRow("all files") << 1 << 1'000'000 << 1 << "expected at most 1000000 bytes unpacked, found more";
        QTest::newRow("files in number") << 1 << 1 << 20 << "expected at most 20 entries, found more";
    }
    void whatUnpacksToTooMuchIsRefused() {
        QFETCH(int, file);
        QFETCH(int, total);
        QFETCH(int, entries);
        QFETCH(QString, said);
        const SpeechCommandsPlace place;
        // Two megabytes of zeros in two kilobytes, among 31 files.
        std::vector<ArchiveEntry> files{{"bomb", std::string(2'000'000, '\0')}};
        for (int i = 0; i < 30; ++i) files.push_back({"bed/" + std::to_string(i) + ".wav", "x"});
        write_archive(place.archive, files);
        QVERIFY(fs::file_size(place.archive) < 10'000);
        RecordingArchiveLimits limits;
        if (file > 1) limits.bytes_per_file = static_cast<std::uint64_t>(file);
        if (total > 1) limits.bytes = static_cast<std::uint64_t>(total);
        if (entries > 1) limits.entries = static_cast<std::uint64_t>(entries);
        int used = 0;
        const QString found = complaint([&] {
            read_recording_archive(
                place.archive, [](const std::string& name) { return name == "bed/29.wav"; },
                [&](const std::string&, std::string) { ++used; }, limits);
        });
        VERIFY_SAYS(found, said.toUtf8());
        QCOMPARE(used, 0);
    }

    void filesComeWithTheirContentInOrder() {
        const SpeechCommandsPlace place;
        const std::string big(1'000'000, 'b');
        write_archive(place.archive,
                      {{"./a/", {}, ArchiveEntry::Kind::folder}, {"./a/x", "one"}, {"y", big}, {"z", ""}});
        std::vector<std::pair<std::string, std::string>> found;
        read_recording_archive(
            place.archive, [](const std::string& name) { return name != "skipped"; },
            [&](const std::string& name, std::string bytes) { found.emplace_back(name, std::move(bytes)); });
        const std::vector<std::pair<std::string, std::string>> wanted{{"a/x", "one"}, {"y", big}, {"z", ""}};
        QVERIFY(found == wanted);
    }

    void brokenArchivesAreNamed() {
        const SpeechCommandsPlace place;
        VERIFY_SAYS(complaint([&] { load_speech_commands(place.folder); }), "is not here");
        write_archive(place.archive, entries_of(small_set()));
        const std::string whole = bytes_of(place.archive);
        const auto said_of = [&](const std::string& bytes) {
            write(place.archive, bytes);
            return place.complaint_of_loading();
        };
        VERIFY_SAYS(said_of(whole.substr(0, whole.size() / 2)), "cannot be read to its end");
        VERIFY_SAYS(said_of("no archive at all, but some text"), "cannot be read to its end");
        QVERIFY(!said_of("").isEmpty());
        QVERIFY(said_of(whole).isEmpty());
    }
};

RESONATE_TEST(RecordingArchiveTest)
#include "recording_archive_test.moc"
