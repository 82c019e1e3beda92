// A node's questions about companies on the real database, and the list it follows, with a hub that may lie.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace probity::store
