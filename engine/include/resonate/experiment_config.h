// resonate/experiment_config.h: everything that decides what a training run computes, with units, ranges and sources.
// Sources: [P] Higuchi, Kairat, Bohté, Otte, "Balanced Resonate-and-Fire Neurons", ICML 2024, and its published
// scripts. The defaults are the experiment the window opens with: BRF on the synthetic ECG.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "resonate/neuron_types.h"

namespace resonate {

enum class LearningRateSchedule { linear, constant };
enum class Precision { float32, float64 };

/// Uniform distribution U(min, max) of an initial parameter.
struct UniformRange {
    double min;
    double max;
};

/// Normal distribution N(mean, std) of an initial parameter.
struct NormalRange {
    double mean;
    double std;
};

struct DatasetConfig {
    std::string name = "synthetic_ecg";  ///< name of a data set as `resonate-cli datasets list` shows it
    double validation_fraction = 0.1;    ///< share of the training sequences drawn at random to validate, in [0, 0.9]
    double fraction = 1.0;               ///< share of the training set used at all, per class, in (0, 1]
    int train_limit = 0;                 ///< training sequences used after the split, >= 0; 0 = all
    int synthetic_train = 160;           ///< sequences generated for training and validation (synthetic sets), >= 2
    int synthetic_test = 64;             ///< sequences generated for the test (synthetic sets), >= 1
    int synthetic_seed = 1;              ///< seed of the generator (synthetic sets), >= 0
    int permutation_seed = 0;            ///< seed of the order in which a permuted set shows its steps, >= 0
    std::string permutation_file;        ///< order of the steps of a permuted set (.pt) instead of a drawn one; "" = drawn
    std::string path;          ///< own data: folder of recordings, spike file, or definition of arrays (.yaml); else ""
    bool standardise = false;  ///< MFCC: each coefficient to mean 0, deviation 1 over batch and time, as [P]'s scripts
};

struct NeuronConfig {
    NeuronType type = NeuronType::brf;
    double dt = 0.01;        ///< integration step δ of the resonators, model time, > 0
    double threshold = 1.0;  ///< firing threshold θ, > 0 (ALIF has its own: 0.01 + 1.8 a, [P])
    double gamma = 0.9;      ///< decay γ of the refractory variable q of BRF and HRF per step, in [0, 1)
    Surrogate surrogate = Surrogate::double_gaussian;  ///< what dΘ/dx is replaced by; LIF: linear
    UniformRange omega{3.0, 5.0};      ///< initial angular frequency ω̂ of the resonators, rad per model time, >= 0
    UniformRange b_offset{0.1, 1.0};   ///< initial damping offset b̂ of the resonators, per model time, >= 0
    bool clamp_omega = false;          ///< holds δω below 1 after every optimiser step, where BRF's p(ω) is real
    NormalRange tau_mem{20.0, 5.0};    ///< initial membrane time constant τ̂_m of ALIF and LIF, steps, mean > 0
    NormalRange tau_adp{200.0, 50.0};  ///< initial adaptation time constant τ̂_a of ALIF, steps, mean > 0
};

struct NetworkConfig {
    int hidden_size = 36;              ///< neurons H of the hidden layer, >= 1
    int second_hidden_size = 0;        ///< neurons of a second hidden layer above it, >= 0; 0 = none
    bool recurrent = true;             ///< spikes of the previous step feed back through W[:, I:]
    double mask_probability = 0;       ///< share of recurrent weights cut for good, in [0, 1); drawn once from the seed
    Decay decay = Decay::exponential;  ///< of membranes, adaptation and read-out (not HRF and Izhikevich RF)
    bool hidden_bias = false;          ///< bias added to the input current
    bool output_bias = false;          ///< bias of the read-out
    NormalRange output_tau{20.0, 1.0};  ///< initial time constant τ̂ of the leaky-integrator read-out, steps, mean > 0
};

struct TrainingConfig {
    int epochs = 200;            ///< passes over the training set E, >= 0; 0 only evaluates the untrained network
    int batch_size = 16;         ///< sequences per batch B, >= 1; the last short batch is kept
    double learning_rate = 0.1;  ///< Adam step size before epoch 0, > 0
    LearningRateSchedule schedule = LearningRateSchedule::linear;  ///< linear: lr (1 − e/E) in epoch e
    double gradient_clip = 0.0;                                    ///< largest gradient norm, >= 0; 0 = no clipping
    int sub_seq_length = 0;                                        ///< first steps left out of loss and accuracy, >= 0
    bool label_last = false;                                       ///< loss and accuracy use the last n_last steps only
    int n_last = 1;                                                ///< steps used where label_last is on, >= 1
    int tbptt_window = 0;        ///< truncated back-propagation: steps between two updates, >= 0; 0 = whole sequence
    double energy_lambda = 0.0;  ///< weight λ of the spikes per sequence in the loss, >= 0; 0 = accuracy alone
    std::string frozen;          ///< parameters that are not trained, by checkpoint name, separated by spaces
    Precision precision = Precision::float32;  ///< float64 runs as a step loop: slow, and the definition
    std::int64_t seed = 1;                     ///< seed of initial weights, split and shuffling, >= 0
};

struct RecordingConfig {
    int probe_sample = 0;           ///< index of the test sequence shown live, >= 0
    bool follow_worst = false;      ///< shows the test sequence with the largest loss of the last evaluation instead
    int probe_interval = 1;         ///< batches between two live traces, >= 1
    double probe_share = 0.02;      ///< largest share of the run time the live traces may take, in (0, 1]
    double autosave_seconds = 120;  ///< longest time between two saves of last.pt within an epoch, > 0
    int epoch_interval = 1;         ///< epochs between two whose probe frame and checkpoint are kept, >= 0; 0 = none
    int epoch_megabytes = 512;      ///< most disk space for kept epochs, >= 1; where it is full, older ones are thinned
};

/// A published result this experiment reproduces, shown beside the user's own.
struct ReferenceResult {
    double accuracy = 0;      ///< test accuracy, %
    double accuracy_std = 0;  ///< standard deviation over seeds, %; 0 = not given
    double sop = 0;           ///< spike operations per sample; 0 = not given
    std::string source;       ///< where it was published

    bool operator==(const ReferenceResult&) const = default;
};

struct ExperimentConfig {
    std::string title = "Synthetic ECG, BRF";
    std::string description = "Balanced resonate-and-fire neurons label the waves of a generated heart beat.";
    DatasetConfig dataset;
    NeuronConfig neuron;
    NetworkConfig network;
    TrainingConfig training;
    RecordingConfig recording;
    std::optional<ReferenceResult> reference;
};

/// One thing wrong with a config. `path` is the field as in the YAML file, e.g. "training.batch_size".
struct ConfigProblem {
    std::string path;
    std::string message;  ///< a sentence: expected, found
};

/// All problems at once; empty when the experiment can run.
std::vector<ConfigProblem> validate(const ExperimentConfig& config);

/// Trainable parameters of the network, by their names in a checkpoint ("hidden.omega"), in the network's order.
std::vector<std::string> parameter_names(const ExperimentConfig& config);
/// The words of training.frozen.
std::vector<std::string> frozen_parameters(const TrainingConfig& training);

std::string to_string(NeuronType type);
std::string to_string(Surrogate surrogate);
std::string to_string(LearningRateSchedule schedule);
std::string to_string(Decay decay);
std::string to_string(Precision precision);
/// "BRF", "RF", … as shown to people.
std::string display_name(NeuronType type);

/// Equal in every field (title and description included).
bool operator==(const ExperimentConfig& a, const ExperimentConfig& b);

}  // namespace resonate
