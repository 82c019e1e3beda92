// The half of rules.h that counts money.
#include <algorithm>

#include "cases/rules.h"

namespace probity::cases {
namespace {

std::int64_t paid_minor(const Id& consequence, std::span<const Payment> ledger) {
  std::int64_t sum = 0;
  for (const Payment& one : ledger)
    if (one.consequence == consequence) sum += one.amount.minor;
  return sum;
}

// What stands of one payment after its corrections.
std::int64_t standing_minor(const Id& payment, std::span<const Payment> ledger) {
  std::int64_t sum = 0;
  for (const Payment& one : ledger)
    if (one.id == payment || one.corrects == payment) sum += one.amount.minor;
  return sum;
}

}  // namespace

Balance balance_of(const Consequence& consequence, std::span<const Payment> ledger) {
  Balance balance;
  if (!consequence.amount) return balance;
  balance.due = consequence.amount->due();
  if (consequence.state == ConsequenceState::void_) balance.due.minor = 0;
  balance.paid = {paid_minor(consequence.id, ledger), balance.due.currency};
  balance.outstanding = {balance.due.minor - balance.paid.minor, balance.due.currency};
  return balance;
}

Result<void> check_entry(const Case& of, std::span<const Payment> ledger, const Payment& entry) {
  const Consequence* consequence = of.consequence(entry.consequence);
  if (consequence == nullptr || !consequence->amount)
    return fail(ErrorCode::invalid_argument, "consequence: there is no such agreed amount in this case");
  // A request that came twice: two payments that nothing tells apart.
  const auto is_same = [&](const Payment& one) {
    return one.consequence == entry.consequence && one.kind == entry.kind && one.amount == entry.amount &&
           one.paid_ms == entry.paid_ms && one.payer == entry.payer && one.reference == entry.reference &&
           one.note == entry.note && one.corrects == entry.corrects;
  };
  if (std::ranges::any_of(ledger, is_same))
    return fail(ErrorCode::conflict, "this very payment is in the ledger already",
                "if it was another one, give it its own reference");
  const bool takes_money = entry.kind == EntryKind::payment;
  if (takes_money && consequence->state != ConsequenceState::active)
    return fail(ErrorCode::conflict, "nothing is due on this agreed amount");
  const Balance balance = balance_of(*consequence, ledger);
  if (entry.amount.currency != balance.due.currency)
    return fail(ErrorCode::invalid_argument, "payments are in the currency that was agreed");
  if (takes_money) {
    if (entry.amount.minor <= 0) return fail(ErrorCode::invalid_argument, "minor: more than nothing is paid");
    if (entry.amount.minor > balance.outstanding.minor)
      return fail(ErrorCode::invalid_argument, "minor: more than is outstanding",
                  "record what was due; what is over goes back to the payer");
    return {};
  }
  const auto corrected = std::ranges::find_if(ledger, [&](const Payment& one) {
    return one.id == entry.corrects && one.kind == EntryKind::payment && one.consequence == entry.consequence;
  });
  if (!entry.corrects || corrected == ledger.end())
    return fail(ErrorCode::invalid_argument, "corrects: a payment of the same agreed amount is expected");
  if (entry.amount.minor == 0) return fail(ErrorCode::invalid_argument, "minor: a correction changes something");
  if (standing_minor(*entry.corrects, ledger) + entry.amount.minor < 0)
    return fail(ErrorCode::invalid_argument, "minor: a correction takes back at most what was recorded");
  if (entry.amount.minor > 0 && entry.amount.minor > balance.outstanding.minor)
    return fail(ErrorCode::invalid_argument, "minor: more than is outstanding");
  return {};
}

void settle(Case& of, std::span<const Payment> ledger, TimeMs now_ms) {
  for (Consequence& one : of.consequences) {
    if (!one.amount) continue;
    const bool is_paid = balance_of(one, ledger).outstanding.minor <= 0;
    if (one.state == ConsequenceState::active && is_paid) {
      one.state = ConsequenceState::done;
      one.done_ms = now_ms;
    } else if (one.state == ConsequenceState::done && !is_paid) {
      one.state = ConsequenceState::active;
      one.done_ms.reset();
    }
  }
}

std::string_view instalment_state_name(InstalmentState state) {
  constexpr std::string_view kNames[] = {"due", "paid", "part_paid", "overdue"};
  return kNames[static_cast<std::size_t>(state)];
}

std::vector<InstalmentState> instalment_states(const AgreedAmount& amount, const Money& paid, TimeMs now_ms) {
  std::vector<InstalmentState> states;
  std::int64_t left = paid.minor;
  for (const Instalment& one : amount.instalments) {
    const std::int64_t covered = std::clamp<std::int64_t>(left, 0, one.minor);
    left -= covered;
    if (covered == one.minor)
      states.push_back(InstalmentState::paid);
    else if (now_ms >= one.due_ms)
      states.push_back(InstalmentState::overdue);
    else
      states.push_back(covered > 0 ? InstalmentState::part_paid : InstalmentState::due);
  }
  return states;
}

bool is_above_loss(const Money& due, const std::optional<Loss>& loss) {
  return loss && loss->amount.currency == due.currency && due.minor * 10 > loss->amount.minor * 13;
}

}  // namespace probity::cases
