#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "filings/json.h"
#include "filings/prepare.h"
#include "support/filings_fixture.h"

namespace probity::filings {
namespace {

using alliance::ListingState;
using test::FilingBench;
using test::ScriptedHub;

TEST(Filings, a_careless_photographer_is_refused_with_the_reason) {
  FilingBench bench;
  NewFiling wanted;
  wanted.name = "A careless photographer";
  wanted.conduct = "negligence";
  const auto refused = bench.service.draft(wanted, bench.ada);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(refused.error().message.find("carelessness is for the commitment's agreed amount"), std::string::npos);
  EXPECT_TRUE(bench.store.all.empty());
}

TEST(Filings, a_leak_is_listed_when_for_gain_or_found_by_a_court_and_not_otherwise) {
  FilingBench bench;
  const Id id = bench.drafted("secrets_for_gain").id;
  EXPECT_EQ(bench.service.submit(id, bench.ada).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(bench.hub.calls, 0) << "nothing left the node";
  FilingChange found;
  found.standard = alliance::StandardOfProof::arbitration;
  EXPECT_TRUE(bench.service.update(id, found, bench.ada));
  EXPECT_TRUE(hindrances(bench.service.find(id).value()).empty());
  FilingChange gain;
  gain.standard = alliance::StandardOfProof::signed_statement;
  gain.intentional_for_gain = true;
  EXPECT_TRUE(bench.service.update(id, gain, bench.ada));
  EXPECT_TRUE(bench.service.submit(id, bench.ada));
}

TEST(Filings, goes_from_a_draft_to_active_through_two_people_a_notice_and_a_wait) {
  FilingBench bench;
  const Id id = bench.drafted().id;
  const auto submitted = bench.service.submit(id, bench.ada).value();
  EXPECT_EQ(shown_state(submitted), "awaiting_approval");
  EXPECT_FALSE(submitted.pending);
  EXPECT_EQ(bench.hub.papers.size(), 4U) << "three documents and the summary";
  EXPECT_EQ(bench.service.approve(id, bench.ada).error().code, ErrorCode::forbidden);
  EXPECT_EQ(shown_state(bench.service.approve(id, bench.ben).value()), "awaiting_notice");
  EXPECT_TRUE(bench.service.send_notice(id, "li.testperson@example.org", bench.ada));
  bench.hub.deliver(*submitted.listing_id);
  EXPECT_TRUE(bench.clerk.tick());
  EXPECT_EQ(shown_state(bench.service.find(id).value()), "notified");
  bench.clock.advance(alliance::kNoticeWaitMs);
  bench.hub.tick();
  EXPECT_TRUE(bench.clerk.tick());
  EXPECT_TRUE(bench.clerk.tick());
  EXPECT_EQ(shown_state(bench.service.find(id).value()), "active");
  for (const char* kind :
       {"filing.submitted", "filing.approved", "filing.notice_sent", "filing.notice_delivered", "filing.activated"})
    EXPECT_EQ(bench.count(kind), 1U) << kind;
}

TEST(Filings, whoever_wrote_any_of_it_does_not_approve_also_when_the_hub_never_saw_them) {
  FilingBench bench;
  const Id id = bench.drafted().id;
  FilingChange change;
  change.decided_by = "Ben, who only corrected a name";
  EXPECT_TRUE(bench.service.update(id, change, bench.ben));
  EXPECT_TRUE(bench.service.submit(id, bench.ada));
  EXPECT_EQ(bench.service.approve(id, bench.ben).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(bench.service.approve(id, bench.cleo));
}

TEST(Filings, nobody_without_an_account_files_or_approves) {
  FilingBench bench;
  const Id id = bench.drafted().id;
  const events::Actor root{events::Actor::Kind::command_line, std::nullopt, "root"};
  const events::Actor key{events::Actor::Kind::api_key, Id{}, "a key"};
  for (const auto& actor : {root, key}) {
    EXPECT_EQ(bench.service.draft({}, actor).error().code, ErrorCode::forbidden);
    EXPECT_EQ(bench.service.submit(id, actor).error().code, ErrorCode::forbidden);
    EXPECT_EQ(bench.service.approve(id, actor).error().code, ErrorCode::forbidden);
  }
}

TEST(Filings, neither_number_nor_name_nor_address_leaves_or_is_kept_in_the_clear) {
  FilingBench bench;
  const Filing filing = bench.active();
  std::string record = filing_record(filing);
  std::string told;
  for (const auto& event : bench.events.all) told += event.kind + event.data_json;
  for (std::string* place : {&bench.hub.sent, &record, &told}) {
    EXPECT_EQ(place->find(FilingBench::kNumber), std::string::npos);
    if (place == &record) continue;
    EXPECT_EQ(place->find("Testperson"), std::string::npos);
    EXPECT_EQ(place->find("three orders"), std::string::npos);
  }
  EXPECT_EQ(record.find("li.testperson"), std::string::npos) << "the address is told once and kept nowhere";
  for (const auto& [hash, bytes] : bench.blobs.all) EXPECT_EQ(as_text(bytes).find("document"), std::string::npos);
}

TEST(Filings, an_identifier_that_is_wrong_is_refused_without_being_repeated) {
  FilingBench bench;
  const Id id = bench.service.draft({SubjectKind::person, "Li", {}, {}, "theft"}, bench.ada).value().id;
  const auto refused =
      bench.service.identify(id, {names::IdentifierKind::resident_id, "110105194912310021", {}}, bench.ada);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find("1101051949"), std::string::npos);
  FilingChange change;
  change.facts = std::string("The person with ") + FilingBench::kNumber;
  EXPECT_FALSE(bench.service.update(id, change, bench.ada)) << "nor in a field of words";
}

TEST(Filings, minors_are_never_listed) {
  FilingBench bench;
  const Id id = bench.drafted().id;
  FilingChange change;
  change.happened_ms = day_ms(1967, 12, 30);  // the day before the 18th birthday
  const auto filing = bench.service.update(id, change, bench.ada).value();
  ASSERT_EQ(hindrances(filing).size(), 1U);
  EXPECT_EQ(hindrances(filing)[0].code, "adult");
  EXPECT_TRUE(was_adult(day_ms(2000, 2, 29), day_ms(2018, 3, 1)));
  EXPECT_FALSE(was_adult(day_ms(2000, 2, 29), day_ms(2018, 2, 28)));
}

TEST(Filings, the_summary_opens_for_the_ombudsman_and_names_what_was_said) {
  FilingBench bench;
  const Id id = bench.drafted().id;
  EXPECT_TRUE(bench.service.submit(id, bench.ada));
  std::size_t summaries = 0;
  for (const auto& sent : bench.hub.papers) {
    const Bytes sealed = from_base64(sent["sealed"].get<std::string>()).value();
    const auto paper = alliance::open_paper(sealed, bench.hub.ombudsman).value();
    EXPECT_EQ(to_hex(alliance::paper_commitment(paper)), sent["commitment"].get<std::string>());
    if (paper.kind != alliance::Paper::Kind::summary) continue;
    ++summaries;
    const auto story = nlohmann::json::parse(as_text(paper.bytes));
    EXPECT_EQ(story["name"], "Li Testperson 李测试");
    EXPECT_EQ(story["documents"].size(), 3U);
    EXPECT_EQ(std::string(as_text(paper.bytes)).find(FilingBench::kNumber), std::string::npos);
  }
  EXPECT_EQ(summaries, 1U);
}

TEST(Filings, a_hub_that_names_another_ombudsman_later_is_not_followed) {
  FilingBench bench;
  bench.store.kept = bench.identity.open();
  const Id id = bench.drafted().id;
  EXPECT_EQ(bench.service.submit(id, bench.ada).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(bench.hub.papers.empty());
}

TEST(Filings, what_ended_has_no_identifier_any_more) {
  FilingBench bench;
  const Id id = bench.active().id;
  EXPECT_FALSE(bench.service.find(id)->subject.sealed_identifier.empty());
  const auto ended = bench.service.withdraw(id, "it was somebody else", bench.ada).value();
  EXPECT_EQ(shown_state(ended), "withdrawn");
  EXPECT_TRUE(ended.subject.sealed_identifier.empty());
  EXPECT_FALSE(ended.prepared);
  EXPECT_EQ(bench.service.withdraw(id, "again", bench.ada).error().code, ErrorCode::conflict);
}

TEST(Filings, an_unsent_draft_is_dropped_without_the_hub) {
  FilingBench bench;
  const Id id = bench.drafted().id;
  EXPECT_EQ(shown_state(bench.service.withdraw(id, "no", bench.ada).value()), "withdrawn");
  EXPECT_EQ(bench.hub.calls, 0);
}

TEST(Filings, an_appeal_is_answered_with_reasons_for_the_ombudsman_alone) {
  FilingBench bench;
  const Id id = bench.active().id;
  bench.hub.object(*bench.service.find(id)->listing_id);
  EXPECT_TRUE(bench.clerk.tick());
  EXPECT_EQ(shown_state(bench.service.find(id).value()), "disputed");
  EXPECT_EQ(due_day(bench.service.find(id).value())->what, "answer");
  EXPECT_FALSE(bench.service.answer(id, {alliance::Appeal::Outcome::upheld, "", {}}, bench.ada));
  EXPECT_TRUE(bench.service.answer(id, {alliance::Appeal::Outcome::upheld, "The judgment stands.", {}}, bench.ada));
  EXPECT_EQ(due_day(bench.service.find(id).value())->what, "ombudsman");
  EXPECT_EQ(bench.hub.papers.back()["kind"], "answer");
  EXPECT_EQ(bench.hub.sent.find("The judgment stands"), std::string::npos);
}

TEST(Filings, is_attested_with_the_key_of_a_new_year) {
  FilingBench bench;
  const Id id = bench.active().id;
  EXPECT_EQ(bench.service.attest(id, bench.ada).error().code, ErrorCode::conflict) << "too early";
  bench.clock.advance(alliance::kYearMs - 30 * alliance::kDayMs);
  EXPECT_TRUE(bench.clerk.tick());
  EXPECT_TRUE(bench.clerk.tick());
  EXPECT_EQ(bench.count("filing.attest_due"), 1U);
  const auto before = bench.hub.listings.at(*bench.service.find(id)->listing_id);
  bench.hub.epoch = 2028;
  EXPECT_TRUE(bench.service.attest(id, bench.ada));
  const auto after = bench.hub.listings.at(before.id);
  EXPECT_EQ(after.epoch, 2028);
  EXPECT_NE(after.tag, before.tag);
  EXPECT_EQ(after.attest_due_ms, before.attest_due_ms + alliance::kAttestEveryMs);
}

TEST(Filings, a_correction_keeps_whom_and_what_for) {
  FilingBench bench;
  const Id id = bench.active().id;
  const auto before = bench.hub.listings.at(*bench.service.find(id)->listing_id);
  Correction correction;
  correction.contact = "new.desk@harbour.example";
  EXPECT_TRUE(bench.service.correct(id, correction, "the desk moved", bench.ada));
  const auto after = bench.hub.listings.at(before.id);
  EXPECT_EQ(after.tag, before.tag);
  EXPECT_NE(after.label, before.label);
  EXPECT_EQ(after.conduct, before.conduct);
}

TEST(Filings, a_notice_that_the_hub_wrote_down_and_could_not_send_is_told_and_sent_again) {
  FilingBench bench;
  const Id id = bench.drafted().id;
  EXPECT_TRUE(bench.service.submit(id, bench.ada));
  EXPECT_TRUE(bench.service.approve(id, bench.ben));
  bench.hub.courier_fails = true;
  const auto failed = bench.service.send_notice(id, "li@example.org", bench.ada);
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().hint.find("give it again"), std::string::npos);
  EXPECT_TRUE(bench.service.find(id)->listing->notice_sent_ms);
  bench.hub.courier_fails = false;
  EXPECT_TRUE(bench.service.send_notice(id, "li@example.org", bench.ada));
  EXPECT_EQ(bench.hub.addresses.size(), 1U);
}

TEST(Filings, a_draft_is_made_from_a_decided_case_only) {
  FilingBench bench;
  CaseFacts facts;
  facts.id.bytes.fill(9);
  facts.number = "K-2027-0003";
  facts.summary = "Three orders were bought.";
  Id accused;
  accused.bytes.fill(8);
  facts.accused = {{accused, "Li Testperson", true}};
  bench.cases.facts = facts;
  NewFiling wanted{SubjectKind::person, "", facts.id, accused, "bribery"};
  EXPECT_EQ(bench.service.draft(wanted, bench.ada).error().code, ErrorCode::conflict);
  bench.cases.facts->decided = true;
  const auto drafted = bench.service.draft(wanted, bench.ada).value();
  EXPECT_EQ(drafted.subject.name, "Li Testperson");
  EXPECT_EQ(drafted.words.facts, "Three orders were bought.");
  EXPECT_EQ(drafted.number, "F-2027-0001");
}

TEST(Filings, a_company_is_listed_openly_by_names_and_number_and_asks_nobody) {
  FilingBench bench;
  const Id id = bench.drafted("counterfeit_goods").id;
  Filing filing = bench.store.all.at(id);
  filing.subject = {SubjectKind::enterprise, "Nimbus Parts", {}, {}, {}, {}};
  bench.store.all[id] = filing;
  ASSERT_EQ(hindrances(filing).size(), 1U);
  EXPECT_EQ(hindrances(filing)[0].code, "enterprise");
  FilingChange change;
  change.enterprise = alliance::Enterprise{{"Nimbus Parts Co., Ltd."}, {}, "", "", "HKG 12345678"};
  ASSERT_TRUE(bench.service.update(id, change, bench.ada));
  EXPECT_EQ(bench.service.identify(id, {names::IdentifierKind::resident_id, FilingBench::kNumber, {}}, bench.ada)
                .error()
                .code,
            ErrorCode::invalid_argument);
  const auto submitted = bench.service.submit(id, bench.ada);
  ASSERT_TRUE(submitted) << submitted.error().message;
  ASSERT_TRUE(submitted->listing->enterprise);
  EXPECT_EQ(submitted->listing->enterprise->names.front(), "Nimbus Parts Co., Ltd.");
  EXPECT_EQ(submitted->listing->epoch, alliance::kOpenEpoch);
}

TEST(Filings, a_record_comes_back_as_it_was) {
  FilingBench bench;
  const Filing filing = bench.active();
  Filing read = parse_filing_record(filing_record(filing)).value();
  read.revision = filing.revision;
  EXPECT_EQ(read, filing);
  for (const char* text : {"", "{}", "[]", R"({"id":17})"}) EXPECT_FALSE(parse_filing_record(text));
}

// A lost answer, or a lost call, at every call of a whole submission: the retry leads to one listing, submitted once.
TEST(Filings, a_submission_that_breaks_anywhere_ends_as_one_listing) {
  for (const auto fault : {ScriptedHub::Fault::before, ScriptedHub::Fault::after})
    for (std::size_t at = 0; at < 12; ++at) {
      FilingBench bench;
      const Id id = bench.drafted().id;
      for (std::size_t i = 0; i < at; ++i) bench.hub.faults.push_back(ScriptedHub::Fault::none);
      bench.hub.faults.push_back(fault);
      (void)bench.service.submit(id, bench.ada).has_value();
      for (int i = 0; i < 3; ++i) {
        bench.clock.advance(60'000);
        (void)bench.clerk.tick().has_value();
      }
      const auto filing = bench.service.find(id).value();
      EXPECT_FALSE(filing.pending) << at;
      EXPECT_EQ(shown_state(filing), "awaiting_approval") << at;
      EXPECT_EQ(bench.hub.listings.size(), 1U) << at;
      EXPECT_EQ(bench.count("filing.submitted"), 1U) << at;
    }
}

}  // namespace
}  // namespace probity::filings
