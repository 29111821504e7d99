// tests/engine/download_faults_test.cpp: every fault of the web, and of the disk, while a file is downloaded.
#include <QTest>
#include <atomic>

#include "data/dataset_store.h"
#include "download_fixture.h"
#include "gzip_bytes.h"
#include "test_registry.h"
#include "web_server.h"

using namespace resonate;
using namespace resonate::tests;

class DownloadFaultsTest : public QObject, private DownloadFixture {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { ignore_proxies(); }
    void init() { m_folder.emplace(); }

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
};

RESONATE_TEST(DownloadFaultsTest)
#include "download_faults_test.moc"
