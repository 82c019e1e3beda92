#include "http/routes/json_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>
#include <set>

#include "base/error_words.h"
#include "http/routes/json_text.h"
#include "http/routes/json_time.h"

namespace probity::http::routes {
namespace {

using nlohmann::json;

// By path of the field ("terms.amount"); the first complaint about a field stands.
using Complaints = std::map<std::string, std::string>;

std::string text_complaint(const std::string& text, const TextLimits& limits) {
  const std::size_t length = code_points(text);
  if (length < limits.least)
    return limits.least == 1 ? "must not be empty" : fmt::format("must have at least {} characters", limits.least);
  if (length > limits.most) return fmt::format("must have at most {} characters", limits.most);
  if (has_control_character(text, limits.lines)) return "must not hold control characters";
  return {};
}

std::optional<std::int64_t> integer_of(const json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  return std::nullopt;
}

bool is_json(const Request& request) {
  std::string_view type = request.header("content-type").value_or("");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  constexpr std::string_view kJson = "application/json";
  return std::equal(type.begin(), type.end(), kJson.begin(), kJson.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

}  // namespace

// The root holds the document; nested objects are parts of it and share its complaints.
struct JsonFields::State {
  std::shared_ptr<const json> document;
  const json* object = nullptr;
  std::string path;
  std::shared_ptr<Complaints> complaints;
  mutable std::set<std::string> asked;
  std::vector<std::shared_ptr<const State>> parts;  // kept, so that done() sees them all

  std::string path_of(const std::string& name) const { return path.empty() ? name : path + "." + name; }
  void complain(const std::string& name, std::string message) const {
    complaints->emplace(path_of(name), std::move(message));
  }
  // The member, or null when it is absent.
  const json& member(const char* name) const {
    static const json kAbsent;
    asked.insert(name);
    const auto found = object->find(name);
    return found == object->end() ? kAbsent : *found;
  }
  // The member when it is there and not null; a complaint otherwise.
  const json* required(const char* name) const {
    const json& value = member(name);
    if (!value.is_null()) return &value;
    complain(name, "is required");
    return nullptr;
  }
  std::shared_ptr<State> part(const json& value, std::string part_path) {
    auto state = std::make_shared<State>();
    state->document = document;
    state->object = &value;
    state->path = std::move(part_path);
    state->complaints = complaints;
    parts.push_back(state);
    return state;
  }
  void note_unasked(Complaints& into) const {
    for (const auto& [name, value] : object->items())
      if (!asked.contains(name)) into.emplace(path_of(name.substr(0, 60)), "is not a known field");
    for (const auto& part_state : parts) part_state->note_unasked(into);
  }
  Complaints all() const {
    Complaints found = *complaints;
    note_unasked(found);
    return found;
  }
};

JsonFields::JsonFields(std::shared_ptr<State> state) : state_(std::move(state)) {}
JsonFields::JsonFields(JsonFields&&) noexcept = default;
JsonFields& JsonFields::operator=(JsonFields&&) noexcept = default;
JsonFields::~JsonFields() = default;

Result<JsonFields> JsonFields::parse(const Request& request) {
  if (!is_json(request))
    return fail(ErrorCode::invalid_argument, "the body is not announced as JSON",
                "send Content-Type: application/json");
  TRY_ASSIGN(const json document, parse_strict(request.body));
  return of(document, "");
}

JsonFields JsonFields::of(const json& object, std::string path) {
  auto state = std::make_shared<State>();
  state->document = std::make_shared<const json>(object.is_object() ? object : json::object());
  state->object = state->document.get();
  state->path = std::move(path);
  state->complaints = std::make_shared<Complaints>();
  return JsonFields(std::move(state));
}

bool JsonFields::has(const char* name) const { return state_->object->contains(name); }

std::string JsonFields::text(const char* name, TextLimits limits) {
  if (state_->required(name) == nullptr) return {};
  return optional_text(name, limits).value_or("");
}

std::optional<std::string> JsonFields::optional_text(const char* name, TextLimits limits) {
  const json& value = state_->member(name);
  if (value.is_null()) return std::nullopt;
  if (!value.is_string()) {
    state_->complain(name, "must be text");
    return std::nullopt;
  }
  auto text = value.get<std::string>();
  if (std::string complaint = text_complaint(text, limits); !complaint.empty()) {
    state_->complain(name, std::move(complaint));
    return std::nullopt;
  }
  return text;
}

bool JsonFields::boolean(const char* name) {
  if (state_->required(name) == nullptr) return false;
  return optional_boolean(name).value_or(false);
}

std::optional<bool> JsonFields::optional_boolean(const char* name) {
  const json& value = state_->member(name);
  if (value.is_boolean()) return value.get<bool>();
  if (!value.is_null()) state_->complain(name, "must be true or false");
  return std::nullopt;
}

std::int64_t JsonFields::integer(const char* name, std::int64_t least, std::int64_t most) {
  if (state_->required(name) == nullptr) return 0;
  return optional_integer(name, least, most).value_or(0);
}

std::optional<std::int64_t> JsonFields::optional_integer(const char* name, std::int64_t least, std::int64_t most) {
  const json& value = state_->member(name);
  if (value.is_null()) return std::nullopt;
  const auto number = integer_of(value);
  if (number && *number >= least && *number <= most) return number;
  state_->complain(name, fmt::format("must be a whole number from {} to {}", least, most));
  return std::nullopt;
}

Id JsonFields::id(const char* name) {
  if (state_->required(name) == nullptr) return {};
  return optional_id(name).value_or(Id{});
}

std::optional<Id> JsonFields::optional_id(const char* name) {
  const json& value = state_->member(name);
  if (value.is_null()) return std::nullopt;
  if (value.is_string())
    if (const auto id = Id::parse(value.get_ref<const std::string&>())) return *id;
  state_->complain(name, "must be an id of 26 characters");
  return std::nullopt;
}

TimeMs JsonFields::time(const char* name) {
  if (state_->required(name) == nullptr) return 0;
  return optional_time(name).value_or(0);
}

std::optional<TimeMs> JsonFields::optional_time(const char* name) {
  const json& value = state_->member(name);
  if (value.is_null()) return std::nullopt;
  if (value.is_string())
    if (const auto time = parse_rfc3339(value.get_ref<const std::string&>())) return time;
  state_->complain(name, "must be a time such as 2026-11-21T20:29:45Z");
  return std::nullopt;
}

namespace {

// The array's length is within its limit; `complain` is told otherwise.
template <class Complain>
bool is_list(const json& value, std::size_t most_items, Complain complain) {
  if (!value.is_array()) {
    complain("must be a list");
    return false;
  }
  if (value.size() > most_items) {
    complain(fmt::format("must have at most {} items", most_items));
    return false;
  }
  return true;
}

std::string item_name(const char* name, std::size_t index) { return fmt::format("{}[{}]", name, index); }

}  // namespace

std::vector<std::string> JsonFields::texts(const char* name, std::size_t most_items, TextLimits limits) {
  const json* list = state_->required(name);
  std::vector<std::string> found;
  if (list == nullptr || !is_list(*list, most_items, [&](auto words) { complain(name, words); })) return found;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const json& item = (*list)[i];
    std::string complaint =
        item.is_string() ? text_complaint(item.get_ref<const std::string&>(), limits) : std::string("must be text");
    if (!complaint.empty()) {
      state_->complain(item_name(name, i), std::move(complaint));
      return {};
    }
    found.push_back(item.get<std::string>());
  }
  return found;
}

std::vector<Id> JsonFields::ids(const char* name, std::size_t most_items) {
  const json* list = state_->required(name);
  std::vector<Id> found;
  if (list == nullptr || !is_list(*list, most_items, [&](auto words) { complain(name, words); })) return found;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const json& item = (*list)[i];
    const auto id = item.is_string() ? Id::parse(item.get_ref<const std::string&>())
                                     : Result<Id>(fail(ErrorCode::invalid_argument, "not text"));
    if (!id) {
      state_->complain(item_name(name, i), "must be an id of 26 characters");
      return {};
    }
    found.push_back(*id);
  }
  return found;
}

std::vector<JsonFields> JsonFields::objects(const char* name, std::size_t most_items) {
  const json* list = state_->required(name);
  std::vector<JsonFields> found;
  if (list == nullptr || !is_list(*list, most_items, [&](auto words) { complain(name, words); })) return found;
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (!(*list)[i].is_object()) {
      state_->complain(item_name(name, i), "must be an object");
      return {};
    }
    found.push_back(JsonFields(state_->part((*list)[i], state_->path_of(item_name(name, i)))));
  }
  return found;
}

std::optional<JsonFields> JsonFields::optional_object(const char* name) {
  const json& value = state_->member(name);
  if (value.is_null()) return std::nullopt;
  if (!value.is_object()) {
    state_->complain(name, "must be an object");
    return std::nullopt;
  }
  return JsonFields(state_->part(value, state_->path_of(name)));
}

const json& JsonFields::raw(const char* name) { return state_->member(name); }

void JsonFields::complain(const char* name, std::string message) { state_->complain(name, std::move(message)); }

Result<void> JsonFields::done() const {
  const Complaints complaints = state_->all();
  if (complaints.empty()) return {};
  const auto& [field, message] = *complaints.begin();
  return fail(ErrorCode::invalid_argument, fmt::format("{} {}", field, message));
}

Response JsonFields::problem(std::string_view request_id) const {
  const auto outcome = done();
  const Error error = outcome ? Error{ErrorCode::invalid_argument, "the request does not fit", ""} : outcome.error();
  Response response = http::problem(error, request_id);
  auto document = nlohmann::ordered_json::parse(std::get<std::string>(response.body));
  const Complaints complaints = state_->all();
  document["fields"] = complaints;
  Complaints chinese = complaints;
  for (auto& [field, message] : chinese) message = in_chinese(message);
  if (chinese != complaints) {
    // The detail is the first of them, behind the field's name.
    const auto& [field, message] = *chinese.begin();
    if (message != complaints.at(field)) document["detail_zh"] = fmt::format("{} {}", field, message);
    document["fields_zh"] = std::move(chinese);
  }
  response.body = document.dump(-1, ' ', false, json::error_handler_t::replace);
  return response;
}

}  // namespace probity::http::routes
