// engine/data/dataset_files.cpp: are the files of a set here and whole; imported, removed.
#include "data/dataset_readers.h"
#include "data/dataset_store.h"
#include "data/packed_file.h"
#include "data/speech_commands.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

std::string how_to_get(const DatasetInfo& info) {
    return (info.source.empty() ? "" : "`resonate-cli datasets fetch " + info.name + "` downloads it, or ") +
           how_to_import(info, info.source) + (may_be_unpacked(info) ? "; the unpacked folder will do as well" : "");
}

std::string wrong_size(const fs::path& path, std::int64_t expected, std::uintmax_t found) {
    return path.string() + ": expected " + std::to_string(expected) + " bytes, found " + std::to_string(found) +
           "; get the published file again";
}

void import_unpacked(const DatasetInfo& info, const fs::path& from, const fs::path& folder) {
    const DatasetFolderLock lock(folder);
    import_unpacked_speech_commands(from, folder);
    for (const DatasetFile& file : info.files) {
        const fs::path archive = folder / file.name;
        std::error_code failure;
        // It is read first: a damaged one must not hide what was imported.
        if (find_readable(folder, file) && !check_content(archive, file).problem.empty()) fs::remove(archive, failure);
        if (failure)
            throw DataError(archive.string() + ": is damaged and cannot be removed: " + failure.message() +
                            "; check the permissions of its folder");
        // What an unfinished download left is of no more use.
        fs::remove(part_of(archive), failure);
    }
}

}  // namespace

DatasetReport dataset_status(const std::string& name, const fs::path& data_dir) {
    const DatasetInfo& info = dataset_info(name);
    if (info.synthetic) return {DatasetStatus::generated, info.title + " is generated when it is needed."};
    if (info.own) return {DatasetStatus::ready, info.title + " lie where dataset.path says."};
    for (const DatasetFile& file : info.files) {
        const fs::path folder = data_dir / info.folder;
        const auto path = find_readable(folder, file);
        if (!path)
            if (const auto unpacked = find_unpacked(info, folder))
                return {DatasetStatus::ready, info.title + " is ready in " + unpacked->string() + ", unpacked."};
        if (!path)
            return {DatasetStatus::missing,
                    info.title + " is not here: " + (folder / file.name).string() + " is missing; " + how_to_get(info)};
        std::error_code failure;
        const auto size = fs::file_size(*path, failure);
        if (failure) return {DatasetStatus::corrupt, path->string() + ": cannot be read: " + failure.message()};
        // A packed file may be a copy packed anew, of any size.
        const bool size_known = file.bytes > 0 && !is_packed(*path, file);
        if (size_known ? size != static_cast<std::uintmax_t>(file.bytes) : size == 0)
            return {DatasetStatus::corrupt,
                    size == 0 ? path->string() + ": expected data, found an empty file; get the published file again"
                              : wrong_size(*path, file.bytes, size)};
    }
    return {DatasetStatus::ready, info.title + " is ready in " + (data_dir / info.folder).string() + "."};
}

DatasetReport verify_dataset(const std::string& name, const fs::path& data_dir) {
    const DatasetReport quick = dataset_status(name, data_dir);
    const DatasetInfo& info = dataset_info(name);
    if (quick.status != DatasetStatus::ready || info.own) return quick;
    const fs::path folder = data_dir / info.folder;
    bool published = false;
    try {
        for (const DatasetFile& file : info.files)
            if (const auto path = find_readable(folder, file)) {
                require_content(*path, file);
                published = true;
            }
        read_dataset(info, folder, {});
    } catch (const DataError& error) {
        return {DatasetStatus::corrupt, error.what()};
    }
    if (!published)
        return {DatasetStatus::ready,
                info.title + ": all files can be read; no hash is published of the unpacked ones."};
    const std::string hash = info.files[0].sha256.empty() ? "MD5" : "SHA-256";
    return {DatasetStatus::ready, info.title + ": all files have the published " + hash + " and can be read."};
}

void import_dataset(const std::string& name, const fs::path& from, const fs::path& data_dir) {
    const DatasetInfo& info = dataset_info(name);
    if (info.synthetic) throw DataError(info.title + " is generated; there is nothing to import");
    if (info.own) throw DataError(info.title + " stay where they are; name the place as dataset.path");
    if (!fs::is_directory(from))
        throw DataError(from.string() + ": expected a folder with " + file_list(info) +
                        "; choose the folder in which they lie");
    std::vector<fs::path> found;
    for (const DatasetFile& file : info.files) {
        const auto path =
            file.packing == Packing::none ? find_readable(from, file) : find_plain_or_packed(from, file.name);
        if (!path)
            if (const auto unpacked = find_unpacked(info, from))
                return import_unpacked(info, *unpacked, data_dir / info.folder);
        if (!path)
            throw DataError((from / file.name).string() + ": is missing, expected " + file_list(info) +
                            "; choose the folder in which they lie");
        require_content(*path, file);
        found.push_back(*path);
    }
    const fs::path folder = data_dir / info.folder;
    const DatasetFolderLock lock(folder);
    for (size_t i = 0; i < found.size(); ++i) place_file(found[i], folder, info.files[i], Placing::copy);
}

void remove_dataset(const std::string& name, const fs::path& data_dir) {
    const DatasetInfo& info = dataset_info(name);
    if (info.synthetic) throw DataError(info.title + " is generated; there are no files to remove");
    if (info.own) throw DataError(info.title + " lie where you put them; remove them there");
    const fs::path folder = data_dir / info.folder;
    std::error_code failure;
    if (!fs::is_directory(folder, failure)) return;
    const DatasetFolderLock lock(folder);
    const auto require = [&](const fs::path& path) {
        if (failure)
            throw DataError(path.string() + ": cannot be removed: " + failure.message() +
                            "; check the permissions of its folder");
    };
    for (const DatasetFile& file : info.files)
        for (const fs::path& whole : {folder / file.name, folder / published_name(file)})
            for (const fs::path& path : {whole, part_of(whole)}) {
                fs::remove(path, failure);
                require(path);
            }
    if (may_be_unpacked(info)) remove_unpacked_speech_commands(folder);
    fs::remove_all(folder / "cache", failure);
    require(folder / "cache");
}

}  // namespace resonate
