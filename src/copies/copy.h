// The copy record (one asset, one recipient, one codeword) and the making: each time a copy's bytes are made.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "parties/recipient.h"

namespace probity::copies {

// Registered before its first byte is made, and never changed. The codeword is not stored: it follows from the seed,
// and the seed from the asset's key and the copy's id.
struct Copy {
  Id id;
  Id asset_id;
  Id recipient_id;
  Hash seed_commitment{};
  Hash recipient_commitment{};
  Hash commitment_salt{};  // secret until the copy is opened as evidence
  TimeMs issued_ms = 0;
  std::uint64_t register_sequence = 0;
  bool operator==(const Copy&) const = default;
};

struct CopyWithRecipient {
  Copy copy;
  parties::Recipient recipient;
};

// Why bytes were made.
enum class Purpose { issue, export_again, evidence };
std::string_view purpose_name(Purpose purpose);  // "issue", "export", "evidence"
std::optional<Purpose> parse_purpose(std::string_view name);

struct Making {
  std::uint64_t register_sequence = 0;
  Id copy_id;
  Purpose purpose = Purpose::issue;
  std::string operator_name;
  Hash operator_salt{};
  TimeMs made_ms = 0;
  bool operator==(const Making&) const = default;
};

// Salted commitments: the register holds these and no names, and one can be opened without opening another.
// SHA-256(label || salt || value), the seed's as in code::seed_commitment; each use of a copy's commitment_salt goes
// through HKDF with its own label.
Hash seed_salt(const Hash& commitment_salt);
Hash recipient_salt(const Hash& commitment_salt);
Hash recipient_commitment(const parties::RecipientDetails& details, const Hash& salt);
Hash operator_commitment(std::string_view operator_name, const Hash& salt);

}  // namespace probity::copies
