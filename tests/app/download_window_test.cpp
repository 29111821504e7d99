// tests/app/download_window_test.cpp: downloads as the Data workspace shows them, from a server on this machine.
#include <QElapsedTimer>
#include <QProgressBar>
#include <QPushButton>
#include <filesystem>
#include <fstream>

#include "complaint.h"
#include "engine/web_server.h"
#include "resonate/datasets.h"
#include "session/dataset_jobs.h"
#include "shared_data.h"
#include "test_registry.h"
#include "window_fixture.h"
#include "workspaces/data_workspace.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 60000;  // ms

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Half of the first file comes, and then nothing, as over a connection that hangs.
WebReply half(const WebRequest&) {
    WebReply reply;
    reply.body = std::string(537262, 'x');
    reply.sent = 268000;
    reply.silent = true;
    return reply;
}

}  // namespace

class DownloadWindowTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void downloadedSetIsReadyAndCanBeTrainedWith() {
        const fs::path real = shared_dir() / "data" / "ecg";
        REQUIRE_SHARED(real);
        WebServer server([&](const WebRequest& request) {
            return whole_or_rest(request, content_of(real / fs::path(request.target).filename()));
        });
        DatasetCard* ecg = open(server.url());
        m_fixture->window->train()->open(QStringLiteral("ecg_brf"));
        click(ecg, DatasetAction::Download);
        QCOMPARE(ecg->statusText(), QStringLiteral("downloading"));
        QTRY_COMPARE_WITH_TIMEOUT(ecg->statusText(), QStringLiteral("ready"), patience);
        QCOMPARE(verify_dataset("ecg", default_data_dir()).status, DatasetStatus::ready);
        QVERIFY(!m_fixture->window->banner()->isVisible());
        QVERIFY(ecg->button(DatasetAction::Train)->isVisibleTo(ecg));
        QVERIFY(!ecg->button(DatasetAction::Download)->isVisibleTo(ecg));
        QVERIFY(m_fixture->window->train()->runBar()->startAction()->isEnabled());
    }

    void progressShowsAndCancelKeepsWhatCame() {
        WebServer server(half);
        DatasetCard* ecg = open(server.url());
        click(ecg, DatasetAction::Download);
        QTRY_VERIFY_WITH_TIMEOUT(ecg->progressBar()->value() >= 490, patience);
        QVERIFY(ecg->progressBar()->value() <= 510);
        VERIFY_SAYS(ecg->progressText(), "QTDB_train.mat");
        VERIFY_SAYS(ecg->progressText(), "of 537.3 kB");
        QVERIFY(ecg->progressBar()->isVisibleTo(ecg));
        QVERIFY(!ecg->button(DatasetAction::Import)->isEnabled());
        QElapsedTimer clock;
        clock.start();
        click(ecg, DatasetAction::Cancel);
        QTRY_VERIFY_WITH_TIMEOUT(ecg->state().job == nullptr, patience);
        qInfo("cancelled after %lld ms", clock.elapsed());
        QCOMPARE(ecg->statusText(), QStringLiteral("not here"));
        VERIFY_SAYS(ecg->noteText(), "goes on from there");
        QVERIFY(!ecg->state().noteIsError);
        QVERIFY(!m_fixture->window->banner()->isVisible());
        QVERIFY(ecg->button(DatasetAction::Download)->isVisibleTo(ecg));
    }

    void failureIsSaidInTheBannerAndOnTheCard() {
        WebServer server([](const WebRequest&) {
            WebReply reply;
            reply.status = 404;
            return reply;
        });
        DatasetCard* ecg = open(server.url());
        click(ecg, DatasetAction::Download);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), patience);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "404");
        VERIFY_SAYS(m_fixture->window->banner()->text(), "QTDB_train.mat");
        QCOMPARE(ecg->noteText(), m_fixture->window->banner()->text().section(QLatin1Char('\n'), 0, 0));
        QVERIFY(ecg->state().noteIsError);
        QCOMPARE(ecg->statusText(), QStringLiteral("not here"));
    }

    void secondDownloadWaitsAndSetsThatShareFilesAreBusyTogether() {
        WebServer server(half);
        DatasetCard* ecg = open(server.url());
        DatasetCard* digits = m_fixture->window->data()->card(QStringLiteral("smnist"));
        DatasetCard* permuted = m_fixture->window->data()->card(QStringLiteral("psmnist"));
        click(ecg, DatasetAction::Download);
        QTRY_VERIFY_WITH_TIMEOUT(ecg->progressBar()->value() >= 490, patience);
        click(digits, DatasetAction::Download);
        QCOMPARE(digits->statusText(), QStringLiteral("waiting"));
        QCOMPARE(permuted->statusText(), QStringLiteral("waiting"));
        QVERIFY(!permuted->button(DatasetAction::Import)->isEnabled());
        // What only waits ends at once.
        click(permuted, DatasetAction::Cancel);
        QCOMPARE(digits->statusText(), QStringLiteral("not here"));
        QCOMPARE(ecg->statusText(), QStringLiteral("downloading"));
        // And can be asked for again, to begin when the first one ends.
        click(digits, DatasetAction::Download);
        click(ecg, DatasetAction::Cancel);
        QTRY_COMPARE_WITH_TIMEOUT(ecg->statusText(), QStringLiteral("not here"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(digits->statusText(), QStringLiteral("downloading"), patience);
    }

    void closingTheWindowCancels() {
        WebServer server(half);
        DatasetCard* ecg = open(server.url());
        click(ecg, DatasetAction::Download);
        QTRY_VERIFY_WITH_TIMEOUT(ecg->progressBar()->value() >= 490, patience);
        m_fixture->window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->window->isVisible(), patience);
    }

 private:
    /// The card of ECG-QTDB in a window that downloads from `source`.
    DatasetCard* open(const std::string& source) const {
        MainWindow& window = m_fixture->open();
        window.context()->jobs().setSources({source});
        window.showWorkspace(QStringLiteral("data"));
        return window.data()->card(QStringLiteral("ecg"));
    }
    void click(DatasetCard* card, DatasetAction action) const {
        QPushButton* button = card->button(action);
        QVERIFY2(button->isVisibleTo(card) && button->isEnabled(), qPrintable(button->text()));
        QTest::mouseClick(button, Qt::LeftButton);
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(DownloadWindowTest)
#include "download_window_test.moc"
