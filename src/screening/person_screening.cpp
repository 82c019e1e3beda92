#include "screening/person_screening.h"

#include <fmt/format.h>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "alliance/subject.h"
#include "base/encoding.h"
#include "screening/hit_service.h"
#include "screening/receipt.h"

namespace probity::screening {
namespace {

constexpr std::size_t kMostRequisition = 100;
constexpr std::size_t kReportAtOnce = 500;

void wipe(std::string& text) { sodium_memzero(text.data(), text.size()); }

names::Today today_of(TimeMs now_ms) {
  const std::string date = to_rfc3339(now_ms);
  return {std::stoi(date.substr(0, 4)), std::stoi(date.substr(5, 2)), std::stoi(date.substr(8, 2))};
}

// With the memory of its texts wiped at the end.
struct PlainSubject {
  explicit PlainSubject(alliance::Subject value) : subject(std::move(value)) {}
  PlainSubject(PlainSubject&&) noexcept = default;
  PlainSubject& operator=(PlainSubject&&) = delete;
  ~PlainSubject() { wipe(subject.normalised); }
  alliance::Subject subject;
};

Result<names::Identifier> parse(const TypedIdentifier& typed, TimeMs now_ms) {
  if (typed.kind != names::IdentifierKind::resident_id && typed.kind != names::IdentifierKind::passport)
    return fail(ErrorCode::invalid_argument, "a person has a resident ID or a passport");
  const bool is_passport = typed.kind == names::IdentifierKind::passport;
  if (is_passport && typed.country.empty())
    return fail(ErrorCode::invalid_argument, "a passport needs its country", "three letters, as CHN");
  std::string text = is_passport ? typed.country + " " + typed.text : typed.text;
  auto identifier = names::parse_identifier(typed.kind, text, today_of(now_ms));
  wipe(text);
  return identifier;
}

Result<PlainSubject> plain_subject(const TypedIdentifier& typed, TimeMs now_ms) {
  TRY_ASSIGN(names::Identifier identifier, parse(typed, now_ms));
  auto subject = alliance::subject_of(identifier);
  wipe(identifier.text);
  TRY(subject);
  return PlainSubject(std::move(*subject));
}

// In Chinese, for the complaints that the parser makes in English.
std::string complaint_zh(const Error& error, names::IdentifierKind kind) {
  if (error.message.find("check character") != std::string::npos) return "校验码不符：其中有一位输入有误";
  if (error.message.find("date of birth") != std::string::npos) return "第 7 至 14 位不是有效的出生日期";
  if (error.message.find("province") != std::string::npos) return "前两位不是有效的省级代码";
  if (kind == names::IdentifierKind::passport) return "护照应为三位国家代码和 5 至 12 位号码";
  return "居民身份证号应为 18 位（末位可为 X）或旧版 15 位数字";
}

}  // namespace

TypedIdentifier::TypedIdentifier(names::IdentifierKind k, std::string t, std::string c)
    : kind(k), text(std::move(t)), country(std::move(c)) {}
TypedIdentifier::~TypedIdentifier() { wipe(text); }

Result<std::string> next_number(const Ports& ports, std::string_view kind, int width) {
  const int year = std::stoi(to_rfc3339(ports.clock.now_ms()).substr(0, 4));
  TRY_ASSIGN(const std::uint32_t ordinal, ports.store.next_ordinal(kind, year));
  return fmt::format("{}-{:04}-{:0{}}", kind, year, ordinal, width);
}

Result<void> append_event(const Ports& ports, const char* kind, const events::Actor& actor, const std::string& number,
                          const Id& id, const std::string& what) {
  events::Event event;
  event.time_ms = ports.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  nlohmann::json data{{"number", number}, {"id", id.text()}};
  if (!what.empty()) data["what"] = what;
  event.data_json = data.dump();
  TRY(ports.events.append(event));
  return {};
}

Result<Asked> ask_alliance(const Ports& ports, const TypedIdentifier& identifier, const events::Actor& actor) {
  TRY_ASSIGN(const PlainSubject plain, plain_subject(identifier, ports.clock.now_ms()));
  TRY_ASSIGN(alliance::LookUpAnswer answer, ports.membership.ask(plain.subject, actor.id.value_or(Id{})));
  Asked asked;
  for (const alliance::SamePerson& same : answer.same_person) {
    const Hash key = hkdf(ports.secret.view(), same.key.view());
    asked.marks.push_back({same.epoch, to_hex(BytesView(key).first(16))});
  }
  if (asked.marks.empty()) return fail(ErrorCode::internal, "a question was answered under no key");
  for (const alliance::FoundLabel& label : answer.labels) {
    asked.seen.labels.push_back(label.content);
    asked.seen.places.push_back({label.epoch, label.bits, label.prefix});
  }
  asked.answer = std::move(answer);
  return asked;
}

IdentifierFinding PersonScreening::check(const TypedIdentifier& identifier) const {
  IdentifierFinding finding;
  const auto parsed = parse(identifier, ports_.clock.now_ms());
  if (parsed) {
    finding.valid = true;
    finding.en = "This can be right; whether it is this person's, only their document says.";
    finding.zh = "格式正确；是否属于本人，请以证件为准。";
    return finding;
  }
  finding.en = parsed.error().message + (parsed.error().hint.empty() ? "" : ": " + parsed.error().hint);
  finding.zh = complaint_zh(parsed.error(), identifier.kind);
  if (identifier.kind != names::IdentifierKind::resident_id) return finding;
  auto repairs = names::one_typo_repairs(identifier.kind, identifier.text, today_of(ports_.clock.now_ms()));
  finding.repairs = repairs.size();
  for (names::Identifier& repair : repairs) wipe(repair.text);
  return finding;
}

Result<PersonQuery> PersonScreening::record_question(const NewQuestion& question, const events::Actor& actor) {
  PersonQuery query;
  query.id = Id::random(ports_.random);
  query.kind = question.identifier.kind;
  query.purpose = question.purpose;
  query.consent = question.consent;
  query.asked_by = actor;
  query.asked_ms = ports_.clock.now_ms();
  TRY_ASSIGN(query.requisition, tidy_line_without_identifier("requisition", question.requisition, kMostRequisition));
  TRY(check_consent(question.consent, query.asked_ms));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(query.number, next_number(ports_, "Q", 6));
    Hash nonce;
    ports_.random.fill(nonce);
    query.consent_text = consent_text(query, ports_.membership.facts().member, nonce);
    query.consent_commitment = sha256(as_bytes(query.consent_text));
    TRY(ports_.store.insert(query));
    const nlohmann::json content{{"consent_commitment", to_hex(query.consent_commitment)}, {"query", query.number}};
    TRY(ports_.log.record({"screening_asked", query.id, content.dump()}));
    return append_event(ports_, "screening.asked", actor, query.number, query.id);
  }));
  return query;
}

Result<void> PersonScreening::open_hit(PersonQuery& query, const Asked& asked) {
  for (const PersonMark& mark : asked.marks) {
    TRY_ASSIGN(const std::vector<Hit> known, ports_.store.hits_about(mark.same_person));
    for (const Hit& hit : known) {
      if (!is_pending(hit)) continue;
      query.hit = hit.id;  // one duty for one person, however often they are asked about
      TRY(append_event(ports_, "hit.found_again", query.asked_by, hit.number, hit.id));
      if (says_the_same(hit, asked.seen)) return {};
      // Another member lists the person too by now, or one of several does no more.
      TRY_ASSIGN(const Hit after, look_again(hit, asked.seen, {query.asked_by, ports_.clock.now_ms()}));
      return save_hit(ports_, hit, after);
    }
  }
  Hit hit;
  hit.id = Id::random(ports_.random);
  hit.query = query.id;
  hit.query_number = query.number;
  hit.purpose = query.purpose;
  hit.requisition = query.requisition;
  hit.same_person = asked.marks.front().same_person;
  hit.person_epoch = asked.marks.front().epoch;
  hit.places = asked.seen.places;
  for (const alliance::LabelContent& label : asked.seen.labels) hit.labels.push_back({label});
  hit.steps.push_back({HitStep::Kind::found, query.asked_by, ports_.clock.now_ms(), {}});
  TRY_ASSIGN(hit.number, next_number(ports_, "H", 4));
  query.hit = hit.id;
  TRY(ports_.store.insert(hit));
  const nlohmann::json content{{"hit", hit.number}, {"query", query.number}, {"step", "found"}};
  TRY(ports_.log.record({"hit_step", hit.id, content.dump()}));
  return append_event(ports_, "hit.found", query.asked_by, hit.number, hit.id);
}

Result<void> PersonScreening::record_answer(PersonQuery& query, const Asked& asked) {
  const alliance::MembershipFacts facts = ports_.membership.facts();
  query.receipt =
      make_receipt({facts.member, facts.hub.identity, query.asked_ms, query.consent_commitment}, asked.answer);
  query.receipt_sha256 = to_hex(sha256(as_bytes(query.receipt)));
  query.same_person = asked.marks.front().same_person;
  query.answered_ms = ports_.clock.now_ms();
  query.outcome = asked.is_hit() ? Outcome::hit : Outcome::not_listed;
  return ports_.transactions.write([&]() -> Result<void> {
    for (const PersonMark& mark : asked.marks) {
      TRY_ASSIGN(const std::uint32_t asked_before, ports_.store.count_about(mark.same_person));
      query.repeats += asked_before;
    }
    if (asked.is_hit()) TRY(open_hit(query, asked));
    TRY(ports_.store.update(query));
    const nlohmann::json content{{"query", query.number}, {"receipt_sha256", query.receipt_sha256}};
    TRY(ports_.log.record({"screening_answered", query.id, content.dump()}));
    return append_event(ports_, "screening.answered", query.asked_by, query.number, query.id);
  });
}

Result<PersonQuery> PersonScreening::ask(const NewQuestion& question, const events::Actor& actor) {
  // What cannot be an identifier is no question, and leaves no trace.
  TRY(plain_subject(question.identifier, ports_.clock.now_ms()));
  TRY_ASSIGN(PersonQuery query, record_question(question, actor));
  TRY_ASSIGN(const Asked asked, ask_alliance(ports_, question.identifier, actor));
  TRY(record_answer(query, asked));
  return query;
}

Result<PersonQuery> PersonScreening::find(const Id& id) {
  TRY_ASSIGN(auto query, ports_.store.query(id));
  if (!query) return fail(ErrorCode::not_found, "there is no such question");
  return std::move(*query);
}

Result<void> PersonScreening::report_consents() {
  TRY_ASSIGN(const auto untold, ports_.store.untold_commitments(kReportAtOnce));
  for (std::size_t begin = 0; begin < untold.size();) {
    const std::string quarter = quarter_of(untold[begin].asked_ms);
    std::vector<Hash> commitments;
    std::size_t end = begin;
    for (; end < untold.size() && quarter_of(untold[end].asked_ms) == quarter; ++end)
      commitments.push_back(untold[end].consent_commitment);
    TRY(ports_.membership.call("POST", "/alliance/v1/consents", report_body(quarter, commitments), Id{}));
    TRY(ports_.transactions.write([&]() -> Result<void> {
      for (; begin < end; ++begin) TRY(ports_.store.mark_told(untold[begin].id));
      return {};
    }));
  }
  TRY_ASSIGN(const std::string body, ports_.membership.call("GET", "/alliance/v1/audits", "", Id{}));
  TRY_ASSIGN(const auto audits, parse_audits(body));
  return ports_.transactions.write([&]() -> Result<void> {
    for (const ConsentAudit& audit : audits) {
      TRY_ASSIGN(const auto known, ports_.store.audit(audit.id));
      if (known || audit.commitments.empty()) continue;
      TRY(ports_.store.insert(audit));
      TRY(append_event(ports_, "screening.audit_drawn", {}, std::to_string(audit.commitments.size()), audit.id));
    }
    return {};
  });
}

Result<ConsentAudit> PersonScreening::open_audit(const Id& id, const events::Actor& actor) {
  TRY_ASSIGN(auto audit, ports_.store.audit(id));
  if (!audit) return fail(ErrorCode::not_found, "there is no such audit");
  if (audit->opened_ms) return fail(ErrorCode::conflict, "this audit was opened before");
  std::vector<ConsentOpening> openings;
  for (const Hash& commitment : audit->commitments) {
    TRY_ASSIGN(const auto query, ports_.store.query_of_commitment(commitment));
    if (!query)
      return fail(ErrorCode::not_found, "one of the drawn commitments is none of this node's",
                  "tell the auditor; another node of this member may have made it");
    openings.push_back({commitment, query->consent_text});
  }
  TRY(ports_.membership.call("POST", "/alliance/v1/audits/" + id.text() + "/open", openings_body(openings),
                             actor.id.value_or(Id{})));
  audit->opened_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.update(*audit));
    return append_event(ports_, "screening.audit_opened", actor, std::to_string(audit->commitments.size()), audit->id);
  }));
  return std::move(*audit);
}

}  // namespace probity::screening
