// A node's questions about companies on the real database, and the list it follows, with a hub that may lie.
#include "store/screening_companies.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/events_store.h"
#include "support/scripted.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using namespace screening;

constexpr const char* kCode = "91350100M000100Y43";

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

  test::SeededRandom random{8};
  oprf::Identity identity = oprf::Identity::make(random);
  oprf::PublicIdentity says = identity.open();
  Id member = Id::random(random);
  alliance::EnterpriseList list;
  std::uint32_t list_version = 1;
  std::map<std::uint32_t, alliance::EnterpriseList> before;
  std::vector<std::string> calls;
  bool is_down = false;
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

alliance::ListedEnterprisePtr listed(std::uint8_t number, const std::string& name, const std::string& code) {
  alliance::EnterpriseEntry entry;
  entry.listing.bytes.fill(number);
  entry.enterprise.names = {name};
  entry.enterprise.credit_code = code;
  entry.conduct = "counterfeit_goods";
  entry.status = "active";
  return alliance::listed_enterprise(alliance::entry_line(entry)).value();
}

struct Node {
  Node() {
    std::string pattern = (fs::temp_directory_path() / "probity-companies-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/node.db").value();
    store = std::make_unique<ScreeningCompanyStore>(*database);
    events = std::make_unique<SqlEventLog>(*database);
    restart();
  }
  ~Node() {
    companies.reset();
    events.reset();
    store.reset();
    database.reset();
    fs::remove_all(folder);
  }
  void restart() {
    companies =
        std::make_unique<CompanyScreening>(CompanyPorts{*store, *database, hub, log, *events, clock, random, nullptr});
    started = companies->start().has_value();
  }
  Result<CompanyQuery> ask(const std::string& name, const std::string& code) {
    return companies->ask({{name, code, "", ""}, Purpose::supplier_onboarding, "PO-77"}, actor);
  }

  std::string folder;
  test::SeededRandom random{9};
  test::TickingClock clock;
  FakeHub hub;
  MemoryLog log;
  events::Actor actor{events::Actor::Kind::account, Id{{4}}, "Wen"};
  std::unique_ptr<Database> database;
  std::unique_ptr<ScreeningCompanyStore> store;
  std::unique_ptr<SqlEventLog> events;
  std::unique_ptr<CompanyScreening> companies;
  bool started = false;
};

TEST(CompanyScreening, answers_from_the_list_it_holds_and_tells_the_hub_nothing) {
  Node node;
  EXPECT_EQ(node.ask("杭州蓝鲸仪器有限公司", "").error().code, ErrorCode::unavailable);
  node.hub.publish({listed(1, "杭州蓝鲸仪器有限公司", kCode)});
  ASSERT_TRUE(node.companies->refresh());
  const auto calls = node.hub.calls.size();
  const auto hit = node.ask("", kCode).value();
  EXPECT_EQ(hit.answer.outcome, CompanyLevel::confirmed);
  EXPECT_EQ(node.ask("成都青松食品有限公司", "").value().answer.outcome, CompanyLevel::not_listed);
  EXPECT_EQ(node.hub.calls.size(), calls) << "a question goes nowhere";
  EXPECT_TRUE(check_company_receipt(hit.receipt));
  EXPECT_EQ(company_query_record(node.companies->find(hit.id).value()), company_query_record(hit));
  EXPECT_EQ(node.companies->find(Id{}).error().code, ErrorCode::not_found);
  EXPECT_EQ(node.log.records.back().kind, "company_screened");
  const auto events = node.events->list({}).value();
  EXPECT_EQ(events.items.at(0).kind, "company.screened");
  for (const auto& event : events.items) EXPECT_EQ(event.data_json.find("青松"), std::string::npos);
}

TEST(CompanyScreening, takes_increments_and_survives_a_restart_without_the_hub) {
  Node node;
  node.hub.publish({listed(1, "杭州蓝鲸仪器有限公司", kCode)});
  ASSERT_TRUE(node.companies->refresh());
  node.hub.publish({});
  ASSERT_TRUE(node.companies->refresh());
  EXPECT_EQ(node.hub.calls.back(), "/alliance/v1/enterprises/since/2");
  EXPECT_EQ(node.ask("", kCode)->answer.outcome, CompanyLevel::not_listed);
  node.hub.publish({listed(1, "杭州蓝鲸仪器有限公司", kCode), listed(2, "宁波红鹤贸易有限公司", "")});
  ASSERT_TRUE(node.companies->refresh());
  node.hub.is_down = true;
  node.restart();
  ASSERT_TRUE(node.started);
  EXPECT_FALSE(node.companies->refresh());
  EXPECT_EQ(node.ask("", kCode)->answer.outcome, CompanyLevel::confirmed);
  EXPECT_EQ(node.companies->enterprises({"红鹤", "", false, 0, 50})->total, 1U);
  EXPECT_EQ(node.companies->enterprises({"", "", false, 1, 1})->items.size(), 1U);
}

TEST(CompanyScreening, takes_the_whole_list_when_it_is_far_behind) {
  Node node;
  ASSERT_TRUE(node.companies->refresh());
  node.hub.publish({listed(1, "杭州蓝鲸仪器有限公司", kCode)});
  node.hub.before.clear();
  ASSERT_TRUE(node.companies->refresh());
  EXPECT_EQ(node.hub.calls.back(), "/alliance/v1/enterprises");
  EXPECT_EQ(node.ask("", kCode)->answer.outcome, CompanyLevel::confirmed);
}

TEST(CompanyScreening, believes_no_list_that_the_hub_did_not_sign_and_no_earlier_one) {
  Node node;
  node.hub.publish({listed(1, "杭州蓝鲸仪器有限公司", kCode)});
  node.hub.says = oprf::Identity::make(node.random).open();
  EXPECT_EQ(node.companies->refresh().error().code, ErrorCode::forbidden);
  node.hub.says = node.hub.identity.open();
  ASSERT_TRUE(node.companies->refresh());
  node.hub.list = alliance::EnterpriseList();
  node.hub.before.clear();
  node.hub.list_version = 1;
  node.restart();
  EXPECT_EQ(node.companies->refresh().error().code, ErrorCode::forbidden) << "an earlier version, after a restart";
  node.hub.list_version = 2;
  // The same number with another content shows as soon as the hub is asked for the whole.
  const alliance::HeldEnterprises none{std::make_shared<const alliance::EnterpriseList>(), node.hub.head()};
  EXPECT_EQ(node.ask("", kCode)->answer.outcome, CompanyLevel::confirmed);
}

TEST(CompanyScreening, lists_its_questions) {
  Node node;
  ASSERT_TRUE(node.companies->refresh());
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(node.ask("公司 " + std::to_string(i), ""));
  CompanyQueryFilter filter;
  EXPECT_EQ(node.companies->list(filter)->items.at(0).subject.name, "公司 2");
  EXPECT_EQ(node.companies->list(filter)->items.at(0).number.substr(0, 2), "C-");
  filter.page.search = "公司 1";
  EXPECT_EQ(node.companies->list(filter)->total, 1U);
  filter.page.search.clear();
  filter.outcome = CompanyLevel::likely;
  EXPECT_EQ(node.companies->list(filter)->total, 0U);
  filter.page.sort = "nonsense";
  EXPECT_FALSE(node.companies->list(filter));
}

}  // namespace
}  // namespace probity::store
