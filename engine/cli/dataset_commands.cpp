// engine/cli/dataset_commands.cpp: resonate-cli datasets list, verify, import, fetch, remove.
#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "cli/fetch_progress.h"
#include "resonate/datasets.h"
#include "resonate/download.h"
#include "resonate/error.h"

namespace resonate::cli {
namespace {

struct DatasetOptions {
    std::string name;
    std::string folder;
    std::vector<std::string> sources;
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

int fetch(const DatasetOptions& options) {
    catch_interrupts();
    {
        std::stop_source stop;
        FetchProgress progress;
        FetchOptions fetching;
        fetching.sources = options.sources;
        fetching.cancel = stop.get_token();
        fetching.on_progress = [&](const DownloadProgress& now) {
            progress(now);
            if (interrupted_by_user()) stop.request_stop();
        };
        fetch_dataset(options.name, options.data_dir(), fetching);
    }
    std::printf("%s\n", dataset_status(options.name, options.data_dir()).message.c_str());
    return done;
}

int remove(const DatasetOptions& options) {
    remove_dataset(options.name, options.data_dir());
    const DatasetInfo& info = dataset_info(options.name);
    const std::filesystem::path folder = options.data_dir() / info.folder;
    std::error_code failure;
    std::printf("%s is removed from %s%s\n", info.title.c_str(), options.data_dir().c_str(),
                std::filesystem::exists(folder, failure)
                    ? ("; " + folder.string() + " holds other files, which stay").c_str()
                    : ".");
    return done;
}

}  // namespace

void add_dataset_commands(CLI::App& app, Action& action) {
    const auto options = std::make_shared<DatasetOptions>();
    CLI::App* datasets =
        app.add_subcommand("datasets", "Data sets: what there is, whether it is whole, download, import");
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
    importing->add_option("folder", options->folder, "Folder the files are in, packed as .gz or not")->required();
    CLI::App* fetching =
        add("fetch", "Download the files of a data set; Ctrl-C stops, and the next time goes on", fetch);
    fetching->add_option("name", options->name, "Data set")->required();
    fetching->add_option("--from", options->sources, "Folder on the web to take instead (repeatable, tried in order)");
    CLI::App* removing = add("remove", "Remove the files of a data set from the data folder", remove);
    removing->add_option("name", options->name, "Data set")->required();
}

}  // namespace resonate::cli
