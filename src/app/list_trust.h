// Which lists a member answers from, once it was told which log to believe: only those that are in it.
//
// A list that came a moment ago is in no cosigned checkpoint yet; until it is, the one before it answers. When that
// takes too long, or the hub shows another list than it logged, nothing is answered at all: "not listed" from a list
// that others do not see is worth nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "alliance/look_up.h"

namespace probity::app {

inline constexpr TimeMs kProofPatienceMs = 60'000;      // then somebody is told
inline constexpr TimeMs kMostUnprovedMs = 10 * 60'000;  // then the list before it answers no more

using ListViews = std::map<oprf::Epoch, std::shared_ptr<const alliance::ListView>, std::greater<>>;

// Used by one thread at a time. Pure: no clock is read.
class ListTrust {
 public:
  // What the log said of an epoch's list.
  void found(const std::shared_ptr<const alliance::ListView>& view);
  void missed(oprf::Epoch epoch, const Error& error, TimeMs now_ms);

  // For each epoch held the list to answer from. Errors: forbidden when the hub shows another list than it logged;
  // unavailable while a list was not found for too long, or never.
  Result<ListViews> usable(const ListViews& held, TimeMs now_ms) const;
  // What whoever looks after the node must see. A proof that only takes its seconds is none of it.
  std::optional<Error> alarm(TimeMs now_ms) const;

 private:
  struct Standing {
    std::shared_ptr<const alliance::ListView> proved;
    std::optional<Error> trouble;
    TimeMs since_ms = 0;  // of the trouble
  };
  std::map<oprf::Epoch, Standing> standings_;
};

}  // namespace probity::app
