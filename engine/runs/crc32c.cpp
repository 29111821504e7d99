// engine/runs/crc32c.cpp: see crc32c.h.
#include "runs/crc32c.h"

#include <array>

namespace resonate {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78;  // 0x1EDC6F41 with its bits reversed
constexpr std::uint32_t mask_offset = 0xA282EAD8;

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
        table[byte] = value;
    }
    return table;
}

constexpr std::array<std::uint32_t, 256> table = make_table();

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
    std::uint32_t value = 0xFFFFFFFF;
    for (const char byte : bytes) value = (value >> 8) ^ table[(value ^ static_cast<unsigned char>(byte)) & 0xFF];
    return ~value;
}

std::uint32_t masked_crc32c(std::string_view bytes) {
    const std::uint32_t value = crc32c(bytes);
    return ((value >> 15) | (value << 17)) + mask_offset;
}

}  // namespace resonate
