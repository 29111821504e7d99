// engine/data/random_sequences.cpp: see random_sequences.h.
#include "data/random_sequences.h"

#include "data/random.h"

namespace resonate {
namespace {

/// Input is 1 with the data set's rate, labels are uniform.
class RandomSequences : public SequenceSet {
 public:
    RandomSequences(const DatasetInfo& info, std::int64_t count)
        : shape_{count, info.steps, info.inputs, info.classes, info.label_per_step}, rate_(info.input_rate) {}

    const Shape& shape() const override { return shape_; }

    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override {
        Random random(derive_seed(1, "bench input", static_cast<std::uint64_t>(index)));
        for (std::int64_t t = 0; t < shape_.steps; ++t)
            for (std::int64_t i = 0; i < shape_.inputs; ++i)
                out[t * step_stride + i] = random.uniform() < rate_ ? 1.0F : 0.0F;
    }

    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override {
        Random random(derive_seed(1, "bench labels", static_cast<std::uint64_t>(index)));
        const std::int64_t labels = shape_.label_per_step ? shape_.steps : 1;
        for (std::int64_t t = 0; t < labels; ++t)
            out[t * step_stride] = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(shape_.classes)));
    }

 private:
    Shape shape_;
    double rate_;
};

}  // namespace

LoadedOrDrawn load_or_draw(const DatasetConfig& config, const std::filesystem::path& data_dir, std::int64_t count) {
    const DatasetInfo& info = dataset_info(config.name);
    if (dataset_status(info.name, data_dir).status != DatasetStatus::missing)
        return {load_dataset(config, data_dir), "dataset"};
    const auto set = std::make_shared<RandomSequences>(info, count);
    return {{set, set}, "random"};
}

}  // namespace resonate
