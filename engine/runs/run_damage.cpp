// engine/runs/run_damage.cpp: see run_damage.h.
#include "resonate/run_damage.h"

#include <fstream>
#include <string_view>

#include "runs/recorded_frames.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// A zip archive ends with its directory; what was cut off does not.
bool ends_as_archive(std::ifstream& stream) {
    char end[22];
    return stream.seekg(-static_cast<std::streamoff>(sizeof end), std::ios::end) && stream.read(end, sizeof end) &&
           std::string_view(end, 4) == "PK\x05\x06";
}

/// Files in the order of what their loss costs.
class Inspection {
 public:
    /// Is it whole, or not there? `cost`: what cannot be done without it, and what can.
    bool inspect(const fs::path& file, const char* kind, const std::string& cost) {
        std::error_code failure;
        if (!fs::exists(file, failure) && !failure) return true;
        std::ifstream stream(file, std::ios::binary);
        if (stream && ends_as_archive(stream)) return true;
        const bool opened = stream.is_open();
        if (count_++ == 0)
            sentence_ = file.string() + (opened ? std::string(": is cut off or no ") + kind : ": cannot be opened") +
                        ": " + cost +
                        (opened ? "; copy the file again, or delete it, and the run is listed without it"
                                : "; check its permissions");
        return false;
    }

    std::string sentence() const {
        if (count_ < 2) return sentence_;
        return sentence_ + " (and " + std::to_string(count_ - 1) + (count_ == 2 ? " more file)" : " more files)");
    }

 private:
    std::string sentence_;
    int count_ = 0;
};

void inspect_checkpoints(Inspection& inspection, const fs::path& run_folder) {
    const std::string rest = ", curves and recorded epochs are not affected";
    inspection.inspect(run_folder / "last.pt", "checkpoint", "the run cannot be resumed" + rest);
    inspection.inspect(run_folder / "best.pt", "checkpoint", "the best network cannot be tested" + rest);
}

}  // namespace

std::string checkpoint_damage(const fs::path& run_folder) {
    Inspection inspection;
    inspect_checkpoints(inspection, run_folder);
    return inspection.sentence();
}

RunDamage find_damage(const StoredRun& run) {
    if (run.status == RunStatus::running) return {};
    RunDamage damage;
    Inspection inspection;
    inspect_checkpoints(inspection, run.folder);
    for (const int epoch : run.recorded)
        if (!inspection.inspect(frame_file(run.folder, epoch), "NumPy archive",
                                "epoch " + std::to_string(epoch) + " cannot be shown, the others can"))
            damage.lost_epochs.push_back(epoch);
    for (const int epoch : run.recorded)
        inspection.inspect(epoch_checkpoint(run.folder, epoch), "checkpoint",
                           "no run can be forked from epoch " + std::to_string(epoch) +
                               " and no other sequence tested there, what it recorded can be shown");
    damage.sentence = inspection.sentence();
    return damage;
}

}  // namespace resonate
