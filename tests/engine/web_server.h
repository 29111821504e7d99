// tests/engine/web_server.h: a web server on this machine that answers as a test wants, faults included.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace resonate::tests {

struct WebRequest {
    std::string target;                          ///< "/a.bin", or a whole address where the client takes us for a proxy
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::optional<std::int64_t> from;            ///< of "Range: bytes=FROM-"
};

struct WebReply {
    int status = 200;
    std::string body = {};
    std::string type = "application/octet-stream";
    std::vector<std::string> headers = {};       ///< more of them: "Location: /b.bin"
    std::optional<std::int64_t> announced = {};  ///< Content-Length; −1 = none; default: that of the body
    std::optional<std::size_t> sent = {};        ///< bytes of the body that are sent; default: all
    bool silent = false;                         ///< after that nothing comes and the connection stays
    bool no_head = false;                        ///< not even the head comes
};

class WebServer {
 public:
    /// `answer` is called on threads of the server.
    explicit WebServer(std::function<WebReply(const WebRequest&)> answer);
    ~WebServer();
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
    std::vector<WebRequest> requests() const;

 private:
    void accept_all();
    void serve(int connection);

    std::function<WebReply(const WebRequest&)> answer_;
    int port_ = 0;
    int listener_;
    mutable std::mutex mutex_;
    std::vector<WebRequest> requests_;
    std::vector<int> connections_;
    std::vector<std::thread> threads_;
    bool closing_ = false;
    std::thread acceptor_;
};

/// What a good server answers: 200, 206 with Content-Range, or 416.
WebReply whole_or_rest(const WebRequest& request, const std::string& content);

/// A port of this machine at which nothing listens, while it lives: "http://127.0.0.1:PORT/".
class ClosedPort {
 public:
    ClosedPort();
    ~ClosedPort();
    ClosedPort(const ClosedPort&) = delete;
    ClosedPort& operator=(const ClosedPort&) = delete;
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
    int port_ = 0;
    int socket_;
};

/// A port whose queue of connections is full: who connects waits.
class FullPort {
 public:
    FullPort();
    ~FullPort();
    FullPort(const FullPort&) = delete;
    FullPort& operator=(const FullPort&) = delete;
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
    int port_ = 0;
    int listener_;
    std::vector<int> waiting_;
};

}  // namespace resonate::tests
