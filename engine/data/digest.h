// engine/data/digest.h: hashes of bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace resonate {

enum class Hash { sha256, md5 };

/// Hashes what is added to it, in order.
class Digest {
 public:
    explicit Digest(Hash hash);
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    void add(std::span<const std::uint8_t> bytes);
    void add(std::string_view text);
    /// Lower-case hex of what was added. Nothing may be added afterwards.
    std::string hex();

 private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace resonate
