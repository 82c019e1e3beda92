#include "http/routes/bulletins_fields.h"

#include <algorithm>

#include "base/encoding.h"
#include "bulletins/rules.h"

namespace probity::http::routes {
namespace {

using namespace bulletins;

constexpr TextLimits kLine{1, 200}, kText{1, kMostText, true}, kNote{1, kMostNote, true}, kName{0, 100};

// A word of a closed list; a complaint otherwise.
template <class Value>
Value word_of(JsonFields& fields, const char* name, std::optional<Value> (*parse)(std::string_view)) {
  const std::string word = fields.text(name, {1, 40});
  const auto value = parse(word);
  if (!value && !word.empty()) fields.complain(name, "is none of the words it can be");
  return value.value_or(Value{});
}

std::vector<std::string> words_of(JsonFields& fields, const char* name) {
  return fields.has(name) ? fields.texts(name, kMostWords, kLine) : std::vector<std::string>();
}

std::vector<Link> links_of(JsonFields& fields) {
  std::vector<Link> links;
  if (!fields.has("links")) return links;
  for (JsonFields& item : fields.objects("links", kMostLinks)) {
    Link link;
    link.kind = word_of<Link::Kind>(item, "kind", parse_link_kind);
    link.url = item.text("url", {1, kMostUrl});
    if (const auto checked = check_link(link.url); !checked && !link.url.empty())
      item.complain("url", checked.error().message);
    links.push_back(std::move(link));
  }
  return links;
}

std::vector<Accused> accused_of(JsonFields& fields) {
  std::vector<Accused> all;
  for (JsonFields& item : fields.objects("accused", kMostAccused)) {
    Accused one;
    one.kind = word_of<Accused::Kind>(item, "kind", parse_accused_kind);
    one.name = item.text("name", kLine);
    one.credit_code = item.optional_text("credit_code", {0, 18}).value_or("");
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Picture> pictures_of(JsonFields& fields) {
  std::vector<Picture> pictures;
  if (!fields.has("pictures")) return pictures;
  for (const std::string& hex : fields.texts("pictures", kMostPictures, {64, 64})) {
    const auto bytes = from_hex(hex);
    Picture picture;
    if (bytes && bytes->size() == picture.hash.size())
      std::ranges::copy(*bytes, picture.hash.begin());
    else
      fields.complain("pictures", "must be hashes");
    pictures.push_back(picture);
  }
  return pictures;
}

// `groups`: a node's own may be named; the hub knows none.
Audience audience_of(JsonFields& fields, bool groups) {
  Audience audience;
  auto part = fields.optional_object("audience");
  if (!part) {
    fields.complain("audience", "is required");
    return audience;
  }
  const std::string kind = part->text("kind", {1, 40});
  audience.everybody = kind == "all";
  const bool is_group = groups && kind == "group";
  if (!audience.everybody && !is_group && kind != "members" && !kind.empty())
    part->complain("kind", groups ? "must be all, members or group" : "must be all or members");
  audience.name = part->optional_text("name", kName).value_or("");
  if (part->has("members"))
    for (const Id& member : part->ids("members", kMostAudience)) audience.members.insert(member);
  if (groups && part->has("group")) audience.group = part->optional_id("group");
  if (is_group && !audience.group) part->complain("group", "must be a group's id");
  if (!is_group && audience.group) part->complain("group", "is for the kind group");
  // Those of a group are put in when it is sent.
  if ((audience.everybody || is_group) && !audience.members.empty())
    part->complain("members", "must be empty for all and for a group");
  if (is_group) return audience;
  if (!audience.everybody && audience.members.empty()) part->complain("members", "must name at least one");
  return audience;
}

}  // namespace

Content content_of(JsonFields& fields, bool pictures) {
  Content content;
  content.title = fields.text("title", kLine);
  content.text = fields.text("text", kText);
  content.links = links_of(fields);
  content.products = words_of(fields, "products");
  content.brands = words_of(fields, "brands");
  content.mentions = words_of(fields, "mentions");
  content.accused = accused_of(fields);
  if (pictures) content.pictures = pictures_of(fields);
  return content;
}

Proposal proposal_of(JsonFields& fields, bool pictures) {
  Proposal proposal;
  proposal.kind = word_of<Kind>(fields, "kind", parse_kind);
  proposal.tlp = word_of<Tlp>(fields, "tlp", parse_tlp);
  proposal.audience = audience_of(fields, !pictures);
  proposal.expires_ms = fields.time("expires_at");
  proposal.without_attribution = fields.optional_boolean("without_attribution").value_or(false);
  proposal.content = content_of(fields, pictures);
  return proposal;
}

SketchFields sketch_of(JsonFields& fields) {
  SketchFields sketch;
  sketch.kind = word_of<Kind>(fields, "kind", parse_kind);
  Content& content = sketch.content;
  content.title = fields.optional_text("title", {0, kMostTitle}).value_or("");
  content.text = fields.optional_text("text", {0, kMostText, true}).value_or("");
  content.products = words_of(fields, "products");
  content.brands = words_of(fields, "brands");
  content.mentions = words_of(fields, "mentions");
  if (fields.has("accused")) content.accused = accused_of(fields);
  return sketch;
}

CorrectionFields correction_of(JsonFields& fields, bool pictures) {
  CorrectionFields correction;
  correction.content = content_of(fields, pictures);
  correction.expires_ms = fields.optional_time("expires_at");
  correction.reason = fields.text("reason", kLine);
  return correction;
}

Withdrawal withdrawal_of(JsonFields& fields) { return word_of<Withdrawal>(fields, "reason", parse_withdrawal); }

SightingFields sighting_of(JsonFields& fields) {
  SightingFields sighting;
  sighting.verdict = word_of<Sighting::Verdict>(fields, "verdict", parse_verdict);
  sighting.count = static_cast<std::uint32_t>(fields.optional_integer("count", 1, 1'000'000).value_or(1));
  sighting.note = fields.optional_text("note", {0, 1000, true}).value_or("");
  return sighting;
}

ReplyFields reply_of(JsonFields& fields) {
  ReplyFields reply;
  reply.text = fields.text("text", kNote);
  reply.to = fields.optional_id("to");
  return reply;
}

std::string contact_of(JsonFields& fields) { return fields.text("contact", kLine); }

OutcomeFields joint_outcome_of(JsonFields& fields) {
  OutcomeFields outcome;
  outcome.outcome = word_of<JointCase::Outcome>(fields, "outcome", parse_outcome);
  outcome.note = fields.optional_text("note", {0, kMostNote, true}).value_or("");
  return outcome;
}

}  // namespace probity::http::routes
