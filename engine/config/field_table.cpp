// engine/config/field_table.cpp: see field_table.h.
#include "config/field_table.h"

#include "config/field_builder.h"
#include "resonate/datasets.h"

namespace resonate {
namespace {

bool resonates(const ExperimentConfig& c) {
    return c.neuron.type != NeuronType::alif && c.neuron.type != NeuronType::lif;
}
bool leaks(const ExperimentConfig& c) { return !resonates(c); }
bool has_refractory_variable(const ExperimentConfig& c) {
    return c.neuron.type == NeuronType::brf || c.neuron.type == NeuronType::hrf;
}
bool decays_either_way(const ExperimentConfig& c) {
    return c.neuron.type != NeuronType::hrf && c.neuron.type != NeuronType::izhikevich;
}
bool is_recurrent(const ExperimentConfig& c) { return c.network.recurrent; }
bool adapts(const ExperimentConfig& c) { return c.neuron.type == NeuronType::alif; }
bool balanced(const ExperimentConfig& c) { return c.neuron.type == NeuronType::brf; }
bool has_threshold(const ExperimentConfig& c) { return c.neuron.type != NeuronType::alif; }
bool uses_last_steps(const ExperimentConfig& c) { return c.training.label_last; }
bool uses_later_steps(const ExperimentConfig& c) { return !c.training.label_last; }
const DatasetInfo& facts(const ExperimentConfig& c) {
    static const DatasetInfo unknown;
    for (const DatasetInfo& info : dataset_catalogue())
        if (info.name == c.dataset.name) return info;
    return unknown;
}
bool generated(const ExperimentConfig& c) { return facts(c).synthetic; }
bool permuted(const ExperimentConfig& c) { return facts(c).permuted; }
bool own_data(const ExperimentConfig& c) { return facts(c).own; }
bool has_coefficients(const ExperimentConfig& c) { return facts(c).input_kind == InputKind::coefficients; }

std::vector<std::string> dataset_names() {
    std::vector<std::string> names;
    for (const DatasetInfo& info : dataset_catalogue()) names.push_back(info.name);
    return names;
}

void add_dataset_fields(Table& table) {
    table.group("Data set");
    table.add(
        "dataset.name", [](auto& c) -> auto& { return c.dataset.name; },
        {"Data set", "", "",
         "What the network learns. Synthetic sets are generated and need no files; ECG-QTDB is real heart beats, S-MNIST "
         "and PS-MNIST handwritten digits, SHD spoken ones, Google Speech Commands spoken words; own sets are files of "
         "yours."},
        always, dataset_names());
    table.add(
        "dataset.validation_fraction", [](auto& c) -> auto& { return c.dataset.validation_fraction; },
        {"Validation share", "", "",
         "Share of the training sequences drawn at random to choose the best epoch. Published: 0.1. Not used where "
         "validation sequences come with the data set, as with Google Speech Commands.",
         0, 0.9});
    table.add("dataset.fraction", [](auto& c) -> auto& { return c.dataset.fraction; },
              {"Share used", "", "",
               "Share of the training set used, drawn at random before validation is set apart: of each class where "
               "sequences have one label. Published: 1; the reproduction took 0.5 of MNIST. Where validation sequences "
               "come with the data set, that share of validation and test is taken as well: the reproduction took 0.25 "
               "of Google Speech Commands.",
               0, 1, true});
    table.add("dataset.train_limit", [](auto& c) -> auto& { return c.dataset.train_limit; },
              {"Training limit", "sequences", "", "Uses only that many of the training sequences; 0 uses all."});
    table.zero_means("all");
    table.add(
        "dataset.synthetic_train", [](auto& c) -> auto& { return c.dataset.synthetic_train; },
        {"Generated to train", "sequences", "", "Sequences generated for training and validation.", 2, 100000},
        generated);
    table.add(
        "dataset.synthetic_test", [](auto& c) -> auto& { return c.dataset.synthetic_test; },
        {"Generated to test", "sequences", "", "Sequences generated for the test.", 1, 100000}, generated);
    table.add(
        "dataset.synthetic_seed", [](auto& c) -> auto& { return c.dataset.synthetic_seed; },
        {"Generator seed", "", "", "The same seed generates the same sequences on every machine."}, generated);
    table.add(
        "dataset.permutation_seed", [](auto& c) -> auto& { return c.dataset.permutation_seed; },
        {"Permutation seed", "", "",
         "Draws the order in which the pixels are shown; a model knows only the order it was trained with."},
        permuted);
    table.add(
        "dataset.permutation_file", [](auto& c) -> auto& { return c.dataset.permutation_file; },
        {"Permutation file", "", "",
         "A published order of the pixels (.pt) to use instead of a drawn one. The run keeps a copy."},
        permuted);
    table.add(
        "dataset.path", [](auto& c) -> auto& { return c.dataset.path; },
        {"Where it is", "", "",
         "Your own data: a folder of WAV files in one sub-folder per class, a file of spikes in the layout of SHD, or "
         "the definition of a set of arrays (.yaml)."},
        own_data);
    table.add(
        "dataset.standardise", [](auto& c) -> auto& { return c.dataset.standardise; },
        {"Standardise batches", "", "",
         "Brings each coefficient to mean 0 and standard deviation 1 over the batch and all time steps. Published for "
         "BRF and RF: on; for ALIF: off. A sequence shown alone, as in the live pictures, over its own steps."},
        has_coefficients);
}

void add_neuron_fields(Table& table) {
    table.group("Neuron");
    table.add("neuron.type", [](auto& c) -> auto& { return c.neuron.type; },
              {"Neuron", "", "",
               "BRF: balanced resonate-and-fire. RF: vanilla resonate-and-fire. HRF: harmonic resonate-and-fire. ALIF: "
               "adaptive leaky integrate-and-fire. LIF: leaky integrate-and-fire. Izhikevich RF: resonate-and-fire "
               "with a hard reset, by step loop only."});
    table.add(
        "neuron.dt", [](auto& c) -> auto& { return c.neuron.dt; },
        {"Time step", "model time", "δ", "Length of one Euler step of the membrane. Published: 0.01.", 0, 1, true},
        resonates);
    table.add(
        "neuron.threshold", [](auto& c) -> auto& { return c.neuron.threshold; },
        {"Threshold", "", "θ", "The membrane has to exceed it for a spike. Published: 1.", 0, 1e6, true},
        has_threshold);
    table.add(
        "neuron.gamma", [](auto& c) -> auto& { return c.neuron.gamma; },
        {"Refractory decay", "per step", "γ",
         "How slowly the refractory variable q fades after a spike: q ← γq + z. Published: 0.9.", 0, 1, false, true},
        has_refractory_variable);
    table.add("neuron.surrogate", [](auto& c) -> auto& { return c.neuron.surrogate; },
              {"Surrogate gradient", "", "dΘ/dx",
               "What the derivative of the spike function is replaced by in the backward pass. Published: double "
               "Gaussian; LIF: linear."});
    table.add(
        "neuron.omega.min", [](auto& c) -> auto& { return c.neuron.omega.min; },
        {"Frequency from", "rad / model time", "ω",
         "Lower end of the uniform distribution of initial angular frequencies. Published for ECG: 3.", 0, 1e6},
        resonates);
    table.add(
        "neuron.omega.max", [](auto& c) -> auto& { return c.neuron.omega.max; },
        {"Frequency to", "rad / model time", "ω",
         "Upper end of the uniform distribution of initial angular frequencies. δω must stay below 1. Published for "
         "ECG: 5.",
         0, 1e6},
        resonates);
    table.add(
        "neuron.clamp_omega", [](auto& c) -> auto& { return c.neuron.clamp_omega; },
        {"Clamp frequency", "", "δω < 1",
         "Holds frequencies below 1/δ while training: above it the divergence boundary is not real. Published: off."},
        balanced);
    table.add(
        "neuron.b_offset.min", [](auto& c) -> auto& { return c.neuron.b_offset.min; },
        {"Damping from", "per model time", "b",
         "Lower end of the uniform distribution of initial damping offsets. 0 would have no gradient. Published: 0.1.",
         0, 1e6},
        resonates);
    table.add(
        "neuron.b_offset.max", [](auto& c) -> auto& { return c.neuron.b_offset.max; },
        {"Damping to", "per model time", "b",
         "Upper end of the uniform distribution of initial damping offsets. Published: 1.", 0, 1e6},
        resonates);
    table.add(
        "neuron.tau_mem.mean", [](auto& c) -> auto& { return c.neuron.tau_mem.mean; },
        {"Membrane time, mean", "steps", "τ_m",
         "Mean of the normal distribution of initial membrane time constants. Published: 20.", 0, 1e6, true},
        leaks);
    table.add(
        "neuron.tau_mem.std", [](auto& c) -> auto& { return c.neuron.tau_mem.std; },
        {"Membrane time, spread", "steps", "τ_m",
         "Standard deviation of the initial membrane time constants. Published for ECG: 0.5.", 0, 1e6},
        leaks);
    table.add(
        "neuron.tau_adp.mean", [](auto& c) -> auto& { return c.neuron.tau_adp.mean; },
        {"Adaptation time, mean", "steps", "τ_a",
         "Mean of the normal distribution of initial adaptation time constants. Published for ECG: 7.", 0, 1e6, true},
        adapts);
    table.add(
        "neuron.tau_adp.std", [](auto& c) -> auto& { return c.neuron.tau_adp.std; },
        {"Adaptation time, spread", "steps", "τ_a",
         "Standard deviation of the initial adaptation time constants. Published for ECG: 0.2.", 0, 1e6},
        adapts);
}

void add_network_fields(Table& table) {
    table.group("Network");
    table.add("network.hidden_size", [](auto& c) -> auto& { return c.network.hidden_size; },
              {"Hidden neurons", "neurons", "H",
               "Size of the recurrent layer. Published: 36 for ECG, 128 for SHD, 256 for S-MNIST.", 1, 4096});
    table.add("network.second_hidden_size", [](auto& c) -> auto& { return c.network.second_hidden_size; },
              {"Second layer", "neurons", "",
               "Size of a second recurrent layer of the same neurons between the first and the read-out.", 0, 4096});
    table.zero_means("no");
    table.add("network.recurrent", [](auto& c) -> auto& { return c.network.recurrent; },
              {"Recurrent", "", "", "Spikes of the previous step feed back into the layer."});
    table.add(
        "network.mask_probability", [](auto& c) -> auto& { return c.network.mask_probability; },
        {"Cut recurrent weights", "", "",
         "Share of the recurrent weights that are cut, drawn once and stored with the network. Published: 0.", 0, 1,
         false, true},
        is_recurrent);
    table.add(
        "network.decay", [](auto& c) -> auto& { return c.network.decay; },
        {"Decay", "", "",
         "Exponential: as published. Linear: membranes, adaptation and read-out lose a constant per step instead of a "
         "share."},
        decays_either_way);
    table.add("network.hidden_bias", [](auto& c) -> auto& { return c.network.hidden_bias; },
              {"Hidden bias", "", "", "Adds a trainable constant to each neuron's input current. Published: off."});
    table.add("network.output_bias", [](auto& c) -> auto& { return c.network.output_bias; },
              {"Output bias", "", "", "Adds a trainable constant to each read-out. Published: off."});
    table.add("network.output_tau.mean", [](auto& c) -> auto& { return c.network.output_tau.mean; },
              {"Read-out time, mean", "steps", "τ",
               "Mean of the normal distribution of initial read-out time constants. Published: 20.", 0, 1e6, true});
    table.add("network.output_tau.std", [](auto& c) -> auto& { return c.network.output_tau.std; },
              {"Read-out time, spread", "steps", "τ",
               "Standard deviation of the initial read-out time constants. Published for ECG: 1.", 0, 1e6});
}

void add_training_fields(Table& table) {
    table.group("Training");
    table.add(
        "training.epochs", [](auto& c) -> auto& { return c.training.epochs; },
        {"Epochs", "epochs", "E",
         "Passes over the training set; 0 only evaluates the untrained network. Published for ECG: 400.", 0, 1e6});
    table.acts_from_next_epoch();
    table.add("training.batch_size", [](auto& c) -> auto& { return c.training.batch_size; },
              {"Batch size", "sequences", "B", "Sequences per optimiser step. Published for ECG: 16.", 1, 65536});
    table.add("training.learning_rate", [](auto& c) -> auto& { return c.training.learning_rate; },
              {"Learning rate", "", "", "Step size of Adam before the first epoch. Published for ECG BRF: 0.1.", 0, 10,
               true});
    table.acts_now();
    table.add("training.schedule", [](auto& c) -> auto& { return c.training.schedule; },
              {"Schedule", "", "",
               "Linear: the learning rate falls to zero over the epochs, as published. Constant: it stays."});
    table.add("training.gradient_clip", [](auto& c) -> auto& { return c.training.gradient_clip; },
              {"Gradient clip", "", "",
               "Largest norm of the whole gradient; 0 does not clip. Published: 1 for S-MNIST, none for ECG.", 0, 1e9});
    table.acts_now();
    table.add(
        "training.sub_seq_length", [](auto& c) -> auto& { return c.training.sub_seq_length; },
        {"Steps left out", "steps", "",
         "First time steps that loss and accuracy do not use. Published: 0; ECG ALIF: 10."},
        uses_later_steps);
    table.add(
        "training.label_last", [](auto& c) -> auto& { return c.training.label_last; },
        {"Last steps only", "", "", "Loss and accuracy use the last time steps only. Published: on for S-MNIST."});
    table.add(
        "training.n_last", [](auto& c) -> auto& { return c.training.n_last; },
        {"Last steps used", "steps", "", "How many of the last time steps are used. Published: 1.", 1},
        uses_last_steps);
    table.add("training.tbptt_window", [](auto& c) -> auto& { return c.training.tbptt_window; },
              {"Truncated BPTT", "steps", "",
               "Updates the weights every so many steps of a sequence and forgets how the state came about. Published "
               "for ALIF on MNIST: 50."});
    table.zero_means("all");
    table.add("training.energy_lambda", [](auto& c) -> auto& { return c.training.energy_lambda; },
              {"Energy weight", "per spike", "λ",
               "Adds λ times the spikes of a sequence to its mean loss: fewer spikes, some accuracy lost. Useful: 1e-6 "
               "to 1e-4.",
               0, 1e3});
    table.acts_now();
    table.add("training.frozen", [](auto& c) -> auto& { return c.training.frozen; },
              {"Frozen", "", "",
               "Parameters that keep their initial values, by their names in a checkpoint, for example 'hidden.omega "
               "hidden.b_offset'."});
    table.add("training.precision", [](auto& c) -> auto& { return c.training.precision; },
              {"Precision", "", "",
               "float32: fast. float64: the definition, computed step by step, some hundred times slower."});
    table.add(
        "training.seed", [](auto& c) -> auto& { return c.training.seed; },
        {"Seed", "", "",
         "Decides initial weights, validation split and shuffling. The same seed and thread count give the same run.",
         0, 9007199254740992.0});
}

void add_recording_fields(Table& table) {
    table.group("Recording");
    table.add("recording.probe_sample", [](auto& c) -> auto& { return c.recording.probe_sample; },
              {"Probe sample", "", "", "Test sequence shown live in the raster and the membranes."});
    table.acts_now();
    table.add("recording.follow_worst", [](auto& c) -> auto& { return c.recording.follow_worst; },
              {"Follow the worst", "", "",
               "Shows the test sequence with the largest loss of the last evaluation instead of the probe sample."});
    table.acts_now();
    table.add("recording.probe_interval", [](auto& c) -> auto& { return c.recording.probe_interval; },
              {"Probe every", "batches", "", "Batches between two live pictures.", 1});
    table.acts_now();
    table.add("recording.probe_share", [](auto& c) -> auto& { return c.recording.probe_share; },
              {"Probe time share", "", "",
               "Largest share of the time that live pictures may take. They never change the training.", 0, 1, true});
    table.acts_now();
    table.add("recording.autosave_seconds", [](auto& c) -> auto& { return c.recording.autosave_seconds; },
              {"Save every", "s", "", "Longest time between two saves of the last checkpoint within an epoch.", 0, 1e9,
               true});
    table.acts_now();
    table.add("recording.epoch_interval", [](auto& c) -> auto& { return c.recording.epoch_interval; },
              {"Keep every", "epochs", "",
               "Epochs between two whose live picture and weights are kept, to be looked at again or forked."});
    table.zero_means("none");
    table.acts_now();
    table.add("recording.epoch_megabytes", [](auto& c) -> auto& { return c.recording.epoch_megabytes; },
              {"Room for epochs", "MB", "",
               "Most disk space for kept epochs. Where it is full, every other one of the older half goes.", 1, 1e6});
    table.acts_now();
}

}  // namespace

std::vector<Field> build_field_table() {
    std::vector<Field> fields;
    Table table(fields);
    table.group("Experiment");
    table.add("title", [](auto& c) -> auto& { return c.title; },
              {"Title", "", "", "Name shown in lists and above figures."});
    table.add("description", [](auto& c) -> auto& { return c.description; },
              {"Description", "", "", "One line about the experiment."});
    add_dataset_fields(table);
    add_neuron_fields(table);
    add_network_fields(table);
    add_training_fields(table);
    add_recording_fields(table);
    return fields;
}

}  // namespace resonate
