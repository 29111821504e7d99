// engine/runs/torch_tensors.h: tensors of an archive as LibTorch's, and the other way round.
#pragma once

#include <torch/torch.h>

#include "runs/torch_archive.h"
#include "runs/torch_archive_writer.h"

namespace resonate {

/// The tensor as described, on the CPU, of the type it was saved with. A view: it shares the archive's storage, which
/// lives as long as the tensor; clone it before writing into it. An expanded tensor takes no memory of its own.
torch::Tensor to_tensor(const TensorDescription& tensor, const TorchArchive& archive);

/// Writes any tensor of a type of TensorType, from any device, in row-major order.
void write_tensor(TorchArchiveWriter& writer, const torch::Tensor& tensor);

}  // namespace resonate
