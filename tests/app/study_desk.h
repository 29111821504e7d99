// tests/app/study_desk.h: the panels of studies as Compare has them, with folders of their own.
#pragma once

#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "engine/study_fixture.h"
#include "panels/study_panel.h"
#include "panels/study_queue_panel.h"
#include "session/study_queue.h"
#include "session/window_context.h"

namespace resonate::tests {

using namespace resonate::app;

/// ms; machines are slow, conditions are waited for.
inline constexpr int study_patience = 120000;
inline const StudyAxis twoSeeds{"training.seed", {"1", "2"}};

class StudyDesk {
 public:
    StudyDesk() {
        qputenv("XDG_DATA_HOME", folder.filePath("share").toUtf8());
        WindowOptions options;
        options.runsDir = folder.filePath("runs");
        options.dataDir = folder.filePath("data");
        context = std::make_unique<WindowContext>(options);
        QObject::connect(context.get(), &WindowContext::errorRaised, [this](const QString& text) { errors << text; });
        queue = std::make_unique<StudyQueue>();
        panel = std::make_unique<StudyPanel>(context.get(), queue.get());
        list = std::make_unique<StudyQueuePanel>(context.get(), queue.get());
        panel->resize(760, 620);
        panel->show();
        list->resize(760, 300);
        list->show();
    }

    std::filesystem::path runs() const { return folder.filePath("runs").toStdString(); }
    void showStudy(const StudyConfig& study) {
        const QString file = folder.filePath("study.yaml");
        write_file_atomically(file.toStdString(), study_yaml(study));
        panel->open(file);
    }
    bool isKnown() const { return !panel->check().isLooking(); }
    void click(QWidget* button) { QTest::mouseClick(button, Qt::LeftButton); }

    QTemporaryDir folder;
    QStringList errors;
    std::unique_ptr<WindowContext> context;
    std::unique_ptr<StudyQueue> queue;
    std::unique_ptr<StudyPanel> panel;
    std::unique_ptr<StudyQueuePanel> list;
};

/// Names and rows of all runs.
inline std::map<std::string, std::string> runsIn(const std::filesystem::path& folder) {
    std::map<std::string, std::string> found;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failure))
        if (entry.path().filename().string()[0] != '.')
            found[entry.path().filename().string()] = results_in(entry.path());
    return found;
}

}  // namespace resonate::tests
