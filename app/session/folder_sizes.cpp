// app/session/folder_sizes.cpp: see folder_sizes.h.
#include "session/folder_sizes.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>
#include <utility>

namespace resonate::app {
namespace {

using Sizes = std::map<std::filesystem::path, qint64>;

qint64 bytesIn(const std::filesystem::path& folder, const std::stop_token& stop) {
    std::error_code failure;
    qint64 sum = 0;
    for (std::filesystem::recursive_directory_iterator entry(folder, failure), end;
         !failure && entry != end && !stop.stop_requested(); entry.increment(failure))
        if (std::error_code ignored; entry->is_regular_file(ignored))
            if (const auto size = entry->file_size(ignored); !ignored) sum += static_cast<qint64>(size);
    return sum;
}

Sizes sizesOf(const std::set<std::filesystem::path>& folders, const std::stop_token& stop) {
    Sizes sizes;
    for (const std::filesystem::path& folder : folders) sizes[folder] = bytesIn(folder, stop);
    return sizes;
}

}  // namespace

void FolderSizes::measure(const std::set<std::filesystem::path>& folders) {
    m_stop.request_stop();
    m_stop = std::stop_source();
    std::erase_if(m_bytes, [&](const auto& known) { return !folders.contains(known.first); });
    if (folders.empty()) return;
    auto* watcher = new QFutureWatcher<Sizes>(this);
    connect(watcher, &QFutureWatcher<Sizes>::finished, this, [this, watcher, stop = m_stop.get_token()] {
        watcher->deleteLater();
        if (stop.stop_requested()) return;
        m_bytes = watcher->result();
        Q_EMIT measured();
    });
    watcher->setFuture(QtConcurrent::run(sizesOf, folders, m_stop.get_token()));
}

std::optional<qint64> FolderSizes::of(const std::filesystem::path& folder) const {
    const auto known = m_bytes.find(folder);
    if (known == m_bytes.end()) return std::nullopt;
    return known->second;
}

}  // namespace resonate::app
