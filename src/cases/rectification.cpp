#include "cases/rectification.h"

#include <fmt/format.h>

#include <algorithm>

#include "cases/rules.h"

namespace probity::cases {
namespace {

constexpr TimeMs kHour = 60LL * 60 * 1000;
constexpr TimeMs kLeastRetry = 24 * kHour;

tl::unexpected<Error> not_now(const char* message, const char* hint = "") {
  return fail(ErrorCode::conflict, message, hint);
}

Result<void> check_open(const Rectification& of) {
  if (of.closed_ms) return not_now("this rectification is closed");
  return {};
}

void begin(Rectification& of, RectificationStage stage, TimeMs now_ms) {
  of.stage = stage;
  of.is_returned = false;
  of.is_escalated = false;
  of.runs.push_back({stage, now_ms, now_ms + stage_time(of, stage, now_ms), std::nullopt, std::nullopt});
}

RectificationStage following(RectificationStage stage) {
  return static_cast<RectificationStage>(static_cast<int>(stage) + 1);
}

// What was accepted stays as it is.
template <class Part>
Result<void> replace_part(Part& part, const std::optional<Part>& wanted, RectificationStage now,
                          RectificationStage accepted_with, const char* name) {
  if (!wanted || *wanted == part) return {};
  if (now > accepted_with)
    return fail(ErrorCode::conflict, fmt::format("{}: this part was accepted and stays as it is", name));
  part = *wanted;
  return {};
}

// From the plan's acceptance on, actions are only reported on.
Result<void> replace_actions(Rectification& of, const std::optional<std::vector<Action>>& wanted) {
  if (!wanted || *wanted == of.actions) return {};
  if (of.stage > RectificationStage::implementing) return not_now("actions: this part was accepted and stays as it is");
  if (of.stage == RectificationStage::implementing) {
    const bool same = wanted->size() == of.actions.size() &&
                      std::ranges::equal(*wanted, of.actions, [](const Action& a, const Action& b) {
                        return a.text == b.text && a.kind == b.kind && a.owner == b.owner && a.due_ms == b.due_ms;
                      });
    if (!same) return not_now("actions: the plan was accepted; say what was done and how it shows");
  }
  of.actions = *wanted;
  return {};
}

Result<void> replace_flow_down(Rectification& of, const RectificationAnswer& answer) {
  if (!answer.flow_down) return {};
  if (of.stage > RectificationStage::implementing)
    return not_now("flow_down: this part was accepted and stays as it is");
  for (const auto& said : *answer.flow_down) {
    const auto found = std::ranges::find(of.flow_down, said.supplier, &FlowDown::supplier);
    if (found == of.flow_down.end())
      return fail(ErrorCode::invalid_argument, "flow_down: there is no such sub-supplier here");
    found->commitment_signed = said.commitment_signed;
    found->copies_recalled = said.copies_recalled;
    found->note = said.note;
  }
  return {};
}

Result<void> check_answer(const RectificationAnswer& answer) {
  const auto group = [](const std::string& owner) {
    return fail(ErrorCode::invalid_argument, fmt::format("owner: {} is not one person", owner),
                "name the person who answers for it");
  };
  for (const Containment& one : answer.containment.value_or(std::vector<Containment>()))
    if (names_a_group(one.owner)) return group(one.owner);
  for (const Action& one : answer.actions.value_or(std::vector<Action>()))
    if (names_a_group(one.owner)) return group(one.owner);
  for (const auto* causes : {&answer.occurrence, &answer.escape})
    if (*causes)
      for (const Cause& one : **causes)
        if (blames_only_a_person(one.text))
          return fail(ErrorCode::invalid_argument, "a person's mistake alone is no cause",
                      "say why it could happen: what made the mistake possible, and what did not stop it");
  return {};
}

}  // namespace

std::string rectification_number(int year, std::int64_t ordinal) { return fmt::format("R-{}-{:04}", year, ordinal); }

RectificationState state_of(const Rectification& of) {
  if (of.closed_ms) return RectificationState::closed;
  if (of.is_escalated) return RectificationState::escalated;
  if (of.is_returned) return RectificationState::rejected;
  return static_cast<RectificationState>(of.stage);
}

TimeMs stage_time(const Rectification& of, RectificationStage stage, TimeMs now_ms) {
  switch (stage) {
    case RectificationStage::issued:
      return 8 * kHour;
    case RectificationStage::containment:
      return 48 * kHour;
    case RectificationStage::cause:
      return 14 * kDay;
    case RectificationStage::plan:
      return 30 * kDay;
    case RectificationStage::implementing: {
      TimeMs last_ms = now_ms + kDay;
      for (const Action& one : of.actions) last_ms = std::max(last_ms, one.due_ms);
      return last_ms - now_ms;
    }
    case RectificationStage::verifying:
      break;
  }
  return 60 * kDay;
}

std::vector<Lack> lacks(const Rectification& of) {
  std::vector<Lack> found;
  const auto need = [&](bool is_there, const char* en, const char* zh) {
    if (!is_there) found.push_back({en, zh});
  };
  switch (of.stage) {
    case RectificationStage::issued:
      need(!of.team.empty(), "who works on it, by name", "整改小组成员（具名）");
      break;
    case RectificationStage::containment:
      need(!of.containment.empty(), "a containment action with its owner", "至少一项临时遏制措施及责任人");
      need(std::ranges::all_of(of.containment, [](const Containment& one) { return one.done_ms || one.due_ms; }),
           "for each containment action when it was done or is due", "每项遏制措施的完成或到期时间");
      break;
    case RectificationStage::cause:
      need(!of.occurrence.empty(), "why it happened", "发生原因");
      need(!of.escape.empty(), "why it was not caught", "未被发现的原因（流出原因）");
      break;
    case RectificationStage::plan:
      need(std::ranges::any_of(of.actions, [](const Action& one) { return one.kind != ActionKind::training; }),
           "an action that is more than training", "至少一项培训以外的纠正措施");
      break;
    case RectificationStage::implementing:
      need(std::ranges::all_of(of.actions, [](const Action& one) { return one.done_ms && !one.evidence.empty(); }),
           "for each action when it was done and how it shows", "每项措施的完成时间与证据");
      need(std::ranges::all_of(of.flow_down,
                               [](const FlowDown& one) { return one.commitment_signed && one.copies_recalled; }),
           "from each sub-supplier a new commitment and the copies recalled", "每个下级供应商重新签署承诺书并收回副本");
      break;
    case RectificationStage::verifying:
      break;
  }
  return found;
}

Result<void> write_answer(Rectification& of, const RectificationAnswer& answer) {
  TRY(check_open(of));
  if (of.is_submitted()) return not_now("this stage was handed in", "it can be changed when it comes back");
  TRY(check_answer(answer));
  Rectification after = of;
  using enum RectificationStage;
  TRY(replace_part(after.team, answer.team, of.stage, issued, "team"));
  TRY(replace_part(after.containment, answer.containment, of.stage, containment, "containment"));
  TRY(replace_part(after.occurrence, answer.occurrence, of.stage, cause, "occurrence"));
  TRY(replace_part(after.escape, answer.escape, of.stage, cause, "escape"));
  TRY(replace_actions(after, answer.actions));
  TRY(replace_flow_down(after, answer));
  of = std::move(after);
  return {};
}

Result<void> submit(Rectification& of, TimeMs now_ms) {
  TRY(check_open(of));
  if (of.is_submitted()) return not_now("this stage was handed in already");
  if (of.stage == RectificationStage::verifying) return not_now("whether it works is checked by whoever asked for it");
  const std::vector<Lack> missing = lacks(of);
  if (!missing.empty())
    return fail(ErrorCode::invalid_argument, fmt::format("this stage still lacks {}", missing.front().en));
  of.runs.back().submitted_ms = now_ms;
  of.is_returned = false;
  of.is_escalated = false;
  return {};
}

Result<void> accept(Rectification& of, const std::string& reason, const std::string& by,
                    const std::vector<FlowFacts>& facts, TimeMs now_ms) {
  TRY(check_open(of));
  if (!of.is_submitted()) return not_now("nothing was handed in for this stage");
  if (of.stage == RectificationStage::implementing)
    for (std::size_t i = 0; i < of.flow_down.size() && i < facts.size(); ++i) {
      if (facts[i].open_copies > 0)
        return fail(ErrorCode::conflict,
                    fmt::format("copies of {} still open: {}", of.flow_down[i].name, facts[i].open_copies),
                    "revoke them first, or send this stage back");
      if (facts[i].knows_people && !facts[i].in_force_since_ms)
        return fail(ErrorCode::conflict, fmt::format("{} has not signed again", of.flow_down[i].name),
                    "send a commitment, or send this stage back");
    }
  of.runs.back().accepted_ms = now_ms;
  of.decisions.push_back({of.stage, true, by, now_ms, reason});
  begin(of, following(of.stage), now_ms);
  return {};
}

Result<void> reject(Rectification& of, const std::string& reason, std::optional<TimeMs> due_ms, const std::string& by,
                    TimeMs now_ms) {
  TRY(check_open(of));
  if (!of.is_submitted()) return not_now("nothing was handed in for this stage");
  if (due_ms && *due_ms <= now_ms) return fail(ErrorCode::invalid_argument, "due_at: a time still to come is expected");
  of.decisions.push_back({of.stage, false, by, now_ms, reason});
  begin(of, of.stage, now_ms);
  of.is_returned = true;
  of.runs.back().due_ms = due_ms.value_or(now_ms + std::max(kLeastRetry, stage_time(of, of.stage, now_ms) / 2));
  return {};
}

Result<void> verify(Rectification& of, const Effect& effect, const std::string& early_reason, TimeMs now_ms) {
  TRY(check_open(of));
  if (of.stage != RectificationStage::verifying) return not_now("what was planned is not implemented and accepted yet");
  if (now_ms < of.run().begun_ms + kLeastTillVerified && early_reason.empty())
    return not_now("whether it works shows 30 days after it was implemented", "say why it is checked earlier");
  of.effect = effect;
  const std::string reason = early_reason.empty() ? effect.text : effect.text + "\n" + early_reason;
  of.decisions.push_back({of.stage, effect.effective, effect.checked_by, now_ms, reason});
  if (effect.effective) {
    of.runs.back().accepted_ms = now_ms;
    of.closed_ms = now_ms;
    of.is_escalated = false;
    return {};
  }
  begin(of, RectificationStage::cause, now_ms);
  of.is_returned = true;
  for (Action& one : of.actions) one.done_ms.reset();
  return {};
}

bool is_escalation_due(const Rectification& of, TimeMs now_ms) {
  if (of.closed_ms || of.is_submitted() || of.stage == RectificationStage::verifying) return false;
  int level = 0;  // of the present run
  for (TimeMs at_ms = of.run().due_ms; now_ms >= at_ms && level < 100; ++level)
    at_ms = of.run().due_ms + (level == 0 ? 3 : 7 * level) * kDay;
  return level > (of.is_escalated ? of.escalations : 0);
}

void escalate(Rectification& of) {
  of.escalations = of.is_escalated ? of.escalations + 1 : 1;
  of.is_escalated = true;
}

}  // namespace probity::cases
