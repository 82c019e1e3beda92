#include "http/chunks.h"

#include <algorithm>
#include <charconv>

namespace probity::http {
namespace {

// More of a chunk's first line, or of all trailers, than anybody needs.
constexpr std::size_t kMostFramingBytes = 16 << 10;
constexpr std::size_t kMostSizeDigits = 15;

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '\t' || (c >= ' ' && c != 127 && c != '"') || c < 0; });
}

}  // namespace

ChunkReader::State ChunkReader::read_line(std::string_view line, std::uint64_t room) {
  if (part_ == Part::trailers) {
    if (line.empty()) return State::done;
    const bool is_field = line.find(':') != std::string_view::npos && line.front() != ':' && line.front() != ' ' &&
                          line.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
    return is_field ? State::more : State::malformed;
  }
  const std::string_view digits = line.substr(0, line.find(';'));
  if (digits.empty() || digits.size() > kMostSizeDigits || !is_plain(line)) return State::malformed;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), missing_bytes_, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return State::malformed;
  if (missing_bytes_ > room) return State::body_too_large;
  part_ = missing_bytes_ == 0 ? Part::trailers : Part::data;
  return State::more;
}

ChunkReader::State ChunkReader::read(std::string& buffer, std::string& body, std::uint64_t most_body_bytes) {
  std::size_t at = 0;
  State state = State::more;
  while (state == State::more) {
    if (part_ == Part::data) {
      const std::size_t taken = std::min<std::uint64_t>(missing_bytes_, buffer.size() - at);
      body.append(buffer, at, taken);
      at += taken;
      missing_bytes_ -= taken;
      if (missing_bytes_ > 0) break;
      part_ = Part::data_end;
    }
    if (part_ == Part::data_end) {
      if (buffer.size() - at < 2) break;
      if (buffer.compare(at, 2, "\r\n") != 0) return State::malformed;
      at += 2;
      part_ = Part::size;
    }
    const std::size_t end = buffer.find("\r\n", at);
    const std::size_t line_bytes = (end == std::string::npos ? buffer.size() : end) - at;
    // One byte of a line's end may be there already: it is not yet of the line.
    const bool half_ended = end == std::string::npos && line_bytes > 0 && buffer.back() == '\r';
    if (trailer_bytes_ + line_bytes - (half_ended ? 1 : 0) > kMostFramingBytes) return State::line_too_long;
    if (end == std::string::npos) break;
    if (part_ == Part::trailers) trailer_bytes_ += line_bytes;
    state = read_line(std::string_view(buffer).substr(at, line_bytes), most_body_bytes - body.size());
    at = end + 2;
  }
  buffer.erase(0, at);
  return state;
}

}  // namespace probity::http
