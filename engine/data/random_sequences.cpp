// engine/data/random_sequences.cpp: see random_sequences.h.
#include "data/random_sequences.h"

#include "data/event_sequence_set.h"
#include "data/random.h"

namespace resonate {
namespace {

/// Sequences of the right shape and kind, not zero with the data set's rate: 1; uniform where input is graded, standard
/// normal where it is coefficients. Labels are uniform.
class RandomSequences : public SequenceSet {
 public:
    RandomSequences(const DatasetInfo& info, std::int64_t count)
        : shape_{count, info.steps, info.inputs, info.classes, info.label_per_step},
          kind_(info.input_kind),
          rate_(info.input_rate) {}

    const Shape& shape() const override { return shape_; }

    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override {
        Random random(derive_seed(1, "bench input", static_cast<std::uint64_t>(index)));
        for (std::int64_t t = 0; t < shape_.steps; ++t)
            for (std::int64_t i = 0; i < shape_.inputs; ++i)
                out[t * step_stride + i] = random.uniform() >= rate_ ? 0.0F : drawn(random);
    }

    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override {
        Random random(derive_seed(1, "bench labels", static_cast<std::uint64_t>(index)));
        const std::int64_t labels = shape_.label_per_step ? shape_.steps : 1;
        for (std::int64_t t = 0; t < labels; ++t)
            out[t * step_stride] = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(shape_.classes)));
    }

 private:
    float drawn(Random& random) const {
        if (kind_ == InputKind::coefficients) return static_cast<float>(random.normal());
        return kind_ == InputKind::values ? static_cast<float>(random.uniform()) : 1.0F;
    }

    Shape shape_;
    InputKind kind_;
    double rate_;
};

/// The same as lists of events, as sets of few events are stored: kernels must meet what they will meet.
std::shared_ptr<const SequenceSet> as_events(const SequenceSet& set) {
    const SequenceSet::Shape& shape = set.shape();
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint16_t> channels;
    std::vector<std::uint8_t> labels;
    std::vector<float> input(static_cast<size_t>(shape.steps * shape.inputs));
    for (std::int64_t n = 0; n < shape.count; ++n) {
        set.write_input(n, input.data(), shape.inputs);
        for (std::int64_t t = 0; t < shape.steps; ++t) {
            for (std::int64_t i = 0; i < shape.inputs; ++i)
                if (input[static_cast<size_t>(t * shape.inputs + i)] != 0)
                    channels.push_back(static_cast<std::uint16_t>(i));
            offsets.push_back(static_cast<std::uint32_t>(channels.size()));
        }
        std::int64_t label = 0;
        set.write_labels(n, &label, 1);
        labels.push_back(static_cast<std::uint8_t>(label));
    }
    return std::make_shared<EventSequenceSet>(shape, std::move(offsets), std::move(channels), std::move(labels));
}

std::shared_ptr<const SequenceSet> random_sequences(const DatasetInfo& info, std::int64_t count) {
    auto set = std::make_shared<RandomSequences>(info, count);
    return info.input_kind == InputKind::sparse_events ? as_events(*set) : set;
}

}  // namespace

LoadedOrDrawn load_or_draw(const DatasetConfig& config, const std::filesystem::path& data_dir, std::int64_t count) {
    const DatasetInfo& info = dataset_info(config.name);
    if (dataset_status(info.name, data_dir).status != DatasetStatus::missing)
        return {load_dataset(config, data_dir), "dataset"};
    const auto set = random_sequences(info, count);
    return {{set, set}, "random"};
}

}  // namespace resonate
