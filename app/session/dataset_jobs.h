// app/session/dataset_jobs.h: downloads, imports, checks and removals of data sets, away from the UI thread.
#pragma once

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "resonate/download.h"

namespace resonate::app {

/// One job at a time for the files of a set, and for sets that share their files; downloads wait in a queue for each
/// other, everything else starts at once. Signals come on the UI thread.
class DatasetJobs : public QObject {
    Q_OBJECT

 public:
    enum class Kind { Download, Import, Verify, Remove };
    enum class Result { Done, Cancelled, Failed };

    /// A job that has not ended.
    struct Job {
        Kind kind = Kind::Download;
        QString dataset;
        bool waiting = false;     ///< for another download
        bool cancelling = false;  ///< the user has had enough; the end follows
        std::optional<DownloadProgress> progress;
        std::stop_source stop;
    };
    struct End {
        Kind kind = Kind::Download;
        QString dataset;
        Result result = Result::Done;
        QString sentence;  ///< of a check: what was found; of a failure: what is wrong
    };

    explicit DatasetJobs(QObject* parent = nullptr);
    /// Cancels downloads and waits for what runs.
    ~DatasetJobs() override;

    void setDataDir(const std::filesystem::path& folder) { m_dataDir = folder; }
    /// Folders on the web to download from instead of the published ones, each ending with '/'.
    void setSources(const std::vector<std::string>& sources) { m_sources = sources; }

    /// They do nothing where the files of the set are busy already.
    void download(const QString& dataset);
    void import(const QString& dataset, const std::filesystem::path& from);
    void verify(const QString& dataset);
    void remove(const QString& dataset);

    /// Downloads end within a second, what is only waiting at once; other jobs go on to their end.
    void cancel(const QString& dataset);
    void cancelDownloads();

    /// The job that keeps the files of the set busy, or nullptr. It may be that of a set which shares them.
    const Job* jobOf(const QString& dataset) const;
    bool isIdle() const { return m_jobs.isEmpty(); }
    QList<const Job*> all() const;

 Q_SIGNALS:
    /// Began, went on, or ended.
    void changed(const QString& dataset);
    void ended(const resonate::app::DatasetJobs::End& end);

 private:
    /// What the job does, on a worker thread; returns the sentence of its end, throws what went wrong.
    using Work = std::function<End(End end)>;

    void begin(Kind kind, const QString& dataset, QThreadPool& pool, const std::function<Work(const Job&)>& makeWork);
    void showProgress(const QString& key, const DownloadProgress& progress);
    void finish(const QString& key, const End& end);

    std::filesystem::path m_dataDir;
    std::vector<std::string> m_sources;
    QHash<QString, std::shared_ptr<Job>> m_jobs;  ///< by the folder of the files
    QThreadPool m_downloads;
    QThreadPool m_others;
};

}  // namespace resonate::app
