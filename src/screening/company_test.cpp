// What a number and a name say about a listed company, and that numbers win.
#include <gtest/gtest.h>

#include <algorithm>

#include "screening/company_book.h"
#include "screening/company_json.h"
#include "screening/company_query.h"
#include "support/scripted.h"

namespace probity::screening {
namespace {

constexpr const char* kCode = "91350100M000100Y43";
constexpr const char* kOtherCode = "91420000737944946L";

alliance::ListedEnterprisePtr listed(std::uint8_t number, std::vector<std::string> names, std::string code,
                                     std::vector<std::string> former = {}) {
  alliance::EnterpriseEntry entry;
  entry.listing.bytes.fill(number);
  entry.enterprise.names = std::move(names);
  entry.enterprise.former_names = std::move(former);
  entry.enterprise.credit_code = std::move(code);
  if (entry.enterprise.credit_code.empty()) entry.enterprise.registration = "HKG 1000" + std::to_string(number);
  entry.conduct = "bribery";
  entry.status = "active";
  return alliance::listed_enterprise(alliance::entry_line(entry)).value();
}

alliance::HeldEnterprises held(std::vector<alliance::ListedEnterprisePtr> items, std::uint32_t version = 1) {
  auto list = std::make_shared<const alliance::EnterpriseList>(std::move(items));
  alliance::SignedEnterpriseHead head;
  head.head = {version, static_cast<std::uint32_t>(list->entries().size()), list->root(), 5};
  return {list, head};
}

CompanyAnswer answer_of(const CompanyBook& book, const CompanyInput& input) {
  return book.match(read_subject(input).value()).value().answer;
}

struct Book {
  Book() {
    book.replace(held(
        {listed(1, {"杭州蓝鲸仪器有限公司"}, kCode, {"杭州白鹭仪器厂"}), listed(2, {"Red Heron Trading Ltd"}, "")}));
  }
  CompanyBook book;
};

TEST(Company, is_confirmed_by_its_number_whatever_the_name) {
  const Book world;
  const auto answer = answer_of(world.book, {"完全不同的名字", "91350100m000100y43", "", ""});
  ASSERT_EQ(answer.matches.size(), 1U);
  EXPECT_EQ(answer.outcome, CompanyLevel::confirmed);
  EXPECT_EQ(answer.matches[0].by, "credit_code");
  EXPECT_EQ(answer.matches[0].evidence.front().finding, "same");
  EXPECT_EQ(answer_of(world.book, {"", "M000100Y-4", "", ""}).outcome, CompanyLevel::confirmed);
  EXPECT_EQ(answer_of(world.book, {"", "", "", "hkg-10002"}).outcome, CompanyLevel::confirmed);
}

TEST(Company, is_never_confirmed_by_a_name_alone) {
  const Book world;
  const auto answer = answer_of(world.book, {"杭州蓝鲸仪器有限公司", "", "", ""});
  ASSERT_EQ(answer.matches.size(), 1U);
  EXPECT_EQ(answer.outcome, CompanyLevel::likely);
  EXPECT_EQ(answer.matches[0].by, "name");
  EXPECT_LT(answer.matches[0].score, 1);
  EXPECT_FALSE(answer.matches[0].former);
  const auto former = answer_of(world.book, {"杭州白鹭仪器厂", "", "", ""});
  ASSERT_EQ(former.matches.size(), 1U);
  EXPECT_TRUE(former.matches[0].former);
}

TEST(Company, is_another_one_with_another_number) {
  const Book world;
  const auto answer = answer_of(world.book, {"杭州蓝鲸仪器有限公司", kOtherCode, "", ""});
  ASSERT_EQ(answer.matches.size(), 1U);
  EXPECT_EQ(answer.outcome, CompanyLevel::another_company);
  EXPECT_EQ(answer.matches[0].evidence.front(), (CompanyEvidence{"credit_code", "differs", 0}));
  MatchOptions only_this;
  only_this.other_companies = false;
  const auto subject = read_subject({"杭州蓝鲸仪器有限公司", kOtherCode, "", ""}).value();
  EXPECT_EQ(world.book.match(subject, only_this)->answer.outcome, CompanyLevel::not_listed);
}

TEST(Company, that_is_not_listed_is_not_found) {
  const Book world;
  EXPECT_EQ(answer_of(world.book, {"成都青松食品有限公司", kOtherCode, "", ""}).outcome, CompanyLevel::not_listed);
  EXPECT_TRUE(answer_of(world.book, {"成都青松食品有限公司", "", "", ""}).matches.empty());
}

TEST(Company, needs_right_numbers_and_something_to_ask_by) {
  EXPECT_FALSE(read_subject({"", "", "", ""}));
  EXPECT_FALSE(read_subject({" \t ", "", "", ""}));
  const auto wrong = read_subject({"Blue Whale", "91350100M000100Y44", "", ""});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message.find("91350100"), std::string::npos);
  EXPECT_EQ(read_subject({"a\r\nb\u202Ec", "", "", ""})->name, "a bc");
}

TEST(CompanyNumber, offers_what_a_typo_may_have_meant_and_uses_none) {
  EXPECT_TRUE(check_number(CompanyNumberKind::credit_code, kCode).valid);
  const auto wrong = check_number(CompanyNumberKind::credit_code, "91350100M000100Y44");
  EXPECT_FALSE(wrong.valid);
  EXPECT_NE(std::ranges::find(wrong.repairs, kCode), wrong.repairs.end());
  EXPECT_FALSE(wrong.explanation.zh.empty());
  EXPECT_FALSE(check_number(CompanyNumberKind::registration, "???").valid);
}

TEST(CompanyBook, is_not_there_before_its_list_is) {
  const CompanyBook book;
  EXPECT_EQ(book.match(read_subject({"x", "", "", ""}).value()).error().code, ErrorCode::unavailable);
}

TEST(CompanyBook, follows_the_list) {
  Book world;
  world.book.replace(held({listed(1, {"宁波蓝鲸仪器有限公司"}, kOtherCode)}, 2));
  EXPECT_EQ(answer_of(world.book, {"", kCode, "", ""}).outcome, CompanyLevel::not_listed);
  EXPECT_EQ(answer_of(world.book, {"", kOtherCode, "", ""}).outcome, CompanyLevel::confirmed);
  EXPECT_EQ(answer_of(world.book, {"Red Heron Trading Ltd", "", "", ""}).outcome, CompanyLevel::not_listed);
  EXPECT_EQ(world.book.held()->head.head.version, 2U);
  EXPECT_EQ(world.book.match(read_subject({"", kOtherCode, "", ""}).value())->head.head.version, 2U);
}

TEST(CompanyBook, matches_one_entry_as_it_matches_many) {
  const Book world;
  for (const CompanyInput& input :
       {CompanyInput{"杭州蓝鲸仪器有限公司", "", "", ""}, CompanyInput{"杭州蓝鲸仪器有限公司", kOtherCode, "", ""},
        CompanyInput{"", kCode, "", ""}, CompanyInput{"Red Heron Trading Limited", "", "", ""}}) {
    const auto subject = read_subject(input).value();
    const auto many = world.book.match(subject)->answer.matches;
    std::size_t count = 0;
    for (const auto& item : world.book.held()->list->entries()) {
      const auto one = match_one(subject, item);
      if (!one) continue;
      ++count;
      const auto same = std::ranges::find_if(many, [&](const auto& match) { return match.listed == item; });
      ASSERT_NE(same, many.end());
      EXPECT_EQ(one->level, same->level);
      EXPECT_EQ(one->evidence, same->evidence);
    }
    EXPECT_EQ(count, many.size());
  }
}

TEST(CompanyQuery, keeps_its_answer_and_proves_it) {
  test::SeededRandom random{3};
  const auto hub = oprf::Identity::make(random);
  std::vector<alliance::ListedEnterprisePtr> items;
  for (std::uint8_t i = 1; i < 12; ++i) items.push_back(listed(i, {"公司" + std::to_string(i)}, i == 7 ? kCode : ""));
  auto all = held(items);
  all.head.signature = hub.sign(alliance::kEnterpriseListDomain, all.head.head.encode());
  CompanyBook book;
  book.replace(all);
  CompanyQuery query;
  query.number = "C-2027-000001";
  query.subject = read_subject({"蓝鲸", kCode, "", ""}).value();
  auto matched = book.match(query.subject).value();
  query.answer = matched.answer;
  query.head = matched.head;
  query.hits.resize(query.answer.matches.size());
  query.receipt = make_company_receipt({Id{{1}}, hub.open()}, query, *matched.list);
  const auto read = parse_company_query_record(company_query_record(query)).value();
  EXPECT_EQ(read.subject, query.subject);
  EXPECT_EQ(read.answer.outcome, CompanyLevel::confirmed);
  EXPECT_EQ(read.answer.matches.at(0).listed->line, query.answer.matches.at(0).listed->line);
  EXPECT_EQ(company_query_record(read), company_query_record(query));

  const auto checked = check_company_receipt(query.receipt);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->facts.hub, hub.open());
  ASSERT_EQ(checked->entries.size(), 1U);
  EXPECT_EQ(checked->entries[0].enterprise.credit_code, kCode);
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"bribery", "forgery"}, {"\"version\": 1", "\"version\": 2"}, {"\"index\": 6", "\"index\": 5"}}) {
    std::string forged = query.receipt;
    ASSERT_NE(forged.find(from), std::string::npos) << from;
    forged.replace(forged.find(from), from.size(), to);
    EXPECT_FALSE(check_company_receipt(forged)) << from;
  }
  EXPECT_EQ(check_company_receipt("{}").error().code, ErrorCode::corrupt);
}

TEST(CompanyEvidence, is_said_in_two_languages) {
  EXPECT_EQ(sentence_of({"region", "differs", -5}).en, "The region differs.");
  EXPECT_EQ(sentence_of({"region", "differs", -5}).zh, "地区不同。");
}

}  // namespace
}  // namespace probity::screening
