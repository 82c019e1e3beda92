// The asset record: a master picture that was prepared once, and everything its copies are made from.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "code/law.h"
#include "mark/cell_plan.h"

namespace probity::copies {

// A value, never changed once it is registered: copies already out depend on every field.
struct Asset {
  Id id;
  std::string title;
  std::string file_name;              // of the original, without folders
  std::string media_type;             // of the delivered copies: image/jpeg or image/png
  std::uint64_t copy_size_bytes = 0;  // every copy has the same length; 0 when it is encoded for each recipient
  mark::CellPlan plan;
  code::LawId law{};
  Hash bias_seed{};  // public in evidence
  Hash key_salt{};
  Hash original_blob{};           // the file as it came in
  Hash tally_blob{};              // both variants, as a container of src/tally
  Hash tally_digest{};            // by which that container names itself
  Hash reference_blob{};          // what tracing compares a leak with
  std::string stats_json = "{}";  // what preparation measured, for people
  TimeMs created_ms = 0;
  Hash commitment_salt{};  // secret until the record is opened as evidence
  std::uint64_t register_sequence = 0;
  bool operator==(const Asset&) const = default;
};

// Salted commitment to every field except the register's own: SHA-256("probity asset commitment v1\n" || salt ||
// canonical JSON of the record).
Hash asset_commitment(const Asset& asset);

// "image/jpeg" -> ".jpg"
std::string_view file_extension(std::string_view media_type);

}  // namespace probity::copies
