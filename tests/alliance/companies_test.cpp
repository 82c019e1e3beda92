// The routes of companies, files of partners and watches, in process, over a real database and a hub in memory.
#include "http/routes/screening_companies.h"

#include "screening/batch_screening.h"
#include "screening/watch.h"
#include "store/screening_batches.h"
#include "store/screening_watches.h"
#include "support/company_node.h"
#include "support/route_fixture.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;

struct Queue final : jobs::Queue {
  Result<Id> enqueue(const jobs::JobRequest& request) override {
    subject = request.subject;
    return Id{{7}};
  }
  std::optional<Id> subject;
};

struct Attempt final : jobs::JobContext {
  const jobs::Job& job() const override { return job_; }
  void progress(std::int64_t, std::int64_t, const std::string&) override {}
  bool cancelled() override { return false; }
  jobs::Job job_;
};

class CompanyRoutesTest : public test::RouteTest {
 protected:
  CompanyRoutesTest() {
    guard.caller.permissions.insert({Permission::read_screening, Permission::write_screening});
    add_company_routes(router, guard, *node.companies);
    add_batch_routes(router, guard, batches);
    add_watch_routes(router, guard, watches, batches);
    publish({test::listed(1, "杭州蓝鲸仪器有限公司", test::kCode)});
  }
  void publish(std::vector<alliance::ListedEnterprisePtr> items) {
    node.hub.publish(std::move(items));
    ASSERT_TRUE(node.companies->refresh());
  }

  test::CompanyNode node;
  Queue queue;
  store::BatchFolder files{node.folder + "/screening"};
  store::ScreeningBatchStore batch_store{*node.database};
  store::ScreeningWatchStore watch_store{*node.database};
  screening::BatchScreening batches{
      {batch_store, files, *node.companies, *node.database, queue, node.log, *node.events, node.clock, node.random}};
  screening::WatchService watches{
      {watch_store, *node.companies, *node.database, *node.events, node.clock, node.random, nullptr}};
};

const nlohmann::json kQuestion{{"name", "杭州蓝鲸仪器有限公司"},
                               {"credit_code", test::kCode},
                               {"purpose", "supplier_onboarding"},
                               {"requisition", "PO-7"}};

TEST_F(CompanyRoutesTest, AskShowAndProve) {
  const Answer asked = send(Method::post, "/screening/companies", kQuestion);
  ASSERT_EQ(asked.status, 201) << asked.json;
  EXPECT_EQ(asked.json["outcome"], "confirmed");
  EXPECT_EQ(asked.json["matches"][0]["entry"]["conduct_title"]["zh"].get<std::string>().empty(), false);
  EXPECT_EQ(asked.json["matches"][0]["evidence"][0]["sentence"]["en"], "The credit code is the same.");
  const std::string path = "/screening/companies/" + asked.json["id"].get<std::string>();
  EXPECT_EQ(get(path).json, asked.json);
  EXPECT_EQ(get("/screening/companies?outcome=confirmed").json["total"], 1);
  EXPECT_EQ(get("/screening/companies?outcome=nonsense").status, 400);
  const Answer receipt = get(path + "/receipt");
  EXPECT_TRUE(screening::check_company_receipt(receipt.json.dump()));
  EXPECT_EQ(get("/screening/enterprises?search=%E8%93%9D%E9%B2%B8").json["total"], 1);
  EXPECT_EQ(get("/screening/enterprises").json["list"]["version"], 2);
}

TEST_F(CompanyRoutesTest, OfferRepairsAndUseNone) {
  const Answer wrong =
      send(Method::post, "/screening/companies/check", {{"kind", "credit_code"}, {"number", "91350100M000100Y44"}});
  EXPECT_EQ(wrong.json["valid"], false);
  EXPECT_EQ(wrong.json["repairs"].size() > 0, true);
  Json question = kQuestion;
  question["credit_code"] = "91350100M000100Y44";
  const Answer refused = send(Method::post, "/screening/companies", question);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.json.dump().find("91350100"), std::string::npos) << "a number is never repeated";
  expect_hostile_bodies_refused(Method::post, "/screening/companies");
  expect_hostile_bodies_refused(Method::post, "/screening/watches");
}

TEST_F(CompanyRoutesTest, ScreenAFileAndWatchItsPartners) {
  const Answer made = send(Method::post, "/screening/batches",
                           {{"file_name", "p.csv"}, {"purpose", "supplier_onboarding"}, {"requisition", "PO-7"}});
  ASSERT_EQ(made.status, 201) << made.json;
  const Id id = Id::parse(made.json["id"].get<std::string>()).value();
  const std::string path = "/screening/batches/" + id.text();
  EXPECT_EQ(get(path + "/rows").status, 409);
  ASSERT_TRUE(batches.upload(id, as_bytes("name,credit code\n=cmd(),91350100M000100Y43\n青松食品,\n"), node.actor));
  EXPECT_EQ(queue.subject, id);
  Attempt attempt;
  ASSERT_TRUE(batches.work(id, attempt));
  const Answer done = get(path);
  EXPECT_EQ(done.json["state"], "done");
  EXPECT_EQ(done.json["counts"]["confirmed"], 1);
  EXPECT_EQ(get(path + "/rows?level=confirmed").json["items"][0]["matches"][0]["by"], "credit_code");
  EXPECT_EQ(get(path + "/result?format=exe").status, 400);
  const Answer added = send(Method::post, path + "/watch", {{"levels", {"confirmed", "not_listed"}}});
  EXPECT_EQ(added.json["added"], 2) << added.json;
  EXPECT_EQ(send(Method::post, path + "/watch", {{"levels", {"confirmed"}}}).json["known"], 1);
  publish({});
  EXPECT_EQ(get("/screening/watches?changed=true").json["total"], 1);
  const Json watch = get("/screening/watches?changed=true").json["items"][0];
  EXPECT_EQ(watch["changes"][0]["what"], "removed");
  const std::string one = "/screening/watches/" + watch["id"].get<std::string>();
  EXPECT_EQ(send(Method::post, one + "/seen", Json::object()).json["seen"], true);
  EXPECT_EQ(send(Method::del, one).status, 204);
  EXPECT_EQ(get(one).status, 404);
  EXPECT_EQ(send(Method::del, path).status, 204);
}

}  // namespace
}  // namespace probity::http::routes
