#include "accounts/api_key.h"

namespace probity::accounts {
namespace {

constexpr std::string_view kStart = "pbk_";
constexpr std::size_t kIdCharacters = 26, kSecretCharacters = 43;

}  // namespace

std::string key_text(const KeyText& key) { return std::string(kStart) + key.id.text() + "_" + key.secret; }

std::optional<KeyText> parse_key_text(std::string_view text) {
  if (!text.starts_with(kStart)) return std::nullopt;
  text.remove_prefix(kStart.size());
  if (text.size() != kIdCharacters + 1 + kSecretCharacters || text[kIdCharacters] != '_') return std::nullopt;
  const auto id = Id::parse(text.substr(0, kIdCharacters));
  if (!id) return std::nullopt;
  return KeyText{*id, std::string(text.substr(kIdCharacters + 1))};
}

}  // namespace probity::accounts
