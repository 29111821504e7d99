// tests/engine/zip_bytes.h: zip archives made to order, good and bad ones.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace resonate::tests {

using ZipEntries = std::vector<std::pair<std::string, std::string>>;  ///< path, content

std::string zip_bytes(const ZipEntries& entries, bool deflate = false);

/// root/data.pkl with protocol 2 before and STOP behind `opcodes`, and root/data/KEY for each storage.
std::string archive_with(const std::string& opcodes, const ZipEntries& storages = {});

/// Opcodes of short text.
std::string text(const std::string& value);
/// Opcodes of a tensor built by _rebuild_tensor_v2 on a torch.FloatStorage.
std::string float_tensor(const std::string& storage, int elements, int offset, const std::vector<int>& shape,
                         const std::vector<int>& strides);

}  // namespace resonate::tests
