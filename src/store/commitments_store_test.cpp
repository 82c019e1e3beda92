// The commitments' store in SQL: it gives back what was put in, the gate's query uses its index, the whole story runs
// over it, and two threads that sign at once sign once.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "store/commitments_store.h"
#include "store/query.h"
#include "store/soci.h"
#include "support/commitments_fixture.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using namespace commitments;
using test::CommitmentBench;

class CommitmentsInSqlite : public testing::Test {
 protected:
  CommitmentsInSqlite() {
    std::string pattern = (fs::temp_directory_path() / "probity-commitments-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    sql.emplace(*database);
    bench.emplace(*sql, *database);
  }
  ~CommitmentsInSqlite() override {
    bench.reset();
    sql.reset();
    database.reset();
    fs::remove_all(folder);
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::optional<CommitmentsStore> sql;
  std::optional<CommitmentBench> bench;
};

TEST_F(CommitmentsInSqlite, gives_back_what_was_put_in) {
  const Id photo = Id::random(bench->ids), film = Id::random(bench->ids);
  bench->projects.assets = {{bench->project, photo}, {bench->project, film}};
  Terms terms = CommitmentBench::terms(Liable::both);
  terms.sign_by_ms = bench->clock.now_ms() + kDayMs;
  terms.breach_text = "it's \"quoted\"; 违约";
  const auto made = bench->service.create(
      {bench->project, bench->press, {bench->mira}, terms, std::vector<Id>{film, photo}, std::nullopt, false},
      bench->staff());
  ASSERT_TRUE(made) << made.error().message;
  const Commitment draft = made->front().commitment;
  EXPECT_EQ(sql->find(draft.id).value(), draft);
  EXPECT_EQ(sql->find(Id{}).value(), std::nullopt);

  const Commitment sent = bench->service.send_draft(draft.id, bench->staff()).value().commitment;
  EXPECT_EQ(sql->find(draft.id).value(), sent);
  const Visitor mira = bench->enter("mira@weekly.example");
  const Commitment signed_by = bench->sign(mira, sent.id, "米拉 'M'").commitment;
  EXPECT_EQ(sql->find(draft.id).value(), signed_by);
  EXPECT_EQ(sql->of_signatory(bench->jon).value(), std::vector<Commitment>{signed_by});
  EXPECT_EQ(sql->live_of(bench->project, bench->mira).value(), std::vector<Commitment>{signed_by});
  EXPECT_TRUE(bench->service.check_evidence(sent.id));
  const auto entries = sql->evidence(sent.id).value();
  EXPECT_EQ(entries.size(), sql->last_evidence(sent.id).value()->sequence);

  const Template found = sql->find_template(bench->press, std::nullopt).value().value();
  EXPECT_EQ(found.text, built_in_templates().front().text);
  EXPECT_EQ(found.used, 1U);
  EXPECT_EQ(sql->list_templates({}).value().total, 4U);
  EXPECT_EQ(sql->list_templates({"PRESS", "", false, 0, 50}).value().total, 1U);
  EXPECT_EQ(sql->list_templates({"%", "", false, 0, 50}).value().total, 0U);
}

TEST_F(CommitmentsInSqlite, numbers_follow_each_other_in_a_year) {
  EXPECT_EQ(sql->next_ordinal(2026).value(), 1U);
  EXPECT_EQ(sql->next_ordinal(2026).value(), 2U);
  EXPECT_EQ(sql->next_ordinal(2027).value(), 1U);
  EXPECT_TRUE(sql->record_notice("a", 1).value());
  EXPECT_FALSE(sql->record_notice("a", 2).value());
  EXPECT_TRUE(sql->has_notice("a").value());
  EXPECT_FALSE(sql->has_notice("b").value());
}

TEST_F(CommitmentsInSqlite, lists_are_found_sorted_and_counted) {
  for (int i = 0; i < 5; ++i) {
    const Id party = bench->add_person("Person_" + std::to_string(i), "p" + std::to_string(i) + "@x.example",
                                       i % 2 == 0 ? std::optional(bench->weekly) : std::nullopt);
    bench->clock.advance(1000);
    bench->send(party, CommitmentBench::terms());
  }
  CommitmentFilter filter;
  filter.project = bench->project;
  filter.query.limit = 2;
  auto listed = sql->list(filter).value();
  EXPECT_EQ(listed.total, 5U);
  ASSERT_EQ(listed.items.size(), 2U);
  EXPECT_EQ(listed.items[0].party_name, "Person_4");  // newest first
  filter.query.sort = "party_name";
  filter.query.offset = 1;
  EXPECT_EQ(sql->list(filter).value().items[0].party_name, "Person_1");
  filter.query = {};
  filter.query.search = "person_3";
  EXPECT_EQ(sql->list(filter).value().total, 1U);
  filter.query.search = "%";
  EXPECT_EQ(sql->list(filter).value().total, 0U);
  filter.query.search = "'; DROP TABLE commitments; --";
  EXPECT_EQ(sql->list(filter).value().total, 0U);
  filter.query.search.clear();
  filter.party = bench->weekly;  // an organisation stands for its people
  EXPECT_EQ(sql->list(filter).value().total, 3U);
  filter.state = State::in_force;
  EXPECT_EQ(sql->list(filter).value().total, 0U);
  const auto counts = sql->counts(bench->project).value();
  EXPECT_EQ(counts.all, 5U);
  EXPECT_EQ(counts.waiting, 5U);
  EXPECT_EQ(counts.in_force, 0U);
}

TEST_F(CommitmentsInSqlite, the_gate_opens_and_closes_and_asks_one_index) {
  const Id photo = Id::random(bench->ids), film = Id::random(bench->ids);
  bench->projects.assets = {{bench->project, photo}, {bench->project, film}};
  const Id sent = bench->service
                      .create({bench->project,
                               bench->press,
                               {bench->mira},
                               CommitmentBench::terms(),
                               std::vector<Id>{photo},
                               std::nullopt,
                               true},
                              bench->staff())
                      .value()
                      .front()
                      .commitment.id;
  EXPECT_EQ(sql->in_force_for(bench->mira, photo, bench->project).value(), std::nullopt);
  const Commitment held = bench->sign(bench->enter("mira@weekly.example"), sent, "Mira").commitment;
  EXPECT_EQ(sql->in_force_for(bench->mira, photo, bench->project).value(),
            (Coverage{held.id, held.number, 1, *held.in_force_ms}));
  EXPECT_EQ(sql->in_force_for(bench->mira, film, bench->project).value(), std::nullopt);
  EXPECT_EQ(sql->in_force_for(bench->jon, photo, bench->project).value(), std::nullopt);
  EXPECT_EQ(sql->in_force_for(bench->mira, photo, bench->add_project("Other")).value(), std::nullopt);
  // What a case withholds from the person, or from the organisation, does not open, and opens again afterwards.
  for (const Id& party : {bench->mira, bench->weekly}) {
    const auto holds = [&](const std::string& sql_text) {
      return database->run([&](soci::session& session) -> Result<void> {
        const std::string id = party.text();
        session << sql_text, soci::use(id);
        return {};
      });
    };
    ASSERT_TRUE(
        holds("INSERT INTO cases (id, year, ordinal, number, title, kind, state, severity, opened_ms, updated_ms, "
              "search_text, revision, record) SELECT :id, 1, COUNT(*), 'K' || COUNT(*), 't', 'k', 's', 1, 1, 1, "
              "'', 1, '{}' FROM cases"));
    ASSERT_TRUE(
        holds("INSERT INTO access_holds (id, case_id, party_id, since_ms) SELECT :id, c.id, c.id, 1 FROM cases c "
              "WHERE c.ordinal = (SELECT MAX(ordinal) FROM cases)"));
    EXPECT_EQ(sql->in_force_for(bench->mira, photo, bench->project).value(), std::nullopt);
    ASSERT_TRUE(holds("DELETE FROM access_holds WHERE party_id = :id"));
    EXPECT_TRUE(sql->in_force_for(bench->mira, photo, bench->project).value());
  }
  ASSERT_TRUE(bench->service.revoke(held.id, "over", bench->staff()));
  EXPECT_EQ(sql->in_force_for(bench->mira, photo, bench->project).value(), std::nullopt);
  const auto back = bench->service.reinstate(held.id, "it was not over", bench->staff());
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_TRUE(sql->in_force_for(bench->mira, photo, bench->project).value());
  EXPECT_EQ(bench->service.reinstate(held.id, "again", bench->staff()).error().code, ErrorCode::conflict);
  EXPECT_TRUE(bench->service.check_evidence(held.id));
  ASSERT_TRUE(bench->service.revoke(held.id, "over", bench->staff()));

  struct PlanRow {
    std::int64_t id = 0, parent = 0, unused = 0;
    std::string detail;
    auto columns() {
      return std::make_tuple(soci::into(id), soci::into(parent), soci::into(unused), soci::into(detail));
    }
    std::string value() const { return detail; }
  };
  const auto plan = database
                        ->run([](soci::session& session) -> Result<std::vector<std::string>> {
                          return fetch_all<PlanRow>(
                              session,
                              "EXPLAIN QUERY PLAN SELECT c.id FROM commitments c WHERE c.party_id = 'a' AND "
                              "c.project_id = 'b' AND c.state = 'in_force' AND (c.all_assets = 1 OR EXISTS (SELECT 1 "
                              "FROM commitment_assets a WHERE a.commitment_id = c.id AND a.asset_id = 'c'))");
                        })
                        .value();
  ASSERT_FALSE(plan.empty());
  for (const std::string& step : plan) EXPECT_EQ(step.find("SCAN"), std::string::npos) << step;
  EXPECT_NE(plan.front().find("commitments_gate"), std::string::npos) << plan.front();
}

TEST_F(CommitmentsInSqlite, two_threads_that_sign_at_once_sign_once) {
  const Commitment sent = bench->send(bench->mira, CommitmentBench::terms());
  const Visitor mira = bench->enter("mira@weekly.example");
  const SignRequest request = CommitmentBench::request_of(bench->prepare(mira, sent.id), "Mira");
  std::atomic<int> waiting{4}, answered{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      const auto outcome = bench->portal.sign(mira, sent.id, request);
      if (outcome && outcome->commitment.state == State::in_force) ++answered;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, 4);
  const auto entries = sql->evidence(sent.id).value();
  EXPECT_EQ(std::count_if(entries.begin(), entries.end(), [](const auto& entry) { return entry.kind == "signed"; }), 1);
  EXPECT_EQ(bench->jobs_of("issue_copies"), 1U);
  EXPECT_TRUE(bench->service.check_evidence(sent.id));
}

TEST_F(CommitmentsInSqlite, a_code_typed_twice_at_once_opens_one_session) {
  bench->send(bench->mira, CommitmentBench::terms());
  const std::string token = bench->token_for("mira@weekly.example");
  ASSERT_TRUE(bench->portal.open_link(token, false));
  const std::string code = bench->code_for("mira@weekly.example");
  std::atomic<int> waiting{3}, opened{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&] {
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      if (bench->portal.open_session(token, code, "", "")) ++opened;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(opened, 1);
}

TEST_F(CommitmentsInSqlite, what_is_refused_leaves_nothing_behind) {
  const Id free = bench->add_person("Fay Free", "fay@free.example", std::nullopt);
  const auto refused = bench->service.create({bench->project,
                                              bench->press,
                                              {bench->mira, free},
                                              CommitmentBench::terms(Liable::both),
                                              std::nullopt,
                                              std::nullopt,
                                              true},
                                             bench->staff());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sql->list({}).value().total, 0U);
  // A version is taken once.
  const Commitment held = bench->in_force(bench->mira, "mira@weekly.example", CommitmentBench::terms());
  ASSERT_TRUE(bench->service.replace(held.id, {std::nullopt, CommitmentBench::terms(), true, false}, bench->staff()));
  EXPECT_EQ(bench->service.replace(held.id, {std::nullopt, CommitmentBench::terms(), true, false}, bench->staff())
                .error()
                .code,
            ErrorCode::conflict);
  // A wrong code's try is kept although it is answered with an error.
  const std::string token = bench->token_for("mira@weekly.example");
  ASSERT_TRUE(bench->portal.open_link(token, false));
  const std::string wrong = bench->code_for("mira@weekly.example") == "000000" ? "000001" : "000000";
  EXPECT_FALSE(bench->portal.open_session(token, wrong, "", ""));
  const Link link = sql->link_by_token(token_hash(token)).value().value();
  EXPECT_EQ(sql->codes_since(link.id, 0).value().back().tries, 1);
}

TEST_F(CommitmentsInSqlite, slips_notices_and_waiting_ones_are_found) {
  const Commitment held = bench->in_force(bench->mira, "mira@weekly.example", CommitmentBench::terms());
  const Visitor mira = bench->enter("mira@weekly.example");
  const Slip slip =
      bench->portal.report_slip(mira, {held.id, "what", "where", bench->clock.now_ms(), std::nullopt}).value();
  EXPECT_EQ(sql->find_slip(slip.id).value(), slip);
  EXPECT_EQ(sql->slips_of(bench->mira).value(), std::vector<Slip>{slip});
  EXPECT_EQ(sql->list_slips(bench->project, {}).value().total, 1U);
  EXPECT_EQ(sql->counts(bench->project).value().slips, 1U);
  EXPECT_EQ(sql->promises_of(bench->project).value().size(), 1U);
  EXPECT_EQ(sql->promises_between(*held.terms.embargo_ms, *held.terms.embargo_ms).value().size(), 1U);
  EXPECT_EQ(sql->promises_between(0, *held.terms.embargo_ms - 1).value().size(), 0U);
  bench->clock.advance(*held.terms.embargo_ms - bench->clock.now_ms());
  EXPECT_EQ(bench->notices.tick().value().notices, 1U);
  EXPECT_EQ(bench->notices.tick().value().notices, 0U);
  EXPECT_TRUE(sql->organisation_in_force(bench->project, bench->weekly).value());
  EXPECT_EQ(sql->forget_access(bench->clock.now_ms() + 1).has_value(), true);
  EXPECT_FALSE(sql->session_by_token(Hash{}).value());
}

}  // namespace
}  // namespace probity::store
