// app/session/study_check.h: what a study stands for and takes, found out away from the UI thread.
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <memory>

#include "resonate/study.h"
#include "session/background_worker.h"

namespace resonate::app {

/// Facts about a study as it is written now.
struct StudyFacts {
    std::vector<ConfigProblem> problems;  ///< where there are some, nothing else is known
    QStringList runs;                     ///< labels of all runs, in their order
    QStringList datasets;                 ///< names of data sets that are not here
    StudyEstimate estimate;
    bool begun = false;  ///< in the folder for runs
    bool measured = false;
    QString problem;  ///< why the estimate could not be made, a sentence
};

/// Looks at the study given last; earlier answers are dropped.
class StudyCheck : public QObject {
    Q_OBJECT

 public:
    explicit StudyCheck(QObject* parent = nullptr);
    ~StudyCheck() override;

    /// A moment later facts() are those of this study, from earlier runs alone. Ends a measurement.
    void look(const StudyConfig& study, const StudyOptions& options);
    /// Times a few batches of each kind of network: seconds to minutes.
    void measure();
    /// Ends a measurement; what was known before stays.
    void cancel();

    bool isLooking() const { return m_looking; }
    bool isMeasuring() const { return m_measuring; }
    const StudyFacts& facts() const { return m_facts; }

 Q_SIGNALS:
    void changed();

 private:
    void run(bool measure);

    StudyConfig m_study;
    StudyOptions m_options;
    StudyFacts m_facts;
    QTimer m_delay;
    int m_turn = 0;
    bool m_looking = false;
    bool m_measuring = false;
    std::shared_ptr<TrainingControl> m_control;  ///< of the work that runs or waits
    BackgroundWorker m_worker;
};

}  // namespace resonate::app
