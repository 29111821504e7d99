// engine/data/dataset_files.cpp: are the files of a set here and whole, and how they get here.
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>

#include "data/ecg_qtdb.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate {
namespace {

std::string sha256(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw DataError(path.string() + ": cannot be opened; check its permissions");
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    std::array<char, 1 << 16> block;
    while (stream.read(block.data(), block.size()) || stream.gcount() > 0)
        EVP_DigestUpdate(context.get(), block.data(), static_cast<size_t>(stream.gcount()));
    if (stream.bad()) throw DataError(path.string() + ": cannot be read to its end");
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), digest.data(), &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        static constexpr char digits[] = "0123456789abcdef";
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

std::string how_to_get(const DatasetInfo& info) {
    return "put the files " + info.files[0].name + " and " + info.files[1].name + " (published at " + info.source +
           ") into one folder and import it: `resonate-cli datasets import " + info.name +
           " FOLDER`, or \"Use files I have…\" in the window";
}

/// Size, hash and reader. Throws DataError saying what is wrong.
void require_whole(const std::filesystem::path& path, const DatasetFile& file) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    if (failure) throw DataError(path.string() + ": is missing; choose the folder that holds the published files");
    if (size != static_cast<std::uintmax_t>(file.bytes))
        throw DataError(path.string() + ": expected " + std::to_string(file.bytes) + " bytes, found " +
                        std::to_string(size) + "; get the published file again");
    if (const std::string found = sha256(path); found != file.sha256)
        throw DataError(path.string() + ": expected SHA-256 " + file.sha256 + ", found " + found +
                        "; get the published file again");
    read_ecg_qtdb(path);
}

}  // namespace

DatasetReport dataset_status(const std::string& name, const std::filesystem::path& data_dir) {
    const DatasetInfo& info = dataset_info(name);
    if (info.synthetic) return {DatasetStatus::generated, info.title + " is generated when it is needed."};
    for (const DatasetFile& file : info.files) {
        const std::filesystem::path path = data_dir / info.folder / file.name;
        std::error_code failure;
        const auto size = std::filesystem::file_size(path, failure);
        if (failure)
            return {DatasetStatus::missing,
                    info.title + " is not here: " + path.string() + " is missing; " + how_to_get(info)};
        if (size != static_cast<std::uintmax_t>(file.bytes))
            return {DatasetStatus::corrupt, path.string() + ": expected " + std::to_string(file.bytes) +
                                                " bytes, found " + std::to_string(size) +
                                                "; get the published file again"};
    }
    return {DatasetStatus::ready, info.title + " is ready in " + (data_dir / info.folder).string() + "."};
}

DatasetReport verify_dataset(const std::string& name, const std::filesystem::path& data_dir) {
    const DatasetReport quick = dataset_status(name, data_dir);
    if (quick.status != DatasetStatus::ready) return quick;
    const DatasetInfo& info = dataset_info(name);
    try {
        for (const DatasetFile& file : info.files) require_whole(data_dir / info.folder / file.name, file);
    } catch (const DataError& error) {
        return {DatasetStatus::corrupt, error.what()};
    }
    return {DatasetStatus::ready, info.title + ": all files have the published SHA-256 and can be read."};
}

void import_dataset(const std::string& name, const std::filesystem::path& from, const std::filesystem::path& data_dir) {
    const DatasetInfo& info = dataset_info(name);
    if (info.synthetic) throw DataError(info.title + " is generated; there is nothing to import");
    if (!std::filesystem::is_directory(from))
        throw DataError(from.string() + ": expected a folder with " + info.files[0].name + " and " +
                        info.files[1].name);
    for (const DatasetFile& file : info.files) require_whole(from / file.name, file);
    const std::filesystem::path folder = data_dir / info.folder;
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) throw DataError(folder.string() + ": cannot be made: " + failure.message());
    for (const DatasetFile& file : info.files) {
        const std::filesystem::path target = folder / file.name;
        if (std::filesystem::equivalent(from / file.name, target, failure)) continue;
        std::filesystem::path part = target;
        part += ".part";
        std::filesystem::copy_file(from / file.name, part, std::filesystem::copy_options::overwrite_existing, failure);
        if (!failure) std::filesystem::rename(part, target, failure);
        if (failure) {
            std::error_code ignored;
            std::filesystem::remove(part, ignored);
            throw DataError(target.string() + ": cannot be written: " + failure.message());
        }
    }
}

}  // namespace resonate
