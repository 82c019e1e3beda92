#include "screening/query.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "screening/consent_audit.h"
#include "screening/record_json.h"

namespace probity::screening {
namespace {

constexpr TimeMs kNow = 1'800'000'000'000;  // 2027-01-15

TEST(Consent, has_a_date_that_there_is_and_that_has_come) {
  EXPECT_TRUE(check_consent({Consent::Basis::given, "2027-01-14", {}}, kNow));
  EXPECT_TRUE(check_consent({Consent::Basis::given, "2027-01-16", {}}, kNow)) << "it is tomorrow already somewhere";
  for (const char* wrong : {"2027-01-17", "2027-02-29", "2027-13-01", "2027-1-1", "", "yesterday!", "2027-00-10"})
    EXPECT_EQ(check_consent({Consent::Basis::given, wrong, {}}, kNow).error().code, ErrorCode::invalid_argument)
        << wrong;
}

TEST(Consent, is_committed_to_with_a_nonce_and_opened_by_its_text) {
  PersonQuery query;
  query.number = "Q-2027-000001";
  query.requisition = "HR-17";
  query.consent = {Consent::Basis::given, "2027-01-14", sha256(as_bytes("signed form"))};
  const Id member{};
  const Hash nonce = sha256(as_bytes("nonce"));
  const std::string text = consent_text(query, member, nonce);
  EXPECT_EQ(nlohmann::json::parse(text)["query"], "Q-2027-000001");
  EXPECT_NE(sha256(as_bytes(text)), sha256(as_bytes(consent_text(query, member, Hash{}))));
  const auto body = nlohmann::json::parse(openings_body({{sha256(as_bytes(text)), text}}));
  EXPECT_EQ(body["openings"][0]["text"], text);
}

TEST(Consent, reports_are_by_quarter) {
  EXPECT_EQ(quarter_of(kNow), "2027-Q1");
  EXPECT_EQ(quarter_of(kNow + 90LL * 86'400'000), "2027-Q2");
  EXPECT_EQ(quarter_of(kNow - 30LL * 86'400'000), "2026-Q4");
}

TEST(Consent, audits_are_read_whole_or_not_at_all) {
  const std::string hash(64, 'b');
  const std::string good = R"({"items":[{"id":"00000000000000000000000000","drawn_at":"2027-01-15T08:00:00.000Z",)"
                           R"("due_at":"2027-01-29T08:00:00.000Z","draws":[{"commitment":")" +
                           hash + R"("}]}]})";
  const auto audits = parse_audits(good);
  ASSERT_TRUE(audits) << audits.error().message;
  EXPECT_EQ(audits->front().drawn_ms, kNow);
  EXPECT_EQ(audits->front().commitments.size(), 1U);
  for (const std::string& wrong :
       {std::string(), std::string("{}"), good.substr(0, 90), std::string(R"({"items":[{}]})")})
    EXPECT_EQ(parse_audits(wrong).error().code, ErrorCode::corrupt);
}

TEST(FreeText, holds_no_identifier) {
  EXPECT_EQ(tidy_line_without_identifier("requisition", " HR  17 ", 100).value(), "HR 17");
  const auto refused = tidy_line_without_identifier("requisition", "HR 11010519491231002X", 100);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find("1101"), std::string::npos) << "an error never repeats it";
  EXPECT_FALSE(tidy_line_without_identifier("requisition", "  ", 100));
}

TEST(QueryRecord, comes_back_as_it_went) {
  PersonQuery query;
  query.number = "Q-2027-000001";
  query.kind = names::IdentifierKind::passport;
  query.purpose = Purpose::contract;
  query.requisition = "采购-7";
  query.consent = {Consent::Basis::notice_given, "2027-01-14", sha256(as_bytes("notice"))};
  query.consent_text = "text";
  query.asked_by = {events::Actor::Kind::account, Id{}, "Mei Sample"};
  query.asked_ms = kNow;
  query.answered_ms = kNow + 400;
  query.outcome = Outcome::hit;
  query.hit = Id{};
  query.same_person = std::string(32, 'a');
  query.repeats = 2;
  query.receipt = "{}";
  EXPECT_EQ(parse_query_record(query_record(query)).value(), query);
  EXPECT_EQ(parse_query_record("{}").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace probity::screening
