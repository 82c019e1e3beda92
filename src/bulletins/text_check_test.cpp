#include "bulletins/text_check.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace probity::bulletins {
namespace {

// Lists one company, by name or code.
struct OneListed final : CompanyListings {
  Result<bool> is_listed(const std::string& name, const std::string& credit_code) override {
    return name == "海湾假钟有限公司" || credit_code == "91310000MA1FL0XJ7N";
  }
};

Content content(const std::string& text) {
  Content made;
  made.title = "Chargers that catch fire";
  made.text = text;
  return made;
}

std::vector<std::string> fields(const Content& made, Kind kind = Kind::notice) {
  OneListed list;
  std::vector<std::string> found;
  const std::vector<Finding> findings = find_hindrances(kind, made, list).value();
  for (const Finding& finding : findings) {
    found.push_back(finding.field);
    EXPECT_FALSE(finding.instead.en.empty());
    EXPECT_FALSE(finding.instead.zh.empty());
  }
  return found;
}
bool refused(const std::string& text) { return !fields(content(text)).empty(); }

// 110105 19491231 002 X: the sample of the standard, nobody's.
constexpr const char* kSampleId = "11010519491231002X";

TEST(TextCheck, TakesWhatAccusesNobody) {
  EXPECT_FALSE(
      refused("Callers say that they are from the bank and ask for a code. Hang up.\n\nOrder 2026-11-22 000123."));
  EXPECT_FALSE(refused("近期有人冒充客服诈骗，请勿转账。订单号 202611220001234567。"));
  EXPECT_FALSE(refused("Lantern Films Ltd. moves to a new office."));
  EXPECT_FALSE(refused("一位老先生被骗走三万元。"));
}

TEST(TextCheck, RefusesIdentityNumbersInEverySpelling) {
  for (const std::string& text :
       {std::string(kSampleId), std::string("no 110105 19491231 002x."), std::string("110105-19491231-002X"),
        std::string("１１０１０５１９４９１２３１００２Ｘ"), std::string("1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X"),
        std::string("110105\xE2\x80\x8B"
                    "19491231002X"),
        std::string("身份证 11010519491231\n002X 的人")})
    EXPECT_TRUE(refused("He is " + text + " there")) << text;
}

TEST(TextCheck, RefusesOtherPersonalData) {
  EXPECT_TRUE(refused("HKID A123456(3)"));
  EXPECT_FALSE(refused("Model A123456(4)")) << "the check digit is another";
  EXPECT_TRUE(refused("passport no. E12345678"));
  EXPECT_TRUE(refused("护照号：G 1234 5678"));
  EXPECT_FALSE(refused("They ask for a passport and send model X1."));
  EXPECT_TRUE(refused("姓名：林某，手机号：1380000"));
  EXPECT_TRUE(refused("Full name: Mira Holloway"));
  EXPECT_FALSE(refused("Full name:\n"));
}

TEST(TextCheck, LooksIntoEveryField) {
  for (const auto& fill : std::vector<void (*)(Content&)>{
           [](Content& c) { c.title = kSampleId; }, [](Content& c) { c.products = {kSampleId}; },
           [](Content& c) { c.brands = {kSampleId}; }, [](Content& c) { c.mentions = {kSampleId}; },
           [](Content& c) {
             c.links = {{Link::Kind::seller, "https://shop.example/110105%31949123%31002X"}};
           }}) {
    Content made = content("Nothing here.");
    fill(made);
    EXPECT_EQ(fields(made).size(), 1U);
  }
}

TEST(TextCheck, APersonIsNeverAccused) {
  Content made = content("See below.");
  made.accused = {{Accused::Kind::person, "Somebody", ""}};
  EXPECT_EQ(fields(made), std::vector<std::string>{"accused"});
  EXPECT_TRUE(refused("Mr. Harbour sells counterfeit lamps."));
  EXPECT_TRUE(refused("据查，陈先生售假多年。"));
  EXPECT_FALSE(refused("Mr. Harbour will speak on Monday."));
}

TEST(TextCheck, ACompanyIsAccusedOnlyWhenItIsListed) {
  Content made = content("海湾假钟有限公司售假。");
  made.accused = {{Accused::Kind::enterprise, "海湾假钟有限公司", ""}};
  EXPECT_TRUE(fields(made).empty());
  made.accused.push_back({Accused::Kind::enterprise, "Grey Gull Trading Ltd", ""});
  EXPECT_EQ(fields(made), std::vector<std::string>{"accused"});

  EXPECT_TRUE(refused("Grey Gull Trading Ltd. sells fakes of our lamps."));
  Content mentioned = content("Somebody sells fakes of lamps by Lantern Works Ltd. and calls them genuine.");
  EXPECT_FALSE(fields(mentioned).empty());
  mentioned.mentions = {"Lantern Works"};
  EXPECT_FALSE(fields(mentioned).empty()) << "another name";
  mentioned.mentions = {"Lantern Works Ltd"};
  EXPECT_TRUE(fields(mentioned).empty());
}

TEST(TextCheck, ACompanyBesideAnAccusationIsAccused) {
  EXPECT_TRUE(refused("Grey Gull Trading Ltd. wrote to us. They sell fakes."));
  EXPECT_TRUE(refused("Somebody sells fakes! It was Grey Gull Trading Ltd's van."));
  EXPECT_TRUE(refused("灰鸥贸易有限公司联系了我们。该公司售假。"));
  EXPECT_FALSE(refused("Grey Gull Trading Ltd. wrote to us. We met. They left. Others sell fakes."));
  EXPECT_FALSE(refused("海湾假钟有限公司联系了我们。该公司售假。")) << "listed, whether or not it is among the accused";
  EXPECT_FALSE(refused("据查海湾假钟有限公司售假。"));
}

TEST(TextCheck, TheTitleSaysWhomItIsAbout) {
  Content made = content("Do not deliver to them.");
  made.title = "Grey Gull Trading Ltd";
  EXPECT_TRUE(fields(made, Kind::notice).empty());
  for (const Kind kind : {Kind::fraud_pattern, Kind::counterfeit_alert, Kind::brand_alert})
    EXPECT_EQ(fields(made, kind), std::vector<std::string>{"title"});
  made.text = "We met. We waited. They stole our lamps.";
  EXPECT_EQ(fields(made, Kind::notice), std::vector<std::string>{"title"});
  made.mentions = {"Grey Gull Trading Ltd"};
  EXPECT_TRUE(fields(made, Kind::fraud_pattern).empty());
}

TEST(TextCheck, SofterWordsForCompaniesNameThemToo) {
  for (const char* text :
       {"灰鸥贸易公司售假。", "据报灰鸥集团行贿。", "灰鸥商行长期售假。", "Grey Gull Group sells fakes.",
        "Fakes come from (Grey Gull Holdings).", "Fakes by Grey Gull S.p.A."})
    EXPECT_TRUE(refused(text)) << text;
  for (const char* text : {"有人冒充快递公司诈骗。", "骗子自称保险公司客服。", "该公司售假。", "一家空壳公司参与诈骗。",
                           "某科技公司员工被骗子盯上。", "The company sells fakes.", "Fakes of our group are sold.",
                           "A Trading company swindles.", "No limited edition: all are fakes."})
    EXPECT_FALSE(refused(text)) << text;
}

TEST(TextCheck, CreditCodesAreOfListedCompanies) {
  EXPECT_TRUE(refused("Code 91350100M000100Y43 is theirs"));
  EXPECT_TRUE(refused("code ９１３５０１００ M000 100Y 43"));
  EXPECT_FALSE(refused("Code 91350100M000100Y44")) << "no code: its check character is wrong";
}

TEST(TextCheck, NotesHoldNoPersonalDataEither) {
  EXPECT_TRUE(check_note("Ask the desk.").has_value());
  const auto refusal = check_note(std::string("It was ") + kSampleId);
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().message.find(kSampleId), std::string::npos) << "the number is not repeated";
}

RC_GTEST_PROP(TextCheck, AnyBytesAreReadWithoutHarm, ()) {
  const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  OneListed list;
  Content made = content(bytes);
  made.links = {{Link::Kind::seller, "https://x.example/" + bytes}};
  RC_ASSERT(find_hindrances(Kind::fraud_pattern, made, list).has_value());
}

RC_GTEST_PROP(TextCheck, SeparatorsHideNoNumber, ()) {
  std::string text = "x ";
  for (const char* c = kSampleId; *c != 0; ++c)
    text += *c + *rc::gen::element<std::string>("", " ", "-", ".", "_", "/", "\n", "\xE2\x80\x8B", "　");
  RC_ASSERT(refused(text + " y"));
}

}  // namespace
}  // namespace probity::bulletins
