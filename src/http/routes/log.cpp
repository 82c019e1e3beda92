#include "http/routes/log.h"

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"
#include "tlog/policy.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr const char* kText = "text/plain; charset=utf-8";
constexpr const char* kForEver = "public, max-age=31536000, immutable";
constexpr const char* kForAMoment = "public, max-age=2";

// Monitors and verifiers run on other people's pages too.
Response open_to_all(std::string body, const char* media_type, const char* cache) {
  Response response;
  response.set("Content-Type", media_type)
      .set("Cache-Control", cache)
      .set("Access-Control-Allow-Origin", "*")
      .set("Cross-Origin-Resource-Policy", "cross-origin");
  response.body = std::move(body);
  return response;
}

tl::unexpected<Error> nothing_yet() {
  return fail(ErrorCode::not_found, "the log has no checkpoint yet", "it has one a moment after its first entry");
}

Result<Response> checkpoint(const LogRoutes& log) {
  TRY_ASSIGN(auto published, log.reader.checkpoint());
  if (!published) return nothing_yet();
  return open_to_all(std::move(published->note), kText, kForAMoment);
}

Result<Response> tile(const LogRoutes& log, const Request& request) {
  const auto tile = tlog::parse_tile_path("tile/" + request.param("tile"));
  if (!tile) return fail(ErrorCode::not_found, tile.error().message);
  TRY_ASSIGN(const Bytes bytes, log.reader.tile(*tile));
  return open_to_all(std::string(as_text(bytes)), "application/octet-stream", kForEver);
}

Result<Response> policy(const LogRoutes& log) {
  TRY_ASSIGN(std::string text, log.policy());
  return open_to_all(std::move(text), kText, kForAMoment);
}

Result<Response> key(const LogRoutes& log) {
  TRY_ASSIGN(const std::string text, log.policy());
  TRY_ASSIGN(const tlog::Policy parsed, tlog::Policy::parse(text));
  if (parsed.logs.empty()) return fail(ErrorCode::internal, "the log's policy has no log");
  return open_to_all(parsed.logs.front().key.text() + "\n", kText, kForAMoment);
}

// One line a stamped checkpoint: its size. Beside it lie <size>.checkpoint and <size>.tst.
Result<Response> stamps(const LogRoutes& log) {
  TRY_ASSIGN(const auto sizes, log.reader.stamped_sizes());
  std::string text;
  for (const std::uint64_t size : sizes) text += std::to_string(size) + "\n";
  return open_to_all(std::move(text), kText, kForAMoment);
}

Result<Response> stamp_file(const LogRoutes& log, const Request& request) {
  const std::string name = request.param("file");
  TRY_ASSIGN(const Bytes bytes, log.reader.stamp_file(name));
  const bool is_note = name.ends_with(".checkpoint");
  return open_to_all(std::string(as_text(bytes)), is_note ? kText : "application/timestamp-token", kForEver);
}

// An opening repeats its record's words: whoever may not read the record may not read them here.
Permission needed_for(std::string_view kind) {
  static constexpr std::pair<std::string_view, Permission> kNeeded[]{
      {"commitment_", Permission::read_commitments}, {"copy_", Permission::read_copies},
      {"custody_", Permission::read_cases},          {"case_", Permission::read_cases},
      {"rectification", Permission::read_cases},     {"frame_", Permission::read_shoots},
      {"own_footage_", Permission::read_leaks},      {"release_", Permission::read_shoots},
      {"statement_", Permission::read_statements},   {"screening_", Permission::read_screening},
      {"hit_", Permission::read_screening},          {"company_", Permission::read_screening},
      {"partners_", Permission::read_screening},     {"alliance_", Permission::read_audit}};
  for (const auto& [prefix, permission] : kNeeded)
    if (kind.starts_with(prefix)) return permission;
  return Permission::read_cases;  // the narrowest, for what is entered some day and forgotten here
}

bool may_open(const Caller& caller, std::string_view kind) {
  // A member's standing at the hub is the operator's own record; others are for auditors.
  if (kind == "alliance_member" && caller.may(Permission::operate_hub)) return true;
  return caller.may(needed_for(kind));
}

tl::unexpected<Error> not_for_you() {
  return fail(ErrorCode::forbidden, "your roles do not let you read this record",
              "ask somebody who may for its entries");
}

Result<Response> opening(const LogRoutes& log, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "entry"));
  TRY_ASSIGN(const auto opening, log.book.opening(id));
  if (!opening) return fail(ErrorCode::not_found, "there is no such entry of the log");
  if (!may_open(caller, opening->record.kind)) return not_for_you();
  return Response::json(200, log::opening_json(*opening));
}

Result<Response> openings(const LogRoutes& log, const Request& request, const Caller& caller) {
  const auto subject = query_id(request, "subject");
  if (!subject) return fail(ErrorCode::invalid_argument, "say whose entries: ?subject=ID");
  TRY_ASSIGN(ListQuery page, list_query(request));
  if (!page.sort.empty() && page.sort != "time") return fail(ErrorCode::invalid_argument, "sort by time");
  TRY_ASSIGN(auto kinds, log.pages.kinds_of(*subject));
  const bool is_there = !kinds.empty();
  std::erase_if(kinds, [&](const std::string& kind) { return !may_open(caller, kind); });
  if (is_there && kinds.empty()) return not_for_you();
  TRY_ASSIGN(const auto listed, log.pages.page_of(*subject, kinds, page));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& opening : listed.items) items.push_back(nlohmann::json::parse(log::opening_json(opening)));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> proof(const LogRoutes& log, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "entry"));
  TRY_ASSIGN(auto text, log.book.proof(id));
  if (!text)
    return fail(ErrorCode::unavailable, "this entry is not in a published checkpoint yet",
                "ask again in a few seconds");
  return Response::text(200, std::move(*text));
}

template <class Work>
Handler for_all(Work work) {
  return [work](const Request& request) {
    Result<Response> response = work(request);
    return response ? std::move(*response) : problem(response.error(), request.id);
  };
}

}  // namespace

void add_log_routes(Router& router, Guard& guard, const LogRoutes& log) {
  router.add(Method::get, "/log/checkpoint", for_all([log](const Request&) { return checkpoint(log); }));
  router.add(Method::get, "/log/tile/{tile*}", for_all([log](const Request& request) { return tile(log, request); }));
  router.add(Method::get, "/log/key", for_all([log](const Request&) { return key(log); }));
  router.add(Method::get, "/log/stamps", for_all([log](const Request&) { return stamps(log); }));
  router.add(Method::get, "/log/stamps/{file}",
             for_all([log](const Request& request) { return stamp_file(log, request); }));
  router.add(Method::get, "/log/policy", for_all([log](const Request&) { return policy(log); }));

  const auto staff = [&](const char* pattern, Permission permission, auto work) {
    router.add(Method::get, pattern,
               guard.staff(permission,
                           answering([log, work](const Request& request, const Caller& caller) -> Result<Response> {
                             return work(log, request, caller);
                           })));
  };
  staff("/api/v1/log", Permission::read_projects,
        [](const LogRoutes& services, const Request&, const Caller&) -> Result<Response> {
          return Response::json(200, log::status_json(services.status()));
        });
  staff("/api/v1/log/entries", Permission::read_projects, openings);
  staff("/api/v1/log/entries/{entry}", Permission::read_projects, opening);
  staff("/api/v1/log/entries/{entry}/proof", Permission::read_projects, proof);
}

}  // namespace probity::http::routes
