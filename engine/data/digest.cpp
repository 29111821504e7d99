// engine/data/digest.cpp: see digest.h.
#include "data/digest.h"

#include <openssl/evp.h>

namespace resonate {

struct Digest::Context {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> openssl{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Digest::Digest(Hash hash) : context_(std::make_unique<Context>()) {
    EVP_DigestInit_ex(context_->openssl.get(), hash == Hash::sha256 ? EVP_sha256() : EVP_md5(), nullptr);
}

Digest::~Digest() = default;

void Digest::add(std::span<const std::uint8_t> bytes) {
    EVP_DigestUpdate(context_->openssl.get(), bytes.data(), bytes.size());
}

void Digest::add(std::string_view text) { EVP_DigestUpdate(context_->openssl.get(), text.data(), text.size()); }

std::string Digest::hex() {
    std::uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_->openssl.get(), digest, &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        static constexpr char digits[] = "0123456789abcdef";
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

}  // namespace resonate
