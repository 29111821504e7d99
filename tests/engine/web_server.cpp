// tests/engine/web_server.cpp: see web_server.h.
#include "web_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <stdexcept>

namespace resonate::tests {
namespace {

/// A socket bound to a free port of the loopback interface.
int bound_socket(int& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (socket < 0 || ::bind(socket, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0)
        throw std::runtime_error("no port of the loopback interface is free");
    port = ntohs(address.sin_port);
    return socket;
}

bool send_all(int connection, const std::string& bytes) {
    for (size_t sent = 0; sent < bytes.size();) {
        const ssize_t count = ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) return false;
        sent += static_cast<size_t>(count);
    }
    return true;
}

WebRequest parse(const std::string& head) {
    WebRequest request;
    std::istringstream lines(head);
    std::string method;
    std::string line;
    lines >> method >> request.target;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        const size_t colon = line.find(": ");
        if (colon == std::string::npos) continue;
        std::string name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        request.headers[name] = line.substr(colon + 2, line.find('\r') - colon - 2);
    }
    if (const auto range = request.headers.find("range"); range != request.headers.end())
        request.from = std::stoll(range->second.substr(std::string("bytes=").size()));
    return request;
}

}  // namespace

WebServer::WebServer(std::function<WebReply(const WebRequest&)> answer)
    : answer_(std::move(answer)), listener_(bound_socket(port_)) {
    ::listen(listener_, 16);
    acceptor_ = std::thread([this] { accept_all(); });
}

WebServer::~WebServer() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
    }
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    for (std::thread& thread : threads_) thread.join();
    for (const int connection : connections_) ::close(connection);
    ::close(listener_);
}

std::vector<WebRequest> WebServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void WebServer::accept_all() {
    for (;;) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) return;
        const std::lock_guard lock(mutex_);
        connections_.push_back(connection);
        if (closing_) return;
        threads_.emplace_back([this, connection] { serve(connection); });
    }
}

void WebServer::serve(int connection) {
    std::string head;
    for (char byte = 0; !head.ends_with("\r\n\r\n"); head += byte)
        if (::recv(connection, &byte, 1, 0) != 1) return;
    const WebRequest request = parse(head);
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
    }
    const WebReply reply = answer_(request);
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Answer\r\nConnection: close\r\n";
    if (!reply.type.empty()) text += "Content-Type: " + reply.type + "\r\n";
    const auto length = reply.announced.value_or(static_cast<std::int64_t>(reply.body.size()));
    if (length >= 0) text += "Content-Length: " + std::to_string(length) + "\r\n";
    for (const std::string& header : reply.headers) text += header + "\r\n";
    text += "\r\n" + reply.body.substr(0, reply.sent.value_or(reply.body.size()));
    if (!reply.no_head && !send_all(connection, text)) return;
    if (reply.silent) {
        // Until the client has gone, or the server goes.
        char byte = 0;
        while (::recv(connection, &byte, 1, 0) > 0) continue;
    }
    ::shutdown(connection, SHUT_RDWR);
}

WebReply whole_or_rest(const WebRequest& request, const std::string& content) {
    if (!request.from) return {.body = content};
    const auto size = static_cast<std::int64_t>(content.size());
    if (*request.from >= size) return {.status = 416, .headers = {"Content-Range: bytes */" + std::to_string(size)}};
    return {.status = 206,
            .body = content.substr(static_cast<size_t>(*request.from)),
            .headers = {"Content-Range: bytes " + std::to_string(*request.from) + "-" + std::to_string(size - 1) + "/" +
                        std::to_string(size)}};
}

ClosedPort::ClosedPort() : socket_(bound_socket(port_)) {}
ClosedPort::~ClosedPort() { ::close(socket_); }

FullPort::FullPort() : listener_(bound_socket(port_)) {
    ::listen(listener_, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    // As many as it takes: one that is not connected at once has found the queue full.
    for (bool full = false; !full && waiting_.size() < 64;) {
        const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        ::connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address);
        pollfd connected{client, POLLOUT, 0};
        full = ::poll(&connected, 1, 100) == 0;
        waiting_.push_back(client);
    }
}

FullPort::~FullPort() {
    for (const int client : waiting_) ::close(client);
    ::close(listener_);
}

}  // namespace resonate::tests
