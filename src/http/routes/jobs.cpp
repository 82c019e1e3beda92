#include "http/routes/jobs.h"

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"
#include "jobs/json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using jobs::JobService;

Result<Response> list(JobService& service, const Request& request) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  jobs::JobFilter filter;
  filter.offset = page.offset;
  filter.limit = page.limit;
  filter.project = query_id(request, "project");
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = jobs::parse_job_state(*state);
    if (!filter.state)
      return fail(ErrorCode::invalid_argument, "a job's state is queued, running, done, failed or cancelled");
  }
  TRY_ASSIGN(const auto listed, service.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& job : listed.items) items.push_back(jobs::to_json(job));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

}  // namespace

void add_job_routes(Router& router, Guard& guard, JobService& service) {
  router.add(Method::get, "/api/v1/jobs",
             guard.staff(Permission::read_jobs, answering([&service](const Request& request, const Caller&) {
                           return list(service, request);
                         })));
  const auto on_job = [&](Method method, const std::string& rest, Permission permission,
                          Result<jobs::Job> (JobService::*verb)(const Id&)) {
    router.add(
        method, "/api/v1/jobs/{job}" + rest,
        guard.staff(permission, answering([&service, verb](const Request& request, const Caller&) -> Result<Response> {
                      TRY_ASSIGN(const Id id, param_id(request, "job"));
                      TRY_ASSIGN(const jobs::Job job, (service.*verb)(id));
                      return json_response(200, jobs::to_json(job));
                    })));
  };
  on_job(Method::get, "", Permission::read_jobs, &JobService::find);
  on_job(Method::post, "/cancel", Permission::write_projects, &JobService::cancel);
  on_job(Method::post, "/retry", Permission::write_projects, &JobService::retry);
}

}  // namespace probity::http::routes
