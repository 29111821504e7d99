// engine/data/load_dataset.cpp: from a data set's name to its sequences.
#include "data/ecg_qtdb.h"
#include "data/sequence_set.h"
#include "data/synthetic_ecg.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate {

DatasetSplits load_dataset(const DatasetConfig& config, const std::filesystem::path& data_dir) {
    const DatasetInfo& info = dataset_info(config.name);
    if (info.name == "synthetic_ecg") {
        const auto seed = static_cast<std::uint64_t>(config.synthetic_seed);
        return {generate_synthetic_ecg(config.synthetic_train, seed, "train"),
                generate_synthetic_ecg(config.synthetic_test, seed, "test")};
    }
    const DatasetReport report = dataset_status(info.name, data_dir);
    if (report.status == DatasetStatus::missing) throw DataError(report.message);
    const std::filesystem::path folder = data_dir / info.folder;
    return {read_ecg_qtdb(folder / info.files[0].name), read_ecg_qtdb(folder / info.files[1].name)};
}

}  // namespace resonate
