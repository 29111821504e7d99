// tests/engine/download_test.cpp: downloads that arrive, are resumed, cancelled, or come in each other's way.
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <future>
#include <thread>

#include "download_fixture.h"
#include "gzip_bytes.h"
#include "shared_data.h"
#include "test_registry.h"
#include "web_server.h"

using namespace resonate;
using namespace resonate::tests;

class DownloadTest : public QObject, private DownloadFixture {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { ignore_proxies(); }
    void init() { m_folder.emplace(); }

    void aGoodFileArrivesAndIsNotDownloadedAgain() {
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        QVERIFY(!hasPart());
        QCOMPARE(server.requests().at(0).target, "/a.bin");
        fetch(m_toy, {server.url()});
        QCOMPARE(server.requests().size(), 1U);
        // Nothing but the file is left.
        QCOMPARE(std::distance(fs::directory_iterator(folder()), fs::directory_iterator()), 1);
    }

    void aDamagedFileIsDownloadedAgain() {
        std::string damaged = m_content;
        damaged[1000] ^= 1;
        write(folder() / "a.bin", damaged);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
    }

    void onlyMissingFilesAreAskedFor() {
        const std::string other = noise(1000, 2);
        const DatasetInfo two = set_of({file_of("a.bin", m_content), file_of("b.bin", other)});
        write(folder() / "a.bin", m_content);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, other); });
        fetch(two, {server.url()});
        QCOMPARE(received("b.bin"), other);
        QCOMPARE(server.requests().size(), 1U);
    }

    void progressTellsFileHostBytesAndCheck() {
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        std::vector<DownloadProgress> told;
        FetchOptions options;
        options.sources = {server.url()};
        options.on_progress = [&](const DownloadProgress& progress) { told.push_back(progress); };
        fetch_files(m_toy, folder(), options, quick());
        QVERIFY(told.size() >= 2);
        QCOMPARE(told.front().file, "a.bin");
        QCOMPARE(told.front().host, "127.0.0.1");
        QCOMPARE(told.front().file_count, 1);
        QCOMPARE(told.front().bytes_total, 600'000);
        QVERIFY(!told.front().checking && told.back().checking);
        QCOMPARE(told.back().bytes, 600'000);
        for (size_t i = 1; i < told.size(); ++i) QVERIFY(told[i].bytes >= told[i - 1].bytes);
    }

    void aBrokenConnectionIsResumedWhereItBroke() {
        std::atomic<int> asked = 0;
        const WebServer server([&](const WebRequest& request) {
            WebReply reply = whole_or_rest(request, m_content);
            if (++asked <= 2) reply.sent = 200'000;
            return reply;
        });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        const auto requests = server.requests();
        QCOMPARE(requests.size(), 3U);
        QVERIFY(!requests[0].from);
        QCOMPARE(requests[1].from.value_or(0), 200'000);
        QCOMPARE(requests[2].from.value_or(0), 400'000);
    }

    void aNewFetchGoesOnWithThePartOfTheLast() {
        std::atomic<bool> broken = true;
        const WebServer server([&](const WebRequest& request) {
            if (request.from && broken) return WebReply{.status = 503};
            WebReply reply = whole_or_rest(request, m_content);
            if (broken) reply.sent = 250'000;
            return reply;
        });
        const QString said = failure(m_toy, {server.url()});
        VERIFY_SAYS(said, "a.bin cannot be downloaded");
        VERIFY_SAYS(said, "(503)");
        VERIFY_SAYS(said, "what was received of a.bin (0.2 MB) is kept");
        QCOMPARE(received("a.bin.part"), m_content.substr(0, 250'000));
        broken = false;
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        QCOMPARE(server.requests().back().from.value_or(0), 250'000);
    }

    void anotherMirrorGoesOnWhereTheFirstBroke() {
        std::atomic<int> asked = 0;
        const WebServer first([&](const WebRequest& request) {
            WebReply reply = whole_or_rest(request, m_content);
            reply.sent = ++asked == 1 ? 300'000 : 0;
            return reply;
        });
        const WebServer second([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {first.url(), second.url()});
        QCOMPARE(received(), m_content);
        QCOMPARE(second.requests().size(), 1U);
        QCOMPARE(second.requests()[0].from.value_or(0), 300'000);
    }

    void aServerThatSendsAllInsteadOfTheRestIsTaken() {
        write(folder() / "a.bin.part", m_content.substr(0, 100'000));
        const WebServer server([&](const WebRequest&) { return WebReply{.body = m_content}; });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        QCOMPARE(server.requests().size(), 1U);
        QCOMPARE(server.requests()[0].from.value_or(0), 100'000);
    }

    void aPartLongerThanTheFileIsThrownAway() {
        write(folder() / "a.bin.part", noise(700'000, 3));
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        // Where the size is not published, the server says so: 416.
        const std::string small = packed(noise(1000));
        write(folder() / "b.h5.gz.part", noise(5000, 3));
        const WebServer other([&](const WebRequest& request) { return whole_or_rest(request, small); });
        fetch(set_of({transported("b.h5", noise(1000))}), {other.url()});
        QCOMPARE(received("b.h5"), noise(1000));
        QCOMPARE(other.requests().size(), 2U);
    }

    void aPartThatIsWholeNeedsNoDownload() {
        const ClosedPort nobody;
        write(folder() / "a.bin.part", m_content);
        fetch(m_toy, {nobody.url()});
        QCOMPARE(received(), m_content);
        // Where the size is not published, the server says that nothing is left: 416.
        const std::string whole = packed(m_content);
        write(folder() / "b.h5.gz.part", whole);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, whole); });
        fetch(set_of({transported("b.h5", m_content)}), {server.url()});
        QCOMPARE(received("b.h5"), m_content);
        QCOMPARE(server.requests().size(), 1U);
    }

    void aPartOfAnotherFileIsFoundOutAndThrownAway() {
        write(folder() / "a.bin.part", noise(100'000, 3));
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        const auto requests = server.requests();
        QCOMPARE(requests.size(), 2U);
        QVERIFY(requests[0].from && !requests[1].from);
    }

    void aCopyPackedAnewIsAcceptedForItsContent() {
        const std::string text(200'000, 'x');
        DatasetFile file = file_of("a.idx", text, Packing::gzip);
        const std::string published = packed(text, 9);
        file.packed_bytes = static_cast<std::int64_t>(published.size());
        file.packed_hash = hash_of(published, QCryptographicHash::Sha256);
        const std::string anew = packed(text, 1);
        QVERIFY(anew.size() != published.size());
        // An old plain copy must not hide it.
        write(folder() / "a.idx", "old");
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, anew); });
        fetch(set_of({file}), {server.url()});
        QCOMPARE(received("a.idx.gz"), anew);
        QVERIFY(!fs::exists(folder() / "a.idx"));
        QCOMPARE(server.requests().at(0).target, "/a.idx.gz");
        fetch(set_of({file}), {server.url()});
        QCOMPARE(server.requests().size(), 1U);
    }

    void aFileThatTheServerUnpackedIsKeptPlain() {
        const DatasetFile file = file_of("a.idx", m_content, Packing::gzip);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(set_of({file}), {server.url()});
        QCOMPARE(received("a.idx"), m_content);
        QVERIFY(!fs::exists(folder() / "a.idx.gz"));
    }

    void anArchiveThatIsReadAsItIsIsHashedAsItIs() {
        const std::string archive = packed(m_content);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, archive); });
        fetch(set_of({file_of("words.tar.gz", archive)}), {server.url()});
        QCOMPARE(received("words.tar.gz"), archive);
        QCOMPARE(server.requests().at(0).target, "/words.tar.gz");
    }

    void aTransportedFileIsUnpacked() {
        const std::string gzip = packed(m_content);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, gzip); });
        fetch(set_of({transported("a.h5", m_content)}), {server.url()});
        QCOMPARE(received("a.h5"), m_content);
        QCOMPARE(std::distance(fs::directory_iterator(folder()), fs::directory_iterator()), 1);
    }

    void cancellingKeepsThePart() {
        const WebServer server([&](const WebRequest& request) {
            WebReply reply = whole_or_rest(request, m_content);
            reply.sent = 200'000;
            reply.silent = true;
            return reply;
        });
        std::stop_source stop;
        FetchOptions options;
        options.sources = {server.url()};
        options.cancel = stop.get_token();
        options.on_progress = [&](const DownloadProgress& progress) {
            if (progress.bytes == 200'000) stop.request_stop();
        };
        // With the usual time limits: were it not cancelled, the next to end it would be 30 seconds of silence.
        QString said;
        try {
            fetch_files(m_toy, folder(), options);
        } catch (const DownloadCancelled& cancelled) {
            said = QString::fromUtf8(cancelled.what());
        }
        VERIFY_SAYS(said, "the download of Toy was stopped; what was received of a.bin (0.2 MB) is kept");
        QCOMPARE(received("a.bin.part"), m_content.substr(0, 200'000));
    }

    void cancellingEndsAConnectionThatIsNotMade() {
        const FullPort full;
        std::stop_source stop;
        FetchOptions options;
        options.sources = {full.url()};
        options.cancel = stop.get_token();
        options.on_progress = [&](const DownloadProgress&) { stop.request_stop(); };
        QVERIFY_THROWS_EXCEPTION(DownloadCancelled, fetch_files(m_toy, folder(), options));
        QVERIFY(!hasPart());
    }

    void cancellingFromAnotherThreadEndsASilence() {
        std::promise<void> asked;
        const WebServer server([&](const WebRequest&) {
            asked.set_value();
            return WebReply{.silent = true, .no_head = true};
        });
        std::stop_source stop;
        std::thread other([&] {
            asked.get_future().wait();
            stop.request_stop();
        });
        FetchOptions options;
        options.sources = {server.url()};
        options.cancel = stop.get_token();
        QVERIFY_THROWS_EXCEPTION(DownloadCancelled, fetch_files(m_toy, folder(), options));
        other.join();
    }

    void cancellingEndsTheCheckAndTheUnpacking_data() {
        QTest::addColumn<int>("checks");
        QTest::newRow("check") << 1;
        QTest::newRow("unpacking") << 2;
    }
    void cancellingEndsTheCheckAndTheUnpacking() {
        QFETCH(int, checks);
        // Unpacking follows the check without a word of its own, so the second stop is asked for by the free space.
        const std::string gzip = packed(m_content);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, gzip); });
        std::stop_source stop;
        FetchOptions options;
        options.sources = {server.url()};
        options.cancel = stop.get_token();
        bool checked = false;
        options.on_progress = [&](const DownloadProgress& progress) {
            checked = checked || progress.checking;
            if (checks == 1 && checked) stop.request_stop();
        };
        FetchSettings settings = quick();
        settings.free_bytes = [&](const fs::path&) {
            if (checks == 2 && checked) stop.request_stop();
            return std::uint64_t{1} << 40;
        };
        QVERIFY_THROWS_EXCEPTION(DownloadCancelled,
                                 fetch_files(set_of({transported("a.h5", m_content)}), folder(), options, settings));
        QCOMPARE(received("a.h5.gz.part"), gzip);
        QCOMPARE(std::distance(fs::directory_iterator(folder()), fs::directory_iterator()), 1);
    }

    void anEarlierGoodCopyOutlivesAFailedFetch() {
        const std::string second = noise(1000, 2);
        const DatasetInfo two = set_of({file_of("a.bin", m_content), file_of("b.bin", second)});
        write(folder() / "a.bin", m_content);
        write(folder() / "b.bin", "damaged, but here");
        const WebServer server([&](const WebRequest&) { return WebReply{.body = noise(1000, 5)}; });
        VERIFY_SAYS(failure(two, {server.url()}), "b.bin: sent another or a damaged file");
        QCOMPARE(received(), m_content);
        QCOMPARE(received("b.bin"), "damaged, but here");
    }

    void twoFetchesOfOneSetDoNotDisturbEachOther() {
        std::promise<void> asked;
        std::promise<void> released;
        const WebServer server([&](const WebRequest& request) {
            asked.set_value();
            released.get_future().wait();
            return whole_or_rest(request, m_content);
        });
        QString first_said;
        std::thread first([&] { first_said = failure(m_toy, {server.url()}); });
        asked.get_future().wait();
        const QString second_said = failure(m_toy, {server.url()});
        released.set_value();
        first.join();
        VERIFY_SAYS(second_said, "is downloading, importing or removing these files");
        QCOMPARE(first_said, QString());
        QCOMPARE(received(), m_content);
        QCOMPARE(server.requests().size(), 1U);
    }

    void aSetThatIsNowhereOnTheWebSaysSo() {
        VERIFY_SAYS(failure(m_toy, {}),
                    "Toy is not published on the web: put the file a.bin into a folder and import it");
        QTemporaryDir data;
        VERIFY_SAYS(complaint([&] { fetch_dataset("spoken_digits", data.path().toStdString()); }),
                    "resonate-cli datasets import spoken_digits FOLDER");
        VERIFY_SAYS(complaint([&] { fetch_dataset("synthetic_ecg", data.path().toStdString()); }), "is generated");
    }

    void realFilesAreFetchedAndVerify() {
        const fs::path real = shared_dir() / "data" / "mnist";
        REQUIRE_SHARED(real);
        const WebServer server([&](const WebRequest& request) {
            return whole_or_rest(request, bytes_of(real / request.target.substr(1)));
        });
        FetchOptions options;
        options.sources = {server.url()};
        const fs::path data = m_folder->path().toStdString();
        fetch_dataset("psmnist", data, options);
        QCOMPARE(server.requests().size(), 4U);
        QCOMPARE(verify_dataset("smnist", data).status, DatasetStatus::ready);
    }
};

RESONATE_TEST(DownloadTest)
#include "download_test.moc"
