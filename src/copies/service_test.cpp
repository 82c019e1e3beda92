// The verbs of copies over memory twins, and the audit that finds what was tampered with.
#include "copies/service.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/encoding.h"
#include "code/codeword.h"
#include "copies/audit.h"
#include "copies/copy_maker.h"
#include "copies/json.h"
#include "copies/keys.h"
#include "support/copies_fixture.h"

namespace probity::copies {
namespace {

using test::add_letter_asset;
using test::some_recipients;

class Copies : public testing::Test {
 protected:
  test::CopiesBench bench;
  CopyService& service = bench.service;

  std::vector<IssuedCopy> issue(const Asset& asset, int recipient_count) {
    return service.issue_copies({&asset, 1}, some_recipients(recipient_count)).value();
  }
  Bytes make(const Asset& asset, const Copy& copy) {
    const auto permits = service.register_makings({&copy, 1}, Purpose::issue, "tester").value();
    return CopyMaker::open(service, asset).value().make(permits.front()).value();
  }
};

TEST_F(Copies, issues_each_recipient_one_copy_and_finds_it_again) {
  const Asset asset = add_letter_asset(service, "coast");
  const auto first = issue(asset, 3);
  const auto second = issue(asset, 5);
  EXPECT_TRUE(first[2].is_new);
  EXPECT_FALSE(second[2].is_new);
  EXPECT_EQ(first[2].issued.copy, second[2].issued.copy);
  EXPECT_TRUE(second[4].is_new);
  EXPECT_EQ(service.find_copy(asset, some_recipients(1).front()).value().copy, first[0].issued.copy);
  EXPECT_EQ(service.store().counts().value(), (StoreReader::Counts{1, 5, 5, 0, 7}));
}

TEST_F(Copies, makes_the_same_bytes_each_time_and_others_for_others) {
  const Asset asset = add_letter_asset(service, "coast");
  const auto issued = issue(asset, 2);
  const Bytes bytes = make(asset, issued[0].issued.copy);
  EXPECT_EQ(bytes, make(asset, issued[0].issued.copy));
  EXPECT_NE(bytes, make(asset, issued[1].issued.copy));
  EXPECT_EQ(bytes.size(), asset.copy_size_bytes);
  const auto bits = codeword_of(asset, service.key_of(asset), issued[0].issued.copy.id);
  for (std::size_t cell = 0; cell < bits.size(); ++cell) EXPECT_EQ(bytes[cell + 1], bits[cell] == 1 ? 'a' : 'b');
}

TEST_F(Copies, registers_a_making_for_every_permit) {
  const Asset asset = add_letter_asset(service, "coast");
  const Copy copy = issue(asset, 1).front().issued.copy;
  service.register_makings({&copy, 1}, Purpose::issue, "first operator").value();
  service.register_makings({&copy, 1}, Purpose::evidence, "second operator").value();
  const auto makings = service.store().makings(copy.id).value();
  ASSERT_EQ(makings.size(), 2U);
  EXPECT_EQ(makings[0].operator_name, "first operator");
  EXPECT_EQ(makings[1].purpose, Purpose::evidence);
}

TEST_F(Copies, keeps_names_out_of_the_register) {
  const Asset asset = add_letter_asset(service, "coast");
  make(asset, issue(asset, 2)[1].issued.copy);
  const auto entries = service.store().entries(0, 100).value();
  for (const auto& entry : entries)
    for (const char* name : {"Test Person", "Sample Gazette", "coast", "tester"})
      EXPECT_EQ(entry.payload.find(name), std::string::npos) << entry.payload;
}

TEST_F(Copies, commits_to_seeds_that_open_one_by_one) {
  const Asset asset = add_letter_asset(service, "coast");
  const Copy copy = issue(asset, 1).front().issued.copy;
  const SecretKey seed = code::copy_seed(seed_expander(service.key_of(asset)), copy.id);
  EXPECT_TRUE(code::opens(copy.seed_commitment, seed, seed_salt(copy.commitment_salt)));
  EXPECT_NE(seed_salt(copy.commitment_salt), recipient_salt(copy.commitment_salt));
}

TEST_F(Copies, refuses_the_same_original_twice) {
  add_letter_asset(service, "coast");
  const test::LetterAsset letters("coast");
  const auto again = service.add_asset(service.draft_asset(), letters.prepared("other title"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::already_exists);
}

TEST_F(Copies, finds_assets_by_id_prefix_title_and_file_name) {
  const Asset coast = add_letter_asset(service, "Coast Road");
  add_letter_asset(service, "Harbour");
  EXPECT_EQ(service.find_asset(coast.id.text()).value(), coast);
  EXPECT_EQ(service.find_asset(coast.id.text().substr(0, 8)).value(), coast);
  EXPECT_EQ(service.find_asset("coast road").value(), coast);
  EXPECT_EQ(service.find_asset("Coast Road.jpg").value(), coast);
  EXPECT_EQ(service.find_asset("nothing").error().code, ErrorCode::not_found);
  EXPECT_EQ(service.find_asset("").error().code, ErrorCode::not_found);
}

TEST_F(Copies, says_when_several_assets_fit) {
  bench.blobs.put(as_bytes("unused")).value();
  for (const char* name : {"one", "two"}) {
    const test::LetterAsset letters(name);
    service.add_asset(service.draft_asset(), letters.prepared("same title")).value();
  }
  EXPECT_EQ(service.find_asset("same title").error().code, ErrorCode::invalid_argument);
}

TEST_F(Copies, refuses_a_tally_of_another_asset) {
  Asset asset = add_letter_asset(service, "coast");
  asset.tally_digest[0] ^= 1;
  EXPECT_EQ(CopyMaker::open(service, asset).error().code, ErrorCode::wrong_workspace);
}

TEST_F(Copies, refuses_a_permit_for_another_asset) {
  const Asset coast = add_letter_asset(service, "coast");
  const Asset harbour = add_letter_asset(service, "harbour");
  const Copy copy = issue(coast, 1).front().issued.copy;
  const auto permits = service.register_makings({&copy, 1}, Purpose::issue, "tester").value();
  EXPECT_FALSE(CopyMaker::open(service, harbour).value().make(permits.front()));
}

TEST_F(Copies, writes_plans_as_json_and_back) {
  const Asset asset = add_letter_asset(service, "coast");
  EXPECT_EQ(plan_from_json(plan_to_json(asset.plan).dump()).value(), asset.plan);
  for (const char* text : {"", "[]", "{}", R"({"width_px":-1})"}) EXPECT_FALSE(plan_from_json(text)) << text;
}

class Audits : public Copies {
 protected:
  void SetUp() override {
    asset = add_letter_asset(service, "coast");
    const Copy copy = issue(asset, 4)[2].issued.copy;
    service.register_makings({&copy, 1}, Purpose::issue, "tester").value();
  }
  void expect_problem(std::uint64_t sequence, std::string_view part) {
    const Audit audit = audit_register(service).value();
    ASSERT_FALSE(audit.ok());
    EXPECT_EQ(audit.problems.front().sequence, sequence);
    EXPECT_NE(audit.problems.front().message.find(part), std::string::npos) << audit.problems.front().message;
  }
  Asset asset;
};

// Entries: 1 workspace, 2 asset, 3 to 6 copies, 7 making.
TEST_F(Audits, pass_an_untouched_register) {
  const Audit audit = audit_register(service).value();
  EXPECT_TRUE(audit.ok());
  EXPECT_EQ(audit.head, service.store().head().value());
  EXPECT_TRUE(audit_register(service, audit.head).value().ok());
}

TEST_F(Audits, find_a_changed_entry) {
  bench.store.data().entries[3].payload += " ";
  expect_problem(4, "entry 4 was changed");
}

TEST_F(Audits, find_an_entry_taken_out) {
  bench.store.data().entries.erase(bench.store.data().entries.begin() + 3);
  expect_problem(5, "entry 4 is missing");
}

TEST_F(Audits, find_a_copy_given_to_somebody_else) {
  auto& copies = bench.store.data().copies;
  std::swap(copies[0].recipient_id, copies[1].recipient_id);
  expect_problem(3, "recipient of copy");
}

TEST_F(Audits, find_a_renamed_recipient) {
  bench.store.data().recipients[1].details.name = "Somebody Else";
  expect_problem(4, "recipient of copy");
}

TEST_F(Audits, find_a_copy_that_was_slipped_in) {
  Copy copy = bench.store.data().copies[0];
  copy.id = Id::random(bench.random);
  copy.register_sequence = 99;
  bench.store.data().copies.push_back(copy);
  expect_problem(0, "no entry of the register announces");
}

TEST_F(Audits, find_a_making_that_was_taken_out_or_changed) {
  bench.store.data().makings[0].operator_name = "nobody";
  expect_problem(7, "making of entry 7 was changed");
  bench.store.data().makings.clear();
  expect_problem(7, "is missing");
}

TEST_F(Audits, find_a_changed_asset_and_damaged_blobs) {
  bench.store.data().assets[0].title = "another";
  expect_problem(2, "asset of entry 2 was changed");
  bench.store.data().assets[0].title = "coast";
  bench.blobs.blobs()[asset.reference_blob][0] ^= 1;
  expect_problem(2, "damaged");
}

TEST_F(Audits, find_a_cut_tail_with_a_known_head) {
  const RegisterHead head = service.store().head().value();
  bench.store.data().entries.pop_back();
  bench.store.data().makings.clear();
  EXPECT_TRUE(audit_register(service).value().ok());
  const Audit audit = audit_register(service, head).value();
  ASSERT_FALSE(audit.ok());
  EXPECT_NE(audit.problems.front().message.find("taken out"), std::string::npos);
}

// A forger who has the database but not the head that was noted: the whole chain is consistent again, but it is
// another.
TEST_F(Audits, find_a_rewritten_chain_with_a_known_head) {
  const RegisterHead head = service.store().head().value();
  RegisterHead previous;
  for (auto& entry : bench.store.data().entries) {
    entry = next_entry(previous, entry.time_ms + 1, entry.kind, entry.payload);
    previous = {entry.sequence, entry.hash};
  }
  EXPECT_TRUE(audit_register(service).value().ok());
  EXPECT_FALSE(audit_register(service, head).value().ok());
}

}  // namespace
}  // namespace probity::copies
