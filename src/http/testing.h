// For tests: requests made by hand, answers read whole, and a client that says to a server exactly what it is told to.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "http/response.h"
#include "http/router.h"

namespace probity::http::testing {

// A request as the server would make it of "GET /a%20b?c=d". The target must be valid.
Request make_request(Method method, std::string_view target, std::string body = {}, Fields headers = {});
// The same with a JSON body and its Content-Type.
Request make_json_request(Method method, std::string_view target, std::string json, Fields headers = {});

// The whole body, a source's too. An assertion for event streams, and for sources that fail.
std::string body_of(const Response& response);

// A text in which every part looks different.
std::string pattern_text(std::size_t size);

// A source over a text, for tests of what sends it. `step` bytes a range; `at_most` bytes a window.
std::shared_ptr<BodySource> make_text_source(std::string text, std::size_t step = 1000, std::size_t at_most = 1 << 20);

std::shared_ptr<BodySource> make_shared_source(std::shared_ptr<const std::string> text);

// The same text from weave(), which fails from the byte `fails_from` on.
std::shared_ptr<BodySource> make_woven_source(std::string text, std::size_t fails_from = std::string::npos);

// What came back over the wire. Header names are lower case.
struct WireResponse {
  int status = 0;
  Fields headers;
  std::string body;
  std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

// A blocking TCP connection to 127.0.0.1. What does not come within `patience` counts as not coming. Not for TLS.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::seconds(10));
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;

  bool connected() const { return socket_ >= 0; }
  // False when the server no longer takes bytes.
  bool send(std::string_view bytes);
  // The next response: its body by Content-Length, or to the end of the connection. `without_body`: the answer to HEAD.
  // Nothing when the connection ends or stays silent before a whole response has come. Skips 100 Continue unless asked.
  std::optional<WireResponse> receive(bool without_body = false, bool skip_continue = true);
  // Bytes until the text has come (included), or nothing.
  std::optional<std::string> receive_until(std::string_view text);
  // True when the server closes (or resets) before anything else comes.
  bool closes();
  void finish_sending();  // half-close
  void set_receive_buffer(int bytes);

 private:
  bool fill();
  int socket_ = -1;
  std::string buffer_;
  bool ended_ = false;
};

// "GET <target> HTTP/1.1", Host, the headers given as "Name: value" lines.
std::string raw_get(std::string_view target, std::string_view more_headers = {});
std::string raw_post(std::string_view target, std::string_view body, std::string_view more_headers = {});

}  // namespace probity::http::testing
