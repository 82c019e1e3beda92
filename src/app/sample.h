// The sample project: fictional people and organisations, photographs from the system, a commitment to send.
#pragma once

#include <span>

#include "app/records.h"
#include "jobs/runner.h"

namespace probity::app {

struct SampleAccount {
  const char* name;
  const char* email;
  accounts::Role role;
};
// One of each role that has something to do, all with the one password below.
std::span<const SampleAccount> sample_accounts();
inline constexpr const char* kSamplePassword = "lantern over harbour nine";

// The organisation and its accounts, unless there are any. Errors: storage.
Result<void> make_sample_accounts(Records& records);
// Asks for load_sample once.
Result<Id> queue_sample(Records& records);

// Makes what is missing of it; running it again finds what is there. Errors: not_found when the machine has none of the
// photographs; those of the verbs.
Result<void> load_sample(Records& records, jobs::JobContext& context);

}  // namespace probity::app
