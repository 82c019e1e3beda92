// The evidence package: one file that holds what a verdict rests on, for people who have none of our software.
// docs/formats.md, "Evidence package".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/custody.h"
#include "log/log_book.h"
#include "seal/asic.h"

namespace probity::evidence {

// A file under its own name, in any script. `about`: what it is, in a few words.
struct PackageFile {
  std::string name;
  Bytes bytes;
  std::string about_en, about_zh;
};

// The unmarked master as tracing keeps it (trace::Reference, serialised), cut to what the leak shows.
struct PackageMaster {
  Id asset;
  std::string title;
  Bytes reference;
};

// An entry of the transparency log: opened, with its tlog-proof; an empty proof says that the log had none yet.
struct PackageEntry {
  log::Opening opening;
  std::string proof;
};

// What goes in. Empty parts are left out, and the package says that they are not there.
struct PackageInput {
  std::string matter;                   // "L-2026-0001"
  std::string organisation;             // who hands it out
  std::map<std::string, Bytes> report;  // the report's folder (leaks::render_report): report.json, report.html …
  std::vector<PackageFile> leaks;       // untouched, in the report's order
  std::vector<PackageMaster> masters;
  std::vector<Step> custody;  // of the matter, all of them, in order
  std::vector<PackageEntry> log;
  std::string policy;                  // a tlog-policy: which log and witnesses are meant
  std::vector<PackageFile> documents;  // the commitment as sealed, captures, statements
  std::string authorities_pem;         // roots of the timestamping authorities
};

// The sealed package (seal::build_container). The same input gives the same files, but for the signature and its time.
// Errors: invalid_argument (nothing to pack), too_large, unavailable (no timestamp is to be had now), internal.
Result<Bytes> build_package(const PackageInput& input, const seal::Sealer& sealer, TimeMs time_ms,
                            const seal::StampDigest& stamp);

}  // namespace probity::evidence
