#include "http/routes/bulletins.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "bulletins/json.h"
#include "http/routes/bulletins_fields.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using bulletins::Desk;
using nlohmann::json;

constexpr std::uint64_t kMostPictureBytes = 20 << 20;
constexpr const char* kHub = "/alliance/v1";

Id account_of(const Caller& caller) { return caller.actor.id.value_or(Id{}); }

Result<std::string> ask(Desk& desk, const Caller& caller, const char* method, const std::string& path,
                        const json& body = nullptr) {
  return desk.ask(method, kHub + path, body.is_null() ? std::string() : body.dump(), account_of(caller));
}

Result<Hash> hash_param(const Request& request, std::string_view name) {
  const auto bytes = from_hex(request.param(name));
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return fail(ErrorCode::not_found, "there is no such picture");
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

Response jpeg_answer(const std::string& jpeg) {
  Response response;
  response.set("Content-Type", "image/jpeg");
  response.set("Cache-Control", "private, no-store");
  response.body = jpeg;
  return response;
}

Result<json> draft_json(Desk& desk, const bulletins::Draft& draft) {
  TRY_ASSIGN(const auto findings, desk.hindrances(draft));
  json out = bulletins::proposal_to_json(draft.proposal);
  out["id"] = draft.id.text();
  out["created_by"] = draft.by;
  out["updated_at"] = time_text(draft.updated_ms);
  out["pictures"] = bulletins::pictures_to_json(draft.proposal.content.pictures);
  out["findings"] = bulletins::findings_to_json(findings);
  out["group"] = nullptr;
  if (const auto& group = draft.proposal.audience.group) {
    const auto view = desk.groups().find(*group);
    if (view) out["group"] = bulletins::to_json(*view);
  }
  return out;
}

Result<Response> draft_answer(Desk& desk, int status, const bulletins::Draft& draft) {
  TRY_ASSIGN(const json shown, draft_json(desk, draft));
  return json_response(status, shown);
}

// The query's filters as the hub's list takes them, in a body.
Result<json> list_body(const Request& request) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  json body{{"search", page.search},
            {"sort", page.sort},
            {"descending", page.descending},
            {"offset", page.offset},
            {"limit", page.limit}};
  for (const char* name : {"kind", "tlp", "state", "brand"})
    if (const auto value = request.query_value(name); value && !value->empty()) body[name] = *value;
  for (const char* name : {"unread", "own", "past"})
    if (request.query_value(name) == "true") body[name] = true;
  return body;
}

bool is_silence(const Error& error) { return error.code == ErrorCode::unavailable; }

// What was received shows nobody's unread ones and no withdrawn ones: these are the hub's to tell.
std::optional<bulletins::ReceivedBulletins::Page> page_of_received(const json& body) {
  if (body.contains("unread") || body.value("state", "published") != "published") return std::nullopt;
  bulletins::ReceivedBulletins::Page page;
  page.search = body.value("search", "");
  page.sort = body.value("sort", "");
  page.kind = body.value("kind", "");
  page.tlp = body.value("tlp", "");
  page.brand = body.value("brand", "");
  page.descending = body.value("descending", false);
  page.own = body.contains("own");
  page.offset = body.value("offset", 0U);
  page.limit = body.value("limit", 50U);
  return page;
}

Result<Response> list(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(json body, list_body(request));
  body.erase("past");
  Result<std::string> answer = ask(desk, caller, "POST", "/bulletins/list", body);
  if (!answer && is_silence(answer.error()) && desk.received() != nullptr)
    if (const auto page = page_of_received(body)) {
      auto received = desk.received()->list(*page);
      if (received) answer = std::move(received);
    }
  TRY(answer);
  return passed_on(200, *answer);
}

// An answer that is a bulletin, kept for when the hub is silent.
Result<Response> shown(Desk& desk, int status, const std::string& answer) {
  if (desk.received() != nullptr) TRY(desk.received()->take(answer));
  return passed_on(status, answer);
}

Result<Response> bulletin(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
  const auto answer = ask(desk, caller, "GET", "/bulletins/" + id.text());
  if (answer) return shown(desk, 200, *answer);
  bulletins::ReceivedBulletins* const received = desk.received();
  const ErrorCode code = answer.error().code;
  if (received != nullptr && (code == ErrorCode::not_found || code == ErrorCode::gone)) TRY(received->drop(id));
  if (received != nullptr && is_silence(answer.error()))
    if (const auto kept = received->bulletin(id)) return passed_on(200, *kept);
  return tl::unexpected<Error>(answer.error());
}

Result<Response> begin(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const bulletins::Proposal proposal = proposal_of(fields, false);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto draft, desk.begin(proposal, caller.actor));
  return draft_answer(desk, 201, draft);
}

Result<Response> look_at(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const SketchFields sketch = sketch_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto findings, desk.look_at(sketch.kind, sketch.content));
  return json_response(200, {{"findings", bulletins::findings_to_json(findings)}});
}

Result<Response> rewrite(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "draft"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const bulletins::Proposal proposal = proposal_of(fields, false);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto draft, desk.rewrite(id, proposal));
  return draft_answer(desk, 200, draft);
}

Result<Response> drafts(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  TRY_ASSIGN(const auto listed, desk.drafts(page.offset, page.limit));
  json items = json::array();
  for (const auto& draft : listed.items) {
    TRY_ASSIGN(json shown, draft_json(desk, draft));
    items.push_back(std::move(shown));
  }
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> draft(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "draft"));
  TRY_ASSIGN(const auto found, desk.draft(id));
  return draft_answer(desk, 200, found);
}

Result<Response> remove(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "draft"));
  TRY(desk.remove(id));
  return Response::no_content();
}

Result<Response> add_picture(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "draft"));
  TRY_ASSIGN(const auto draft, desk.add_picture(id, as_bytes(request.body)));
  return draft_answer(desk, 201, draft);
}

Result<Response> draft_picture(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "draft"));
  TRY_ASSIGN(const Hash hash, hash_param(request, "picture"));
  TRY_ASSIGN(const Bytes jpeg, desk.picture(id, hash));
  return jpeg_answer(std::string(as_text(jpeg)));
}

Result<Response> remove_picture(Desk& desk, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "draft"));
  TRY_ASSIGN(const Hash hash, hash_param(request, "picture"));
  TRY(desk.remove_picture(id, hash));
  return Response::no_content();
}

Result<Response> publish(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "draft"));
  TRY_ASSIGN(const std::string answer, desk.publish(id, account_of(caller)));
  return shown(desk, 201, answer);
}

Result<Response> picture(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
  TRY_ASSIGN(const Hash hash, hash_param(request, "picture"));
  const auto jpeg = ask(desk, caller, "GET", "/bulletins/" + id.text() + "/pictures/" + to_hex(hash));
  bulletins::ReceivedBulletins* const received = desk.received();
  if (jpeg && received != nullptr) TRY(received->take_picture(id, hash, as_bytes(*jpeg)));
  if (!jpeg && received != nullptr && is_silence(jpeg.error()))
    if (const auto kept = received->picture(id, hash)) return jpeg_answer(std::string(as_text(*kept)));
  TRY(jpeg);
  return jpeg_answer(*jpeg);
}

Result<Response> read(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
  TRY(ask(desk, caller, "POST", "/bulletins/" + id.text() + "/read", json::object()));
  return Response::no_content();
}

bool answers_with_bulletin(std::string_view noun, std::string_view verb) {
  return noun == "bulletins" && verb != "joint-case";
}

// A body that was looked at here, so that a form hears of every field, and is then sent on.
template <class Look>
auto sent_on(const char* noun, const char* verb, int status, Look look) {
  return [noun, verb, status, look](Desk& desk, const Request& request, const Caller& caller) -> Result<Response> {
    const std::string_view parameter = std::string_view(noun) == "bulletins" ? "bulletin" : "case";
    TRY_ASSIGN(const Id id, param_id(request, parameter));
    TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
    const json body = look(fields);
    if (!fields.done()) return fields.problem(request.id);
    TRY_ASSIGN(const std::string answer,
               ask(desk, caller, "POST", std::string("/") + noun + "/" + id.text() + "/" + verb, body));
    return answers_with_bulletin(noun, verb) ? shown(desk, status, answer) : passed_on(status, answer);
  };
}

json look_at_sighting(JsonFields& fields) {
  const SightingFields sighting = sighting_of(fields);
  return {{"verdict", bulletins::verdict_name(sighting.verdict)}, {"count", sighting.count}, {"note", sighting.note}};
}
json look_at_reply(JsonFields& fields) {
  const ReplyFields reply = reply_of(fields);
  return {{"text", reply.text}, {"to", optional_id_json(reply.to)}};
}
json look_at_withdrawal(JsonFields& fields) { return {{"reason", bulletins::withdrawal_name(withdrawal_of(fields))}}; }
json look_at_contact(JsonFields& fields) { return {{"contact", contact_of(fields)}}; }
json look_at_outcome(JsonFields& fields) {
  const OutcomeFields outcome = joint_outcome_of(fields);
  return {{"outcome", bulletins::outcome_name(outcome.outcome)}, {"note", outcome.note}};
}

// Pictures stay as they are: a correction is of words.
Result<Response> correct(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const CorrectionFields correction = correction_of(fields, false);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const std::string now, ask(desk, caller, "GET", "/bulletins/" + id.text()));
  json body = bulletins::content_to_json(correction.content);
  body["reason"] = correction.reason;
  if (correction.expires_ms) body["expires_at"] = time_text(*correction.expires_ms);
  body["pictures"] = json::array();
  const json before = json::parse(now, nullptr, false);
  if (before.is_object() && before.contains("pictures") && before["pictures"].is_array())
    for (const json& one : before["pictures"])
      if (one.is_object() && one.contains("id")) body["pictures"].push_back(one["id"]);
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "POST", "/bulletins/" + id.text() + "/correct", body));
  return shown(desk, 200, answer);
}

Result<Response> leave(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "case"));
  TRY_ASSIGN(const std::string answer,
             ask(desk, caller, "POST", "/joint-cases/" + id.text() + "/leave", json::object()));
  return passed_on(200, answer);
}

// "/bulletins/{bulletin}" of the hub, as it is.
auto fetched(const char* noun, std::string_view parameter, const char* rest = "") {
  return [=](Desk& desk, const Request& request, const Caller& caller) -> Result<Response> {
    TRY_ASSIGN(const Id id, param_id(request, parameter));
    TRY_ASSIGN(const std::string answer, ask(desk, caller, "GET", std::string("/") + noun + "/" + id.text() + rest));
    return passed_on(200, answer);
  };
}

// The hub gives all joint cases of a reader; the page is cut here.
Result<Response> joint_cases(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  const std::string state(request.query_value("state").value_or(""));
  if (!state.empty() && state != "open" && state != "closed")
    return fail(ErrorCode::invalid_argument, "a joint case is open or closed");
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "GET", "/joint-cases"));
  const json all = json::parse(answer, nullptr, false);
  if (!all.is_object() || !all.contains("items") || !all["items"].is_array())
    return fail(ErrorCode::unavailable, "the hub's answer is not readable");
  json items = json::array();
  std::uint64_t total = 0;
  for (const json& item : all["items"]) {
    if (!state.empty() && item.value("state", "") != state) continue;
    if (total++ >= page.offset && items.size() < page.limit) items.push_back(item);
  }
  return json_response(200, {{"items", std::move(items)}, {"total", total}});
}

Result<Response> daily_mail(Desk& desk, const Request&, const Caller& caller) {
  TRY_ASSIGN(const bool wanted, desk.daily_mail(account_of(caller)));
  return json_response(200, {{"daily_mail", wanted}});
}

Result<Response> set_daily_mail(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const bool wanted = fields.boolean("daily_mail");
  if (!fields.done()) return fields.problem(request.id);
  if (caller.actor.kind != events::Actor::Kind::account)
    return fail(ErrorCode::forbidden, "mails go to people, not to API keys");
  TRY(desk.set_daily_mail(account_of(caller), wanted));
  return json_response(200, {{"daily_mail", wanted}});
}

auto exported(const char* path, const char* media_type, const char* name) {
  return [=](Desk& desk, const Request&, const Caller& caller) -> Result<Response> {
    TRY_ASSIGN(const std::string answer, ask(desk, caller, "GET", path));
    Response response = passed_on(200, answer, media_type);
    response.set("Content-Disposition", std::string("attachment; filename=\"") + name + "\"");
    return response;
  };
}

class Adder {
 public:
  Adder(Router& router, Guard& guard, const BulletinRoutes& services)
      : router_(router), guard_(guard), services_(services) {}
  template <class Work>
  void operator()(Method method, const char* path, Permission permission, Work work, RouteOptions options = {}) {
    router_.add(
        method, std::string("/api/v1") + path,
        guard_.staff(permission, answering([services = services_, work](const Request& request,
                                                                        const Caller& caller) -> Result<Response> {
                       TRY_ASSIGN(Desk* const desk, desk_of(services));
                       return work(*desk, request, caller);
                     })),
        options);
  }

 private:
  Router& router_;
  Guard& guard_;
  const BulletinRoutes services_;
};

void add_drafts(Adder& add) {
  constexpr auto kWrite = Permission::write_bulletins;
  add(Method::post, "/bulletins", kWrite, begin);
  add(Method::post, "/bulletins/findings", kWrite, look_at);
  add(Method::get, "/bulletins/drafts", kWrite, drafts);
  add(Method::get, "/bulletins/drafts/{draft}", kWrite, draft);
  add(Method::put, "/bulletins/drafts/{draft}", kWrite, rewrite);
  add(Method::del, "/bulletins/drafts/{draft}", kWrite, remove);
  add(Method::post, "/bulletins/drafts/{draft}/pictures", kWrite, add_picture, {kMostPictureBytes});
  add(Method::get, "/bulletins/drafts/{draft}/pictures/{picture}", kWrite, draft_picture);
  add(Method::del, "/bulletins/drafts/{draft}/pictures/{picture}", kWrite, remove_picture);
  add(Method::post, "/bulletins/drafts/{draft}/publish", kWrite, publish);
}

void add_joint_cases(Adder& add) {
  constexpr auto kRead = Permission::read_bulletins;
  constexpr auto kWrite = Permission::write_bulletins;
  add(Method::post, "/bulletins/{bulletin}/joint-case", kWrite,
      sent_on("bulletins", "joint-case", 201, look_at_contact));
  add(Method::get, "/joint-cases", kRead, joint_cases);
  add(Method::get, "/joint-cases/{case}", kRead, fetched("joint-cases", "case"));
  add(Method::post, "/joint-cases/{case}/join", kWrite, sent_on("joint-cases", "join", 200, look_at_contact));
  add(Method::post, "/joint-cases/{case}/leave", kWrite, leave);
  add(Method::post, "/joint-cases/{case}/notes", kWrite, sent_on("joint-cases", "notes", 201, look_at_reply));
  add(Method::post, "/joint-cases/{case}/close", kWrite, sent_on("joint-cases", "close", 200, look_at_outcome));
}

}  // namespace

Response passed_on(int status, const std::string& answer, const char* media_type) {
  Response response = Response::json(status, answer);
  response.set("Content-Type", media_type);
  response.set("Cache-Control", "private, no-store");
  return response;
}

Result<Desk*> desk_of(const BulletinRoutes& services) {
  if (services.desk != nullptr) return services.desk;
  return fail(ErrorCode::not_found, "this node is in no alliance", "probity member init makes it a member's node");
}

void add_bulletin_routes(Router& router, Guard& guard, const BulletinRoutes& services) {
  constexpr auto kRead = Permission::read_bulletins;
  constexpr auto kWrite = Permission::write_bulletins;
  Adder add(router, guard, services);
  router.add(Method::get, "/api/v1/bulletins/labels", guard.staff(kRead, [](const Request&, const Caller&) {
    return json_response(200, bulletins::labels_to_json());
  }));
  add(Method::get, "/bulletins", kRead, list);
  add(Method::get, "/bulletins/members", kRead, [](Desk& desk, const Request&, const Caller& caller) {
    return ask(desk, caller, "GET", "/bulletins/members").map([](const auto& answer) {
      return passed_on(200, answer);
    });
  });
  add(Method::get, "/bulletins/digest", kRead, daily_mail);
  add(Method::put, "/bulletins/digest", kRead, set_daily_mail);
  add(Method::get, "/bulletins/feed.json", kRead, exported("/bulletins/feed", "application/feed+json", "feed.json"));
  add(Method::get, "/bulletins/stix.json", kRead,
      exported("/bulletins/stix", "application/stix+json;version=2.1", "bulletins.stix.json"));
  add_drafts(add);
  add(Method::get, "/bulletins/{bulletin}", kRead, bulletin);
  add(Method::get, "/bulletins/{bulletin}/pictures/{picture}", kRead, picture);
  add(Method::get, "/bulletins/{bulletin}/related", kRead, fetched("bulletins", "bulletin", "/related"));
  add(Method::post, "/bulletins/{bulletin}/read", kRead, read);
  add(Method::post, "/bulletins/{bulletin}/sightings", kWrite,
      sent_on("bulletins", "sightings", 201, look_at_sighting));
  add(Method::post, "/bulletins/{bulletin}/replies", kWrite, sent_on("bulletins", "replies", 201, look_at_reply));
  add(Method::post, "/bulletins/{bulletin}/correct", kWrite, correct);
  add(Method::post, "/bulletins/{bulletin}/withdraw", kWrite,
      sent_on("bulletins", "withdraw", 200, look_at_withdrawal));
  add_joint_cases(add);
  add_bulletin_group_routes(router, guard, services);
  add_training_routes(router, guard, services);
}

}  // namespace probity::http::routes
