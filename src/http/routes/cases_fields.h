// What the files of the case routes share: who calls, limits of texts, and reading words of the API.
#pragma once

#include "cases/json.h"
#include "http/routes/cases.h"
#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {

constexpr TextLimits kCaseLine{1, 200}, kCaseShort{0, 200}, kCaseText{0, 4000, true}, kCaseFilled{1, 4000, true},
    kCaseReason{1, 2000, true}, kCaseReasons{1, 8000, true}, kCaseWord{1, 40};
constexpr std::int64_t kMostMinor = cases::kMostMinor;

inline cases::Hand hand_of(const accounts::Caller& caller) {
  const bool is_account = caller.actor.kind == events::Actor::Kind::account;
  return {{is_account ? caller.actor.id : std::nullopt, caller.actor.name},
          caller.actor,
          caller.may(accounts::Permission::review_cases),
          caller.address};
}

// A word that names a value; a complaint otherwise.
template <class Enum>
Enum word(JsonFields& fields, const char* name) {
  const std::string text = fields.text(name, kCaseWord);
  const auto value = cases::parse<Enum>(text);
  if (!value && !text.empty()) fields.complain(name, "is none of the choices");
  return value.value_or(Enum{});
}
template <class Enum>
std::optional<Enum> optional_word(JsonFields& fields, const char* name) {
  const auto text = fields.optional_text(name, kCaseWord);
  if (!text) return std::nullopt;
  const auto value = cases::parse<Enum>(*text);
  if (!value) fields.complain(name, "is none of the choices");
  return value;
}

// An optional value that may be taken away: absent, null, or there.
inline std::optional<std::optional<Id>> changed_id(JsonFields& fields, const char* name) {
  if (!fields.has(name)) return std::nullopt;
  return std::optional(fields.optional_id(name));
}
inline std::optional<std::optional<TimeMs>> changed_time(JsonFields& fields, const char* name) {
  if (!fields.has(name)) return std::nullopt;
  return std::optional(fields.optional_time(name));
}

// "{case}" and "{…}" of the path.
struct CaseCall {
  const CaseRoutes& services;
  const Request& request;
  const accounts::Caller& caller;
  Id id;  // of the case or the rectification
  Result<Id> part(const char* name) const { return param_id(request, name); }
  cases::Hand hand() const { return hand_of(caller); }
};

inline Result<Response> case_answer(const CaseRoutes& services, int status, const Result<cases::CaseView>& view) {
  if (!view) return tl::unexpected<Error>(view.error());
  return json_response(status, cases::case_to_json(*view, services.clock.now_ms()));
}

// Reads the answer of a supplier.
cases::RectificationAnswer rectification_answer(JsonFields& fields);

// One file each; `add` registers a handler `Result<Response>(const CaseCall&)` of "/cases/{case}…".
class CaseRouter {
 public:
  CaseRouter(Router& router, Guard& guard, const CaseRoutes& services)
      : router_(router), guard_(guard), services_(services) {}
  // `noun` names the path parameter that says which one.
  template <class Work>
  void add(Method method, const std::string& path, accounts::Permission permission, Work work,
           const char* noun = "case", RouteOptions options = {}) {
    router_.add(method, "/api/v1" + path,
                guard_.staff(permission,
                             answering([services = services_, work, noun](
                                           const Request& request, const accounts::Caller& caller) -> Result<Response> {
                               TRY_ASSIGN(const Id id, param_id(request, noun));
                               return work(CaseCall{services, request, caller, id});
                             })),
                options);
  }
  // The same with a body; `work(const CaseCall&, JsonFields&)` returns a Result<Response> and asks done() itself by
  // `checked`.
  template <class Read, class Verb>
  void change(Method method, const std::string& path, accounts::Permission permission, int status, Read read,
              Verb verb) {
    add(method, path, permission, [status, read, verb](const CaseCall& call) -> Result<Response> {
      TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
      const auto wanted = read(fields);
      if (!fields.done()) return fields.problem(call.request.id);
      return case_answer(call.services, status, verb(call, wanted));
    });
  }

 private:
  Router& router_;
  Guard& guard_;
  CaseRoutes services_;
};

void add_case_part_routes(CaseRouter& router);
void add_case_decision_routes(CaseRouter& router);
void add_case_file_routes(CaseRouter& router);
void add_rectification_routes(Router& router, Guard& guard, const CaseRoutes& services);

}  // namespace probity::http::routes
