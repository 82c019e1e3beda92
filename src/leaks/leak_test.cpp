#include "leaks/leak.h"

#include <gtest/gtest.h>

#include <map>

#include "commitments/terms.h"

namespace probity::leaks {
namespace {

// Every pair of state and move: what is not here is refused.
TEST(LeakStates, only_these_moves_lead_on) {
  using enum State;
  const std::map<std::pair<State, Move>, State> table{
      {{reported, Move::answer}, answered},
      {{answered, Move::answer}, answered},
      {{traced, Move::answer}, traced},
      {{unmask_requested, Move::answer}, unmask_requested},
      {{unmasked, Move::answer}, unmasked},
      {{answered, Move::record_trace}, traced},
      {{traced, Move::record_trace}, traced},
      {{unmask_requested, Move::record_trace}, traced},
      {{unmasked, Move::record_trace}, traced},
      {{traced, Move::request_unmask}, unmask_requested},
      {{unmask_requested, Move::withdraw}, traced},
      {{unmask_requested, Move::refuse}, traced},
      {{unmask_requested, Move::agree}, unmasked},
  };
  for (const State state : kStates) {
    for (const Move move : kMoves) {
      const Result<State> led = next(state, move);
      if (move == Move::add_evidence) {
        EXPECT_EQ(led.has_value(), state != closed);
        continue;
      }
      if (move == Move::close || move == Move::move_to_case) {
        EXPECT_EQ(led.has_value(), state != closed && state != in_case);
        continue;
      }
      const auto expected = table.find({state, move});
      ASSERT_EQ(led.has_value(), expected != table.end()) << state_name(state) << " move " << static_cast<int>(move);
      if (led) {
        EXPECT_EQ(*led, expected->second);
      } else {
        EXPECT_EQ(led.error().code, ErrorCode::conflict);
        EXPECT_FALSE(led.error().message.empty());
      }
    }
  }
}

TEST(LeakStates, a_name_is_reached_through_a_request_only) {
  for (const State state : kStates) EXPECT_EQ(next(state, Move::agree).has_value(), state == State::unmask_requested);
}

TEST(LeakStates, names_are_read_back) {
  for (const State state : kStates) EXPECT_EQ(parse_state(state_name(state)), state);
  for (int i = 0; i <= static_cast<int>(CloseReason::other); ++i)
    EXPECT_EQ(parse_close_reason(close_reason_name(static_cast<CloseReason>(i))), static_cast<CloseReason>(i));
  for (int i = 0; i <= static_cast<int>(UnmaskState::withdrawn); ++i)
    EXPECT_EQ(parse_unmask_state(unmask_state_name(static_cast<UnmaskState>(i))), static_cast<UnmaskState>(i));
  for (const Answer answer : {Answer::yes, Answer::no, Answer::unknown})
    EXPECT_EQ(parse_answer(answer_name(answer)), answer);
  EXPECT_FALSE(parse_state("nonsense"));
  EXPECT_EQ(leak_number(2026, 7), "L-2026-0007");
}

TEST(LeakStates, a_reopened_matter_goes_on_where_it_was) {
  Leak leak;
  EXPECT_EQ(reopened_state(leak, {}), State::reported);
  leak.answers = Answers{};
  EXPECT_EQ(reopened_state(leak, {}), State::answered);
  leak.outcome = Outcome::identified;
  UnmaskRequest refused;
  refused.state = UnmaskState::refused;
  EXPECT_EQ(reopened_state(leak, {refused}), State::traced);
  UnmaskRequest agreed;
  agreed.state = UnmaskState::agreed;
  EXPECT_EQ(reopened_state(leak, {refused, agreed}), State::unmasked);
}

TEST(Sightings, stand_until_they_are_withdrawn_and_again_when_restored) {
  const auto with = [](std::vector<SightingDeed> deeds) {
    Sighting seen;
    for (const SightingDeed deed : deeds) seen.changes.push_back({{}, deed, 1, "Ada Sample", "because", "{}"});
    return seen;
  };
  using enum SightingDeed;
  EXPECT_TRUE(with({}).stands());
  EXPECT_TRUE(with({noted, corrected}).stands());
  EXPECT_FALSE(with({corrected, withdrawn}).stands());
  EXPECT_TRUE(with({withdrawn, restored, corrected}).stands());
  const Sighting twice = with({withdrawn, restored, withdrawn, noted});
  ASSERT_NE(twice.withdrawal(), nullptr);
  EXPECT_EQ(twice.withdrawal(), &twice.changes[2]);
  EXPECT_EQ(standing({with({withdrawn}), with({}), twice}).size(), 1U);
  for (const SightingDeed deed : {noted, corrected, withdrawn, restored})
    EXPECT_EQ(parse_sighting_deed(sighting_deed_name(deed)), deed);
  EXPECT_FALSE(parse_sighting_deed("erased"));
}

TEST(LeakStates, sightings_use_the_channels_of_commitments) {
  for (const auto channel : commitments::kChannels)
    EXPECT_TRUE(is_sighting_channel(commitments::channel_name(channel)));
  EXPECT_TRUE(is_sighting_channel("other"));
  EXPECT_FALSE(is_sighting_channel("television"));
}

}  // namespace
}  // namespace probity::leaks
