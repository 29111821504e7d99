// engine/config/experiment_config.cpp: names of the enumerations.
#include "resonate/experiment_config.h"

namespace resonate {

std::string to_string(NeuronType type) {
    switch (type) {
        case NeuronType::brf: return "brf";
        case NeuronType::rf: return "rf";
        case NeuronType::alif: return "alif";
        case NeuronType::lif: return "lif";
    }
    return {};
}

std::string display_name(NeuronType type) {
    switch (type) {
        case NeuronType::brf: return "BRF";
        case NeuronType::rf: return "RF";
        case NeuronType::alif: return "ALIF";
        case NeuronType::lif: return "LIF";
    }
    return {};
}

std::string to_string(Surrogate surrogate) {
    switch (surrogate) {
        case Surrogate::double_gaussian: return "double_gaussian";
        case Surrogate::multi_gaussian: return "multi_gaussian";
        case Surrogate::gaussian: return "gaussian";
        case Surrogate::linear: return "linear";
        case Surrogate::exponential: return "exponential";
    }
    return {};
}

std::string to_string(LearningRateSchedule schedule) {
    return schedule == LearningRateSchedule::linear ? "linear" : "constant";
}

}  // namespace resonate
