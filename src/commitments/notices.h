// What time brings by itself: last days that pass, old sessions and codes forgotten, and notices of embargoes 24 hours
// and 1 hour before and when they lift. Called every minute or so; how often does not matter.
#pragma once

#include "commitments/drafting.h"

namespace probity::commitments {

struct TickReport {
  std::uint64_t expired = 0, notices = 0;
  bool more = false;  // there was more to do than one call does
};

// Each notice is recorded under a key of person, project, instant and kind in the transaction that mails it: it goes
// out once, whatever the clock does and whoever else calls. A clock that jumps over "24 hours before" leaves that
// notice out, since it would no longer be true, and sends the next one; "lifted" is never left out while it is news (30
// days). A moved embargo is another instant, so it has notices of its own. Thread-safe.
class NoticeService {
 public:
  explicit NoticeService(const Ports& ports) : desk_(ports) {}
  Result<TickReport> tick();

 private:
  struct Due;
  Result<void> forget_old_access(TimeMs now_ms);
  Result<void> expire(const Id& id, TimeMs now_ms, TickReport& report);
  Result<void> notify(const Due& due, TickReport& report);
  Result<void> tell_project(const Due& due, std::uint64_t count);

  Desk desk_;
};

// Which notice an instant calls for at a time, if any. Pure.
std::optional<EmbargoNotice> notice_due(TimeMs at_ms, TimeMs now_ms);

}  // namespace probity::commitments
