// For tests of filings: a member's records in memory, before a scripted hub.
#pragma once

#include "filings/record.h"
#include "filings/service.h"
#include "support/scripted_hub.h"

namespace probity::test {

class MemoryFilings final : public filings::Store {
 public:
  Result<std::int64_t> next_ordinal(int) override { return static_cast<std::int64_t>(all.size()) + 1; }
  Result<void> insert(const filings::Filing& filing) override { return keep(filing); }
  Result<void> update(filings::Filing& filing) override {
    if (all.at(filing.id).revision != filing.revision) return fail(ErrorCode::conflict, "changed meanwhile");
    ++filing.revision;
    return keep(filing);
  }
  Result<std::optional<filings::Filing>> find(const Id& id) override {
    return all.contains(id) ? std::optional(all.at(id)) : std::nullopt;
  }
  Result<std::optional<filings::Filing>> find_listing(const Id& listing) override {
    for (const auto& [id, filing] : all)
      if (filing.listing_id == listing) return std::optional(filing);
    return std::optional<filings::Filing>();
  }
  Result<Listed<filings::Filing>> list(const filings::FilingFilter&) override {
    Listed<filings::Filing> listed;
    for (const auto& [id, filing] : all) listed.items.push_back(filing);
    listed.total = all.size();
    return listed;
  }
  Result<std::vector<filings::Filing>> live() override {
    std::vector<filings::Filing> found;
    for (const auto& [id, filing] : all)
      if (!filing.has_ended() && (filing.listing_id || filing.pending)) found.push_back(filing);
    return found;
  }
  Result<std::optional<oprf::PublicIdentity>> ombudsman() override { return kept; }
  Result<void> keep_ombudsman(const oprf::PublicIdentity& identity) override {
    kept = identity;
    return {};
  }
  std::map<Id, filings::Filing> all;
  std::optional<oprf::PublicIdentity> kept;

 private:
  // Through the bytes of the real store.
  Result<void> keep(const filings::Filing& filing) {
    TRY_ASSIGN(filings::Filing read, filings::parse_filing_record(filings::filing_record(filing)));
    read.revision = filing.revision;
    all[filing.id] = std::move(read);
    return {};
  }
};

class MemoryBlobs final : public filings::Blobs {
 public:
  Result<Hash> put(BytesView bytes) override {
    const Hash hash = sha256(bytes);
    all[hash].assign(bytes.begin(), bytes.end());
    return hash;
  }
  Result<Bytes> get(const Hash& hash) override {
    if (!all.contains(hash)) return fail(ErrorCode::not_found, "there is no such blob");
    return all.at(hash);
  }
  std::map<Hash, Bytes> all;
};

class OneCase final : public filings::CaseBook {
 public:
  Result<std::optional<filings::CaseFacts>> find(const Id& id) override {
    return facts && facts->id == id ? facts : std::nullopt;
  }
  std::optional<filings::CaseFacts> facts;
};

struct FilingBench {
  static constexpr const char* kNumber = "11010519491231002X";  // the standard's own example

  events::Actor ada = actor(1, "Ada"), ben = actor(2, "Ben"), cleo = actor(3, "Cleo");
  HandClock clock;
  SeededRandom random{11};
  ScriptedHub hub{clock};
  MemoryFilings store;
  MemoryBlobs blobs;
  OneCase cases;
  MemoryEvents events;
  PlainTransactions transactions;
  oprf::Identity identity = oprf::Identity::make(random);
  filings::Ports ports{store, transactions, cases, blobs, events, hub, identity, clock, random};
  filings::Clerk clerk{ports};
  filings::FilingService service{ports, clerk};

  static events::Actor actor(std::uint8_t number, const char* name) {
    Id id;
    id.bytes.fill(number);
    return {events::Actor::Kind::account, id, name};
  }

  // All that a bribery filing needs.
  filings::Filing drafted(const std::string& conduct = "bribery") {
    filings::NewFiling wanted;
    wanted.name = "Li Testperson 李测试";
    wanted.conduct = conduct;
    const Id id = service.draft(wanted, ada).value().id;
    filings::FilingChange change;
    change.facts = "Took money of a supplier for three orders.";
    change.decided_by = "Ada, head of integrity";
    change.ended_how = "Dismissed for it on the same day.";
    change.contact = "integrity@harbour.example";
    change.standard = alliance::StandardOfProof::police_report;
    change.happened_ms = clock.now_ms() - 90 * alliance::kDayMs;
    change.decided_ms = clock.now_ms() - 30 * alliance::kDayMs;
    (void)service.update(id, change, ada).value();
    (void)service.identify(id, {names::IdentifierKind::resident_id, kNumber, {}}, ada).value();
    for (const auto test :
         {filings::Test::reasonable_grounds, filings::Test::clear_evidence, filings::Test::ended_because_of_it}) {
      const std::string text = "A document for " + std::string(filings::test_name(test));
      (void)service.add_document(id, {test, "Paper.pdf", "application/pdf", Bytes(text.begin(), text.end())}, ada)
          .value();
    }
    return service.find(id).value();
  }
  filings::Filing noticed() {
    const Id id = drafted().id;
    (void)service.submit(id, ada).value();
    (void)service.approve(id, ben).value();
    filings::Filing filing = service.send_notice(id, "li.testperson@example.org", ada).value();
    hub.deliver(*filing.listing_id);
    (void)clerk.tick();
    return service.find(id).value();
  }
  filings::Filing active() {
    const Id id = noticed().id;
    clock.advance(alliance::kNoticeWaitMs);
    hub.tick();
    (void)clerk.tick();
    return service.find(id).value();
  }
  std::size_t count(const std::string& kind) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(events.all, [&](const events::Event& event) { return event.kind == kind; }));
  }
};

}  // namespace probity::test
