// tests/engine/download_fixture.h: small sets of data, and a folder to fetch them into.
#pragma once

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>
#include <optional>

#include "complaint.h"
#include "data/download/fetch_files.h"
#include "data/random.h"
#include "set_contents.h"

namespace resonate::tests {

namespace fs = std::filesystem;

inline std::string hash_of(const std::string& bytes, QCryptographicHash::Algorithm algorithm) {
    return QCryptographicHash::hash(QByteArray::fromStdString(bytes), algorithm).toHex().toStdString();
}

/// Bytes that do not pack.
inline std::string noise(size_t count, std::uint64_t seed = 1) {
    Random random(seed);
    std::string bytes;
    for (size_t i = 0; i < count; ++i) bytes += static_cast<char>(random.below(256));
    return bytes;
}

inline DatasetFile file_of(const std::string& name, const std::string& content, Packing packing = Packing::none) {
    DatasetFile file{name, static_cast<std::int64_t>(content.size()), hash_of(content, QCryptographicHash::Sha256)};
    file.packing = packing;
    return file;
}

/// Files as SHD's are published: packed, of unpublished size, with MD5.
inline DatasetFile transported(const std::string& name, const std::string& content) {
    DatasetFile file;
    file.name = name;
    file.md5 = hash_of(content, QCryptographicHash::Md5);
    file.packing = Packing::transport;
    return file;
}

inline DatasetInfo set_of(std::vector<DatasetFile> files) {
    DatasetInfo info;
    info.name = "toy";
    info.title = "Toy";
    info.folder = "toy";
    info.files = std::move(files);
    return info;
}

inline FetchSettings quick() {
    FetchSettings settings;
    settings.pause = std::chrono::milliseconds(1);
    return settings;
}

/// For servers that are silent on purpose: on a busy machine others are so for a second too.
inline FetchSettings impatient() {
    FetchSettings settings = quick();
    settings.stall_timeout = std::chrono::seconds(1);
    return settings;
}

/// A proxy of the environment would be asked for the servers of the tests too.
inline void ignore_proxies() {
    for (const char* name :
         {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})
        qunsetenv(name);
}

struct DownloadFixture {
    std::optional<QTemporaryDir> m_folder;
    const std::string m_content = noise(600'000);
    const DatasetInfo m_toy = set_of({file_of("a.bin", m_content)});

    fs::path folder() const { return fs::path(m_folder->path().toStdString()) / "toy"; }
    std::string received(const std::string& name = "a.bin") const { return bytes_of(folder() / name); }
    bool hasPart(const std::string& name = "a.bin") const { return fs::exists(folder() / (name + ".part")); }

    void fetch(const DatasetInfo& info, const std::vector<std::string>& sources,
               const FetchSettings& settings = quick()) const {
        FetchOptions options;
        options.sources = sources;
        fetch_files(info, folder(), options, settings);
    }
    QString failure(const DatasetInfo& info, const std::vector<std::string>& sources,
                    const FetchSettings& settings = quick()) const {
        const QString said = complaint([&] { fetch(info, sources, settings); });
        // One sentence on one line, whatever happened.
        if (said.contains('\n')) qWarning("more than a line: %s", qPrintable(said));
        return said;
    }
};

}  // namespace resonate::tests
