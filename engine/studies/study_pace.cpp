// engine/studies/study_pace.cpp: see study_pace.h.
#include "studies/study_pace.h"

#include <cmath>

#include "resonate/experiment_identity.h"

namespace resonate {

std::string pace_key(const ExperimentConfig& config) {
    ExperimentConfig one_epoch = config;
    one_epoch.training.epochs = 1;
    return identity_without_seed(one_epoch);
}

void StudyPace::learn(const RunCatalogue& runs, int threads) {
    for (const auto& entry : runs.runs()) {
        if (!entry->readable || entry->imported) continue;
        if (entry->threads == threads)
            learn(entry->config, entry->id, entry->seconds, entry->epochs_done);
        else if (entry->threads > 0 && entry->epochs_done > 0 && entry->seconds > 0)
            rough_[pace_key(entry->config)][entry->id] = {
                entry->seconds * std::sqrt(static_cast<double>(entry->threads) / threads), entry->epochs_done};
    }
}

void StudyPace::learn(const ExperimentConfig& config, const std::string& run, double seconds, int epochs) {
    if (epochs > 0 && seconds > 0) known_[pace_key(config)][run] = {seconds, epochs};
}

std::optional<double> StudyPace::seconds_per_epoch(const ExperimentConfig& config) const {
    return pace_in(known_, config);
}

std::optional<double> StudyPace::rough_seconds_per_epoch(const ExperimentConfig& config) const {
    return pace_in(rough_, config);
}

std::optional<double> StudyPace::pace_in(const Known& known, const ExperimentConfig& config) {
    const auto found = known.find(pace_key(config));
    if (found == known.end()) return std::nullopt;
    Work all;
    for (const auto& [run, work] : found->second) {
        all.seconds += work.seconds;
        all.epochs += work.epochs;
    }
    return all.seconds / all.epochs;
}

}  // namespace resonate
