#include "copies/payload.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::copies {

// nlohmann::json keeps keys sorted and dump() writes no spaces: canonical as long as values are text and whole numbers.

std::string workspace_payload(const Id& workspace, std::string_view key_fingerprint) {
  return nlohmann::json{{"key_fingerprint", key_fingerprint}, {"workspace", workspace.text()}}.dump();
}

std::string asset_payload(const Asset& asset) {
  return nlohmann::json{{"asset", asset.id.text()},
                        {"bias_seed", to_hex(asset.bias_seed)},
                        {"cells", asset.plan.cell_count()},
                        {"commitment", to_hex(asset_commitment(asset))},
                        {"law", static_cast<int>(asset.law)}}
      .dump();
}

std::string copy_payload(const Copy& copy) {
  return nlohmann::json{{"asset", copy.asset_id.text()},
                        {"copy", copy.id.text()},
                        {"recipient_commitment", to_hex(copy.recipient_commitment)},
                        {"seed_commitment", to_hex(copy.seed_commitment)}}
      .dump();
}

std::string making_payload(const Making& making) {
  return nlohmann::json{
      {"copy", making.copy_id.text()},
      {"operator_commitment", to_hex(operator_commitment(making.operator_name, making.operator_salt))},
      {"purpose", purpose_name(making.purpose)}}
      .dump();
}

}  // namespace probity::copies
