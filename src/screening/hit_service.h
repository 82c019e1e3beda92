// The verbs of hits over store, log and events; the rules are in hit_rules.h.
#pragma once

#include "screening/hit_rules.h"
#include "screening/person_screening.h"

namespace probity::screening {

// What was compared, as it was typed: used for the comparison and not kept.
struct IdentityRequest {
  IdentityCheck::Way way = IdentityCheck::Way::birth_date;
  bool same = false;
  std::string note;
  std::string stated, document;  // a name or a date of birth, from the candidate and from their document
};

// Writes a hit as it is now, its new steps in the log and told as events. Joins the caller's transaction.
Result<void> save_hit(const Ports& ports, const Hit& before, const Hit& after);

// Thread-safe. Borrows its ports.
class HitService {
 public:
  explicit HitService(const Ports& ports) : ports_(ports) {}

  // Errors: not_found.
  Result<Hit> find(const Id& id);
  Result<Listed<Hit>> list(const HitFilter& filter) { return ports_.store.hits(filter); }

  // Errors: not_found; those of the rules; invalid_argument when what was compared says the opposite, or a text holds
  // an identifier.
  Result<Hit> confirm(const Id& id, const IdentityRequest& request, const events::Actor& actor);
  Result<Hit> contact(const Id& id, FilerContact contact, const events::Actor& actor);
  Result<Hit> notify(const Id& id, PersonNotice notice, const events::Actor& actor);
  Result<Hit> answer(const Id& id, const std::string& note, const events::Actor& actor);
  Result<Hit> decide(const Id& id, HitOutcome outcome, const std::string& reasons, const events::Actor& actor);
  Result<Hit> withdraw(const Id& id, const std::string& note, const events::Actor& actor);
  Result<Hit> reconsider(const Id& id, HitOutcome outcome, const std::string& reasons, const events::Actor& actor);
  // Asks again about the same person. Errors: also forbidden when it is another person's identifier; those of
  // Membership::ask.
  Result<Hit> look_again(const Id& id, const TypedIdentifier& identifier, const events::Actor& actor);

  // Marks every hit that was found in that bucket; the number of them. May come again.
  Result<std::size_t> take_notice(const alliance::ChangeNotice& notice);

 private:
  template <class Verb>
  Result<Hit> change(const Id& id, const events::Actor& actor, Verb verb);

  const Ports ports_;
};

}  // namespace probity::screening
