#include "copies/asset.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "copies/json.h"

namespace probity::copies {

Hash asset_commitment(const Asset& asset) {
  const nlohmann::json record = {{"asset", asset.id.text()},
                                 {"bias_seed", to_hex(asset.bias_seed)},
                                 {"copy_size_bytes", asset.copy_size_bytes},
                                 {"created_ms", asset.created_ms},
                                 {"file_name", asset.file_name},
                                 {"key_salt", to_hex(asset.key_salt)},
                                 {"law", static_cast<int>(asset.law)},
                                 {"media_type", asset.media_type},
                                 {"original_blob", to_hex(asset.original_blob)},
                                 {"plan", plan_to_json(asset.plan)},
                                 {"reference_blob", to_hex(asset.reference_blob)},
                                 {"stats", asset.stats_json},
                                 {"tally_blob", to_hex(asset.tally_blob)},
                                 {"tally_digest", to_hex(asset.tally_digest)},
                                 {"title", asset.title}};
  return sha256({as_bytes("probity asset commitment v1\n"), asset.commitment_salt, as_bytes(record.dump())});
}

std::string_view file_extension(std::string_view media_type) {
  if (media_type == "image/jpeg") return ".jpg";
  if (media_type == "image/png") return ".png";
  return ".bin";
}

}  // namespace probity::copies
