// Reading a request's JSON body field by field; every complaint is kept, so that a form can show them all at once.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/list_query.h"
#include "http/request.h"
#include "http/response.h"

namespace probity::http::routes {

struct TextLimits {
  std::size_t least = 0;  // characters (code points)
  std::size_t most = 200;
  bool lines = false;  // line breaks allowed
};

// A getter of a field that is missing, of a wrong type or outside its limits notes the complaint and returns an empty
// value; ask complaint() when all fields are read. An optional getter takes absent as nothing; `null` too.
class JsonFields {
 public:
  // Errors: invalid_argument when the body is not a JSON object in UTF-8, is nested too deeply, or its content type is
  // another.
  static Result<JsonFields> parse(const Request& request);
  static JsonFields of(const nlohmann::json& object, std::string path);
  JsonFields(JsonFields&&) noexcept;
  JsonFields& operator=(JsonFields&&) noexcept;
  ~JsonFields();

  bool has(const char* name) const;  // present, even as null
  std::string text(const char* name, TextLimits limits = {1});
  std::optional<std::string> optional_text(const char* name, TextLimits limits = {});
  bool boolean(const char* name);
  std::optional<bool> optional_boolean(const char* name);
  std::int64_t integer(const char* name, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> optional_integer(const char* name, std::int64_t least, std::int64_t most);
  Id id(const char* name);
  std::optional<Id> optional_id(const char* name);
  TimeMs time(const char* name);  // RFC 3339 with any offset
  std::optional<TimeMs> optional_time(const char* name);
  std::vector<std::string> texts(const char* name, std::size_t most_items, TextLimits limits = {1});
  std::vector<Id> ids(const char* name, std::size_t most_items);
  std::vector<JsonFields> objects(const char* name, std::size_t most_items);
  std::optional<JsonFields> optional_object(const char* name);
  // For what the getters do not fit; null when absent.
  const nlohmann::json& raw(const char* name);
  void complain(const char* name, std::string message);

  // Members nobody asked for are complaints too. Errors: invalid_argument naming the first field; the problem answer
  // carries all of them in `fields`.
  Result<void> done() const;
  Response problem(std::string_view request_id) const;

 private:
  struct State;
  explicit JsonFields(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

// `search`, `sort` ("-field" descends), `offset`, `limit` (1 to 500). Errors: invalid_argument.
Result<ListQuery> list_query(const Request& request);
// Nothing when the parameter is absent; what is no id becomes the id of zeros, which nothing has: a filter that cannot
// be read must not become no filter.
std::optional<Id> query_id(const Request& request, std::string_view name);
// The path parameter as an id. Errors: not_found, in the words of what is missing ("there is no such project").
Result<Id> param_id(const Request& request, std::string_view name);

Response json_response(int status, const nlohmann::json& json);
std::string time_text(TimeMs time_ms);
nlohmann::json optional_time_json(const std::optional<TimeMs>& time_ms);
nlohmann::json optional_id_json(const std::optional<Id>& id);

}  // namespace probity::http::routes
