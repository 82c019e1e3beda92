// The evidence package of a reported leak: what evidence/package.h packs, gathered from the records.
#pragma once

#include "app/records.h"

namespace probity::app {

// Of the latest trace, once its copies are named: a report opens them. Noted as a step of custody. With the policy that
// names the node's own log and its witnesses. Errors: not_found; forbidden (still masked); unavailable (no timestamp is
// to be had now); those of what it reads.
Result<Bytes> evidence_package(Records& records, const Id& leak, const events::Actor& actor);

}  // namespace probity::app
