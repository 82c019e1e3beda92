// The register: an append-only chain of entries, each holding the hash of the one before it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"

namespace probity::copies {

enum class EntryKind { workspace_created, asset_added, copy_issued, copy_made };
std::string_view entry_kind_name(EntryKind kind);
std::optional<EntryKind> parse_entry_kind(std::string_view name);

// The payload is canonical JSON (keys sorted, no spaces) of ids and salted commitments, never of names.
// docs/formats.md says which fields each kind has and over which bytes the hash runs.
struct RegisterEntry {
  std::uint64_t sequence = 0;  // 1, 2, 3 …
  TimeMs time_ms = 0;
  EntryKind kind{};
  std::string payload;
  Hash previous{};  // zeros for the first
  Hash hash{};
  bool operator==(const RegisterEntry&) const = default;
};

// Where the chain ends. Whoever keeps a head can later show that nothing before it was changed or taken out.
struct RegisterHead {
  std::uint64_t sequence = 0;
  Hash hash{};
  bool operator==(const RegisterHead&) const = default;

  // "12:<64 hex digits>". Errors: invalid_argument.
  static Result<RegisterHead> parse(std::string_view text);
  std::string text() const;
};

Hash entry_hash(const RegisterEntry& entry);

// The entry that follows `head`, complete with its hash.
RegisterEntry next_entry(const RegisterHead& head, TimeMs time_ms, EntryKind kind, std::string payload);

// What is wrong with `entry` as the successor of `head`; nothing when it is right.
std::optional<std::string> chain_fault(const RegisterHead& head, const RegisterEntry& entry);

}  // namespace probity::copies
