#include "app/routes.h"

#include <nlohmann/json.hpp>

#include "accounts/qr.h"
#include "app/asset_preview.h"
#include "app/evidence_package.h"
#include "app/log_metrics.h"
#include "app/sample.h"
#include "base/encoding.h"
#include "http/health.h"
#include "http/routes/accounts.h"
#include "http/routes/accused.h"
#include "http/routes/assets.h"
#include "http/routes/cases.h"
#include "http/routes/commitments.h"
#include "http/routes/deliveries.h"
#include "http/routes/events.h"
#include "http/routes/jobs.h"
#include "http/routes/json_fields.h"
#include "http/routes/leaks.h"
#include "http/routes/log.h"
#include "http/routes/outbox.h"
#include "http/routes/parties.h"
#include "http/routes/projects.h"
#include "http/routes/recipient.h"
#include "http/routes/recipient_guard.h"
#include "http/routes/security_headers.h"
#include "http/routes/shoots.h"
#include "http/routes/staff_guard.h"
#include "http/routes/statements.h"
#include "jobs/json.h"

namespace probity::app {
namespace {

using http::Method;
using http::Request;
using http::Response;
namespace routes = http::routes;

// Guards live as long as the router: handlers refer to them.
struct Guards {
  routes::StaffGuard staff;
  routes::RecipientGuard recipient;
  routes::AnswerGuard answer;
};

routes::NodeFacts facts_of(Records& records) {
  routes::NodeFacts facts;
  facts.smtp_configured = records.outbox.sends();
  if (const auto certificate = records.seal.certificate(); certificate && *certificate) {
    facts.seal_subject = (*certificate)->subject;
    facts.seal_fingerprint = to_hex((*certificate)->fingerprint);
  }
  return facts;
}

Response load_sample_project(Records& records, const Request& request) {
  const auto id = queue_sample(records);
  if (!id) return http::problem(id.error(), request.id);
  const auto job = records.jobs.find(*id);
  return job ? routes::json_response(202, jobs::to_json(*job)) : http::problem(job.error(), request.id);
}

Result<std::uint64_t> count_copies(Records& records, const Id& party) {
  copies::DeliveryFilter filter;
  filter.party = party;
  filter.page.limit = 1;
  return records.deliveries.list(filter).map([](const auto& listed) { return listed.total; });
}

http::ReadinessCheck database_check(Records& records) {
  return {"database", [&records] { return records.jobs.list({}).map([](const auto&) {}); }};
}

}  // namespace

void add_node_routes(http::Router& router, Records& records, events::LiveFeed& feed, http::Metrics& metrics,
                     http::Handler pages, std::function<log::LogStatus()> log_status) {
  Clock& clock = records.workspace.clock();
  auto guards =
      std::make_shared<Guards>(Guards{routes::StaffGuard(records.accounts), routes::RecipientGuard(records.recipients),
                                      routes::AnswerGuard(records.cases.access)});
  router.use(http::measure_requests(metrics));
  router.use(routes::security_headers());
  http::add_process_metrics(metrics);
  http::HealthOptions health;
  health.checks.push_back(database_check(records));
  health.checks.push_back(log_check(log_status));
  add_log_metrics(metrics, clock, log_status);
  http::add_health_routes(router, metrics, std::move(health));

  routes::add_accounts_routes(router, guards->staff, records.accounts, clock, [&records] { return facts_of(records); });
  routes::add_project_routes(router, guards->staff, {records.projects, records.events, clock});
  router.add(Method::post, "/api/v1/projects/sample",
             guards->staff.staff(accounts::Permission::write_projects,
                                 [&records](const Request& request, const accounts::Caller&) {
                                   return load_sample_project(records, request);
                                 }));
  routes::add_asset_routes(
      router, guards->staff,
      {records.workspace.copies(), records.uploads, records.projects,
       [&records](const copies::Asset& asset) { return asset_preview(records.workspace, asset); }});
  routes::add_party_routes(router, guards->staff, records.parties);
  routes::add_commitment_routes(router, guards->staff,
                                {records.commitments, records.templates, records.documents, accounts::qr_svg});
  routes::add_delivery_routes(router, guards->staff, records.deliveries, records.projects, clock);
  routes::add_leak_routes(router, guards->staff,
                          {records.leaks, records.leak_files, records.leak_traces, records.unmasking, records.evidence,
                           records.uploads, records.jobs, [&records](const Id& leak, const events::Actor& actor) {
                             return evidence_package(records, leak, actor);
                           }});
  ShootDesk& desk = records.shoots;
  routes::add_shoot_routes(router, guards->staff,
                           {desk.shoots, desk.frames, desk.releases, desk.footage, records.jobs});
  routes::add_release_routes(router, guards->staff, desk.releases);
  routes::add_accused_routes(router, guards->answer, records.accused.accused);
  routes::add_statement_routes(router, guards->staff, {records.statements.statements, records.statements.sealing});
  routes::add_public_statement_routes(router, records.statements.publication);
  CaseDesk& cases = records.cases;
  const routes::CaseRoutes case_parts{cases.cases, cases.rectifications, cases.archive,   cases.house,
                                      clock,       records.uploads,      records.evidence};
  routes::add_case_routes(router, guards->staff, case_parts);
  routes::add_answer_session_routes(router, guards->answer, cases.access, cases.house);
  routes::add_own_rectification_routes(router, guards->answer, case_parts);
  routes::add_job_routes(router, guards->staff, records.jobs);
  routes::add_log_routes(router, guards->staff,
                         {records.log_reader, records.log_book, records.log_book, std::move(log_status), [&records] {
                            return records.log_place.policy().map([](const auto& policy) { return policy.text(); });
                          }});
  routes::add_event_routes(router, guards->staff, feed);
  routes::add_outbox_routes(router, guards->staff, records.outbox, records.webhooks);
  routes::add_recipient_routes(
      router, guards->recipient,
      {records.recipients, records.documents, [&records](const Id& party) { return count_copies(records, party); }});
  routes::add_recipient_copy_routes(router, guards->recipient, records.deliveries, clock);
  routes::add_recipient_shoot_routes(router, guards->recipient, desk.frames);
  // The last handler keeps the guards: they live as long as the router does.
  router.otherwise([guards, pages = std::move(pages)](const Request& request) { return pages(request); });
}

}  // namespace probity::app
