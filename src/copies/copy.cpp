#include "copies/copy.h"

#include <array>
#include <nlohmann/json.hpp>

namespace probity::copies {
namespace {

struct PurposeName {
  Purpose purpose;
  std::string_view name;
};
constexpr std::array<PurposeName, 3> kPurposes{
    {{Purpose::issue, "issue"}, {Purpose::export_again, "export"}, {Purpose::evidence, "evidence"}}};

}  // namespace

std::string_view purpose_name(Purpose purpose) {
  for (const auto& row : kPurposes)
    if (row.purpose == purpose) return row.name;
  return {};
}

std::optional<Purpose> parse_purpose(std::string_view name) {
  for (const auto& row : kPurposes)
    if (row.name == name) return row.purpose;
  return std::nullopt;
}

Hash seed_salt(const Hash& commitment_salt) { return hkdf(commitment_salt, as_bytes("seed salt")); }
Hash recipient_salt(const Hash& commitment_salt) { return hkdf(commitment_salt, as_bytes("recipient salt")); }

Hash recipient_commitment(const parties::RecipientDetails& details, const Hash& salt) {
  const nlohmann::json record = {{"email", details.email}, {"name", details.name}, {"outlet", details.outlet}};
  return sha256({as_bytes("probity recipient commitment v1\n"), salt, as_bytes(record.dump())});
}

Hash operator_commitment(std::string_view operator_name, const Hash& salt) {
  return sha256({as_bytes("probity operator commitment v1\n"), salt, as_bytes(operator_name)});
}

}  // namespace probity::copies
