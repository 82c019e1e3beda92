// The body of a request that comes in chunks (RFC 9112 section 7.1), read in one way only, however its bytes arrive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace probity::http {

// Beast's parser takes a quoted chunk extension past the end of its line when the next line is there already, so that
// where a body ends would depend on the network. Here a first line is a size and plain extensions, which are ignored;
// quotes and control characters in it are refused. Trailers are read and forgotten: they must not pass for headers that
// were checked before.
class ChunkReader {
 public:
  enum class State { more, done, malformed, line_too_long, body_too_large };

  // Takes from the front of `buffer` what it understands and appends the chunks' data to `body`, which it lets grow to
  // `most_body_bytes`. After `done` the rest of the buffer is the next request's; after a refusal it is of no use.
  State read(std::string& buffer, std::string& body, std::uint64_t most_body_bytes);

 private:
  enum class Part { size, data, data_end, trailers };

  State read_line(std::string_view line, std::uint64_t room);

  Part part_ = Part::size;
  std::uint64_t missing_bytes_ = 0;  // of the chunk's data
  std::size_t trailer_bytes_ = 0;
};

}  // namespace probity::http
