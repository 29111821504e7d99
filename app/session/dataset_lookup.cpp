// app/session/dataset_lookup.cpp: see dataset_lookup.h.
#include "session/dataset_lookup.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>
#include <utility>

#include "resonate/error.h"

namespace resonate::app {
namespace {

using Answer = std::pair<std::optional<DatasetInfo>, QString>;

Answer describe(const DatasetConfig& dataset) {
    try {
        return {describe_dataset(dataset), QString()};
    } catch (const std::exception& error) {
        return {std::nullopt, QString::fromUtf8(error.what())};
    }
}

bool isOwn(const std::string& name) {
    for (const DatasetInfo& info : dataset_catalogue())
        if (info.name == name) return info.own;
    return false;
}

}  // namespace

std::int64_t downloadBytes(const DatasetInfo& info) {
    std::int64_t sum = 0;
    for (const DatasetFile& file : info.files) sum += file.packed_bytes > 0 ? file.packed_bytes : file.bytes;
    return sum;
}

void DatasetLookup::look(const DatasetConfig& dataset, bool again) {
    const QString name = QString::fromStdString(dataset.name);
    const QString path = QString::fromStdString(dataset.path);
    if (!again && m_turn > 0 && name == m_name && path == m_path) return;
    m_name = name;
    m_path = path;
    const int turn = ++m_turn;
    if (!isOwn(dataset.name)) {
        std::tie(m_info, m_problem) = describe(dataset);
        m_busy = false;
        Q_EMIT found();
        return;
    }
    m_busy = true;
    m_info.reset();
    m_problem.clear();
    auto* watcher = new QFutureWatcher<Answer>(this);
    connect(watcher, &QFutureWatcher<Answer>::finished, this, [this, watcher, turn] {
        watcher->deleteLater();
        if (turn != m_turn) return;
        std::tie(m_info, m_problem) = watcher->result();
        m_busy = false;
        Q_EMIT found();
    });
    watcher->setFuture(QtConcurrent::run(describe, dataset));
}

}  // namespace resonate::app
