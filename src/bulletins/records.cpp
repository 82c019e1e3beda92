// How bulletins and joint cases are kept.
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "bulletins/json.h"

namespace probity::bulletins {
namespace {

using nlohmann::json;

// Thrown and caught in this file only.
struct Unreadable {};

template <class Value>
Value some(std::optional<Value> value) {
  if (!value) throw Unreadable();
  return *value;
}

Id id_of(const json& value) {
  const auto id = Id::parse(value.get<std::string>());
  if (!id) throw Unreadable();
  return *id;
}

Hash hash_of(const json& value) {
  const auto bytes = from_hex(value.get<std::string>());
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) throw Unreadable();
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::optional<TimeMs> time_of(const json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<TimeMs>());
}
json time_json(const std::optional<TimeMs>& time_ms) { return time_ms ? json(*time_ms) : json(); }

json content_kept(const Content& content) {
  json kept = content_to_json(content);
  kept["pictures"] = pictures_to_json(content.pictures);
  return kept;
}

Content content_of(const json& kept) {
  Content content;
  kept.at("title").get_to(content.title);
  kept.at("text").get_to(content.text);
  for (const json& link : kept.at("links"))
    content.links.push_back({some(parse_link_kind(link.at("kind").get<std::string>())), link.at("url")});
  kept.at("products").get_to(content.products);
  kept.at("brands").get_to(content.brands);
  kept.at("mentions").get_to(content.mentions);
  for (const json& one : kept.at("accused")) {
    const json& code = one.at("credit_code");
    content.accused.push_back({some(parse_accused_kind(one.at("kind").get<std::string>())), one.at("name"),
                               code.is_null() ? std::string() : code.get<std::string>()});
  }
  for (const json& picture : kept.at("pictures"))
    content.pictures.push_back(
        {hash_of(picture.at("id")), picture.at("width_px"), picture.at("height_px"), picture.at("size_bytes")});
  return content;
}

json audience_json(const Audience& audience) {
  json members = json::array();
  for (const Id& member : audience.members) members.push_back(member.text());
  json out{{"kind", audience.everybody ? "all"
                    : audience.group   ? "group"
                                       : "members"},
           {"name", audience.name},
           {"members", std::move(members)}};
  if (audience.group) out["group"] = audience.group->text();
  return out;
}

Audience audience_of(const json& kept) {
  Audience audience;
  audience.everybody = kept.at("kind") == "all";
  if (kept.contains("group")) audience.group = id_of(kept.at("group"));
  kept.at("name").get_to(audience.name);
  for (const json& member : kept.at("members")) audience.members.insert(id_of(member));
  return audience;
}

// Errors: corrupt for whatever `read` cannot make sense of.
template <class Read>
auto reading(std::string_view text, const char* what, Read read) -> Result<decltype(read(json()))> {
  try {
    return read(json::parse(text));
  } catch (const json::exception&) {
  } catch (const Unreadable&) {
  }
  return fail(ErrorCode::corrupt, std::string(what) + " in the store is not readable");
}

JointCase joint_of(const json& kept) {
  JointCase joint;
  joint.id = id_of(kept.at("id"));
  joint.bulletin = id_of(kept.at("bulletin"));
  kept.at("number").get_to(joint.number);
  joint.state = kept.at("state") == "open" ? JointCase::State::open : JointCase::State::closed;
  kept.at("opened_ms").get_to(joint.opened_ms);
  for (const json& one : kept.at("participants"))
    joint.participants.push_back(
        {id_of(one.at("member")), one.at("contact"), one.at("joined_ms"), time_of(one.at("left_ms"))});
  for (const json& one : kept.at("notes"))
    joint.notes.push_back(
        {id_of(one.at("id")), id_of(one.at("member")), id_of(one.at("account")), one.at("text"), one.at("time_ms")});
  if (const json& outcome = kept.at("outcome"); !outcome.is_null())
    joint.outcome = some(parse_outcome(outcome.get<std::string>()));
  kept.at("outcome_note").get_to(joint.outcome_note);
  joint.closed_ms = time_of(kept.at("closed_ms"));
  return joint;
}

}  // namespace

std::string content_record(const Content& content) { return content_kept(content).dump(); }

json proposal_to_json(const Proposal& proposal) {
  json out = content_to_json(proposal.content);
  out["kind"] = kind_name(proposal.kind);
  out["tlp"] = tlp_name(proposal.tlp);
  out["audience"] = audience_json(proposal.audience);
  out["expires_at"] = to_rfc3339(proposal.expires_ms);
  out["without_attribution"] = proposal.without_attribution;
  return out;
}

std::string proposal_record(const Proposal& proposal) {
  json kept = proposal_to_json(proposal);
  kept["expires_ms"] = proposal.expires_ms;
  kept["pictures"] = pictures_to_json(proposal.content.pictures);
  return kept.dump();
}

Result<Proposal> parse_proposal_record(std::string_view text) {
  return reading(text, "a draft", [](const json& kept) {
    Proposal proposal;
    proposal.kind = some(parse_kind(kept.at("kind").get<std::string>()));
    proposal.tlp = some(parse_tlp(kept.at("tlp").get<std::string>()));
    proposal.audience = audience_of(kept.at("audience"));
    kept.at("expires_ms").get_to(proposal.expires_ms);
    kept.at("without_attribution").get_to(proposal.without_attribution);
    proposal.content = content_of(kept);
    return proposal;
  });
}

std::string group_members_record(const std::vector<MemberName>& members) {
  json kept = json::array();
  for (const MemberName& one : members) kept.push_back({{"id", one.id.text()}, {"name", one.name}});
  return kept.dump();
}

Result<std::vector<MemberName>> parse_group_members_record(std::string_view text) {
  return reading(text, "a group", [](const json& kept) {
    std::vector<MemberName> members;
    for (const json& one : kept) members.push_back({id_of(one.at("id")), one.at("name")});
    return members;
  });
}

std::string bulletin_record(const Bulletin& bulletin) {
  json versions = json::array();
  for (const Version& version : bulletin.versions)
    versions.push_back({{"content", content_kept(version.content)},
                        {"account", version.account.text()},
                        {"time_ms", version.time_ms},
                        {"reason", version.reason}});
  return json{{"id", bulletin.id.text()},
              {"number", bulletin.number},
              {"kind", kind_name(bulletin.kind)},
              {"tlp", tlp_name(bulletin.tlp)},
              {"audience", audience_json(bulletin.audience)},
              {"author", bulletin.author.text()},
              {"without_attribution", bulletin.without_attribution},
              {"published_ms", bulletin.published_ms},
              {"expires_ms", bulletin.expires_ms},
              {"state", state_name(bulletin.state)},
              {"versions", std::move(versions)},
              {"ended_ms", time_json(bulletin.ended_ms)},
              {"withdrawn_as", bulletin.withdrawn_as ? json(withdrawal_name(*bulletin.withdrawn_as)) : json()}}
      .dump();
}

Result<Bulletin> parse_bulletin_record(std::string_view text) {
  return reading(text, "a bulletin", [](const json& kept) {
    Bulletin bulletin;
    bulletin.id = id_of(kept.at("id"));
    kept.at("number").get_to(bulletin.number);
    bulletin.kind = some(parse_kind(kept.at("kind").get<std::string>()));
    bulletin.tlp = some(parse_tlp(kept.at("tlp").get<std::string>()));
    bulletin.audience = audience_of(kept.at("audience"));
    bulletin.author = id_of(kept.at("author"));
    kept.at("without_attribution").get_to(bulletin.without_attribution);
    kept.at("published_ms").get_to(bulletin.published_ms);
    kept.at("expires_ms").get_to(bulletin.expires_ms);
    bulletin.state = some(parse_state(kept.at("state").get<std::string>()));
    for (const json& one : kept.at("versions"))
      bulletin.versions.push_back(
          {content_of(one.at("content")), id_of(one.at("account")), one.at("time_ms"), one.at("reason")});
    bulletin.ended_ms = time_of(kept.at("ended_ms"));
    if (const json& reason = kept.at("withdrawn_as"); !reason.is_null())
      bulletin.withdrawn_as = some(parse_withdrawal(reason.get<std::string>()));
    return bulletin;
  });
}

std::string joint_case_record(const JointCase& joint) {
  json participants = json::array(), notes = json::array();
  for (const auto& one : joint.participants)
    participants.push_back({{"member", one.member.text()},
                            {"contact", one.contact},
                            {"joined_ms", one.joined_ms},
                            {"left_ms", time_json(one.left_ms)}});
  for (const auto& one : joint.notes)
    notes.push_back({{"id", one.id.text()},
                     {"member", one.member.text()},
                     {"account", one.account.text()},
                     {"text", one.text},
                     {"time_ms", one.time_ms}});
  return json{{"id", joint.id.text()},
              {"bulletin", joint.bulletin.text()},
              {"number", joint.number},
              {"state", joint_state_name(joint.state)},
              {"opened_ms", joint.opened_ms},
              {"participants", std::move(participants)},
              {"notes", std::move(notes)},
              {"outcome", joint.outcome ? json(outcome_name(*joint.outcome)) : json()},
              {"outcome_note", joint.outcome_note},
              {"closed_ms", time_json(joint.closed_ms)}}
      .dump();
}

Result<JointCase> parse_joint_case_record(std::string_view text) { return reading(text, "a joint case", joint_of); }

}  // namespace probity::bulletins
