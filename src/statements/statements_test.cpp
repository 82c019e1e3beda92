#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <nlohmann/json.hpp>
#include <set>

#include "jobs/call.h"
#include "statements/document.h"
#include "statements/json.h"
#include "statements/public_json.h"
#include "statements/wording.h"
#include "support/statements_fixture.h"

namespace probity::statements {
namespace {

using test::StatementBench;

TEST(Statements, needs_two_people_who_approved_the_same_words) {
  StatementBench bench;
  bench.pass_time();
  const auto drafted =
      bench.service.draft({bench.cases.facts.id, Kind::early_publication, StatementBench::words(), {}}, bench.ada)
          .value();
  const Id id = drafted.statement.id;
  EXPECT_EQ(drafted.statement.number, "S-2027-0001");
  EXPECT_FALSE(bench.service.publish(id, bench.ada));
  EXPECT_FALSE(bench.service.approve(id, content_hash(drafted.statement), bench.ben)) << "a draft";
  const auto submitted = bench.service.submit(id, bench.ada).value();
  const Hash hash = content_hash(submitted.statement);
  EXPECT_EQ(bench.service.approve(id, Hash{}, bench.ben).error().code, ErrorCode::conflict);
  EXPECT_EQ(bench.service.approve(id, hash, {events::Actor::Kind::api_key, Id{}, "a key"}).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(bench.service.approve(id, hash, {events::Actor::Kind::command_line, std::nullopt, "root"}).error().code,
            ErrorCode::forbidden);
  EXPECT_TRUE(bench.service.approve(id, hash, bench.ada));
  EXPECT_FALSE(bench.service.approve(id, hash, bench.ada)) << "one person twice";
  EXPECT_FALSE(bench.service.publish(id, bench.ada));
  EXPECT_EQ(bench.service.approve(id, hash, bench.ben)->statement.state, State::approved);
  EXPECT_TRUE(bench.service.publish(id, bench.ada));
  EXPECT_FALSE(bench.service.publish(id, bench.ada)) << "on its way already";
  ASSERT_EQ(bench.jobs.requests.size(), 2U);
  EXPECT_EQ(bench.jobs.requests[0].kind, jobs::kCallJob) << "those who approve are told that something waits";
  EXPECT_EQ(bench.jobs.requests[1].kind, kSealStatementJob);
}

TEST(Statements, opening_again_voids_both_approvals) {
  StatementBench bench;
  const Id id = bench.approved().statement.id;
  EXPECT_FALSE(bench.service.update(id, {}, bench.ada)) << "approved words do not change";
  EXPECT_FALSE(bench.service.reopen(id, "", bench.ada)) << "a reason is asked for";
  const auto opened = bench.service.reopen(id, "a wrong date", bench.ada).value();
  EXPECT_EQ(opened.statement.state, State::draft);
  EXPECT_TRUE(opened.statement.approvals.empty());
}

TEST(Statements, waits_for_the_time_to_reply_and_to_appeal) {
  StatementBench bench;
  const Id id = bench.approved().statement.id;
  const auto early = bench.service.publish(id, bench.ada);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, ErrorCode::conflict);
  EXPECT_EQ(early.error().message, "the time for appeal has not passed");
  EXPECT_EQ(bench.service.find(id)->hindrances.at(0).code, "time_not_passed");
  bench.pass_time();
  EXPECT_TRUE(bench.service.publish(id, bench.ada));
}

TEST(Statements, carries_the_reply_as_it_stands_when_published) {
  StatementBench bench;
  bench.pass_time();
  const Id id = bench.approved().statement.id;
  bench.cases.facts.replies = {{bench.accused.party, true, "I, Mira Holloway, am sorry.", bench.clock.now_ms()}};
  EXPECT_EQ(bench.service.publish(id, bench.ada).error().message.substr(0, 23), "the accused has replied");
  EXPECT_TRUE(bench.service.reopen(id, "a reply came", bench.ada));
  const auto submitted = bench.service.submit(id, bench.ada).value();
  EXPECT_EQ(submitted.statement.content.replies.at(0).text, "I, a recipient, am sorry.");
}

TEST(Statements, refuses_words_that_tell_who_somebody_is) {
  StatementBench bench;
  for (const char* body : {"It was Mira Holloway.", "Ask mira@weekly.example", "Motor Weekly did it", "[[date]]", ""}) {
    Texts words = StatementBench::words();
    words.en.body = body;
    const auto drafted = bench.service.draft({bench.cases.facts.id, Kind::other, words, {}}, bench.ada).value();
    EXPECT_FALSE(bench.service.submit(drafted.statement.id, bench.ada)) << body;
  }
}

TEST(Statements, is_public_only_with_a_proof_and_loses_nothing_in_an_outage) {
  StatementBench bench;
  bench.pass_time();
  const Id id = bench.approved().statement.id;
  ASSERT_TRUE(bench.service.publish(id, bench.ada));
  bench.authority_down = true;
  EXPECT_EQ(bench.sealing.seal(id).error().code, ErrorCode::unavailable);
  EXPECT_EQ(bench.service.find(id)->statement.waits_for, "no time authority answers");
  EXPECT_EQ(bench.publication.find(id).error().code, ErrorCode::not_found);
  bench.authority_down = false;
  bench.log.held = true;
  EXPECT_EQ(bench.sealing.seal(id).error().code, ErrorCode::unavailable);
  EXPECT_EQ(bench.publication.find(id).error().code, ErrorCode::not_found) << "sealed, and not in the log yet";
  const auto pdf = bench.service.find(id)->statement.pdf;
  ASSERT_TRUE(bench.sealing.tick());
  EXPECT_EQ(bench.jobs.requests.back().once_key, bench.jobs.requests[1].once_key);
  bench.log.held = false;
  ASSERT_TRUE(bench.sealing.seal(id));
  EXPECT_EQ(bench.seals, 1) << "sealed once, whatever happened";
  EXPECT_EQ(bench.log.openings.size(), 1U) << "logged once";
  const auto seen = bench.publication.find(id).value();
  EXPECT_EQ(seen.statement.pdf, pdf);
  EXPECT_TRUE(seen.proof && seen.opening);
  ASSERT_TRUE(bench.sealing.seal(id));
  EXPECT_EQ(bench.seals, 1);
}

TEST(Statements, waits_again_when_an_appeal_comes_before_it_is_shown) {
  StatementBench bench;
  bench.pass_time();
  const Id id = bench.approved().statement.id;
  ASSERT_TRUE(bench.service.publish(id, bench.ada));
  bench.cases.gate = {false, "time_not_passed", "an appeal is not decided yet", "申诉尚未裁定", std::nullopt};
  EXPECT_EQ(bench.sealing.seal(id).error().code, ErrorCode::unavailable);
  EXPECT_FALSE(bench.service.find(id)->statement.pdf);
  bench.pass_time();
  EXPECT_TRUE(bench.sealing.seal(id));
}

TEST(Statements, say_that_something_was_rectified_only_when_it_was_accepted) {
  StatementBench bench;
  const Id id = bench.published().statement.id;
  const auto follow_up = bench.service.follow_up(id, Relation::rectified, StatementBench::words(), bench.ada).value();
  const auto stands_in_the_way = [&] {
    const auto found = bench.service.find(follow_up.statement.id)->hindrances;
    return std::ranges::any_of(found, [](const Hindrance& one) {
      return one.message == "no rectification of the case is accepted to its end" && !one.message_zh.empty();
    });
  };
  EXPECT_TRUE(stands_in_the_way());
  bench.cases.facts.rectified = true;
  EXPECT_FALSE(stands_in_the_way());
}

TEST(Statements, knows_its_own_files_by_hash_and_no_others) {
  StatementBench bench;
  const auto view = bench.published();
  const auto file = bench.publication.document(view.statement.id).value();
  const auto genuine = bench.publication.by_hash(sha256(file.bytes)).value();
  ASSERT_TRUE(genuine.statement);
  EXPECT_EQ(genuine.statement->id, view.statement.id);
  Bytes doctored = file.bytes;
  doctored.back() ^= 1;
  EXPECT_FALSE(bench.publication.by_hash(sha256(doctored))->statement);
}

TEST(Statements, shows_followers_on_both_pages) {
  StatementBench bench;
  const auto first = bench.published().statement;
  const auto drafted = bench.service.follow_up(first.id, Relation::overturned, std::nullopt, bench.ada).value();
  EXPECT_EQ(drafted.statement.follows, first.id);
  EXPECT_NE(drafted.statement.content.texts.en.body.find(first.number), std::string::npos);
  EXPECT_EQ(bench.publication.find(first.id)->chain.size(), 1U) << "a draft is nobody's business";
  EXPECT_FALSE(bench.service.follow_up(drafted.statement.id, Relation::paid, {}, bench.ada)) << "not published";
  // A correction does not wait for the time that protects the accused.
  bench.cases.gate.allowed = false;
  const Id id = drafted.statement.id;
  ASSERT_TRUE(bench.service.update(id, {.texts = StatementBench::words()}, bench.ada));
  const Hash hash = content_hash(bench.service.submit(id, bench.ada)->statement);
  ASSERT_TRUE(bench.service.approve(id, hash, bench.ben) && bench.service.approve(id, hash, bench.cleo));
  EXPECT_FALSE(bench.service.publish(id, bench.ada)) << "nothing was overturned";
  bench.cases.facts.overturned = true;
  ASSERT_TRUE(bench.service.publish(id, bench.ada));
  ASSERT_TRUE(bench.sealing.seal(id));
  for (const Id& page : {first.id, id}) {
    const auto seen = public_json(bench.publication.find(page).value());
    ASSERT_EQ(seen["chain"].size(), 2U);
    EXPECT_EQ(seen["chain"][0]["number"], first.number);
    EXPECT_EQ(seen["chain"][1]["relation"], "overturned");
    std::set<std::string> members;
    for (const auto& one : seen["chain"])
      for (const auto& [name, value] : one.items()) members.insert(name);
    EXPECT_EQ(members.size(), seen["chain"][0].size()) << "told of each alike";
  }
}

TEST(Statements, leaves_a_dated_stone_and_nothing_else) {
  StatementBench bench;
  const auto view = bench.published();
  const Id id = view.statement.id;
  const auto file = bench.publication.document(id).value();
  EXPECT_FALSE(bench.service.bury(id, {"S-2027-9999", Grounds::court_order, "a court's order"}, bench.ben));
  EXPECT_FALSE(bench.service.bury(id, {view.statement.number, Grounds::court_order, "for Mira Holloway"}, bench.ben));
  const Burial order{view.statement.number, Grounds::court_order, "A court ordered it."};
  ASSERT_TRUE(bench.service.bury(id, order, bench.ben));
  EXPECT_EQ(bench.service.find(id)->statement.state, State::published) << "one person alone removes nothing";
  EXPECT_EQ(bench.service.bury(id, order, bench.ben).error().code, ErrorCode::conflict);
  EXPECT_EQ(bench.service.bury(id, {order.number, Grounds::overturned, order.reason}, bench.ada).error().code,
            ErrorCode::conflict);
  events::Actor key = bench.ada;
  key.kind = events::Actor::Kind::api_key;
  EXPECT_EQ(bench.service.bury(id, order, key).error().code, ErrorCode::forbidden);
  ASSERT_TRUE(bench.service.refuse_burial(id, "It concerns another statement.", bench.ada));
  EXPECT_EQ(bench.service.refuse_burial(id, "x", bench.ada).error().code, ErrorCode::conflict);
  ASSERT_TRUE(bench.service.bury(id, order, bench.ben));
  ASSERT_TRUE(bench.service.bury(id, order, bench.ada));
  EXPECT_EQ(bench.publication.document(id).error().code, ErrorCode::gone);
  EXPECT_EQ(bench.publication.proof(id).error().code, ErrorCode::gone);
  EXPECT_EQ(bench.publication.opening_json(id).error().code, ErrorCode::gone);
  EXPECT_EQ(bench.jobs.requests.back().kind, kRemoveStatementJob);
  ASSERT_TRUE(bench.sealing.remove_document(id));
  EXPECT_TRUE(bench.blobs.blobs.empty());
  EXPECT_EQ(bench.log.openings.at(0).salt, Hash{});
  EXPECT_TRUE(bench.log.openings.at(0).record.content.empty());
  const auto seen = public_json(bench.publication.find(id).value());
  EXPECT_EQ(seen["state"], "tombstoned");
  EXPECT_EQ(seen["tombstone"]["reason"], "A court ordered it.");
  EXPECT_TRUE(seen["texts"].empty() && seen["parties"].empty() && seen["replies"].empty());
  EXPECT_FALSE(seen.contains("pdf") || seen.contains("log"));
  const auto known = bench.publication.by_hash(sha256(file.bytes)).value();
  ASSERT_TRUE(known.statement);
  EXPECT_TRUE(hash_json(known).contains("removed_at"));
  EXPECT_TRUE(bench.service.follow_up(id, Relation::overturned, {}, bench.ada)) << "what came of it may still be said";
}

TEST(Statements, fills_in_every_wording) {
  StatementBench bench;
  bench.cases.facts.replies = {{bench.accused.party, true, "Sorry.", 1}};
  std::vector<NamedParty> shown{shown_as(bench.accused, Naming::role).value(),
                                shown_as(bench.outlet, Naming::role).value()};
  for (const Wording& wording : wordings()) {
    const Texts texts = worded(wording.kind, {bench.house.house().value(), bench.cases.facts, shown, "S-2026-0001"});
    for (const Text* text : {&texts.en, &texts.zh}) {
      EXPECT_FALSE(text->title.empty() || text->body.empty());
      EXPECT_EQ((text->title + text->body).find_first_of("{}"), std::string::npos) << text->body;
      EXPECT_EQ((text->title + text->body).find("fine "), std::string::npos) << "an agreed amount is no fine";
      EXPECT_TRUE(NameFinder(bench.cases.facts.parties, shown).find(text->title + text->body).empty()) << text->body;
    }
  }
}

TEST(Statements, says_everything_in_its_document_and_feeds) {
  StatementBench bench;
  const auto view = bench.published();
  DocumentFacts facts;
  facts.house = bench.house.house().value();
  const auto document = compose(view.statement, facts);
  EXPECT_EQ(document.title, "A statement");
  EXPECT_EQ(document.footer, "https://press.lumen.example/statements/" + view.statement.id.text());
  const std::string atom = atom_feed(bench.store.list_public({})->items, facts.house, 0);
  EXPECT_NE(atom.find("<entry>"), std::string::npos);
  EXPECT_NE(atom.find(view.statement.id.text()), std::string::npos);
  Texts hostile = StatementBench::words();
  hostile.en.title = "<script>&\"]]>";
  Statement changed = view.statement;
  changed.content.texts = hostile;
  EXPECT_EQ(atom_feed({changed}, facts.house, 0).find("<script>"), std::string::npos);
  EXPECT_EQ(json_feed({changed}, facts.house)["items"].size(), 1U);
}

// Whatever is asked in whatever order: nothing is public without two people, an approved hash and an open gate, and
// what was sealed stays as it was.
TEST(Statements, holds_its_rules_under_any_order_of_requests) {
  rc::check("two people, one text, one seal", [] {
    StatementBench bench;
    const Id id =
        bench.service.draft({bench.cases.facts.id, Kind::other, StatementBench::words(), {}}, bench.ada)->statement.id;
    std::optional<Hash> sealed;
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12));
    for (const int step : steps) {
      const Statement before = bench.service.find(id)->statement;
      const events::Actor actor = StatementBench::account(static_cast<std::uint8_t>(1 + step % 3), "Somebody");
      if (step < 3) (void)bench.service.approve(id, content_hash(before), actor);
      if (step == 3) (void)bench.service.submit(id, actor);
      if (step == 4) (void)bench.service.reopen(id, "again", actor);
      if (step == 5) (void)bench.service.update(id, {.kind = Kind::employee}, actor);
      if (step == 6) bench.pass_time();
      if (step == 7) bench.cases.gate.allowed = false;
      if (step == 8) (void)bench.service.publish(id, actor);
      if (step == 9) (void)bench.sealing.seal(id);
      if (step == 10) bench.authority_down = !bench.authority_down;
      if (step == 11) bench.log.held = false;
      const Statement after = bench.service.find(id)->statement;
      if (after.pdf && !sealed) {
        sealed = after.pdf;
        RC_ASSERT(bench.cases.gate.allowed);
      }
      if (sealed) {
        RC_ASSERT(after.pdf == sealed);
        RC_ASSERT(after.content == before.content);
        std::set<Id> people;
        for (const Approval& approval : after.approvals) people.insert(approval.account);
        RC_ASSERT(people.size() >= kApprovalsNeeded);
      }
      RC_ASSERT(after.is_public() == static_cast<bool>(bench.publication.find(id)));
      RC_ASSERT(!after.is_public() || after.log_index);
    }
    RC_ASSERT(bench.seals <= 1);
  });
}

TEST(Statements, are_written_and_read_alike) {
  rc::check("content as JSON", [] {
    Content content;
    content.kind = static_cast<Kind>(*rc::gen::inRange(0, 11));
    content.relation = static_cast<Relation>(*rc::gen::inRange(0, 5));
    content.texts.en = {*rc::gen::element<std::string>("", "A \"title\""), *rc::gen::element<std::string>("", "B\nC")};
    content.texts.zh = {"标题", *rc::gen::element<std::string>("", "正文")};
    if (*rc::gen::arbitrary<bool>())
      content.parties.push_back({StatementBench::account(7, "").id.value(), "supplier", false, Naming::full, "X", "Y"});
    if (*rc::gen::arbitrary<bool>()) content.replies.push_back({"a", "b", true, "text", 12345});
    if (*rc::gen::arbitrary<bool>()) content.replies.push_back({"a", "b", false, "", std::nullopt});
    RC_ASSERT(content_from_json(content_to_json(content)) == content);
  });
}

}  // namespace
}  // namespace probity::statements
