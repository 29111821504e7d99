// engine/training/trainer.cpp: see trainer.h.
#include "training/trainer.h"

#include <ATen/Parallel.h>

#include <chrono>
#include <cmath>

#include "data/random.h"
#include "resonate/error.h"
#include "training/batch_stream.h"
#include "training/divergence.h"
#include "training/live_changes.h"
#include "training/objective.h"
#include "training/probe_schedule.h"
#include "training/truncation.h"

namespace resonate {
namespace {

using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// Sequences per batch of an evaluation: bounds memory; where batches are not standardised it does not change results
/// beyond float rounding.
constexpr size_t evaluation_batch = 256;
/// Weight of the newest batch in the running mean of batch times.
constexpr double timing_weight = 0.15;

int batches_of(size_t sequences, size_t batch_size) {
    return static_cast<int>((sequences + batch_size - 1) / batch_size);
}

/// The sequences of batch `number`.
std::span<const int64_t> part(std::span<const int64_t> indices, int number, size_t batch_size) {
    const size_t begin = static_cast<size_t>(number) * batch_size;
    return indices.subspan(begin, std::min(batch_size, indices.size() - begin));
}

RunningSums sums_of(const Objective& objective, int64_t steps, int64_t samples) {
    return {objective.loss_sum / static_cast<double>(steps) * static_cast<double>(samples), objective.correct,
            objective.decisions, objective.spikes, static_cast<double>(samples)};
}

void add(RunningSums& total, const RunningSums& part) {
    total.loss += part.loss;
    total.correct += part.correct;
    total.decisions += part.decisions;
    total.spikes += part.spikes;
    total.samples += part.samples;
}

}  // namespace

SplitMetrics RunningSums::metrics() const { return {loss / samples, 100.0 * correct / decisions, spikes / samples}; }

Trainer::Trainer(ExperimentConfig config, DatasetSplits data, ComputePath path)
    : config_(std::move(config)),
      data_(std::move(data)),
      split_(split_training_set(data_, config_.dataset, static_cast<std::uint64_t>(config_.training.seed))),
      standardise_(standardises(config_.dataset)) {
    const SequenceSet::Shape& shape = data_.train->shape();
    steps_used(config_.training, shape.steps);
    if (split_.train.empty())
        throw ConfigError("dataset.validation_fraction: no sequence is left to train of the " +
                          std::to_string(shape.count) + " in the training set; lower it");
    network_ =
        std::make_shared<Network>(config_, shape.inputs, shape.classes,
                                  derive_seed(static_cast<std::uint64_t>(config_.training.seed), "initial weights"));
    if (config_.training.precision == Precision::float64) network_->to(torch::kFloat64);
    for (const torch::Tensor& parameter : network_->parameters())
        if (parameter.requires_grad()) trained_.push_back(parameter);
    optimiser_ =
        std::make_unique<torch::optim::Adam>(trained_, torch::optim::AdamOptions(config_.training.learning_rate));
    fused_ = uses_kernels(*network_, path);
    // What is left to LibTorch is small, and its threads, spinning while they wait, would take the cores from ours.
    if (fused_) at::set_num_threads(1);
}

double Trainer::learning_rate(int epoch) const {
    const TrainingConfig& training = config_.training;
    if (training.schedule == LearningRateSchedule::constant) return training.learning_rate;
    return training.learning_rate * (1.0 - static_cast<double>(epoch) / training.epochs);
}

Batch Trainer::batch_of(const SequenceSet& set, std::span<const int64_t> indices) const {
    return make_batch(set, indices, {.dtype = network_->dtype(), .allow_events = fused_, .standardise = standardise_});
}

BatchResult Trainer::train_batch(const Batch& batch, double learning_rate) {
    for (auto& group : optimiser_->param_groups())
        static_cast<torch::optim::AdamOptions&>(group.options()).lr(learning_rate);

    BatchResult result;
    const std::vector<SequencePiece> pieces = sequence_pieces(config_.training, batch.steps());
    const bool truncated = pieces.size() > 1;
    const StepsUsed used = steps_used(config_.training, batch.steps());
    std::optional<NetworkState> state;
    std::vector<torch::Tensor> outputs;
    for (const SequencePiece& piece : pieces) {
        // A piece that enters no loss only moves the state on.
        const torch::AutoGradMode with_gradient(piece.used.count > 0);
        optimiser_->zero_grad();
        const auto start = SteadyClock::now();
        Objective objective = compute_objective(
            *network_, steps_of(batch, piece), config_.training,
            {.used = piece.used, .steps_in_all = used.count, .keep_outputs = truncated, .keep_state = truncated},
            fused_, state);
        const double seconds = seconds_since(start);
        result.forward_seconds += seconds * objective.forward_share;
        result.backward_seconds += seconds * (1 - objective.forward_share);
        if (truncated) {
            state = std::move(objective.state);
            outputs.push_back(objective.outputs);
            result.sums.spikes += objective.spikes;
        } else {
            result.sums = sums_of(objective, used.count, batch.samples());
        }
        if (!std::isfinite(objective.loss_sum)) {
            result.divergence = "the loss is not finite";
            return result;
        }
        if (piece.used.count == 0) continue;
        const auto backward_start = SteadyClock::now();
        objective.value.backward();
        result.backward_seconds += seconds_since(backward_start);
        if (!step(result.gradient_norm)) {
            result.divergence = "the gradient is not finite";
            return result;
        }
        if (config_.neuron.clamp_omega) clamp_omega(*network_);
        result.divergence = boundary_crossing(*network_);
        result.boundary_crossed = !result.divergence.empty();
        if (result.boundary_crossed) return result;
    }
    if (truncated) {
        const torch::NoGradGuard no_grad;
        const SequenceLoss loss = sequence_loss(torch::cat(outputs), batch.labels, used, config_.training.label_last);
        Objective whole;
        whole.loss_sum = loss.sum.item<double>();
        whole.correct = loss.correct.item<double>();
        whole.decisions = static_cast<double>(loss.decisions);
        whole.spikes = result.sums.spikes;
        result.sums = sums_of(whole, used.count, batch.samples());
    }
    return result;
}

bool Trainer::step(double& gradient_norm) {
    // The norm is taken even without clipping: a gradient that is not finite must not reach the weights.
    const double limit =
        config_.training.gradient_clip > 0 ? config_.training.gradient_clip : std::numeric_limits<double>::infinity();
    const auto norm = [&](auto of_one) {
        double squares = 0;
        for (const torch::Tensor& parameter : trained_) squares += std::pow(of_one(parameter.grad()), 2);
        return std::sqrt(squares);
    };
    gradient_norm = norm([](const torch::Tensor& gradient) { return gradient.norm().template item<double>(); });
    // The square of a large float is infinite where the number itself is not.
    if (!std::isfinite(gradient_norm))
        gradient_norm = norm(
            [](const torch::Tensor& gradient) { return gradient.to(torch::kFloat64).norm().template item<double>(); });
    if (!std::isfinite(gradient_norm)) return false;
    if (gradient_norm > limit)
        for (const torch::Tensor& parameter : trained_) parameter.grad().mul_(limit / (gradient_norm + 1e-6));
    optimiser_->step();
    return true;
}

std::optional<SplitMetrics> Trainer::evaluate(const SequenceSet& set, std::span<const int64_t> indices,
                                              const TrainingControl& control, int64_t* worst) {
    const torch::NoGradGuard no_grad;
    RunningSums sums;
    double largest = -std::numeric_limits<double>::infinity();
    const StepsUsed used = steps_used(config_.training, set.shape().steps);
    const int batches = batches_of(indices.size(), evaluation_batch);
    BatchStream stream([&](int b) { return batch_of(set, part(indices, b, evaluation_batch)); }, 0, batches);
    for (int b = 0; b < batches; ++b) {
        if (control.stop_requested()) return std::nullopt;
        const Batch batch = stream.next();
        const Objective objective =
            compute_objective(*network_, batch, config_.training,
                              {.used = used, .steps_in_all = used.count, .keep_outputs = worst != nullptr}, fused_);
        add(sums, sums_of(objective, used.count, batch.samples()));
        if (!worst) continue;
        const auto [loss, place] = sequence_losses(objective.outputs, batch.labels, used).max(0);
        if (loss.item<double>() <= largest) continue;
        largest = loss.item<double>();
        *worst = part(indices, b, evaluation_batch)[static_cast<size_t>(place.item<int64_t>())];
    }
    return sums.metrics();
}

ProbeFrame Trainer::probe(std::int64_t index) const {
    return run_probe(*network_, *data_.test, index, standardise_);
}

Trainer::Evaluation Trainer::evaluate_epoch(TrainingObserver& observer, TrainingControl& control,
                                            TrainingRecorder& recorder, ProbeSchedule& probe) {
    const auto start = SteadyClock::now();
    EpochMetrics row;
    row.epoch = progress_.epoch;
    row.learning_rate = learning_rate(std::max(0, progress_.epoch - 1));
    if (progress_.pass.samples > 0) row.train = progress_.pass.metrics();
    if (!split_.validation.empty()) {
        row.validation = evaluate(validation_set(data_), split_.validation, control);
        if (!row.validation) return Evaluation::stopped;
    }
    int64_t worst = -1;
    const std::optional<SplitMetrics> test =
        evaluate(*data_.test, split_.test, control, config_.recording.follow_worst ? &worst : nullptr);
    if (!test) return Evaluation::stopped;
    probe.set_worst(worst);
    row.test = *test;
    if (!std::isfinite(row.test.loss) || (row.validation && !std::isfinite(row.validation->loss)))
        return Evaluation::diverged;
    evaluation_seconds_ = seconds_since(start);
    row.seconds = progress_.pass_seconds + evaluation_seconds_;
    if (progress_.pass_seconds > 0) row.samples_per_second = progress_.pass.samples / progress_.pass_seconds;

    // Without a validation set the training loss chooses; the untrained network is then best until the first pass.
    const std::optional<SplitMetrics>& choosing = row.validation ? row.validation : row.train;
    const double choosing_loss = choosing ? choosing->loss : std::numeric_limits<double>::max();
    row.best = choosing_loss <= progress_.best_loss;
    if (row.best) {
        progress_.best_loss = choosing_loss;
        for (EpochMetrics& earlier : progress_.history) earlier.best = false;
    }
    progress_.history.push_back(row);
    progress_.evaluated = true;
    progress_.pass = {};
    progress_.pass_seconds = 0;
    recorder.record_epochs(progress_.history);
    if (row.best) recorder.save_best(snapshot());
    recorder.save_last(snapshot());
    observer.on_epoch(row);
    keep_epoch(observer, recorder, probe);
    return Evaluation::done;
}

void Trainer::keep_epoch(TrainingObserver& observer, TrainingRecorder& recorder, const ProbeSchedule& probe) {
    const int interval = config_.recording.epoch_interval;
    const bool last = progress_.epoch >= config_.training.epochs;
    if (interval == 0 || (progress_.epoch % interval != 0 && !last)) return;
    recorder.keep_epoch(probe.run(progress_), progress_, config_.recording);
    observer.on_recorded(recorder.kept_epochs());
}

void Trainer::pause(TrainingObserver& observer, TrainingControl& control, TrainingRecorder& recorder,
                    ProbeSchedule& probe, LiveChanges& changes) {
    recorder.save_last(snapshot());
    probe.show(observer, progress_);
    observer.on_paused(true);
    while (control.pause_requested() && !control.stop_requested()) {
        if (changes.take(progress_)) probe.show(observer, progress_);
        // One batch, after which this is called again.
        if (control.take_step()) return;
        control.wait_while_paused();
    }
    observer.on_paused(false);
}

TrainingEnd Trainer::diverged(const Batch* batch, const std::string& what, bool explained) {
    std::string message = "The training diverged in epoch " + std::to_string(progress_.epoch + (batch ? 1 : 0));
    if (batch) message += ", batch " + std::to_string(progress_.batch + 1);
    message += ": " + what;
    if (explained) return {RunStatus::diverged, message + ". 'Clamp frequency' (neuron.clamp_omega) prevents it."};
    if (batch)
        message += "; " + describe_divergence(*network_, *batch);
    else
        message += "; " + describe_divergence(*network_, batch_of(*data_.test, std::span(split_.test).first(1)));
    return {RunStatus::diverged, message + ". A smaller learning rate or gradient clipping may help."};
}

TrainingEnd Trainer::run(TrainingObserver& observer, TrainingControl& control, TrainingRecorder& recorder) {
    const int& epochs = config_.training.epochs;  // may change on the way
    const auto batch_size = static_cast<size_t>(config_.training.batch_size);
    const int batches = batches_of(split_.train.size(), batch_size);
    ProbeSchedule probe(config_.recording, *network_, *data_.test, standardise_);
    LiveChanges changes(
        config_, control,
        [&](const RunChange& change) {
            recorder.record_change(change);
            // A run that is gone on with knows the change from the place where it was made.
            recorder.save_last(snapshot());
            observer.on_changed(change);
        },
        [&](const std::string& path, const std::string& sentence) { observer.on_change_refused(path, sentence); });
    double batch_seconds = 0;
    auto saved = SteadyClock::now();

    const auto stop = [&]() -> TrainingEnd {
        recorder.save_last(snapshot());
        return {RunStatus::stopped, "Stopped in epoch " + std::to_string(progress_.epoch + 1) + " after batch " +
                                        std::to_string(progress_.batch) + " of " + std::to_string(batches) + "."};
    };

    probe.show(observer, progress_);
    while (true) {
        if (!progress_.evaluated) {
            const Evaluation evaluation = evaluate_epoch(observer, control, recorder, probe);
            if (evaluation == Evaluation::stopped) return stop();
            if (evaluation == Evaluation::diverged)
                return diverged(nullptr, "the loss of the evaluation is not finite");
            saved = SteadyClock::now();
        }
        changes.take(progress_);
        if (progress_.epoch >= epochs) break;

        const std::vector<int64_t> order =
            shuffled(split_.train, static_cast<std::uint64_t>(config_.training.seed), progress_.epoch);
        BatchStream stream([&](int b) { return batch_of(*data_.train, part(order, b, batch_size)); }, progress_.batch,
                           batches);
        while (progress_.batch < batches) {
            if (control.pause_requested() && !control.stop_requested()) {
                pause(observer, control, recorder, probe, changes);
                saved = SteadyClock::now();
            }
            if (control.stop_requested()) return stop();
            if (changes.take(progress_)) probe.show(observer, progress_);

            const auto start = SteadyClock::now();
            const Batch batch = stream.next();
            const BatchResult result = train_batch(batch, learning_rate(progress_.epoch));
            if (!result.divergence.empty()) return diverged(&batch, result.divergence, result.boundary_crossed);
            add(progress_.pass, result.sums);
            ++progress_.batch;
            const double seconds = seconds_since(start);
            progress_.pass_seconds += seconds;
            batch_seconds = batch_seconds == 0 ? seconds : batch_seconds + timing_weight * (seconds - batch_seconds);

            const SplitMetrics metrics = result.sums.metrics();
            const int passes_left = epochs - progress_.epoch;
            observer.on_batch({.epoch = progress_.epoch + 1,
                               .epochs = epochs,
                               .batch = progress_.batch,
                               .batches = batches,
                               .loss = metrics.loss,
                               .accuracy = metrics.accuracy,
                               .samples_per_second = static_cast<double>(batch_size) / batch_seconds,
                               .seconds_left = batch_seconds * (passes_left * batches - progress_.batch) +
                                               evaluation_seconds_ * passes_left});
            probe.after_batch(observer, progress_);
            if (seconds_since(saved) > config_.recording.autosave_seconds) {
                recorder.save_last(snapshot());
                saved = SteadyClock::now();
            }
        }
        ++progress_.epoch;
        progress_.batch = 0;
        progress_.evaluated = false;
    }
    probe.show(observer, progress_);
    return {RunStatus::finished, "Finished after " + std::to_string(epochs) + (epochs == 1 ? " epoch." : " epochs.")};
}

}  // namespace resonate
