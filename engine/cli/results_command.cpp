// engine/cli/results_command.cpp: resonate-cli results: runs of a folder as a table of means over seeds.
#include <cstdio>
#include <map>
#include <memory>

#include "cli/commands.h"
#include "resonate/error.h"
#include "resonate/run_catalogue.h"
#include "resonate/statistics.h"

namespace resonate::cli {
namespace {

struct Options {
    std::vector<std::string> runs;
    std::string runs_dir = "runs";
    std::string format = "markdown";
    std::string out;
    bool last = false;
    bool published = false;
};

std::vector<StoredRun> open_runs(const Options& options) {
    std::vector<StoredRun> runs;
    for (const std::string& folder : options.runs) runs.push_back(open_run(folder));
    if (!options.runs.empty()) return runs;
    RunCatalogue catalogue(options.runs_dir);
    catalogue.refresh();
    if (!catalogue.problem().empty()) throw RunError(catalogue.problem());
    for (const auto& entry : catalogue.runs()) {
        try {
            runs.push_back(open_run(entry->folder));
        } catch (const Error& error) {
            std::fprintf(stderr, "left out: %s\n", error.what());
        }
    }
    if (runs.empty()) throw RunError(options.runs_dir + ": holds no run; choose another folder with --runs-dir");
    return runs;
}

int show(const Options& options) {
    const std::vector<StoredRun> runs = open_runs(options);
    const SelectionRule rule = options.last ? SelectionRule::last_epoch : SelectionRule::lowest_validation_loss;
    static const std::map<std::string, TableFormat> formats{
        {"csv", TableFormat::csv}, {"markdown", TableFormat::markdown}, {"latex", TableFormat::latex}};
    const TableFormat format = formats.at(options.format);
    const std::vector<GroupResult> results = group_results(runs, group_by_seed(runs), rule);
    const std::string table = options.published ? comparison_table(compare_with_published(results, rule), rule, format)
                                                : results_table(results, rule, format);
    if (options.out.empty())
        std::printf("%s", table.c_str());
    else
        write_file_atomically(options.out, table);
    return done;
}

}  // namespace

void add_results_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("results", "Results of runs: mean ± standard deviation over seeds");
    command->add_option("runs", options->runs, "Run folders (default: all of --runs-dir)");
    command->add_option("--runs-dir", options->runs_dir, "Folder for runs")->capture_default_str();
    command->add_option("--format", options->format, "csv, markdown or latex")
        ->check(CLI::IsMember({"csv", "markdown", "latex"}))
        ->capture_default_str();
    command->add_option("--out", options->out, "File to write instead of standard output");
    command->add_flag("--last", options->last, "Of the last epoch, not of the lowest validation loss");
    command->add_flag("--published", options->published, "Beside the published results");
    command->callback([options, &action] { action = [options] { return show(*options); }; });
}

}  // namespace resonate::cli
