#include "http/routes/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace probity::http::routes {
namespace {

using nlohmann::json;

constexpr int kMostDepth = 16;

class StrictParse {
 public:
  Result<json> run(const std::string& body) {
    json document = json::parse(
        body, [this](int depth, json::parse_event_t event, json& value) { return take(depth, event, value); }, false);
    if (too_deep_) return fail(ErrorCode::invalid_argument, "the JSON is nested too deeply");
    if (!twice_.empty())
      return fail(ErrorCode::invalid_argument, fmt::format("the JSON names the member \"{}\" twice", twice_));
    if (document.is_discarded()) return fail(ErrorCode::invalid_argument, "the body is not JSON in UTF-8");
    if (!document.is_object()) return fail(ErrorCode::invalid_argument, "the body is not a JSON object");
    return document;
  }

 private:
  bool take(int depth, json::parse_event_t event, const json& value) {
    switch (event) {
      case json::parse_event_t::object_start:
      case json::parse_event_t::array_start:
        too_deep_ = too_deep_ || depth >= kMostDepth;
        if (event == json::parse_event_t::object_start) members_.emplace_back();
        break;
      case json::parse_event_t::object_end:
        members_.pop_back();
        break;
      case json::parse_event_t::key: {
        const auto& name = value.get_ref<const std::string&>();
        if (!members_.back().insert(name).second && twice_.empty()) twice_ = name.substr(0, 40);
        break;
      }
      default:
        break;
    }
    return true;
  }

  std::vector<std::set<std::string>> members_;
  std::string twice_;
  bool too_deep_ = false;
};

}  // namespace

std::size_t code_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool has_control_character(std::string_view utf8, bool lines) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (lines && (byte == '\n' || byte == '\r' || byte == '\t')) continue;
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0) return true;
  }
  return false;
}

Result<json> parse_strict(const std::string& body) { return StrictParse().run(body); }

}  // namespace probity::http::routes
