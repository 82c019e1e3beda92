// The half of rules.h that tells how a case stands: what is due, what may be done next, what may be said in public.
#include <algorithm>

#include "cases/rules.h"

namespace probity::cases {
namespace {

Deadline due(const Case& of, const char* what, std::string detail, TimeMs due_ms) {
  return {of.id, of.number, of.title, what, std::move(detail), due_ms};
}

void add_payments(const Case& of, const Consequence& one, std::span<const Payment> ledger,
                  std::vector<Deadline>& found) {
  const Balance balance = balance_of(one, ledger);
  if (balance.outstanding.minor <= 0) return;
  const auto states = instalment_states(*one.amount, balance.paid, 0);
  for (std::size_t i = 0; i < states.size(); ++i)
    if (states[i] != InstalmentState::paid) {
      const Instalment& instalment = one.amount->instalments[i];
      found.push_back(due(of, "payment", money_text({instalment.minor, balance.due.currency}), instalment.due_ms));
      return;  // the next one is enough
    }
  if (one.due_ms) found.push_back(due(of, "payment", money_text(balance.outstanding), *one.due_ms));
}

Publication refused(const char* en, const char* zh, std::optional<TimeMs> not_before_ms = {}) {
  return {false, not_before_ms, en, zh};
}

}  // namespace

Publication publication_allowed(const Case& of, TimeMs now_ms) {
  if (of.accused().empty())
    return {true, std::nullopt, "nobody is accused: nothing identifies a person or an outlet",
            "无人被指控：内容不涉及任何个人或机构"};
  switch (of.state) {
    case State::open:
    case State::investigating:
      return refused("the accused have not been asked to reply", "尚未请被指方答复");
    case State::reply:
      if (!reply_is_over(of, now_ms))
        return refused("the time to reply is still running", "答复期限未届满", of.claim->reply_until_ms);
      return refused("there is no decision yet", "尚未作出决定");
    case State::decided:
      if (now_ms < of.decision->appeal_until_ms)
        return refused("the time to appeal is still running", "申诉期限未届满", of.decision->appeal_until_ms);
      break;
    case State::appeal:
      return refused("an appeal is not decided yet", "申诉尚未裁定");
    case State::closed:
      if (!of.decision) return refused("the case was closed without a decision", "案件未作决定即已结案");
      break;
    case State::final:
    case State::overturned:
      break;
  }
  return {true, std::nullopt, "the time to reply and to appeal has passed or was used", "答复与申诉期限已过或已行使"};
}

std::vector<Deadline> deadlines_of(const Case& of, std::span<const Payment> ledger) {
  std::vector<Deadline> found;
  if (of.state == State::reply) found.push_back(due(of, "reply", "", of.claim->reply_until_ms));
  if (of.state == State::decided) found.push_back(due(of, "appeal", "", of.decision->appeal_until_ms));
  if (!is_ended(of))
    for (const Task& task : of.tasks)
      if (task.state == TaskState::open && task.due_ms) found.push_back(due(of, "task", task.title, *task.due_ms));
  for (const Consequence& one : of.consequences)
    if (one.state == ConsequenceState::active) {
      if (one.amount)
        add_payments(of, one, ledger, found);
      else if (one.due_ms)
        found.push_back(due(of, "consequence", std::string(name_of(one.kind)), *one.due_ms));
    }
  std::ranges::stable_sort(found, {}, &Deadline::due_ms);
  return found;
}

namespace {

std::string told_key(const Deadline& due) { return due.what + "|" + std::to_string(due.due_ms) + "|" + due.detail; }

}  // namespace

bool is_told(const Case& of, const Deadline& due) { return std::ranges::find(of.told, told_key(due)) != of.told.end(); }

void mark_told(Case& of, const Deadline& due) {
  if (!is_told(of, due)) of.told.push_back(told_key(due));
}

std::vector<std::string> next_moves(const Case& of, TimeMs now_ms) {
  std::vector<std::string> moves;
  const bool is_early = of.state == State::open || of.state == State::investigating || of.state == State::reply;
  const bool waits =
      std::ranges::any_of(of.proposals, [](const Proposal& one) { return one.state == ProposalState::proposed; });
  if (of.state == State::open) moves.emplace_back("investigate");
  if (is_early && !of.accused().empty()) moves.emplace_back("claim");
  if (of.state == State::reply && reply_is_over(of, now_ms) && !waits) moves.emplace_back("propose");
  if (of.state == State::reply && waits) moves.emplace_back("agree");
  if ((of.state == State::decided || of.state == State::appeal) && now_ms < of.decision->appeal_until_ms)
    moves.emplace_back("appeal");
  if (of.state == State::appeal) moves.emplace_back("decide_appeal");
  const bool is_done = std::ranges::none_of(
      of.consequences, [](const Consequence& one) { return one.state == ConsequenceState::active; });
  if (is_early || (of.state == State::final && is_done)) moves.emplace_back("close");
  return moves;
}

}  // namespace probity::cases
