// A piece of evidence: a file exactly as it came, or one that was derived from such a file; kept under its hash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"

namespace probity::evidence {

// original: as it was found; repost: found elsewhere, the same thing again; capture: a screenshot or page of where it
// was seen; derived: made by us from another item; report: what a trace or an examination concluded.
enum class Kind { original, repost, capture, derived, report };
std::string_view kind_name(Kind kind);
std::optional<Kind> parse_kind(std::string_view name);

// Never changed once it is there: its bytes lie in the blob store under `sha256`.
struct Item {
  Id id;
  Id matter;  // the leak or case it belongs to
  Kind kind = Kind::original;
  std::optional<Id> parent;  // what it is a re-post or capture of, or was made from
  std::string name;          // as the file was called
  std::string media_type;    // by its bytes; "application/octet-stream" when they are none we know
  std::uint64_t size_bytes = 0;
  Hash sha256{};
  TimeMs added_ms = 0;
  std::string added_by;
  bool operator==(const Item&) const = default;
};

// What the bytes begin as: image/jpeg, image/png, image/webp, image/tiff, image/gif, image/heic, image/avif,
// application/pdf, application/zip, text/html is never guessed. Not trusted for anything but telling people.
std::string media_type_of(BytesView bytes);

// Canonical JSON of every field but the matter: what the custody step that brought the item says of it.
std::string item_facts(const Item& item);

}  // namespace probity::evidence
