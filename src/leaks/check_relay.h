// Reading a leak again from an evidence package: the leaked files over the master's region, the code, the bound.
#pragma once

#include <map>
#include <span>

#include "leaks/check_report.h"
#include "leaks/investigate.h"

namespace probity::leaks {

using References = std::map<Id, trace::Reference>;

// What a verdict rests on once more, without believing the report's soft values: each file is laid over its master and
// read, and each named copy's score and bound are worked out from that reading. `files`: the leaked files, decoded, in
// any order; they are found by their SHA-256. Computers differ in the last digits, so that a reading may differ a
// little from the report's; the verdict must come out the same. Errors: corrupt (no trace report).
Result<std::vector<CheckLine>> check_relay(BytesView report_json, std::span<const LeakFile> files,
                                           const References& references, Language language);

}  // namespace probity::leaks
