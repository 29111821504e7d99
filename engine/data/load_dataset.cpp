// engine/data/load_dataset.cpp: from a data set's name to its sequences.
#include "data/cache_file.h"
#include "data/dataset_readers.h"
#include "data/ecg_qtdb.h"
#include "data/event_cache.h"
#include "data/idx_digits.h"
#include "data/own_arrays.h"
#include "data/own_recordings.h"
#include "data/own_spikes.h"
#include "data/packed_file.h"
#include "data/permutation.h"
#include "data/sequence_set.h"
#include "data/shd_hdf5.h"
#include "data/speech_commands.h"
#include "data/synthetic_digits.h"
#include "data/synthetic_ecg.h"
#include "data/synthetic_spoken_digits.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate {

std::optional<std::filesystem::path> find_readable(const std::filesystem::path& folder, const DatasetFile& file) {
    if (file.packing == Packing::gzip) return find_plain_or_packed(folder, file.name);
    std::error_code failure;
    if (std::filesystem::is_regular_file(folder / file.name, failure)) return folder / file.name;
    return std::nullopt;
}

bool may_be_unpacked(const DatasetInfo& info) {
    return info.input_kind == InputKind::coefficients && !info.own && !info.synthetic;
}

std::optional<std::filesystem::path> find_unpacked(const DatasetInfo& info, const std::filesystem::path& folder) {
    return may_be_unpacked(info) ? find_unpacked_speech_commands(folder) : std::nullopt;
}

DatasetSplits read_dataset(const DatasetInfo& info, const std::filesystem::path& folder,
                           std::vector<std::int64_t> permutation) {
    if (may_be_unpacked(info)) return load_speech_commands(folder, CacheUse::renew);
    std::vector<std::filesystem::path> paths;
    for (const DatasetFile& file : info.files) {
        const auto found = find_readable(folder, file);
        if (!found) throw DataError((folder / file.name).string() + " is missing; get the published file again");
        paths.push_back(*found);
    }
    if (info.folder == "mnist") {
        auto train = read_idx_digits(paths[0], paths[1], permutation);
        auto test = read_idx_digits(paths[2], paths[3], permutation);
        return {std::move(train), std::move(test), std::move(permutation)};
    }
    if (info.input_kind == InputKind::sparse_events) return {read_shd(paths[0]), read_shd(paths[1])};
    return {read_ecg_qtdb(paths[0]), read_ecg_qtdb(paths[1])};
}

namespace {

DatasetSplits generate(const DatasetInfo& info, const DatasetConfig& config, std::vector<std::int64_t> permutation) {
    const auto seed = static_cast<std::uint64_t>(config.synthetic_seed);
    if (info.name == "synthetic_ecg")
        return {generate_synthetic_ecg(config.synthetic_train, seed, "train"),
                generate_synthetic_ecg(config.synthetic_test, seed, "test")};
    if (info.input_kind == InputKind::sparse_events)
        return {generate_synthetic_spoken_digits(config.synthetic_train, seed, "train"),
                generate_synthetic_spoken_digits(config.synthetic_test, seed, "test")};
    return {generate_synthetic_digits(config.synthetic_train, seed, "train", permutation),
            generate_synthetic_digits(config.synthetic_test, seed, "test", permutation), std::move(permutation)};
}

/// The published file, or what an earlier reading of it left in `folder`/cache.
std::shared_ptr<const SequenceSet> load_events(const std::filesystem::path& folder, const DatasetFile& file) {
    const std::filesystem::path path = *find_readable(folder, file);
    const EventCache cache{folder / "cache" / (file.name + ".events"), file_key(path)};
    if (auto kept = open_event_cache(cache)) return kept;
    // The HDF5 library can crash on a damaged file (1.10.8 does, in its heaps of variable-length data), so it is given
    // only what is known to be whole. Hashing takes a tenth of the time of reading.
    require_content(path, file);
    const auto set = read_shd(path);
    keep_events(*set, cache);
    return set;
}

DatasetSplits load_own(const DatasetInfo& info, const DatasetConfig& config, const std::filesystem::path& data_dir) {
    if (info.name == "own_recordings") return load_own_recordings(config, data_dir);
    const std::filesystem::path path = config.path;
    if (path.empty()) throw DataError("dataset.path: expected where " + info.title + " lie, found nothing");
    if (info.name == "own_arrays") return load_arrays(read_definition(path), path.parent_path());
    return load_spikes(path);
}

}  // namespace

DatasetSplits load_dataset(const DatasetConfig& config, const std::filesystem::path& data_dir,
                           std::vector<std::int64_t> permutation) {
    const DatasetInfo& info = dataset_info(config.name);
    if (!permutation.empty()) {
        if (!info.permuted)
            throw DataError(info.title + " is not permuted, but a permutation is given; leave it out or use psmnist");
        require_permutation(permutation, info.steps, "the permutation given for " + info.title);
    } else if (info.permuted) {
        permutation = draw_permutation(info.steps, static_cast<std::uint64_t>(config.permutation_seed));
    }
    if (info.synthetic) return generate(info, config, std::move(permutation));
    if (info.own) return load_own(info, config, data_dir);
    const DatasetReport report = dataset_status(info.name, data_dir);
    if (report.status == DatasetStatus::missing) throw DataError(report.message);
    const std::filesystem::path folder = data_dir / info.folder;
    if (may_be_unpacked(info)) return load_speech_commands(folder);
    if (info.input_kind == InputKind::sparse_events)
        return {load_events(folder, info.files[0]), load_events(folder, info.files[1])};
    // matio, as the HDF5 library, is given only what is known to be whole.
    if (info.input_kind == InputKind::events)
        for (const DatasetFile& file : info.files) require_content(*find_readable(folder, file), file);
    return read_dataset(info, folder, std::move(permutation));
}

}  // namespace resonate
