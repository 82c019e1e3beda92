#include "commitments/evidence.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::commitments {

std::string evidence_text(const EvidenceEntry& entry) {
  const nlohmann::json json{
      {"commitment", entry.commitment.text()},
      {"sequence", entry.sequence},
      {"time_ms", entry.time_ms},
      {"kind", entry.kind},
      {"actor",
       {{"kind", events::actor_kind_name(entry.witness.actor.kind)},
        {"id", entry.witness.actor.id ? entry.witness.actor.id->text() : ""},
        {"name", entry.witness.actor.name}}},
      {"address", entry.witness.address},
      {"agent", entry.witness.agent},
      {"data", entry.data_json},
  };
  // What a client sends about itself may be no UTF-8; it is replaced the same way each time.
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Hash evidence_hash(const EvidenceEntry& entry) {
  return sha256({BytesView(entry.previous), as_bytes(evidence_text(entry))});
}

std::string evidence_export(const std::string& number, std::span<const EvidenceEntry> entries) {
  nlohmann::json rows = nlohmann::json::array();
  for (const EvidenceEntry& entry : entries)
    rows.push_back(
        {{"previous", to_hex(entry.previous)}, {"entry", evidence_text(entry)}, {"hash", to_hex(entry.hash)}});
  const nlohmann::json json{{"format", kEvidenceFormat}, {"commitment", number}, {"entries", std::move(rows)}};
  return json.dump(1) + "\n";
}

EvidenceEntry chained(EvidenceEntry entry, const std::optional<EvidenceEntry>& last) {
  entry.sequence = last ? last->sequence + 1 : 1;
  entry.previous = last ? last->hash : Hash{};
  entry.hash = evidence_hash(entry);
  return entry;
}

Result<void> check_chain(const Id& commitment, std::span<const EvidenceEntry> entries) {
  Hash previous{};
  std::uint64_t sequence = 0;
  for (const EvidenceEntry& entry : entries) {
    ++sequence;
    const auto refuse = [&](const char* what) {
      return fail(ErrorCode::corrupt, fmt::format("evidence entry {} {}", sequence, what));
    };
    if (entry.commitment != commitment) return refuse("belongs to another commitment");
    if (entry.sequence != sequence) return refuse("is missing or out of order");
    if (entry.previous != previous) return refuse("does not follow the one before it");
    if (evidence_hash(entry) != entry.hash) return refuse("was altered");
    previous = entry.hash;
  }
  return {};
}

}  // namespace probity::commitments
