// app/workspaces/train_workspace_animation.cpp: recorded epochs of Train's run as an animation.
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QMenu>
#include <memory>

#include "exports/animation_writer.h"
#include "exports/figure_record.h"
#include "panels/animation_dialog.h"
#include "panels/step_job.h"
#include "panels/view_dock.h"
#include "resonate/error.h"
#include "session/dataset_lookup.h"
#include "session/window_context.h"
#include "workspaces/epoch_pictures.h"
#include "workspaces/live_views.h"
#include "workspaces/run_replay.h"
#include "workspaces/train_workspace.h"

namespace resonate::app {
namespace {

constexpr qint64 megabyte = 1000000;

/// The test sequence that shows, where it is not the recorded one.
std::optional<int> sampleToDraw(const RunReplay& replay) {
    if (replay.sample() || !replay.isPast() || !replay.frame()) return replay.sample();
    const RecordingConfig& recorded = replay.config().recording;
    // Which one was the worst changed from epoch to epoch.
    if (recorded.follow_worst || replay.frame()->sample == recorded.probe_sample) return std::nullopt;
    return replay.frame()->sample;
}

}  // namespace

void TrainWorkspace::addExportActions(QMenu* menu) {
    QAction* animation = menu->addAction(tr("A&nimation of the epochs…"), this, &TrainWorkspace::exportAnimation);
    animation->setObjectName(QStringLiteral("exportAnimation"));
    addOwnActions({animation});
}

void TrainWorkspace::exportAnimation() {
    context()->guarded([&] {
        if (m_runFolder.isEmpty())
            throw ConfigError(tr("There is no run to animate: start a training, or open a run.").toStdString());
        const StoredRun run = open_run(m_runFolder.toStdString());
        if (run.recorded.empty())
            throw ConfigError(
                tr("This run has no recorded epochs to animate: train with \"Recording\" of epochs on.").toStdString());
        QList<std::pair<QString, QString>> views;
        const QWidget* focused = QApplication::focusWidget();
        QString inFocus;
        for (ViewDock* dock : docks()) {
            if (!dock->view()) continue;
            views.append({dock->windowTitle(), dock->objectName()});
            if (focused && dock->isAncestorOf(focused)) inFocus = dock->objectName();
        }
        AnimationDialog dialog(views, run.recorded, exportStem(), context()->settings(), this);
        dialog.viewBox()->setCurrentIndex(dialog.viewBox()->findData(inFocus));
        if (dialog.exec() != QDialog::Accepted) return;

        struct Job {
            std::unique_ptr<EpochPictures> pictures;
            std::unique_ptr<AnimationWriter> writer;
            ExportOptions options;
            QList<int> epochs;
            QString target;
            QString problem;  ///< of the last epoch that is gone
            int gone = 0;     ///< epochs that a training thinned meanwhile, or whose files are damaged
        };
        auto job = std::make_shared<Job>();
        job->options = dialog.options();
        job->options.record = exportRecord();
        job->target = dialog.target();
        job->epochs = dialog.epochs();
        job->pictures = std::make_unique<EpochPictures>(run, m_lookup->info(), *m_live, dialog.view());
        job->pictures->store().setLimit(context()->settings().frameMegabytes() * megabyte);
        if (const std::optional<int> sample = sampleToDraw(*m_replay))
            job->pictures->store().setSample(sample, runOptions());
        if (!dialog.isGif() && !QDir().mkpath(job->target))
            throw RunError(tr("%1: cannot be made; choose another folder").arg(job->target).toStdString());
        // Of no single epoch.
        FigureRecord whole = job->options.record;
        whole.epoch.clear();
        job->writer = dialog.isGif()
                          ? gifAnimation(job->target, dialog.picturesPerSecond(),
                                         recordAsXmp(whole, tr("Epochs of a run"), QStringLiteral("Resonate")))
                          : pngSequence(job->target);
        StepJob::Work work;
        work.title = tr("Drawing the epochs");
        const auto epochs = static_cast<int>(job->epochs.size());
        const int surveyed = job->pictures->wantsSurvey() ? epochs : 0;
        work.count = surveyed + epochs;
        work.step = [job, surveyed](int i) {
            QImage picture;
            try {
                if (i < surveyed) return job->pictures->survey(job->epochs[i]);
                picture = job->pictures->picture(job->epochs[i - surveyed], job->options);
            } catch (const RunError& error) {
                if (i >= surveyed) ++job->gone;
                job->problem = QString::fromUtf8(error.what());
                return;
            }
            job->writer->add(picture);
        };
        work.ended = [this, job](const QString& problem) {
            context()->guarded([&] {
                if (!problem.isEmpty()) throw RunError(problem.toStdString());
                const auto drawn = job->epochs.size() - job->gone;
                if (drawn == 0)
                    throw RunError(
                        (tr("No recorded epoch of this run can be read any more: there is nothing to animate.") +
                         QLatin1Char('\n') + job->problem)
                            .toStdString());
                job->writer->finish();
                QString words =
                    tr("The animation of %1 epochs is in %2.").arg(drawn).arg(QDir::toNativeSeparators(job->target));
                if (job->gone > 0) words += tr(" %1 more could not be read and are left out.").arg(job->gone);
                Q_EMIT context()->noticeRaised(words);
            });
        };
        work.cancelled = [this] { Q_EMIT context()->statusShown(tr("The animation was given up."), 8000); };
        StepJob::start(std::move(work), this);
    });
}

}  // namespace resonate::app
