// Evidence of every step towards a signature: one hash chain a commitment, so that no step can be altered, left out or
// put in later without it showing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "events/event.h"

namespace probity::commitments {

// Who did a step, and from where.
struct Witness {
  events::Actor actor;
  std::string address;  // of the network, as the server saw it
  std::string agent;    // the browser's own words
};

struct EvidenceEntry {
  Id commitment;
  std::uint64_t sequence = 0;  // 1, 2, 3 …
  TimeMs time_ms = 0;
  std::string kind;  // "sent", "opened", "read", "answered", "signed" …
  Witness witness;
  std::string data_json = "{}";  // canonical: members sorted, no spaces
  Hash previous{};               // zeros for the first
  Hash hash{};
};

// The canonical JSON of everything but the two hashes (docs/formats.md).
std::string evidence_text(const EvidenceEntry& entry);

// SHA-256 of `previous` followed by evidence_text().
Hash evidence_hash(const EvidenceEntry& entry);

// The entry that follows `last` (nothing: the first of its commitment), with its place and hash filled in.
EvidenceEntry chained(EvidenceEntry entry, const std::optional<EvidenceEntry>& last);

// For those who have none of our software: {"format","commitment":number,"entries":[{"previous","entry","hash"}]},
// entry being the very text that was hashed.
std::string evidence_export(const std::string& number, std::span<const EvidenceEntry> entries);
inline constexpr const char* kEvidenceFormat = "probity-commitment-evidence-1";

// Errors: corrupt, naming the first entry that does not fit: of another commitment, out of order, not following the one
// before, or altered.
Result<void> check_chain(const Id& commitment, std::span<const EvidenceEntry> entries);

}  // namespace probity::commitments
