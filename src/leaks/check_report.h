// Recomputing a verdict from its report alone: needs no workspace, no key and no picture.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "leaks/words.h"

namespace probity::leaks {

enum class CheckMark {
  right,      // recomputed, and as the report says
  wrong,      // recomputed, and not as the report says
  unchecked,  // the report's own statement: nothing here to compare it with
};

struct CheckLine {
  CheckMark mark = CheckMark::right;
  std::string text;
};

struct ReportCheck {
  std::vector<CheckLine> lines;
  Outcome outcome = Outcome::no_match;  // as the report says
  bool holds() const;
};

// Files that lie beside report.json, by name; in an evidence package its leak/ and master/ files too.
using FolderFiles = std::map<std::string, Bytes>;

// Codewords, scores, bounds, verdict and words are worked out again; seeds, recipients, operators and assets are opened
// against the commitments in their register entries; the digest and the hashes of the files beside the report are
// compared. Errors: corrupt when the JSON is no trace report (then nothing could be checked).
Result<ReportCheck> check_report(BytesView report_json, const FolderFiles& folder, Language language);

}  // namespace probity::leaks
