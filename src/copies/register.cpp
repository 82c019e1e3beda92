#include "copies/register.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/check.h"
#include "base/encoding.h"

namespace probity::copies {
namespace {

struct KindName {
  EntryKind kind;
  std::string_view name;
};
constexpr std::array<KindName, 4> kKinds{{{EntryKind::workspace_created, "workspace_created"},
                                          {EntryKind::asset_added, "asset_added"},
                                          {EntryKind::copy_issued, "copy_issued"},
                                          {EntryKind::copy_made, "copy_made"}}};

}  // namespace

std::string_view entry_kind_name(EntryKind kind) {
  for (const auto& row : kKinds)
    if (row.kind == kind) return row.name;
  check_failed("every kind of entry has a name", __FILE__, __LINE__);
}

std::optional<EntryKind> parse_entry_kind(std::string_view name) {
  for (const auto& row : kKinds)
    if (row.name == name) return row.kind;
  return std::nullopt;
}

Result<RegisterHead> RegisterHead::parse(std::string_view text) {
  const auto refuse = [] {
    return fail(ErrorCode::invalid_argument, "this is not a register head",
                "a head is a number, a colon and 64 hex digits, as `probity register verify` prints it");
  };
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return refuse();
  RegisterHead head;
  const auto [end, error] = std::from_chars(text.data(), text.data() + colon, head.sequence);
  const auto hash = from_hex(text.substr(colon + 1));
  if (error != std::errc() || end != text.data() + colon || !hash || hash->size() != head.hash.size()) return refuse();
  std::copy(hash->begin(), hash->end(), head.hash.begin());
  return head;
}

std::string RegisterHead::text() const { return fmt::format("{}:{}", sequence, to_hex(hash)); }

Hash entry_hash(const RegisterEntry& entry) {
  Bytes fields;
  ByteWriter writer(fields);
  writer.integer(entry.sequence);
  writer.integer(static_cast<std::uint64_t>(entry.time_ms));
  const std::string_view kind = entry_kind_name(entry.kind);
  writer.integer(static_cast<std::uint32_t>(kind.size()));
  writer.bytes(as_bytes(kind));
  writer.integer(static_cast<std::uint32_t>(entry.payload.size()));
  writer.bytes(as_bytes(entry.payload));
  writer.bytes(entry.previous);
  return sha256({as_bytes("probity register entry v1\n"), fields});
}

RegisterEntry next_entry(const RegisterHead& head, TimeMs time_ms, EntryKind kind, std::string payload) {
  RegisterEntry entry{head.sequence + 1, time_ms, kind, std::move(payload), head.hash, {}};
  entry.hash = entry_hash(entry);
  return entry;
}

std::optional<std::string> chain_fault(const RegisterHead& head, const RegisterEntry& entry) {
  if (entry.sequence != head.sequence + 1)
    return fmt::format("entry {} is missing (entry {} follows {})", head.sequence + 1, entry.sequence, head.sequence);
  if (entry.previous != head.hash)
    return fmt::format("entry {} does not hold the hash of entry {}", entry.sequence, head.sequence);
  if (entry.hash != entry_hash(entry))
    return fmt::format("entry {} was changed: its hash is not of its contents", entry.sequence);
  return std::nullopt;
}

}  // namespace probity::copies
