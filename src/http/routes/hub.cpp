#include "http/routes/hub.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "alliance/ladder.h"
#include "base/encoding.h"
#include "http/routes/json_fields.h"
#include "http/routes/signed_calls.h"

namespace probity::http::routes {
namespace {

using alliance::Hub;
using alliance::Listing;
using alliance::Party;
using nlohmann::json;

Response bytes_response(const Bytes& bytes) {
  Response response;
  response.set("Content-Type", "application/octet-stream");
  response.body = std::string(as_text(bytes));
  return response;
}

Response listing_response(const Request& request, const Result<Listing>& listing, int status = 200) {
  if (!listing) return problem(listing.error(), request.id);
  return json_response(status, alliance::listing_to_json(*listing));
}

template <class Number>
std::optional<Number> number_in(const std::string& text) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Bytes signed_bytes(const oprf::Signature& signature, const Bytes& bytes) {
  Bytes out(signature.begin(), signature.end());
  out.insert(out.end(), bytes.begin(), bytes.end());
  return out;
}

Response tag_set(const Request& request, Hub& hub) {
  const auto epoch = number_in<oprf::Epoch>(request.param("epoch"));
  const auto set = hub.tag_set(epoch.value_or(0));
  if (!set) return problem(set.error(), request.id);
  return bytes_response(signed_bytes(set->signature, set->set->encode()));
}

// 204: there is nothing to add, or the whole set is to be fetched.
Response tag_set_change(const Request& request, Hub& hub) {
  const auto epoch = number_in<oprf::Epoch>(request.param("epoch"));
  const auto version = number_in<oprf::TagSetVersion>(request.param("version"));
  const auto change = hub.changes_since(epoch.value_or(0), version.value_or(0));
  if (!change) return problem(change.error(), request.id);
  if (!*change) return Response::no_content();
  return bytes_response(signed_bytes((*change)->signature, (*change)->change.encode()));
}

Response tag_set_proof(const Request& request, Hub& hub) {
  const auto epoch = number_in<oprf::Epoch>(request.param("epoch"));
  const auto version = number_in<oprf::TagSetVersion>(request.param("version"));
  const auto logged = hub.logged_head(epoch.value_or(0), version.value_or(0));
  if (!logged) return problem(logged.error(), request.id);
  return json_response(200, {{"opening", json::parse(log::opening_json(logged->opening))}, {"proof", logged->proof}});
}

Response bucket(const Request& request, const Party& by, Hub& hub) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const auto epoch = static_cast<oprf::Epoch>(fields->integer("epoch", 0, 65'535));
  const auto bits = static_cast<int>(fields->integer("bits", 1, oprf::kMostPrefixBits));
  const auto prefix = static_cast<oprf::Prefix>(fields->integer("prefix", 0, (1LL << oprf::kMostPrefixBits) - 1));
  const Id id = fields->id("request");
  if (!fields->done()) return fields->problem(request.id);
  const auto labels = hub.fetch_bucket(by.member, id, epoch, bits, prefix, by.account);
  if (!labels) return problem(labels.error(), request.id);
  Bytes bytes;
  for (const auto& label : *labels) bytes.insert(bytes.end(), label.begin(), label.end());
  return bytes_response(bytes);
}

void add_reading(Router& router, Hub& hub, alliance::CallGate& gate) {
  router.add(Method::get, "/alliance/v1/epochs", [&hub](const Request&) {
    json items = json::array();
    for (const alliance::EpochFacts& facts : hub.epochs())
      items.push_back(
          {{"epoch", facts.epoch}, {"key_set_id", to_hex(facts.key_set_id)}, {"tag_set_version", facts.version}});
    return json_response(200, {{"items", std::move(items)}});
  });
  router.add(Method::get, "/alliance/v1/keys/{epoch}", [&hub](const Request& request) {
    const auto directory = hub.keys(number_in<oprf::Epoch>(request.param("epoch")).value_or(0));
    if (!directory) return problem(directory.error(), request.id);
    return Response::json(200, directory->json());
  });
  router.add(Method::get, "/alliance/v1/tag-set/{epoch}",
             signed_only(gate, [&hub](const Request& request, const Party&) { return tag_set(request, hub); }));
  router.add(Method::get, "/alliance/v1/tag-set/{epoch}/since/{version}",
             signed_only(gate, [&hub](const Request& request, const Party&) { return tag_set_change(request, hub); }));
  router.add(Method::get, "/alliance/v1/tag-set/{epoch}/proof/{version}",
             signed_only(gate, [&hub](const Request& request, const Party&) { return tag_set_proof(request, hub); }));
  router.add(Method::post, "/alliance/v1/bucket",
             signed_only(gate, [&hub](const Request& request, const Party& by) { return bucket(request, by, hub); }));
  router.add(Method::get, "/alliance/v1/notices", signed_only(gate, [&hub](const Request& request, const Party& by) {
               const auto notices = hub.notices_for(by.member);
               if (!notices) return problem(notices.error(), request.id);
               json items = json::array();
               for (const auto& notice : *notices)
                 items.push_back({{"id", notice.id.text()},
                                  {"epoch", notice.epoch},
                                  {"bits", notice.bits},
                                  {"prefix", notice.prefix},
                                  {"what", alliance::step_name(notice.what)},
                                  {"time", time_text(notice.time_ms)},
                                  {"time_ms", notice.time_ms}});
               return json_response(200, {{"items", std::move(items)}});
             }));
  router.add(Method::post, "/alliance/v1/notices/{notice}/take",
             signed_only(gate, [&hub](const Request& request, const Party& by) {
               const auto id = param_id(request, "notice");
               const auto taken = id ? hub.take_notice(by.member, *id) : tl::unexpected<Error>(id.error());
               return taken ? Response::no_content() : problem(taken.error(), request.id);
             }));
}

// Verbs without a body.
using PlainVerb = Result<Listing> (Hub::*)(const Id&, const Party&);

struct NamedVerb {
  const char* name;
  PlainVerb verb;
};
constexpr NamedVerb kPlainVerbs[] = {{"approve", &Hub::approve},
                                     {"refuse", &Hub::refuse},
                                     {"suspend", &Hub::suspend},
                                     {"resume", &Hub::resume},
                                     {"withdraw", &Hub::withdraw},
                                     {"overturn", &Hub::overturn},
                                     {"acquittal", &Hub::record_acquittal},
                                     {"consent", &Hub::consent}};

struct Answer {
  alliance::Appeal::Outcome outcome = alliance::Appeal::Outcome::none;
  std::optional<alliance::Restatement> corrected;
};

Result<Answer> read_answer(const Request& request) {
  const json body = json::parse(request.body, nullptr, false);
  if (!body.is_object() || !body.contains("outcome") || !body["outcome"].is_string())
    return fail(ErrorCode::invalid_argument, "an answer needs an outcome", "upheld, corrected or taken_back");
  Answer answer;
  using Outcome = alliance::Appeal::Outcome;
  for (const Outcome outcome : {Outcome::upheld, Outcome::corrected, Outcome::taken_back})
    if (alliance::outcome_name(outcome) == body["outcome"].get<std::string>()) answer.outcome = outcome;
  if (body.contains("corrected")) {
    TRY_ASSIGN(answer.corrected, alliance::parse_restatement(body["corrected"]));
  }
  return answer;
}

Result<Listing> run_verb(const Request& request, const Party& by, Hub& hub, const Id& id) {
  const std::string& verb = request.param("verb");
  const bool is_ombudsman = by.role == Party::Role::ombudsman;
  for (const NamedVerb& plain : kPlainVerbs)
    if (verb == plain.name) return (hub.*plain.verb)(id, by);
  if (verb == "submit") return hub.submit(id, by);
  if (verb == "rewrite" || verb == "attest") {
    TRY_ASSIGN(const alliance::Draft draft, alliance::parse_draft(request.body));
    return verb == "rewrite" ? hub.rewrite(id, by, draft) : hub.attest(id, by, draft);
  }
  if (verb == "answer") {
    TRY_ASSIGN(const Answer answer, read_answer(request));
    return is_ombudsman ? hub.decide_appeal(id, by, answer.outcome, answer.corrected)
                        : hub.answer_appeal(id, by, answer.outcome, answer.corrected);
  }
  const json body = json::parse(request.body, nullptr, false);
  if (verb == "correct") {
    TRY_ASSIGN(const alliance::Restatement words, alliance::parse_restatement(body));
    return hub.correct(id, by, words);
  }
  const bool has_text = body.is_object() && body.contains("to") && body["to"].is_string();
  const std::string text = has_text ? body["to"].get<std::string>() : std::string();
  if (verb == "notice") return hub.send_notice(id, by, text);
  if (verb == "post") return hub.record_post(id, by, sha256(as_bytes(text)));
  return fail(ErrorCode::not_found, "there is no such verb");
}

void add_filing(Router& router, Hub& hub, alliance::CallGate& gate) {
  router.add(Method::post, "/alliance/v1/listings", signed_only(gate, [&hub](const Request& request, const Party& by) {
               const auto draft = alliance::parse_draft(request.body);
               if (!draft) return problem(draft.error(), request.id);
               return listing_response(request, hub.draft(by, *draft), 201);
             }));
  router.add(Method::get, "/alliance/v1/listings", signed_only(gate, [&hub](const Request& request, const Party& by) {
               alliance::ListingFilter filter;
               filter.limit = 500;
               if (by.role == Party::Role::filer) filter.filer = by.member;
               const auto listed = hub.listings(filter);
               if (!listed) return problem(listed.error(), request.id);
               json items = json::array();
               for (const Listing& listing : listed->items) items.push_back(alliance::listing_to_json(listing));
               return json_response(200, {{"items", std::move(items)}, {"total", listed->total}});
             }));
  router.add(Method::get, "/alliance/v1/listings/{listing}",
             signed_only(gate, [&hub](const Request& request, const Party& by) {
               const auto id = param_id(request, "listing");
               const auto listing = id ? hub.listing(*id) : tl::unexpected<Error>(id.error());
               // Another member's filing is as if it were not there.
               if (listing && by.role == Party::Role::filer && listing->filer != by.member)
                 return problem({ErrorCode::not_found, "there is no such listing", ""}, request.id);
               return listing_response(request, listing);
             }));
  router.add(Method::post, "/alliance/v1/listings/{listing}/{verb}",
             signed_only(gate, [&hub](const Request& request, const Party& by) {
               const auto id = param_id(request, "listing");
               return listing_response(request,
                                       id ? run_verb(request, by, hub, *id) : tl::unexpected<Error>(id.error()));
             }));
}

// What the person sees of it: everything but what only the filer's people need.
json person_json(const Listing& listing) {
  const json whole = alliance::listing_to_json(listing);
  json out;
  for (const char* name : {"id", "filer", "conduct", "severity", "standard_of_proof", "status", "state", "notice",
                           "appeal", "activated_ms", "expires_ms", "attest_due_ms", "steps"})
    out[name] = whole.at(name);
  for (json& step : out["steps"]) step.erase("by");
  out["ladder"] = alliance::ladder_to_json(alliance::ladder_of(listing));
  out["may_appeal"] = alliance::may_appeal(listing);
  return out;
}

Handler persons_page(Hub& hub, Result<Listing> (Hub::*verb)(const std::string&, const std::string&)) {
  return [&hub, verb](const Request& request) {
    auto fields = JsonFields::parse(request);
    if (!fields) return problem(fields.error(), request.id);
    const std::string token = fields->text("token", {1, 64});
    const std::string code = fields->text("code", {1, 16});
    if (!fields->done()) return fields->problem(request.id);
    const auto listing = (hub.*verb)(token, code);
    if (!listing) return problem(listing.error(), request.id);
    Response response = json_response(200, person_json(*listing));
    response.set("Cache-Control", "no-store");
    return response;
  };
}

}  // namespace

void add_hub_routes(Router& router, Hub& hub, alliance::CallGate& gate) {
  add_reading(router, hub, gate);
  add_filing(router, hub, gate);
  router.add(Method::post, "/alliance/v1/person/open", persons_page(hub, &Hub::open_notice));
  router.add(Method::post, "/alliance/v1/person/appeal", persons_page(hub, &Hub::appeal));
}

}  // namespace probity::http::routes
