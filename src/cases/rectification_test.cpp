#include "cases/rectification.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "cases/rules.h"

namespace probity::cases {
namespace {

constexpr TimeMs kStart = 1'800'000'000'000, kHour = 3'600'000;

Rectification issued() {
  Rectification of;
  of.number = "R-2026-0001";
  of.supplier_name = "Blue Heron Casting";
  of.issued_ms = kStart;
  FlowDown leaf;
  leaf.supplier.bytes[0] = 7;
  leaf.name = "Reed & Daughters";
  leaf.tier = 1;
  leaf.leaf = true;
  of.flow_down.push_back(leaf);
  of.runs.push_back({RectificationStage::issued, kStart, kStart + 8 * kHour, {}, {}});
  return of;
}

RectificationAnswer full_answer() {
  RectificationAnswer answer;
  answer.team = "Ines Moravec, Paul Adeyemi";
  return answer;
}

void hand_in(Rectification& of, const RectificationAnswer& answer, TimeMs now_ms) {
  const auto written = write_answer(of, answer);
  ASSERT_TRUE(written) << written.error().message;
  const auto handed = submit(of, now_ms);
  ASSERT_TRUE(handed) << handed.error().message;
}

RectificationAnswer answer_for(RectificationStage stage, const Rectification& of, TimeMs now_ms) {
  RectificationAnswer answer;
  switch (stage) {
    case RectificationStage::issued:
      return full_answer();
    case RectificationStage::containment:
      answer.containment =
          std::vector<Containment>{{"Share closed", "Ines Moravec", std::nullopt, now_ms, "screenshot 12"}};
      break;
    case RectificationStage::cause:
      answer.occurrence = std::vector<Cause>{{"The drawing lay in a folder that every shift could read", "five whys"}};
      answer.escape = std::vector<Cause>{{"Nobody compares who may read a folder with who signed", ""}};
      break;
    case RectificationStage::plan:
      answer.actions = std::vector<Action>{
          {"Folders by commitment", ActionKind::technical, "Paul Adeyemi", now_ms + 10 * kDay, {}, ""}};
      break;
    case RectificationStage::implementing:
      answer.actions = of.actions;
      answer.actions->front().done_ms = now_ms;
      answer.actions->front().evidence = "access list of the share";
      answer.flow_down = {{of.flow_down.front().supplier, true, true, ""}};
      break;
    case RectificationStage::verifying:
      break;
  }
  return answer;
}

TEST(Rectification, goes_through_its_stages_to_the_end) {
  Rectification of = issued();
  TimeMs now_ms = kStart;
  const std::vector<FlowFacts> facts{{true, kStart + kDay, 0}};
  for (const auto& [stage, name] : kRectificationStages) {
    if (stage == RectificationStage::verifying) break;
    EXPECT_EQ(name_of(state_of(of)), name);
    EXPECT_FALSE(submit(of, now_ms)) << name << " is handed in empty";
    hand_in(of, answer_for(stage, of, now_ms), now_ms);
    EXPECT_FALSE(write_answer(of, full_answer())) << "what was handed in is still changed";
    ASSERT_TRUE(accept(of, "well", "Rea Reviewer", facts, now_ms)) << name;
    now_ms += kDay;
  }
  EXPECT_EQ(of.stage, RectificationStage::verifying);
  const Effect works{"audit of three folders", true, "nothing found", now_ms, "Rea Reviewer"};
  EXPECT_FALSE(verify(of, works, "", now_ms));
  EXPECT_TRUE(verify(of, works, "", now_ms + kLeastTillVerified));
  EXPECT_EQ(state_of(of), RectificationState::closed);
  EXPECT_FALSE(verify(of, works, "", now_ms + 2 * kLeastTillVerified));
}

TEST(Rectification, comes_back_with_a_reason_and_what_was_accepted_stays) {
  Rectification of = issued();
  hand_in(of, full_answer(), kStart);
  ASSERT_TRUE(reject(of, "one name is a department's", std::nullopt, "Rea", kStart + kHour));
  EXPECT_EQ(state_of(of), RectificationState::rejected);
  EXPECT_EQ(of.run().due_ms, kStart + 25 * kHour);
  hand_in(of, full_answer(), kStart + 2 * kHour);
  ASSERT_TRUE(accept(of, "well", "Rea", {}, kStart + 3 * kHour));
  RectificationAnswer other;
  other.team = "Somebody Else";
  EXPECT_EQ(write_answer(of, other).error().code, ErrorCode::conflict);
  EXPECT_EQ(of.decisions.size(), 2U);
}

TEST(Rectification, refuses_committees_bare_blame_and_training_alone) {
  Rectification of = issued();
  RectificationAnswer answer;
  answer.containment = std::vector<Containment>{{"Closed", "Quality Department", std::nullopt, kStart, ""}};
  EXPECT_FALSE(write_answer(of, answer));
  answer = {};
  answer.occurrence = std::vector<Cause>{{"Operator error.", ""}};
  EXPECT_FALSE(write_answer(of, answer));
  of.stage = RectificationStage::plan;
  of.actions = {{"Tell everybody again", ActionKind::training, "Ines Moravec", kStart, {}, ""}};
  EXPECT_EQ(lacks(of).size(), 1U);
}

TEST(Rectification, believes_the_register_rather_than_the_supplier) {
  Rectification of = issued();
  of.stage = RectificationStage::implementing;
  of.runs.back().stage = of.stage;
  of.actions = {{"x", ActionKind::process, "Ines Moravec", kStart, kStart, "list"}};
  hand_in(of, answer_for(RectificationStage::implementing, of, kStart), kStart);
  EXPECT_EQ(accept(of, "well", "Rea", {{true, kStart, 2}}, kStart).error().code, ErrorCode::conflict);
  EXPECT_EQ(accept(of, "well", "Rea", {{true, std::nullopt, 0}}, kStart).error().code, ErrorCode::conflict);
  EXPECT_TRUE(accept(of, "well", "Rea", {{false, std::nullopt, 0}}, kStart));
}

TEST(Rectification, what_does_not_work_goes_back_to_the_causes) {
  Rectification of = issued();
  of.stage = RectificationStage::verifying;
  of.actions = {{"x", ActionKind::process, "Ines Moravec", kStart, kStart, "list"}};
  const Effect fails{"audit", false, "the folder is open again", kStart, "Rea"};
  ASSERT_TRUE(verify(of, fails, "it leaked again", kStart + kDay));
  EXPECT_EQ(of.stage, RectificationStage::cause);
  EXPECT_FALSE(of.actions.front().done_ms);
  EXPECT_FALSE(of.closed_ms);
}

TEST(Rectification, is_escalated_once_when_due_and_again_days_later) {
  Rectification of = issued();
  EXPECT_FALSE(is_escalation_due(of, kStart + 8 * kHour - 1));
  for (const TimeMs after : {TimeMs{0}, 3 * kDay, 7 * kDay, 14 * kDay}) {
    const TimeMs at_ms = kStart + 8 * kHour + after;
    EXPECT_FALSE(is_escalation_due(of, at_ms - 1)) << after;
    ASSERT_TRUE(is_escalation_due(of, at_ms)) << after;
    escalate(of);
    EXPECT_FALSE(is_escalation_due(of, at_ms)) << after;
    EXPECT_EQ(state_of(of), RectificationState::escalated);
  }
  hand_in(of, full_answer(), kStart + 20 * kDay);
  EXPECT_EQ(state_of(of), RectificationState::issued);
  EXPECT_FALSE(is_escalation_due(of, kStart + 90 * kDay));
}

TEST(Words, blame_alone_is_no_cause) {
  for (const char* blame : {"Operator error", "human error.", "It was due to the employee's carelessness",
                            "caused by operator mistake", "人为失误", "由于员工操作失误导致", "个人疏忽所致"})
    EXPECT_TRUE(blames_only_a_person(blame)) << blame;
  for (const char* cause : {"The export button sits beside the send button and asks nothing",
                            "Operator error because the list of recipients is typed by hand each time",
                            "操作失误：发送窗口默认选中全部联系人，且没有二次确认", "权限按部门而不是按承诺书设置"})
    EXPECT_FALSE(blames_only_a_person(cause)) << cause;
}

TEST(Words, a_committee_is_no_owner) {
  for (const char* group : {"Quality Team", "the department", "安全委员会", "全体员工", "Management"})
    EXPECT_TRUE(names_a_group(group)) << group;
  for (const char* person : {"Ines Moravec", "Teamer, Anna", "何敏", "Gordon Boardman"})
    EXPECT_FALSE(names_a_group(person)) << person;
}

TEST(Record, is_read_as_it_was_written) {
  Rectification of = issued();
  hand_in(of, full_answer(), kStart);
  of.effect = Effect{"audit", true, "fine", kStart, "Rea"};
  const auto again = rectification_from_record(rectification_to_record(of));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, of);
  EXPECT_FALSE(rectification_from_record("{}"));
}

}  // namespace
}  // namespace probity::cases
