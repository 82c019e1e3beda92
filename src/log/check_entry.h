// Whether a record is in a log, from its opening and its proof alone: what a stranger can check.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/log_book.h"

namespace probity::log {

// Reads what opening_json() writes, and works the commitment out again. Errors: corrupt (no opening, or it opens
// another commitment than it says).
Result<Opening> parse_opening(std::string_view json);

enum class Belief : std::uint8_t {
  unknown,   // no policy was given, or the log is none of it: the path leads to a root that nobody vouches for
  logged,    // a log of the policy signed the root
  cosigned,  // and a quorum of witnesses saw it, at `seen_ms`
};

struct EntryCheck {
  Belief belief = Belief::unknown;
  std::string origin;  // of the log
  std::uint64_t index = 0;
  std::uint64_t tree_size = 0;
  std::vector<std::string> witnesses;  // known ones that saw it
  std::optional<TimeMs> seen_ms;       // by when a quorum had
  std::string reason;                  // why it is no more than that; empty when cosigned
};

// That `commitment` is the entry of this tlog-proof. `policy`: a tlog-policy's text, or empty. Errors: corrupt (the
// proof is malformed or leads elsewhere, a known signature is wrong), invalid_argument (the policy).
Result<EntryCheck> check_entry(const Hash& commitment, std::string_view proof, std::string_view policy);

// The opening that a proof carries along as its `extra`; nothing when it carries none. Errors: corrupt.
Result<std::optional<Opening>> opening_in(std::string_view proof);
// The proof with the opening along, so that one file says what is proved, and of what. As it was when it is no proof.
std::string with_opening(std::string proof, const Opening& opening);

}  // namespace probity::log
