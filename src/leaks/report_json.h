// The trace report as JSON: docs/formats.md, "Trace report". Written canonically, so that one digest covers every
// field.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "leaks/report.h"

namespace probity::leaks {

// SHA-256 of the other files that lie beside report.json, by name.
using FolderHashes = std::map<std::string, Hash>;

// The record alone, with everything that follows from it in words and numbers (verdict, copy, recipient, bound, asset,
// words); the digest is over this.
nlohmann::json record_to_json(const Report& report);
// How one file lies over its master, as reports and the API show it.
nlohmann::json lay_to_json(const Lay& lay);
// SHA-256 of the canonical form (keys sorted, no spaces) of record_to_json.
Hash report_digest(const Report& report);
// The file: the record, its digest, and the hashes of the files beside it. Indented.
std::string report_json(const Report& report, const FolderHashes& folder);

struct StoredReport {
  Report report;
  Hash digest{};  // as the file says
  FolderHashes folder;
};

// Errors: corrupt when the text is no trace report of a known version; the message names the field. Says nothing about
// whether the numbers are right: that is check_report's work.
Result<StoredReport> parse_report(const nlohmann::json& json);

}  // namespace probity::leaks
