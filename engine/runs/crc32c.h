// engine/runs/crc32c.h: the checksum of TensorBoard's records.
#pragma once

#include <cstdint>
#include <string_view>

namespace resonate {

/// CRC-32C (Castagnoli), RFC 3720. Debian 12 has no library of its own for it.
std::uint32_t crc32c(std::string_view bytes);
/// As TFRecord files store it: rotated and offset, so that the checksum of data that holds checksums stays useful.
std::uint32_t masked_crc32c(std::string_view bytes);

}  // namespace resonate
