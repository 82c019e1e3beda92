// Requests: any bytes give the same requests or the same refusal however they are cut, and what a handler would see is
// one way to write a path. The first byte says where to cut.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "http/request_reader.h"
#include "http/target.h"

namespace {

using namespace probity::http;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_target(const std::string& path) {
  require(path.starts_with('/') && is_utf8(path));
  require(path.find("//") == std::string::npos && path.find('\\') == std::string::npos);
  require((path + "/").find("/../") == std::string::npos && (path + "/").find("/./") == std::string::npos);
}

struct Reading {
  std::vector<std::string> requests;
  int refusal = 0;
  bool operator==(const Reading&) const = default;
};

std::string described(const Request& request) {
  std::string text = std::string(method_name(request.method)) + " " + request.path + "\n";
  for (const auto* fields : {&request.query, &request.headers})
    for (const auto& [name, value] : *fields) text += name + "=" + value + "\n";
  return text + request.body;
}

Reading read(std::string_view bytes, std::size_t step) {
  ReaderLimits limits;
  limits.most_header_bytes = 1024;
  limits.most_body_bytes = [](Method, std::string_view path) { return path.size() * 16; };
  RequestReader reader(limits);
  Reading reading;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    auto state = reader.feed(bytes.substr(at, step));
    while (state == RequestReader::State::complete) {
      const Request request = reader.take();
      check_target(request.path);
      require(request.body.size() <= request.path.size() * 16);
      reading.requests.push_back(described(request));
      state = reader.feed("");
    }
    if (state == RequestReader::State::refused) {
      reading.refusal = reader.refusal().status;
      break;
    }
  }
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (const auto target = parse_target(bytes)) check_target(target->path);
  const Reading whole = read(bytes, std::max<std::size_t>(bytes.size(), 1));
  require(whole == read(bytes, data[0] % 61 + 1U));
  return 0;
}
