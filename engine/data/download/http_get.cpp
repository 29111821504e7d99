// engine/data/download/http_get.cpp: see http_get.h.
#include "data/download/http_get.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <exception>
#include <functional>
#include <memory>
#include <string_view>
#include <system_error>

#include "resonate/download.h"
#include "resonate/error.h"

namespace resonate {
namespace {

constexpr long most_redirects = 5;
constexpr long fewest_bytes_per_second = 100;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string lower_first(std::string text) {
    // "SSL: …" stays as it is.
    if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1]))) text[0] = lower(text.substr(0, 1))[0];
    return text;
}

using AddressHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part_of_address(CURLU* address, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(address, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
    std::string copy = text;
    curl_free(text);
    return copy;
}

/// Without user and password; empty where it is no address.
std::string without_password(const std::string& url) {
    const AddressHandle address(curl_url(), curl_url_cleanup);
    if (curl_url_set(address.get(), CURLUPART_URL, url.c_str(), CURLU_DEFAULT_SCHEME) != CURLUE_OK) return {};
    curl_url_set(address.get(), CURLUPART_USER, nullptr, 0);
    curl_url_set(address.get(), CURLUPART_PASSWORD, nullptr, 0);
    return part_of_address(address.get(), CURLUPART_URL);
}

/// One transfer. libcurl calls back in C: what is thrown there waits in `thrown_` until libcurl has returned.
class Transfer {
 public:
    Transfer(const HttpRequest& request, HttpReceiver& receiver)
        : request_(request),
          receiver_(receiver),
          easy_(curl_easy_init(), curl_easy_cleanup),
          multi_(curl_multi_init(), curl_multi_cleanup) {
        if (!easy_ || !multi_) throw Error("libcurl cannot be started: out of memory");
        set_options();
        curl_multi_add_handle(multi_.get(), easy_.get());
    }
    ~Transfer() { curl_multi_remove_handle(multi_.get(), easy_.get()); }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    void run() {
        const std::stop_callback wake(request_.cancel, [this] { curl_multi_wakeup(multi_.get()); });
        for (int running = 1;;) {
            curl_multi_perform(multi_.get(), &running);
            if (thrown_) std::rethrow_exception(thrown_);
            if (request_.cancel.stop_requested()) throw DownloadCancelled("the download was stopped");
            receiver_.on_wait();
            if (running == 0) break;
            curl_multi_poll(multi_.get(), nullptr, 0, 100, nullptr);
        }
        int left = 0;
        const CURLMsg* message = curl_multi_info_read(multi_.get(), &left);
        const CURLcode code = message != nullptr ? message->data.result : CURLE_RECV_ERROR;
        if (code != CURLE_OK) throw failure(code);
        if (!head_seen_) receiver_.on_head(head());
    }

 private:
    template <class Value>
    void set(CURLoption option, Value value) {
        if (const CURLcode code = curl_easy_setopt(easy_.get(), option, value); code != CURLE_OK)
            throw Error(std::string("libcurl does not take an option: ") + curl_easy_strerror(code));
    }

    void set_options() {
        set(CURLOPT_URL, request_.url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 1L);
        set(CURLOPT_MAXREDIRS, most_redirects);
        set(CURLOPT_USERAGENT, "resonate/" RESONATE_VERSION);
        set(CURLOPT_NOSIGNAL, 1L);
        // Cancelling does not wait for a name server that does not answer.
        set(CURLOPT_QUICK_EXIT, 1L);
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
        set(CURLOPT_LOW_SPEED_LIMIT, fewest_bytes_per_second);
        set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(std::max<std::int64_t>(1, request_.stall_timeout.count())));
        set(CURLOPT_BUFFERSIZE, 256L * 1024);
        set(CURLOPT_ERRORBUFFER, said_);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
        // Which proxy was taken is told nowhere else.
        set(CURLOPT_VERBOSE, 1L);
        set(CURLOPT_DEBUGDATA, this);
        set(CURLOPT_DEBUGFUNCTION, &Transfer::on_remark);
        if (request_.from > 0) set(CURLOPT_RANGE, (std::to_string(request_.from) + "-").c_str());
    }

    static size_t on_body(const char* data, size_t, size_t count, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        try {
            if (!transfer.head_seen_) {
                transfer.head_seen_ = true;
                transfer.receiver_.on_head(transfer.head());
            }
            transfer.receiver_.on_block({reinterpret_cast<const std::uint8_t*>(data), count});
            return count;
        } catch (...) {
            transfer.thrown_ = std::current_exception();
            return CURL_WRITEFUNC_ERROR;
        }
    }

    /// "Uses proxy env variable https_proxy == 'http://user:password@proxy:3128'"
    static int on_remark(CURL*, curl_infotype type, char* data, size_t size, void* self) {
        if (type != CURLINFO_TEXT) return 0;
        const std::string_view text(data, size);
        constexpr std::string_view beginning = "Uses proxy env variable ";
        const size_t middle = text.find(" == '");
        const size_t end = text.rfind('\'');
        if (!text.starts_with(beginning) || middle == text.npos || end <= middle + 5) return 0;
        const std::string address = without_password(std::string(text.substr(middle + 5, end - middle - 5)));
        static_cast<Transfer*>(self)->proxy_ =
            "the proxy " + address + " (" + std::string(text.substr(beginning.size(), middle - beginning.size())) + ")";
        return 0;
    }

    long number(CURLINFO what) const {
        long value = 0;
        curl_easy_getinfo(easy_.get(), what, &value);
        return value;
    }

    std::string header(const char* name) const {
        curl_header* found = nullptr;
        if (curl_easy_header(easy_.get(), name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
        return found->value;
    }

    HttpHead head() const {
        HttpHead head;
        head.status = static_cast<int>(number(CURLINFO_RESPONSE_CODE));
        const std::string type = lower(header("Content-Type"));
        head.type = type.substr(0, type.find_first_of("; "));
        curl_off_t length = -1;
        curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
        if (head.status == 200) head.total = length;
        if (head.status == 206 || head.status == 416) read_range(header("Content-Range"), head);
        head.proxy = proxy_;
        return head;
    }

    /// "bytes 500-999/1000", "bytes 500-999/*", "bytes */1000"
    static void read_range(const std::string& text, HttpHead& head) {
        head.from = -1;
        const auto number_at = [&](size_t place, std::int64_t& value) {
            if (place < text.size()) std::from_chars(text.data() + place, text.data() + text.size(), value);
        };
        if (lower(text).rfind("bytes ", 0) == 0) number_at(6, head.from);
        if (const size_t slash = text.find('/'); slash != text.npos) number_at(slash + 1, head.total);
    }

    std::string with_proxy(const std::string& answer) const {
        return proxy_.empty() ? answer : answer + ", through " + proxy_;
    }

    SourceProblem failure(CURLcode code) const {
        using enum SourceProblem::Kind;
        const bool answered = number(CURLINFO_RESPONSE_CODE) > 0;
        const std::string said = lower_first(said_[0] != '\0' ? said_ : curl_easy_strerror(code));
        if (const long refused = number(CURLINFO_HTTP_CONNECTCODE); refused >= 300)
            return SourceProblem(proxy_ + " answered " +
                                 (refused == 407 ? "that it asks for a password (407)" : std::to_string(refused)));
        switch (code) {
            case CURLE_COULDNT_RESOLVE_HOST: return SourceProblem("host not found", unreachable);
            case CURLE_COULDNT_RESOLVE_PROXY: return SourceProblem(proxy_ + " is not found", unreachable);
            case CURLE_COULDNT_CONNECT: {
                const long reason = number(CURLINFO_OS_ERRNO);
                const std::string why = reason == 0
                                            ? "no connection"
                                            : lower_first(std::generic_category().message(static_cast<int>(reason)));
                return SourceProblem(proxy_.empty() ? why : proxy_ + ": " + why, unreachable);
            }
            case CURLE_OPERATION_TIMEDOUT: {
                curl_off_t connected = 0;
                curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
                if (connected == 0)
                    return SourceProblem(with_proxy("no connection within " + seconds(request_.connect_timeout)),
                                         unreachable);
                return SourceProblem(with_proxy((answered ? "stopped sending for " : "no answer within ") +
                                                seconds(request_.stall_timeout)),
                                     broke_off);
            }
            case CURLE_GOT_NOTHING:
                return SourceProblem(with_proxy("closed the connection without an answer"), broke_off);
            case CURLE_PARTIAL_FILE:
            case CURLE_RECV_ERROR:
            case CURLE_SEND_ERROR:
            case CURLE_HTTP2:
            case CURLE_HTTP2_STREAM: return SourceProblem(with_proxy("the connection broke off"), broke_off);
            case CURLE_TOO_MANY_REDIRECTS:
                return SourceProblem("redirects more than " + std::to_string(most_redirects) + " times");
            case CURLE_UNSUPPORTED_PROTOCOL:
                return SourceProblem("redirects to an address that is not http or https, which is not followed");
            case CURLE_PEER_FAILED_VERIFICATION: return SourceProblem("its certificate is not accepted: " + said);
            case CURLE_SSL_CACERT_BADFILE:
                return SourceProblem("the certificates of this machine cannot be read (Debian: ca-certificates)");
            case CURLE_SSL_CONNECT_ERROR: return SourceProblem(with_proxy("no secure connection: " + said));
            default: return SourceProblem(with_proxy(said));
        }
    }

    static std::string seconds(std::chrono::milliseconds time) {
        const auto whole = (time.count() + 999) / 1000;
        return std::to_string(whole) + (whole == 1 ? " second" : " seconds");
    }

    const HttpRequest& request_;
    HttpReceiver& receiver_;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_;
    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_;
    char said_[CURL_ERROR_SIZE] = {};
    std::string proxy_;  ///< "the proxy http://proxy:3128 (https_proxy)", empty where none is used
    bool head_seen_ = false;
    std::exception_ptr thrown_;
};

}  // namespace

void http_get(const HttpRequest& request, HttpReceiver& receiver) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw Error(std::string("libcurl cannot be started: ") + curl_easy_strerror(started));
    Transfer(request, receiver).run();
}

WebAddress web_address(const std::string& url) {
    const AddressHandle address(curl_url(), curl_url_cleanup);
    const bool parsed = curl_url_set(address.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
    const std::string scheme = parsed ? part_of_address(address.get(), CURLUPART_SCHEME) : "";
    const std::string host = parsed ? part_of_address(address.get(), CURLUPART_HOST) : "";
    if (host.empty() || (scheme != "http" && scheme != "https"))
        throw ConfigError("'" + url + "': expected the address of a folder on the web: http://… or https://…");
    return {host, without_password(url)};
}

}  // namespace resonate
