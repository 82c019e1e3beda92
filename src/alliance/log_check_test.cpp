// A hub that shows two lists to two members, in every way it can try, and what a member's check says of it.
#include "alliance/log_check.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "support/scripted.h"
#include "tlog/log_proof.h"

namespace probity::alliance {
namespace {

// A log in memory with a key of its own, and a witness who cosigns what it is shown.
class TestLog : public tlog::SubtreeSource {
 public:
  TestLog(const std::string& origin, Random& random)
      : key(tlog::SigningKey::generate(origin, tlog::SignatureType::ed25519, random)), origin_(origin) {}

  std::uint64_t add(const Hash& commitment) {
    leaves_.push_back(tlog::leaf_hash(commitment));
    return leaves_.size() - 1;
  }
  Result<Hash> root_of(const tlog::Subtree& subtree) override {
    if (subtree.level == 0) return leaves_.at(subtree.index);
    TRY_ASSIGN(const Hash left, root_of({subtree.level - 1, subtree.index * 2}));
    TRY_ASSIGN(const Hash right, root_of({subtree.level - 1, subtree.index * 2 + 1}));
    return tlog::node_hash(left, right);
  }
  std::string prove(std::uint64_t index, const tlog::SigningKey* witness) {
    const tlog::Checkpoint checkpoint{origin_, {leaves_.size(), tlog::root_at(*this, leaves_.size()).value()}, {}};
    std::vector<std::string> lines{key.sign(checkpoint.text())};
    if (witness != nullptr) lines.push_back(witness->sign(checkpoint.text(), 1'795'000'000));
    tlog::LogProof proof;
    proof.index = index;
    proof.path = tlog::inclusion_proof(*this, index, leaves_.size()).value();
    proof.checkpoint = tlog::join_note(checkpoint.text(), lines);
    return proof.text();
  }

  tlog::SigningKey key;

 private:
  std::string origin_;
  std::vector<Hash> leaves_;
};

class LogCheck : public ::testing::Test {
 protected:
  oprf::TagSetHead head(oprf::TagSetVersion version, std::uint8_t root) const {
    oprf::TagSetHead head{2027, version, 4, 3, {}};
    head.root.fill(root);
    return head;
  }
  // What an honest hub does with a new head: one more entry.
  log::Opening put(TestLog& log, const oprf::TagSetHead& of, const std::optional<oprf::TagSetHead>& before) {
    log::Opening opening;
    opening.id = Id::random(random);
    opening.record = {std::string(kTagSetLogKind), {}, tag_set_log_content(of, before)};
    random.fill(opening.salt);
    opening.commitment = log::commitment_of(opening.record, opening.salt);
    opening.index = log.add(opening.commitment);
    return opening;
  }
  TagSetProof shown(TestLog& log, const log::Opening& opening, bool cosigned = true) {
    return {opening, log.prove(*opening.index, cosigned ? &witness : nullptr)};
  }
  std::string policy() const {
    return "log " + honest.key.verifier().text() + "\nwitness w " + witness.verifier().text() + "\nquorum w\n";
  }
  ErrorCode refusal(const oprf::TagSetHead& held, const TagSetProof& proof,
                    const std::optional<CheckedTagSet>& before = {}) const {
    const auto checked = check_tag_set_in_log(held, proof, policy(), before);
    return checked ? ErrorCode::internal : checked.error().code;
  }

  test::SeededRandom random{11};
  TestLog honest{"hub.example/log", random};
  tlog::SigningKey witness = tlog::SigningKey::generate("watch.example", tlog::SignatureType::cosignature, random);
};

TEST_F(LogCheck, a_list_that_everybody_is_shown_holds) {
  const auto first = put(honest, head(1, 1), {});
  const auto one = check_tag_set_in_log(head(1, 1), shown(honest, first), policy());
  ASSERT_TRUE(one) << one.error().message;
  EXPECT_EQ(one->entry.belief, log::Belief::cosigned);
  const auto second = put(honest, head(2, 2), head(1, 1));
  const auto two = check_tag_set_in_log(head(2, 2), shown(honest, second), policy(), *one);
  ASSERT_TRUE(two) << two.error().message;
  // A member that slept finds a later version without the ones between.
  put(honest, head(3, 3), head(2, 2));
  const auto fourth = put(honest, head(4, 4), head(3, 3));
  EXPECT_TRUE(check_tag_set_in_log(head(4, 4), shown(honest, fourth), policy(), *two));
  const std::string wire = nlohmann::json{{"opening", nlohmann::json::parse(log::opening_json(fourth))},
                                          {"proof", shown(honest, fourth).proof}}
                               .dump();
  EXPECT_TRUE(check_tag_set_in_log(head(4, 4), TagSetProof::parse(wire).value(), policy(), *two));
}

// One member is given a list that never was in the log.
TEST_F(LogCheck, a_fork_that_was_not_logged_is_caught) {
  const auto logged = put(honest, head(1, 1), {});
  EXPECT_EQ(refusal(head(1, 9), shown(honest, logged)), ErrorCode::forbidden);
  auto bent = shown(honest, logged);
  bent.opening.record.content = tag_set_log_content(head(1, 9), {});
  EXPECT_EQ(refusal(head(1, 9), bent), ErrorCode::corrupt) << "the opening is bent to say it";
  bent.opening.commitment = log::commitment_of(bent.opening.record, bent.opening.salt);
  EXPECT_EQ(refusal(head(1, 9), bent), ErrorCode::corrupt) << "and then it is not in the log";
}

// The hub keeps a second log for the member it cheats: the witnesses have not seen it.
TEST_F(LogCheck, a_second_log_has_no_witnesses) {
  put(honest, head(1, 1), {});
  TestLog second("hub.example/log", random);
  second.key = honest.key;
  const auto forked = put(second, head(1, 9), {});
  EXPECT_EQ(refusal(head(1, 9), shown(second, forked, false)), ErrorCode::unavailable);
  TestLog foreign("elsewhere.example/log", random);
  const auto aside = put(foreign, head(1, 9), {});
  EXPECT_EQ(refusal(head(1, 9), shown(foreign, aside)), ErrorCode::forbidden);
}

// Both lists are logged. Each member's list is in the log; but the two chains cannot be joined again, and two receipts
// side by side prove it.
TEST_F(LogCheck, two_logged_lists_cannot_be_joined_again) {
  const auto root = put(honest, head(1, 1), {});
  const auto ours = put(honest, head(2, 2), head(1, 1));
  const auto theirs = put(honest, head(2, 9), head(1, 1));
  const auto one = check_tag_set_in_log(head(1, 1), shown(honest, root), policy()).value();
  const auto cheated = check_tag_set_in_log(head(2, 9), shown(honest, theirs), policy(), one).value();
  const auto joined = put(honest, head(3, 3), head(2, 2));
  EXPECT_EQ(refusal(head(3, 3), shown(honest, joined), cheated), ErrorCode::forbidden);
  EXPECT_EQ(refusal(head(2, 2), shown(honest, ours), cheated), ErrorCode::forbidden);
  EXPECT_EQ(check_same_list(head(2, 2), head(2, 9)).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(check_same_list(head(2, 2), head(2, 2)));
  EXPECT_TRUE(check_same_list(head(2, 2), head(3, 9)));
}

TEST_F(LogCheck, a_list_does_not_go_back) {
  const auto first = put(honest, head(1, 1), {});
  const auto second = put(honest, head(2, 2), head(1, 1));
  const auto now = check_tag_set_in_log(head(2, 2), shown(honest, second), policy()).value();
  EXPECT_EQ(refusal(head(1, 1), shown(honest, first), now), ErrorCode::forbidden);
  // An older entry under a newer version's number.
  auto late = now;
  late.entry.index = 100;
  const auto third = put(honest, head(3, 3), head(2, 2));
  EXPECT_EQ(refusal(head(3, 3), shown(honest, third), late), ErrorCode::forbidden);
}

TEST_F(LogCheck, another_entry_of_the_log_is_no_list) {
  auto opening = put(honest, head(1, 1), {});
  opening.record.kind = "alliance_listing";
  opening.commitment = log::commitment_of(opening.record, opening.salt);
  opening.index = honest.add(opening.commitment);
  EXPECT_EQ(refusal(head(1, 1), shown(honest, opening)), ErrorCode::forbidden);
  EXPECT_EQ(TagSetProof::parse("{}").error().code, ErrorCode::corrupt);
}

TEST_F(LogCheck, what_strangers_are_shown_is_compared_without_a_name) {
  const auto held = head(7, 1);
  const auto page = [&](int epoch, int version, const oprf::TagSetHead& of) {
    return nlohmann::json{
        {"items", {{{"epoch", epoch}, {"tag_sets", {{{"version", version}, {"root", to_hex(of.root)}}}}}}}}
        .dump();
  };
  EXPECT_TRUE(check_public_page(held, page(2027, 7, held)));
  EXPECT_EQ(check_public_page(held, page(2027, 7, head(7, 2))).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(check_public_page(held, page(2027, 8, head(8, 2)))) << "a later one";
  EXPECT_TRUE(check_public_page(held, page(2026, 7, head(7, 2)))) << "another year's";
  for (const char* nothing : {"", "[]", "{}", R"({"items":[{"epoch":2027}]})", R"({"items":7})"})
    EXPECT_TRUE(check_public_page(held, nothing)) << nothing;
}

}  // namespace
}  // namespace probity::alliance
