// What the verbs of leaks share: their neighbours, finding a leak, and saving it with its event and its step of
// custody.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "commitments/store.h"
#include "copies/delivery_store.h"
#include "copies/service.h"
#include "events/event.h"
#include "evidence/service.h"
#include "jobs/queue.h"
#include "leaks/leak_store.h"
#include "projects/service.h"
#include "shoots/release_search.h"

namespace probity::leaks {

// The case that a leak became part of, told of what it had taken over. Joins the caller's transaction.
class CaseBook {
 public:
  virtual ~CaseBook() = default;
  // `leak.case_id` is there. What was done, by whom and why is the last of `after.changes`.
  virtual Result<void> sighting_changed(const Leak& leak, const Sighting& before, const Sighting& after,
                                        const events::Actor& actor) = 0;
};

struct LeakPorts {
  LeakStore& store;
  evidence::EvidenceService& evidence;
  Transactions& transactions;
  events::EventLog& events;
  jobs::Queue& jobs;
  projects::ProjectService& projects;
  commitments::Store& commitments;
  copies::CopyService& copies;
  copies::DeliveryStore& deliveries;
  shoots::ReleaseSearch* releases;  // none: own releases are not searched
  Clock& clock;
  Random& random;
  CaseBook* cases = nullptr;  // none: no case is told
};

// Thread-safe, as its ports are. Every verb joins the caller's transaction.
class Desk {
 public:
  explicit Desk(const LeakPorts& ports) : ports_(ports) {}

  // Errors: not_found.
  Result<Leak> leak(const Id& id) const;
  // Errors: conflict when somebody changed it meanwhile.
  Result<void> save(Leak& leak) const;
  // The event, and the step of custody of the same deed. `event_kind` may be empty: a step only.
  struct Told {
    const char* event_kind = "";
    const char* action = "";
    std::string why{};
    std::optional<Id> item{};
    std::string data_json = "{}";  // of the step
  };
  Result<void> tell(const Leak& leak, const Told& told, const events::Actor& actor) const;

  const LeakPorts& ports() const { return ports_; }

 private:
  LeakPorts ports_;
};

// Errors: invalid_argument, when `what` ("the time seen") lies more than a day ahead, or before 1970.
Result<void> check_past(const char* what, TimeMs time_ms, TimeMs now_ms);

// Whoever this takes, in person. Errors: forbidden for API keys, the command line and the system, saying that `deed`
// ("agree to a name") cannot be done for somebody.
Result<Id> person(const events::Actor& actor, const char* deed);

}  // namespace probity::leaks
