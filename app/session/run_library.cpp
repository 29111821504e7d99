// app/session/run_library.cpp: see run_library.h.
#include "session/run_library.h"

#include <map>
#include <utility>

#include "resonate/experiment_identity.h"

namespace resonate::app {
namespace {

/// ms between two looks at the folder while somebody watches.
constexpr int lookEvery = 1200;

enum Priority { Loading = 0, Looking = 1, Acting = 2 };

/// Per run, in the order of the entries: in what it differs from others of its data set and neuron.
std::vector<QString> distinguishingSettings(const std::vector<SharedEntry>& entries) {
    std::map<std::pair<std::string, NeuronType>, std::vector<size_t>> families;
    for (size_t i = 0; i < entries.size(); ++i)
        if (entries[i]->readable)
            families[{entries[i]->config.dataset.name, entries[i]->config.neuron.type}].push_back(i);
    std::vector<QString> texts(entries.size());
    for (const auto& [family, members] : families) {
        if (members.size() < 2) continue;
        std::vector<ExperimentConfig> configs;
        for (const size_t i : members) configs.push_back(entries[i]->config);
        for (const FieldDifference& difference : field_differences(configs)) {
            if (difference.path.starts_with("recording.")) continue;
            for (size_t k = 0; k < members.size(); ++k) {
                if (difference.values[k].empty()) continue;
                QString& text = texts[members[k]];
                if (!text.isEmpty()) text += QStringLiteral(", ");
                text += QStringLiteral("%1 %2").arg(QString::fromStdString(difference.label),
                                                    QString::fromStdString(difference.values[k]));
            }
        }
    }
    return texts;
}

}  // namespace

/// What a look at the folder found.
struct RunLibrary::Listing {
    std::vector<SharedEntry> entries;
    std::vector<QString> differences;
    QString problem;
};

struct RunLibrary::Catalogue {
    explicit Catalogue(const std::filesystem::path& folder) : runs(folder) {}

    RunCatalogue runs;
    std::vector<std::pair<std::string, ExperimentConfig>> configs;  ///< for which `differences` were found
    std::vector<QString> differences;

    std::shared_ptr<const Listing> look() {
        if (!runs.refresh()) return nullptr;
        auto listing = std::make_shared<Listing>();
        listing->entries = runs.runs();
        listing->problem = QString::fromStdString(runs.problem());
        std::vector<std::pair<std::string, ExperimentConfig>> now;
        for (const SharedEntry& entry : listing->entries)
            now.emplace_back(entry->readable ? entry->id : std::string(), entry->config);
        if (now != configs || differences.size() != now.size()) {
            configs = std::move(now);
            differences = distinguishingSettings(listing->entries);
        }
        listing->differences = differences;
        return listing;
    }
};

RunLibrary::RunLibrary(QObject* parent) : QObject(parent), m_worker(this) {
    m_timer.setInterval(lookEvery);
    connect(&m_timer, &QTimer::timeout, this, &RunLibrary::refresh);
}

void RunLibrary::setFolder(const QString& runsDir) {
    if (runsDir == m_folder) return;
    m_folder = runsDir;
    m_catalogue = std::make_shared<Catalogue>(runsDir.toStdString());
    m_entries.clear();
    m_byId.clear();
    m_differences.clear();
    m_problem.clear();
    m_stored.clear();
    m_listed = false;
    m_looking = false;  // the look at the other folder comes to nothing
    Q_EMIT changed();
    if (!m_watchers.isEmpty()) refresh();
}

void RunLibrary::watch(const QObject* who, bool wanted) {
    if (wanted == m_watchers.contains(who)) return;
    if (wanted) {
        m_watchers.insert(who);
        connect(who, &QObject::destroyed, this, [this, who] { watch(who, false); });
        refresh();
        m_timer.start();
    } else {
        m_watchers.remove(who);
        if (m_watchers.isEmpty()) m_timer.stop();
    }
}

void RunLibrary::refresh() {
    if (!m_catalogue) return;
    // One look at a time: a slow disk must not pile them up.
    if (std::exchange(m_looking, true)) {
        m_lookAgain = true;
        return;
    }
    m_lookAgain = false;
    m_worker.run(
        [this, catalogue = m_catalogue]() -> BackgroundWorker::Then {
            const std::shared_ptr<const Listing> listing = catalogue->look();
            return [this, catalogue, listing] {
                if (catalogue != m_catalogue) return;
                m_looking = false;
                if (listing || !m_listed) take(listing ? *listing : Listing());
                if (m_lookAgain) refresh();
            };
        },
        Looking);
}

void RunLibrary::take(const Listing& listing) {
    m_listed = true;
    m_problem = listing.problem;
    m_entries = QList<SharedEntry>(listing.entries.begin(), listing.entries.end());
    m_byId.clear();
    m_differences.clear();
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const QString id = QString::fromStdString(m_entries[i]->id);
        m_byId.insert(id, m_entries[i]);
        if (const QString& text = listing.differences[static_cast<size_t>(i)]; !text.isEmpty())
            m_differences.insert(id, text);
    }
    Q_EMIT changed();
    loadWanted();
}

void RunLibrary::want(const QObject* who, const QSet<QString>& ids) {
    if (!m_wanted.contains(who)) connect(who, &QObject::destroyed, this, [this, who] { m_wanted.remove(who); });
    m_wanted[who] = ids;
    loadWanted();
}

void RunLibrary::loadWanted() {
    QSet<QString> all;
    for (const QSet<QString>& ids : std::as_const(m_wanted)) all += ids;
    m_stored.removeIf([&](const auto& known) { return !all.contains(known.key()) || !m_byId.contains(known.key()); });
    for (const QString& id : std::as_const(all)) {
        const SharedEntry entry = m_byId.value(id);
        if (!entry) continue;
        Stored& stored = m_stored[id];
        if (stored.of == entry || stored.loading) continue;
        stored.loading = entry;
        load(id, entry);
    }
}

void RunLibrary::load(const QString& id, const SharedEntry& entry) {
    m_worker.run(
        [this, id, entry]() -> BackgroundWorker::Then {
            SharedRun run;
            QString problem;
            try {
                run = std::make_shared<const StoredRun>(open_run(entry->folder));
            } catch (const std::exception& error) {
                problem = QString::fromUtf8(error.what());
            }
            return [this, id, entry, run, problem] {
                const auto stored = m_stored.find(id);
                if (stored == m_stored.end() || stored->loading != entry) return;
                stored->loading = nullptr;
                stored->of = entry;
                // A run that grows is read while it is written: what was good before stays.
                if (run || !stored->run) stored->run = run;
                stored->problem = problem;
                Q_EMIT storedChanged(id);
                if (m_byId.value(id) != entry) loadWanted();
            };
        },
        Loading);
}

void RunLibrary::doWork(const std::function<void()>& work, const std::function<void(const QString&)>& then) {
    m_worker.run(
        [this, work, then]() -> BackgroundWorker::Then {
            QString problem;
            try {
                work();
            } catch (const std::exception& error) {
                problem = QString::fromUtf8(error.what());
            }
            return [this, then, problem] {
                refresh();
                then(problem);
            };
        },
        Acting);
}

}  // namespace resonate::app
