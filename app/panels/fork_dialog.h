// app/panels/fork_dialog.h: asks before a new run goes on from a recorded epoch, and shows what will differ.
#pragma once

#include <QDialog>
#include <string>

#include "resonate/experiment_config.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace resonate::app {

class ForkDialog : public QDialog {
    Q_OBJECT

 public:
    /// `run`: experiment of the run that is forked; `form`: that of the new one. `problem`: why it cannot start, or "".
    ForkDialog(const std::string& runId, int epoch, const ExperimentConfig& run, const ExperimentConfig& form,
               const QString& problem, QWidget* parent = nullptr);

    QTableWidget* differences() const { return m_differences; }
    QLabel* words() const { return m_words; }
    QPushButton* startButton() const { return m_start; }

 private:
    QLabel* m_words;
    QTableWidget* m_differences;
    QPushButton* m_start;
};

}  // namespace resonate::app
