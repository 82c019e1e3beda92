// Routes of tracing a leak and of naming whose copy it is.
#include <nlohmann/json.hpp>

#include "http/routes/file_answer.h"
#include "http/routes/json_fields.h"
#include "http/routes/leaks_parts.h"
#include "jobs/json.h"
#include "leaks/leak_json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr TextLimits kReason{1, 2000, true}, kNote{0, 4000, true};

Result<Response> trace(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const Id job, services.traces.ask(leak, caller.actor));
  TRY_ASSIGN(const auto queued, services.jobs.find(job));
  return json_response(202, jobs::to_json(queued));
}

Result<Response> cancel(const LeakRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const auto row, services.leaks.find(leak));
  if (!row.leak.trace_job) return fail(ErrorCode::conflict, "no trace is under way");
  TRY_ASSIGN(const auto job, services.jobs.cancel(*row.leak.trace_job));
  return json_response(200, jobs::to_json(job));
}

Result<Response> result(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const auto found, services.traces.look(leak, caller.actor));
  return json_response(200, leaks::to_json(found));
}

Result<Response> request_unmask(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.unmasking.request(leak, reason, caller.actor));
  return leak_answer(services, leak, caller);
}

Result<Response> withdraw(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY(services.unmasking.withdraw(leak, caller.actor));
  return leak_answer(services, leak, caller);
}

Result<Response> agree(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string note = fields.optional_text("note", kNote).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.unmasking.agree(leak, note, caller.actor));
  return leak_answer(services, leak, caller);
}

Result<Response> refuse(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.unmasking.refuse(leak, reason, caller.actor));
  return leak_answer(services, leak, caller);
}

Result<Response> package(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const auto row, services.leaks.find(leak));
  if (!services.package) return fail(ErrorCode::unavailable, "this node makes no evidence packages");
  TRY_ASSIGN(Bytes bytes, services.package(leak, caller.actor));
  return file_answer(std::move(bytes), "application/vnd.etsi.asic-e+zip", row.leak.number + ".asice");
}

}  // namespace

void add_leak_result_routes(Router& router, Guard& guard, const LeakRoutes& services) {
  constexpr Permission kRead = Permission::read_leaks, kWrite = Permission::write_leaks;
  constexpr Permission kReview = Permission::review_cases;
  for (const LeakRoute& route : {
           LeakRoute{Method::post, "/leaks/{leak}/trace", kWrite, trace},
           LeakRoute{Method::post, "/leaks/{leak}/trace/cancel", kWrite, cancel},
           LeakRoute{Method::get, "/leaks/{leak}/result", kRead, result},
           LeakRoute{Method::post, "/leaks/{leak}/unmask", kWrite, request_unmask},
           LeakRoute{Method::del, "/leaks/{leak}/unmask", kWrite, withdraw},
           LeakRoute{Method::post, "/leaks/{leak}/unmask/agree", kReview, agree},
           LeakRoute{Method::post, "/leaks/{leak}/unmask/refuse", kReview, refuse},
           LeakRoute{Method::get, "/leaks/{leak}/package", kRead, package},
       })
    add_leak_route(router, guard, services, route);
}

}  // namespace probity::http::routes
