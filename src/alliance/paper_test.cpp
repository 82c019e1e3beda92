#include "alliance/paper.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "alliance/ladder.h"
#include "alliance/listing_rules.h"
#include "support/scripted.h"

namespace probity::alliance {
namespace {

class Papers : public testing::Test {
 protected:
  Paper paper(const std::string& text) {
    Paper made{Paper::Kind::evidence, "Judgment 判决书.pdf", "application/pdf",
               "clear_evidence",      draw_salt(random),     {}};
    made.bytes.assign(text.begin(), text.end());
    return made;
  }
  test::SeededRandom random{7};
  oprf::Identity ombudsman = oprf::Identity::make(random), filer = oprf::Identity::make(random);
};

TEST_F(Papers, open_for_their_reader_alone) {
  const Paper sent = paper("the judgment");
  const Bytes sealed = seal_paper(sent, ombudsman.open()).value();
  EXPECT_EQ(open_paper(sealed, ombudsman).value(), sent);
  EXPECT_EQ(open_paper(sealed, filer).error().code, ErrorCode::forbidden);
  EXPECT_EQ(std::string(as_text(sealed)).find("judgment"), std::string::npos);
}

TEST_F(Papers, are_refused_when_one_bit_is_another) {
  const Bytes sealed = seal_paper(paper("the judgment"), ombudsman.open()).value();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(open_paper(changed, ombudsman)) << i;
  }
}

TEST_F(Papers, commit_to_the_bytes_and_to_nothing_that_can_be_tried) {
  const Paper one = paper("the same"), other = paper("the same");
  EXPECT_NE(paper_commitment(one), paper_commitment(other)) << "each has a salt of its own";
  EXPECT_EQ(paper_commitment(one), paper_commitment(one.salt, one.bytes));
}

TEST_F(Papers, have_at_most_8_MB) {
  Paper large = paper("");
  large.bytes.resize(kMostPaperBytes + 1);
  EXPECT_EQ(seal_paper(large, ombudsman.open()).error().code, ErrorCode::too_large);
}

RC_GTEST_PROP(PaperBytes, any_bytes_are_refused_or_a_paper, (const std::vector<std::uint8_t>& bytes)) {
  test::SeededRandom random(3);
  const oprf::Identity reader = oprf::Identity::make(random);
  const auto opened = open_paper(oprf::seal_to(reader.open(), bytes).value(), reader);
  RC_ASSERT(opened.has_value() || opened.error().code == ErrorCode::corrupt);
}

TEST(Ladder, shows_the_rung_where_a_listing_stands) {
  Draft draft;
  Party author{Party::Role::filer, {}, {}}, second = author;
  author.account.bytes.fill(1);
  second.account.bytes.fill(2);
  draft.tests = {{Hash{1}}, {Hash{2}}, {Hash{3}}};
  draft.standard = StandardOfProof::judgment;
  draft.subject_is_adult = true;
  const auto now_of = [](const Listing& listing) {
    for (const Rung& rung : ladder_of(listing))
      if (rung.now) return std::string(rung_name(rung.kind));
    return std::string("none");
  };
  Listing listing = draft_listing({}, author, draft, 0);
  listing = submit(listing, author, std::nullopt, 1).value();
  listing = approve(listing, second, 2).value();
  listing = send_notice(listing, 3).value();
  EXPECT_EQ(now_of(listing), "notice");
  listing = record_delivery(listing, Party{}, NoticeProof::Way::link_opened, Hash{9}, 10).value();
  EXPECT_EQ(now_of(listing), "wait");
  EXPECT_TRUE(may_appeal(listing));
  const Listing active = advance(listing, 10 + kNoticeWaitMs);
  EXPECT_EQ(now_of(active), "active");
  Listing disputed = appeal(active, {Party::Role::subject, {}, {}}, 20 + kNoticeWaitMs).value();
  EXPECT_EQ(now_of(disputed), "filer");
  EXPECT_FALSE(may_appeal(disputed));
  disputed = answer_appeal(disputed, author, Appeal::Outcome::upheld, std::nullopt, 30 + kNoticeWaitMs).value();
  EXPECT_EQ(now_of(disputed), "ombudsman");
  const Party judge{Party::Role::ombudsman, {}, {}};
  const Listing ended =
      decide_appeal(disputed, judge, Appeal::Outcome::taken_back, std::nullopt, 40 + kNoticeWaitMs).value();
  EXPECT_EQ(now_of(ended), "end");
}

}  // namespace
}  // namespace probity::alliance
