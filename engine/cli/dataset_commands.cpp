// engine/cli/dataset_commands.cpp: resonate-cli datasets list, verify, import.
#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate::cli {
namespace {

struct DatasetOptions {
    std::string name;
    std::string folder;
    CommonOptions common;

    std::filesystem::path data_dir() const { return common.run_options().data_dir; }
};

const char* status_text(DatasetStatus status) {
    switch (status) {
        case DatasetStatus::generated: return "generated";
        case DatasetStatus::ready: return "ready";
        case DatasetStatus::missing: return "not here";
        case DatasetStatus::corrupt: return "damaged";
    }
    return "";
}

int list(const DatasetOptions& options) {
    for (const DatasetInfo& info : dataset_catalogue()) {
        const DatasetReport report = dataset_status(info.name, options.data_dir());
        std::printf("%-16s %-24s %-10s %d inputs, %d classes, %d steps; licence: %s\n", info.name.c_str(),
                    info.title.c_str(), status_text(report.status), info.inputs, info.classes, info.steps,
                    info.licence.c_str());
    }
    std::printf("Data folder: %s\n", options.data_dir().c_str());
    return done;
}

int verify(const DatasetOptions& options) {
    const DatasetReport report = verify_dataset(options.name, options.data_dir());
    if (report.status == DatasetStatus::missing || report.status == DatasetStatus::corrupt)
        throw DataError(report.message);
    std::printf("%s\n", report.message.c_str());
    return done;
}

int import(const DatasetOptions& options) {
    import_dataset(options.name, options.folder, options.data_dir());
    std::printf("%s\n", dataset_status(options.name, options.data_dir()).message.c_str());
    return done;
}

}  // namespace

void add_dataset_commands(CLI::App& app, Action& action) {
    const auto options = std::make_shared<DatasetOptions>();
    CLI::App* datasets = app.add_subcommand("datasets", "Data sets: what there is, whether it is whole, import");
    datasets->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, int (*run)(const DatasetOptions&)) {
        CLI::App* command = datasets->add_subcommand(name, help);
        options->common.add_data_dir(*command);
        command->callback([options, run, &action] { action = [options, run] { return run(*options); }; });
        return command;
    };
    add("list", "All data sets and whether they are here", list);
    CLI::App* verifying = add("verify", "Check size, hash and content of a data set's files", verify);
    verifying->add_option("name", options->name, "Data set")->required();
    CLI::App* importing = add("import", "Check files you have and copy them into the data folder", import);
    importing->add_option("name", options->name, "Data set")->required();
    importing->add_option("folder", options->folder, "Folder the files are in, packed (.gz) or not")->required();
}

}  // namespace resonate::cli
