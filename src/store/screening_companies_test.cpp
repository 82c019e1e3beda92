// A node's questions about companies on the real database, and the list it follows, with a hub that may lie.
#include <gtest/gtest.h>

#include "screening/company_hits.h"
#include "store/screening_persons.h"
#include "support/company_node.h"

namespace probity::store {
namespace {

using namespace screening;
using test::CompanyNode;
using test::kCode;
using test::listed;

TEST(CompanyScreening, answers_from_the_list_it_holds_and_tells_the_hub_nothing) {
  CompanyNode node;
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
  CompanyNode node;
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
  CompanyNode node;
  ASSERT_TRUE(node.companies->refresh());
  node.hub.publish({listed(1, "杭州蓝鲸仪器有限公司", kCode)});
  node.hub.before.clear();
  ASSERT_TRUE(node.companies->refresh());
  EXPECT_EQ(node.hub.calls.back(), "/alliance/v1/enterprises");
  EXPECT_EQ(node.ask("", kCode)->answer.outcome, CompanyLevel::confirmed);
}

TEST(CompanyScreening, believes_no_list_that_the_hub_did_not_sign_and_no_earlier_one) {
  CompanyNode node;
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
  CompanyNode node;
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

struct HitNode : test::CompanyNode {
  HitNode() : hit_store(*database), hits({hit_store, log, *events, clock, random}) {
    companies =
        std::make_unique<CompanyScreening>(CompanyPorts{*queries, *database, hub, log, *events, clock, random, &hits});
    companies->follow([this](const ListStep& step) { return hits.follow(step); });
    publish({listed(1, "杭州蓝鲸仪器有限公司", kCode)});
  }
  void publish(std::vector<alliance::ListedEnterprisePtr> items) {
    hub.publish(std::move(items));
    ASSERT_TRUE(companies->refresh());
  }
  SqlPersonStore hit_store;
  ListedCompanyHits hits;
};

TEST(CompanyHit, is_begun_by_a_likely_name_and_confirmed_by_the_number) {
  HitNode node;
  const auto likely = node.ask("杭州蓝鲸仪器有限公司", "").value();
  ASSERT_TRUE(likely.hits.at(0));
  const Hit hit = node.hit_store.hit(*likely.hits[0])->value();
  EXPECT_EQ(hit.state, HitState::found);
  EXPECT_TRUE(hit.is_company());
  EXPECT_EQ(node.ask("", kCode)->hits.at(0), hit.id) << "one hit for one listing";
  HitNode other;
  const auto confirmed = other.ask("", kCode).value();
  const Hit at_once = other.hit_store.hit(*confirmed.hits.at(0))->value();
  EXPECT_EQ(at_once.state, HitState::identity_confirmed);
  EXPECT_FALSE(other.ask("成都青松食品有限公司", "")->answer.outcome != CompanyLevel::not_listed);
}

TEST(CompanyHit, hears_at_once_that_the_listing_was_corrected_or_has_ended) {
  HitNode node;
  const auto query = node.ask("", kCode).value();
  const Id id = *query.hits.at(0);
  alliance::EnterpriseEntry entry = listed(1, "杭州蓝鲸仪器有限公司", kCode)->entry;
  entry.corrected_ms = node.clock.now_ms() + 1'000;
  node.publish({alliance::listed_enterprise(alliance::entry_line(entry)).value()});
  EXPECT_EQ(node.hit_store.hit(id)->value().steps.back().kind, HitStep::Kind::looked_again);
  node.publish({});
  const Hit ended = node.hit_store.hit(id)->value();
  EXPECT_EQ(ended.state, HitState::cleared);
  EXPECT_FALSE(ended.listed());
  const auto steps = ended.steps.size();
  node.publish({listed(2, "宁波红鹤贸易有限公司", "")});
  EXPECT_EQ(node.hit_store.hit(id)->value().steps.size(), steps);
}

}  // namespace
}  // namespace probity::store
