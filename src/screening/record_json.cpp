#include "screening/record_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/encoding.h"

namespace probity::screening {
namespace {

using nlohmann::json;

// What the readers below throw; parse_… turn it into an error value.
struct Unreadable : std::runtime_error {
  Unreadable() : std::runtime_error("unreadable") {}
};

template <class Value>
Value some(const std::optional<Value>& value) {
  if (!value) throw Unreadable();
  return *value;
}
Id id_of(const json& text) {
  const auto id = Id::parse(text.get<std::string>());
  if (!id) throw Unreadable();
  return *id;
}
Hash hash_of(const json& text) {
  const auto bytes = from_hex(text.get<std::string>());
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) throw Unreadable();
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}
template <class Value>
json or_null(const std::optional<Value>& value) {
  return value ? json(*value) : json();
}
std::optional<TimeMs> time_or_none(const json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<TimeMs>());
}

json actor_json(const events::Actor& actor) {
  return {{"kind", events::actor_kind_name(actor.kind)},
          {"id", actor.id ? json(actor.id->text()) : json()},
          {"name", actor.name}};
}
events::Actor actor_of(const json& in) {
  events::Actor actor{some(events::parse_actor_kind(in.at("kind").get<std::string>())), std::nullopt,
                      in.at("name").get<std::string>()};
  if (!in.at("id").is_null()) actor.id = id_of(in.at("id"));
  return actor;
}

json label_json(const alliance::LabelContent& label) {
  return {{"reference", label.reference},   {"conduct", alliance::conduct_entry(label.conduct).name},
          {"filer", label.filer},           {"contact", label.contact},
          {"decided_ms", label.decided_ms}, {"until_ms", label.until_ms}};
}
alliance::LabelContent label_of(const json& in) {
  alliance::LabelContent label;
  const auto conduct = alliance::parse_conduct(in.at("conduct").get<std::string>());
  if (!conduct) throw Unreadable();
  label.reference = in.at("reference").get<std::string>();
  label.conduct = *conduct;
  label.filer = in.at("filer").get<std::string>();
  label.contact = in.at("contact").get<std::string>();
  label.decided_ms = in.at("decided_ms").get<TimeMs>();
  label.until_ms = in.at("until_ms").get<TimeMs>();
  return label;
}

json hit_label_json(const HitLabel& label) {
  json out = label_json(label.content);
  out["stands"] = label.stands;
  out["answer"] = label.answer ? json(answer_name(*label.answer)) : json();
  return out;
}
HitLabel hit_label_of(const json& in) {
  HitLabel label{label_of(in), in.at("stands").get<bool>()};
  if (const json& answer = in.at("answer"); !answer.is_null())
    label.answer = some(parse_answer(answer.get<std::string>()));
  return label;
}

// Of a record from before a hit had several labels: the one, and what its filer said when asked.
HitLabel only_label_of(const json& in, const std::vector<HitStep>& steps) {
  HitLabel label{label_of(in.at("label")), in.at("listed").get<bool>()};
  const auto asked = std::ranges::find(steps.rbegin(), steps.rend(), HitStep::Kind::filer_contacted, &HitStep::kind);
  const bool is_asked = asked != steps.rend() && in.at("state") != state_name(HitState::identity_confirmed);
  if (in.at("filer_confirmed").get<bool>())
    label.answer = FilerAnswer::confirmed;
  else if (is_asked)
    label.answer = FilerAnswer::no_answer;
  return label;
}

json steps_json(const std::vector<HitStep>& steps) {
  json list = json::array();
  for (const HitStep& step : steps)
    list.push_back({{"kind", step_name(step.kind)},
                    {"by", actor_json(step.by)},
                    {"time_ms", step.time_ms},
                    {"detail", step.detail}});
  return list;
}
std::vector<HitStep> steps_of(const json& in) {
  std::vector<HitStep> steps;
  for (const json& item : in)
    steps.push_back({some(parse_hit_step(item.at("kind").get<std::string>())), actor_of(item.at("by")),
                     item.at("time_ms").get<TimeMs>(), item.at("detail").get<std::map<std::string, std::string>>()});
  return steps;
}

void read_progress(const json& in, Hit& hit) {
  hit.state = some(parse_hit_state(in.at("state").get<std::string>()));
  hit.wait_until_ms = time_or_none(in.at("wait_until_ms"));
  if (const json& change = in.at("change"); !change.is_null())
    hit.change = ListingChange{some(alliance::parse_step(change.at("what").get<std::string>())),
                               change.at("time_ms").get<TimeMs>()};
  if (const json& decision = in.at("decision"); !decision.is_null())
    hit.decision = HitDecision{some(parse_hit_outcome(decision.at("outcome").get<std::string>())),
                               decision.at("reasons").get<std::string>(), decision.at("time_ms").get<TimeMs>()};
  hit.steps = steps_of(in.at("steps"));
}

template <class Read>
auto readable(std::string_view text, Read read) -> Result<decltype(read(json()))> {
  try {
    return read(json::parse(text));
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "a record of screening is not readable");
  }
}

}  // namespace

std::string query_record(const PersonQuery& query) {
  return json{{"id", query.id.text()},
              {"number", query.number},
              {"kind", names::identifier_kind_name(query.kind)},
              {"purpose", purpose_name(query.purpose)},
              {"requisition", query.requisition},
              {"basis", basis_name(query.consent.basis)},
              {"date", query.consent.date},
              {"document", query.consent.document ? json(to_hex(*query.consent.document)) : json()},
              {"consent_text", query.consent_text},
              {"consent_commitment", to_hex(query.consent_commitment)},
              {"asked_by", actor_json(query.asked_by)},
              {"asked_ms", query.asked_ms},
              {"answered_ms", or_null(query.answered_ms)},
              {"outcome", outcome_name(query.outcome)},
              {"hit", query.hit ? json(query.hit->text()) : json()},
              {"same_person", query.same_person},
              {"repeats", query.repeats},
              {"receipt", query.receipt},
              {"receipt_sha256", query.receipt_sha256}}
      .dump();
}

Result<PersonQuery> parse_query_record(std::string_view text) {
  return readable(text, [](const json& in) {
    PersonQuery query;
    query.id = id_of(in.at("id"));
    query.number = in.at("number").get<std::string>();
    query.kind = some(names::parse_identifier_kind(in.at("kind").get<std::string>()));
    query.purpose = some(parse_purpose(in.at("purpose").get<std::string>()));
    query.requisition = in.at("requisition").get<std::string>();
    query.consent.basis = some(parse_basis(in.at("basis").get<std::string>()));
    query.consent.date = in.at("date").get<std::string>();
    if (!in.at("document").is_null()) query.consent.document = hash_of(in.at("document"));
    query.consent_text = in.at("consent_text").get<std::string>();
    query.consent_commitment = hash_of(in.at("consent_commitment"));
    query.asked_by = actor_of(in.at("asked_by"));
    query.asked_ms = in.at("asked_ms").get<TimeMs>();
    query.answered_ms = time_or_none(in.at("answered_ms"));
    query.outcome = some(parse_outcome(in.at("outcome").get<std::string>()));
    if (!in.at("hit").is_null()) query.hit = id_of(in.at("hit"));
    query.same_person = in.at("same_person").get<std::string>();
    query.repeats = in.at("repeats").get<std::uint32_t>();
    query.receipt = in.at("receipt").get<std::string>();
    query.receipt_sha256 = in.at("receipt_sha256").get<std::string>();
    return query;
  });
}

std::string hit_record(const Hit& hit) {
  json places = json::array();
  for (const HitPlace& place : hit.places)
    places.push_back({{"epoch", place.epoch}, {"bits", place.bits}, {"prefix", place.prefix}});
  json labels = json::array();
  for (const HitLabel& label : hit.labels) labels.push_back(hit_label_json(label));
  json change, decision;
  if (hit.change) change = {{"what", alliance::step_name(hit.change->what)}, {"time_ms", hit.change->time_ms}};
  if (hit.decision)
    decision = {{"outcome", hit_outcome_name(hit.decision->outcome)},
                {"reasons", hit.decision->reasons},
                {"time_ms", hit.decision->time_ms}};
  return json{{"id", hit.id.text()},
              {"number", hit.number},
              {"query", hit.query.text()},
              {"query_number", hit.query_number},
              {"purpose", purpose_name(hit.purpose)},
              {"requisition", hit.requisition},
              {"same_person", hit.same_person},
              {"person_epoch", hit.person_epoch},
              {"places", std::move(places)},
              {"labels", std::move(labels)},
              {"state", state_name(hit.state)},
              {"wait_until_ms", or_null(hit.wait_until_ms)},
              {"change", std::move(change)},
              {"decision", std::move(decision)},
              {"steps", steps_json(hit.steps)}}
      .dump();
}

Result<Hit> parse_hit_record(std::string_view text) {
  return readable(text, [](const json& in) {
    Hit hit;
    hit.id = id_of(in.at("id"));
    hit.number = in.at("number").get<std::string>();
    hit.query = id_of(in.at("query"));
    hit.query_number = in.at("query_number").get<std::string>();
    hit.purpose = some(parse_purpose(in.at("purpose").get<std::string>()));
    hit.requisition = in.at("requisition").get<std::string>();
    hit.same_person = in.at("same_person").get<std::string>();
    for (const json& place : in.at("places"))
      hit.places.push_back(
          {place.at("epoch").get<oprf::Epoch>(), place.at("bits").get<int>(), place.at("prefix").get<oprf::Prefix>()});
    read_progress(in, hit);
    if (in.contains("labels"))
      for (const json& label : in.at("labels")) hit.labels.push_back(hit_label_of(label));
    else
      hit.labels = {only_label_of(in, hit.steps)};
    // Before it was written down, the mark was of the epoch of the place that was seen last.
    hit.person_epoch = in.contains("person_epoch") ? in.at("person_epoch").get<oprf::Epoch>()
                       : hit.places.empty()        ? oprf::Epoch{0}
                                                   : hit.places.back().epoch;
    return hit;
  });
}

}  // namespace probity::screening
