// engine/runs/torch_tensors.cpp: see torch_tensors.h.
#include "runs/torch_tensors.h"

#include "resonate/error.h"

namespace resonate {
namespace {

torch::Dtype dtype_of(TensorType type) {
    switch (type) {
        case TensorType::float16: return torch::kFloat16;
        case TensorType::bfloat16: return torch::kBFloat16;
        case TensorType::float32: return torch::kFloat32;
        case TensorType::float64: return torch::kFloat64;
        case TensorType::int8: return torch::kInt8;
        case TensorType::int16: return torch::kInt16;
        case TensorType::int32: return torch::kInt32;
        case TensorType::int64: return torch::kInt64;
        case TensorType::uint8: return torch::kUInt8;
        case TensorType::boolean: return torch::kBool;
    }
    return torch::kFloat32;
}

TensorType type_of(torch::Dtype dtype) {
    for (const TensorType type :
         {TensorType::float16, TensorType::bfloat16, TensorType::float32, TensorType::float64, TensorType::int8,
          TensorType::int16, TensorType::int32, TensorType::int64, TensorType::uint8, TensorType::boolean})
        if (dtype_of(type) == dtype) return type;
    throw CheckpointError(std::string("the checkpoint cannot be made: tensors of ") + torch::toString(dtype) +
                          " are not written");
}

}  // namespace

torch::Tensor to_tensor(const TensorDescription& tensor, const TorchArchive& archive) {
    const std::shared_ptr<const std::string>& storage = archive.storages.at(tensor.storage);
    // LibTorch has no tensor of constant numbers; see the header.
    char* first = const_cast<char*>(storage->data()) + tensor.offset * bytes_per_element(tensor.type);
    return torch::from_blob(
        first, tensor.shape, tensor.strides, [storage](void*) {}, dtype_of(tensor.type));
}

void write_tensor(TorchArchiveWriter& writer, const torch::Tensor& tensor) {
    const torch::Tensor plain = tensor.detach().cpu().contiguous();
    writer.tensor(type_of(plain.scalar_type()), plain.sizes().vec(),
                  std::string(static_cast<const char*>(plain.data_ptr()), plain.nbytes()));
}

}  // namespace resonate
