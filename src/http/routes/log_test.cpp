// The log's routes: public files with their headers, and what staff may see, over a log in memory.
#include "http/routes/log.h"

#include "base/encoding.h"
#include "log/tree_files.h"
#include "log/writer.h"
#include "support/log_fixture.h"
#include "support/route_fixture.h"
#include "tlog/log_proof.h"

namespace probity::http::routes {
namespace {

class LogRoutesTest : public test::RouteTest {
 protected:
  LogRoutesTest() {
    guard.caller.permissions.insert(accounts::Permission::read_commitments);
    policy.logs = {{key.verifier(), ""}};
    add_log_routes(router, guard,
                   {reader, book, book,
                    [this] {
                      log::LogStatus status;
                      status.origin = "log.example";
                      status.size = 5;
                      status.published_size = 3;
                      status.witnesses.push_back({"w", "https://w.example", 3, 1'800'000'000'000, "", 0});
                      return status;
                    },
                    [this]() -> Result<std::string> { return policy.text(); }});
  }
  // Everything that waits goes into the log and is published.
  void feed() {
    auto writer = log::LogWriter::open(files, log_guard, key, random).value();
    const auto waiting = book.waiting(1000).value();
    std::vector<Bytes> entries;
    std::vector<log::PlacedEntry> placed;
    for (const auto& entry : waiting) {
      placed.push_back({entry.id, writer->size() + entries.size()});
      entries.emplace_back(entry.commitment.begin(), entry.commitment.end());
    }
    ASSERT_TRUE(writer->append(entries));
    ASSERT_TRUE(writer->sign());
    ASSERT_TRUE(files.replace(log::kCheckpointFile, as_bytes(writer->signed_checkpoint())));
    ASSERT_TRUE(book.place(placed));
  }
  Response ask(const std::string& path) { return router.handle(testing::make_request(Method::get, path)); }
  std::string text(const std::string& path) { return testing::body_of(ask(path)); }

  tlog::SigningKey key = tlog::SigningKey::from_seed("log.example", tlog::SignatureType::ed25519, SecretKey(Hash{1}));
  tlog::Policy policy;
  test::FaultyDisk disk;
  test::FaultyLogFiles files{disk};
  test::FaultyGuard log_guard{disk};
  log::LogReader reader{files};
  store::SqlLogBook book{*database, clock, random, &reader};
};

TEST_F(LogRoutesTest, PublicFilesAreForEverybodyAndForEver) {
  EXPECT_EQ(ask("/log/checkpoint").status, 404);
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(book.record({"copy_issued", Id{}, "{}"}));
  feed();
  guard.caller.permissions.clear();
  const auto checkpoint = ask("/log/checkpoint");
  EXPECT_EQ(checkpoint.status, 200);
  EXPECT_EQ(checkpoint.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(checkpoint.header("access-control-allow-origin"), "*");
  EXPECT_EQ(tlog::open_checkpoint(text("/log/checkpoint"), key.verifier()).value().head.size, 300U);
  EXPECT_EQ(text("/log/key"), key.verifier().text() + "\n");
  EXPECT_TRUE(tlog::accept_checkpoint(text("/log/checkpoint"), tlog::Policy::parse(text("/log/policy")).value()));

  const auto tile = ask("/log/tile/0/000");
  EXPECT_EQ(tile.status, 200);
  EXPECT_EQ(testing::body_of(tile).size(), 8192U);
  EXPECT_EQ(tile.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(text("/log/tile/0/001.p/44").size(), 44U * 32);
  EXPECT_EQ(text("/log/tile/1/000.p/1").size(), 32U);
  EXPECT_TRUE(tlog::parse_bundle(as_bytes(text("/log/tile/entries/000")), 256));
  for (const char* path : {"/log/tile/0/001", "/log/tile/0/001.p/45", "/log/tile/2/000.p/1", "/log/tile/0/0",
                           "/log/tile/", "/log/tile/0/000/", "/log/tile/entries/001", "/log/lock", "/log/journal"})
    EXPECT_EQ(ask(path).status, 404) << path;
}

TEST_F(LogRoutesTest, StampedCheckpointsAreForEverybody) {
  EXPECT_EQ(text("/log/stamps"), "");
  ASSERT_TRUE(files.replace("stamps/12.checkpoint", as_bytes("a note")));
  ASSERT_TRUE(files.replace("stamps/12.tst", as_bytes("a token")));
  ASSERT_TRUE(files.replace("stamps/9.tst", as_bytes("another")));
  guard.caller.permissions.clear();
  EXPECT_EQ(text("/log/stamps"), "9\n12\n");
  EXPECT_EQ(text("/log/stamps/12.checkpoint"), "a note");
  const auto token = ask("/log/stamps/12.tst");
  EXPECT_EQ(testing::body_of(token), "a token");
  EXPECT_EQ(token.header("content-type"), "application/timestamp-token");
  for (const char* path : {"/log/stamps/13.tst", "/log/stamps/9.checkpoint", "/log/stamps/lock"})
    EXPECT_EQ(ask(path).status, 404) << path;
}

TEST_F(LogRoutesTest, StaffSeeHowFarTheLogIs) {
  const Answer status = get("/log");
  EXPECT_EQ(status.status, 200);
  EXPECT_EQ(status.json["unpublished"], 2);
  EXPECT_TRUE(status.json["published"].is_null());
  EXPECT_EQ(status.json["witnesses"][0]["cosigned_size"], 3);
  EXPECT_EQ(status.json["stamps"]["wanted"], false);
  EXPECT_TRUE(status.json["stamps"]["time"].is_null());
  guard.caller.permissions.clear();
  EXPECT_EQ(get("/log").status, 403);
}

TEST_F(LogRoutesTest, EntriesAreOpenedAndProved) {
  const Id subject{{7}};
  const Id entry = book.record({"commitment_signed", subject, R"({"a":1})"}).value();
  const std::string path = "/log/entries/" + entry.text();
  EXPECT_EQ(get(path + "/proof").status, 503) << "it is not in the log yet";
  feed();
  const Answer opening = get(path);
  EXPECT_EQ(opening.json["index"], 0);
  EXPECT_EQ(get("/log/entries?subject=" + subject.text()).json["items"][0], opening.json);
  EXPECT_EQ(get("/log/entries").status, 400);

  const auto proof = tlog::LogProof::parse(text("/api/v1" + path + "/proof")).value();
  const Bytes commitment = from_hex(opening.json["commitment"].get<std::string>()).value();
  EXPECT_TRUE(tlog::verify_log_proof(proof, commitment, policy));
  for (const std::string& id : strange_ids()) {
    EXPECT_EQ(get("/log/entries/" + id).status, 404) << id;
    EXPECT_EQ(get("/log/entries/" + id + "/proof").status, 404) << id;
  }
  guard.caller.permissions = {accounts::Permission::read_projects};
  EXPECT_EQ(get(path).status, 403) << "what an entry says is for those who may read its record";
  EXPECT_EQ(get("/log/entries?subject=" + subject.text()).status, 403);
  EXPECT_EQ(ask("/api/v1" + path + "/proof").status, 200);
}

TEST_F(LogRoutesTest, EntriesOfARecordArePaged) {
  const Id subject{{7}};
  for (int i = 0; i < 60; ++i)
    ASSERT_TRUE(book.record({i % 3 == 2 ? "custody_step" : "commitment_signed", subject, std::to_string(i)}));
  ASSERT_TRUE(book.record({"commitment_signed", Id{{8}}, "another's"}));
  const std::string list = "/log/entries?subject=" + subject.text();
  const auto said = [](const nlohmann::json& item) {
    const std::string text = item["text"];
    return text.substr(text.rfind('\n') + 1);
  };
  // 40 of them may be read; the others are neither shown nor counted, on any page.
  guard.caller.permissions = {accounts::Permission::read_projects, accounts::Permission::read_commitments};
  const Answer few = get(list + "&limit=3");
  EXPECT_EQ(few.json["total"], 40);
  ASSERT_EQ(few.json["items"].size(), 3U);
  EXPECT_EQ(said(few.json["items"][2]), "3");
  EXPECT_EQ(get(list).json["items"].size(), 40U);
  const Answer latest = get(list + "&sort=-time&limit=2");
  EXPECT_EQ(said(latest.json["items"][0]), "58");
  EXPECT_EQ(said(latest.json["items"][1]), "57");
  EXPECT_EQ(get(list + "&offset=39&limit=50").json["items"].size(), 1U);
  EXPECT_EQ(get(list + "&offset=40").json["items"].size(), 0U);
  guard.caller.permissions.insert(accounts::Permission::read_cases);
  EXPECT_EQ(get(list).json["total"], 60);
  EXPECT_EQ(get(list).json["items"].size(), 50U);
  for (const char* wrong : {"&limit=0", "&limit=501", "&limit=x", "&offset=-1", "&sort=kind"})
    EXPECT_EQ(get(list + wrong).status, 400) << wrong;
}

TEST_F(LogRoutesTest, WhatACaseSaysIsNotForThoseWhoOnlyAudit) {
  using accounts::Permission;
  const Id of_a_case{{8}};
  const Id step = book.record({"custody_step", of_a_case, R"({"text":"a claim"})"}).value();
  book.record({"commitment_signed", of_a_case, "{}"}).value();
  book.record({"alliance_member", Id{{9}}, "{}"}).value();
  const std::string list = "/log/entries?subject=" + of_a_case.text();
  const Id claim = book.record({"case_claim", Id{{11}}, "{}"}).value();
  guard.caller.permissions = {Permission::read_projects, Permission::read_audit, Permission::read_commitments};
  EXPECT_EQ(get("/log/entries/" + step.text()).status, 403);
  EXPECT_EQ(get("/log/entries/" + claim.text()).status, 403);
  EXPECT_EQ(get(list).json["total"], 1) << "only what may be read is counted";
  EXPECT_EQ(get("/log/entries?subject=" + Id{{9}}.text()).json["total"], 1) << "the alliance's own are for auditors";
  guard.caller.permissions = {Permission::read_projects, Permission::operate_hub};
  EXPECT_EQ(get("/log/entries?subject=" + Id{{9}}.text()).json["total"], 1) << "a member's standing is the operator's";
  EXPECT_EQ(get(list).status, 403);
  guard.caller.permissions = {Permission::read_projects, Permission::read_cases, Permission::read_commitments};
  EXPECT_EQ(get("/log/entries/" + step.text()).status, 200);
  EXPECT_EQ(get(list).json["total"], 2);
  EXPECT_EQ(get("/log/entries?subject=" + Id{{9}}.text()).status, 403);
  EXPECT_EQ(get("/log/entries?subject=" + Id{{10}}.text()).json["total"], 0);
}

}  // namespace
}  // namespace probity::http::routes
