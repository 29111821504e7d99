// engine/data/dataset_files.cpp: are the files of a set here and whole, and how they get here.
#include <fstream>

#include "data/dataset_readers.h"
#include "data/packed_file.h"
#include "data/speech_commands.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// "QTDB_train.mat and QTDB_test.mat"
std::string file_list(const DatasetInfo& info) {
    std::string text;
    for (size_t i = 0; i < info.files.size(); ++i) {
        const bool last = i + 1 == info.files.size();
        text += (i == 0 ? "" : last ? " and " : ", ") + info.files[i].name;
    }
    return info.files[0].packing == Packing::none ? text : text + ", packed (.gz) or not";
}

std::string how_to_get(const DatasetInfo& info) {
    return "put the files " + file_list(info) + (info.source.empty() ? "" : " (published at " + info.source + ")") +
           " into one folder and import it: `resonate-cli datasets import " + info.name +
           " FOLDER`, or \"Use files I have…\" in the window" +
           (info.name == "gsc" ? "; the unpacked folder will do as well" : "");
}

std::string wrong_size(const fs::path& path, std::int64_t expected, std::uintmax_t found) {
    return path.string() + ": expected " + std::to_string(expected) + " bytes, found " + std::to_string(found) +
           "; get the published file again";
}

/// Is it a packed form of `file`? An archive that is published and read as it is, is not.
bool is_packed(const fs::path& path, const DatasetFile& file) {
    return file.packing != Packing::none && path.extension() == ".gz";
}

/// Copies or unpacks. Throws DataError, and leaves nothing at `target`, where that fails.
void write_copy(const fs::path& from, const fs::path& target, bool unpack) {
    std::error_code failure;
    std::string why;
    try {
        if (unpack) {
            std::ofstream stream(target, std::ios::binary);
            read_blocks(from, [&](std::span<const std::uint8_t> block) {
                stream.write(reinterpret_cast<const char*>(block.data()), static_cast<std::streamsize>(block.size()));
            });
            stream.close();
            if (!stream) why = "the disk is full or not writable";
        } else if (!fs::copy_file(from, target, fs::copy_options::overwrite_existing, failure)) {
            why = failure.message();
        }
    } catch (const DataError&) {
        fs::remove(target, failure);
        throw;
    }
    if (why.empty()) return;
    fs::remove(target, failure);
    throw DataError(target.string() + ": cannot be written: " + why);
}

/// Brings one verified file into `folder`; what lay there stays until the new copy is whole.
void bring(const fs::path& from, const fs::path& folder, const DatasetFile& file) {
    const bool unpack = file.packing == Packing::transport && is_packed(from, file);
    const bool stays_packed = is_packed(from, file) && !unpack;
    const fs::path plain = folder / file.name;
    const fs::path packed = folder / (file.name + ".gz");
    const fs::path& target = stays_packed ? packed : plain;
    std::error_code failure;
    if (!fs::equivalent(from, target, failure)) {
        fs::path part = target;
        part += ".part";
        write_copy(from, part, unpack);
        fs::rename(part, target, failure);
        if (failure) {
            std::error_code ignored;
            fs::remove(part, ignored);
            throw DataError(target.string() + ": cannot be written: " + failure.message());
        }
    }
    // The plain file is read first: an old one must not hide the new packed one.
    if (stays_packed) fs::remove(plain, failure);
}

}  // namespace

void require_content(const fs::path& path, const DatasetFile& file) {
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    if (!failure && file.bytes > 0 && !is_packed(path, file) && size != static_cast<std::uintmax_t>(file.bytes))
        throw DataError(wrong_size(path, file.bytes, size));
    const bool has_sha256 = !file.sha256.empty();
    const ContentDigest found =
        digest_of_content(path, has_sha256 ? Hash::sha256 : Hash::md5, file.packing != Packing::none);
    if (const std::string& expected = has_sha256 ? file.sha256 : file.md5; found.hash != expected)
        throw DataError(path.string() + ": expected " + (has_sha256 ? "SHA-256 " : "MD5 ") + expected +
                        (is_packed(path, file) ? " of the unpacked content" : "") + ", found " + found.hash +
                        "; get the published file again");
}

DatasetReport dataset_status(const std::string& name, const fs::path& data_dir) {
    const DatasetInfo& info = dataset_info(name);
    if (info.synthetic) return {DatasetStatus::generated, info.title + " is generated when it is needed."};
    if (info.own) return {DatasetStatus::ready, info.title + " lie where dataset.path says."};
    for (const DatasetFile& file : info.files) {
        const fs::path folder = data_dir / info.folder;
        const auto path = find_readable(folder, file);
        if (!path && info.name == "gsc")
            if (const auto unpacked = find_unpacked_speech_commands(folder))
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
    if (info.own) throw DataError(info.title + " are read where they lie; set dataset.path to their folder");
    if (!fs::is_directory(from)) throw DataError(from.string() + ": expected a folder with " + file_list(info));
    std::vector<fs::path> found;
    for (const DatasetFile& file : info.files) {
        const auto path =
            file.packing == Packing::none ? find_readable(from, file) : find_plain_or_packed(from, file.name);
        if (!path && info.name == "gsc")
            if (const auto unpacked = find_unpacked_speech_commands(from))
                return import_unpacked_speech_commands(*unpacked, data_dir / info.folder);
        if (!path) throw DataError((from / file.name).string() + ": is missing; expected " + file_list(info));
        require_content(*path, file);
        found.push_back(*path);
    }
    const fs::path folder = data_dir / info.folder;
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) throw DataError(folder.string() + ": cannot be made: " + failure.message());
    for (size_t i = 0; i < found.size(); ++i) bring(found[i], folder, info.files[i]);
}

}  // namespace resonate
