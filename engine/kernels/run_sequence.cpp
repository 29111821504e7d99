// engine/kernels/run_sequence.cpp: see run_sequence.h.
#include "kernels/run_sequence.h"

#include <algorithm>
#include <cstring>

namespace resonate::kernels {

SequenceResult run_sequence(const SequenceProblem& problem, WorkerPool& pool, const KernelTable& kernels) {
    const std::int64_t workers = std::min<std::int64_t>(pool.size(), problem.batch);
    const std::int64_t rounds = (problem.batch + workers * slice_samples - 1) / (workers * slice_samples);
    const std::int64_t slices = rounds * workers;
    const std::int64_t most = (problem.batch + slices - 1) / slices;

    void* packed = pool.shared_scratch().get(kernels.packed_bytes(problem));
    kernels.pack(problem, packed);
    // All memory is taken here, where a failure can still be thrown.
    const std::size_t gradient_bytes = problem.with_gradient ? kernels.gradient_bytes(problem) : 0;
    const std::size_t slice_bytes = kernels.slice_bytes(problem, most);
    std::vector<void*> gradients(static_cast<std::size_t>(workers));
    for (std::int64_t worker = 0; worker < workers; ++worker)
        gradients[static_cast<std::size_t>(worker)] =
            pool.scratch(static_cast<int>(worker)).get(gradient_bytes + slice_bytes);

    std::vector<SliceSums> sums(static_cast<std::size_t>(workers));
    pool.run([&](int worker) {
        if (worker >= workers) return;
        void* own = gradients[static_cast<std::size_t>(worker)];
        std::memset(own, 0, gradient_bytes);
        // Counted here and stored once: neighbours in memory would otherwise fight over the cache line.
        SliceSums local;
        for (std::int64_t slice = worker; slice < slices; slice += workers) {
            const std::int64_t first = problem.batch * slice / slices;
            const std::int64_t samples = problem.batch * (slice + 1) / slices - first;
            kernels.run_slice(problem, packed, own, static_cast<char*>(own) + gradient_bytes, first, samples, local);
        }
        sums[static_cast<std::size_t>(worker)] = local;
    });
    if (problem.with_gradient) kernels.write_gradients(problem, gradients.data(), static_cast<int>(workers));

    SequenceResult result;
    double forward = 0;
    double backward = 0;
    for (const SliceSums& part : sums) {
        result.loss_sum += part.loss;
        result.spikes += part.spikes;
        result.correct += part.correct;
        forward += part.forward_seconds;
        backward += part.backward_seconds;
    }
    if (forward + backward > 0) result.forward_share = forward / (forward + backward);
    return result;
}

}  // namespace resonate::kernels
