// Numbers for the public: what is counted, and what is too small to be told.
#include "alliance/statistics.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "alliance/rules_json.h"

namespace probity::alliance {
namespace {

Id id_of(std::uint8_t byte) {
  Id id;
  id.bytes.fill(byte);
  return id;
}

TEST(Statistics, small_numbers_are_not_told) {
  EXPECT_EQ(told(0), 0U);
  for (std::uint64_t count = 1; count < 5; ++count) EXPECT_FALSE(told(count));
  EXPECT_EQ(told(5), 5U);
  StatisticsInput input;
  input.members = {{id_of(1), "Harbour Motors"}, {id_of(2), "Lantern Films"}};
  input.listings = {{id_of(1), ListingState::active, Conduct::bribery, 90},
                    {id_of(1), ListingState::overturned, Conduct::bribery, 10},
                    {id_of(2), ListingState::active, Conduct::theft, 3},
                    {id_of(2), ListingState::draft, Conduct::fraud, 50}};
  const auto json = statistics_to_json(input);
  EXPECT_EQ(json["overturned_share"], 0.097);
  EXPECT_EQ(json["by_member"][0]["overturned"], 10);
  EXPECT_TRUE(json["by_member"][1]["filed"].is_null()) << "three would point at people";
  EXPECT_EQ(json["by_member"][1]["overturned"], 0);
  for (const auto& row : json["by_conduct"]) EXPECT_NE(row["conduct"], "fraud") << "drafts do not count";
  EXPECT_TRUE(json["days_to_decide"]["median"].is_null());
}

TEST(Statistics, of_one_overturned_listing_no_share_is_told) {
  StatisticsInput input;
  input.listings = {{id_of(1), ListingState::active, Conduct::bribery, 40},
                    {id_of(1), ListingState::overturned, Conduct::bribery, 1}};
  EXPECT_TRUE(statistics_to_json(input)["overturned_share"].is_null());
}

TEST(Statistics, time_to_decide_by_rank) {
  StatisticsInput input;
  for (int day = 1; day <= 11; ++day)
    input.decisions.push_back({id_of(1), id_of(2), Appeal::Outcome::upheld, Party::Role::ombudsman, 0, day * kDayMs});
  const auto json = statistics_to_json(input);
  EXPECT_EQ(json["days_to_decide"]["median"], 6.0);
  EXPECT_EQ(json["days_to_decide"]["ninth_decile"], 10.0);
  EXPECT_EQ(json["appeals"][0]["count"], 11);
}

TEST(Rules, are_told_in_both_languages) {
  const auto rules = rules_to_json();
  EXPECT_EQ(rules["catalogue"].size(), conduct_catalogue().size());
  EXPECT_EQ(rules["tests"].size(), 4U);
  const auto complete = [](const nlohmann::json& text) {
    return !text.at("en").get<std::string>().empty() && !text.at("zh").get<std::string>().empty();
  };
  for (const auto& entry : rules["catalogue"]) {
    EXPECT_TRUE(complete(entry["name"]));
    EXPECT_LE(entry["years"], 5);
  }
  for (const auto& ground : rules["never"]) EXPECT_TRUE(complete(ground["ground"]) && complete(ground["why"]));
  for (const auto& clock : rules["clocks"]) EXPECT_TRUE(complete(clock["text"])) << clock.dump();
  EXPECT_EQ(rules["clocks"][0]["days"], 15);
}

}  // namespace
}  // namespace probity::alliance
