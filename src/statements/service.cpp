#include "statements/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "jobs/call.h"
#include "parties/text.h"
#include "statements/wording.h"

namespace probity::statements {
namespace {

int utc_year(TimeMs time_ms) { return std::stoi(to_rfc3339(time_ms).substr(0, 4)); }

Result<std::vector<NamedParty>> chosen(const CaseFacts& facts, const std::vector<PartyChoice>& choices) {
  std::vector<NamedParty> shown;
  for (const PartyChoice& choice : choices) {
    const auto party = std::ranges::find(facts.parties, choice.party, &KnownParty::party);
    if (party == facts.parties.end()) return fail(ErrorCode::not_found, "that is no party of the case");
    if (std::ranges::find(shown, choice.party, &NamedParty::party) != shown.end()) continue;
    TRY_ASSIGN(NamedParty one, shown_as(*party, choice.naming));
    shown.push_back(std::move(one));
  }
  return shown;
}

// Whom a statement is about unless somebody chooses: the accused, and the supplier above, by their roles.
std::vector<PartyChoice> usual_choice(const CaseFacts& facts) {
  std::vector<PartyChoice> choices;
  for (const KnownParty& party : facts.parties)
    if (party.accused || party.role == "supplier") choices.push_back({party.party, Naming::role});
  return choices;
}

Result<Text> tidy(const Text& text) {
  TRY_ASSIGN(std::string title, parties::tidy_line("title", text.title, kMostTitleCharacters));
  TRY_ASSIGN(std::string body, parties::tidy_text("body", text.body, kMostBodyCharacters));
  return Text{std::move(title), std::move(body)};
}

Result<std::string> tidy_reason(const std::string& text) {
  TRY_ASSIGN(std::string reason, parties::tidy_text("reason", text, kMostReasonCharacters));
  if (reason.empty()) return fail(ErrorCode::invalid_argument, "a reason is asked for");
  return reason;
}

}  // namespace

Result<Texts> tidy_texts(const Texts& texts) {
  TRY_ASSIGN(Text en, tidy(texts.en));
  TRY_ASSIGN(Text zh, tidy(texts.zh));
  return Texts{std::move(en), std::move(zh)};
}

Result<void> queue_sealing(const Ports& ports, const Statement& statement, TimeMs not_before_ms) {
  jobs::JobRequest request;
  request.kind = kSealStatementJob;
  request.title = fmt::format("Seal and publish {}", statement.number);
  request.title_zh = fmt::format("为声明 {} 加盖印章并公布", statement.number);
  request.project = statement.project;
  request.subject = statement.id;
  request.run_after_ms = not_before_ms;
  // A time authority or a witness may be down for days: what was approved is published when they are back.
  request.most_attempts = 1'000'000;
  request.once_key = fmt::format("{}:{}", kSealStatementJob, statement.id.text());
  return ports.jobs.enqueue(request).map([](const Id&) {});
}

Result<void> queue_removal(const Ports& ports, const Statement& statement) {
  jobs::JobRequest request;
  request.kind = kRemoveStatementJob;
  request.title = fmt::format("Remove the document of {}", statement.number);
  request.title_zh = fmt::format("删除声明 {} 的文件", statement.number);
  request.project = statement.project;
  request.subject = statement.id;
  request.most_attempts = 1'000;
  return ports.jobs.enqueue(request).map([](const Id&) {});
}

Result<Statement> StatementService::existing(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.find(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such statement");
  return std::move(*found);
}

Result<CaseFacts> StatementService::facts_of(const Id& case_id) {
  TRY_ASSIGN(auto found, ports_.cases.find(case_id));
  if (!found) return fail(ErrorCode::not_found, "there is no such case");
  return std::move(*found);
}

Result<StatementView> StatementService::view(Statement statement) {
  StatementView seen;
  TRY_ASSIGN(seen.chain, ports_.store.chain(statement.chain));
  if (!statement.is_public() && statement.state != State::withdrawn) {
    TRY_ASSIGN(const CaseFacts facts, facts_of(statement.case_id));
    TRY_ASSIGN(const Gate gate, ports_.cases.publication_gate(statement.case_id));
    seen.hindrances = hindrances(statement, facts, gate);
    // A draft carries the replies as they stand; they are frozen when it is submitted.
    if (statement.state == State::draft) statement.content.replies = replies_of(facts, statement.content.parties);
  }
  seen.statement = std::move(statement);
  return seen;
}

Result<void> StatementService::tell(const Statement& statement, const char* kind, const events::Actor& actor,
                                    const std::string& reason) {
  nlohmann::json data{
      {"statement", statement.number}, {"statement_id", statement.id.text()}, {"case", statement.case_number}};
  if (!reason.empty()) data["reason"] = reason;
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.project = statement.project;
  event.data_json = data.dump();
  return ports_.events.append(event).map([](std::uint64_t) {});
}

Result<std::string> StatementService::new_number() {
  const int year = utc_year(ports_.clock.now_ms());
  TRY_ASSIGN(const std::uint32_t ordinal, ports_.store.next_ordinal(year));
  return fmt::format("S-{}-{:04}", year, ordinal);
}

// One transaction: load, `work(statement)`, keep, tell.
template <class Work>
Result<StatementView> StatementService::change(const Id& id, const events::Actor& actor, const char* kind, Work work) {
  StatementView seen;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Statement statement, existing(id));
    std::string reason;
    TRY(work(statement, reason));
    TRY(ports_.store.update(statement));
    TRY(tell(statement, kind, actor, reason));
    TRY_ASSIGN(seen, view(std::move(statement)));
    return {};
  }));
  return seen;
}

Result<Statement> StatementService::new_draft(const CaseFacts& facts, const events::Actor& actor) {
  Statement statement;
  statement.id = Id::random(ports_.random);
  TRY_ASSIGN(statement.number, new_number());
  statement.case_id = facts.id;
  statement.case_number = facts.number;
  statement.project = facts.project;
  statement.chain = statement.id;
  statement.drafter = actor.id;
  statement.drafter_name = actor.name;
  statement.created_ms = ports_.clock.now_ms();
  return statement;
}

Result<StatementView> StatementService::draft(const NewStatement& request, const events::Actor& actor) {
  StatementView seen;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const CaseFacts facts, facts_of(request.case_id));
    TRY_ASSIGN(Statement statement, new_draft(facts, actor));
    statement.content.kind = request.kind;
    TRY_ASSIGN(statement.content.parties, chosen(facts, request.parties.value_or(usual_choice(facts))));
    if (request.texts) {
      TRY_ASSIGN(statement.content.texts, tidy_texts(*request.texts));
    } else {
      TRY_ASSIGN(const House house, ports_.house.house());
      statement.content.texts = worded(request.kind, {house, facts, statement.content.parties, ""});
    }
    TRY(ports_.store.insert(statement));
    TRY(tell(statement, "statement.drafted", actor));
    TRY_ASSIGN(seen, view(std::move(statement)));
    return {};
  }));
  return seen;
}

Result<StatementView> StatementService::update(const Id& id, const StatementChange& wanted,
                                               const events::Actor& actor) {
  return change(id, actor, "statement.changed", [&](Statement& statement, std::string&) -> Result<void> {
    TRY_ASSIGN(statement.state, next(statement.state, Move::edit));
    if (wanted.kind) statement.content.kind = *wanted.kind;
    if (wanted.texts) {
      TRY_ASSIGN(statement.content.texts, tidy_texts(*wanted.texts));
    }
    if (wanted.parties) {
      TRY_ASSIGN(const CaseFacts facts, facts_of(statement.case_id));
      TRY_ASSIGN(statement.content.parties, chosen(facts, *wanted.parties));
    }
    return {};
  });
}

Result<StatementView> StatementService::submit(const Id& id, const events::Actor& actor) {
  return change(id, actor, "statement.submitted", [&](Statement& statement, std::string&) -> Result<void> {
    TRY_ASSIGN(statement.state, next(statement.state, Move::submit));
    TRY_ASSIGN(const CaseFacts facts, facts_of(statement.case_id));
    statement.content.replies = replies_of(facts, statement.content.parties);
    TRY(refuse(hindrances_of_text(statement.content, facts)));
    statement.submitted_ms = ports_.clock.now_ms();
    return ports_.jobs.enqueue(jobs::call_request({jobs::kCallApprovers, id, statement.project, actor.id}))
        .map([](const Id&) {});
  });
}

Result<StatementView> StatementService::approve(const Id& id, const Hash& seen, const events::Actor& actor) {
  return change(id, actor, "statement.approved", [&](Statement& statement, std::string&) -> Result<void> {
    TRY(check_approval(statement, actor, seen));
    const TimeMs now_ms = ports_.clock.now_ms();
    statement.approvals.push_back({*actor.id, actor.name, now_ms});
    const bool complete = statement.approvals.size() >= kApprovalsNeeded;
    TRY_ASSIGN(statement.state, next(statement.state, complete ? Move::complete : Move::approve));
    if (complete) statement.approved_ms = now_ms;
    return {};
  });
}

Result<StatementView> StatementService::reopen(const Id& id, const std::string& text, const events::Actor& actor) {
  return change(id, actor, "statement.reopened", [&](Statement& statement, std::string& reason) -> Result<void> {
    TRY_ASSIGN(reason, tidy_reason(text));
    TRY_ASSIGN(statement.state, next(statement.state, Move::reopen));
    statement.approvals.clear();
    statement.content.replies.clear();
    statement.submitted_ms.reset();
    statement.approved_ms.reset();
    return {};
  });
}

Result<StatementView> StatementService::withdraw(const Id& id, const std::string& text, const events::Actor& actor) {
  return change(id, actor, "statement.withdrawn", [&](Statement& statement, std::string& reason) -> Result<void> {
    TRY_ASSIGN(reason, tidy_reason(text));
    TRY_ASSIGN(statement.state, next(statement.state, Move::withdraw));
    statement.withdrawn_reason = reason;
    return {};
  });
}

Result<StatementView> StatementService::publish(const Id& id, const events::Actor& actor) {
  return change(id, actor, "statement.publishing", [&](Statement& statement, std::string&) -> Result<void> {
    TRY_ASSIGN(statement.state, next(statement.state, Move::publish));
    TRY_ASSIGN(const CaseFacts facts, facts_of(statement.case_id));
    TRY_ASSIGN(const Gate gate, ports_.cases.publication_gate(statement.case_id));
    TRY(refuse(hindrances(statement, facts, gate)));
    return queue_sealing(ports_, statement, 0);
  });
}

Result<StatementView> StatementService::follow_up(const Id& id, Relation relation, const std::optional<Texts>& texts,
                                                  const events::Actor& actor) {
  if (relation == Relation::original)
    return fail(ErrorCode::invalid_argument, "a follow-up says paid, rectified, overturned or corrected");
  StatementView seen;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Statement followed, existing(id));
    TRY(next(followed.state, Move::follow_up));
    TRY_ASSIGN(const CaseFacts facts, facts_of(followed.case_id));
    TRY_ASSIGN(Statement statement, new_draft(facts, actor));
    statement.chain = followed.chain;
    statement.follows = followed.id;
    statement.content.relation = relation;
    statement.content.kind = parse_kind(relation_name(relation)).value_or(Kind::other);
    // A removed statement has no parties any more.
    statement.content.parties = followed.content.parties;
    if (statement.content.parties.empty()) {
      TRY_ASSIGN(statement.content.parties, chosen(facts, usual_choice(facts)));
    }
    if (texts) {
      TRY_ASSIGN(statement.content.texts, tidy_texts(*texts));
    } else {
      TRY_ASSIGN(const House house, ports_.house.house());
      statement.content.texts =
          worded(statement.content.kind, {house, facts, statement.content.parties, followed.number});
    }
    TRY(ports_.store.insert(statement));
    TRY(tell(statement, "statement.drafted", actor));
    TRY_ASSIGN(seen, view(std::move(statement)));
    return {};
  }));
  return seen;
}

namespace {

Result<void> check_person(const events::Actor& actor) {
  if (actor.kind == events::Actor::Kind::account && actor.id) return {};
  return fail(ErrorCode::forbidden, "only a person with an account of their own removes a statement");
}

}  // namespace

Result<void> StatementService::do_bury(Statement& statement, const events::Actor& actor) {
  const RemovalRequest& asked = *statement.removal;
  statement.tombstone =
      Tombstone{ports_.clock.now_ms(), asked.grounds, asked.reason, fmt::format("{}, {}", asked.name, actor.name)};
  TRY_ASSIGN(statement.state, next(statement.state, Move::bury));
  statement.removal.reset();
  statement.content.texts = {};
  statement.content.parties.clear();
  statement.content.replies.clear();
  if (statement.log_entry) TRY(ports_.log_book.erase(*statement.log_entry));
  return queue_removal(ports_, statement);
}

Result<StatementView> StatementService::bury(const Id& id, const Burial& burial, const events::Actor& actor) {
  StatementView seen;
  TRY(check_person(actor));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Statement statement, existing(id));
    TRY_ASSIGN(const std::string reason, tidy_reason(burial.reason));
    TRY(next(statement.state, Move::bury));
    if (burial.number != statement.number)
      return fail(ErrorCode::invalid_argument, "that is not the number of this statement",
                  "type it as it stands: nothing brings the document back");
    TRY_ASSIGN(const auto facts, ports_.cases.find(statement.case_id));
    if (facts && !NameFinder(facts->parties, {}).find(reason).empty())
      return fail(ErrorCode::invalid_argument, "the reason is public and tells who somebody is");
    if (!statement.removal) {
      statement.removal = RemovalRequest{*actor.id, actor.name, ports_.clock.now_ms(), burial.grounds, reason};
      TRY(ports_.jobs.enqueue(jobs::call_request({jobs::kCallRemovers, id, statement.project, actor.id})));
    } else if (statement.removal->account == *actor.id) {
      return fail(ErrorCode::conflict, "you have asked for this already", "another person has to, too");
    } else if (statement.removal->grounds != burial.grounds || statement.removal->reason != reason) {
      return fail(ErrorCode::conflict,
                  fmt::format("{} asked for it with other words: {}, “{}”", statement.removal->name,
                              grounds_name(statement.removal->grounds), statement.removal->reason),
                  "the reason is public: say the same, or refuse");
    } else {
      TRY(do_bury(statement, actor));
    }
    TRY(ports_.store.update(statement));
    TRY(tell(statement, statement.tombstone ? "statement.tombstoned" : "statement.removal_asked", actor, reason));
    TRY_ASSIGN(seen, view(std::move(statement)));
    return {};
  }));
  return seen;
}

Result<StatementView> StatementService::refuse_burial(const Id& id, const std::string& text,
                                                      const events::Actor& actor) {
  TRY(check_person(actor));
  return change(id, actor, "statement.removal_refused", [&](Statement& statement, std::string& reason) -> Result<void> {
    TRY_ASSIGN(reason, tidy_reason(text));
    if (!statement.removal) return fail(ErrorCode::conflict, "nobody asks for the removal of this statement");
    statement.removal.reset();
    return {};
  });
}

Result<StatementView> StatementService::find(const Id& id) {
  StatementView seen;
  TRY(ports_.transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(Statement statement, existing(id));
    TRY_ASSIGN(seen, view(std::move(statement)));
    return {};
  }));
  return seen;
}

}  // namespace probity::statements
