// tests/engine/torch_archive_test.cpp: archives of torch.save, good and hostile ones, as the Torch-free reader sees
// them.
#include <QTest>
#include <array>
#include <bit>
#include <limits>

#include "complaint.h"
#include "runs/neuron_names.h"
#include "runs/torch_archive.h"
#include "runs/torch_archive_writer.h"
#include "shared_data.h"
#include "test_registry.h"
#include "zip_bytes.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

TorchArchive parse(const std::string& bytes) { return parse_torch_archive(bytes, "some.pt"); }
QString said_of(const std::string& bytes) {
    return complaint([&] { parse(bytes); });
}
QString said_of_pickle(const std::string& opcodes) { return said_of(archive_with(opcodes)); }

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

class TorchArchiveTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void publishedFilesAreRead_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"paper_ecg_alif.pt", "paper_ecg_brf.pt", "paper_psmnist_brf.pt", "paper_smnist_brf.pt",
                                 "reproduction_ecg_rf.pt", "reproduction_ecg_rf_init.pt"})
            QTest::newRow(file) << file;
    }
    void publishedFilesAreRead() {
        QFETCH(QString, file);
        const auto path = shared_dir() / "reference" / "checkpoints" / file.toStdString();
        REQUIRE_SHARED(path);
        const TorchArchive archive = read_torch_archive(path);
        const auto* top = archive.content.top->as<PickleDictionary>();
        QVERIFY(top);
        const auto* weights = find(*top, "model_state_dict")->as<PickleDictionary>();
        QVERIFY(weights);
        QVERIFY(weights->attributes);  // _metadata
        QVERIFY(find(*weights, "out.tau_mem")->as<TensorDescription>());
    }

    void globalsAreRefusedByName_data() {
        QTest::addColumn<QByteArray>("opcodes");
        QTest::addColumn<QString>("name");
        const auto row = [](const std::string& opcodes, const char* name) {
            QTest::newRow(name) << QByteArray::fromStdString(opcodes) << QString(name);
        };
        row("cos\nsystem\n(X\x02\x00\x00\x00lstR", "os.system");
        row("cposix\nsystem\n", "posix.system");
        row("c__builtin__\neval\n", "__builtin__.eval");
        row("cbuiltins\ngetattr\n", "builtins.getattr");
        row("ctorch.storage\n_load_from_bytes\n", "torch.storage._load_from_bytes");
        row("ctorch\nload\n", "torch.load");
        row("ctorch\nComplexFloatStorage\n", "torch.ComplexFloatStorage");
        row("ctorch._utils\n_rebuild_sparse_tensor\n", "torch._utils._rebuild_sparse_tensor");
        row(text("subprocess") + text("Popen") + "\x93", "subprocess.Popen");
    }
    void globalsAreRefusedByName() {
        QFETCH(QByteArray, opcodes);
        QFETCH(QString, name);
        const QString said = said_of_pickle(opcodes.toStdString());
        VERIFY_SAYS(said, "some.pt: ");
        VERIFY_SAYS(said, (name + " is not allowed").toUtf8().constData());
    }

    void namesOfTheFileCannotBreakTheSentence() {
        const QString said = said_of_pickle("c\x1b[31m\xff\n" + std::string(500, 'x') + "\n");
        VERIFY_SAYS(said, "?[31m?.xxx");
        QVERIFY(said.size() < 400);
    }

    void whatIsNoArchiveGivesASentence() {
        VERIFY_SAYS(said_of(""), "some.pt: expected a checkpoint (zip archive), found an empty file; copy it again");
        VERIFY_SAYS(said_of("hello world"), "some.pt: expected a checkpoint (zip archive), found something else");
        VERIFY_SAYS(said_of("\x80\x02\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.and more"), "PyTorch before 1.6");
        VERIFY_SAYS(said_of(zip_bytes({{"root/readme", "hello"}})), "without data.pkl");
        VERIFY_SAYS(complaint([] { read_torch_archive("/nowhere/some.pt"); }), "/nowhere/some.pt: cannot be opened");
        VERIFY_SAYS(complaint([] { read_torch_archive("/"); }), "cannot be opened");
    }

    void everyTruncationGivesASentence() {
        const std::string whole = archive_with(float_tensor("0", 2, 0, {2}, {1}), {{"0", std::string(8, 'x')}});
        QVERIFY(said_of(whole).isEmpty());
        for (size_t length = 0; length < whole.size(); ++length)
            QVERIFY2(said_of(whole.substr(0, length)).startsWith("some.pt: "), qPrintable(QString::number(length)));
    }

    void aFlippedBitOfAStorageIsNoticed() {
        std::string bytes = archive_with(float_tensor("0", 2, 0, {2}, {1}), {{"0", "ABCDEFGH"}});
        bytes[bytes.find("ABCDEFGH")] ^= 1;
        VERIFY_SAYS(said_of(bytes), "some.pt: the archive is damaged");
    }

    void aStorageOfAnotherSizeThanThePickleSaysIsRefused() {
        const std::string opcodes = float_tensor("0", 4, 0, {4}, {1});
        QVERIFY(said_of(archive_with(opcodes, {{"0", std::string(16, '\0')}})).isEmpty());
        VERIFY_SAYS(said_of(archive_with(opcodes, {{"0", std::string(15, '\0')}})),
                    "some.pt: data/0: expected 16 bytes, as data.pkl says, found 15");
        VERIFY_SAYS(said_of(archive_with(opcodes, {{"0", std::string(20, '\0')}})), "found 20");
        VERIFY_SAYS(said_of(archive_with(opcodes, {{"1", std::string(16, '\0')}})),
                    "data/0 is missing, in which a tensor lies: the archive is damaged; copy it again or use another");
    }

    void tensorsBeyondTheirStorageAreRefused_data() {
        QTest::addColumn<int>("offset");
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<QList<int>>("strides");
        QTest::addColumn<bool>("inside");
        constexpr int large = std::numeric_limits<int>::max();
        const auto row = [](const char* name, int offset, QList<int> shape, QList<int> strides, bool inside) {
            QTest::newRow(name) << offset << shape << strides << inside;
        };
        row("whole", 0, {2, 3}, {3, 1}, true);
        row("transposed", 0, {3, 2}, {1, 3}, true);
        row("scalar", 5, {}, {}, true);
        row("expanded", 5, {large}, {0}, true);
        row("empty", 6, {0, 3}, {3, 1}, true);
        row("one too many", 0, {7}, {1}, false);
        row("offset", 1, {2, 3}, {3, 1}, false);
        row("stride", 0, {2, 3}, {4, 1}, false);
        row("scalar behind", 6, {}, {}, false);
        row("empty behind", 7, {0}, {1}, false);
        row("negative offset", -1, {1}, {1}, false);
        row("negative size", 0, {-1}, {1}, false);
        row("negative stride", 5, {2}, {-1}, false);
        row("beyond counting", 0, {large, large, large}, {large, large, large}, false);
        row("expanded beyond counting", 0, {large, large, large}, {0, 0, 0}, false);
        row("sizes without strides", 0, {2, 3}, {1}, false);
        row("seventeen dimensions", 0, QList<int>(17, 1), QList<int>(17, 1), false);
    }
    void tensorsBeyondTheirStorageAreRefused() {
        QFETCH(int, offset);
        QFETCH(QList<int>, shape);
        QFETCH(QList<int>, strides);
        QFETCH(bool, inside);
        const std::string opcodes =
            float_tensor("0", 6, offset, {shape.begin(), shape.end()}, {strides.begin(), strides.end()});
        const QString said = said_of(archive_with(opcodes, {{"0", std::string(24, '\0')}}));
        if (inside)
            QCOMPARE(said, QString());
        else
            VERIFY_SAYS(said, "some.pt: data.pkl holds a tensor that cannot be built");
    }

    void bigEndianFilesAreRefused() {
        const std::string pickle = "\x80\x02N.";
        QVERIFY(said_of(zip_bytes({{"r/data.pkl", pickle}, {"r/byteorder", "little"}})).isEmpty());
        VERIFY_SAYS(said_of(zip_bytes({{"r/data.pkl", pickle}, {"r/byteorder", "big"}})), "big-endian");
    }

    void deflatedArchivesAndAnyRootAreRead() {
        const std::string opcodes = "\x80\x02" + float_tensor("0", 1000, 0, {1000}, {1}) + ".";
        const ZipEntries entries{{"δω Adam(0.1)/data.pkl", opcodes}, {"δω Adam(0.1)/data/0", std::string(4000, 'a')}};
        for (const bool deflate : {false, true}) {
            const TorchArchive archive = parse(zip_bytes(entries, deflate));
            const auto* tensor = archive.content.top->as<TensorDescription>();
            QVERIFY(tensor);
            QCOMPARE(archive.storage_of(*tensor), std::string(4000, 'a'));
        }
    }

    void aZipBombIsNotUnpacked() {
        ArchiveLimits limits;
        limits.bytes = 1 << 20;
        const std::string bomb =
            zip_bytes({{"r/data.pkl", "\x80\x02N."}, {"r/data/0", std::string(1 << 24, '\0')}}, true);
        QVERIFY(bomb.size() < limits.bytes);
        VERIFY_SAYS(complaint([&] { parse_torch_archive(bomb, "some.pt", limits); }),
                    "data/0 is larger than what is read");
    }

    void structuresThatHoldThemselvesAreHarmless() {
        // a = []; a.append(a)   and   d = {}; d["d"] = d
        const TorchArchive list =
            parse(archive_with("]q\x01h\x01"
                               "a"));
        const auto* items = list.content.top->as<PickleSequence>();
        QVERIFY(items && items->items.at(0) == list.content.top);
        const TorchArchive dictionary = parse(archive_with("}q\x01" + text("d") + "h\x01s"));
        const auto* top = dictionary.content.top->as<PickleDictionary>();
        QVERIFY(top && find(*top, "d") == dictionary.content.top);
    }

    void whatIsReferredToAgainIsNotCopied() {
        // 60 tuples, each holding the one before twice: 2^60 leaves if they were copied.
        const std::string bomb = "N" + repeated("q\x01h\x01\x86", 60);
        QVERIFY(said_of_pickle(bomb).isEmpty());
        // Four bytes each that make bytes of the same long text.
        const std::string long_text = "X" + std::string("\x00\x00\x04\x00", 4) + std::string(0x40000, 'a');
        const std::string encoded = long_text + text("latin1") +
                                    "\x86q\x01"
                                    "0c_codecs\nencode\nq\x02" +
                                    repeated("h\x01R0h\x02", 1000);
        VERIFY_SAYS(said_of_pickle(encoded), "too many bytes");
    }

    void depthHasNoLimitAndTakesNoStack() {
        QVERIFY(said_of_pickle(repeated("(", 200'000) + "N" + repeated("t", 200'000)).isEmpty());
        QVERIFY(said_of_pickle("N" + repeated("\x85", 400'000)).isEmpty());
        VERIFY_SAYS(said_of_pickle("N" + repeated("\x85", 600'000)), "more than the 500000 values");
        VERIFY_SAYS(said_of_pickle(repeated("(", 600'000)), "too many marks");
        VERIFY_SAYS(said_of_pickle("N" + repeated("2", 600'000)), "too many values");
    }

    void damagedPicklesGiveASentence_data() {
        QTest::addColumn<QByteArray>("opcodes");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const std::string& opcodes, const char* sentence) {
            QTest::newRow(name) << QByteArray::fromStdString(opcodes) << QString(sentence);
        };
        row("nothing on the stack", "", "a value is missing");
        row("taken from below a mark", "N(\x85", "a value is missing");
        row("no mark", "NNt", "a mark is missing");
        row("never remembered", "h\x07", "value 7 was never remembered");
        row("text beyond the end", std::string("X\xff\xff\xff\xff", 5), "ends too early");
        row("text of 2^63 bytes", "\x8d\xff\xff\xff\xff\xff\xff\xff\x7f", "ends too early");
        row("append to a dictionary", "}Na", "expected a list or set, found a dictionary");
        row("append to a tuple", ")Na", "found a tuple");
        row("key without a value", "}(Nu", "a key has no value");
        row("calls text", text("x") + ")R", "text cannot be called");
        row("calls a dtype", "ctorch\nfloat32\n)R", "a dtype cannot be called");
        row("attributes of a list", "]}b", "expected a dictionary that attributes belong to");
        row("unknown persistent id", "K\x01Q", "expected ('storage'");
        row("class by NEWOBJ", "ccollections\nOrderedDict\n)\x81", "opcode 129");
        row("old text opcode", "I1\n", "opcode 73");
        row("protocol 1", "\x80\x01N", "has pickle protocol 1");
        row("storage as shape",
            "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text("0") +
                text("cpu") + "K\x01tQ2222NtR",
            "expected an offset");
    }
    void damagedPicklesGiveASentence() {
        QFETCH(QByteArray, opcodes);
        QFETCH(QString, sentence);
        VERIFY_SAYS(said_of_pickle(opcodes.toStdString()), sentence.toUtf8().constData());
    }

    void whatTheWriterWritesIsReadBack() {
        TorchArchiveWriter writer;
        writer.begin_dictionary();
        writer.text("whole");
        writer.integer(-3);
        writer.text("large");
        writer.integer(std::int64_t{1} << 40);
        writer.text("real");
        writer.real(-0.1);
        writer.text("nothing");
        writer.none();
        writer.text("list");
        writer.begin_list();
        writer.boolean(true);
        writer.pair(1, 2);
        writer.end_list();
        writer.text("tensor");
        writer.tensor(TensorType::int16, {3, 1}, "ABCDEF");
        writer.text("scalar");
        writer.tensor(TensorType::float64, {}, "12345678");
        writer.text("empty");
        writer.tensor(TensorType::float32, {0, 4}, "");
        writer.end_dictionary();
        const TorchArchive archive = parse(writer.finish());
        const auto& top = *archive.content.top->as<PickleDictionary>();
        QCOMPARE(*find(top, "whole")->as<std::int64_t>(), std::int64_t{-3});
        QCOMPARE(*find(top, "large")->as<std::int64_t>(), std::int64_t{1} << 40);
        const auto& real = *find(top, "real")->as<TensorDescription>();
        QVERIFY(real.type == TensorType::float64 && real.shape.empty());
        QVERIFY(std::bit_cast<double>(*reinterpret_cast<const std::array<char, 8>*>(archive.storage_of(real).data())) ==
                -0.1);
        QVERIFY(find(top, "nothing")->as<std::monostate>());
        QCOMPARE(find(top, "list")->as<PickleSequence>()->items.size(), size_t(2));
        const auto& tensor = *find(top, "tensor")->as<TensorDescription>();
        QVERIFY(tensor.type == TensorType::int16);
        QVERIFY((tensor.shape == std::vector<std::int64_t>{3, 1}));
        QCOMPARE(archive.storage_of(tensor), std::string("ABCDEF"));
        QCOMPARE(archive.storage_of(*find(top, "scalar")->as<TensorDescription>()), std::string("12345678"));
        QCOMPARE(archive.storage_of(*find(top, "empty")->as<TensorDescription>()), std::string());
    }

    void theNeuronIsToldFromTheNamesWhereTheyAreItsOwn() {
        const std::vector<std::string> alif{"hidden.tau_mem", "hidden.tau_adp", "out.tau_mem"};
        const std::vector<std::string> lif{"hidden.tau_mem", "hidden.linear.weight", "out.tau_mem"};
        const std::vector<std::string> brf{"hidden.omega", "hidden.b_offset", "out.tau_mem"};
        QVERIFY(neuron_type_of(alif) == NeuronType::alif);
        QVERIFY(neuron_type_of(lif) == NeuronType::lif);
        QVERIFY(!neuron_type_of(brf));
        QVERIFY(neuron_family(brf) == NeuronFamily::resonators);
        QVERIFY(!neuron_family({"out.tau_mem"}));
        QCOMPARE(describe_family(NeuronFamily::alif, alif),
                 std::string("an ALIF network (hidden.tau_mem, hidden.tau_adp)"));
    }
};

RESONATE_TEST(TorchArchiveTest)
#include "torch_archive_test.moc"
