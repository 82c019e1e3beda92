#include "http/routes/commitments.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/json.h"
#include "http/routes/commitments_fields.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using commitments::CommitmentView;
using commitments::Witness;
using nlohmann::json;

constexpr std::size_t kMostParties = 5000, kMostAssets = 5000;
constexpr TextLimits kReason{1, 2000, true};

Witness witness_of(const Request& request, const Caller& caller) {
  return {caller.actor, caller.address, std::string(request.header("user-agent").value_or(""))};
}

json view_json(const CommitmentView& view) {
  return commitments::commitment_to_json(view.commitment, view.waiting_for);
}

Response view_answer(const Request& request, int status, const Result<CommitmentView>& view) {
  if (!view) return problem(view.error(), request.id);
  return json_response(status, view_json(*view));
}

Response list(const CommitmentParts& parts, const Request& request, const std::optional<Id>& project) {
  const auto query = list_query(request);
  if (!query) return problem(query.error(), request.id);
  commitments::CommitmentFilter filter;
  filter.project = project;
  filter.query = *query;
  filter.party = query_id(request, "party");
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = commitments::parse_state(*state);
    if (!filter.state)
      return problem({ErrorCode::invalid_argument, "state: there is no such state of a commitment", ""}, request.id);
  }
  const auto listed = parts.service.list(filter);
  if (!listed) return problem(listed.error(), request.id);
  json items = json::array();
  for (const auto& view : listed->items) items.push_back(view_json(view));
  return json_response(200, {{"items", items}, {"total", listed->total}});
}

Response create(const CommitmentParts& parts, const Request& request, const Caller& caller) {
  const auto project = param_id(request, "project");
  if (!project) return problem(project.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  commitments::NewCommitments wanted;
  wanted.project = *project;
  wanted.template_id = fields->id("template");
  wanted.parties = fields->ids("parties", kMostParties);
  wanted.terms = required_terms(*fields);
  if (!fields->raw("assets").is_null()) wanted.assets = fields->ids("assets", kMostAssets);
  wanted.company_signatory = fields->optional_id("company_signatory");
  wanted.send = fields->boolean("send");
  if (!fields->done()) return fields->problem(request.id);
  const auto made = parts.service.create(wanted, witness_of(request, caller));
  if (!made) return problem(made.error(), request.id);
  json items = json::array();
  for (const auto& view : *made) items.push_back(view_json(view));
  return json_response(201, {{"items", items}, {"total", made->size()}});
}

Response record_paper(const CommitmentParts& parts, const Request& request, const Caller& caller) {
  const auto project = param_id(request, "project");
  if (!project) return problem(project.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  commitments::PaperCommitment paper;
  paper.project = *project;
  paper.party = fields->id("party");
  paper.signed_ms = fields->time("signed_at");
  paper.scan_name = fields->text("scan_name");
  if (auto terms = fields->optional_object("terms")) paper.terms = terms_of(*terms);
  auto scan = from_base64(fields->text("scan_base64", {1, 14'000'000}));
  if (!scan) fields->complain("scan_base64", "must be base64");
  if (!fields->done()) return fields->problem(request.id);
  paper.scan = std::move(*scan);
  return view_answer(request, 201, parts.service.record_paper(paper, witness_of(request, caller)));
}

Response detail(const CommitmentParts& parts, const Request& request, const Id& id) {
  const auto found = parts.service.detail(id);
  if (!found) return problem(found.error(), request.id);
  json evidence = json::array();
  for (const auto& entry : found->evidence) evidence.push_back(commitments::evidence_to_json(entry));
  return json_response(200, {{"commitment", view_json(found->view)},
                             {"text", commitments::rendered_to_json(found->text, found->text_hash)},
                             {"text_hash", found->text_hash ? to_hex(*found->text_hash) : ""},
                             {"evidence", evidence}});
}

Response end(const CommitmentParts& parts, const Request& request, const Caller& caller, const Id& id, bool is_breach) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string reason = fields->text("reason", kReason);
  if (!fields->done()) return fields->problem(request.id);
  const Witness witness = witness_of(request, caller);
  return view_answer(request, 200,
                     is_breach ? parts.service.breach(id, reason, witness) : parts.service.revoke(id, reason, witness));
}

Response extend(const CommitmentParts& parts, const Request& request, const Caller& caller, const Id& id) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  if (!fields->has("until")) fields->complain("until", "is missing; null means no last day");
  const auto until_ms = fields->optional_time("until");
  if (!fields->done()) return fields->problem(request.id);
  return view_answer(request, 200, parts.service.extend(id, until_ms, witness_of(request, caller)));
}

Response replace(const CommitmentParts& parts, const Request& request, const Caller& caller, const Id& id) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  commitments::Replacement replacement;
  replacement.template_id = fields->optional_id("template");
  replacement.terms = required_terms(*fields);
  replacement.send = fields->boolean("send");
  replacement.end_now = fields->optional_boolean("end_now").value_or(false);
  if (!fields->done()) return fields->problem(request.id);
  return view_answer(request, 201, parts.service.replace(id, replacement, witness_of(request, caller)));
}

Response make_link(const CommitmentParts& parts, const Request& request, const Caller& caller, const Id& id) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const Id signatory = fields->id("signatory");
  if (!fields->done()) return fields->problem(request.id);
  const auto door = parts.service.make_door_link(id, signatory, parts.qr_svg, witness_of(request, caller));
  if (!door) return problem(door.error(), request.id);
  return json_response(200, {{"link", door->link},
                             {"qr_svg", door->qr_svg},
                             {"code", door->code},
                             {"expires_at", time_text(door->expires_ms)}});
}

Response document(const CommitmentParts& parts, const Request& request, const Id& id) {
  auto pdf = parts.documents.document(id);
  if (!pdf) return problem(pdf.error(), request.id);
  Response response;
  response.set("Content-Type", "application/pdf");
  response.set("Content-Disposition", "inline; filename=\"commitment.pdf\"");
  response.set("Cache-Control", "no-store");
  response.body = std::string(as_text(*pdf));
  return response;
}

Response list_slips(const CommitmentParts& parts, const Request& request) {
  const auto project = param_id(request, "project");
  if (!project) return problem(project.error(), request.id);
  const auto query = list_query(request);
  if (!query) return problem(query.error(), request.id);
  const auto listed = parts.service.slips(*project, *query);
  if (!listed) return problem(listed.error(), request.id);
  json items = json::array();
  for (const auto& slip : listed->items) items.push_back(commitments::slip_to_json(slip));
  return json_response(200, {{"items", items}, {"total", listed->total}});
}

Response acknowledge(const CommitmentParts& parts, const Request& request, const Caller& caller) {
  const auto id = param_id(request, "slip");
  if (!id) return problem(id.error(), request.id);
  const auto slip = parts.service.acknowledge_slip(*id, witness_of(request, caller));
  if (!slip) return problem(slip.error(), request.id);
  return json_response(200, commitments::slip_to_json(*slip));
}

// Handlers of "/commitments/{commitment}…": the id is read here.
using OneHandler = std::function<Response(const Request&, const Caller&, const Id&)>;
StaffHandler of_commitment(OneHandler handler) {
  return [handler = std::move(handler)](const Request& request, const Caller& caller) {
    const auto id = param_id(request, "commitment");
    if (!id) return problem(id.error(), request.id);
    return handler(request, caller, *id);
  };
}

void add_project_routes_of_commitments(Router& router, Guard& guard, const CommitmentParts& parts) {
  const auto reads = [&](StaffHandler handler) {
    return guard.staff(Permission::read_commitments, std::move(handler));
  };
  const auto writes = [&](StaffHandler handler) {
    return guard.staff(Permission::write_commitments, std::move(handler));
  };
  router.add(Method::get, "/api/v1/commitments",
             reads([parts](const Request& request, const Caller&) { return list(parts, request, std::nullopt); }));
  router.add(Method::get, "/api/v1/projects/{project}/commitments",
             reads([parts](const Request& request, const Caller&) {
               const auto project = param_id(request, "project");
               if (!project) return problem(project.error(), request.id);
               return list(parts, request, *project);
             }));
  router.add(Method::post, "/api/v1/projects/{project}/commitments",
             writes([parts](const Request& request, const Caller& caller) { return create(parts, request, caller); }),
             RouteOptions{512 << 10});
  router.add(
      Method::post, "/api/v1/projects/{project}/commitments/paper",
      writes([parts](const Request& request, const Caller& caller) { return record_paper(parts, request, caller); }),
      RouteOptions{15 << 20});
  router.add(Method::get, "/api/v1/projects/{project}/slips",
             reads([parts](const Request& request, const Caller&) { return list_slips(parts, request); }));
  router.add(
      Method::post, "/api/v1/slips/{slip}/acknowledge",
      writes([parts](const Request& request, const Caller& caller) { return acknowledge(parts, request, caller); }));
}

}  // namespace

void add_commitment_routes(Router& router, Guard& guard, const CommitmentParts& parts) {
  add_template_routes(router, guard, parts.templates);
  add_project_routes_of_commitments(router, guard, parts);
  const auto add = [&](Method method, const char* rest, OneHandler handler) {
    const Permission permission = method == Method::get ? Permission::read_commitments : Permission::write_commitments;
    router.add(method, std::string("/api/v1/commitments/{commitment}") + rest,
               guard.staff(permission, of_commitment(std::move(handler))));
  };
  add(Method::get, "",
      [parts](const Request& request, const Caller&, const Id& id) { return detail(parts, request, id); });
  add(Method::get, "/document",
      [parts](const Request& request, const Caller&, const Id& id) { return document(parts, request, id); });
  add(Method::post, "/send", [parts](const Request& request, const Caller& caller, const Id& id) {
    return view_answer(request, 200, parts.service.send_draft(id, witness_of(request, caller)));
  });
  add(Method::post, "/remind", [parts](const Request& request, const Caller& caller, const Id& id) {
    return view_answer(request, 200, parts.service.remind(id, witness_of(request, caller)));
  });
  add(Method::post, "/revoke", [parts](const Request& request, const Caller& caller, const Id& id) {
    return end(parts, request, caller, id, false);
  });
  add(Method::post, "/breach", [parts](const Request& request, const Caller& caller, const Id& id) {
    return end(parts, request, caller, id, true);
  });
  add(Method::post, "/extend", [parts](const Request& request, const Caller& caller, const Id& id) {
    return extend(parts, request, caller, id);
  });
  add(Method::post, "/replace", [parts](const Request& request, const Caller& caller, const Id& id) {
    return replace(parts, request, caller, id);
  });
  add(Method::post, "/link", [parts](const Request& request, const Caller& caller, const Id& id) {
    return make_link(parts, request, caller, id);
  });
}

}  // namespace probity::http::routes
