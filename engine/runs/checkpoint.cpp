// engine/runs/checkpoint.cpp: see checkpoint.h.
#include "runs/checkpoint.h"

#include <algorithm>

#include "resonate/error.h"
#include "runs/checkpoint_file.h"
#include "runs/neuron_names.h"
#include "runs/permutation.h"
#include "runs/torch_tensors.h"

namespace resonate {
namespace {

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

/// Parameters, then buffers.
NamedTensors state_of(const Network& network) {
    NamedTensors state;
    for (const auto& parameter : network.named_parameters()) state.emplace_back(parameter.key(), parameter.value());
    for (const auto& buffer : network.named_buffers()) state.emplace_back(buffer.key(), buffer.value());
    return state;
}

/// Adam keeps its state under the parameter's tensor, which LibTorch 1 names by text and LibTorch 2 by address.
template <class State>
typename State::key_type state_key(const State&, const torch::Tensor& parameter) {
    if constexpr (std::is_same_v<typename State::key_type, std::string>)
        return c10::guts::to_string(parameter.unsafeGetTensorImpl());
    else
        return parameter.unsafeGetTensorImpl();
}

std::vector<torch::Tensor> parameters_of(const torch::optim::Adam& optimiser) {
    return optimiser.param_groups().front().params();
}

void write_optimiser(TorchArchiveWriter& writer, const torch::optim::Adam& optimiser) {
    const auto& options = static_cast<const torch::optim::AdamOptions&>(optimiser.param_groups().front().options());
    const std::vector<torch::Tensor> parameters = parameters_of(optimiser);
    writer.begin_dictionary();
    writer.text("state");
    writer.begin_dictionary();
    for (size_t number = 0; number < parameters.size(); ++number) {
        const auto found = optimiser.state().find(state_key(optimiser.state(), parameters[number]));
        if (found == optimiser.state().end()) continue;
        const auto& state = static_cast<const torch::optim::AdamParamState&>(*found->second);
        writer.integer(static_cast<std::int64_t>(number));
        writer.begin_dictionary();
        writer.text("step");
        write_tensor(writer, torch::tensor(static_cast<double>(state.step()), torch::kFloat32));
        writer.text("exp_avg");
        write_tensor(writer, state.exp_avg());
        writer.text("exp_avg_sq");
        write_tensor(writer, state.exp_avg_sq());
        writer.end_dictionary();
    }
    writer.end_dictionary();
    writer.text("param_groups");
    writer.begin_list();
    writer.begin_dictionary();
    writer.text("lr");
    writer.real(options.lr());
    writer.text("betas");
    writer.pair(std::get<0>(options.betas()), std::get<1>(options.betas()));
    writer.text("eps");
    writer.real(options.eps());
    writer.text("weight_decay");
    writer.real(options.weight_decay());
    writer.text("amsgrad");
    writer.boolean(options.amsgrad());
    // Settings of Python's Adam that LibTorch's does not have, at their defaults.
    for (const char* name : {"maximize", "capturable", "differentiable"}) {
        writer.text(name);
        writer.boolean(false);
    }
    for (const char* name : {"foreach", "fused"}) {
        writer.text(name);
        writer.none();
    }
    writer.text("params");
    writer.begin_list();
    for (size_t number = 0; number < parameters.size(); ++number) writer.integer(static_cast<std::int64_t>(number));
    writer.end_list();
    writer.end_dictionary();
    writer.end_list();
    writer.end_dictionary();
}

void write_own(TorchArchiveWriter& writer, const TrainingSnapshot& snapshot) {
    const TrainingProgress& progress = snapshot.progress;
    const auto real = [&writer](const char* name, double value) {
        writer.text(name);
        writer.real(value);
    };
    writer.begin_dictionary();
    // Names of parameters do not tell resonators from each other.
    writer.text("neuron");
    writer.text(to_string(snapshot.network.layers().front()->neuron().type));
    writer.text("epoch");
    writer.integer(progress.epoch);
    writer.text("batch");
    writer.integer(progress.batch);
    writer.text("evaluated");
    writer.boolean(progress.evaluated);
    real("pass_loss", progress.pass.loss);
    real("pass_correct", progress.pass.correct);
    real("pass_decisions", progress.pass.decisions);
    real("pass_spikes", progress.pass.spikes);
    real("pass_samples", progress.pass.samples);
    real("pass_seconds", progress.pass_seconds);
    real("best_loss", progress.best_loss);
    if (!snapshot.permutation.empty()) {
        writer.text("permutation");
        write_permutation(writer, snapshot.permutation);
    }
    writer.end_dictionary();
}

double newest_loss(const std::vector<EpochMetrics>& history) {
    if (history.empty()) return 0;
    return history.back().validation ? history.back().validation->loss : history.back().test.loss;
}

/// Masks [H, I+H] by their name in the file, "hidden.linear.mask".
using ConnectionMasks = std::map<std::string, torch::Tensor>;

constexpr std::string_view mask_ending = ".linear.mask";

bool is_mask(const std::string& name) { return name.size() > mask_ending.size() && name.ends_with(mask_ending); }

/// What a file holds for a network, checked before any of it is copied.
struct MatchingWeights {
    std::vector<std::pair<torch::Tensor, torch::Tensor>> pairs;  ///< of the network, from the file
    ConnectionMasks masks;                                       ///< that the network has no place for
};

void require_family(const CheckpointFile& file, const std::vector<std::string>& names, Network& network,
                    const NamedTensors& state) {
    std::vector<std::string> own;
    for (const auto& [name, tensor] : state) own.push_back(name);
    const std::optional<NeuronFamily> found = neuron_family(names);
    const std::optional<NeuronFamily> needed = neuron_family(own);
    if (found && needed && *found != *needed)
        throw CheckpointError(file.name() + ": the file holds " + describe_family(*found, names) +
                              ", the preset says " + display_name(network.hidden().neuron().type) +
                              "; choose the preset the checkpoint was trained with");
    const PickleValue* own_part = find(file.all(), "resonate");
    const auto* written = own_part ? own_part->as<PickleDictionary>() : nullptr;
    const PickleValue* neuron = written ? find(*written, "neuron") : nullptr;
    const std::string type = to_string(network.hidden().neuron().type);
    if (const auto* text = neuron ? neuron->as<PickleText>() : nullptr; text && text->text != type)
        throw CheckpointError(file.name() + ": was trained with neuron '" + printable(text->text) +
                              "', the preset says '" + type + "'; choose the preset the checkpoint was trained with");
}

/// Entries that the network has no place for: masks may be, anything else is an error that names all.
ConnectionMasks masks_without_place(const CheckpointFile& file, const PickleDictionary& weights,
                                    const std::vector<std::string>& names, const NamedTensors& state) {
    const auto place_of = [&state](const std::string& name) {
        return std::find_if(state.begin(), state.end(), [&](const auto& own) { return own.first == name; });
    };
    ConnectionMasks masks;
    std::string unknown;
    size_t unknown_count = 0;
    for (const std::string& name : names) {
        if (place_of(name) != state.end()) continue;
        const auto weight = is_mask(name) ? place_of(name.substr(0, name.size() - 4) + "weight") : state.end();
        if (weight == state.end()) {
            constexpr size_t shown = 8;
            if (++unknown_count <= shown) unknown += (unknown.empty() ? "'" : ", '") + printable(name) + "'";
            continue;
        }
        const torch::Tensor mask = file.tensor_like(weights, name, weight->second);
        if (!mask.eq(1).all().item<bool>()) masks.emplace(name, mask);
    }
    if (unknown_count > 0)
        throw CheckpointError(file.name() + (unknown_count == 1 ? ": the entry " : ": the entries ") + unknown +
                              (unknown_count == 1 ? " has" : " (" + std::to_string(unknown_count) + ") have") +
                              " no place in this network; choose the experiment the checkpoint was trained with");
    return masks;
}

MatchingWeights matching_weights(const CheckpointFile& file, Network& network) {
    const PickleDictionary& weights = file.weights();
    const std::vector<std::string> names = file.names(weights);
    const NamedTensors state = state_of(network);
    require_family(file, names, network, state);
    MatchingWeights matching;
    for (const auto& [name, tensor] : state) {
        const bool all_ones = is_mask(name) && !file.has(weights, name);
        matching.pairs.emplace_back(tensor,
                                    all_ones ? torch::ones_like(tensor) : file.tensor_like(weights, name, tensor));
    }
    matching.masks = masks_without_place(file, weights, names, state);
    return matching;
}

void copy_weights(const MatchingWeights& matching, Network& network) {
    const torch::NoGradGuard no_grad;
    for (auto [own, saved] : matching.pairs) own.copy_(saved);
    for (const auto& [name, mask] : matching.masks)
        network.layers()[name.starts_with("hidden2.") ? 1 : 0]->set_mask(mask);
}

}  // namespace

std::string checkpoint_bytes(const TrainingSnapshot& snapshot) {
    TorchArchiveWriter writer;
    writer.begin_dictionary();
    writer.text("model_state_dict");
    writer.begin_ordered_dictionary();
    for (const auto& [name, tensor] : state_of(snapshot.network)) {
        writer.text(name);
        write_tensor(writer, tensor);
    }
    writer.end_dictionary();
    writer.text("optimizer_state_dict");
    write_optimiser(writer, snapshot.optimiser);
    writer.text("epoch");
    writer.integer(snapshot.progress.epoch);
    writer.text("loss");
    writer.real(newest_loss(snapshot.progress.history));
    writer.text("resonate");
    write_own(writer, snapshot);
    writer.end_dictionary();
    return writer.finish();
}

void load_weights(const std::filesystem::path& path, Network& network) {
    const CheckpointFile file(path);
    copy_weights(matching_weights(file, network), network);
}

void load_training(const std::filesystem::path& path, Network& network, torch::optim::Adam& optimiser,
                   TrainingProgress& progress) {
    const CheckpointFile file(path);
    const MatchingWeights matching = matching_weights(file, network);
    const PickleDictionary& states = file.dictionary(file.dictionary(file.all(), "optimizer_state_dict"), "state");
    std::remove_cvref_t<decltype(optimiser.state())> restored;
    std::int64_t number = 0;
    for (const torch::Tensor& parameter : parameters_of(optimiser)) {
        const PickleValue* found = find(states, number++);
        if (!found) continue;
        const auto* entry = found->as<PickleDictionary>();
        if (!entry) throw CheckpointError(file.name() + ": the state of the optimiser is damaged" + use_another);
        auto state = std::make_unique<torch::optim::AdamParamState>();
        state->step(static_cast<int64_t>(file.tensor_like(*entry, "step", torch::zeros({})).item<double>()));
        state->exp_avg(file.tensor_like(*entry, "exp_avg", parameter));
        state->exp_avg_sq(file.tensor_like(*entry, "exp_avg_sq", parameter));
        restored[state_key(restored, parameter)] = std::move(state);
    }
    const PickleDictionary& own = file.dictionary(file.all(), "resonate");
    TrainingProgress found;
    found.epoch = file.integer(own, "epoch");
    found.batch = file.integer(own, "batch");
    found.evaluated = file.flag(own, "evaluated");
    found.pass.loss = file.number(own, "pass_loss");
    found.pass.correct = file.number(own, "pass_correct");
    found.pass.decisions = file.number(own, "pass_decisions");
    found.pass.spikes = file.number(own, "pass_spikes");
    found.pass.samples = file.number(own, "pass_samples");
    found.pass_seconds = file.number(own, "pass_seconds");
    found.best_loss = file.number(own, "best_loss");

    copy_weights(matching, network);
    optimiser.state() = std::move(restored);
    progress = std::move(found);
}

}  // namespace resonate
