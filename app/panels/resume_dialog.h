// app/panels/resume_dialog.h: which of the interrupted runs to go on with.
#pragma once

#include <QDialog>

#include "session/run_library.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace resonate::app {

/// Can the run go on where it stopped, as far as its row of the table tells?
bool isInterrupted(const RunEntry& entry);

class ResumeDialog : public QDialog {
    Q_OBJECT

 public:
    /// Lists runs of the library's folder that stopped or failed before their last epoch, the newest first.
    ResumeDialog(RunLibrary& library, QWidget* parent);

    /// The run folder, once accepted.
    const QString& folder() const { return m_folder; }
    QTreeWidget* list() const { return m_list; }
    QPushButton* resumeButton() const { return m_resume; }

 private:
    void fill();
    void refresh();
    void take();
    void chooseElsewhere();

    RunLibrary& m_library;
    QLabel* m_words;
    QTreeWidget* m_list;
    QPushButton* m_resume;
    QString m_folder;
};

}  // namespace resonate::app
