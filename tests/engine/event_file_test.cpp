// tests/engine/event_file_test.cpp: TensorBoard's event files: checksums, bytes, damage, and what a run writes.
#include "runs/event_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <random>

#include "complaint.h"
#include "made_up_runs.h"
#include "resonate/error.h"
#include "runs/crc32c.h"
#include "runs/event_writer.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

std::string hex(const std::string& text) {
    const QByteArray bytes = QByteArray::fromHex(QByteArray::fromStdString(text));
    return bytes.toStdString();
}

std::string two_steps() {
    return event_file_start(1000) + event_record(0, 1001, {{"accuracy/test", 12.5}, {"Loss/test", 1.75}}) +
           event_record(1, 1002.5, {{"accuracy/test", 50}});
}

std::vector<fs::path> event_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().starts_with("events.out.tfevents.")) files.push_back(entry.path());
    return files;
}

/// A record around bytes that are given.
std::string framed(const std::string& data) {
    std::string record;
    for (int i = 0; i < 8; ++i) record += static_cast<char>((data.size() >> (8 * i)) & 0xFF);
    const auto add = [&](std::uint32_t sum) {
        for (int i = 0; i < 4; ++i) record += static_cast<char>((sum >> (8 * i)) & 0xFF);
    };
    add(masked_crc32c(record));
    record += data;
    add(masked_crc32c(data));
    return record;
}

}  // namespace

class EventFileTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;
    fs::path folder() const { return m_folder.path().toStdString(); }

 private Q_SLOTS:
    /// RFC 3720, B.4, and the usual check value.
    void checksumsAreThoseOfTheStandard() {
        QCOMPARE(crc32c("123456789"), 0xE3069283u);
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAu);
        QCOMPARE(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
        std::string rising;
        for (int i = 0; i < 32; ++i) rising += static_cast<char>(i);
        QCOMPARE(crc32c(rising), 0x46DD794Eu);
        // As TensorFlow frames a length of 24, which every file of brain.Event:2 begins with.
        QCOMPARE(masked_crc32c(hex("1800000000000000")), 0x224B7FA3u);
    }

    void theFirstRecordIsTheVersionAsTensorFlowWritesIt() {
        const std::string record = event_file_start(1.0);
        QCOMPARE(record.substr(0, 12), hex("1800000000000000a37f4b22"));
        QCOMPARE(record.substr(12, 24), hex("09000000000000f03f1a0d") + "brain.Event:2");
    }

    void aScalarIsTheFieldsOfTheProtocolBuffer() {
        // step = 300: varint ac 02; value: tag "a", 1.5 as a float; the summary is field 5.
        const std::string record = event_record(300, 2.0, {{"a", 1.5}});
        QCOMPARE(record.substr(12, record.size() - 16), hex("0900000000000000"
                                                            "40"
                                                            "10ac02"
                                                            "2a0a"
                                                            "0a08"
                                                            "0a0161"
                                                            "150000c03f"));
    }

    void whatIsWrittenReadsBack() {
        const EventFile file = parse_event_file(two_steps(), "x");
        QVERIFY(!file.cut_off);
        QCOMPARE(file.scalars.size(), size_t(3));
        QCOMPARE(file.scalars[0].tag, std::string("accuracy/test"));
        QCOMPARE(file.scalars[0].value, 12.5);
        QCOMPARE(file.scalars[1].value, 1.75);
        QCOMPARE(file.scalars[2].step, std::int64_t(1));
        QCOMPARE(file.scalars[2].wall_time, 1002.5);
        QVERIFY(parse_event_file("", "x").scalars.empty());
    }

    void scalarsInTensorsAreRead() {
        // Event {step 1, summary {value {tag "t", tensor {dtype 1, float_val [packed 2.5]}}}}, and one with content.
        const std::string packed =
            framed(hex("1001"
                       "2a0d"
                       "0a0b"
                       "0a0174"
                       "4206"
                       "0801"
                       "2a02"
                       "0000"));
        VERIFY_SAYS(QString::number(parse_event_file(packed, "x").scalars.size()), "0");
        const std::string whole =
            framed(hex("1001"
                       "2a0f"
                       "0a0d"
                       "0a0174"
                       "4208"
                       "0801"
                       "2a04"
                       "00002040"));
        QCOMPARE(parse_event_file(whole, "x").scalars.at(0).value, 2.5);
        const std::string content =
            framed(hex("1001"
                       "2a0f"
                       "0a0d"
                       "0a0174"
                       "4208"
                       "0801"
                       "2204"
                       "00002040"));
        QCOMPARE(parse_event_file(content, "x").scalars.at(0).value, 2.5);
    }

    void aFileThatIsCutOffGivesWhatIsWhole() {
        const std::string bytes = two_steps();
        const size_t last = event_record(1, 1002.5, {{"accuracy/test", 50}}).size();
        for (size_t size = bytes.size() - last + 1; size < bytes.size(); ++size) {
            const EventFile file = parse_event_file(bytes.substr(0, size), "x");
            QVERIFY(file.cut_off);
            QCOMPARE(file.scalars.size(), size_t(2));
        }
    }

    void everyDamagedByteIsNoticed() {
        const std::string bytes = two_steps();
        const size_t first = event_file_start(1000).size();
        VERIFY_SAYS(complaint([&] { parse_event_file("hello, this is no event file", "x"); }),
                    "x: record 1 at byte 0: is no record of TensorBoard");
        for (size_t i = 0; i < bytes.size(); ++i) {
            std::string damaged = bytes;
            damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
            const QString said = complaint([&] { parse_event_file(damaged, "x"); });
            QVERIFY2(said.startsWith("x: record "), qPrintable(QString::number(i) + said));
            if (i == first + 20)
                VERIFY_SAYS(said, "x: record 2 at byte 40: the checksum of its data is wrong; the file is damaged");
        }
    }

    void whatIsNoEventIsRefusedAndWhatIsUnknownIsPassedOver() {
        for (const char* broken : {"ff", "08", "0a05616263", "2a020a05", "2a050a030a0961", "0b", "00", "2a040a0242ff"})
            VERIFY_SAYS(complaint([&] { parse_event_file(framed(hex(broken)), "x"); }),
                        "record 1 at byte 0: is no event");
        // Unknown fields of every kind, a group among them, around a step.
        const std::string unknown =
            framed(hex("f80101"
                       "fa010161"
                       "fd0100000000"
                       "f9010000000000000000"
                       "fb01fc01"
                       "1005"));
        QVERIFY(parse_event_file(unknown, "x").scalars.empty());
        // Deeper nested than anybody writes.
        std::string deep;
        for (int i = 0; i < 100000; ++i) deep += '\x0b';
        VERIFY_SAYS(complaint([&] { parse_event_file(framed(deep), "x"); }), "is no event");
    }

    void anyBytesInARecordGiveValuesOrASentence() {
        std::mt19937 random(7);
        const std::string seed = event_record(3, 4, {{"accuracy/test", 5}, {"Loss/val", 6}});
        const std::string data = seed.substr(12, seed.size() - 16);
        int refused = 0;
        for (int i = 0; i < 20000; ++i) {
            std::string changed = data;
            for (unsigned k = 0; k <= random() % 4; ++k)
                changed[random() % changed.size()] = static_cast<char>(random());
            if (random() % 3 == 0) changed.resize(random() % (changed.size() + 1));
            refused += !complaint([&] { parse_event_file(framed(changed), "x"); }).isEmpty();
        }
        QVERIFY(refused > 1000 && refused < 20000);
    }

    void aRunWritesEachEpochOnceAlsoWhenResumed() {
        const std::vector<EpochMetrics> rows = made_up_run(1, {10, 20, 30, 40}).metrics;
        const auto first = [&](std::ptrdiff_t n) { return std::vector<EpochMetrics>(rows.begin(), rows.begin() + n); };
        {
            EventWriter writer(folder());
            writer.record({});
            writer.record(first(1));
            writer.record(first(2));
            writer.record(first(3));
            QCOMPARE(read_event_file(event_files(folder()).at(0)).scalars.size(), size_t(7 + 10 + 10));
        }
        // The last epoch was lost with a crash, and is made again.
        EventWriter writer(folder());
        writer.record(first(2));
        writer.record(first(3));
        writer.record(rows);
        QCOMPARE(event_files(folder()).size(), size_t(1));
        const EventFile file = read_event_file(event_files(folder())[0]);
        std::vector<std::int64_t> steps;
        double time = 0;
        for (const ScalarEvent& scalar : file.scalars) {
            QVERIFY(scalar.wall_time >= time);
            time = scalar.wall_time;
            if (scalar.tag == "accuracy/test") steps.push_back(scalar.step);
            if (scalar.tag == "accuracy/test" && scalar.step == 3) QCOMPARE(scalar.value, 40.0);
        }
        QCOMPARE(steps, (std::vector<std::int64_t>{0, 1, 2, 3}));
    }

    void tagsAreThoseOfThePublishedCode() {
        QStringList tags;
        for (const auto& [tag, value] : tagged(made_up_run(1, {10, 20}).metrics[1]))
            tags << QString::fromStdString(tag);
        QCOMPARE(tags, (QStringList{"Loss/train", "accuracy/train", "SOP/train", "Loss/val", "accuracy/val", "SOP/val",
                                    "Loss/test", "accuracy/test", "SOP/test", "learning_rate"}));
    }

    void aFileThatCannotBeWrittenIsNamed() {
        EventWriter writer(folder() / "absent");
        VERIFY_SAYS(complaint([&] { writer.record({}); }), "events.out.tfevents.");
        VERIFY_SAYS(complaint([&] { read_event_file(folder() / "absent"); }), "cannot be opened");
    }
};

RESONATE_TEST(EventFileTest)
#include "event_file_test.moc"
