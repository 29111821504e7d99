// tests/engine/recordings_test.cpp: WAV files, their coefficients, and many of them at once.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <sstream>

#include <sndfile.h>

#include "complaint.h"
#include "data/feature_workers.h"
#include "data/mfcc.h"
#include "data/recording.h"
#include "set_contents.h"
#include "test_registry.h"
#include "wav_bytes.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

mfcc::Features features_of(const std::vector<float>& samples) {
    mfcc::Features features;
    mfcc::Transform().compute(samples, features);
    return features;
}

std::vector<float> read(const std::string& bytes, RecordingFormat format) {
    std::istringstream stream(bytes);
    return read_recording(stream, "some.wav", format);
}

// The recordings of make_mfcc_examples.py, by the same formulas.
double chirp(int i) {
    const double t = i / 16000.0;
    return 0.5 * std::sin(2 * std::numbers::pi * (100 * t + 1900 * t * t));
}

std::vector<float> example(const std::string& name, int count) {
    const std::vector<std::int16_t> random = noise(static_cast<size_t>(count));
    const auto drawn = [&](int i) { return random[static_cast<size_t>(i)] / 32768.0; };
    const std::map<std::string, std::function<double(int)>> formulas = {
        {"chirp", chirp},
        {"half", chirp},
        {"noise", [&](int i) { return 0.3 * drawn(i); }},
        {"limit", [&](int i) { return 0.1 * drawn(i); }},
        {"short", [&](int i) { return 0.5 * drawn(i); }},
        {"long", [&](int i) { return chirp(i) + 0.01 * drawn(i); }},
        {"click", [&](int i) { return i == count / 3 ? 0.9 : 0.0; }},
        {"silence", [](int) { return 0.0; }},
        {"single", [](int) { return 0.25; }},
    };
    const std::function<double(int)>& formula = formulas.at(name);
    std::vector<float> samples;
    for (int i = 0; i < count; ++i) samples.push_back(static_cast<float>(formula(i)));
    return samples;
}

struct Example {
    std::string name;
    int samples = 0;
    std::vector<double> features;
};

std::vector<Example> expected_examples() {
    std::ifstream file(std::string(RESONATE_SOURCE_DIR) + "/tests/engine/python/mfcc_examples.txt");
    std::vector<Example> examples;
    for (Example one; file >> one.name >> one.samples; examples.push_back(one)) {
        one.features.resize(mfcc::Features().size());
        for (double& value : one.features) file >> value;
    }
    return examples;
}

std::vector<float> sine(double hertz, int rate, int count) {
    std::vector<float> samples;
    for (int i = 0; i < count; ++i)
        samples.push_back(static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * hertz * i / rate)));
    return samples;
}

const WavFormat floats{16000, 1, 32, 3};

}  // namespace

class MfccTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void coefficientsAreThoseOfAnotherImplementation() {
        const std::vector<Example> examples = expected_examples();
        QCOMPARE(examples.size(), size_t(9));
        for (const Example& one : examples) {
            const mfcc::Features found = features_of(example(one.name, one.samples));
            double largest = 0;
            for (size_t i = 0; i < found.size(); ++i) largest = std::max(largest, std::abs(found[i] - one.features[i]));
            QVERIFY2(largest < 1e-4, qPrintable(QString("%1 differs by %2").arg(one.name.c_str()).arg(largest)));
        }
    }

    void aSequenceHasMeanZeroAndDeviationOne() {
        for (const int count : {1, 150, 399, 16000, 40000}) {
            const mfcc::Features found = features_of(example("noise", count));
            const double mean = std::accumulate(found.begin(), found.end(), 0.0) / found.size();
            double squares = 0;
            for (const float value : found) squares += (value - mean) * (value - mean);
            QVERIFY(std::abs(mean) < 1e-6);
            QVERIFY(std::abs(std::sqrt(squares / (found.size() - 1)) - 1) < 1e-6);
        }
    }

    void framesThatAreFilledUpAreAllTheSame() {
        // 8000 samples make 41 frames.
        const mfcc::Features found = features_of(example("half", 8000));
        const size_t first = 41 * size_t{mfcc::coefficients};
        QVERIFY(std::all_of(found.begin() + first, found.end(), [&](float value) { return value == found[first]; }));
        QVERIFY(found[first - 1] != found[first]);
    }

    void whatComesAfterTheLastFrameDoesNotMatter() {
        std::vector<float> samples = example("long", mfcc::samples_used);
        const mfcc::Features found = features_of(samples);
        samples.resize(2 * samples.size(), 0.7F);
        QCOMPARE(features_of(samples), found);
        // The last sample that is used does.
        samples[mfcc::samples_used - 1] += 0.1F;
        QVERIFY(features_of(samples) != found);
    }

    void aLouderRecordingIsHigherInTheFirstCoefficientAlone() {
        // All frames are filled, so the gain moves coefficient 0 of each by ln(g²) · sqrt(40), before normalising.
        const std::vector<float> quiet = example("noise", mfcc::samples_used);
        std::vector<float> loud = quiet;
        for (float& sample : loud) sample *= 2;
        const mfcc::Features a = features_of(quiet);
        const mfcc::Features b = features_of(loud);
        // Normalising is affine: differences between other coefficients keep their ratio.
        const auto ratio = [&](size_t i, size_t j, size_t k) { return double{a[i] - a[j]} / double{a[i] - a[k]}; };
        const auto louder = [&](size_t i, size_t j, size_t k) { return double{b[i] - b[j]} / double{b[i] - b[k]}; };
        for (size_t frame = 1; frame < 50; ++frame) {
            const size_t i = frame * mfcc::coefficients + 1;
            QVERIFY(std::abs(ratio(i, i + 1, i + 2) - louder(i, i + 1, i + 2)) <
                    1e-3 * (1 + std::abs(ratio(i, i + 1, i + 2))));
        }
    }
};

class RecordingTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void samplesOfAPublishedRecordingAreExact() {
        const std::vector<std::int16_t> samples = noise(16000);
        const std::vector<float> found = read(wav(sound_of(samples)), RecordingFormat::published);
        QCOMPARE(found.size(), samples.size());
        for (size_t i = 0; i < samples.size(); ++i) QCOMPARE(found[i], samples[i] / 32768.0F);
    }

    void badRecordingsAreNamedWithWhatWasFound_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<bool>("own");  ///< is it refused among own recordings, too?
        QTest::addColumn<QString>("said");
        const std::string sound = sound_of(noise(1000));
        const auto row = [](const char* name, const std::string& bytes, bool own, const char* said) {
            QTest::newRow(name) << bytes << own << QString::fromUtf8(said);
        };
        const char* expected = "some.wav: expected 16000 Hz, 1 channel, 16 bit, found ";
        row("rate", wav(sound, {44100}), false, (std::string(expected) + "44100 Hz, 1 channel, 16 bit").c_str());
        row("stereo", wav(sound, {16000, 2}), false, (std::string(expected) + "16000 Hz, 2 channels, 16 bit").c_str());
        row("24 bit", wav(std::string(300, 'x'), {16000, 1, 24}), false,
            (std::string(expected) + "16000 Hz, 1 channel, 24 bit").c_str());
        row("float", wav(sound_of(std::vector<float>(9)), floats), false, "32 bit floating point");
        row("no samples", wav(""), true, "some.wav: holds no samples");
        row("half a sample", wav("x"), true, "some.wav: holds no samples");
        row("empty", "", true, "expected a WAV file, found an empty file");
        row("text", "Not a recording, just some text in a file.", true, "expected a WAV file, found something else");
        row("another RIFF", "RIFF" + std::string(4, '\x10') + "AVI LIST0000000000", true, "found something else");
        const std::string whole = wav(sound);
        row("cut off", whole.substr(0, whole.size() - 100), true,
            "is cut off: expected 2000 bytes of sound, found 1900");
        row("cut before the sound", whole.substr(0, 44), true, "is cut off: expected 2000 bytes of sound, found 0");
        row("cut in the header", whole.substr(0, 30), true, "no sound was found in it");
        row("cut in the first word", whole.substr(0, 7), true, "found something else");
        row("no format",
            "RIFF" + little_endian(std::uint32_t{12 + 8}) + "WAVEdata" + little_endian(std::uint32_t{4}) + "abcd", true,
            "is no WAV file that can be read");
        row("chunk of any size", "RIFF" + std::string(4, '\0') + "WAVEjunk" + little_endian(0xfffffff0U) + "data", true,
            "no sound was found in it");
        row("no channels", wav(sound, {16000, 0}), true, "some.wav: ");
        row("no rate", wav(sound, {0}), true, "some.wav: ");
        row("rate beyond all", wav(sound, {2000000}), true, "some.wav: expected ");
        row("widths of 13 bit", wav(sound, {16000, 1, 13, 3}), true, "some.wav: ");
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinite = std::numeric_limits<float>::infinity();
        row("not a number", wav(sound_of(std::vector<float>{0, 0, nan}), floats), true, "some.wav: ");
        row("infinite", wav(sound_of(std::vector<float>{0, -infinite}), floats), true, "some.wav: ");
    }
    void badRecordingsAreNamedWithWhatWasFound() {
        QFETCH(std::string, bytes);
        QFETCH(bool, own);
        QFETCH(QString, said);
        const QString published = complaint([&] { read(bytes, RecordingFormat::published); });
        VERIFY_SAYS(published, said.toUtf8());
        QCOMPARE(published.count('\n'), 0);
        const QString any = complaint([&] { read(bytes, RecordingFormat::any); });
        QCOMPARE(!any.isEmpty(), own);
        if (own) VERIFY_SAYS(any, said.toUtf8());
    }

    void numbersThatAreNotFiniteAreNamedWithTheirPlace() {
        const auto said_of = [](const std::vector<double>& samples) {
            return complaint([&] { read(wav(sound_of(samples), {16000, 1, 64, 3}), RecordingFormat::any); });
        };
        VERIFY_SAYS(said_of({0, 0.5, std::nan("")}), "some.wav: expected finite samples, found nan at sample 2");
        // Too large for float32.
        VERIFY_SAYS(said_of({1e300}), "expected finite samples, found inf at sample 0");
        QVERIFY(said_of({0, 0.5, -1}).isEmpty());
    }

    void aFileThatIsNotThereIsNamed() {
        QTemporaryDir folder;
        const fs::path here = folder.path().toStdString();
        for (const fs::path& file : {here / "absent.wav", here})
            VERIFY_SAYS(complaint([&] { read_recording(file, RecordingFormat::any); }),
                        "is not a file that can be opened");
    }

    void everyWidthIsRead() {
        const std::vector<double> wanted{0, 0.5, -0.25, -1};
        const auto close = [&](const std::vector<float>& found, double tolerance) {
            QCOMPARE(found.size(), wanted.size());
            for (size_t i = 0; i < wanted.size(); ++i) QVERIFY(std::abs(found[i] - wanted[i]) <= tolerance);
        };
        const auto any = [](const std::string& sound, const WavFormat& format) {
            return read(wav(sound, format), RecordingFormat::any);
        };
        std::string eight, twenty_four;
        std::vector<std::int16_t> sixteen;
        std::vector<std::int32_t> thirty_two;
        for (const double value : wanted) {
            eight += static_cast<char>(static_cast<int>(128 + 128 * value));
            sixteen.push_back(static_cast<std::int16_t>(32768 * value));
            thirty_two.push_back(static_cast<std::int32_t>(2147483648.0 * value));
            twenty_four += little_endian(thirty_two.back()).substr(1);
        }
        close(any(eight, {16000, 1, 8}), 1.0 / 128);
        close(any(sound_of(sixteen), {16000, 1, 16}), 0);
        close(any(twenty_four, {16000, 1, 24}), 1e-6);
        close(any(sound_of(thirty_two), {16000, 1, 32}), 1e-6);
        close(any(sound_of(std::vector<float>(wanted.begin(), wanted.end())), floats), 0);
        close(any(sound_of(wanted), {16000, 1, 64, 3}), 0);
        // A-law has no zero; 0xd5 is the smallest positive step.
        const std::vector<float> law = any(std::string(5, '\xd5'), {16000, 1, 8, 6});
        QVERIFY(std::abs(law.at(0)) < 1e-3);
    }

    void channelsAreAveraged() {
        const std::vector<float> both{0.5F, 0.25F, -1, 1, 0, 0.5F};
        const std::vector<float> found = read(wav(sound_of(both), {16000, 2, 32, 3}), RecordingFormat::any);
        QCOMPARE(found, (std::vector<float>{0.375F, 0, 0.25F}));
    }

    void soundOfUnknownLengthIsReadToItsEnd() {
        // As programs write it that cannot go back to fill in the size.
        const std::string bytes = wav(sound_of(noise(100)), {}, 0xffffffff);
        QCOMPARE(read(bytes, RecordingFormat::any).size(), size_t(100));
        VERIFY_SAYS(complaint([&] { read(bytes, RecordingFormat::published); }), "is cut off");
    }

    void otherContainersOfWavAreRead_data() {
        QTest::addColumn<int>("format");
        QTest::newRow("extensible") << (SF_FORMAT_WAVEX | SF_FORMAT_PCM_16);
        QTest::newRow("big-endian") << (SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG);
        QTest::newRow("64 bit sizes") << (SF_FORMAT_RF64 | SF_FORMAT_PCM_16);
    }
    void otherContainersOfWavAreRead() {
        QFETCH(int, format);
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "a.wav";
        const std::vector<std::int16_t> samples = noise(1000);
        SF_INFO info{};
        info.samplerate = 16000;
        info.channels = 1;
        info.format = format;
        SNDFILE* sound = sf_open(file.c_str(), SFM_WRITE, &info);
        QVERIFY(sound != nullptr);
        sf_write_short(sound, samples.data(), 1000);
        sf_close(sound);
        const std::vector<float> found = read_recording(file, RecordingFormat::any);
        QCOMPARE(found.size(), samples.size());
        QCOMPARE(found[500], samples[500] / 32768.0F);
        std::string bytes = bytes_of(file);
        bytes.resize(bytes.size() - 1000);
        VERIFY_SAYS(complaint([&] { read(bytes, RecordingFormat::any); }), "is cut off: expected 2000 bytes");
    }

    void codedSoundIsRefused() {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "a.wav";
        SF_INFO info{};
        info.samplerate = 16000;
        info.channels = 1;
        info.format = SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM;
        SNDFILE* sound = sf_open(file.c_str(), SFM_WRITE, &info);
        QVERIFY(sound != nullptr);
        sf_write_short(sound, noise(4000).data(), 4000);
        sf_close(sound);
        VERIFY_SAYS(complaint([&] { read_recording(file, RecordingFormat::any); }), "found another encoding");
        VERIFY_SAYS(complaint([&] { read_recording(file, RecordingFormat::published); }), "another encoding");
    }

    void otherRatesAreResampled_data() {
        QTest::addColumn<int>("rate");
        for (const int rate : {8000, 11025, 22050, 44100, 48000, 96000}) QTest::addRow("%d", rate) << rate;
    }
    void otherRatesAreResampled() {
        QFETCH(int, rate);
        const std::vector<float> found = read(
            wav(sound_of(sine(440, rate, rate)), {static_cast<std::uint32_t>(rate), 1, 32, 3}), RecordingFormat::any);
        const std::vector<float> wanted = sine(440, 16000, 16000);
        QVERIFY(std::abs(static_cast<int>(found.size()) - 16000) <= 1);
        // The ends are those of a sound that begins and ends at once.
        for (size_t i = 500; i < 15500; ++i)
            QVERIFY2(std::abs(found[i] - wanted[i]) < 1e-3, qPrintable(QString::number(i)));
    }

    void whatIsAboveHalfTheRateVanishes() {
        const std::vector<float> found =
            read(wav(sound_of(sine(12000, 48000, 48000)), {48000, 1, 32, 3}), RecordingFormat::any);
        for (size_t i = 500; i < 15500; ++i) QVERIFY(std::abs(found[i]) < 1e-3);
    }

    void theSameRateIsNotTouchedAndOnlyTheBeginningIsRead() {
        const std::vector<float> long_one = sine(300, 16000, 100000);
        const std::vector<float> found = read(wav(sound_of(long_one), floats), RecordingFormat::any);
        QCOMPARE(found, std::vector<float>(long_one.begin(), long_one.begin() + mfcc::samples_used));
        // Resampled, too, the end that is left out leaves no trace.
        const auto at_48 = [](int count) {
            return read(wav(sound_of(sine(300, 48000, count)), {48000, 1, 32, 3}), RecordingFormat::any);
        };
        const std::vector<float> a = at_48(90000);
        const std::vector<float> b = at_48(400000);
        QCOMPARE(a.size(), size_t(mfcc::samples_used));
        QCOMPARE(b.size(), a.size());
        for (size_t i = 0; i < a.size(); ++i) QVERIFY(std::abs(a[i] - b[i]) < 1e-6);
    }
};

class FeatureWorkersTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void manyAreComputedInOrderAsOneByOne() {
        // More than are kept in one block.
        constexpr int count = 2100;
        FeatureWorkers workers(4);
        const auto recording = [](int i) { return example("noise", 100 + i); };
        for (int i = 0; i < count; ++i) workers.add([=] { return recording(i); });
        const auto rows = workers.finish();
        QCOMPARE(rows->size(), size_t(count));
        for (int i = 0; i < count; ++i) QCOMPARE((*rows)[static_cast<size_t>(i)], features_of(recording(i)));
    }

    void theFirstThatFailsIsTheOneReported() {
        for (int attempt = 0; attempt < 20; ++attempt) {
            FeatureWorkers workers(4);
            const QString said = complaint([&] {
                for (int i = 0; i < 200; ++i)
                    workers.add([i]() -> std::vector<float> {
                        if (i >= 50) throw DataError("recording " + std::to_string(i));
                        return {0.5F};
                    });
                workers.finish();
            });
            QCOMPARE(said, QString("recording 50"));
        }
    }
};

RESONATE_TEST(MfccTest)
RESONATE_TEST(RecordingTest)
RESONATE_TEST(FeatureWorkersTest)
#include "recordings_test.moc"
