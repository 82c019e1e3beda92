#include "http/request_reader.h"

#include <algorithm>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/encoding.h"
#include "http/target.h"

namespace probity::http {
namespace {

namespace beast = boost::beast;
namespace asio = boost::asio;
using HeadParser = beast::http::request_parser<beast::http::empty_body>;

// Empty lines that a sloppy client may put before a request (RFC 9112 section 2.2).
constexpr std::size_t kMostEmptyLines = 4;
constexpr std::size_t kMostReservedBytes = 1 << 20;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

std::string readable(std::string_view value) {
  std::string text(value);
  if (!is_utf8(text))
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  return text;
}

// Line ends that are not exactly CR LF, folded lines and NUL: Beast would take some of them.
bool has_odd_lines(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0' || (head[i] == '\n' && (i == 0 || head[i - 1] != '\r'))) return true;
    if (head[i] != '\r') continue;
    if (i + 1 == head.size() || head[i + 1] != '\n') return true;
    if (i + 2 < head.size() && (head[i + 2] == ' ' || head[i + 2] == '\t')) return true;
  }
  return false;
}

bool is_host(std::string_view host) {
  return std::ranges::all_of(host, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("-._~:[]%").find(c) != std::string_view::npos;
  });
}

Refusal refusal_of(const beast::error_code& failure) {
  using beast::http::error;
  if (failure == error::bad_version) return {505, "only HTTP/1.0 and HTTP/1.1 are spoken here", ""};
  if (failure == error::header_limit) return {431, "the request's headers are too large", ""};
  if (failure == error::bad_method) return {400, "the request's method is not a word", ""};
  return {400, "the request is malformed: " + failure.message(), ""};
}

// What the headers say of the message's framing.
struct Framing {
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  std::size_t encodings = 0;
  bool chunked = false;
  bool host_is_odd = false;
};

Framing framing_of(const Fields& headers) {
  Framing framing;
  for (const auto& [name, value] : headers) {
    if (name == "host") {
      ++framing.hosts;
      framing.host_is_odd |= !is_host(value);
    }
    if (name == "content-length") ++framing.lengths;
    if (name == "transfer-encoding") {
      ++framing.encodings;
      framing.chunked = ascii_lower(value) == "chunked";
    }
  }
  return framing;
}

std::optional<Refusal> refusal_of(const Framing& framing, bool is_http_11) {
  if (framing.hosts > 1 || (is_http_11 && framing.hosts == 0) || framing.host_is_odd)
    return Refusal{400, "the request needs exactly one proper Host header", ""};
  if (framing.lengths > 1 || framing.encodings > 1 || (framing.lengths != 0 && framing.encodings != 0))
    return Refusal{400, "the request says its length twice", ""};
  if (framing.encodings != 0 && !is_http_11) return Refusal{400, "HTTP/1.0 has no transfer codings", ""};
  if (framing.encodings != 0 && !framing.chunked)
    return Refusal{501, "the only transfer coding understood is chunked", ""};
  return std::nullopt;
}

}  // namespace

RequestReader::RequestReader(const ReaderLimits& limits) : limits_(limits) {}

RequestReader::State RequestReader::feed(std::string_view bytes) {
  PROBITY_CHECK(state_ != State::complete && state_ != State::refused);
  buffer_.append(bytes);
  if (state_ == State::head) read_head();
  if (state_ == State::body) read_body();
  return state_;
}

RequestReader::State RequestReader::refuse(int status, std::string detail, std::string hint) {
  refusal_ = {status, std::move(detail), std::move(hint)};
  buffer_.clear();
  chunked_.reset();
  request_ = {};
  return state_ = State::refused;
}

void RequestReader::refuse_large_body() {
  refuse(413, "the request's body is larger than " + std::to_string(most_body_bytes_) + " bytes");
}

void RequestReader::read_head() {
  while (buffer_.starts_with("\r\n") && skipped_lines_ < kMostEmptyLines) {
    buffer_.erase(0, 2);
    ++skipped_lines_;
    searched_ = 0;
  }
  if (buffer_.empty() || buffer_ == "\r") return;
  // Something else altogether, such as TLS: say so without waiting for an end that never comes.
  const char first = buffer_.front();
  if (!((first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z'))) {
    refuse(400, "this is not an HTTP request");
    return;
  }
  const std::size_t end = buffer_.find("\r\n\r\n", searched_);
  searched_ = buffer_.size() < 3 ? 0 : buffer_.size() - 3;
  const std::size_t head_bytes = end == std::string::npos ? buffer_.size() : end + 4;
  if (head_bytes > limits_.most_header_bytes) {
    refuse(431, "the request line and headers are larger than " + std::to_string(limits_.most_header_bytes) + " bytes");
    return;
  }
  if (end == std::string::npos) return;
  adopt_head(std::string_view(buffer_).substr(0, head_bytes));
  if (state_ == State::refused) return;
  buffer_.erase(0, head_bytes);
  searched_ = 0;
  skipped_lines_ = 0;
}

// Reads a whole head, and goes to the state `body` or `complete`, or refuses.
void RequestReader::adopt_head(std::string_view head) {
  if (has_odd_lines(head)) {
    refuse(400, "the request has odd line ends or folded headers");
    return;
  }
  HeadParser parser;
  parser.header_limit(static_cast<std::uint32_t>(limits_.most_header_bytes));
  parser.body_limit(boost::none);
  beast::error_code error;
  parser.put(asio::buffer(head.data(), head.size()), error);
  if (error || !parser.is_header_done()) {
    const Refusal refusal = refusal_of(error);
    refuse(refusal.status, refusal.detail);
    return;
  }
  const auto& message = parser.get();
  for (const auto& field : message)
    request_.headers.emplace_back(ascii_lower(view(field.name_string())), readable(view(field.value())));
  if (request_.headers.size() > limits_.most_header_fields) {
    refuse(431, "the request has more than " + std::to_string(limits_.most_header_fields) + " headers");
    return;
  }
  if (const auto refusal = refusal_of(framing_of(request_.headers), message.version() >= 11)) {
    refuse(refusal->status, refusal->detail);
    return;
  }
  const auto method = parse_method(view(message.method_string()));
  if (!method) {
    refuse(501, "this method is not supported");
    return;
  }
  auto target = parse_target(view(message.target()));
  if (!target) {
    refuse(400, target.error().message);
    return;
  }
  request_.method = *method;
  request_.path = std::move(target->path);
  request_.query = std::move(target->query);
  keep_alive_ = parser.keep_alive();
  most_body_bytes_ = limits_.most_body_bytes(request_.method, request_.path);
  missing_bytes_ = parser.content_length().value_or(0);
  if (missing_bytes_ > most_body_bytes_) {
    refuse_large_body();
    return;
  }
  if (const auto expectation = request_.header("expect"); expectation && message.version() >= 11) {
    if (ascii_lower(*expectation) != "100-continue") {
      refuse(417, "the only expectation understood is 100-continue");
      return;
    }
    expects_continue_ = true;
  }
  if (parser.chunked()) chunked_.emplace();
  request_.body.reserve(std::min<std::uint64_t>(missing_bytes_, kMostReservedBytes));
  state_ = chunked_ || missing_bytes_ > 0 ? State::body : State::complete;
}

void RequestReader::read_body() {
  if (chunked_) {
    read_chunks();
    return;
  }
  const std::size_t taken = std::min<std::uint64_t>(missing_bytes_, buffer_.size());
  request_.body.append(buffer_, 0, taken);
  buffer_.erase(0, taken);
  missing_bytes_ -= taken;
  if (missing_bytes_ == 0) state_ = State::complete;
}

void RequestReader::read_chunks() {
  switch (chunked_->read(buffer_, request_.body, most_body_bytes_)) {
    case ChunkReader::State::more:
      return;
    case ChunkReader::State::done:
      chunked_.reset();
      state_ = State::complete;
      return;
    case ChunkReader::State::malformed:
      refuse(400, "the chunks of the request are malformed");
      return;
    case ChunkReader::State::line_too_long:
      refuse(400, "a chunk of the request has too long a first line");
      return;
    case ChunkReader::State::body_too_large:
      refuse_large_body();
      return;
  }
}

bool RequestReader::take_expectation() {
  if (state_ != State::body) return false;
  return std::exchange(expects_continue_, false) && buffer_.empty() && body_bytes() == 0;
}

Request RequestReader::take() {
  PROBITY_CHECK(state_ == State::complete);
  state_ = State::head;
  expects_continue_ = false;
  return std::exchange(request_, {});
}

}  // namespace probity::http
