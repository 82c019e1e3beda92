// Takes a filing's verbs to the hub and brings back what became of them, so that nothing is half done.
//
// A verb is written down as pending before anything is sent, its attempt is counted before it is made, and only an
// answer of the hub ends it. When none came, the next attempt first looks whether the hub has done it already: by the
// steps of the listing, which name verb and account; and for a draft, which has no id yet, by the commitment to its
// summary, which is salted and so stands in no other. What the hub refuses is not tried again: the person is told.
#pragma once

#include <mutex>
#include <set>

#include "filings/ports.h"

namespace probity::filings {

// Thread-safe. Borrows its ports.
class Clerk {
 public:
  explicit Clerk(const Ports& ports) : ports_(ports) {}

  // One attempt of what is pending. The filing as it stands then: still pending when the hub gave no answer. Errors:
  // what the hub refused; those of the store.
  Result<Filing> run(const Id& filing);
  // What the hub says of a listing, taken over into the filing. Also what arrived for it.
  Result<void> mirror(const std::vector<alliance::Listing>& shown);
  // All that is pending and due, then all that has changed at the hub. Errors: of the first that went wrong.
  Result<void> tick();

  // Takes a listing over into `filing`: new steps become events. Joins the caller's transaction, does not save.
  Result<void> take_over(Filing& filing, const alliance::Listing& shown);
  Result<void> tell(const Filing& filing, const std::string& kind, const events::Actor& actor,
                    const std::string& reason = {});

 private:
  Result<alliance::Listing> attempt(Filing& filing);
  Result<alliance::Listing> attempt_submit(Filing& filing);
  Result<alliance::Listing> begin_listing(Filing& filing);
  Result<alliance::Listing> say(const Filing& filing, const std::string& verb, const std::string& body);
  Result<alliance::Listing> look(const Filing& filing);
  Result<std::optional<alliance::Listing>> find_lost(const Filing& filing);
  Result<void> send_papers(const Filing& filing);
  Result<oprf::PublicIdentity> ombudsman_identity();
  Result<Filing> settle(const Id& filing, const Result<alliance::Listing>& outcome);
  Result<void> fetch_arrivals();
  Result<void> remind(Filing& filing);

  const Ports ports_;
  std::mutex mutex_;
  std::set<Id> running_;
};

}  // namespace probity::filings
