// tests/architecture/architecture_test.cpp: the arrows of engine/README.md hold, and the check can tell when they do
// not.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "arrows.h"
#include "test_registry.h"

using namespace resonate::tests;

class ArchitectureTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void noArrowOfTheProjectIsWrong() {
        for (const std::string& sentence : broken_rules(RESONATE_SOURCE_DIR)) qWarning("%s", sentence.c_str());
        QVERIFY(broken_rules(RESONATE_SOURCE_DIR).empty());
    }

    void checkNoticesEveryWrongArrow_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("objection");  // empty: allowed
        const auto row = [](const char* file, const char* line, const char* objection) {
            QTest::addRow("%s: %s", file, line) << file << line << objection;
        };
        row("engine/training/a.h", "#include <QString>", "no Qt");
        row("engine/training/a.h", "#include <QtCore/QString>", "no Qt");
        row("engine/training/a.h", "#include <queue>", "");
        row("engine/training/a.h", "  #  include  <yaml-cpp/yaml.h>", "engine/config only");
        row("engine/config/a.h", "#include <yaml-cpp/yaml.h>", "");
        row("engine/config/a.h", "#include <torch/torch.h>", "no Torch");
        row("engine/data/a.h", "#include <ATen/ATen.h>", "no Torch");
        row("engine/neurons/a.h", "#include <torch/torch.h>", "");
        row("engine/include/resonate/a.h", "#include <torch/torch.h>", "no Torch");
        row("engine/include/resonate/a.h", "#include \"config/b.h\"", "public headers");
        row("engine/include/resonate/a.h", "#include \"resonate/error.h\"", "");
        row("engine/training/a.h", "#include \"runs/run_folder.h\"", "may not know engine/runs");
        row("engine/runs/a.h", "#include \"training/trainer.h\"", "");
        row("engine/runs/a.h", "#include \"exports/b.h\"", "may not know");
        row("engine/neurons/a.h", "#include \"networks/network.h\"", "may not know");
        row("engine/networks/a.h", "#include \"neurons/brf.h\"", "");
        row("engine/kernels/a.h", "#include \"neurons/brf.h\"", "");
        row("engine/neurons/a.h", "#include \"kernels/brf.h\"", "may not know");
        row("engine/networks/a.h", "#include \"elsewhere/b.h\"", "no layer");
        row("engine/cli/a.h", "#include \"training/trainer.h\"", "public headers");
        row("app/views/a.h", "#include <torch/torch.h>", "no Torch");
        row("app/views/a.h", "#include \"training/trainer.h\"", "resonate/ headers");
        row("app/views/a.h", "#include \"resonate/experiment.h\"", "");
        row("app/views/a.h", "#include <QWidget>", "");
    }
    void checkNoticesEveryWrongArrow() {
        QFETCH(QString, file);
        QFETCH(QString, line);
        QFETCH(QString, objection);
        QTemporaryDir root;
        std::string shown = file.toStdString();
        if (const std::string prefix = "engine/include/"; shown.rfind(prefix, 0) == 0)
            shown = shown.substr(prefix.size());
        write(root, file, "// " + shown + ": a file.\n" + line.toStdString() + "\n");
        verifyOnly(root, objection);
    }

    void checkNoticesUnlistedSources() {
        QTemporaryDir root;
        write(root, QStringLiteral("engine/neurons/a.cpp"), "// engine/neurons/a.cpp: a file.\n");
        write(root, QStringLiteral("engine/neurons/CMakeLists.txt"), "target_sources(x PRIVATE b.cpp ba.cpp)\n");
        verifyOnly(root, QStringLiteral("in no CMakeLists.txt"));
        write(root, QStringLiteral("engine/neurons/CMakeLists.txt"), "target_sources(x PRIVATE b.cpp a.cpp)\n");
        verifyOnly(root, QString());
    }

    void checkNoticesGlobs() {
        QTemporaryDir root;
        write(root, QStringLiteral("cmake/All.cmake"), "file(GLOB sources *.cpp)\n");
        verifyOnly(root, QStringLiteral("file(GLOB) found"));
    }

    void checkNoticesAMissingFirstSentence() {
        QTemporaryDir root;
        write(root, QStringLiteral("app/views/a.h"), "#pragma once\n");
        verifyOnly(root, QStringLiteral("shortest true sentence"));
    }

 private:
    static void write(const QTemporaryDir& root, const QString& file, const std::string& content) {
        const std::filesystem::path path = root.filePath(file).toStdString();
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << content;
    }
    /// Exactly one broken rule whose sentence holds the text; none where the text is empty.
    static void verifyOnly(const QTemporaryDir& root, const QString& text) {
        const std::vector<std::string> broken = broken_rules(root.path().toStdString());
        QString all;
        for (const std::string& sentence : broken) all += QString::fromStdString(sentence) + QLatin1Char('\n');
        QVERIFY2(broken.size() == (text.isEmpty() ? 0U : 1U), qPrintable(all));
        QVERIFY2(all.contains(text), qPrintable(all));
    }
};

RESONATE_TEST(ArchitectureTest)
#include "architecture_test.moc"
