#include "bulletins/rules.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "bulletins/json.h"

namespace probity::bulletins {
namespace {

constexpr TimeMs kNow = 1'800'000'000'000;

Id id(std::uint8_t number) {
  Id made;
  made.bytes.fill(number);
  return made;
}
Reader member(std::uint8_t number) { return {id(number), id(100), false}; }
const Reader kOperator{{}, {}, true};

Proposal proposal() {
  Proposal made;
  made.kind = Kind::counterfeit_alert;
  made.tlp = Tlp::amber;
  made.audience.members = {id(2), id(3)};
  made.expires_ms = kNow + 30 * kDayMs;
  made.content.title = "Fake lamps";
  made.content.text = "Sold since May.";
  return made;
}

Bulletin published() {
  const Proposal from = proposal();
  Bulletin bulletin;
  bulletin.id = id(9);
  bulletin.number = "B-2027-0001";
  bulletin.kind = from.kind;
  bulletin.tlp = from.tlp;
  bulletin.audience = from.audience;
  bulletin.author = id(1);
  bulletin.published_ms = kNow;
  bulletin.expires_ms = from.expires_ms;
  bulletin.versions = {{from.content, id(100), kNow, ""}};
  return bulletin;
}

bool is_taken(const Proposal& made) { return check_proposal(made, kNow).has_value(); }

TEST(BulletinRules, ItsAudienceAndItsAuthorMaySeeIt) {
  const Bulletin bulletin = published();
  EXPECT_EQ(access_of(bulletin, member(1), kNow), Access::whole);
  EXPECT_EQ(access_of(bulletin, member(2), kNow), Access::whole);
  EXPECT_EQ(access_of(bulletin, member(4), kNow), Access::none);
  EXPECT_EQ(access_of(bulletin, kOperator, kNow), Access::none);
  EXPECT_EQ(access_of(bulletin, member(2), bulletin.expires_ms), Access::ended);
  EXPECT_EQ(access_of(bulletin, member(4), bulletin.expires_ms), Access::none) << "not even that there was one";
}

TEST(BulletinRules, AMemberWithTheOperatorsIdIsNoOperator) {
  Bulletin bulletin = published();
  bulletin.author = {};
  EXPECT_EQ(access_of(bulletin, Reader{{}, {}, false}, kNow), Access::none);
  EXPECT_EQ(access_of(bulletin, kOperator, kNow), Access::whole);
}

TEST(BulletinRules, WithdrawnLeavesANumberOnly) {
  const Bulletin gone = withdraw(published(), member(1), Withdrawal::mistaken, kNow + 1).value();
  EXPECT_TRUE(gone.versions.empty());
  EXPECT_EQ(access_of(gone, member(2), kNow + 2), Access::tombstone);
  EXPECT_EQ(access_of(gone, member(1), kNow + 2), Access::tombstone);
  EXPECT_EQ(access_of(gone, member(4), kNow + 2), Access::none);
  EXPECT_FALSE(withdraw(gone, member(1), Withdrawal::mistaken, kNow + 2).has_value());
  EXPECT_EQ(withdraw(published(), member(2), Withdrawal::mistaken, kNow).error().code, ErrorCode::forbidden);
  EXPECT_EQ(withdraw(published(), member(4), Withdrawal::mistaken, kNow).error().code, ErrorCode::not_found);
  EXPECT_TRUE(withdraw(published(), kOperator, Withdrawal::unlawful, kNow).has_value());
}

TEST(BulletinRules, CorrectionsKeepWhatWasSaid) {
  Content better = published().content();
  better.text = "Sold since June.";
  const Bulletin next = correct(published(), member(1), better, kNow + kDayMs, "The month", kNow + 5).value();
  ASSERT_EQ(next.version(), 2U);
  EXPECT_EQ(next.versions.front().content.text, "Sold since May.");
  EXPECT_EQ(next.content().text, "Sold since June.");
  EXPECT_EQ(correct(published(), member(2), better, kNow + kDayMs, "x", kNow).error().code, ErrorCode::forbidden);
  EXPECT_EQ(correct(published(), member(4), better, kNow + kDayMs, "x", kNow).error().code, ErrorCode::not_found);
  EXPECT_FALSE(correct(published(), member(1), better, kNow + 400 * kDayMs, "x", kNow).has_value());
  EXPECT_FALSE(correct(published(), member(1), better, kNow + kDayMs, "", kNow).has_value());
}

TEST(BulletinRules, RedNeedsNamedMembersAndStaysOutOfFiles) {
  Proposal made = proposal();
  made.tlp = Tlp::red;
  EXPECT_TRUE(is_taken(made));
  made.audience = {true, "", {}};
  EXPECT_FALSE(is_taken(made));
  Bulletin bulletin = published();
  EXPECT_TRUE(may_be_exported(bulletin));
  bulletin.tlp = Tlp::red;
  EXPECT_FALSE(may_be_exported(bulletin));
}

TEST(BulletinRules, EndsWithinAYear) {
  Proposal made = proposal();
  for (const TimeMs end : {TimeMs{0}, kNow, kNow + kMostLifeMs + 1}) {
    made.expires_ms = end;
    EXPECT_FALSE(is_taken(made)) << end;
  }
  made.expires_ms = kNow + kMostLifeMs;
  EXPECT_TRUE(is_taken(made));
}

TEST(BulletinRules, AnAudienceIsOneOrTheOther) {
  Proposal made = proposal();
  made.audience.everybody = true;
  EXPECT_FALSE(is_taken(made));
  made.audience = {};
  EXPECT_FALSE(is_taken(made));
}

TEST(BulletinRules, LinksAreWebAddresses) {
  for (const char* url :
       {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "ftp://x.example/", "//x.example", "http://",
        "https:///x", "https://user:word@x.example/", "https://x.example/a b", "https://x.example/\"onmouseover",
        "https://x.example/<script>", "https://x.example/\n", ""})
    EXPECT_FALSE(check_link(url).has_value()) << url;
  for (const char* url :
       {"https://x.example", "HTTP://x.example/a?b=c#d", "https://店铺.example/商品/9", "http://[::1]:8080/x"})
    EXPECT_TRUE(check_link(url).has_value()) << url;
  EXPECT_FALSE(check_link("https://x.example/" + std::string(3000, 'a')).has_value());
}

TEST(BulletinRules, TenMegabytesAreNoText) {
  Proposal made = proposal();
  made.content.text = std::string(10 << 20, 'x');
  EXPECT_FALSE(is_taken(made));
  made.content.text = std::string(kMostText, 'x');
  EXPECT_TRUE(is_taken(made));
  made.content.title = "two\nlines";
  EXPECT_FALSE(is_taken(made));
}

TEST(BulletinRules, MarksAreOneSpellingOfOneThing) {
  Content content;
  content.links = {{Link::Kind::seller, "https://WWW.Market.example/shop/Grey-Gull/?page=2#top"},
                   {Link::Kind::seller, "http://market.example/item/9"},
                   {Link::Kind::marketplace, "https://market.example/"},
                   {Link::Kind::seller, "https://grey-gull.market.example/item/9"}};
  content.brands = {"燈塔 Lantern"};
  const auto marks = marks_of(content);
  EXPECT_TRUE(marks.contains({"link", "market.example/shop/Grey-Gull?page=2"}));
  EXPECT_TRUE(marks.contains({"shop", "market.example/grey-gull"}));
  EXPECT_TRUE(marks.contains({"shop", "grey-gull.market.example"}));
  EXPECT_FALSE(marks.contains({"shop", "market.example"})) << "a whole marketplace is no shop";
  EXPECT_TRUE(marks.contains({"brand", folded("灯塔lantern")}));
}

TEST(BulletinRules, EveryLabelSaysWhatItAllows) {
  for (const Tlp tlp : kTlps) {
    EXPECT_FALSE(what_tlp_allows(tlp).en.empty());
    EXPECT_FALSE(what_tlp_allows(tlp).zh.empty());
    EXPECT_EQ(parse_tlp(tlp_name(tlp)), tlp);
  }
}

TEST(JointCases, AreOfThoseWhoJoin) {
  const JointCase joint = open_joint_case(id(50), published(), member(2), "Desk 7", kNow).value();
  EXPECT_TRUE(takes_part(joint, id(2)));
  EXPECT_EQ(note(joint, id(51), member(3), "x", kNow).error().code, ErrorCode::forbidden);
  const JointCase two = join(joint, member(3), "Desk 9", kNow).value();
  EXPECT_FALSE(join(two, member(3), "Desk 9", kNow).has_value());
  const JointCase noted = note(two, id(51), member(3), "Asked the marketplace.", kNow).value();
  const JointCase left = leave(noted, member(3), kNow).value();
  EXPECT_FALSE(takes_part(left, id(3)));
  const JointCase over = close(left, member(2), JointCase::Outcome::taken_down, "", kNow).value();
  EXPECT_FALSE(join(over, member(3), "Desk 9", kNow).has_value());
  EXPECT_EQ(open_joint_case(id(50), published(), member(4), "x", kNow).error().code, ErrorCode::not_found);
  EXPECT_EQ(open_joint_case(id(50), published(), kOperator, "x", kNow).error().code, ErrorCode::forbidden);
  EXPECT_EQ(parse_joint_case_record(joint_case_record(over)).value(), over);
}

rc::Gen<std::string> words() { return rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~')); }

RC_GTEST_PROP(BulletinRecords, AreReadAsTheyWereWritten, ()) {
  Bulletin bulletin = published();
  bulletin.tlp = *rc::gen::elementOf(kTlps);
  bulletin.without_attribution = *rc::gen::arbitrary<bool>();
  const int versions = *rc::gen::inRange(1, 4);
  for (int i = 0; i < versions; ++i) {
    Content content;
    content.title = *words();
    content.text = *words();
    content.brands = *rc::gen::container<std::vector<std::string>>(words());
    content.links = {{Link::Kind::source, *words()}};
    content.accused = {{Accused::Kind::enterprise, *words(), *words()}};
    content.pictures = {{Hash{1, 2, 3}, 4, 5, 6}};
    bulletin.versions.push_back({content, id(7), kNow + i, *words()});
  }
  RC_ASSERT(parse_bulletin_record(bulletin_record(bulletin)).value() == bulletin);
  Proposal made = proposal();
  made.content = bulletin.content();
  RC_ASSERT(parse_proposal_record(proposal_record(made)).value() == made);
}

}  // namespace
}  // namespace probity::bulletins
