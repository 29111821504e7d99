// app/session/dataset_jobs.cpp: see dataset_jobs.h.
#include "session/dataset_jobs.h"

#include <QMetaObject>
#include <algorithm>

#include "resonate/datasets.h"

namespace resonate::app {
namespace {

/// Sets with the same key share their files.
QString keyOf(const QString& dataset) {
    const std::string& folder = dataset_info(dataset.toStdString()).folder;
    return folder.empty() ? dataset : QString::fromStdString(folder);
}

}  // namespace

DatasetJobs::DatasetJobs(QObject* parent) : QObject(parent) {
    m_downloads.setMaxThreadCount(1);
    m_others.setMaxThreadCount(2);
}

DatasetJobs::~DatasetJobs() {
    for (const auto& job : m_jobs) job->stop.request_stop();
    m_downloads.waitForDone();
    m_others.waitForDone();
}

const DatasetJobs::Job* DatasetJobs::jobOf(const QString& dataset) const { return m_jobs.value(keyOf(dataset)).get(); }

QList<const DatasetJobs::Job*> DatasetJobs::all() const {
    QList<const Job*> jobs;
    for (const auto& job : m_jobs) jobs.append(job.get());
    return jobs;
}

void DatasetJobs::begin(Kind kind, const QString& dataset, QThreadPool& pool,
                        const std::function<Work(const Job&)>& makeWork) {
    const QString key = keyOf(dataset);
    if (m_jobs.contains(key)) return;
    auto job = std::make_shared<Job>();
    job->kind = kind;
    job->dataset = dataset;
    job->waiting = kind == Kind::Download && std::any_of(m_jobs.begin(), m_jobs.end(), [](const auto& other) {
                       return other->kind == Kind::Download;
                   });
    m_jobs.insert(key, job);
    pool.start([this, key, job, work = makeWork(*job), end = End{kind, dataset, Result::Done, {}}]() mutable {
        try {
            if (job->stop.stop_requested())
                end.result = Result::Cancelled;
            else
                end = work(end);
        } catch (const DownloadCancelled& cancelled) {
            end.result = Result::Cancelled;
            end.sentence = QString::fromUtf8(cancelled.what());
        } catch (const std::exception& error) {
            end.result = Result::Failed;
            end.sentence = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, key, job, end] {
                // What was cancelled while it waited has ended already, and another may stand in its place.
                if (m_jobs.value(key) == job) finish(key, end);
            },
            Qt::QueuedConnection);
    });
    Q_EMIT changed(dataset);
}

void DatasetJobs::download(const QString& dataset) {
    begin(Kind::Download, dataset, m_downloads, [&](const Job& job) -> Work {
        FetchOptions options;
        options.cancel = job.stop.get_token();
        options.sources = m_sources;
        options.on_progress = [this, key = keyOf(dataset)](const DownloadProgress& progress) {
            QMetaObject::invokeMethod(
                this, [this, key, progress] { showProgress(key, progress); }, Qt::QueuedConnection);
        };
        return [options, name = dataset.toStdString(), to = m_dataDir](End end) {
            fetch_dataset(name, to, options);
            return end;
        };
    });
}

void DatasetJobs::import(const QString& dataset, const std::filesystem::path& from) {
    begin(Kind::Import, dataset, m_others, [&](const Job&) -> Work {
        return [name = dataset.toStdString(), from, to = m_dataDir](End end) {
            import_dataset(name, from, to);
            return end;
        };
    });
}

void DatasetJobs::verify(const QString& dataset) {
    begin(Kind::Verify, dataset, m_others, [&](const Job&) -> Work {
        return [name = dataset.toStdString(), in = m_dataDir](End end) {
            const DatasetReport report = verify_dataset(name, in);
            const bool whole = report.status == DatasetStatus::ready || report.status == DatasetStatus::generated;
            end.result = whole ? Result::Done : Result::Failed;
            end.sentence = QString::fromStdString(report.message);
            return end;
        };
    });
}

void DatasetJobs::remove(const QString& dataset) {
    begin(Kind::Remove, dataset, m_others, [&](const Job&) -> Work {
        return [name = dataset.toStdString(), in = m_dataDir](End end) {
            remove_dataset(name, in);
            return end;
        };
    });
}

void DatasetJobs::cancel(const QString& dataset) {
    const auto job = m_jobs.value(keyOf(dataset));
    if (!job || job->kind != Kind::Download || job->cancelling) return;
    job->cancelling = true;
    job->stop.request_stop();
    if (job->waiting)
        finish(keyOf(dataset), {job->kind, job->dataset, Result::Cancelled, {}});
    else
        Q_EMIT changed(job->dataset);
}

void DatasetJobs::cancelDownloads() {
    for (const auto& job : QList(m_jobs.values()))
        if (job->kind == Kind::Download) cancel(job->dataset);
}

void DatasetJobs::showProgress(const QString& key, const DownloadProgress& progress) {
    const auto job = m_jobs.value(key);
    if (!job) return;
    job->waiting = false;
    job->progress = progress;
    Q_EMIT changed(job->dataset);
}

void DatasetJobs::finish(const QString& key, const End& end) {
    m_jobs.remove(key);
    Q_EMIT changed(end.dataset);
    Q_EMIT ended(end);
}

}  // namespace resonate::app
