// engine/experiment/checks.cpp: see checks.h.
#include "experiment/checks.h"

#include "resonate/error.h"

namespace resonate {

void require_valid(const ExperimentConfig& config) {
    std::string text;
    for (const ConfigProblem& problem : validate(config))
        text += (text.empty() ? "" : "\n") + problem.path + ": " + problem.message;
    if (!text.empty()) throw ConfigError(text);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace resonate
