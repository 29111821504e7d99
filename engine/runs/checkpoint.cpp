// engine/runs/checkpoint.cpp: see checkpoint.h.
#include "runs/checkpoint.h"

#include <fstream>
#include <iterator>
#include <sstream>

#include "resonate/error.h"

namespace resonate {
namespace {

using Dictionary = c10::impl::GenericDict;

Dictionary text_dictionary() { return Dictionary(c10::StringType::get(), c10::AnyType::get()); }

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

Dictionary optimiser_dictionary(const torch::optim::Adam& optimiser) {
    const auto& options = static_cast<const torch::optim::AdamOptions&>(optimiser.param_groups().front().options());
    Dictionary states(c10::IntType::get(), c10::AnyType::get());
    c10::List<int64_t> numbers;
    int64_t number = 0;
    for (const torch::Tensor& parameter : parameters_of(optimiser)) {
        const auto found = optimiser.state().find(state_key(optimiser.state(), parameter));
        if (found != optimiser.state().end()) {
            const auto& state = static_cast<const torch::optim::AdamParamState&>(*found->second);
            Dictionary entry = text_dictionary();
            entry.insert("step", torch::tensor(static_cast<double>(state.step()), torch::kFloat32));
            entry.insert("exp_avg", state.exp_avg());
            entry.insert("exp_avg_sq", state.exp_avg_sq());
            states.insert(number, entry);
        }
        numbers.push_back(number++);
    }
    Dictionary group = text_dictionary();
    group.insert("lr", options.lr());
    group.insert("betas", c10::ivalue::Tuple::create({std::get<0>(options.betas()), std::get<1>(options.betas())}));
    group.insert("eps", options.eps());
    group.insert("weight_decay", options.weight_decay());
    group.insert("amsgrad", options.amsgrad());
    group.insert("params", numbers);
    c10::impl::GenericList groups(c10::AnyType::get());
    groups.push_back(group);
    Dictionary all = text_dictionary();
    all.insert("state", states);
    all.insert("param_groups", groups);
    return all;
}

Dictionary progress_dictionary(const TrainingProgress& progress) {
    Dictionary all = text_dictionary();
    all.insert("epoch", static_cast<int64_t>(progress.epoch));
    all.insert("batch", static_cast<int64_t>(progress.batch));
    all.insert("evaluated", progress.evaluated);
    all.insert("pass_loss", progress.pass.loss);
    all.insert("pass_correct", progress.pass.correct);
    all.insert("pass_decisions", progress.pass.decisions);
    all.insert("pass_spikes", progress.pass.spikes);
    all.insert("pass_samples", progress.pass.samples);
    all.insert("pass_seconds", progress.pass_seconds);
    all.insert("best_loss", progress.best_loss);
    return all;
}

/// The archive opened, entries looked up with the file's name in every complaint.
class CheckpointFile {
 public:
    explicit CheckpointFile(const std::filesystem::path& file) : name_(file.string()) {
        std::ifstream stream(file, std::ios::binary);
        if (!stream) throw CheckpointError(name_ + ": cannot be opened; give the path of a .pt file of a run folder");
        const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
        if (bytes.size() < 4 || bytes[0] != 'P' || bytes[1] != 'K')
            throw CheckpointError(name_ + ": expected a checkpoint (zip archive), found " +
                                  (bytes.empty() ? "an empty file" : "something else"));
        c10::IValue content;
        try {
            content = torch::pickle_load(bytes);
        } catch (const std::exception&) {
            throw CheckpointError(name_ +
                                  ": the archive is damaged or was not written by this program; "
                                  "use another checkpoint of the run");
        }
        if (!content.isGenericDict())
            throw CheckpointError(name_ + ": expected a dictionary at the top of the archive");
        all_ = content.toGenericDict();
    }

    Dictionary dictionary(const Dictionary& from, const std::string& key) const {
        const c10::IValue value = entry(from, key);
        if (!value.isGenericDict()) throw wrong(key, "a dictionary", value);
        return value.toGenericDict();
    }
    torch::Tensor tensor(const Dictionary& from, const std::string& key, at::IntArrayRef shape) const {
        const c10::IValue value = entry(from, key);
        if (!value.isTensor()) throw wrong(key, "a tensor", value);
        const torch::Tensor result = value.toTensor();
        if (result.sizes() != shape) {
            std::ostringstream text;
            text << name_ << ": '" << key << "' has shape " << result.sizes() << ", this network needs " << shape
                 << "; choose the experiment the checkpoint was trained with";
            throw CheckpointError(text.str());
        }
        if (!torch::isfinite(result).all().item<bool>())
            throw CheckpointError(name_ + ": '" + key + "' holds numbers that are not finite");
        return result;
    }
    double number(const Dictionary& from, const std::string& key) const {
        const c10::IValue value = entry(from, key);
        if (!value.isDouble()) throw wrong(key, "a number", value);
        return value.toDouble();
    }
    int integer(const Dictionary& from, const std::string& key) const {
        const c10::IValue value = entry(from, key);
        if (!value.isInt()) throw wrong(key, "an integer", value);
        return static_cast<int>(value.toInt());
    }
    bool flag(const Dictionary& from, const std::string& key) const {
        const c10::IValue value = entry(from, key);
        if (!value.isBool()) throw wrong(key, "true or false", value);
        return value.toBool();
    }
    const Dictionary& all() const { return all_; }
    const std::string& name() const { return name_; }

 private:
    c10::IValue entry(const Dictionary& from, const c10::IValue& key) const {
        const auto found = from.find(key);
        if (found == from.end()) throw CheckpointError(name_ + ": the entry '" + key.toStringRef() + "' is missing");
        return found->value();
    }
    CheckpointError wrong(const std::string& key, const std::string& expected, const c10::IValue& found) const {
        return CheckpointError(name_ + ": '" + key + "': expected " + expected + ", found " + found.tagKind());
    }

    std::string name_;
    Dictionary all_ = text_dictionary();
};

/// Tensors for every parameter of the network, checked before any is copied.
std::vector<std::pair<torch::Tensor, torch::Tensor>> matching_weights(const CheckpointFile& file, Network& network) {
    const Dictionary weights = file.dictionary(file.all(), "model_state_dict");
    std::vector<std::pair<torch::Tensor, torch::Tensor>> pairs;
    for (const auto& parameter : network.named_parameters())
        pairs.emplace_back(parameter.value(), file.tensor(weights, parameter.key(), parameter.value().sizes()));
    for (const auto& item : weights)
        if (!network.named_parameters().contains(item.key().toStringRef()))
            throw CheckpointError(
                file.name() + ": the entry '" + item.key().toStringRef() +
                "' has no place in this network; choose the experiment the checkpoint was trained with");
    return pairs;
}

void copy_weights(const std::vector<std::pair<torch::Tensor, torch::Tensor>>& pairs) {
    const torch::NoGradGuard no_grad;
    for (auto [parameter, value] : pairs) parameter.copy_(value);
}

}  // namespace

std::string checkpoint_bytes(const TrainingSnapshot& snapshot) {
    Dictionary weights = text_dictionary();
    for (const auto& parameter : snapshot.network.named_parameters())
        weights.insert(parameter.key(), parameter.value().detach());
    const std::vector<EpochMetrics>& history = snapshot.progress.history;
    Dictionary all = text_dictionary();
    all.insert("model_state_dict", weights);
    all.insert("optimizer_state_dict", optimiser_dictionary(snapshot.optimiser));
    all.insert("epoch", static_cast<int64_t>(snapshot.progress.epoch));
    all.insert("loss", history.empty()             ? 0.0
                       : history.back().validation ? history.back().validation->loss
                                                   : history.back().test.loss);
    all.insert("resonate", progress_dictionary(snapshot.progress));
    const std::vector<char> bytes = torch::pickle_save(all);
    return {bytes.begin(), bytes.end()};
}

void load_weights(const std::filesystem::path& path, Network& network) {
    const CheckpointFile file(path);
    copy_weights(matching_weights(file, network));
}

void load_training(const std::filesystem::path& path, Network& network, torch::optim::Adam& optimiser,
                   TrainingProgress& progress) {
    const CheckpointFile file(path);
    const auto weights = matching_weights(file, network);
    const Dictionary states = file.dictionary(file.dictionary(file.all(), "optimizer_state_dict"), "state");
    std::remove_cvref_t<decltype(optimiser.state())> restored;
    int64_t number = 0;
    for (const torch::Tensor& parameter : parameters_of(optimiser)) {
        const auto found = states.find(number++);
        if (found == states.end()) continue;
        if (!found->value().isGenericDict())
            throw CheckpointError(file.name() + ": the state of the optimiser is damaged");
        const Dictionary entry = found->value().toGenericDict();
        auto state = std::make_unique<torch::optim::AdamParamState>();
        state->step(static_cast<int64_t>(file.tensor(entry, "step", {}).item<double>()));
        state->exp_avg(file.tensor(entry, "exp_avg", parameter.sizes()).clone());
        state->exp_avg_sq(file.tensor(entry, "exp_avg_sq", parameter.sizes()).clone());
        restored[state_key(restored, parameter)] = std::move(state);
    }
    const Dictionary own = file.dictionary(file.all(), "resonate");
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

    copy_weights(weights);
    optimiser.state() = std::move(restored);
    progress = std::move(found);
}

}  // namespace resonate
