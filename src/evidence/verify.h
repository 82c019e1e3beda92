// What a file proves by itself, to somebody who believes nobody: by whom, since when, and what is missing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/package_check.h"
#include "log/check_entry.h"
#include "seal/check.h"

namespace probity::evidence {

enum class Subject : std::uint8_t { sealed_pdf, package, log_proof };
std::string_view subject_name(Subject subject);  // "sealed_pdf", "evidence_package", "log_proof"

struct VerifyInput {
  std::string proof{};    // a tlog-proof's text, which may carry its opening
  std::string opening{};  // what log::opening_json() writes; else the proof's own
  std::string policy{};   // a tlog-policy: which logs and witnesses are believed
  seal::CheckOptions seal{};
};

struct Verification {
  Subject subject = Subject::sealed_pdf;
  Hash sha256{};                     // of the whole file
  std::vector<PackageLine> lines{};  // in the order in which people should read them

  // The facts behind the lines, as far as they were reached.
  std::optional<seal::Certificate> certificate{};
  seal::Standing standing = seal::Standing::unknown;
  std::optional<TimeMs> claimed_time_ms{};
  std::optional<seal::Timestamp> timestamp{};
  std::optional<log::Opening> opening{};
  std::optional<log::EntryCheck> entry{};

  bool holds() const;     // nothing contradicts the file
  bool complete() const;  // and nothing is missing
};

// Tells from the bytes what the file is. That it does not hold is said in `lines`. Reads nothing but what is given.
// Errors: unsupported (a file of another kind), not_found (a PDF without a seal), invalid_argument (the policy, the
// roots), too_large.
Result<Verification> verify(BytesView file, const VerifyInput& input);

}  // namespace probity::evidence
