#include "filings/service.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "filings/prepare.h"
#include "filings/record.h"
#include "parties/text.h"

namespace probity::filings {
namespace {

using alliance::Paper;
using nlohmann::json;

// Two people can only be told apart when each has an account.
Result<Person> person_of(const events::Actor& actor) {
  if (actor.kind != events::Actor::Kind::account || !actor.id)
    return fail(ErrorCode::forbidden, "filings are made by people with accounts", "name yourself: --as");
  return Person{*actor.id, actor.name};
}

Result<std::string> line(const char* what, const std::string& text, std::size_t most = kMostLineCharacters) {
  TRY_ASSIGN(std::string tidy, parties::tidy_line(what, text, most));
  if (names::holds_resident_id(tidy))
    return fail(ErrorCode::invalid_argument, "an identifier has a field of its own", "it is sealed there");
  return tidy;
}

Result<std::string> words(const char* what, const std::string& text, std::size_t most) {
  TRY_ASSIGN(std::string tidy, parties::tidy_text(what, text, most));
  if (names::holds_resident_id(tidy))
    return fail(ErrorCode::invalid_argument, "an identifier has a field of its own", "it is sealed there");
  return tidy;
}

Result<std::string> reason_of(const std::string& text) {
  TRY_ASSIGN(std::string reason, words("reason", text, 1000));
  if (reason.empty()) return fail(ErrorCode::invalid_argument, "a reason is asked for");
  return reason;
}

int utc_year(TimeMs time_ms) { return std::stoi(to_rfc3339(time_ms).substr(0, 4)); }

Result<void> take_words(Filing& filing, const FilingChange& change) {
  Words& to = filing.words;
  if (change.conduct) {
    TRY_ASSIGN(to.conduct, alliance::parse_conduct(*change.conduct));
  }
  if (change.name) {
    TRY_ASSIGN(filing.subject.name, line("name", *change.name));
  }
  if (change.facts) {
    TRY_ASSIGN(to.facts, words("facts", *change.facts, kMostFactsCharacters));
  }
  if (change.decided_by) {
    TRY_ASSIGN(to.decided_by, line("decided_by", *change.decided_by));
  }
  if (change.ended_how) {
    TRY_ASSIGN(to.ended_how, words("ended_how", *change.ended_how, 2000));
  }
  if (change.contact) {
    TRY_ASSIGN(to.contact, line("contact", *change.contact, kMostContactCharacters));
  }
  if (change.standard) to.standard = *change.standard;
  if (change.intentional_for_gain) to.intentional_for_gain = *change.intentional_for_gain;
  if (change.happened_ms) to.happened_ms = *change.happened_ms;
  if (change.decided_ms) to.decided_ms = *change.decided_ms;
  return {};
}

Result<void> take_enterprise(Filing& filing, const std::optional<alliance::Enterprise>& enterprise) {
  if (!enterprise) return {};
  if (filing.subject.kind != SubjectKind::enterprise)
    return fail(ErrorCode::invalid_argument, "a person is not listed as an enterprise");
  TRY_ASSIGN(filing.subject.enterprise, alliance::checked_enterprise(*enterprise));
  return {};
}

}  // namespace

Result<Filing> FilingService::find(const Id& id) {
  TRY_ASSIGN(auto filing, ports_.store.find(id));
  if (!filing) return fail(ErrorCode::not_found, "there is no such filing");
  return std::move(*filing);
}

// --- Writing a draft
// ---------------------------------------------------------------------------------------------------

// One transaction: load, `work(filing)`, keep, tell. Whoever writes does not approve.
template <class Work>
Result<Filing> FilingService::change(const Id& id, const events::Actor& actor, const char* kind, Work work) {
  TRY_ASSIGN(const Person person, person_of(actor));
  std::optional<Filing> changed;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(changed, find(id));
    TRY(check_editable(*changed));
    TRY(work(*changed));
    changed->author = person;
    changed->writers.insert(person.account);
    changed->updated_ms = ports_.clock.now_ms();
    TRY(ports_.store.update(*changed));
    return clerk_.tell(*changed, kind, actor);
  }));
  return std::move(*changed);
}

Result<Filing> FilingService::draft(const NewFiling& wanted, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, person_of(actor));
  Filing filing;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    filing.id = Id::random(ports_.random);
    filing.created_ms = filing.updated_ms = ports_.clock.now_ms();
    filing.subject.kind = wanted.kind;
    FilingChange change;
    if (!wanted.conduct.empty()) change.conduct = wanted.conduct;
    change.name = wanted.name;
    if (wanted.case_id) {
      TRY_ASSIGN(const auto facts, ports_.cases.find(*wanted.case_id));
      if (!facts) return fail(ErrorCode::not_found, "there is no such case");
      if (!facts->decided)
        return fail(ErrorCode::conflict, "this case has not been decided as a breach, or not for good",
                    "two people decide it, and the time to appeal passes");
      filing.case_id = facts->id;
      filing.case_number = facts->number;
      change.facts = facts->summary;
      change.decided_by = facts->decided_by;
      change.decided_ms = facts->decided_ms;
      const auto accused =
          std::ranges::find_if(facts->accused, [&](const auto& one) { return one.party == wanted.accused; });
      if (wanted.accused && accused == facts->accused.end())
        return fail(ErrorCode::not_found, "that is nobody accused in the case");
      if (accused != facts->accused.end()) {
        change.name = accused->name;
        filing.subject.kind = accused->person ? SubjectKind::person : SubjectKind::enterprise;
      }
    }
    TRY(take_words(filing, change));
    filing.author = person;
    filing.writers = {person.account};
    filing.year = utc_year(filing.created_ms);
    TRY_ASSIGN(filing.ordinal, ports_.store.next_ordinal(filing.year));
    filing.number = filing_number(filing.year, filing.ordinal);
    TRY(ports_.store.insert(filing));
    return clerk_.tell(filing, "filing.drafted", actor);
  }));
  return filing;
}

Result<Filing> FilingService::update(const Id& id, const FilingChange& wanted, const events::Actor& actor) {
  return change(id, actor, "filing.changed", [&](Filing& filing) -> Result<void> {
    TRY(take_words(filing, wanted));
    return take_enterprise(filing, wanted.enterprise);
  });
}

Result<Filing> FilingService::identify(const Id& id, const GivenIdentifier& given, const events::Actor& actor) {
  const bool is_persons =
      given.kind == names::IdentifierKind::resident_id || given.kind == names::IdentifierKind::passport;
  if (!is_persons)
    return fail(ErrorCode::invalid_argument, "a person has a resident ID or a passport",
                "a company's numbers stand with its names");
  TRY_ASSIGN(names::Identifier identifier, read_identifier(given.kind, given.text, ports_.clock.now_ms()));
  TRY_ASSIGN(Bytes sealed, seal_identifier(ports_, identifier));
  std::optional<TimeMs> born_ms = given.born_ms;
  if (identifier.kind == names::IdentifierKind::resident_id) {
    const names::ResidentFacts facts = names::resident_facts(identifier);
    born_ms = day_ms(facts.year, facts.month, facts.day);
  }
  const PlainSubject wiped(alliance::Subject{{}, std::move(identifier.text)});
  return change(id, actor, "filing.identified", [&](Filing& filing) -> Result<void> {
    if (filing.subject.kind != SubjectKind::person)
      return fail(ErrorCode::invalid_argument, "a company's numbers stand with its names");
    filing.subject.identifier_kind = given.kind;
    filing.subject.sealed_identifier = sealed;
    filing.subject.born_ms = born_ms;
    return {};
  });
}

Result<Filing> FilingService::add_document(const Id& id, const NewDocument& wanted, const events::Actor& actor) {
  if (wanted.bytes.empty()) return fail(ErrorCode::invalid_argument, "the document is empty");
  Paper paper{Paper::Kind::evidence, "", wanted.media_type, std::string(test_name(wanted.test)), {}, wanted.bytes};
  TRY_ASSIGN(paper.title, line("name", wanted.name));
  if (paper.title.empty()) return fail(ErrorCode::invalid_argument, "a document needs a name");
  paper.salt = alliance::draw_salt(ports_.random);
  TRY_ASSIGN(const Document document, keep_document(ports_, paper, wanted.test, actor.name));
  return change(id, actor, "filing.document_added", [&](Filing& filing) -> Result<void> {
    if (filing.documents.size() >= kMostDocuments) return fail(ErrorCode::conflict, "60 documents are enough");
    filing.documents.push_back(document);
    return {};
  });
}

Result<Filing> FilingService::remove_document(const Id& id, const Id& document, const events::Actor& actor) {
  return change(id, actor, "filing.document_removed", [&](Filing& filing) -> Result<void> {
    const std::size_t removed = std::erase_if(
        filing.documents, [&](const Document& one) { return one.id == document && one.kind == Paper::Kind::evidence; });
    if (removed == 0) return fail(ErrorCode::not_found, "there is no such document");
    return {};
  });
}

Result<OpenedDocument> FilingService::document(const Id& id, const Id& wanted) {
  TRY_ASSIGN(const Filing filing, find(id));
  std::optional<Hash> blob;
  if (const Document* own = filing.document(wanted)) blob = own->blob;
  for (const Arrival& arrival : filing.arrivals)
    if (arrival.paper == wanted) blob = arrival.blob;
  if (!blob) return fail(ErrorCode::not_found, "there is no such document");
  TRY_ASSIGN(Paper paper, open_document(ports_, *blob));
  return OpenedDocument{std::move(paper.title), std::move(paper.media_type), std::move(paper.bytes)};
}

// --- Verbs that the hub has to do
// --------------------------------------------------------------------------------------

// Writes the verb down as pending, with what `work(filing, pending)` adds, and takes it to the hub.
template <class Work>
Result<Filing> FilingService::begin(const Id& id, Verb verb, const events::Actor& actor, Work work) {
  TRY_ASSIGN(const Person person, person_of(actor));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Filing filing, find(id));
    TRY(check_verb(filing, verb, person.account, ports_.clock.now_ms()));
    Pending pending;
    pending.verb = verb;
    pending.by = person;
    pending.begun_ms = pending.next_ms = filing.updated_ms = ports_.clock.now_ms();
    pending.steps_seen = filing.listing ? filing.listing->steps.size() : 0;
    TRY(work(filing, pending));
    filing.pending = std::move(pending);
    return ports_.store.update(filing);
  }));
  return clerk_.run(id);
}

Result<Filing> FilingService::plain_verb(const Id& id, Verb verb, const std::string& reason,
                                         const events::Actor& actor) {
  return begin(id, verb, actor, [&](Filing& filing, Pending&) -> Result<void> {
    if (!reason.empty()) filing.last_reason = reason;
    return {};
  });
}

Result<Filing> FilingService::submit(const Id& id, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, person_of(actor));
  // The key-holders are asked outside of any transaction: that takes a while.
  TRY_ASSIGN(const Filing seen, find(id));
  TRY(check_verb(seen, Verb::submit, person.account, ports_.clock.now_ms()));
  const Hash fingerprint = fingerprint_of(seen);
  const oprf::Epoch epoch = seen.subject.enterprise ? alliance::kOpenEpoch : ports_.membership.facts().epoch;
  std::optional<alliance::Restatement> place;
  std::optional<Document> summary;
  const bool is_prepared = seen.prepared && seen.prepared->fingerprint == fingerprint && seen.prepared->epoch == epoch;
  if (!is_prepared) {
    const TimeMs until_ms = ports_.clock.now_ms() + alliance::kNoticeWaitMs +
                            alliance::retention_ms(alliance::conduct_entry(seen.words.conduct).severity);
    TRY_ASSIGN(place, restate(ports_, seen, person.account, until_ms));
    TRY_ASSIGN(summary, make_summary(ports_, seen, person.name));
  }
  return begin(id, Verb::submit, actor, [&](Filing& filing, Pending& pending) -> Result<void> {
    if (fingerprint_of(filing) != fingerprint) return fail(ErrorCode::conflict, "somebody changed it meanwhile");
    if (summary) {
      std::erase_if(filing.documents, [](const Document& one) { return one.kind == Paper::Kind::summary; });
      filing.documents.push_back(*summary);
      filing.prepared = Prepared{fingerprint, epoch, alliance::draft_json(draft_of(filing, *place)), summary->id};
    }
    filing.writers.insert(person.account);
    for (const Document& one : filing.documents)
      if (one.kind == Paper::Kind::evidence || one.kind == Paper::Kind::summary) pending.papers.push_back(one.id);
    return {};
  });
}

Result<Filing> FilingService::approve(const Id& id, const events::Actor& actor) {
  return plain_verb(id, Verb::approve, "", actor);
}

Result<Filing> FilingService::refuse(const Id& id, const std::string& text, const events::Actor& actor) {
  TRY_ASSIGN(const std::string reason, reason_of(text));
  return plain_verb(id, Verb::refuse, reason, actor);
}

Result<Filing> FilingService::send_notice(const Id& id, const std::string& text, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, person_of(actor));
  TRY_ASSIGN(const std::string address, line("address", text));
  if (address.empty()) return fail(ErrorCode::invalid_argument, "where the person can be reached is needed");
  TRY_ASSIGN(const Filing seen, find(id));
  TRY(check_verb(seen, Verb::notice, person.account, ports_.clock.now_ms()));
  const std::string path = "/alliance/v1/listings/" + seen.listing_id->text();
  const auto sent = ports_.membership.call("POST", path + "/notice", json{{"to", address}}.dump(), person.account);
  // What the hub has written down counts, also when the letter did not leave.
  auto shown = sent ? Result<std::string>(*sent) : ports_.membership.call("GET", path, "", person.account);
  std::optional<Filing> filing;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(filing, find(id));
    if (!shown) return {};
    TRY_ASSIGN(const alliance::Listing listing, parse_shown_listing(*shown));
    TRY(clerk_.take_over(*filing, listing));
    filing->updated_ms = ports_.clock.now_ms();
    return ports_.store.update(*filing);
  }));
  if (!sent)
    return fail(sent.error().code, sent.error().message,
                "the address is not kept: give it again to have the notice sent once more");
  return std::move(*filing);
}

Result<alliance::Restatement> FilingService::corrected(Filing& filing, const Correction& correction,
                                                       const Id& account) {
  FilingChange change;
  change.contact = correction.contact;
  if (correction.decided_ms) change.decided_ms = correction.decided_ms;
  TRY(take_words(filing, change));
  TRY(take_enterprise(filing, correction.enterprise));
  return restate(ports_, filing, account, filing.listing ? filing.listing->expires_ms : 0);
}

Result<Filing> FilingService::answer(const Id& id, const AnswerToAppeal& given, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, person_of(actor));
  TRY_ASSIGN(const std::string reasons, words("reasons", given.reasons, kMostFactsCharacters));
  if (reasons.empty()) return fail(ErrorCode::invalid_argument, "an answer needs its reasons");
  TRY_ASSIGN(Filing seen, find(id));
  TRY(check_verb(seen, Verb::answer, person.account, ports_.clock.now_ms()));
  json body{{"outcome", alliance::outcome_name(given.outcome)}};
  if (given.outcome == alliance::Appeal::Outcome::corrected) {
    TRY_ASSIGN(const auto place, corrected(seen, given.correction, person.account));
    body["corrected"] = alliance::restatement_to_json(place);
  }
  Paper paper{Paper::Kind::answer, "Answer of " + seen.number, "text/plain; charset=utf-8", "", {}, {}};
  paper.salt = alliance::draw_salt(ports_.random);
  paper.bytes.assign(reasons.begin(), reasons.end());
  TRY_ASSIGN(const Document document, keep_document(ports_, paper, Test::reasonable_grounds, person.name));
  return begin(id, Verb::answer, actor, [&](Filing& filing, Pending& pending) -> Result<void> {
    filing.words = seen.words;
    filing.subject.enterprise = seen.subject.enterprise;
    filing.documents.push_back(document);
    pending.papers = {document.id};
    pending.body = body.dump();
    return {};
  });
}

Result<Filing> FilingService::suspend(const Id& id, const std::string& text, const events::Actor& actor) {
  TRY_ASSIGN(const std::string reason, reason_of(text));
  return plain_verb(id, Verb::suspend, reason, actor);
}

Result<Filing> FilingService::resume(const Id& id, const std::string& text, const events::Actor& actor) {
  TRY_ASSIGN(const std::string reason, reason_of(text));
  return plain_verb(id, Verb::resume, reason, actor);
}

Result<Filing> FilingService::correct(const Id& id, const Correction& correction, const std::string& text,
                                      const events::Actor& actor) {
  TRY_ASSIGN(const Person person, person_of(actor));
  TRY_ASSIGN(const std::string reason, reason_of(text));
  TRY_ASSIGN(Filing seen, find(id));
  TRY(check_verb(seen, Verb::correct, person.account, ports_.clock.now_ms()));
  TRY_ASSIGN(const auto place, corrected(seen, correction, person.account));
  return begin(id, Verb::correct, actor, [&](Filing& filing, Pending& pending) -> Result<void> {
    filing.words = seen.words;
    filing.subject.enterprise = seen.subject.enterprise;
    filing.last_reason = reason;
    pending.body = alliance::restatement_to_json(place).dump();
    return {};
  });
}

Result<Filing> FilingService::attest(const Id& id, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, person_of(actor));
  TRY_ASSIGN(const Filing seen, find(id));
  TRY(check_verb(seen, Verb::attest, person.account, ports_.clock.now_ms()));
  TRY_ASSIGN(const auto place, restate(ports_, seen, person.account, seen.listing->expires_ms));
  return begin(id, Verb::attest, actor, [&](Filing& filing, Pending& pending) -> Result<void> {
    pending.body = alliance::draft_json(draft_of(filing, place));
    return {};
  });
}

Result<Filing> FilingService::withdraw(const Id& id, const std::string& text, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, person_of(actor));
  TRY_ASSIGN(const std::string reason, reason_of(text));
  TRY_ASSIGN(const Filing seen, find(id));
  if (seen.listing_id || seen.pending) return plain_verb(id, Verb::withdraw, reason, actor);
  // The hub never heard of it.
  std::optional<Filing> dropped;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(dropped, find(id));
    TRY(check_verb(*dropped, Verb::withdraw, person.account, ports_.clock.now_ms()));
    if (dropped->listing_id) return fail(ErrorCode::conflict, "it went to the hub at this very moment", "try again");
    dropped->dropped_ms = dropped->updated_ms = ports_.clock.now_ms();
    dropped->last_reason = reason;
    dropped->subject.sealed_identifier.clear();
    dropped->subject.born_ms.reset();
    dropped->prepared.reset();
    TRY(ports_.store.update(*dropped));
    return clerk_.tell(*dropped, "filing.withdrawn", actor);
  }));
  return std::move(*dropped);
}

Result<Filing> FilingService::retry(const Id& id) {
  TRY(find(id));
  return clerk_.run(id);
}

}  // namespace probity::filings
