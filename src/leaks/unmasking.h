// Naming the recipient of an identified copy: one person asks, another agrees. The only place where a finding's copy is
// joined to its party (I4: naming takes two people).
#pragma once

#include "leaks/leak_traces.h"

namespace probity::leaks {

// Thread-safe. Borrows its ports. Of two people who decide at the same time one is first; the other is told what was
// decided, by whom.
class Unmasking {
 public:
  explicit Unmasking(const LeakPorts& ports) : desk_(ports) {}

  // Errors: forbidden unless a person with an account asks; conflict when nothing is identified, when it is asked
  // already, or when this person has not looked at the result; invalid_argument without a reason.
  Result<UnmaskRequest> request(const Id& leak, const std::string& reason, const events::Actor& actor);
  // By whoever asked. Errors: forbidden; conflict.
  Result<UnmaskRequest> withdraw(const Id& leak, const events::Actor& actor);
  // By another person than the one who asked, who has looked at the same result. Errors: forbidden for whoever asked,
  // for API keys and the command line; conflict when it was decided already (saying by whom), when a newer trace is
  // there, or when this person has not looked at the result.
  Result<UnmaskRequest> agree(const Id& leak, const std::string& note, const events::Actor& actor);
  Result<UnmaskRequest> refuse(const Id& leak, const std::string& reason, const events::Actor& actor);

  // Recipients of the identified copies of one report: empty unless agreed. Errors: corrupt when a recipient's record
  // is not the one that was registered with the copy.
  Result<std::vector<NamedRecipient>> named(const Id& leak, const Report& report);
  // Those of the leak's latest trace.
  Result<std::vector<NamedRecipient>> named(const Id& leak);

 private:
  struct Case {
    Leak leak;
    UnmaskRequest request;
  };
  Result<Case> open_request(const Id& leak, const events::Actor& actor, const char* deed);
  Result<UnmaskRequest> decide(const Id& leak, UnmaskState decision, const std::string& words,
                               const events::Actor& actor);
  Result<void> check_has_looked(const Id& leak, const Id& trace, const Id& person);
  Result<std::vector<Id>> agreed_copies(const Id& leak);
  Result<Report> report_of(const Id& leak, const Id& trace);

  Desk desk_;
};

}  // namespace probity::leaks
