// The hub's list of companies on the real database: what is active is in it, what is not is not, whatever happened.
#include "store/alliance_enterprises.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "alliance/hub.h"
#include "alliance/json.h"
#include "store/alliance_store.h"
#include "support/scripted.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using alliance::Appeal;
using alliance::ListingState;
using alliance::Party;

struct NoCourier final : alliance::NoticeCourier {
  Result<void> deliver(const std::string&, const std::string&, const std::string&) override { return {}; }
};
struct MemoryLog final : log::LogBook {
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
struct HandClock final : Clock {
  TimeMs now_ms() override { return now; }
  TimeMs now = 1'800'000'000'000;
};

alliance::Enterprise company(const std::string& name, const std::string& registration) {
  alliance::Enterprise enterprise;
  enterprise.names = {name};
  enterprise.registration = registration;
  return alliance::checked_enterprise(enterprise).value();
}

struct World {
  World() {
    std::string pattern = (fs::temp_directory_path() / "probity-enterprises-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/hub.db").value();
    store = std::make_unique<AllianceStore>(*database);
    enterprises = std::make_unique<AllianceEnterpriseStore>(*database);
    restart();
    (void)hub->admit({filer, "Harbour Motors", oprf::Identity::make(random).open(), false, {}}).has_value();
  }
  ~World() {
    hub.reset();
    publisher.reset();
    database.reset();
    fs::remove_all(folder);
  }
  void restart() {
    hub.reset();
    publisher = std::make_unique<alliance::EnterprisePublisher>(
        alliance::EnterprisePublisherPorts{*enterprises, *database, log, clock}, identity);
    (void)publisher->publish().has_value();
    hub = std::make_unique<alliance::Hub>(
        alliance::HubPorts{*store, *database, log, courier, clock, random, publisher.get()}, identity,
        alliance::HubOptions{"https://hub.example/notice/", {}});
  }
  Party by(std::uint8_t account) const {
    Party party{Party::Role::filer, filer, {}};
    party.account.bytes.fill(account);
    return party;
  }
  Party ombudsman() const { return {Party::Role::ombudsman, {}, Id{{9}}}; }

  alliance::Draft draft_about(const alliance::Enterprise& enterprise) {
    const Hash hash = sha256(as_bytes("x"));
    alliance::Draft draft;
    draft.tests = {{hash}, {hash}, {hash}};
    draft.standard = alliance::StandardOfProof::judgment;
    draft.conduct = alliance::Conduct::counterfeit_goods;
    const auto words = alliance::restatement_of(enterprise);
    draft.tag = words.tag;
    draft.enterprise = words.enterprise;
    return draft;
  }
  alliance::Listing notified(const alliance::Enterprise& enterprise) {
    const auto listing = hub->draft(by(1), draft_about(enterprise)).value();
    (void)hub->submit(listing.id, by(1)).value();
    (void)hub->approve(listing.id, by(2)).value();
    (void)hub->send_notice(listing.id, by(1), "office@example.org").value();
    return hub->record_post(listing.id, ombudsman(), sha256(as_bytes("letter"))).value();
  }
  alliance::Listing active(const alliance::Enterprise& enterprise) {
    const auto listing = notified(enterprise);
    clock.now += alliance::kNoticeWaitMs;
    (void)hub->tick().value();
    return hub->listing(listing.id).value();
  }
  std::vector<std::string> listed_names() const {
    std::vector<std::string> names;
    for (const auto& item : publisher->current().value().list->entries())
      names.push_back(item->entry.enterprise.names.front());
    std::ranges::sort(names);
    return names;
  }
  alliance::EnterpriseListVersion version() const { return publisher->current().value().head.head.version; }

  std::string folder;
  test::SeededRandom random{43};
  HandClock clock;
  Id filer = Id::random(random);
  MemoryLog log;
  NoCourier courier;
  std::unique_ptr<Database> database;
  std::unique_ptr<AllianceStore> store;
  std::unique_ptr<AllianceEnterpriseStore> enterprises;
  oprf::Identity identity = oprf::Identity::make(random);
  std::unique_ptr<alliance::EnterprisePublisher> publisher;
  std::unique_ptr<alliance::Hub> hub;
};

TEST(EnterprisePublisher, lists_a_company_while_its_listing_is_active) {
  World world;
  EXPECT_TRUE(world.listed_names().empty());
  const auto listing = world.notified(company("Blue Whale Ltd", "HKG 1111"));
  EXPECT_TRUE(world.listed_names().empty());
  world.clock.now += alliance::kNoticeWaitMs;
  (void)world.hub->tick().value();
  const auto held = world.publisher->current().value();
  ASSERT_EQ(held.list->entries().size(), 1U);
  const auto& entry = held.list->entries()[0]->entry;
  EXPECT_EQ(entry.filer_name, "Harbour Motors");
  EXPECT_EQ(entry.conduct, "counterfeit_goods");
  EXPECT_EQ(entry.status, "active");
  EXPECT_EQ(entry.enterprise.registration, "HKG 1111");
  EXPECT_TRUE(alliance::verify(held.head, world.identity.open()));
  EXPECT_EQ(world.log.records.back().kind, "alliance_enterprise_list");
  EXPECT_EQ(world.log.records.back().content.find("Whale"), std::string::npos);

  (void)world.hub->withdraw(listing.id, world.by(1)).value();
  EXPECT_TRUE(world.listed_names().empty());
  EXPECT_EQ(world.version(), 3U);
}

TEST(EnterprisePublisher, shows_suspension_correction_and_expiry) {
  World world;
  const auto listing = world.active(company("Blue Whale Ltd", "HKG 1111"));
  (void)world.hub->suspend(listing.id, world.by(1)).value();
  EXPECT_TRUE(world.listed_names().empty());
  (void)world.hub->resume(listing.id, world.by(1)).value();
  const auto words = alliance::restatement_of(company("Blue Whale Instruments Ltd", "HKG 1111"));
  (void)world.hub->correct(listing.id, world.by(1), words).value();
  EXPECT_EQ(world.listed_names(), std::vector<std::string>{"Blue Whale Instruments Ltd"});
  EXPECT_EQ(world.publisher->current()->list->entries()[0]->entry.corrected_ms, world.clock.now);
  world.clock.now += alliance::kAttestEveryMs;
  (void)world.hub->tick().value();
  EXPECT_TRUE(world.listed_names().empty());
}

TEST(EnterprisePublisher, keeps_its_version_over_a_restart_and_never_goes_back) {
  World world;
  (void)world.active(company("Blue Whale Ltd", "HKG 1111"));
  const auto before = world.publisher->current().value();
  world.restart();
  const auto after = world.publisher->current().value();
  EXPECT_EQ(after.head, before.head);
  EXPECT_FALSE(world.publisher->changes_since(before.head.head.version).value());
  EXPECT_EQ(world.publisher->changes_since(1).error().code, ErrorCode::gone);
  (void)world.active(company("Red Heron Ltd", "HKG 2222"));
  EXPECT_EQ(world.version(), before.head.head.version + 1);
  const auto change = world.publisher->changes_since(before.head.head.version).value();
  ASSERT_TRUE(change);
  EXPECT_EQ(before.list->apply(*change)->root(), world.publisher->current()->list->root());
}

TEST(EnterprisePublisher, a_company_is_not_listed_again_in_silence_years_later) {
  World world;
  const auto listing = world.active(company("Blue Whale Ltd", "HKG 1111"));
  (void)world.hub->overturn(listing.id, world.ombudsman()).value();
  world.clock.now += 3 * alliance::kYearMs;
  const auto again = world.hub->draft(world.by(1), world.draft_about(company("Other Name", "HKG 1111"))).value();
  EXPECT_EQ(world.hub->submit(again.id, world.by(1)).error().code, ErrorCode::forbidden);
}

// Random histories of a few companies: the list is at each moment the companies whose listings are active and not
// suspended, and a member that follows the changes holds it.
RC_GTEST_PROP(EnterprisePublisherProperty, list_is_what_is_active, ()) {
  World world;
  std::vector<Id> listings;
  auto held = world.publisher->current().value();
  const auto moves = *rc::gen::resize(30, rc::gen::container<std::vector<std::pair<int, int>>>(
                                              rc::gen::pair(rc::gen::inRange(0, 9), rc::gen::inRange(0, 5))));
  for (const auto& [what, which] : moves) {
    const std::string number = "HKG 100" + std::to_string(which);
    if (what == 0 && listings.size() < 6) {
      const auto draft = world.hub->draft(world.by(1), world.draft_about(company("Company " + number, number)));
      RC_ASSERT(draft.has_value());
      listings.push_back(draft->id);
    }
    if (listings.empty()) continue;
    const Id& id = listings[static_cast<std::size_t>(which) % listings.size()];
    const auto words = alliance::restatement_of(company("Corrected " + std::to_string(what), number));
    // Whether a move is allowed just now is the rules' business.
    if (what == 1 && world.hub->submit(id, world.by(1)) && world.hub->approve(id, world.by(2)) &&
        world.hub->send_notice(id, world.by(1), "office@example.org"))
      RC_ASSERT(world.hub->record_post(id, world.ombudsman(), sha256(as_bytes("letter"))).has_value());
    if (what == 2) world.clock.now += alliance::kNoticeWaitMs;
    if (what == 3) (void)world.hub->suspend(id, world.by(1)).has_value();
    if (what == 4) (void)world.hub->resume(id, world.by(1)).has_value();
    if (what == 5) (void)world.hub->correct(id, world.by(1), words).has_value();
    if (what == 6) (void)world.hub->withdraw(id, world.by(1)).has_value();
    if (what == 7) (void)world.hub->overturn(id, world.ombudsman()).has_value();
    if (what == 8) world.clock.now += alliance::kYearMs / 2;
    RC_ASSERT(world.hub->tick().has_value());

    std::set<Id> active;
    for (const Id& one : listings)
      if (alliance::is_findable(world.hub->listing(one).value())) active.insert(one);
    const auto current = world.publisher->current().value();
    std::set<Id> listed;
    for (const auto& item : current.list->entries()) {
      listed.insert(item->entry.listing);
      RC_ASSERT(item->entry.enterprise == world.hub->listing(item->entry.listing)->enterprise);
    }
    RC_ASSERT(listed == active);
    const auto change = world.publisher->changes_since(held.head.head.version);
    RC_ASSERT(change.has_value());
    if (!*change) continue;
    const auto next = held.list->apply(**change);
    RC_ASSERT(next.has_value());
    RC_ASSERT(next->root() == current.list->root());
    RC_ASSERT(alliance::verify((*change)->to, world.identity.open()).has_value());
    RC_ASSERT((*change)->to.head.version > held.head.head.version);
    held = {std::make_shared<const alliance::EnterpriseList>(*next), (*change)->to};
  }
}

}  // namespace
}  // namespace probity::store
