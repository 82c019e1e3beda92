// A house, a project, people of three tiers and the services of commitments over any store.
#pragma once

#include "base/check.h"
#include "base/encoding.h"
#include "commitments/documents.h"
#include "commitments/notices.h"
#include "commitments/recipient.h"
#include "commitments/service.h"
#include "commitments/templates.h"
#include "support/memory_commitments.h"

namespace probity::test {

// 2026-11-20T12:00:00Z
constexpr TimeMs kBenchStart = 1'795'176'000'000;

class CommitmentBench {
 public:
  CommitmentBench(commitments::Store& store, Transactions& transactions)
      : ports{store, transactions, directory, projects, house, events, outbox, jobs, blobs, clock, random} {
    project = add_project("Aurora One");
    weekly = add_organisation("Motor Weekly");
    mira = add_person("Mira Holloway", "mira@weekly.example", weekly);
    jon = add_person("Jon Bell", "jon@weekly.example", weekly, true);
    PROBITY_CHECK(templates.ensure_built_in());
    press = built_in_templates().front().id;
  }

  Id add_project(const std::string& name) {
    const Id id = Id::random(ids);
    projects.projects.push_back({id, name, true, {}, {{"Cora Custodian", "cora@aurora.example", Locale::en}}});
    return id;
  }
  Id add_organisation(const std::string& name, std::optional<Id> parent = std::nullopt) {
    const Id id = Id::random(ids);
    directory.organisations.push_back({id, name, parent});
    return id;
  }
  Id add_person(const std::string& name, const std::string& email, std::optional<Id> organisation,
                bool may_bind = false) {
    const Id id = Id::random(ids);
    directory.people.push_back({id, name, email, "Editor", Locale::en, organisation, may_bind});
    return id;
  }

  static Terms terms(Liable liable = Liable::person) {
    Terms terms;
    terms.channels.assign(std::begin(kChannels), std::end(kChannels));
    terms.embargo_ms = kBenchStart + 10 * kDayMs;
    terms.embargo_zone = "Asia/Shanghai";
    terms.amount = "50000";
    terms.currency = "EUR";
    terms.liable = liable;
    return terms;
  }

  Witness staff() const { return {{events::Actor::Kind::account, Id{}, "Cora Custodian"}, "192.0.2.1", "test"}; }

  Result<Commitment> try_send(const Id& party, const Terms& wanted) {
    NewCommitments request{project, press, {party}, wanted, std::nullopt, std::nullopt, true};
    TRY_ASSIGN(auto made, service.create(request, staff()));
    return made.front().commitment;
  }
  Commitment send(const Id& party, const Terms& wanted) { return try_send(party, wanted).value(); }

  // The token of the newest link mailed to that address.
  std::string token_for(const std::string& email) const {
    for (auto message = outbox.messages.rbegin(); message != outbox.messages.rend(); ++message)
      if (message->to == email && !message->link.empty()) return message->link.substr(message->link.find('#') + 1);
    return {};
  }
  std::string code_for(const std::string& email) const {
    for (auto message = outbox.messages.rbegin(); message != outbox.messages.rend(); ++message)
      if (message->to == email && message->kind == "code") return message->subject.substr(message->subject.size() - 6);
    return {};
  }
  OpenedSession sign_in(const std::string& email) {
    const std::string token = token_for(email);
    PROBITY_CHECK(portal.open_link(token, false));
    return portal.open_session(token, code_for(email), "198.51.100.7", "Phone").value();
  }
  Visitor enter(const std::string& email) { return sign_in(email).visitor; }

  static std::vector<Answer> answers_of(const RenderedText& text, bool right) {
    std::vector<Answer> answers;
    for (const Question& question : text.questions)
      for (const Choice& choice : question.choices)
        if ((choice.id == question.right) == right) {
          answers.push_back({question.id, choice.id});
          break;
        }
    return answers;
  }
  static SignRequest request_of(const RecipientView& view, const std::string& name) {
    SignRequest request;
    request.name = name;
    for (const Tick& tick : view.text.ticks) request.ticks.push_back(tick.id);
    request.text_hash = to_hex(*view.commitment.text_hash);
    request.consent = true;
    request.job_title = "Managing editor";
    return request;
  }
  // Up to the signature.
  RecipientView prepare(const Visitor& visitor, const Id& id) {
    const RecipientView view = portal.look(visitor, id).value();
    portal.mark_read(visitor, id).value();
    PROBITY_CHECK(portal.answer(visitor, id, answers_of(view.text, true)).value().passed);
    return portal.look(visitor, id).value();
  }
  RecipientView sign(const Visitor& visitor, const Id& id, const std::string& name) {
    return portal.sign(visitor, id, request_of(prepare(visitor, id), name)).value();
  }
  // Sent to and signed by one person who alone is liable.
  Commitment in_force(const Id& party, const std::string& email, const Terms& wanted) {
    const Commitment sent = send(party, wanted);
    return sign(enter(email), sent.id, "As Typed").commitment;
  }

  std::size_t jobs_of(const std::string& kind) const {
    return static_cast<std::size_t>(std::count_if(jobs.requests.begin(), jobs.requests.end(),
                                                  [&](const auto& request) { return request.kind == kind; }));
  }
  std::size_t mails_of(const std::string& kind) const {
    return static_cast<std::size_t>(std::count_if(outbox.messages.begin(), outbox.messages.end(),
                                                  [&](const auto& message) { return message.kind == kind; }));
  }
  std::size_t events_of(const std::string& kind) const {
    return static_cast<std::size_t>(
        std::count_if(events.all.begin(), events.all.end(), [&](const auto& event) { return event.kind == kind; }));
  }

  HandDirectory directory;
  HandProjects projects;
  HandHouse house;
  MemoryEvents events;
  SentMessages outbox;
  QueuedJobs jobs;
  MemoryBox blobs;
  HandClock clock{kBenchStart};
  SeededRandom random{7}, ids{8};
  Ports ports;
  CommitmentService service{ports};
  TemplateService templates{ports};
  RecipientService portal{ports};
  NoticeService notices{ports};
  Id project, weekly, mira, jon, press;
};

// Over memory.
struct MemoryCommitmentBench {
  MemoryCommitments store;
  PlainTransactions transactions;
  CommitmentBench bench{store, transactions};
};

}  // namespace probity::test
