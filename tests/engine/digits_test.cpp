// tests/engine/digits_test.cpp: the IDX reader, S-MNIST and PS-MNIST.
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <numeric>

#include "complaint.h"
#include "data/idx_digits.h"
#include "data/permutation.h"
#include "gzip_bytes.h"
#include "resonate/datasets.h"
#include "set_contents.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

fs::path real_folder() { return shared_dir() / "data" / "mnist"; }

std::string big_endian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

/// Images whose pixel p of image n is (p + n) mod 256.
std::string images(std::uint32_t count, std::uint32_t rows = 28, std::uint32_t columns = 28) {
    std::string bytes = big_endian(0x803) + big_endian(count) + big_endian(rows) + big_endian(columns);
    for (std::uint32_t n = 0; n < count; ++n)
        for (std::uint32_t p = 0; p < rows * columns; ++p) bytes += static_cast<char>(p + n);
    return bytes;
}

std::string labels(const std::string& digits) {
    return big_endian(0x801) + big_endian(static_cast<std::uint32_t>(digits.size())) + digits;
}

/// A folder with one file of images and one of labels.
struct Files {
    QTemporaryDir folder;
    fs::path image_file = fs::path(folder.path().toStdString()) / "images";
    fs::path label_file = fs::path(folder.path().toStdString()) / "labels";

    Files(const std::string& image_bytes, const std::string& label_bytes) {
        write(image_file, image_bytes);
        write(label_file, label_bytes);
    }
    std::shared_ptr<const PixelSequenceSet> read(std::vector<std::int64_t> permutation = {}) const {
        return read_idx_digits(image_file, label_file, std::move(permutation));
    }
};

const std::string two_labels{'\x03', '\x09'};

DatasetConfig named(const std::string& name) {
    DatasetConfig config;
    config.name = name;
    return config;
}

}  // namespace

class IdxReaderTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void pixelsAreShownRowByRowAsSharesOf255() {
        const Files files(images(2), labels(two_labels));
        const auto set = files.read();
        QCOMPARE(set->shape().count, 2);
        QCOMPARE(set->shape().steps, 784);
        QCOMPARE(set->shape().inputs, 1);
        QCOMPARE(set->shape().classes, 10);
        QVERIFY(!set->shape().label_per_step && !set->events(0));
        const auto input = input_of(*set, 1);
        QCOMPARE(input[0], 1.0F / 255.0F);
        QCOMPARE(input[254], 1.0F);
        QCOMPARE(input[255], 0.0F);
        QCOMPARE(labels_of(*set, 1), std::vector<std::int64_t>{9});
    }

    void packedFilesReadAsPlainOnes() {
        const Files plain(images(2), labels(two_labels));
        const Files gzip(packed(images(2)), packed(labels(two_labels)));
        QCOMPARE(input_of(*gzip.read(), 1), input_of(*plain.read(), 1));
    }

    void badFilesGiveASentence_data() {
        QTest::addColumn<QByteArray>("image_bytes");
        QTest::addColumn<QByteArray>("label_bytes");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const std::string& image_bytes, const std::string& label_bytes,
                            const char* sentence) {
            QTest::newRow(name) << QByteArray::fromStdString(image_bytes) << QByteArray::fromStdString(label_bytes)
                                << QString::fromUtf8(sentence);
        };
        const std::string good = images(2);
        row("empty", "", labels(two_labels), "images: expected an IDX header of 16 bytes, found 0 bytes");
        row("wrong magic", labels(two_labels) + good, labels(two_labels),
            "images: expected the IDX magic number 0x00000803, found 0x00000801");
        row("images for labels", good, good, "labels: expected");
        row("page of a web server", "<html><body>not found</body></html>", labels(two_labels), "found 0x3c68746d");
        row("cut off", good.substr(0, 1000), labels(two_labels), "expected 1584 bytes for 2 entries, found 1000");
        row("too long", good + "x", labels(two_labels), "expected 1584 bytes for 2 entries, found 1585");
        row("gzip cut off", packed(good).substr(0, 200), labels(two_labels), "images: cannot be read to its end");
        row("gzip header alone", packed(good).substr(0, 10), labels(two_labels), "images: ");
        row("wrong size of images", images(2, 28, 29), labels(two_labels),
            "expected images of 28 x 28 pixels, found 28 x 29");
        row("no images", images(0), labels(two_labels), "expected 1 to 1000000 entries, found 0");
        row("huge count", big_endian(0x803) + big_endian(0xffffffff) + good.substr(8), labels(two_labels),
            "found 4294967295");
        row("unequal counts", images(3), labels(two_labels), "has 3 images but");
        row("label out of range", good, labels({'\x03', '\x0a'}),
            "labels: expected labels 0 to 9, found 10 for image 1");
    }
    void badFilesGiveASentence() {
        QFETCH(QByteArray, image_bytes);
        QFETCH(QByteArray, label_bytes);
        QFETCH(QString, sentence);
        const Files files(image_bytes.toStdString(), label_bytes.toStdString());
        VERIFY_SAYS(complaint([&] { files.read(); }), sentence.toUtf8().constData());
    }

    void aSmallFileThatUnpacksToFarTooMuchIsRefused() {
        const Files files(images(2), packed(labels(two_labels) + std::string(8 << 20, '\0')));
        QVERIFY(fs::file_size(files.label_file) < 20000);
        VERIFY_SAYS(complaint([&] { files.read(); }), "labels: expected at most 1000008 bytes of content, found more");
    }

    void publishedFilesHaveTheirDigits() {
        REQUIRE_SHARED(real_folder());
        const DatasetSplits data = load_dataset(named("smnist"), shared_dir() / "data");
        QCOMPARE(data.train->shape().count, 60000);
        QCOMPARE(data.test->shape().count, 10000);
        QVERIFY(data.permutation.empty());
        // Counts of the digits 0 … 9 in the test set.
        std::vector<int> counts(10);
        for (std::int64_t n = 0; n < 10000; ++n) ++counts[static_cast<size_t>(labels_of(*data.test, n)[0])];
        QCOMPARE(counts, (std::vector<int>{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}));
        // The first image to train is a 5; its upper rows are empty.
        QCOMPARE(labels_of(*data.train, 0)[0], 5);
        const auto input = input_of(*data.train, 0);
        QCOMPARE(std::find_if(input.begin(), input.end(), [](float pixel) { return pixel > 0; }) - input.begin(), 152);
    }

    void publishedFilesStayBytesInMemoryAndLoadQuickly() {
        REQUIRE_SHARED(real_folder());
        QElapsedTimer timer;
        timer.start();
        const auto set =
            read_idx_digits(real_folder() / "train-images-idx3-ubyte.gz", real_folder() / "train-labels-idx1-ubyte.gz");
        qInfo("60 000 images: %lld ms, %zu bytes", timer.elapsed(), set->stored_bytes());
        QVERIFY(set->stored_bytes() < 60000 * 785 * 1.01);
    }

    void importedFilesMayBePackedAnewOrUnpacked() {
        REQUIRE_SHARED(real_folder());
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        QCOMPARE(dataset_status("psmnist", data).status, DatasetStatus::missing);
        import_dataset("smnist", real_folder(), data);
        // One folder serves both sets.
        QCOMPARE(verify_dataset("psmnist", data).status, DatasetStatus::ready);
        const fs::path test_labels = data / "mnist" / "t10k-labels-idx1-ubyte.gz";
        const Files plain("", "");
        const auto digits = load_dataset(named("smnist"), data).test;
        std::string content = big_endian(0x801) + big_endian(10000);
        for (std::int64_t n = 0; n < 10000; ++n) content += static_cast<char>(labels_of(*digits, n)[0]);
        fs::remove(test_labels);
        write(data / "mnist" / "t10k-labels-idx1-ubyte", content);
        QCOMPARE(verify_dataset("smnist", data).status, DatasetStatus::ready);
        // A damaged unpacked copy is found out, and gives way to an imported packed one.
        content[5000] ^= 1;
        write(data / "mnist" / "t10k-labels-idx1-ubyte", content);
        const DatasetReport report = verify_dataset("smnist", data);
        QCOMPARE(report.status, DatasetStatus::corrupt);
        VERIFY_SAYS(QString::fromStdString(report.message), "t10k-labels-idx1-ubyte: expected SHA-256 ff7bcfd4");
        import_dataset("smnist", real_folder(), data);
        QCOMPARE(verify_dataset("smnist", data).status, DatasetStatus::ready);
    }
};

class PermutationTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aDrawnPermutationShowsEveryPixelOnce() {
        auto drawn = draw_permutation(784, 0);
        require_permutation(drawn, 784, "drawn");
        QVERIFY(!std::is_sorted(drawn.begin(), drawn.end()));
        QCOMPARE(drawn, draw_permutation(784, 0));
        QVERIFY(drawn != draw_permutation(784, 1));
    }

    void theSameOnEveryMachine() {
        const auto drawn = draw_permutation(784, 0);
        // Worked out with another implementation of the generator: a saved experiment must find its order again.
        QCOMPARE(std::vector<std::int64_t>(drawn.begin(), drawn.begin() + 4),
                 (std::vector<std::int64_t>{219, 65, 379, 192}));
    }

    void stepTShowsPixelPermutationT() {
        const Files files(images(1), labels("\x01"));
        auto permutation = draw_permutation(784, 3);
        const auto plain = input_of(*files.read(), 0);
        const auto permuted = input_of(*files.read(permutation), 0);
        for (size_t t = 0; t < 784; ++t) QCOMPARE(permuted[t], plain[static_cast<size_t>(permutation[t])]);
    }

    void whatIsNotAPermutationIsRefused() {
        const Files files(images(1), labels("\x01"));
        std::vector<std::int64_t> order(784);
        std::iota(order.begin(), order.end(), 0);
        order[7] = 784;
        VERIFY_SAYS(complaint([&] { files.read(order); }), "expected 0 to 783 at place 7, found 784");
        order[7] = 3;
        VERIFY_SAYS(complaint([&] { files.read(order); }), "expected every step once, found 3 again at place 7");
        order.resize(9);
        VERIFY_SAYS(complaint([&] { files.read(order); }), "expected a permutation of 784 steps, found 9 numbers");
    }

    void theSeedDrawsItAndAGivenOneReplacesIt() {
        REQUIRE_SHARED(real_folder());
        DatasetConfig config = named("psmnist");
        config.permutation_seed = 5;
        const DatasetSplits drawn = load_dataset(config, shared_dir() / "data");
        QCOMPARE(drawn.permutation, draw_permutation(784, 5));
        const auto published = draw_permutation(784, 77);
        const DatasetSplits given = load_dataset(config, shared_dir() / "data", published);
        QCOMPARE(given.permutation, published);
        const auto plain = input_of(*load_dataset(named("smnist"), shared_dir() / "data").test, 12);
        const auto shown = input_of(*given.test, 12);
        for (size_t t = 0; t < 784; ++t) QCOMPARE(shown[t], plain[static_cast<size_t>(published[t])]);
    }

    void onlyPermutedSetsTakeOne() {
        VERIFY_SAYS(complaint([] { load_dataset(DatasetConfig(), "/nowhere", draw_permutation(1300, 1)); }),
                    "Synthetic ECG is not permuted");
        VERIFY_SAYS(complaint([] {
                        load_dataset(named("psmnist"), "/nowhere", {1, 0});
                    }),
                    "the permutation given for PS-MNIST: expected a permutation of 784 steps, found 2 numbers");
    }
};

RESONATE_TEST(IdxReaderTest)
RESONATE_TEST(PermutationTest)
#include "digits_test.moc"
