// A file of partners through the node's database: screened once, gone on with after a crash, from one version only.
#include "store/screening_batches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "store/events_store.h"
#include "store/screening_companies.h"
#include "support/company_node.h"

namespace probity::store {
namespace {

using namespace screening;

struct NoQueue final : jobs::Queue {
  Result<Id> enqueue(const jobs::JobRequest& request) override {
    requests.push_back(request);
    return Id{{7}};
  }
  std::vector<jobs::JobRequest> requests;
};

struct Attempt final : jobs::JobContext {
  const jobs::Job& job() const override { return job_; }
  void progress(std::int64_t done, std::int64_t, const std::string&) override {
    if (on_progress) on_progress(done);
  }
  bool cancelled() override { return is_cancelled; }
  jobs::Job job_;
  bool is_cancelled = false;
  std::function<void(std::int64_t)> on_progress;
};

struct BatchNode : test::CompanyNode {
  BatchNode() : files(folder + "/batches"), batch_store(*database) {
    hub.publish({test::listed(1, "杭州蓝鲸仪器有限公司", test::kCode)});
    (void)companies->refresh().has_value();
    batches = std::make_unique<BatchScreening>(
        BatchPorts{batch_store, files, *companies, *database, queue, log, *events, clock, random});
  }
  PartnerBatch uploaded(const std::string& text) {
    const auto made = batches->create({"partners.csv", Purpose::supplier_onboarding, "PO-1"}, actor).value();
    return batches->upload(made.id, as_bytes(text), actor).value();
  }
  static std::string many(std::size_t count) {
    std::string text = "name,credit code\n";
    for (std::size_t i = 0; i < count; ++i)
      text += i % 1000 == 7 ? "杭州蓝鲸仪器有限公司," + std::string(test::kCode) + "\n"
                            : "合作方" + std::to_string(i) + ",\n";
    return text;
  }

  BatchFolder files;
  ScreeningBatchStore batch_store;
  NoQueue queue;
  std::unique_ptr<BatchScreening> batches;
};

std::uint64_t count_of(const PartnerBatch& batch, CompanyLevel level) {
  return batch.counts[static_cast<std::size_t>(level)];
}

TEST(BatchScreening, screens_a_file_and_gives_the_result) {
  BatchNode node;
  const auto batch = node.uploaded(
      "name,credit code\n杭州蓝鲸仪器有限公司,91350100M000100Y43\n杭州蓝鲸仪器有限公司,\n青松食品,\n,123\n");
  EXPECT_EQ(batch.state, BatchState::queued);
  ASSERT_EQ(node.queue.requests.size(), 1U);
  EXPECT_EQ(node.batches->rows(batch.id, {}).error().code, ErrorCode::conflict);
  Attempt attempt;
  ASSERT_TRUE(node.batches->work(batch.id, attempt));
  const auto done = node.batches->find(batch.id).value();
  EXPECT_EQ(done.state, BatchState::done);
  EXPECT_EQ(done.rows, 4U);
  EXPECT_EQ(count_of(done, CompanyLevel::confirmed), 1U);
  EXPECT_EQ(count_of(done, CompanyLevel::likely), 1U);
  EXPECT_EQ(count_of(done, CompanyLevel::not_listed), 1U);
  EXPECT_EQ(count_of(done, CompanyLevel::unreadable), 1U);
  ASSERT_TRUE(done.head);
  EXPECT_EQ(done.head->head.version, 2U);
  RowFilter confirmed;
  confirmed.level = CompanyLevel::confirmed;
  EXPECT_EQ(node.batches->rows(batch.id, confirmed)->items.at(0).matches.at(0).by, "credit_code");
  EXPECT_EQ(node.batches->rows(batch.id, {})->total, 4U);
  const std::string csv = node.batches->result(batch.id, csv_result(ResultLanguage::en)).value();
  EXPECT_EQ(std::ranges::count(csv, '\n'), 5);
  EXPECT_FALSE(node.files.get(batch.id)) << "the bytes go when they were read";
  EXPECT_EQ(node.log.records.back().kind, "partners_screened");
  EXPECT_EQ(node.batches->upload(batch.id, as_bytes("x"), node.actor).error().code, ErrorCode::conflict);
  ASSERT_TRUE(node.batches->remove(batch.id, node.actor));
  EXPECT_EQ(node.batches->find(batch.id).error().code, ErrorCode::not_found);
}

TEST(BatchScreening, goes_on_after_a_crash_where_it_was) {
  BatchNode node;
  const auto batch = node.uploaded(BatchNode::many(7'000));
  Attempt stopped;
  stopped.on_progress = [&](std::int64_t done) { stopped.is_cancelled = done >= 2'000; };
  EXPECT_EQ(node.batches->work(batch.id, stopped).error().code, ErrorCode::cancelled);
  const auto half = node.batches->find(batch.id).value();
  EXPECT_GE(half.done, 2'000U);
  EXPECT_LT(half.done, 7'000U);
  // Another process: nothing but database and folder is left.
  node.batches =
      std::make_unique<BatchScreening>(BatchPorts{node.batch_store, node.files, *node.companies, *node.database,
                                                  node.queue, node.log, *node.events, node.clock, node.random});
  std::vector<std::int64_t> seen;
  Attempt again;
  again.on_progress = [&](std::int64_t done) { seen.push_back(done); };
  ASSERT_TRUE(node.batches->work(batch.id, again));
  EXPECT_EQ(seen.front(), static_cast<std::int64_t>(half.done));
  const auto done = node.batches->find(batch.id).value();
  EXPECT_EQ(done.done, 7'000U);
  EXPECT_EQ(count_of(done, CompanyLevel::confirmed), 7U);
  std::size_t lines = 0;
  ASSERT_TRUE(node.batches->each_row(batch.id, [&](const PartnerRow& row) -> Result<void> {
    EXPECT_EQ(row.index, lines++);
    return {};
  }));
  EXPECT_EQ(lines, 7'000U);
  EXPECT_TRUE(node.batches->work(batch.id, again)) << "a second run changes nothing";
}

TEST(BatchScreening, answers_all_rows_from_one_version) {
  BatchNode node;
  const auto batch = node.uploaded(BatchNode::many(5'000));
  Attempt attempt;
  bool changed = false;
  attempt.on_progress = [&](std::int64_t done) {
    if (done == 0 || changed) return;
    changed = true;
    node.hub.publish({});
    ASSERT_TRUE(node.companies->refresh());
  };
  ASSERT_TRUE(node.batches->work(batch.id, attempt));
  const auto done = node.batches->find(batch.id).value();
  EXPECT_TRUE(changed);
  EXPECT_EQ(done.head->head.version, 3U);
  EXPECT_EQ(count_of(done, CompanyLevel::not_listed), 5'000U);
  EXPECT_EQ(node.batches->rows(batch.id, {})->total, 5'000U);
}

TEST(BatchScreening, ends_as_failed_when_the_file_is_none) {
  BatchNode node;
  const auto batch = node.uploaded("PK\x03\x04 broken");
  Attempt attempt;
  ASSERT_TRUE(node.batches->work(batch.id, attempt));
  const auto failed = node.batches->find(batch.id).value();
  EXPECT_EQ(failed.state, BatchState::failed);
  EXPECT_EQ(failed.problem->code, ErrorCode::invalid_argument);
  EXPECT_FALSE(node.batches->upload(batch.id, Bytes(kMostFileBytes + 1), node.actor));
}

}  // namespace
}  // namespace probity::store
