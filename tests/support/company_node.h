// A member's node with a hub in memory, for tests of what it does with the list of companies.
#pragma once

#include <filesystem>
#include <map>

#include "store/events_store.h"
#include "store/screening_companies.h"
#include "support/memory_ports.h"

namespace probity::test {

inline constexpr const char* kCode = "91350100M000100Y43";

// A hub in memory: it may forget changes, sign wrongly, or go back.
struct FakeHub final : alliance::Membership {
  alliance::MembershipFacts facts() override { return {member, "Lantern Films", {"https://hub.example", says}, 2027}; }
  Result<std::string> call(const std::string&, const std::string& path, const std::string&, const Id&) override {
    calls.push_back(path);
    if (is_down) return fail(ErrorCode::unavailable, "the hub does not answer");
    const bool is_whole = path == "/alliance/v1/enterprises";
    if (is_whole) return list.encode(head());
    const auto version = static_cast<std::uint32_t>(std::stoul(path.substr(path.rfind('/') + 1)));
    if (version == list_version) return std::string();
    if (!before.contains(version)) return fail(ErrorCode::gone, "fetch the whole list");
    auto change = before.at(version).change_to(list);
    change.from = version;
    change.to = head();
    return change.encode();
  }
  Result<alliance::LookUpAnswer> ask(const alliance::Subject&, const Id&) override {
    return fail(ErrorCode::internal, "nobody asks about people here");
  }
  Result<oprf::ListKeys> list_keys_of(const alliance::Subject&, const Id&) override {
    return fail(ErrorCode::internal, "nobody asks about people here");
  }
  alliance::SignedEnterpriseHead head() const {
    alliance::SignedEnterpriseHead out;
    out.head = {list_version, static_cast<std::uint32_t>(list.entries().size()), list.root(), 7};
    out.signature = identity.sign(alliance::kEnterpriseListDomain, out.head.encode());
    return out;
  }
  void publish(std::vector<alliance::ListedEnterprisePtr> items) {
    before.emplace(list_version, list);
    list = alliance::EnterpriseList(std::move(items));
    ++list_version;
  }

  SeededRandom random{8};
  oprf::Identity identity = oprf::Identity::make(random);
  oprf::PublicIdentity says = identity.open();
  Id member = Id::random(random);
  alliance::EnterpriseList list;
  std::uint32_t list_version = 1;
  std::map<std::uint32_t, alliance::EnterpriseList> before;
  std::vector<std::string> calls;
  bool is_down = false;
};

// Each look is a millisecond later, so that what happens has an order.
class SteppingClock final : public Clock {
 public:
  TimeMs now_ms() override { return now_++; }

 private:
  TimeMs now_ = 1'800'000'000'000;
};

struct PlainLog final : log::LogBook {
  Result<Id> record(const log::LogRecord& record) override {
    records.push_back(record);
    return Id{};
  }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::optional<log::Opening>(); }
  Result<std::vector<log::Opening>> openings_of(const Id&) override { return std::vector<log::Opening>(); }
  Result<std::optional<std::string>> proof(const Id&) override { return std::optional<std::string>(); }
  Result<void> erase(const Id&) override { return {}; }
  std::vector<log::LogRecord> records;
};

inline alliance::ListedEnterprisePtr listed(std::uint8_t number, const std::string& name, const std::string& code) {
  alliance::EnterpriseEntry entry;
  entry.listing.bytes.fill(number);
  entry.enterprise.names = {name};
  entry.enterprise.credit_code = code;
  entry.conduct = "counterfeit_goods";
  entry.status = "active";
  return alliance::listed_enterprise(alliance::entry_line(entry)).value();
}

struct CompanyNode {
  CompanyNode() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-companies-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/node.db").value();
    queries = std::make_unique<store::ScreeningCompanyStore>(*database);
    events = std::make_unique<store::SqlEventLog>(*database);
    restart();
  }
  ~CompanyNode() {
    companies.reset();
    events.reset();
    queries.reset();
    database.reset();
    std::filesystem::remove_all(folder);
  }
  void restart() {
    companies = std::make_unique<screening::CompanyScreening>(
        screening::CompanyPorts{*queries, *database, hub, log, *events, clock, random, nullptr});
    started = companies->start().has_value();
  }
  Result<screening::CompanyQuery> ask(const std::string& name, const std::string& code) {
    return companies->ask({{name, code, "", ""}, screening::Purpose::supplier_onboarding, "PO-77"}, actor);
  }

  std::string folder;
  SeededRandom random{9};
  SteppingClock clock;
  FakeHub hub;
  PlainLog log;
  events::Actor actor{events::Actor::Kind::account, Id{{4}}, "Wen"};
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::ScreeningCompanyStore> queries;
  std::unique_ptr<store::SqlEventLog> events;
  std::unique_ptr<screening::CompanyScreening> companies;
  bool started = false;
};

}  // namespace probity::test
