// Orders a mail, without content, to those who are to look at something that waits for them.
#pragma once

#include "jobs/queue.h"

namespace probity::jobs {

inline constexpr const char* kCallJob = "call";

// What waits, and for whom it does.
inline constexpr const char* kCallApprovers = "statement";  // subject: the statement
inline constexpr const char* kCallReviewers = "unmask";     // subject: the leak
inline constexpr const char* kCallRemovers = "removal";     // subject: the statement
inline constexpr const char* kCallAttendee = "frames";      // subject: the shoot

struct Call {
  const char* what = kCallReviewers;
  Id subject;
  std::optional<Id> project{};
  std::optional<Id> person{};  // an account that knows already; of frames the attendee who is told
  TimeMs not_before_ms = 0;    // what comes until then is one mail
};

// To be enqueued in the transaction of what calls. While one waits to be sent, another is not made.
JobRequest call_request(const Call& call);

}  // namespace probity::jobs
