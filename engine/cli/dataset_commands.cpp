// engine/cli/dataset_commands.cpp: resonate-cli datasets list, verify, import, fetch, remove, describe.
#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "cli/fetch_progress.h"
#include "resonate/datasets.h"
#include "resonate/download.h"
#include "resonate/error.h"
#include "resonate/own_data.h"

namespace resonate::cli {
namespace {

struct DatasetOptions {
    std::string name;
    std::string folder;
    std::vector<std::string> sources;
    std::vector<std::string> paths;
    std::string write;
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
        if (info.own) {
            std::printf("%-26s %-28s %s\n", info.name.c_str(), info.title.c_str(), info.description.c_str());
            continue;
        }
        std::printf("%-26s %-28s %-10s %d inputs, %d classes, %d steps; licence: %s\n", info.name.c_str(),
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

const char* split_text(Split split) {
    return split == Split::train ? "train" : split == Split::validation ? "validation" : "test";
}

void print(const OwnDataReport& report) {
    const DatasetInfo& info = report.info;
    if (info.steps > 0)
        std::printf("%s: %d inputs, %d steps, %d classes, a label per %s\n", info.title.c_str(), info.inputs,
                    info.steps, info.classes, info.label_per_step ? "step" : "sequence");
    for (const OwnDataPart& part : report.parts) {
        std::printf("%s: %lld sequences; %s of each class:", split_text(part.split), static_cast<long long>(part.count),
                    info.label_per_step ? "steps" : "sequences");
        for (size_t label = 0; label < part.label_counts.size(); ++label)
            std::printf("%s %s %lld", label > 0 ? "," : "", info.class_names[label].c_str(),
                        static_cast<long long>(part.label_counts[label]));
        std::printf("\n");
    }
    if (!report.parts.empty()) std::printf("Inputs go from %g to %g.\n", report.smallest, report.largest);
    for (const std::string& note : report.notes) std::printf("Note: %s\n", note.c_str());
}

/// What was found, and then the first reason why it cannot be used.
void print_or_throw(const OwnDataReport& report) {
    print(report);
    if (!report.problems.empty()) throw DataError(report.problems.front());
}

/// Own data are read as a training would read them; of array files without a definition, one is proposed.
int describe(const DatasetOptions& options) {
    const std::filesystem::path first = options.paths.front();
    if (const auto config = own_data_at(first)) {
        print_or_throw(check_own_data(*config, options.data_dir()));
        return done;
    }
    std::vector<std::filesystem::path> files(options.paths.begin(), options.paths.end());
    for (const std::filesystem::path& file : files)
        for (const ArrayInfo& array : list_arrays(file)) {
            std::string shape;
            for (const std::int64_t axis : array.shape) shape += (shape.empty() ? "" : ", ") + std::to_string(axis);
            std::printf("%s: %s [%s] %s\n", file.c_str(), array.name.c_str(), shape.c_str(), array.type.c_str());
        }
    ArraysDefinition definition = propose_definition(files);
    if (options.write.empty()) {
        print_or_throw(check_definition(definition, {}));
        std::printf("With --write FILE.yaml this becomes a definition that dataset.path can name.\n");
        return done;
    }
    // From where the definition lies, the files must be found as well; one that lies beside them may move with them.
    const std::filesystem::path folder = std::filesystem::absolute(options.write).parent_path();
    for (ArraySplit* split : {&definition.train, definition.validation ? &*definition.validation : nullptr,
                              definition.test ? &*definition.test : nullptr})
        if (split != nullptr)
            for (ArraySource* source : {&split->input, &split->labels}) {
                if (source->file.empty()) continue;
                const std::filesystem::path whole = std::filesystem::absolute(source->file);
                const std::filesystem::path from_there = whole.lexically_relative(folder);
                source->file = from_there.empty() || from_there.string().starts_with("..") ? whole : from_there;
            }
    write_definition(definition, options.write);
    std::printf("%s: written; train with --set dataset.name=own_arrays --set dataset.path=%s\n", options.write.c_str(),
                options.write.c_str());
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
    CLI::App* describing = add("describe", "Read data of your own and say what is understood of them", describe);
    describing->add_option("paths", options->paths, "Definition (.yaml), spike file or folder, or files of arrays")
        ->required();
    describing->add_option("--write", options->write, "Write what is proposed for files of arrays as a definition");
}

}  // namespace resonate::cli
