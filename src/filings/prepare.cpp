#include "filings/prepare.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "alliance/subject.h"
#include "base/encoding.h"
#include "filings/rules.h"

namespace probity::filings {
namespace {

using alliance::Paper;
using nlohmann::json;

// Through a volatile pointer, so that it is not left out as a store that nobody reads.
void wipe(std::string& text) {
  volatile char* at = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) at[i] = '\0';
}

names::Today today_of(TimeMs now_ms) {
  using namespace std::chrono;
  const year_month_day date(floor<days>(sys_time<milliseconds>(milliseconds(now_ms))));
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

json time_json(const std::optional<TimeMs>& time_ms) { return time_ms ? json(to_rfc3339(*time_ms)) : json(nullptr); }

json story_json(const Filing& filing) {
  const Words& words = filing.words;
  json story{{"kind", subject_kind_name(filing.subject.kind)},
             {"name", filing.subject.name},
             {"case", filing.case_number},
             {"conduct", alliance::conduct_entry(words.conduct).name},
             {"standard_of_proof", alliance::standard_name(words.standard)},
             {"intentional_for_gain", words.intentional_for_gain},
             {"facts", words.facts},
             {"happened_at", time_json(words.happened_ms)},
             {"decided_at", time_json(words.decided_ms)},
             {"decided_by", words.decided_by},
             {"ended_how", words.ended_how},
             {"contact", words.contact},
             {"documents", json::array()}};
  for (const Document& one : filing.documents)
    if (one.kind == Paper::Kind::evidence)
      story["documents"].push_back({{"name", one.name},
                                    {"media_type", one.media_type},
                                    {"size_bytes", one.size_bytes},
                                    {"test", test_name(one.test)},
                                    {"commitment", to_hex(one.commitment)}});
  if (filing.subject.enterprise) story["enterprise"] = alliance::enterprise_to_json(*filing.subject.enterprise);
  return story;
}

Result<oprf::SealedLabel> label_of(const Ports& ports, const Filing& filing, const alliance::MembershipFacts& facts,
                                   const oprf::ListKeys& keys, TimeMs until_ms) {
  alliance::LabelContent content{
      filing.number, filing.words.conduct, facts.name, filing.words.contact, filing.words.decided_ms.value_or(0),
      until_ms};
  TRY_ASSIGN(const Bytes encoded, alliance::encode_label(content));
  return oprf::seal_label(facts.epoch, keys, encoded, ports.random);
}

}  // namespace

PlainSubject::~PlainSubject() { wipe(subject.normalised); }

Result<names::Identifier> read_identifier(names::IdentifierKind kind, std::string_view text, TimeMs now_ms) {
  TRY_ASSIGN(names::Identifier identifier, names::parse_identifier(kind, text, today_of(now_ms)));
  TRY_ASSIGN(const PlainSubject checked, alliance::subject_of(identifier).map([](alliance::Subject subject) {
    return PlainSubject(std::move(subject));
  }));
  return identifier;
}

Result<Bytes> seal_identifier(const Ports& ports, const names::Identifier& identifier) {
  TRY_ASSIGN(alliance::Subject subject, alliance::subject_of(identifier));
  const PlainSubject plain(std::move(subject));
  return oprf::seal_to(ports.identity.open(), as_bytes(plain.subject.normalised));
}

Result<PlainSubject> unseal_identifier(const Ports& ports, const Filing& filing) {
  if (filing.subject.sealed_identifier.empty() || !filing.subject.identifier_kind)
    return fail(ErrorCode::conflict, "the identifier is not kept here any more", "enter it again");
  TRY_ASSIGN(Bytes plain, ports.identity.unseal(filing.subject.sealed_identifier));
  alliance::Subject subject;
  subject.normalised = std::string(as_text(plain));
  std::ranges::fill(plain, 0);
  switch (*filing.subject.identifier_kind) {
    case names::IdentifierKind::resident_id:
      subject.kind = oprf::IdentifierKind::resident_id;
      break;
    case names::IdentifierKind::passport:
      subject.kind = oprf::IdentifierKind::passport;
      break;
    default:
      return fail(ErrorCode::corrupt, "a person has another kind of identifier");
  }
  return PlainSubject(std::move(subject));
}

Hash fingerprint_of(const Filing& filing) {
  json story = story_json(filing);
  story["identifier"] = to_hex(sha256(filing.subject.sealed_identifier));
  story["number"] = filing.number;
  const std::string text = story.dump(-1, ' ', false, json::error_handler_t::replace);
  return sha256(as_bytes(text));
}

Result<alliance::Restatement> restate(const Ports& ports, const Filing& filing, const Id& account, TimeMs until_ms) {
  if (filing.subject.enterprise) return alliance::restatement_of(*filing.subject.enterprise);
  const alliance::MembershipFacts facts = ports.membership.facts();
  TRY_ASSIGN(const PlainSubject plain, unseal_identifier(ports, filing));
  TRY_ASSIGN(const oprf::ListKeys keys, ports.membership.list_keys_of(plain.subject, account));
  if (ports.membership.facts().epoch != facts.epoch)
    return fail(ErrorCode::unavailable, "the year's key changed at this very moment", "try again");
  alliance::Restatement place;
  place.epoch = facts.epoch;
  place.tag = keys.tag;
  TRY_ASSIGN(place.label, label_of(ports, filing, facts, keys, until_ms));
  return place;
}

alliance::Draft draft_of(const Filing& filing, const alliance::Restatement& place) {
  alliance::Draft draft;
  draft.conduct = filing.words.conduct;
  draft.standard = filing.words.standard;
  draft.intentional_for_gain = filing.words.intentional_for_gain;
  // A company has no age; a person's was checked against the day of the conduct.
  draft.subject_is_adult =
      filing.subject.enterprise.has_value() || (filing.subject.born_ms && filing.words.happened_ms &&
                                                was_adult(*filing.subject.born_ms, *filing.words.happened_ms));
  draft.epoch = place.epoch;
  draft.tag = place.tag;
  draft.label = place.label;
  draft.enterprise = place.enterprise;
  for (const Document& one : filing.documents) {
    if (one.kind != Paper::Kind::evidence && one.kind != Paper::Kind::summary) continue;
    auto& test = one.test == Test::reasonable_grounds ? draft.tests.reasonable_grounds
                 : one.test == Test::clear_evidence   ? draft.tests.clear_evidence
                                                      : draft.tests.ended_because_of_it;
    test.push_back(one.commitment);
  }
  return draft;
}

Result<Document> keep_document(const Ports& ports, const Paper& paper, Test test, const std::string& by) {
  TRY_ASSIGN(const Bytes sealed, alliance::seal_paper(paper, ports.identity.open()));
  Document one;
  one.id = Id::random(ports.random);
  one.kind = paper.kind;
  one.test = test;
  one.name = paper.title;
  one.media_type = paper.media_type;
  one.size_bytes = paper.bytes.size();
  one.commitment = alliance::paper_commitment(paper);
  TRY_ASSIGN(one.blob, ports.blobs.put(sealed));
  one.added_ms = ports.clock.now_ms();
  one.added_by = by;
  return one;
}

Result<Paper> open_document(const Ports& ports, const Hash& blob) {
  TRY_ASSIGN(const Bytes sealed, ports.blobs.get(blob));
  return alliance::open_paper(sealed, ports.identity);
}

Result<Document> make_summary(const Ports& ports, const Filing& filing, const std::string& by) {
  json story = story_json(filing);
  story["format"] = "probity filing summary v1";
  story["number"] = filing.number;
  story["filer"] = ports.membership.facts().name;
  const std::string text = story.dump(-1, ' ', false, json::error_handler_t::replace);
  Paper paper{Paper::Kind::summary, "Summary of " + filing.number, "application/json", "", {}, {}};
  paper.salt = alliance::draw_salt(ports.random);
  paper.bytes.assign(text.begin(), text.end());
  return keep_document(ports, paper, Test::reasonable_grounds, by);
}

}  // namespace probity::filings
