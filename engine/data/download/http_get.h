// engine/data/download/http_get.h: one GET over http or https with libcurl, and its failures in words.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>

namespace resonate {

/// A source gave no file, or not all of it. what() is what it answered: "host not found", "has no such file (404)".
class SourceProblem : public std::runtime_error {
 public:
    enum class Kind {
        refused,      ///< it answered, and that was not the file
        unreachable,  ///< it did not: perhaps this machine is offline
        broke_off     ///< it had begun: worth asking for the rest
    };
    explicit SourceProblem(const std::string& answer, Kind kind = Kind::refused)
        : std::runtime_error(answer), kind_(kind) {}
    Kind kind() const { return kind_; }

 private:
    Kind kind_;
};

struct HttpRequest {
    std::string url;
    std::int64_t from = 0;  ///< asks for the bytes from there on; the answer says which ones it gives
    std::chrono::milliseconds connect_timeout{20'000};
    std::chrono::seconds stall_timeout{30};  ///< with hardly a byte; whole seconds, at least 1
    std::stop_token cancel;
};

/// The answer, after redirects.
struct HttpHead {
    int status = 0;
    std::string type;       ///< "text/html", lower case, without parameters; may be empty
    std::int64_t from = 0;  ///< place in the file of the first byte that follows; −1 = not said where it must be (206)
    std::int64_t total = -1;  ///< bytes of the whole file, −1 = not said
    std::string proxy = {};   ///< "the proxy http://proxy:3128 (https_proxy)"; empty where none was taken
};

/// Takes what arrives, on the thread of http_get(). What these throw ends the transfer and is thrown by http_get().
class HttpReceiver {
 public:
    virtual ~HttpReceiver() = default;
    virtual void on_head(const HttpHead& head) = 0;  ///< before the first block, and where none comes
    virtual void on_block(std::span<const std::uint8_t> block) = 0;
    virtual void on_wait() = 0;  ///< some 10 times a second
};

/// Proxies as in the environment; at most 5 redirects, to http or https only. Throws SourceProblem, DownloadCancelled,
/// and what the receiver throws.
void http_get(const HttpRequest& request, HttpReceiver& receiver);

/// The parts of an address of the web that are fit to be shown: without user and password. Throws ConfigError where it
/// is none.
struct WebAddress {
    std::string host;
    std::string shown;
};
WebAddress web_address(const std::string& url);

}  // namespace resonate
