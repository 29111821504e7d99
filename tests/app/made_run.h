// tests/app/made_run.h: a finished run's folder, written without training: epochs with frames that tell them apart.
#pragma once

#include <QDir>
#include <QString>
#include <fstream>

#include "resonate/config_io.h"
#include "resonate/run_store.h"
#include "runs/recorded_frames.h"

namespace resonate::tests {

/// Of a synthetic ECG. At the end of epoch e neuron h has ω = 3 + h/10 + e/100 and spikes at every step t with
/// (t + e) % (10 + h) == 0.
inline ProbeFrame made_frame(int epoch, int steps, int neurons) {
    ProbeFrame frame;
    frame.epoch = epoch;
    frame.steps = steps;
    frame.inputs = 4;
    frame.neurons = neurons;
    frame.classes = 6;
    frame.sample = 2;
    for (int t = 0; t < steps; ++t) {
        const int label = 6 * t / steps;
        frame.labels.push_back(label);
        for (int i = 0; i < 4; ++i) frame.input.push_back(static_cast<float>((t + i) % 7 == 0));
        // Right in the first `epoch` steps of ten.
        const int said = t % 10 < epoch % 10 ? label : (label + 1) % 6;
        for (int c = 0; c < 6; ++c) frame.probabilities.push_back(c == said ? 0.75F : 0.05F);
        for (int h = 0; h < neurons; ++h) {
            frame.u.push_back(static_cast<float>((t * (h + 1) + epoch) % 17) / 17);
            frame.v.push_back(static_cast<float>((t * (h + 2) + 3 * epoch) % 19) / 19);
            frame.threshold.push_back(1);
            frame.spikes.push_back((t + epoch) % (10 + h) == 0 ? 1 : 0);
        }
    }
    for (int h = 0; h < neurons; ++h) {
        frame.omega.push_back(3 + static_cast<float>(h) / 10 + static_cast<float>(epoch) / 100);
        frame.b.push_back(-1 + static_cast<float>(epoch) / 1000);
    }
    return frame;
}

/// The folder of a run of that many epochs, every `interval`-th of which is recorded.
inline QString make_run(const QString& runs, int epochs, int steps = 60, int neurons = 8, int interval = 1) {
    const QString folder = runs + QStringLiteral("/made-run");
    QDir().mkpath(folder + QStringLiteral("/epochs"));
    const std::filesystem::path path = folder.toStdString();
    ExperimentConfig config = load_preset(default_preset_name);
    config.training.epochs = epochs;
    config.network.hidden_size = neurons;
    config.recording.epoch_interval = interval;
    config.recording.probe_sample = made_frame(0, 1, 1).sample;
    save_experiment(config, path / "experiment.yaml");
    std::vector<EpochMetrics> rows;
    for (int epoch = 0; epoch <= epochs; ++epoch) {
        EpochMetrics row;
        row.epoch = epoch;
        row.learning_rate = 0.1;
        row.test = {2.0 / (1 + epoch), 90.0 * epoch / epochs, 1000};
        if (epoch > 0) row.train = row.test;
        row.validation = row.test;
        row.best = epoch == epochs;
        rows.push_back(row);
        if (epoch % interval != 0 && epoch != epochs) continue;
        std::ofstream file(frame_file(path, epoch), std::ios::binary);
        file << frame_bytes(made_frame(epoch, steps, neurons));
    }
    write_file_atomically(path / "metrics.csv", metrics_csv(rows));
    return folder;
}

}  // namespace resonate::tests
