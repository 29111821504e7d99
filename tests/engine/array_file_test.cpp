// tests/engine/array_file_test.cpp: arrays in NPY, NPZ, CSV and MAT files, good and bad ones.
#include <matio.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <cstring>

#include "complaint.h"
#include "data/random.h"
#include "data/stored_numbers.h"
#include "npy_bytes.h"
#include "resonate/own_data.h"
#include "set_contents.h"
#include "shared_data.h"
#include "test_registry.h"
#include "zip_bytes.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

struct Folder {
    QTemporaryDir folder;

    fs::path path(const std::string& name) const { return fs::path(folder.path().toStdString()) / name; }
    fs::path with(const std::string& name, const std::string& bytes) const {
        write(path(name), bytes);
        return path(name);
    }
};

/// All elements of an array, axes as in the file.
std::vector<double> numbers_of(const ArrayFile& file, const std::string& name) {
    const ArrayHeader* header = file.find(name);
    if (header == nullptr) return {};
    std::vector<size_t> order(header->shape.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    return std::visit([](const auto& list) { return std::vector<double>(list.begin(), list.end()); },
                      read_numbers(file, *header, order));
}

std::vector<double> numbers_of(const fs::path& path, const std::string& name) {
    return numbers_of(*open_array_file(path), name);
}

QString complaint_of(const fs::path& path) {
    return complaint([&] {
        const auto file = open_array_file(path);
        for (const ArrayHeader& header : file->arrays()) numbers_of(*file, header.name);
    });
}

using Numbers = std::vector<double>;
using Shape = std::vector<std::int64_t>;

}  // namespace

class ArrayFileTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyTypeOfNumberIsRead_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("type");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << name;
        };
        row("bool", npy<std::uint8_t>("|b1", "(3,)", {1, 0, 1}));
        row("uint8", npy<std::uint8_t>("|u1", "(3,)", {1, 0, 1}));
        row("int8", npy<std::int8_t>("|i1", "(3,)", {1, 0, 1}));
        row("uint16", npy<std::uint16_t>("<u2", "(3,)", {1, 0, 1}));
        row("int16", npy<std::int16_t>("<i2", "(3,)", {1, 0, 1}));
        row("uint32", npy<std::uint32_t>("<u4", "(3,)", {1, 0, 1}));
        row("int32", npy<std::int32_t>("<i4", "(3,)", {1, 0, 1}));
        row("uint64", npy<std::uint64_t>("<u8", "(3,)", {1, 0, 1}));
        row("int64", npy<std::int64_t>("<i8", "(3,)", {1, 0, 1}));
        row("float16", npy<std::uint16_t>("<f2", "(3,)", {0x3c00, 0, 0x3c00}));
        row("float32", npy<float>("<f4", "(3,)", {1, 0, 1}));
        row("float64", npy<double>("<f8", "(3,)", {1, 0, 1}));
    }
    void everyTypeOfNumberIsRead() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, type);
        const Folder folder;
        const fs::path path = folder.with("a.npy", bytes.toStdString());
        QCOMPARE(numbers_of(path, "values"), (Numbers{1, 0, 1}));
        const std::vector<ArrayInfo> list = list_arrays(path);
        QCOMPARE(list.size(), size_t{1});
        QVERIFY((list[0] == ArrayInfo{"values", {3}, type.toStdString()}));
    }

    void halfPrecisionIsExact() {
        const Folder folder;
        // 65504, the smallest denormal, −2, 1/3 rounded.
        const fs::path path = folder.with("h.npy", npy<std::uint16_t>("<f2", "(4,)", {0x7bff, 0x0001, 0xc000, 0x3555}));
        QCOMPARE(numbers_of(path, "values"), (Numbers{65504, std::ldexp(1.0, -24), -2, 0.333251953125}));
    }

    void smallTypesStaySmall() {
        const Folder folder;
        const auto bytes_for = [&](const std::string& npy_bytes) {
            const auto file = open_array_file(folder.with("a.npy", npy_bytes));
            return bytes_held(read_numbers(*file, file->arrays()[0], std::vector<size_t>{0}));
        };
        QCOMPARE(bytes_for(npy("|u1", "(1000,)", std::vector<std::uint8_t>(1000))), size_t{1000});
        QCOMPARE(bytes_for(npy("<i2", "(1000,)", std::vector<std::int16_t>(1000))), size_t{2000});
        QCOMPARE(bytes_for(npy("<f8", "(1000,)", std::vector<double>(1000))), size_t{4000});
    }

    void fortranOrderAndBigEndianAreUnderstood() {
        const Folder folder;
        const fs::path c = folder.with("c.npy", npy<std::int16_t>("<i2", "(2, 3)", {1, 2, 3, 4, 5, 6}));
        const fs::path f = folder.with("f.npy", npy<std::int16_t>("<i2", "(2, 3)", {1, 4, 2, 5, 3, 6}, true));
        const fs::path b =
            folder.with("b.npy", npy<std::int16_t>(">i2", "(2, 3)", {0x0100, 0x0200, 0x0300, 0x0400, 0x0500, 0x0600}));
        for (const fs::path& path : {c, f, b}) QCOMPARE(numbers_of(path, "values"), (Numbers{1, 2, 3, 4, 5, 6}));
    }

    void axesAreBroughtIntoAnyOrder() {
        const Folder folder;
        std::vector<std::int32_t> numbers(24);
        for (int i = 0; i < 24; ++i) numbers[static_cast<size_t>(i)] = i;
        const auto file = open_array_file(folder.with("a.npy", npy("<i4", "(2, 3, 4)", numbers)));
        // File axes (a, b, c) become result axes (c, a, b).
        const auto turned =
            std::get<std::vector<float>>(read_numbers(*file, file->arrays()[0], std::vector<size_t>{1, 2, 0}));
        for (size_t a = 0; a < 2; ++a)
            for (size_t b = 0; b < 3; ++b)
                for (size_t c = 0; c < 4; ++c)
                    QCOMPARE(turned[(c * 2 + a) * 3 + b], static_cast<float>((a * 3 + b) * 4 + c));
    }

    void versionsTwoAndThreeAreRead() {
        const Folder folder;
        for (const char version : {'\x02', '\x03'}) {
            std::string bytes = npy<float>("<f4", "(2,)", {3, 4});
            bytes[6] = version;
            bytes.insert(10, std::string(2, '\0'));
            QCOMPARE(numbers_of(folder.with("v.npy", bytes), "values"), (Numbers{3, 4}));
        }
    }

    void badArraysAreNamed_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const std::string& bytes, const char* sentence) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << sentence;
        };
        const std::string whole = npy<float>("<f4", "(2, 3)", {1, 2, 3, 4, 5, 6});
        row("empty", "", "is empty; expected a CSV, NPY, NPZ or MAT file");
        row("cut off", whole.substr(0, whole.size() - 2), "asks for more than the 22 bytes there can be");
        row("cut in the header", whole.substr(0, 40), "is cut off within its NPY header; copy the file again");
        row("claims more", npy<float>("<f4", "(200000, 300000)", {1, 2}), "its shape [200000, 300000] asks for more");
        row("claims more than there are numbers for",
            npy_with(npy_header("<f8", "(4611686018427387904, 4611686018427387904)"), ""), "asks for more than");
        row("holds more", whole + "12", "holds more than the 24 bytes its header [2, 3] of float32 says");
        row("objects", npy_with(npy_header("|O", "(2,)"), "12345678"), "holds Python objects (pickled)");
        row("structures", npy_with("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "12345678"),
            "holds structures of several fields");
        row("complex", npy_with(npy_header("<c8", "(1,)"), "12345678"), "elements of NumPy type '<c8'");
        row("text", npy_with(npy_header("<U4", "(1,)"), "1234567812345678"), "elements of NumPy type '<U4'");
        row("negative axis", npy_with(npy_header("<f4", "(-1,)"), "1234"), "its NPY header is damaged");
        row("no dictionary", npy_with("hello", "1234"), "its NPY header is damaged");
        row("no shape", npy_with("{'descr': '<f4', 'fortran_order': False, }", "1234"), "its NPY header is damaged");
        std::string newer = whole;
        newer[6] = 9;
        row("newer version", newer, "of NumPy's format, found 9; write it again with numpy.save");
        row("not a number", npy<float>("<f4", "(2, 2)", {1, 2, NAN, 4}), "the number at [1, 0] is not finite");
        row("too large", npy<double>("<f8", "(2,)", {1, 1e300}), "the number at [1] is not finite, or too large");
        row("a picture", std::string("\x89PNG\r\n\x1a\n\0\0", 10), "found other binary data");
    }
    void badArraysAreNamed() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, sentence);
        const Folder folder;
        const QString said = complaint_of(folder.with("bad.npy", bytes.toStdString()));
        VERIFY_SAYS(said, "bad.npy: ");
        VERIFY_SAYS(said, sentence.toUtf8().constData());
        QCOMPARE(said.count(QLatin1Char('\n')), 0);
    }

    void archivesAreReadPackedOrNot() {
        const Folder folder;
        const ZipEntries entries{{"x_train.npy", npy<float>("<f4", "(2, 2)", {1, 2, 3, 4})},
                                 {"notes.txt", "no array"},
                                 {"größe.npy", npy<std::int64_t>("<i8", "(2,)", {7, 8})}};
        for (const bool packed : {false, true}) {
            const fs::path path = folder.with("a.npz", zip_bytes(entries, packed));
            const std::vector<ArrayInfo> list = list_arrays(path);
            QCOMPARE(list.size(), size_t{2});
            QVERIFY((list[0] == ArrayInfo{"x_train", {2, 2}, "float32"}));
            QCOMPARE(list[1].name, std::string("größe"));
            QCOMPARE(numbers_of(path, "x_train"), (Numbers{1, 2, 3, 4}));
            QCOMPARE(numbers_of(path, "größe"), (Numbers{7, 8}));
        }
    }

    void badArchivesAreNamed() {
        const Folder folder;
        VERIFY_SAYS(complaint_of(folder.with("none.npz", zip_bytes({{"a.txt", "x"}}))),
                    "none.npz: is a zip archive without NumPy arrays");
        VERIFY_SAYS(complaint_of(folder.with("bad.npz", zip_bytes({{"a.npy", "x"}}))),
                    "bad.npz: 'a': is cut off within its NPY header");
        const std::string array = npy<float>("<f4", "(2,)", {1, 2});
        VERIFY_SAYS(complaint_of(folder.with("twice.npz", zip_bytes({{"a.npy", array}, {"a.npy", array}}))),
                    "twice.npz: holds 'a' twice");
        VERIFY_SAYS(complaint_of(folder.with("cut.npz", zip_bytes({{"a.npy", array.substr(0, array.size() - 4)}}))),
                    "cut.npz: 'a': is cut off: its header says [2] of float32, 8 bytes, found 4");
        const std::string whole = zip_bytes({{"a.npy", npy<float>("<f4", "(1000,)", std::vector<float>(1000))}});
        VERIFY_SAYS(complaint_of(folder.with("half.npz", whole.substr(0, whole.size() / 2))), "half.npz: ");
    }

    void aBombIsNotBelieved() {
        const Folder folder;
        // The header asks for a terabyte, which no file of this size can hold.
        const std::string bomb = npy_with(npy_header("|u1", "(1000000, 1000000)"), std::string(1 << 20, '\0'));
        VERIFY_SAYS(complaint_of(folder.with("bomb.npz", zip_bytes({{"a.npy", bomb}}, true))),
                    "its shape [1000000, 1000000] asks for more than the");
        // Behind a modest header there is far more than it says.
        const std::string long_tail = npy<float>("<f4", "(1,)", {1}) + std::string(1 << 24, '\0');
        VERIFY_SAYS(complaint_of(folder.with("tail.npz", zip_bytes({{"a.npy", long_tail}}, true))),
                    "holds more than the 4 bytes");
    }

    void damagedArchivesNeverCrash() {
        const Folder folder;
        const std::string good =
            zip_bytes({{"x.npy", npy<float>("<f4", "(20, 5)", std::vector<float>(100, 1.5F))},
                       {"y.npy", npy<std::int64_t>("<i8", "(20,)", std::vector<std::int64_t>(20))}},
                      true);
        Random random(5);
        for (int trial = 0; trial < 2000; ++trial) {
            std::string bad = good;
            if (trial % 4 == 0) bad.resize(1 + random.below(good.size()));
            for (std::uint64_t flips = random.below(6); flips > 0; --flips)
                bad[random.below(bad.size())] = static_cast<char>(random.below(256));
            complaint_of(folder.with("bad.npz", bad));  // an Error or nothing; another exception fails the test
        }
    }
};

class CsvFileTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsOfStepsBecomeSequences() {
        const Folder folder;
        const fs::path path = folder.with("a.csv",
                                          "sequence,step,label,x,y\n"
                                          "a,0,left,1,2\na,1,left,3,4\nb,0,right,5,6\nb,1,right,7,8\nc,0,left,9,10\n"
                                          "c,1,left,11,12\n");
        const auto file = open_array_file(path);
        QCOMPARE(file->find("input")->shape, (Shape{3, 2, 2}));
        QCOMPARE(file->find("labels")->shape, (Shape{3, 2}));
        QCOMPARE(numbers_of(*file, "input"), (Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
        QCOMPARE(numbers_of(*file, "labels"), (Numbers{0, 0, 1, 1, 0, 0}));
        QCOMPARE(file->class_names(), (std::vector<std::string>{"left", "right"}));
        QCOMPARE(file->channel_names(), (std::vector<std::string>{"x", "y"}));
    }

    void aRowCanBeASequence() {
        const Folder folder;
        const auto file = open_array_file(folder.with("a.csv", "label;t0;t1;t2\n2;0.5;-1;1e-3\n10;1;2;3\n"));
        QCOMPARE(file->find("input")->shape, (Shape{2, 3}));
        QCOMPARE(numbers_of(*file, "labels"), (Numbers{2, 10}));
        QCOMPARE(numbers_of(*file, "input")[1], -1.0);
        QVERIFY(file->class_names().empty());
    }

    void bareNumbersAreAMatrix() {
        const Folder folder;
        QCOMPARE(open_array_file(folder.with("a.csv", "1,2,3\n4,5,6\n"))->find("values")->shape, (Shape{2, 3}));
        QCOMPARE(open_array_file(folder.with("a.csv", "x\ty\n1\t2\n"))->find("values")->shape, (Shape{1, 2}));
        QCOMPARE(open_array_file(folder.with("a.csv", "3\n1\n2\n"))->find("values")->shape, (Shape{3}));
    }

    void habitsOfOtherProgramsAreUnderstood() {
        const Folder folder;
        // NumPy's comments, a byte order mark, DOS lines, R's quotes, spaces, empty lines, plus signs, whole floats.
        const fs::path path = folder.with("a.csv",
                                          "\xef\xbb\xbf# \"label\", \"t 0\",\"t\"\"1\"\r\n# more\r\n\r\n"
                                          " 1.0 ,+2, 3.5\r\n\"0\",\"4\",5\r\n");
        QCOMPARE(numbers_of(path, "input"), (Numbers{2, 3.5, 4, 5}));
        QCOMPARE(numbers_of(path, "labels"), (Numbers{1, 0}));
    }

    void whatIsWrongIsNamedByRowAndColumn_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* text, const char* sentence) {
            QTest::newRow(name) << text << sentence;
        };
        row("ragged", "1,2,3\n4,5\n", "row 2: expected 3 columns as the first row has, found 2; correct it there");
        row("word", "1,2\n3,four\n", "row 2, column 2: expected a number, found 'four'");
        row("word in the first row", "1,two\n3,4\n", "row 1, column 2: expected a number, found 'two'");
        row("nothing", "label,a,b\n1,,2\n", "row 2, column 2 ('a'): expected a number, found nothing");
        row("decimal comma", "label;a\n1;2,5\n", "column 2 ('a'): expected a number, found '2,5'");
        row("not finite", "label,a\n1,nan\n", "row 2, column 2 ('a'): expected a finite number, found 'nan'");
        row("infinite", "label,a\n1,-inf\n", "expected a finite number, found '-inf'");
        row("no label", "label,a\n,1\n", "row 2, column 1 ('label'): expected a label, found nothing");
        row("no steps", "sequence,label,a\n1,0,1\n", "row 1: has a column 'sequence' but no column 'step'");
        row("column twice", "sequence,step,label,label\n", "row 1: the column 'label' is there twice");
        row("unequal", "sequence,step,a\n1,0,1\n1,1,1\n2,0,1\n3,0,1\n",
            "expected 2 steps in sequence '2' as in the first one, found 1 up to row 5");
        row("last one short", "sequence,step,a\n1,0,1\n1,1,1\n2,0,1\n", "in sequence '2' as in the first one, found 1");
        row("torn", "sequence,step,a\n1,0,1\n2,0,1\n1,1,1\n", "row 4: sequence '1' comes again");
        row("backwards", "sequence,step,a\n1,1,1\n1,0,1\n", "row 3, column 2 ('step'): expected a later step");
        row("open quotes", "label,a\n\"1,2\n", "row 2, column 1: its quotes are not closed");
        row("header alone", "label,a\n", "holds a header, but no row of numbers");
        row("comments alone", "# nothing\n", "holds no row of numbers");
    }
    void whatIsWrongIsNamedByRowAndColumn() {
        QFETCH(QString, text);
        QFETCH(QString, sentence);
        const Folder folder;
        const QString said = complaint_of(folder.with("bad.csv", text.toStdString()));
        VERIFY_SAYS(said, "bad.csv: ");
        VERIFY_SAYS(said, sentence.toUtf8().constData());
    }
};

class MatFileTest : public QObject {
    Q_OBJECT

    static void put(mat_t* file, const char* name, matio_classes type, matio_types stored, std::vector<size_t> shape,
                    const void* numbers, matio_compression packing = MAT_COMPRESSION_ZLIB) {
        matvar_t* variable = Mat_VarCreate(name, type, stored, static_cast<int>(shape.size()), shape.data(),
                                           const_cast<void*>(numbers), 0);
        Mat_VarWrite(file, variable, packing);
        Mat_VarFree(variable);
    }

    static fs::path write_file(const Folder& folder, mat_ft version) {
        const fs::path path = folder.path("a.mat");
        mat_t* file = Mat_CreateVer(path.c_str(), nullptr, version);
        std::vector<double> x(24);
        for (size_t i = 0; i < 24; ++i) x[i] = static_cast<double>(i) + 0.5;
        const std::vector<std::int16_t> y{3, 1, 2};
        put(file, "x", MAT_C_DOUBLE, MAT_T_DOUBLE, {2, 3, 4}, x.data());
        put(file, "y", MAT_C_INT16, MAT_T_INT16, {3, 1}, y.data(), MAT_COMPRESSION_NONE);
        put(file, "word", MAT_C_CHAR, MAT_T_UINT8, {1, 3}, "abc", MAT_COMPRESSION_NONE);
        Mat_Close(file);
        return path;
    }

 private Q_SLOTS:
    void bothVersionsAreRead() {
        const Folder folder;
        for (const mat_ft version : {MAT_FT_MAT5, MAT_FT_MAT73}) {
            const fs::path path = write_file(folder, version);
            const std::vector<ArrayInfo> list = list_arrays(path);
            QCOMPARE(list.size(), size_t{2});
            QVERIFY((list[0] == ArrayInfo{"x", {2, 3, 4}, "float64"}));
            QVERIFY((list[1] == ArrayInfo{"y", {3, 1}, "int16"}));
            const Numbers x = numbers_of(path, "x");
            for (size_t a = 0; a < 2; ++a)
                for (size_t b = 0; b < 3; ++b)
                    for (size_t c = 0; c < 4; ++c)
                        QCOMPARE(x[(a * 3 + b) * 4 + c], static_cast<double>(a + 2 * (b + 3 * c)) + 0.5);
            QCOMPARE(numbers_of(path, "y"), (Numbers{3, 1, 2}));
        }
    }

    void damagedFilesNeverCrashTheProgram() {
        const Folder folder;
        Random random(3);
        for (const mat_ft version : {MAT_FT_MAT5, MAT_FT_MAT73}) {
            const std::string good = bytes_of(write_file(folder, version));
            for (int trial = 0; trial < 60; ++trial) {
                std::string bad = good;
                if (trial % 4 == 0) bad.resize(1 + random.below(good.size()));
                for (std::uint64_t flips = 1 + random.below(8); flips > 0; --flips)
                    bad[random.below(bad.size())] = static_cast<char>(random.below(256));
                complaint_of(folder.with("bad.mat", bad));
            }
        }
    }

    void whatIsNoMatFileIsNamed() {
        const Folder folder;
        VERIFY_SAYS(complaint_of(folder.with("a.mat", "MATLAB 5.0 MAT-file, but no more")), "a.mat: ");
        mat_t* file = Mat_CreateVer(folder.path("words.mat").c_str(), nullptr, MAT_FT_MAT5);
        put(file, "word", MAT_C_CHAR, MAT_T_UINT8, {1, 3}, "abc");
        Mat_Close(file);
        VERIFY_SAYS(complaint_of(folder.path("words.mat")), "words.mat: holds no array of real numbers");
    }

    void aTinyFileCannotAskForAllMemory() {
        const Folder folder;
        std::string bytes = bytes_of(write_file(folder, MAT_FT_MAT5));
        const auto axes = [](std::int32_t rows, std::int32_t columns) {
            std::string text(8, '\0');
            std::memcpy(text.data(), &rows, 4);
            std::memcpy(text.data() + 4, &columns, 4);
            return text;
        };
        const size_t at = bytes.find(axes(3, 1));
        QVERIFY(at != std::string::npos);
        bytes.replace(at, 8, axes(1 << 30, 16));
        const fs::path bad = folder.with("bad.mat", bytes);
        VERIFY_SAYS(complaint([&] { open_array_file(bad); }),
                    "bad.mat: 'y': its shape [1073741824, 16] asks for more than the ");
    }

    void whatPacksWellIsRead() {
        // Zeros pack about as well as anything can.
        const Folder folder;
        const fs::path path = folder.path("zeros.mat");
        mat_t* file = Mat_CreateVer(path.c_str(), nullptr, MAT_FT_MAT5);
        const std::vector<double> zeros(1'000'000);
        put(file, "x", MAT_C_DOUBLE, MAT_T_DOUBLE, {1000, 1000}, zeros.data());
        Mat_Close(file);
        QVERIFY(fs::file_size(path) < 20'000);
        QCOMPARE(numbers_of(path, "x").size(), zeros.size());
    }

    void theRealEcgIsListed() {
        const fs::path path = shared_dir() / "data" / "ecg" / "QTDB_test.mat";
        REQUIRE_SHARED(path);
        const std::vector<ArrayInfo> list = list_arrays(path);
        QCOMPARE(list.size(), size_t{4});
        QCOMPARE(list[0].shape, (Shape{141, 1301, 4}));
    }
};

RESONATE_TEST(ArrayFileTest)
RESONATE_TEST(CsvFileTest)
RESONATE_TEST(MatFileTest)
#include "array_file_test.moc"
