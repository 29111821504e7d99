// engine/runs/checkpoint_file.cpp: see checkpoint_file.h.
#include "runs/checkpoint_file.h"

#include <algorithm>
#include <limits>
#include <sstream>

#include "runs/torch_tensors.h"

namespace resonate {

CheckpointFile::CheckpointFile(const std::filesystem::path& file) : archive_(read_torch_archive(file)) {
    all_ = archive_.content.top->as<PickleDictionary>();
    if (!all_)
        throw CheckpointError(name() + ": expected a dictionary at the top of the archive, found " +
                              describe(*archive_.content.top) + use_another);
}

const PickleDictionary& CheckpointFile::weights() const {
    const auto is_tensor = [](const auto& entry) { return entry.second->template as<TensorDescription>() != nullptr; };
    if (!find(*all_, "model_state_dict") && std::any_of(all_->entries.begin(), all_->entries.end(), is_tensor))
        return *all_;
    return dictionary(*all_, "model_state_dict");
}

std::vector<std::string> CheckpointFile::names(const PickleDictionary& weights) const {
    std::vector<std::string> names;
    for (const auto& [key, value] : weights.entries) {
        const auto* text = key->as<PickleText>();
        if (!text)
            throw CheckpointError(name() + ": a weight is named by " + describe(*key) + ", expected text" +
                                  use_another);
        names.push_back(text->text);
    }
    return names;
}

const PickleDictionary& CheckpointFile::dictionary(const PickleDictionary& from, const std::string& key) const {
    const PickleValue& value = entry(from, key);
    if (const auto* found = value.as<PickleDictionary>()) return *found;
    throw wrong(key, "a dictionary", value);
}

double CheckpointFile::number(const PickleDictionary& from, const std::string& key) const {
    const PickleValue& value = entry(from, key);
    if (const auto* found = value.as<double>()) return *found;
    // As this program writes it, see TorchArchiveWriter::real().
    const auto* scalar = value.as<TensorDescription>();
    if (scalar && scalar->type == TensorType::float64 && scalar->shape.empty())
        return to_tensor(*scalar, archive_).item<double>();
    throw wrong(key, "a number", value);
}

int CheckpointFile::integer(const PickleDictionary& from, const std::string& key) const {
    const PickleValue& value = entry(from, key);
    const auto* found = value.as<std::int64_t>();
    if (!found) throw wrong(key, "an integer", value);
    if (*found < 0 || *found > std::numeric_limits<int>::max())
        throw CheckpointError(name() + ": '" + key + "' is " + std::to_string(*found) + ", which no count can be" +
                              use_another);
    return static_cast<int>(*found);
}

bool CheckpointFile::flag(const PickleDictionary& from, const std::string& key) const {
    const PickleValue& value = entry(from, key);
    if (const auto* found = value.as<bool>()) return *found;
    throw wrong(key, "true or false", value);
}

torch::Tensor CheckpointFile::tensor(const PickleDictionary& from, const std::string& key) const {
    const PickleValue& value = entry(from, key);
    if (const auto* found = value.as<TensorDescription>()) return to_tensor(*found, archive_);
    throw wrong(key, "a tensor", value);
}

torch::Tensor CheckpointFile::tensor_like(const PickleDictionary& from, const std::string& key,
                                          const torch::Tensor& like) const {
    const torch::Tensor saved = tensor(from, key);
    // Shapes first: what does not fit is never copied, however large it says it is.
    if (saved.sizes() != like.sizes()) {
        std::ostringstream text;
        text << name() << ": '" << key << "' has shape " << saved.sizes() << ", this network needs " << like.sizes()
             << "; choose the experiment the checkpoint was trained with";
        throw CheckpointError(text.str());
    }
    const torch::Tensor converted = saved.to(like.options(), /*non_blocking=*/false, /*copy=*/true).contiguous();
    if (!torch::isfinite(converted).all().item<bool>())
        throw CheckpointError(
            name() + ": '" + key +
            "' holds numbers that are not finite; use another checkpoint, such as that of an earlier epoch");
    return converted;
}

const PickleValue& CheckpointFile::entry(const PickleDictionary& from, const std::string& key) const {
    if (const PickleValue* found = find(from, key)) return *found;
    throw CheckpointError(name() + ": the entry '" + key + "' is missing" + use_another);
}

CheckpointError CheckpointFile::wrong(const std::string& key, const std::string& expected,
                                      const PickleValue& found) const {
    return CheckpointError(name() + ": '" + key + "': expected " + expected + ", found " + describe(found) +
                           use_another);
}

}  // namespace resonate
