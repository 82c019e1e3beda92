// The verbs of rectifications: issue to the contract parent, answer, hand in, accept or send back, verify, escalate.
#pragma once

#include "cases/desk.h"

namespace probity::cases {

struct NewRectification {
  Id supplier;  // where the trace points
  std::string problem, requirement;
  std::optional<Id> contact{};  // a person of whoever answers; one with an address otherwise
};

// With what our own records say of each sub-supplier.
struct RectificationView {
  Rectification of;
  std::vector<FlowFacts> facts;  // as many as of.flow_down
};

// Thread-safe. Borrows its ports. Each verb is one transaction. Errors of all: not_found; conflict; invalid_argument.
class RectificationService {
 public:
  explicit RectificationService(const Ports& ports) : desk_(ports) {}

  Result<RectificationView> issue(const Id& case_id, const NewRectification& wanted, const Hand& hand);
  Result<RectificationView> find(const Id& id);
  Result<Listed<Rectification>> list(const RectificationFilter& filter);
  // By the supplier's contact or, in their words, by staff.
  Result<RectificationView> write(const Id& id, const RectificationAnswer& answer, const events::Actor& actor);
  Result<RectificationView> submit(const Id& id, const events::Actor& actor);
  Result<RectificationView> accept(const Id& id, const std::string& reason, const Hand& hand);
  Result<RectificationView> reject(const Id& id, const std::string& reason, std::optional<TimeMs> due_ms,
                                   const Hand& hand);
  Result<RectificationView> verify(const Id& id, const Effect& effect, const std::string& early_reason,
                                   const Hand& hand);
  Result<RectificationView> send_link(const Id& id, const Hand& hand);
  // Escalates what is overdue: the contact, the case's owner. How many.
  Result<std::uint64_t> tick();

 private:
  template <class Work>
  Result<RectificationView> change(const Id& id, Work work);
  Result<bool> turn(const Id& id);
  Result<Rectification> existing(const Id& id) const;
  Result<RectificationView> view(Rectification of) const;
  Result<void> name_suppliers(Rectification& of, const Id& leaf) const;
  Result<void> add_below(Rectification& of, const Id& organisation, const Id& leaf, int depth) const;
  Result<void> name_contact(Rectification& of, const std::optional<Id>& contact) const;
  Result<FlowFacts> facts_of(const Id& organisation, TimeMs since_ms) const;
  Result<void> write_to_contact(const Rectification& of, const char* kind, const std::string& en, const std::string& zh,
                                bool with_link) const;
  // The case's deadlines follow; its timeline and the log tell of it.
  Result<void> tell(const Rectification& of, const char* kind, const events::Actor& actor, const std::string& reason,
                    bool in_log) const;

  Desk desk_;
};

}  // namespace probity::cases
