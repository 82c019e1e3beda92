// What tests of statements share: a case that can be moved on by hand, a log that takes entries when told to, a store
// in memory, and tools that make small documents.
#pragma once

#include <algorithm>
#include <map>

#include "base/encoding.h"
#include "statements/publication.h"
#include "statements/sealing.h"
#include "support/memory_ports.h"

namespace probity::test {

class MemoryStatements final : public statements::Store {
 public:
  using Statement = statements::Statement;
  Result<std::uint32_t> next_ordinal(int year) override { return ++ordinals_[year]; }
  Result<void> insert(const Statement& statement) override {
    all.push_back(statement);
    return {};
  }
  Result<void> update(const Statement& statement) override {
    *std::ranges::find(all, statement.id, &Statement::id) = statement;
    return {};
  }
  Result<std::optional<Statement>> find(const Id& id) override {
    return first([&](const Statement& one) { return one.id == id; });
  }
  Result<std::optional<Statement>> find_by_pdf(const Hash& pdf) override {
    return first([&](const Statement& one) { return one.pdf == pdf; });
  }
  Result<Listed<Statement>> list(const statements::StatementFilter&) override {
    return Listed<Statement>{all, all.size()};
  }
  Result<Listed<Statement>> list_public(const ListQuery&) override {
    Listed<Statement> listed;
    for (const Statement& one : all)
      if (one.is_public()) listed.items.insert(listed.items.begin(), one);
    listed.total = listed.items.size();
    return listed;
  }
  Result<std::vector<Statement>> chain(const Id& chain) override {
    std::vector<Statement> found;
    for (const Statement& one : all)
      if (one.chain == chain) found.push_back(one);
    return found;
  }
  Result<std::vector<Id>> sealing(std::size_t) override {
    std::vector<Id> found;
    for (const Statement& one : all)
      if (one.state == statements::State::sealing) found.push_back(one.id);
    return found;
  }
  std::vector<Statement> all;

 private:
  template <class Fits>
  Result<std::optional<Statement>> first(Fits fits) {
    const auto found = std::ranges::find_if(all, fits);
    return found == all.end() ? std::optional<Statement>() : std::optional(*found);
  }
  std::map<int, std::uint32_t> ordinals_;
};

class OneCase final : public statements::CaseBook {
 public:
  Result<std::optional<statements::CaseFacts>> find(const Id& id) override {
    return id == facts.id ? std::optional(facts) : std::nullopt;
  }
  Result<statements::Gate> publication_gate(const Id&) override { return gate; }
  statements::CaseFacts facts;
  statements::Gate gate;
};

class LumenHouse final : public statements::HouseBook {
 public:
  Result<statements::House> house() override {
    return statements::House{"Lumen Motors", "https://press.lumen.example", "press@lumen.example", "UTC"};
  }
};

class MemoryBlobs final : public statements::BlobBox {
 public:
  Result<Hash> put(BytesView bytes) override {
    const Hash hash = sha256(bytes);
    blobs[hash] = Bytes(bytes.begin(), bytes.end());
    return hash;
  }
  Result<Bytes> get(const Hash& hash) override {
    if (!blobs.contains(hash)) return fail(ErrorCode::not_found, "no such blob");
    return blobs[hash];
  }
  Result<void> remove(const Hash& hash) override {
    blobs.erase(hash);
    return {};
  }
  std::map<Hash, Bytes> blobs;
};

// Takes entries at once, unless it is held.
class HandLog final : public log::LogBook {
 public:
  explicit HandLog(Random& random) : random_(random) {}
  Result<Id> record(const log::LogRecord& record) override {
    log::Opening opening;
    opening.id = Id::random(random_);
    opening.record = record;
    random_.fill(opening.salt);
    opening.commitment = log::commitment_of(record, opening.salt);
    opening.index = openings.size();
    openings.push_back(opening);
    return opening.id;
  }
  Result<std::optional<log::Opening>> opening(const Id& entry) override {
    const auto found = std::ranges::find(openings, entry, &log::Opening::id);
    if (found == openings.end()) return std::nullopt;
    auto opening = *found;
    if (held) opening.index.reset();
    return opening;
  }
  Result<std::vector<log::Opening>> openings_of(const Id&) override { return openings; }
  Result<std::optional<std::string>> proof(const Id& entry) override {
    TRY_ASSIGN(const auto found, opening(entry));
    if (held || !found) return std::nullopt;
    return "c2sp.org/tlog-proof@v1\nindex " + std::to_string(*found->index) + "\n";
  }
  Result<void> erase(const Id& entry) override {
    for (auto& opening : openings)
      if (opening.id == entry) opening.salt = {}, opening.record.content.clear();
    return {};
  }
  std::vector<log::Opening> openings;
  bool held = false;

 private:
  Random& random_;
};

struct StatementBench {
  static constexpr TimeMs kDay = 86'400'000;

  StatementBench() {
    cases.facts.id = Id::random(random);
    cases.facts.number = "K-2026-0001";
    cases.facts.kind = "early_publication";
    accused = {Id::random(random), "Mira Holloway", "recipient", true, "mira@weekly.example", "", true};
    outlet = {Id::random(random), "Motor Weekly", "outlet", false, "", "", true};
    cases.facts.parties = {accused, outlet};
    cases.facts.replies = {{accused.party, false, "", std::nullopt}};
    cases.facts.decided_ms = clock.now_ms();
    cases.facts.amount = "50000";
    cases.facts.currency = "CNY";
    cases.gate = {false, "time_not_passed", "the time for appeal has not passed", "申诉期限尚未届满",
                  clock.now_ms() + 10 * kDay};
    tools.typeset = [](const pdf::Document& document, TimeMs) -> Result<Bytes> {
      const auto bytes = as_bytes(document.title);
      return Bytes(bytes.begin(), bytes.end());
    };
    tools.seal = [this](BytesView pdf, const std::string& reason, TimeMs time_ms) -> Result<Bytes> {
      if (authority_down) return fail(ErrorCode::unavailable, "no time authority answers");
      ++seals;
      std::string sealed(as_text(pdf));
      sealed += "|" + reason + "|" + std::to_string(time_ms) + "|" + std::to_string(seals);
      const auto bytes = as_bytes(sealed);
      return Bytes(bytes.begin(), bytes.end());
    };
    tools.certificate = []() -> Result<std::optional<seal::Certificate>> {
      seal::Certificate certificate;
      certificate.subject = "Lumen Motors";
      return certificate;
    };
    tools.qr_matrix = [](std::string_view) -> Result<pdf::BitMatrix> { return pdf::BitMatrix{1, 1, {1}}; };
    tools.qr_svg = [](std::string_view text) -> Result<std::string> { return "<svg>" + std::string(text) + "</svg>"; };
    tools.log_facts = [] { return statements::LogFacts{"log.lumen.example", "log.lumen.example+key", "", ""}; };
  }

  static events::Actor account(std::uint8_t which, const std::string& name) {
    Id id{};
    id.bytes[0] = which;
    return {events::Actor::Kind::account, id, name};
  }
  void pass_time() { cases.gate = {true, "", "", "", std::nullopt}; }

  // Words that nothing stands in the way of.
  static statements::Texts words() {
    return {{"A statement", "A copy issued to a recipient was published early."}, {"声明", "一份副本被提前发布。"}};
  }
  statements::StatementView approved() {
    const auto drafted =
        service.draft({cases.facts.id, statements::Kind::early_publication, words(), std::nullopt}, ada).value();
    const Id id = drafted.statement.id;
    const auto seen = service.submit(id, ada).value();
    const Hash hash = statements::content_hash(seen.statement);
    EXPECT_TRUE(service.approve(id, hash, ben));
    return service.approve(id, hash, cleo).value();
  }
  statements::StatementView published() {
    pass_time();
    const Id id = approved().statement.id;
    EXPECT_TRUE(service.publish(id, ada));
    EXPECT_TRUE(sealing.seal(id));
    return service.find(id).value();
  }

  HandClock clock;
  SeededRandom random;
  PlainTransactions transactions;
  MemoryEvents events;
  SentMessages outbox;
  QueuedJobs jobs;
  MemoryStatements store;
  OneCase cases;
  LumenHouse house;
  MemoryBlobs blobs;
  HandLog log{random};
  statements::KnownParty accused, outlet;
  bool authority_down = false;
  int seals = 0;
  statements::Tools tools;
  statements::Ports ports{store, transactions, cases, house, events, outbox, jobs, log, blobs, clock, random};
  statements::StatementService service{ports};
  statements::SealingService sealing{ports, delegating(), {2, 1}};
  statements::PublicationService publication{ports, delegating()};
  events::Actor ada = account(1, "Ada"), ben = account(2, "Ben"), cleo = account(3, "Cleo");

 private:
  // Tools are filled in after the services are made.
  statements::Tools delegating() {
    statements::Tools later;
    later.typeset = [this](const pdf::Document& document, TimeMs at_ms) { return tools.typeset(document, at_ms); };
    later.seal = [this](BytesView pdf, const std::string& why, TimeMs at_ms) { return tools.seal(pdf, why, at_ms); };
    later.certificate = [this] { return tools.certificate(); };
    later.qr_matrix = [this](std::string_view text) { return tools.qr_matrix(text); };
    later.qr_svg = [this](std::string_view text) { return tools.qr_svg(text); };
    later.log_facts = [this] { return tools.log_facts(); };
    return later;
  }
};

}  // namespace probity::test
