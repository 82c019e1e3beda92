#include "bulletins/json.h"

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "bulletins/rules.h"

namespace probity::bulletins {
namespace {

using nlohmann::json;

json optional_text(const std::optional<std::string>& text) { return text ? json(*text) : json(); }

template <class Record>
json words_json(const Spoken<Record>& spoken) {
  return {{"by", optional_text(spoken.by)}, {"at", to_rfc3339(spoken.record.time_ms)}};
}

json reply_json(const Spoken<Reply>& spoken) {
  json out = words_json(spoken);
  out["id"] = spoken.record.id.text();
  out["by_author"] = spoken.by_author;
  out["text"] = spoken.record.text;
  return out;
}

// Replies in the order they came, each with its answers.
json thread_json(const std::vector<Spoken<Reply>>& replies) {
  json thread = json::array();
  for (const auto& reply : replies) {
    if (reply.record.to) continue;
    json one = reply_json(reply), answers = json::array();
    for (const auto& answer : replies)
      if (answer.record.to == reply.record.id) answers.push_back(reply_json(answer));
    one["answers"] = std::move(answers);
    thread.push_back(std::move(one));
  }
  return thread;
}

json audience_json(const View& view) {
  json members = json::array();
  for (const MemberName& member : view.audience) members.push_back({{"id", member.id.text()}, {"name", member.name}});
  const Audience& audience = view.row.bulletin.audience;
  return {{"kind", audience.everybody ? "all" : "members"}, {"name", audience.name}, {"members", std::move(members)}};
}

json versions_json(const Bulletin& bulletin) {
  json versions = json::array();
  for (std::size_t i = 0; i + 1 < bulletin.versions.size(); ++i) {
    const Version& version = bulletin.versions[i];
    versions.push_back({{"version", i + 1},
                        {"at", to_rfc3339(version.time_ms)},
                        {"reason", bulletin.versions[i + 1].reason},
                        {"content", content_to_json(version.content)}});
  }
  return versions;
}

}  // namespace

std::optional<TimeMs> time_of_text(const std::string& text) {
  int year = 0, hour = 0, minute = 0, second = 0, ms = 0;
  unsigned month = 0, day = 0;
  if (text.size() != 24 ||
      std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ", &year, &month, &day, &hour, &minute, &second, &ms) != 7)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch();
  return days.count() * kDayMs + ((hour * 60LL + minute) * 60 + second) * 1000 + ms;
}

json said_to_json(const Said& said) { return {{"en", said.en}, {"zh", said.zh}}; }

json content_to_json(const Content& content) {
  json links = json::array(), accused = json::array();
  for (const Link& link : content.links) links.push_back({{"kind", link_kind_name(link.kind)}, {"url", link.url}});
  for (const Accused& one : content.accused)
    accused.push_back({{"kind", accused_kind_name(one.kind)},
                       {"name", one.name},
                       {"credit_code", one.credit_code.empty() ? json() : json(one.credit_code)}});
  return {{"title", content.title},       {"text", content.text},     {"links", std::move(links)},
          {"products", content.products}, {"brands", content.brands}, {"accused", std::move(accused)},
          {"mentions", content.mentions}};
}

json pictures_to_json(const std::vector<Picture>& pictures) {
  json out = json::array();
  for (const Picture& picture : pictures)
    out.push_back({{"id", to_hex(picture.hash)},
                   {"width_px", picture.width_px},
                   {"height_px", picture.height_px},
                   {"size_bytes", picture.size_bytes}});
  return out;
}

json findings_to_json(const std::vector<Finding>& findings) {
  json out = json::array();
  for (const Finding& finding : findings)
    out.push_back(
        {{"field", finding.field}, {"what", said_to_json(finding.what)}, {"instead", said_to_json(finding.instead)}});
  return out;
}

json to_json(const Row& row) {
  const Bulletin& bulletin = row.bulletin;
  json out{{"id", bulletin.id.text()}, {"number", bulletin.number}, {"state", state_name(bulletin.state)}};
  if (row.access != Access::whole) {
    if (bulletin.ended_ms) out["withdrawn_at"] = to_rfc3339(*bulletin.ended_ms);
    if (bulletin.withdrawn_as) out["withdrawn_as"] = withdrawal_name(*bulletin.withdrawn_as);
    return out;
  }
  out["kind"] = kind_name(bulletin.kind);
  out["title"] = bulletin.content().title;
  out["tlp"] = tlp_name(bulletin.tlp);
  out["author"] = optional_text(row.author);
  out["is_own"] = row.is_own;
  out["published_at"] = to_rfc3339(bulletin.published_ms);
  out["changed_at"] = to_rfc3339(bulletin.changed_ms());
  out["expires_at"] = to_rfc3339(bulletin.expires_ms);
  out["version"] = bulletin.version();
  out["read"] = row.tally.read_version >= bulletin.version();
  out["seen"] = row.tally.seen;
  out["denied"] = row.tally.denied;
  out["replies"] = row.tally.replies;
  out["joint_case"] = row.tally.joint_case ? json{{"id", row.tally.joint_case->text()},
                                                  {"state", row.tally.joint_case_open ? "open" : "closed"}}
                                           : json();
  return out;
}

json to_json(const View& view) {
  json out = to_json(view.row);
  if (view.row.access != Access::whole) return out;
  const Bulletin& bulletin = view.row.bulletin;
  out.update(content_to_json(bulletin.content()));
  out["allows"] = said_to_json(what_tlp_allows(bulletin.tlp));
  out["pictures"] = pictures_to_json(bulletin.content().pictures);
  out["audience"] = audience_json(view);
  out["versions"] = versions_json(bulletin);
  json sightings = json::array();
  for (const auto& spoken : view.sightings) {
    json one = words_json(spoken);
    one["verdict"] = verdict_name(spoken.record.verdict);
    one["count"] = spoken.record.count;
    one["note"] = spoken.record.note;
    sightings.push_back(std::move(one));
  }
  out["sightings"] = std::move(sightings);
  out["thread"] = thread_json(view.replies);
  out["readers"] = json();
  if (view.readers) {
    out["readers"] = json::array();
    for (const ReaderCount& reader : *view.readers)
      out["readers"].push_back(
          {{"name", reader.member}, {"accounts", reader.accounts}, {"last_at", to_rfc3339(reader.last_ms)}});
  }
  return out;
}

json to_json(const Related& related) {
  json shares = json::array();
  for (const Mark& mark : related.shares) shares.push_back({{"kind", mark.kind}, {"value", mark.value}});
  return {{"bulletin", to_json(related.row)}, {"shares", std::move(shares)}};
}

json to_json(const JointView& view) {
  const JointCase& joint = view.joint;
  std::size_t members = 0;
  for (const auto& one : joint.participants) members += one.left_ms ? 0 : 1;
  json out{{"id", joint.id.text()},
           {"bulletin", joint.bulletin.text()},
           {"number", joint.number},
           {"state", joint_state_name(joint.state)},
           {"opened_at", to_rfc3339(joint.opened_ms)},
           {"joined", view.joined},
           {"members", members},
           {"outcome", joint.outcome ? json(outcome_name(*joint.outcome)) : json()},
           {"closed_at", joint.closed_ms ? json(to_rfc3339(*joint.closed_ms)) : json()}};
  if (!view.joined) return out;
  const auto name = [&](const Id& member) {
    const auto found = view.names.find(member);
    return found == view.names.end() ? std::string("a former member") : found->second;
  };
  json participants = json::array(), notes = json::array();
  for (const auto& one : joint.participants)
    participants.push_back({{"name", name(one.member)},
                            {"contact", one.contact},
                            {"joined_at", to_rfc3339(one.joined_ms)},
                            {"left_at", one.left_ms ? json(to_rfc3339(*one.left_ms)) : json()}});
  for (const auto& one : joint.notes)
    notes.push_back(
        {{"id", one.id.text()}, {"by", name(one.member)}, {"text", one.text}, {"at", to_rfc3339(one.time_ms)}});
  out["participants"] = std::move(participants);
  out["notes"] = std::move(notes);
  out["outcome_note"] = joint.outcome_note;
  return out;
}

json to_json(const GroupView& view) {
  json members = json::array();
  for (const MemberName& one : view.group.members)
    members.push_back({{"id", one.id.text()}, {"name", one.name}, {"left", view.left.contains(one.id)}});
  return {{"id", view.group.id.text()},
          {"name", view.group.name},
          {"members", std::move(members)},
          {"members_known", view.is_compared},
          {"updated_at", to_rfc3339(view.group.updated_ms)},
          {"updated_by", view.group.by}};
}

json labels_to_json() {
  json items = json::array();
  for (const Tlp tlp : kTlps)
    items.push_back({{"label", tlp_name(tlp)}, {"allows", said_to_json(what_tlp_allows(tlp))}});
  const std::size_t total = items.size();
  return {{"items", std::move(items)}, {"total", total}};
}

}  // namespace probity::bulletins
