// app/workspaces/compare_workspace.h: Compare: a table of all runs, and what the ticked ones say together.
#pragma once

#include "session/run_library.h"
#include "workspaces/workspace.h"

namespace resonate::app {

class StudyDocks;

class CompareWorkspace : public Workspace {
    Q_OBJECT

 public:
    explicit CompareWorkspace(WindowContext* context);

    QString runsDir() const;
    RunLibrary& runs() const;

    StudyDocks* studies() const { return m_studies; }

    void furnish(const WindowParts& parts) override;
    bool prepareClose() override;
    void forgetClosing() override;

 Q_SIGNALS:
    /// The folder for runs is another, or something in it changed.
    void runsChanged(const QList<resonate::app::SharedEntry>& runs);

 protected:
    QString exportStem() const override { return QStringLiteral("compare"); }
    QString exportOrigin() const override;
    void sizeViews() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    void buildViews();
    void addStudyDocks();

    StudyDocks* m_studies = nullptr;
};

}  // namespace resonate::app
