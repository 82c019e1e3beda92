// What may be done to a case when, and by whom. Pure: a case in, the changed case or an error out.
#pragma once

#include <span>

#include "cases/case.h"

namespace probity::cases {

constexpr TimeMs kDay = 24LL * 60 * 60 * 1000;
constexpr TimeMs kLeastReplyTime = 3 * kDay, kMostReplyTime = 180 * kDay;
constexpr int kLeastAppealDays = 7, kMostAppealDays = 180, kUsualAppealDays = 15;

// Whoever does something to a case.
struct Hand {
  Who who;
  events::Actor actor;
  bool may_review = false;  // may be the second person
  std::string address;
};

// Errors of all rules: conflict, when the case is not at the point for it; forbidden, when this person may not;
// invalid_argument, for what is asked. Nothing is changed when they fail.

// --- who
bool is_conflicted(const Case& of, const Who& who);
// The owner or a reviewer is close to a party: whoever proposes has to be a reviewer as well, and neither of the two
// may be the one in conflict.
bool needs_second_reviewer(const Case& of);
// Whether they asked for the name of an accused to be told.
bool asked_to_unmask(const Case& of, const Who& who);

// --- until the decision
// Withholds access of an accused before the decision. By a person without a conflict of interest.
Result<void> withhold(Case& of, const Hold& hold, const Hand& hand);
Result<void> release(Case& of, const Id& hold, const std::string& reason, const Hand& hand, TimeMs now_ms);
bool is_ended(const Case& of);  // closed or overturned
// Somebody is accused who has heard nothing of it yet: the claim is to be sent again, and nothing is proposed any more.
void begin_again(Case& of, const Who& by, TimeMs now_ms);
Result<void> investigate(Case& of);
// A second claim in the same case may only give more time. One that says something else is sent anew: what was replied
// and proposed before is not of it.
Result<void> send_claim(Case& of, const Claim& claim, TimeMs now_ms);
Result<void> add_reply(Case& of, const Reply& reply, TimeMs now_ms);
// The time to reply has passed, or every accused has replied.
bool reply_is_over(const Case& of, TimeMs now_ms);

// --- decision: two people (I4)
Result<void> may_propose(const Case& of, const Hand& hand, TimeMs now_ms);
Result<void> propose(Case& of, const Proposal& proposal, const Hand& hand, TimeMs now_ms);
Result<void> agree(Case& of, const Id& proposal, const std::string& reason, const Hand& hand, TimeMs now_ms);
Result<void> refuse(Case& of, const Id& proposal, const std::string& reason, const Hand& hand, TimeMs now_ms);

// --- after it
Result<void> file_appeal(Case& of, const Appeal& appeal, TimeMs now_ms);
struct Reduction {
  Id consequence;
  std::int64_t minor = 0;  // taken off what is due
};
struct AppealVerdict {
  Outcome outcome = Outcome::upheld;
  std::string reasons;
  std::vector<Reduction> reductions;  // of a reduced one
};
// By somebody who neither proposed nor agreed. Overturned: what followed from the decision for that party is void.
Result<void> decide_appeal(Case& of, const Id& appeal, const AppealVerdict& verdict, const Hand& hand, TimeMs now_ms);
// decided -> final when the time to appeal has passed. Whether it did.
bool become_final(Case& of, TimeMs now_ms);
Result<void> add_stage(Case& of, const Stage& stage);
struct StageVerdict {
  Outcome outcome = Outcome::upheld;
  std::string text;
  std::vector<Reduction> reductions;  // of a reduced one; needed where an agreed amount stands
  TimeMs ended_ms = 0;
};
// Reduced lowers agreed amounts, void ends them, overturned makes everything void that followed from the decision.
Result<void> end_stage(Case& of, const Id& id, const StageVerdict& verdict, const Hand& hand);
// `open_rectifications`: of this case.
Result<void> close(Case& of, const std::string& reason, std::size_t open_rectifications, const Hand& hand,
                   TimeMs now_ms);

// --- ledger
// Nothing is due of what is void; what was paid on it, or too much, is outstanding below zero: it goes back.
struct Balance {
  Money due, paid, outstanding;
};
Balance balance_of(const Consequence& consequence, std::span<const Payment> ledger);
// Whether the entry may be added to the case's ledger.
Result<void> check_entry(const Case& of, std::span<const Payment> ledger, const Payment& entry);
// Sets whether the agreed amount is settled after the ledger grew.
void settle(Case& of, std::span<const Payment> ledger, TimeMs now_ms);
enum class InstalmentState { due, paid, part_paid, overdue };
std::string_view instalment_state_name(InstalmentState state);
// One for each instalment, what was paid filling them in their order.
std::vector<InstalmentState> instalment_states(const AgreedAmount& amount, const Money& paid, TimeMs now_ms);
// More than 30 % above the recorded loss in the same currency: the usual yardstick by which a court cuts an agreed sum
// (Civil Code of China, art. 585).
bool is_above_loss(const Money& due, const std::optional<Loss>& loss);

// --- what is to be known of it
struct Publication {
  bool allowed = false;
  std::optional<TimeMs> not_before_ms;
  std::string reason, reason_zh;
};
// Nothing that names a person or an outlet before the time to reply and to appeal has passed or was used (I5).
Publication publication_allowed(const Case& of, TimeMs now_ms);
// By time.
std::vector<Deadline> deadlines_of(const Case& of, std::span<const Payment> ledger);
// Whether the owner was told that it has passed; and that this is so from now on.
bool is_told(const Case& of, const Deadline& due);
void mark_told(Case& of, const Deadline& due);
// "investigate", "claim", "propose", "agree", "appeal", "decide_appeal", "close"
std::vector<std::string> next_moves(const Case& of, TimeMs now_ms);

}  // namespace probity::cases
