// app/session/folder_sizes.h: how much is in folders, counted away from the UI thread.
#pragma once

#include <QObject>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <stop_token>

namespace resonate::app {

/// Counts all files in a folder and below, however many there are. A size once known stays known until the folder is
/// measured again and the new one has come.
class FolderSizes : public QObject {
    Q_OBJECT

 public:
    using QObject::QObject;
    /// What is being counted is given up.
    ~FolderSizes() override { m_stop.request_stop(); }

    /// Counts these folders, and forgets others; measured() follows unless measure() is called again before.
    void measure(const std::set<std::filesystem::path>& folders);
    /// Bytes in a folder, or nothing while they are not known.
    std::optional<qint64> of(const std::filesystem::path& folder) const;

 Q_SIGNALS:
    void measured();

 private:
    std::map<std::filesystem::path, qint64> m_bytes;
    std::stop_source m_stop;
};

}  // namespace resonate::app
