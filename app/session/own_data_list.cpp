// app/session/own_data_list.cpp: see own_data_list.h.
#include "session/own_data_list.h"

#include <algorithm>

#include "resonate/datasets.h"
#include "session/window_settings.h"

namespace resonate::app {
namespace {

bool isOwn(const std::string& name) {
    const auto& sets = dataset_catalogue();
    return std::any_of(sets.begin(), sets.end(),
                       [&](const DatasetInfo& info) { return info.own && info.name == name; });
}

bool same(const DatasetConfig& a, const DatasetConfig& b) { return a.name == b.name && a.path == b.path; }

}  // namespace

OwnDataList::OwnDataList(WindowSettings& settings, QObject* parent) : QObject(parent), m_settings(settings) {
    for (const auto& [name, path] : settings.ownData()) {
        DatasetConfig dataset;
        dataset.name = name.toStdString();
        dataset.path = path.toStdString();
        // Kinds of another version are not shown.
        if (isOwn(dataset.name) && !path.isEmpty()) m_sets.append(dataset);
    }
}

bool OwnDataList::contains(const DatasetConfig& dataset) const {
    return std::any_of(m_sets.begin(), m_sets.end(), [&](const DatasetConfig& kept) { return same(kept, dataset); });
}

void OwnDataList::add(const DatasetConfig& dataset) {
    if (contains(dataset)) return;
    DatasetConfig kept;
    kept.name = dataset.name;
    kept.path = dataset.path;
    m_sets.append(kept);
    store();
}

void OwnDataList::remove(const DatasetConfig& dataset) {
    m_sets.removeIf([&](const DatasetConfig& kept) { return same(kept, dataset); });
    store();
}

void OwnDataList::store() {
    QList<std::pair<QString, QString>> pairs;
    for (const DatasetConfig& set : m_sets)
        pairs.append({QString::fromStdString(set.name), QString::fromStdString(set.path)});
    m_settings.setOwnData(pairs);
    Q_EMIT changed();
}

}  // namespace resonate::app
