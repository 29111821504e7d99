// engine/runs/read_entry.cpp: see read_entry.h.
#include "runs/read_entry.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/run_damage.h"
#include "resonate/run_store.h"
#include "resonate/statistics.h"
#include "runs/metrics_table.h"
#include "runs/permutation.h"
#include "runs/run_changes.h"
#include "runs/run_lock.h"
#include "runs/run_summary.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// The first line, and how many more there are.
std::string one_sentence(const std::string& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string::npos) return text;
    const auto more = std::count(text.begin() + static_cast<std::ptrdiff_t>(end), text.end(), '\n');
    return text.substr(0, end) + " (and " + std::to_string(more) + " more)";
}

class EntryReader {
 public:
    explicit EntryReader(const fs::path& folder) : entry_(std::make_shared<RunEntry>()) {
        entry_->folder = folder;
        entry_->id = folder.filename().string();
    }

    std::shared_ptr<const RunEntry> read() {
        const fs::path& folder = entry_->folder;
        if (::access(folder.c_str(), R_OK | X_OK) != 0) {
            if (errno == ENOENT) return nullptr;
            complain(folder.string() + ": cannot be opened; check its permissions");
            return entry_;
        }
        if (!is_run_folder(folder)) return nullptr;
        const bool locked = run_is_locked(folder);
        attempt([&] { read_experiment(); });
        attempt([&] { read_facts(); });
        attempt([&] { read_rows(); });
        attempt([&] { entry_->notes = read_notes(folder); });
        if (exists("permutation.pt")) attempt([&] { read_permutation(folder / "permutation.pt"); });
        if (const std::string damage = checkpoint_damage(folder); !damage.empty()) complain(damage);
        if (locked) entry_->status = RunStatus::running;
        return entry_;
    }

 private:
    bool exists(const char* name) const {
        std::error_code failure;
        return fs::exists(entry_->folder / name, failure);
    }

    /// The first problem is the one to mend.
    void complain(const std::string& sentence) {
        if (entry_->problem.empty()) entry_->problem = one_sentence(sentence);
    }

    template <class Step>
    void attempt(Step step) {
        try {
            step();
        } catch (const Error& error) {
            complain(error.what());
        } catch (const std::exception& error) {
            complain(entry_->folder.string() + ": cannot be read: " + error.what());
        }
    }

    void read_experiment() {
        std::vector<RunChange> changes;
        entry_->config = load_changed_experiment(entry_->folder, changes);
        entry_->readable = true;
    }

    void read_facts() {
        const std::optional<RunSummary> summary = read_summary(entry_->folder);
        if (!summary) return;
        entry_->status = summary->status == RunStatus::running ? RunStatus::stopped : summary->status;
        entry_->imported = summary->imported;
        entry_->message = summary->message;
        entry_->epochs_done = summary->epochs_done;
        entry_->last = summary->last;
        entry_->selected = summary->selected;
        entry_->best_test = summary->best_test;
        entry_->parameters = summary->parameters;
        entry_->seconds = summary->seconds;
        entry_->threads = summary->threads;
        entry_->train_samples = summary->train_samples;
        entry_->validation_samples = summary->validation_samples;
        entry_->test_samples = summary->test_samples;
        entry_->written = summary->written;
    }

    void read_rows() {
        if (!exists("metrics.csv")) return;
        const fs::path file = entry_->folder / "metrics.csv";
        std::ifstream stream(file, std::ios::binary);
        const std::string csv{std::istreambuf_iterator<char>(stream), {}};
        if (!stream) throw RunError(file.string() + ": cannot be opened; check its permissions");
        const std::vector<EpochMetrics> rows = parse_metrics(csv, file.string());
        const bool missing = !entry_->last && !rows.empty();
        if (!missing && (entry_->best_test || !entry_->last)) return;
        const RunResult result = result_of(rows);
        entry_->best_test = result.best_test;
        if (!missing) return;
        entry_->last = result.last;
        entry_->selected = result.selected;
        entry_->seconds = result.seconds;
        entry_->epochs_done = rows.back().epoch;
    }

    std::shared_ptr<RunEntry> entry_;
};

}  // namespace

std::shared_ptr<const RunEntry> read_entry(const fs::path& folder) { return EntryReader(folder).read(); }

}  // namespace resonate
