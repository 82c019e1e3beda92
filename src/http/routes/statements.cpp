#include "http/routes/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"
#include "statements/document.h"
#include "statements/json.h"
#include "statements/wording.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;
using statements::Move;
using statements::Statement;
using statements::StatementView;

constexpr TextLimits kTitle{0, statements::kMostTitleCharacters}, kBody{0, statements::kMostBodyCharacters, true},
    kReason{1, statements::kMostReasonCharacters, true}, kWord{1, 40};

// A word that has to be one of an enumeration; what it is not is a complaint.
template <class Parse>
auto word(JsonFields& fields, const char* name, Parse parse) -> decltype(parse("")) {
  const auto text = fields.optional_text(name, kWord);
  if (!text) return std::nullopt;
  const auto value = parse(*text);
  if (!value) fields.complain(name, "is not one of its words");
  return value;
}

std::optional<statements::Texts> texts_of(JsonFields& fields) {
  auto both = fields.optional_object("texts");
  if (!both) return std::nullopt;
  const auto one = [&](const char* language) -> statements::Text {
    auto text = both->optional_object(language);
    if (!text) return {};
    return {text->text("title", kTitle), text->text("body", kBody)};
  };
  return statements::Texts{one("en"), one("zh")};
}

std::optional<std::vector<statements::PartyChoice>> parties_of(JsonFields& fields) {
  if (!fields.has("parties")) return std::nullopt;
  std::vector<statements::PartyChoice> choices;
  for (JsonFields& one : fields.objects("parties", statements::kMostParties)) {
    statements::PartyChoice choice;
    choice.party = one.id("party");
    choice.naming = word(one, "naming", statements::parse_naming).value_or(statements::Naming::role);
    if (!one.has("naming")) one.complain("naming", "is missing");
    choices.push_back(choice);
  }
  return choices;
}

// What the caller may do now: the state's table and their permissions.
json may(const Statement& statement, const Caller& caller) {
  struct Choice {
    Move move;
    Permission permission;
    const char* name;
  };
  static constexpr Choice kChoices[] = {{Move::edit, Permission::write_statements, "edit"},
                                        {Move::submit, Permission::write_statements, "submit"},
                                        {Move::approve, Permission::approve_statements, "approve"},
                                        {Move::reopen, Permission::write_statements, "reopen"},
                                        {Move::withdraw, Permission::write_statements, "withdraw"},
                                        {Move::publish, Permission::write_statements, "publish"},
                                        {Move::follow_up, Permission::write_statements, "follow_up"},
                                        {Move::bury, Permission::approve_statements, "tombstone"}};
  json names = json::array();
  for (const Choice& choice : kChoices) {
    if (!caller.may(choice.permission) || !statements::next(statement.state, choice.move)) continue;
    const bool approves = choice.move == Move::approve;
    if (approves && !statements::check_approval(statement, caller.actor, statements::content_hash(statement))) continue;
    names.push_back(choice.name);
  }
  return names;
}

json detail_json(const StatementView& view, const Caller& caller) {
  const Statement& statement = view.statement;
  json approvals = json::array(), parties = json::array(), chain = json::array();
  for (const auto& approval : statement.approvals)
    approvals.push_back(
        {{"account", approval.account.text()}, {"name", approval.name}, {"at", time_text(approval.at_ms)}});
  for (const auto& party : statement.content.parties)
    parties.push_back({{"party", party.party.text()},
                       {"role", party.role},
                       {"person", party.person},
                       {"naming", statements::naming_name(party.naming)},
                       {"label_en", party.label_en},
                       {"label_zh", party.label_zh}});
  for (const Statement& one : view.chain) chain.push_back(statements::link_to_json(one));
  json detail{{"statement", statements::to_json(statement)},
              {"texts", statements::texts_to_json(statement.content.texts)},
              {"parties", std::move(parties)},
              {"replies", statements::replies_to_json(statement.content.replies)},
              {"approvals", std::move(approvals)},
              {"content_hash", to_hex(statements::content_hash(statement))},
              {"may", may(statement, caller)},
              {"hindrances", statements::hindrances_to_json(view.hindrances)},
              {"chain", std::move(chain)},
              {"pdf_sha256", statement.pdf ? json(to_hex(*statement.pdf)) : json()},
              {"log_index", statement.log_index ? json(*statement.log_index) : json()},
              {"public_url", statement.is_public() ? json("/statements/" + statement.id.text()) : json()},
              {"withdrawn_reason", statement.withdrawn_reason.empty() ? json() : json(statement.withdrawn_reason)},
              {"sealing_note", statement.waits_for},
              {"removal_request", nullptr}};
  if (const auto& removal = statement.removal)
    detail["removal_request"] = {{"by", removal->name},
                                 {"own", caller.actor.id == removal->account},
                                 {"at", time_text(removal->at_ms)},
                                 {"grounds", statements::grounds_name(removal->grounds)},
                                 {"reason", removal->reason}};
  if (statement.tombstone) detail["tombstone"] = statements::tombstone_to_json(*statement.tombstone);
  return detail;
}

Result<Response> answer(int status, const Result<StatementView>& view, const Caller& caller) {
  TRY_ASSIGN(const StatementView seen, view);
  return json_response(status, detail_json(seen, caller));
}

Result<Response> list(const StatementParts& parts, const Request& request, const Caller&) {
  statements::StatementFilter filter;
  TRY_ASSIGN(filter.query, list_query(request));
  filter.case_id = query_id(request, "case");
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = statements::parse_state(*state);
    if (!filter.state) return fail(ErrorCode::invalid_argument, "there is no such state of a statement");
  }
  TRY_ASSIGN(const auto listed, parts.service.list(filter));
  json items = json::array();
  for (const Statement& statement : listed.items) items.push_back(statements::to_json(statement));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> list_wordings(const StatementParts&, const Request&, const Caller&) {
  json items = json::array();
  const auto text = [](const statements::Text& one) { return json{{"title", one.title}, {"body", one.body}}; };
  for (const auto& wording : statements::wordings())
    items.push_back(
        {{"kind", statements::kind_name(wording.kind)}, {"en", text(wording.en)}, {"zh", text(wording.zh)}});
  const std::size_t total = items.size();
  return json_response(200, {{"items", std::move(items)}, {"total", total}});
}

Result<Response> draft(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  statements::NewStatement wanted;
  wanted.case_id = fields.id("case");
  const auto kind = word(fields, "kind", statements::parse_kind);
  if (!fields.has("kind")) fields.complain("kind", "is missing");
  wanted.kind = kind.value_or(statements::Kind::other);
  wanted.texts = texts_of(fields);
  wanted.parties = parties_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  return answer(201, parts.service.draft(wanted, caller.actor), caller);
}

Result<Response> find(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  return answer(200, parts.service.find(id), caller);
}

Result<Response> update(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  statements::StatementChange change;
  change.kind = word(fields, "kind", statements::parse_kind);
  change.texts = texts_of(fields);
  change.parties = parties_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  return answer(200, parts.service.update(id, change, caller.actor), caller);
}

Result<Response> preview(const StatementParts& parts, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(const Bytes pdf, parts.sealing.preview(id));
  Response response;
  response.set("Content-Type", "application/pdf");
  response.set("Content-Disposition", "inline; filename=\"statement.pdf\"");
  response.set("Cache-Control", "no-store");
  response.body = std::string(as_text(pdf));
  return response;
}

Result<Response> submit(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  return answer(200, parts.service.submit(id, caller.actor), caller);
}

Result<Response> approve(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string text = fields.text("content_hash", {64, 64});
  const auto bytes = from_hex(text);
  const bool is_hash = bytes && bytes->size() == Hash{}.size() && text.find_first_of("ABCDEF") == std::string::npos;
  if (!is_hash) fields.complain("content_hash", "must be 64 hex digits");
  if (!fields.done()) return fields.problem(request.id);
  Hash seen{};
  std::ranges::copy(*bytes, seen.begin());
  return answer(200, parts.service.approve(id, seen, caller.actor), caller);
}

template <Result<StatementView> (statements::StatementService::*verb)(const Id&, const std::string&,
                                                                      const events::Actor&)>
Result<Response> with_reason(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  return answer(200, (parts.service.*verb)(id, reason, caller.actor), caller);
}

Result<Response> publish(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  return answer(200, parts.service.publish(id, caller.actor), caller);
}

Result<Response> follow_up(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const auto relation = word(fields, "relation", statements::parse_relation);
  if (!relation || *relation == statements::Relation::original)
    fields.complain("relation", "must be paid, rectified, overturned or corrected");
  const auto texts = texts_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  return answer(201, parts.service.follow_up(id, *relation, texts, caller.actor), caller);
}

Result<Response> bury(const StatementParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  statements::Burial burial;
  burial.number = fields.text("number", kWord);
  const auto grounds = word(fields, "grounds", statements::parse_grounds);
  if (!grounds) fields.complain("grounds", "must be court_order or overturned");
  burial.grounds = grounds.value_or(statements::Grounds::court_order);
  burial.reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  return answer(200, parts.service.bury(id, burial, caller.actor), caller);
}

}  // namespace

void add_statement_routes(Router& router, Guard& guard, const StatementParts& parts) {
  const auto add = [&](Method method, const std::string& path, Permission permission, auto work) {
    router.add(method, "/api/v1/" + path,
               guard.staff(permission, answering([parts, work](const Request& request, const Caller& caller) {
                             return work(parts, request, caller);
                           })));
  };
  const auto one = [](const char* verb) { return fmt::format("statements/{{statement}}/{}", verb); };
  using statements::StatementService;
  const Permission read = Permission::read_statements, write = Permission::write_statements,
                   approves = Permission::approve_statements;
  add(Method::get, "statements", read, list);
  add(Method::post, "statements", write, draft);
  add(Method::get, "statement-templates", read, list_wordings);
  add(Method::get, "statements/{statement}", read, find);
  add(Method::patch, "statements/{statement}", write, update);
  add(Method::get, one("preview"), read, preview);
  add(Method::post, one("submit"), write, submit);
  add(Method::post, one("approve"), approves, approve);
  add(Method::post, one("reopen"), write, with_reason<&StatementService::reopen>);
  add(Method::post, one("withdraw"), write, with_reason<&StatementService::withdraw>);
  add(Method::post, one("publish"), write, publish);
  add(Method::post, one("follow-up"), write, follow_up);
  add(Method::post, one("tombstone"), approves, bury);
  add(Method::post, one("tombstone/refuse"), approves, with_reason<&StatementService::refuse_burial>);
}

}  // namespace probity::http::routes
