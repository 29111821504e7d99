// resonate/verification.h: the engine held against numbers of another implementation, and against itself.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "resonate/experiment.h"

namespace resonate {

/// How far the engine is from one case of a golden file. Errors are relative: of a trace, of the outputs and of each
/// gradient to the largest entry of it; of the loss to the loss.
struct GoldenCase {
    std::string name;
    double max_error = 0;  ///< largest of traces, outputs and gradients
    std::string worst;     ///< where that is, e.g. "grads/hidden.omega"
    double trace_error = 0;
    double output_error = 0;
    double gradient_error = 0;
    double loss_error = 0;
    double spike_error = 0;  ///< of the total number of spikes
};

/// Runs every case of an HDF5 file: a group with attributes neuron, decay, surrogate, label_last, sub_seq_length, dt,
/// theta, gamma, loss, spikes; members x [T, B, I], y [B] or [T, B], params/, trace/, outputs [T', B, C], grads/. Cases
/// without x and y take them from the test set of ECG-QTDB in options.data_dir. Throws DataError, ConfigError.
std::vector<GoldenCase> verify_golden(const std::filesystem::path& file, Precision precision,
                                      const RunOptions& options);

/// One parameter of a network: how far three ways to its gradient are from each other, each relative to the largest
/// entry of the gradient.
struct GradientCheck {
    std::string parameter;
    std::optional<double> fused_to_loop;  ///< float32 kernels against the float64 loop; absent where there are none
    double loop_to_differences = 0;       ///< float64 loop against central differences, both with smooth spikes
    int entries_tried = 0;                ///< entries of the parameter moved for the differences
};

/// Checks the gradients of an experiment on a few sequences of its data set, or of random ones of its shape where the
/// files are absent, cut to `steps` steps (0: all). Throws Error.
std::vector<GradientCheck> check_gradients(const ExperimentConfig& config, const RunOptions& options, int samples,
                                           int steps);

}  // namespace resonate
