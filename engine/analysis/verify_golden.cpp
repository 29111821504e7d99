// engine/analysis/verify_golden.cpp: the engine against numbers of another implementation.
#include <algorithm>
#include <cmath>

#include "analysis/golden_file.h"
#include "data/sequence_set.h"
#include "networks/network.h"
#include "resonate/error.h"
#include "resonate/verification.h"
#include "training/objective.h"

namespace resonate {
namespace {

template <class Enum>
Enum named(const GoldenFile& golden, const std::string& group, const std::string& attribute,
           std::initializer_list<Enum> values) {
    const std::string name = golden.text(group, attribute);
    std::string known;
    for (const Enum value : values) {
        if (to_string(value) == name) return value;
        known += (known.empty() ? "" : ", ") + to_string(value);
    }
    throw DataError(golden.name() + ": '" + group + "@" + attribute + "': expected one of " + known + ", found '" +
                    name + "'");
}

/// The experiment a case describes; what it does not say has the published value.
ExperimentConfig config_of(const GoldenFile& golden, const std::string& name, int64_t inputs) {
    ExperimentConfig config;
    config.neuron.type = named(
        golden, name, "neuron",
        {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif, NeuronType::lif, NeuronType::izhikevich});
    if (config.neuron.type == NeuronType::lif) config.neuron.surrogate = Surrogate::linear;
    if (golden.has_attribute(name, "surrogate"))
        config.neuron.surrogate = named(golden, name, "surrogate",
                                        {Surrogate::double_gaussian, Surrogate::multi_gaussian, Surrogate::gaussian,
                                         Surrogate::linear, Surrogate::exponential});
    const auto number = [&](const char* attribute, double fallback) {
        return golden.has_attribute(name, attribute) ? golden.number(name, attribute) : fallback;
    };
    config.neuron.dt = number("dt", config.neuron.dt);
    if (config.neuron.type != NeuronType::alif) config.neuron.threshold = number("theta", config.neuron.threshold);
    config.neuron.gamma = number("gamma", config.neuron.gamma);
    if (golden.has_attribute(name, "decay"))
        config.network.decay = named(golden, name, "decay", {Decay::exponential, Decay::linear});
    const std::string parameters = name + "/params/";
    const torch::Tensor weight = golden.tensor(parameters + "hidden.linear.weight");
    if (weight.dim() != 2)
        throw DataError(golden.name() + ": '" + parameters + "hidden.linear.weight': expected [H, I+H]");
    config.network.hidden_size = static_cast<int>(weight.size(0));
    config.network.recurrent = weight.size(1) > inputs;
    config.network.hidden_bias = golden.has(parameters + "hidden.linear.bias");
    config.network.output_bias = golden.has(parameters + "out.linear.bias");
    if (golden.has(parameters + "hidden2.linear.weight"))
        config.network.second_hidden_size =
            static_cast<int>(golden.tensor(parameters + "hidden2.linear.weight").size(0));
    config.training.label_last = golden.has_attribute(name, "label_last") && golden.flag(name, "label_last");
    config.training.sub_seq_length = static_cast<int>(number("sub_seq_length", 0));
    return config;
}

/// Largest difference, relative to the largest entry of `expected`; absolute where that is zero throughout.
double relative_error(const torch::Tensor& found, const torch::Tensor& expected) {
    if (found.sizes() != expected.sizes()) return std::numeric_limits<double>::infinity();
    if (expected.numel() == 0) return 0;
    const torch::Tensor wanted = expected.to(torch::kFloat64);
    const double scale = wanted.abs().max().item<double>();
    const double error = (found.detach().to(torch::kFloat64) - wanted).abs().max().item<double>();
    return scale > 0 ? error / scale : error;
}

void set_parameters(const GoldenFile& golden, const std::string& name, Network& network) {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : network.named_parameters()) {
        const std::string path = name + "/params/" + parameter.key();
        const torch::Tensor values = golden.tensor(path);
        if (values.sizes() != parameter.value().sizes()) {
            std::ostringstream text;
            text << golden.name() << ": '" << path << "' has shape " << values.sizes() << ", expected "
                 << parameter.value().sizes();
            throw DataError(text.str());
        }
        parameter.value().copy_(values);
    }
    if (golden.has(name + "/params/hidden.linear.mask"))
        network.hidden().set_mask(golden.tensor(name + "/params/hidden.linear.mask"));
}

/// x and y of a case: its own, or as many sequences of the ECG test set as it has outputs.
Batch batch_of(const GoldenFile& golden, const std::string& name, const RunOptions& options) {
    if (golden.has(name + "/x")) return {golden.tensor(name + "/x"), golden.tensor(name + "/y")};
    DatasetConfig ecg;
    ecg.name = "ecg";
    const DatasetSplits data = load_dataset(ecg, options.data_dir);
    const int64_t count = std::min(golden.tensor(name + "/outputs").size(1), data.test->shape().count);
    return make_batch(*data.test, all_indices(count), {.dtype = torch::kFloat64});
}

GoldenCase run_case(const GoldenFile& golden, const std::string& name, Precision precision, const RunOptions& options) {
    Batch batch = batch_of(golden, name, options);
    if (batch.input.dim() != 3) throw DataError(golden.name() + ": '" + name + "/x': expected [T, B, I]");
    batch.labels = batch.labels.to(torch::kInt64);
    const torch::Dtype dtype = precision == Precision::float64 ? torch::kFloat64 : torch::kFloat32;
    batch.input = batch.input.to(dtype);
    const ExperimentConfig config = config_of(golden, name, batch.input.size(2));
    Network network(config, batch.input.size(2), golden.tensor(name + "/params/out.tau_mem").numel(), 1);
    network.to(dtype);
    set_parameters(golden, name, network);

    const StepsUsed used = steps_used(config.training, batch.input.size(0));
    const bool fused = uses_kernels(network, options.path);
    const Objective objective = compute_objective(
        network, batch, config.training, {.used = used, .steps_in_all = used.count, .keep_outputs = true}, fused);
    objective.value.backward();

    GoldenCase result;
    result.name = name;
    const auto note = [&](double& kind, double error, const std::string& where) {
        kind = std::max(kind, error);
        if (!(error <= result.max_error)) {
            result.max_error = error;
            result.worst = where;
        }
    };
    if (golden.has(name + "/trace")) {
        const NeuronState trace = network.trace(batch.input, fused).hidden.front();
        const std::map<std::string, torch::Tensor> variables{
            {"z", trace.z}, {"u", trace.u}, {"v", trace.v}, {"q", trace.q}, {"a", trace.a}};
        for (const std::string& member : golden.members(name + "/trace")) {
            const auto variable = variables.find(member);
            if (variable == variables.end() || !variable->second.defined())
                throw DataError(golden.name() + ": '" + name + "/trace/" + member + "': this neuron has no such state");
            note(result.trace_error, relative_error(variable->second, golden.tensor(name + "/trace/" + member)),
                 "trace/" + member);
        }
    }
    note(result.output_error,
         relative_error(objective.outputs.narrow(0, used.first, used.count), golden.tensor(name + "/outputs")),
         "outputs");
    const auto parameters = network.named_parameters();
    if (golden.has(name + "/grads"))
        for (const std::string& member : golden.members(name + "/grads")) {
            const torch::Tensor* parameter = parameters.find(member);
            if (parameter == nullptr)
                throw DataError(golden.name() + ": '" + name + "/grads/" + member + "': there is no such parameter");
            note(result.gradient_error, relative_error(parameter->grad(), golden.tensor(name + "/grads/" + member)),
                 "grads/" + member);
        }
    result.loss_error = std::abs(objective.loss_sum / golden.number(name, "loss") - 1);
    if (golden.has_attribute(name, "spikes")) {
        const double spikes = golden.number(name, "spikes");
        result.spike_error = std::abs(objective.spikes - spikes) / std::max(spikes, 1.0);
    }
    return result;
}

}  // namespace

std::vector<GoldenCase> verify_golden(const std::filesystem::path& file, Precision precision,
                                      const RunOptions& options) {
    const GoldenFile golden(file);
    std::vector<GoldenCase> cases;
    for (const std::string& name : golden.members("/")) cases.push_back(run_case(golden, name, precision, options));
    if (cases.empty()) throw DataError(golden.name() + ": holds no case");
    return cases;
}

}  // namespace resonate
