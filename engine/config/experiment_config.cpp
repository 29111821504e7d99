// engine/config/experiment_config.cpp: names of the enumerations.
#include "resonate/experiment_config.h"

#include <sstream>

namespace resonate {

std::string to_string(NeuronType type) {
    switch (type) {
        case NeuronType::brf: return "brf";
        case NeuronType::rf: return "rf";
        case NeuronType::alif: return "alif";
        case NeuronType::lif: return "lif";
        case NeuronType::hrf: return "hrf";
        case NeuronType::izhikevich: return "izhikevich";
    }
    return {};
}

std::string display_name(NeuronType type) {
    switch (type) {
        case NeuronType::brf: return "BRF";
        case NeuronType::rf: return "RF";
        case NeuronType::alif: return "ALIF";
        case NeuronType::lif: return "LIF";
        case NeuronType::hrf: return "HRF";
        case NeuronType::izhikevich: return "Izhikevich RF";
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

std::string to_string(Decay decay) { return decay == Decay::linear ? "linear" : "exponential"; }

std::string to_string(Precision precision) { return precision == Precision::float64 ? "float64" : "float32"; }

std::vector<std::string> parameter_names(const ExperimentConfig& config) {
    std::vector<std::string> names;
    const auto add_layer = [&](const std::string& layer) {
        switch (config.neuron.type) {
            case NeuronType::alif:
                names.push_back(layer + ".tau_mem");
                names.push_back(layer + ".tau_adp");
                break;
            case NeuronType::lif: names.push_back(layer + ".tau_mem"); break;
            default: names.push_back(layer + ".omega"); names.push_back(layer + ".b_offset");
        }
        names.push_back(layer + ".linear.weight");
        if (config.network.hidden_bias) names.push_back(layer + ".linear.bias");
    };
    add_layer("hidden");
    if (config.network.second_hidden_size > 0) add_layer("hidden2");
    names.insert(names.end(), {"out.tau_mem", "out.linear.weight"});
    if (config.network.output_bias) names.push_back("out.linear.bias");
    return names;
}

std::vector<std::string> frozen_parameters(const TrainingConfig& training) {
    std::istringstream words(training.frozen);
    std::vector<std::string> names;
    for (std::string word; words >> word;) names.push_back(word);
    return names;
}

}  // namespace resonate
