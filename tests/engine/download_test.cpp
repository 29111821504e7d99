// tests/engine/download_test.cpp: downloads of data sets from a server on this machine, with every fault of the web.
#include <signal.h>

#include <QCryptographicHash>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <future>

#include "complaint.h"
#include "data/dataset_store.h"
#include "data/download/fetch_files.h"
#include "data/random.h"
#include "gzip_bytes.h"
#include "set_contents.h"
#include "shared_data.h"
#include "test_registry.h"
#include "web_server.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

std::string hash_of(const std::string& bytes, QCryptographicHash::Algorithm algorithm) {
    return QCryptographicHash::hash(QByteArray::fromStdString(bytes), algorithm).toHex().toStdString();
}

/// Bytes that do not pack.
std::string noise(size_t count, std::uint64_t seed = 1) {
    Random random(seed);
    std::string bytes;
    for (size_t i = 0; i < count; ++i) bytes += static_cast<char>(random.below(256));
    return bytes;
}

DatasetFile file_of(const std::string& name, const std::string& content, Packing packing = Packing::none) {
    DatasetFile file{name, static_cast<std::int64_t>(content.size()), hash_of(content, QCryptographicHash::Sha256)};
    file.packing = packing;
    return file;
}

/// Files as SHD's are published: packed, of unpublished size, with MD5.
DatasetFile transported(const std::string& name, const std::string& content) {
    DatasetFile file;
    file.name = name;
    file.md5 = hash_of(content, QCryptographicHash::Md5);
    file.packing = Packing::transport;
    return file;
}

DatasetInfo set_of(std::vector<DatasetFile> files) {
    DatasetInfo info;
    info.name = "toy";
    info.title = "Toy";
    info.folder = "toy";
    info.files = std::move(files);
    return info;
}

FetchSettings quick() {
    FetchSettings settings;
    settings.pause = std::chrono::milliseconds(1);
    return settings;
}

/// For servers that are silent on purpose: on a busy machine others are so for a second too.
FetchSettings impatient() {
    FetchSettings settings = quick();
    settings.stall_timeout = std::chrono::seconds(1);
    return settings;
}

}  // namespace

class DownloadTest : public QObject {
    Q_OBJECT

 private:
    std::optional<QTemporaryDir> m_folder;
    const std::string m_content = noise(600'000);
    const DatasetInfo m_toy = set_of({file_of("a.bin", m_content)});

    fs::path folder() const { return fs::path(m_folder->path().toStdString()) / "toy"; }
    std::string received(const std::string& name = "a.bin") const { return bytes_of(folder() / name); }
    bool hasPart(const std::string& name = "a.bin") const { return fs::exists(folder() / (name + ".part")); }

    void fetch(const DatasetInfo& info, const std::vector<std::string>& sources,
               const FetchSettings& settings = quick()) const {
        FetchOptions options;
        options.sources = sources;
        fetch_files(info, folder(), options, settings);
    }
    QString failure(const DatasetInfo& info, const std::vector<std::string>& sources,
                    const FetchSettings& settings = quick()) const {
        const QString said = complaint([&] { fetch(info, sources, settings); });
        // One sentence on one line, whatever happened.
        if (said.contains('\n')) qWarning("more than a line: %s", qPrintable(said));
        return said;
    }

 private Q_SLOTS:
    void initTestCase() {
        for (const char* name :
             {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})
            qunsetenv(name);
    }
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

    void aWebPageDoesNotCostThePart() {
        write(folder() / "a.bin.part", m_content.substr(0, 100'000));
        const WebServer server(
            [](const WebRequest&) { return WebReply{.body = "<!DOCTYPE html><p>log in", .type = ""}; });
        const DatasetInfo unknown_size = set_of({transported("a.h5", m_content)});
        write(folder() / "a.h5.gz.part", "some of it");
        VERIFY_SAYS(failure(unknown_size, {server.url()}), "sent a web page");
        QCOMPARE(received("a.h5.gz.part"), "some of it");
        VERIFY_SAYS(failure(m_toy, {server.url()}), "has a file of 24 bytes, expected 600000");
        QCOMPARE(received("a.bin.part"), m_content.substr(0, 100'000));
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

    void anotherRestThanAskedForIsRefused() {
        write(folder() / "a.bin.part", m_content.substr(0, 100'000));
        const WebServer server([&](const WebRequest&) {
            return WebReply{
                .status = 206, .body = m_content.substr(5), .headers = {"Content-Range: bytes 5-599999/600000"}};
        });
        VERIFY_SAYS(failure(m_toy, {server.url()}), "sent another part of the file than was asked for");
        const WebServer vague([&](const WebRequest&) { return WebReply{.status = 206, .body = m_content}; });
        VERIFY_SAYS(failure(m_toy, {vague.url()}), "sent another part of the file than was asked for");
    }

    void aMoreThanAnnouncedEndIsCutAndRefused() {
        // 300 000 bytes announced, 600 000 sent: HTTP ends after the announced ones.
        const WebServer server([&](const WebRequest&) { return WebReply{.body = m_content, .announced = 300'000}; });
        VERIFY_SAYS(failure(m_toy, {server.url()}), "has a file of 300000 bytes, expected 600000");
        QVERIFY(!hasPart());
        const WebServer good([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {server.url(), good.url()});
        QCOMPARE(received(), m_content);
    }

    void lessThanAnnouncedIsNotTakenForTheFile() {
        const std::string gzip = packed(m_content);
        const WebServer server([&](const WebRequest& request) {
            if (request.from) return WebReply{.status = 404};
            return WebReply{.body = gzip.substr(0, 1000), .announced = static_cast<std::int64_t>(gzip.size())};
        });
        const QString said = failure(set_of({transported("a.h5", m_content)}), {server.url()});
        VERIFY_SAYS(said, "(404)");
        VERIFY_SAYS(said, "is kept");
        QCOMPARE(received("a.h5.gz.part"), gzip.substr(0, 1000));
    }

    void anEndWithoutAnnouncementIsSeenBySize() {
        std::atomic<int> asked = 0;
        const WebServer server([&](const WebRequest& request) {
            WebReply reply = whole_or_rest(request, m_content);
            reply.announced = -1;
            if (++asked == 1) reply.sent = 100'000;
            return reply;
        });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        QCOMPARE(server.requests().at(1).from.value_or(0), 100'000);
    }

    void moreThanTheFileCanHaveIsNotWritten() {
        const WebServer server(
            [&](const WebRequest&) { return WebReply{.body = m_content + m_content, .announced = -1}; });
        VERIFY_SAYS(failure(m_toy, {server.url()}), "sends more than the 600000 bytes");
    }

    void aWrongFileIsRefusedAndTheNextMirrorAsked() {
        const std::string wrong = noise(600'000, 9);
        const WebServer bad([&](const WebRequest& request) { return whole_or_rest(request, wrong); });
        const QString said = failure(m_toy, {bad.url()});
        VERIFY_SAYS(said, ("expected SHA-256 " + m_toy.files[0].sha256 + ", found " +
                           hash_of(wrong, QCryptographicHash::Sha256))
                              .c_str());
        QVERIFY(!hasPart());
        QVERIFY(!fs::exists(folder() / "a.bin"));
        const WebServer good([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {bad.url(), good.url()});
        QCOMPARE(received(), m_content);
        QVERIFY(!good.requests()[0].from);
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

    void badAnswersAreToldApart_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, int status, const char* type, const char* body, const char* sentence) {
            QTest::newRow(name) << status << QString(type) << QByteArray(body) << QString(sentence);
        };
        const char* binary = "application/octet-stream";
        row("HTML by type", 200, "text/html; charset=utf-8", "hello", "sent a web page");
        row("HTML by content", 200, binary, " \n<HTML><body>log in</body>", "sent a web page");
        row("empty", 200, binary, "", "sent an empty file");
        row("202", 202, binary, "", "sent no file (202)");
        row("202 with words", 202, "text/plain", "soon", "sent no file (202)");
        row("204", 204, "", "", "no content (204)");
        row("401", 401, "text/html", "who?", "asks for a password (401)");
        row("403", 403, "application/xml", "<Error/>", "refuses access (403)");
        row("404", 404, "text/html", "<html>not here", "has no such file (404)");
        row("410", 410, "", "", "no longer (410)");
        row("429", 429, "", "", "too many requests, try again later (429)");
        row("500", 500, "text/plain", "oh", "has a fault of its own (500)");
        row("302 to nowhere", 302, "", "", "redirects without saying where to (302)");
        row("418", 418, "", "", "answered 418");
    }
    void badAnswersAreToldApart() {
        QFETCH(int, status);
        QFETCH(QString, type);
        QFETCH(QByteArray, body);
        QFETCH(QString, sentence);
        const WebServer server([&](const WebRequest&) {
            return WebReply{.status = status, .body = body.toStdString(), .type = type.toStdString()};
        });
        for (const DatasetInfo& info :
             {set_of({transported("a.h5", m_content)}), set_of({file_of("a.bin", m_content)})}) {
            const QString said = failure(info, {server.url()});
            if (info.files[0].packing != Packing::none || !body.startsWith(" ")) VERIFY_SAYS(said, sentence.toUtf8());
            VERIFY_SAYS(said, "resonate-cli datasets import toy FOLDER");
            VERIFY_SAYS(said, "Use files I have…");
            QVERIFY(!hasPart(published_name(info.files[0])));
        }
    }

    void everySourceIsNamedWithItsAnswer() {
        const WebServer missing([](const WebRequest&) { return WebReply{.status = 404}; });
        const WebServer faulty([](const WebRequest&) { return WebReply{.status = 500}; });
        const ClosedPort closed;
        const QString said = failure(m_toy, {missing.url(), faulty.url(), closed.url()});
        VERIFY_SAYS(said, "Toy: a.bin cannot be downloaded: ");
        QVERIFY(!fs::exists(folder()));
        VERIFY_SAYS(said, (missing.url() + "a.bin: has no such file (404)").c_str());
        VERIFY_SAYS(said, (faulty.url() + "a.bin: has a fault of its own (500)").c_str());
        VERIFY_SAYS(said, (closed.url() + "a.bin: connection refused").c_str());
        VERIFY_SAYS(said, "; try again later, or put the file a.bin into a folder");
        VERIFY_SAYS(failure(m_toy, {closed.url()}), "check that this machine is online and try again, or put");
    }

    void aRedirectIsFollowed() {
        const WebServer files([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        std::atomic<int> asked = 0;
        const WebServer server([&](const WebRequest&) {
            // With a page, as servers do, which is not the file.
            return WebReply{.status = 302,
                            .body = "<html>moved",
                            .type = "text/html",
                            .headers = {"Location: " + files.url() + "deep/b.bin"}};
        });
        fetch(m_toy, {server.url()});
        QCOMPARE(received(), m_content);
        QCOMPARE(files.requests().at(0).target, "/deep/b.bin");
    }

    void aLoopOfRedirectsEnds() {
        const WebServer server([](const WebRequest& request) {
            return WebReply{.status = 302, .headers = {"Location: " + request.target + "x"}};
        });
        VERIFY_SAYS(failure(m_toy, {server.url()}), "redirects more than 5 times");
        QCOMPARE(server.requests().size(), 6U);
    }

    void redirectsLeadToTheWebOnly_data() {
        QTest::addColumn<QString>("target");
        QTest::newRow("file") << "file:///etc/hostname";
        QTest::newRow("ftp") << "ftp://127.0.0.1/a.bin";
    }
    void redirectsLeadToTheWebOnly() {
        QFETCH(QString, target);
        const WebServer server([&](const WebRequest&) {
            return WebReply{.status = 302, .headers = {"Location: " + target.toStdString()}};
        });
        VERIFY_SAYS(failure(m_toy, {server.url()}), "not http or https");
    }

    void sourcesAreAddressesOfTheWeb() {
        VERIFY_SAYS(failure(m_toy, {"ftp://127.0.0.1/"}),
                    "'ftp://127.0.0.1/': expected the address of a folder on the web");
        VERIFY_SAYS(failure(m_toy, {"data"}), "'data': expected the address of a folder on the web");
        VERIFY_SAYS(failure(m_toy, {"file:///data"}), "expected the address of a folder on the web");
    }

    void passwordsOfAnAddressAreNotShown() {
        const ClosedPort closed;
        const QString address = QString::fromStdString(closed.url()).replace("http://", "http://me:secret@");
        const QString said = failure(m_toy, {address.toStdString()});
        VERIFY_SAYS(said, (closed.url() + "a.bin: connection refused").c_str());
        QVERIFY(!said.contains("secret"));
    }

    void anUnknownHostIsNamed() {
        // No name server is asked for a name that cannot be: a label has at most 63 letters.
        const std::string host(70, 'a');
        VERIFY_SAYS(failure(m_toy, {"http://" + host + "/"}), (host + "/a.bin: host not found").c_str());
    }

    void aSilentServerIsLeft() {
        const WebServer server([](const WebRequest&) { return WebReply{.silent = true, .no_head = true}; });
        VERIFY_SAYS(failure(m_toy, {server.url()}, impatient()), "no answer within 1 second");
    }

    void aServerThatStopsSendingIsLeftAndItsPartKept() {
        const WebServer server([&](const WebRequest& request) {
            WebReply reply = whole_or_rest(request, m_content);
            reply.sent = request.from ? 0 : 1000;
            reply.silent = true;
            return reply;
        });
        VERIFY_SAYS(failure(m_toy, {server.url()}, impatient()), "stopped sending for 1 second");
        QCOMPARE(received("a.bin.part"), m_content.substr(0, 1000));
    }

    void aConnectionThatIsNotMadeTimesOut() {
        const FullPort full;
        FetchSettings settings = quick();
        settings.connect_timeout = std::chrono::milliseconds(50);
        VERIFY_SAYS(failure(m_toy, {full.url()}, settings), "no connection within 1 second");
    }

    void aConnectionClosedWithoutAWordIsNamed() {
        const WebServer server([](const WebRequest&) { return WebReply{.no_head = true}; });
        VERIFY_SAYS(failure(m_toy, {server.url()}), "closed the connection without an answer");
    }

    void proxiesOfTheEnvironmentAreUsedAndNamed() {
        const WebServer proxy([&](const WebRequest& request) {
            if (request.target == "http://files.example/data/a.bin") return whole_or_rest(request, m_content);
            return WebReply{.status = 407};
        });
        qputenv("http_proxy", QByteArray::fromStdString(proxy.url()));
        fetch(m_toy, {"http://files.example/data"});
        QCOMPARE(received(), m_content);
        fs::remove(folder() / "a.bin");
        QString said = failure(m_toy, {"http://other.example/"});
        VERIFY_SAYS(
            said, ("the proxy asks for a password (407), through the proxy " + proxy.url() + " (http_proxy)").c_str());
        // Over https a proxy is asked to connect.
        qputenv("https_proxy", QByteArray::fromStdString(proxy.url()).replace("http://", "http://me:secret@"));
        said = failure(m_toy, {"https://other.example/"});
        VERIFY_SAYS(said,
                    ("the proxy " + proxy.url() + " (https_proxy) answered that it asks for a password (407)").c_str());
        QVERIFY(!said.contains("secret"));
        const ClosedPort closed;
        qputenv("http_proxy", QByteArray::fromStdString(closed.url()));
        VERIFY_SAYS(failure(m_toy, {"http://other.example/"}),
                    ("the proxy " + closed.url() + " (http_proxy): connection refused").c_str());
        // no_proxy goes past it.
        qputenv("no_proxy", "127.0.0.1");
        const WebServer near([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        fetch(m_toy, {near.url()});
        QCOMPARE(received(), m_content);
        for (const char* name : {"http_proxy", "https_proxy", "no_proxy"}) qunsetenv(name);
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

    void aTruncatedPackedFileIsRefused() {
        std::string gzip = packed(m_content);
        gzip.resize(gzip.size() / 2);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, gzip); });
        const DatasetInfo info = set_of({transported("a.h5", m_content)});
        VERIFY_SAYS(failure(info, {server.url()}), "damaged file: cannot be read to its end: truncated gzip input");
        QVERIFY(!hasPart("a.h5.gz"));
        const std::string whole = packed(m_content);
        const WebServer good([&](const WebRequest& request) { return whole_or_rest(request, whole); });
        fetch(info, {server.url(), good.url()});
        QCOMPARE(received("a.h5"), m_content);
    }

    void aFileThatUnpacksWithoutEndIsRefused_data() {
        QTest::addColumn<bool>("known");
        QTest::newRow("size is published") << true;
        QTest::newRow("size is not published") << false;
    }
    void aFileThatUnpacksWithoutEndIsRefused() {
        QFETCH(bool, known);
        const std::string bomb = packed(std::string(size_t{100} << 20, '\0'), 9);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, bomb); });
        DatasetFile file = transported("a.h5", m_content);
        if (known) file.bytes = static_cast<std::int64_t>(m_content.size());
        VERIFY_SAYS(failure(set_of({file}), {server.url()}), "bytes of content, found more");
        QVERIFY(!fs::exists(folder() / "a.h5") && !hasPart("a.h5") && !hasPart("a.h5.gz"));
    }

    void tooLittleSpaceIsSaidBeforeTheDownload() {
        DatasetInfo huge = m_toy;
        huge.files[0].bytes = std::int64_t{1} << 60;
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        VERIFY_SAYS(failure(huge, {server.url()}), "are free; make room, or choose another data folder");
        FetchSettings settings = quick();
        settings.free_bytes = [](const fs::path&) { return std::uint64_t{1'200'000}; };
        VERIFY_SAYS(failure(m_toy, {server.url()}, settings), "Toy needs 1.7 MB of disk space, and 1.2 MB are free");
        QCOMPARE(server.requests().size(), 0U);
    }

    void tooLittleSpaceIsSaidWhenTheServerTellsTheSize() {
        const std::string gzip = packed(m_content);
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, gzip); });
        FetchSettings settings = quick();
        settings.free_bytes = [](const fs::path&) { return std::uint64_t{1'200'000}; };
        const DatasetInfo info = set_of({transported("a.h5", m_content)});
        VERIFY_SAYS(failure(info, {server.url()}, settings), "a.h5 needs 1.7 MB of disk space, and 1.2 MB are free");
        // Enough for the packed file, not for what is in it: what was received stays.
        const std::string chapter = noise(20'000);
        std::string book;
        for (int i = 0; i < 200; ++i) book += chapter;
        const std::string small = packed(book);
        const WebServer other([&](const WebRequest& request) { return whole_or_rest(request, small); });
        VERIFY_SAYS(failure(set_of({transported("z.h5", book)}), {other.url()}, settings), "z.h5 needs 5.1 MB");
        QCOMPARE(received("z.h5.gz.part"), small);
    }

    void aFolderThatCannotBeMadeIsNamed() {
        const WebServer server([&](const WebRequest& request) { return whole_or_rest(request, m_content); });
        write(folder().parent_path() / "toy", "a file");
        VERIFY_SAYS(failure(m_toy, {server.url()}), "toy");
        QCOMPARE(server.requests().size(), 0U);
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

class RemoveDatasetTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void filesOfTheSetGoAndOthersStay() {
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        const fs::path ecg = data / "ecg";
        for (const char* name : {"QTDB_train.mat", "QTDB_test.mat.part", "cache/deep/features.bin", "notes.txt"})
            write(ecg / name, "x");
        remove_dataset("ecg", data);
        QCOMPARE(bytes_of(ecg / "notes.txt"), "x");
        QCOMPARE(std::distance(fs::directory_iterator(ecg), fs::directory_iterator()), 1);
        QCOMPARE(dataset_status("ecg", data).status, DatasetStatus::missing);
    }

    void anEmptyFolderGoesToo() {
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        for (const char* name :
             {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte.gz.part"})
            write(data / "mnist" / name, "x");
        write(data / "ecg" / "QTDB_train.mat", "x");
        remove_dataset("psmnist", data);
        QVERIFY(!fs::exists(data / "mnist"));
        QVERIFY(fs::exists(data / "ecg" / "QTDB_train.mat"));
        // Nothing there: nothing to do, nothing made.
        remove_dataset("psmnist", data);
        QVERIFY(!fs::exists(data / "mnist"));
    }

    void generatedSetsHaveNothingToRemove() {
        VERIFY_SAYS(complaint([] { remove_dataset("synthetic_ecg", "/nowhere"); }), "there are no files to remove");
        VERIFY_SAYS(complaint([] { remove_dataset("egc", "/nowhere"); }), "there is no data set 'egc'");
    }

    void filesInUseStay() {
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        write(data / "ecg" / "QTDB_train.mat", "x");
        const DatasetFolderLock lock(data / "ecg");
        VERIFY_SAYS(complaint([&] { remove_dataset("ecg", data); }), "another program");
        QVERIFY(fs::exists(data / "ecg" / "QTDB_train.mat"));
    }
};

class FetchCommandTest : public QObject {
    Q_OBJECT

 private:
    static QString program() { return QStringLiteral(RESONATE_BIN_DIR "/resonate-cli"); }
    static void without_proxy(QProcess& process) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
            environment.remove(name);
        process.setProcessEnvironment(environment);
    }
    static int run(const QStringList& arguments, QString& said) {
        QProcess process;
        without_proxy(process);
        process.start(program(), arguments);
        if (!process.waitForFinished(120000)) return -1;
        said = QString::fromUtf8(process.readAllStandardError()) + QString::fromUtf8(process.readAllStandardOutput());
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

 private Q_SLOTS:
    void aFetchedSetIsReadyAndCanBeRemoved() {
        const fs::path real = shared_dir() / "data" / "ecg";
        REQUIRE_SHARED(real);
        const WebServer server([&](const WebRequest& request) {
            return whole_or_rest(request, bytes_of(real / request.target.substr(1)));
        });
        const WebServer missing([](const WebRequest&) { return WebReply{.status = 404}; });
        QTemporaryDir data;
        QString said;
        const QStringList fetch{"datasets",
                                "fetch",
                                "ecg",
                                "--data-dir",
                                data.path(),
                                "--from",
                                QString::fromStdString(missing.url()),
                                "--from",
                                QString::fromStdString(server.url())};
        QCOMPARE(run(fetch, said), 0);
        VERIFY_SAYS(said, "QTDB_test.mat (2 of 2) from 127.0.0.1");
        VERIFY_SAYS(said, "ECG-QTDB is ready in");
        QVERIFY(!said.contains('\r'));
        QCOMPARE(run({"datasets", "verify", "ecg", "--data-dir", data.path()}, said), 0);
        QCOMPARE(run({"datasets", "remove", "ecg", "--data-dir", data.path()}, said), 0);
        VERIFY_SAYS(said, "ECG-QTDB is removed");
        QVERIFY(!fs::exists(fs::path(data.path().toStdString()) / "ecg"));
    }

    void aFailedFetchExitsWithThreeAndNamesTheWayOut() {
        const ClosedPort closed;
        QTemporaryDir data;
        QString said;
        QCOMPARE(
            run({"datasets", "fetch", "ecg", "--data-dir", data.path(), "--from", QString::fromStdString(closed.url())},
                said),
            3);
        VERIFY_SAYS(said, "QTDB_train.mat: connection refused");
        VERIFY_SAYS(said, "datasets import ecg");
        QCOMPARE(run({"datasets", "fetch", "ecg", "--data-dir", data.path(), "--from", "ftp://127.0.0.1/"}, said), 2);
        QCOMPARE(run({"datasets", "fetch", "egc", "--data-dir", data.path()}, said), 2);
    }

    void ctrlCStopsWithFiveAndKeepsThePart() {
        std::promise<void> asked;
        const WebServer server([&](const WebRequest&) {
            asked.set_value();
            return WebReply{.body = std::string(537262, 'x'), .sent = 100'000, .silent = true};
        });
        QTemporaryDir data;
        QProcess process;
        without_proxy(process);
        process.start(program(), {"datasets", "fetch", "ecg", "--data-dir", data.path(), "--from",
                                  QString::fromStdString(server.url())});
        QVERIFY(process.waitForStarted());
        asked.get_future().wait();
        const fs::path part = fs::path(data.path().toStdString()) / "ecg" / "QTDB_train.mat.part";
        std::error_code failure;
        QTRY_VERIFY_WITH_TIMEOUT(fs::file_size(part, failure) == 100'000, 60000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(25000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 5);
        VERIFY_SAYS(QString::fromUtf8(process.readAllStandardError()), "QTDB_train.mat (0.1 MB) is kept");
        QCOMPARE(fs::file_size(part), 100'000U);
    }
};

RESONATE_TEST(DownloadTest)
RESONATE_TEST(RemoveDatasetTest)
RESONATE_TEST(FetchCommandTest)
#include "download_test.moc"
