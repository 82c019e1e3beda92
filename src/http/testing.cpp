#include "http/testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/check.h"
#include "base/encoding.h"
#include "http/target.h"

namespace probity::http::testing {
namespace {

class TextSource final : public BodySource {
 public:
  TextSource(std::shared_ptr<const std::string> text, std::size_t step, std::size_t at_most)
      : text_(std::move(text)), step_(step), at_most_(at_most) {}
  std::uint64_t size_bytes() const override { return text_->size(); }
  Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) override {
    ranges_.clear();
    const std::size_t end = offset + std::min<std::uint64_t>(length, at_most_);
    for (std::size_t at = offset; at < end; at += step_)
      ranges_.push_back({const_cast<char*>(text_->data()) + at, std::min(step_, end - at)});
    return ranges_;
  }

 private:
  std::shared_ptr<const std::string> text_;
  std::size_t step_;
  std::size_t at_most_;
  std::vector<iovec> ranges_;
};

class WovenSource final : public BodySource {
 public:
  WovenSource(std::string text, std::size_t fails_from) : text_(std::move(text)), fails_from_(fails_from) {}
  std::uint64_t size_bytes() const override { return text_.size(); }
  Result<std::span<const iovec>> gather(std::uint64_t, std::uint64_t) override { return std::span<const iovec>(); }
  Result<void> weave(std::uint64_t offset, std::span<std::uint8_t> out) override {
    if (offset + out.size() > fails_from_) return fail(ErrorCode::corrupt, "damaged");
    std::ranges::copy(std::string_view(text_).substr(offset, out.size()), out.begin());
    return {};
  }

 private:
  std::string text_;
  std::size_t fails_from_;
};

WireResponse parse_head(std::string_view head) {
  WireResponse response;
  std::from_chars(head.data() + std::min<std::size_t>(9, head.size()), head.data() + head.size(), response.status);
  std::size_t line = head.find("\r\n") + 2;
  while (line < head.size()) {
    const std::size_t end = head.find("\r\n", line);
    const std::string_view field = head.substr(line, end - line);
    const std::size_t colon = field.find(": ");
    if (colon != std::string_view::npos)
      response.headers.emplace_back(ascii_lower(field.substr(0, colon)), field.substr(colon + 2));
    line = end + 2;
  }
  return response;
}

}  // namespace

Request make_request(Method method, std::string_view target, std::string body, Fields headers) {
  auto parsed = parse_target(target);
  PROBITY_CHECK(parsed.has_value());
  Request request;
  request.method = method;
  request.path = std::move(parsed->path);
  request.query = std::move(parsed->query);
  request.headers = std::move(headers);
  request.body = std::move(body);
  request.remote_address = "127.0.0.1";
  request.id = "test-1";
  return request;
}

Request make_json_request(Method method, std::string_view target, std::string json, Fields headers) {
  headers.emplace_back("content-type", "application/json");
  return make_request(method, target, std::move(json), std::move(headers));
}

std::string body_of(const Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  const auto* source = std::get_if<std::shared_ptr<BodySource>>(&response.body);
  PROBITY_CHECK(source != nullptr);
  std::string body;
  const std::uint64_t size = (*source)->size_bytes();
  while (body.size() < size) {
    const std::uint64_t from = body.size();
    const auto window = (*source)->gather(from, size - from);
    PROBITY_CHECK(window.has_value());
    for (const iovec& range : *window) body.append(static_cast<const char*>(range.iov_base), range.iov_len);
    if (!window->empty()) continue;
    body.resize(size);
    PROBITY_CHECK(
        (*source)->weave(from, {reinterpret_cast<std::uint8_t*>(body.data()) + from, size - from}).has_value());
  }
  return body;
}

std::string pattern_text(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + (i * 7 + i / 251) % 26);
  return text;
}

std::shared_ptr<BodySource> make_text_source(std::string text, std::size_t step, std::size_t at_most) {
  return std::make_shared<TextSource>(std::make_shared<const std::string>(std::move(text)), step, at_most);
}

std::shared_ptr<BodySource> make_shared_source(std::shared_ptr<const std::string> text) {
  return std::make_shared<TextSource>(std::move(text), 1000, 1 << 20);
}

std::shared_ptr<BodySource> make_woven_source(std::string text, std::size_t fails_from) {
  return std::make_shared<WovenSource>(std::move(text), fails_from);
}

std::optional<std::string_view> WireResponse::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return std::nullopt;
}

RawClient::RawClient(std::uint16_t port, std::chrono::milliseconds patience)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(patience).count();
  const timeval limit{.tv_sec = microseconds / 1'000'000, .tv_usec = microseconds % 1'000'000};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)), ended_(other.ended_) {}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool RawClient::fill() {
  char bytes[16 << 10];
  const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
  if (count <= 0) {
    ended_ = count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
    return false;
  }
  buffer_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::optional<std::string> RawClient::receive_until(std::string_view text) {
  std::size_t found = 0;
  while ((found = buffer_.find(text)) == std::string::npos)
    if (!fill()) return std::nullopt;
  std::string bytes = buffer_.substr(0, found + text.size());
  buffer_.erase(0, bytes.size());
  return bytes;
}

std::optional<WireResponse> RawClient::receive(bool without_body, bool skip_continue) {
  const auto head = receive_until("\r\n\r\n");
  if (!head) return std::nullopt;
  WireResponse response = parse_head(*head);
  if (response.status == 100) return skip_continue ? receive(without_body, skip_continue) : response;
  if (without_body || response.status == 204 || response.status == 304) return response;
  const auto length = response.header("content-length");
  if (!length) {
    while (fill()) {
    }
    response.body = std::exchange(buffer_, {});
    return response;
  }
  std::size_t missing = 0;
  std::from_chars(length->data(), length->data() + length->size(), missing);
  while (buffer_.size() < missing)
    if (!fill()) return std::nullopt;
  response.body = buffer_.substr(0, missing);
  buffer_.erase(0, missing);
  return response;
}

bool RawClient::closes() {
  if (!buffer_.empty()) return false;
  return !fill() && ended_;
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void RawClient::set_receive_buffer(int bytes) { ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes); }

std::string raw_get(std::string_view target, std::string_view more_headers) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(more_headers) + "\r\n";
}

std::string raw_post(std::string_view target, std::string_view body, std::string_view more_headers) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(more_headers) + "\r\n" + std::string(body);
}

}  // namespace probity::http::testing
