#include "alliance/key_directory.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {

std::vector<HolderAddress> KeyDirectory::addresses() const {
  std::vector<HolderAddress> addresses;
  for (const HolderCard& holder : holders)
    addresses.push_back({static_cast<oprf::HolderIndex>(addresses.size() + 1), holder.url, holder.identity});
  return addresses;
}

std::string KeyDirectory::json() const {
  nlohmann::json list = nlohmann::json::array();
  for (const HolderCard& holder : holders) list.push_back(nlohmann::json::parse(holder.json()));
  return nlohmann::json{{"epoch", keys.epoch},
                        {"generation", keys.generation},
                        {"key_set", to_hex(keys.encode())},
                        {"key_set_id", to_hex(keys.id())},
                        {"holders", std::move(list)}}
      .dump(2);
}

Result<KeyDirectory> KeyDirectory::parse(std::string_view text) {
  KeyDirectory directory;
  try {
    const auto document = nlohmann::json::parse(text);
    TRY_ASSIGN(const Bytes encoded, from_hex(document.at("key_set").get<std::string>()));
    TRY_ASSIGN(directory.keys, oprf::KeySet::parse(encoded));
    for (const auto& item : document.at("holders")) {
      TRY_ASSIGN(HolderCard card, HolderCard::parse(item.dump()));
      directory.holders.push_back(std::move(card));
    }
  } catch (const nlohmann::json::exception&) {
    return fail(ErrorCode::corrupt, "the directory of key-holders is not readable");
  }
  if (directory.holders.size() != directory.keys.holder_count())
    return fail(ErrorCode::invalid_argument, "the key set has another number of key-holders");
  return directory;
}

}  // namespace probity::alliance
