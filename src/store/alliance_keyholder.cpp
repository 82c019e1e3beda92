#include "store/alliance_keyholder.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "store/file.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMostFileBytes = 16 << 20;
constexpr unsigned kSecretMode = 0600;

Result<std::string> read_text(const std::string& path) {
  TRY_ASSIGN(const Bytes bytes, read_file(path, kMostFileBytes));
  return std::string(as_text(bytes));
}

Result<std::string> read_secret(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(ErrorCode::forbidden, "others may read " + path, "chmod 600 it, and ask who has read it");
  return read_text(path);
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

// Runs `read`, whose JSON may be anything.
template <class Read>
auto parsed(const std::string& path, Read&& read) -> decltype(read()) {
  try {
    return read();
  } catch (const json::exception&) {
    return fail(ErrorCode::corrupt, path + " is not readable");
  }
}

std::string key_text(const alliance::HeldKey& key) {
  return json{{"key_set", to_hex(key.keys.encode())},
              {"index", key.share.index},
              {"share", to_hex(key.share.secret.view())},
              {"until_ms", key.until_ms}}
      .dump();
}

Result<alliance::HeldKey> read_key(const std::string& path) {
  TRY_ASSIGN(const std::string text, read_secret(path));
  return parsed(path, [&]() -> Result<alliance::HeldKey> {
    const json document = json::parse(text);
    alliance::HeldKey key;
    TRY_ASSIGN(const Bytes keys, from_hex(document.at("key_set").get<std::string>()));
    TRY_ASSIGN(key.keys, oprf::KeySet::parse(keys));
    key.share.index = document.at("index").get<oprf::HolderIndex>();
    TRY_ASSIGN(const Bytes share, from_hex(document.at("share").get<std::string>()));
    TRY_ASSIGN(key.share.secret, oprf::Scalar::parse(share));
    key.until_ms = document.at("until_ms").get<TimeMs>();
    return key;
  });
}

}  // namespace

Result<void> KeyHolderFolder::init(const std::string& folder, const std::string& name, const std::string& url,
                                   Random& random) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error))
    return fail(ErrorCode::already_exists, "the folder is not empty: " + folder, "choose a new one");
  const oprf::Identity identity = oprf::Identity::make(random);
  TRY(make_folder(folder + "/keys"));
  const std::string seed = to_hex(identity.seed().view());
  TRY(write_file(folder + "/identity.key", as_bytes(seed), {Existing::keep, kSecretMode}));
  const std::string roll = alliance::MemberRoll().json();
  TRY(write_file(folder + "/members.json", as_bytes(roll)));
  const std::string card = alliance::HolderCard{name, url, identity.open()}.json();
  return write_file(folder + "/card.json", as_bytes(card));
}

Result<KeyHolderFolder> KeyHolderFolder::open(const std::string& folder) {
  std::error_code error;
  if (!fs::exists(folder + "/card.json", error))
    return fail(ErrorCode::not_found, "this is no key-holder's folder: " + folder,
                "`probity keyholder init` makes one");
  TRY_ASSIGN(const std::string seed_text, read_secret(folder + "/identity.key"));
  TRY_ASSIGN(const Bytes seed_bytes, from_hex(trimmed(seed_text)));
  SecretKey seed;
  if (seed_bytes.size() != seed.view().size())
    return fail(ErrorCode::corrupt, "identity.key is damaged", "restore it from a backup");
  std::ranges::copy(seed_bytes, seed.writable().begin());
  TRY_ASSIGN(const std::string card_text, read_text(folder + "/card.json"));
  TRY_ASSIGN(alliance::HolderCard card, alliance::HolderCard::parse(card_text));
  oprf::Identity identity = oprf::Identity::from_seed(seed);
  if (card.identity != identity.open())
    return fail(ErrorCode::corrupt, "card.json shows another identity than identity.key");
  return KeyHolderFolder(folder, std::move(identity), std::move(card));
}

Result<std::vector<alliance::HeldKey>> KeyHolderFolder::keys() const {
  std::vector<alliance::HeldKey> keys;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_ + "/keys", error)) {
    if (entry.path().extension() != ".json") continue;
    TRY_ASSIGN(alliance::HeldKey key, read_key(entry.path().string()));
    keys.push_back(std::move(key));
  }
  if (error) return fail(ErrorCode::storage, "the keys of the key-holder cannot be listed");
  return keys;
}

Result<void> KeyHolderFolder::save_key(const alliance::HeldKey& key) const {
  const std::string path = folder_ + "/keys/" + std::to_string(key.keys.epoch) + ".json";
  const auto before = read_key(path);
  if (before && before->keys.generation > key.keys.generation)
    return fail(ErrorCode::conflict, "a later generation of this key is here already");
  const std::string text = key_text(key);
  return write_file(path, as_bytes(text), {Existing::replace, kSecretMode});
}

Result<alliance::MemberRoll> KeyHolderFolder::roll() const {
  TRY_ASSIGN(const std::string text, read_text(folder_ + "/members.json"));
  return alliance::MemberRoll::parse(text);
}

Result<void> KeyHolderFolder::save_roll(const alliance::MemberRoll& roll) const {
  const std::string text = roll.json();
  return write_file(folder_ + "/members.json", as_bytes(text), {Existing::replace});
}

Result<alliance::QuotaDay> KeyHolderFolder::quota_day() const {
  const std::string path = folder_ + "/quota.json";
  const auto text = read_text(path);
  if (!text && text.error().code == ErrorCode::not_found) return alliance::QuotaDay{};
  TRY(text);
  return parsed(path, [&]() -> Result<alliance::QuotaDay> {
    const json document = json::parse(*text);
    alliance::QuotaDay day{document.at("day").get<std::int64_t>(), {}};
    for (const json& item : document.at("counts")) {
      alliance::QuotaCount count;
      TRY_ASSIGN(count.member, Id::parse(item.at("member").get<std::string>()));
      TRY_ASSIGN(const Bytes user, from_hex(item.at("user").get<std::string>()));
      std::copy_n(user.begin(), std::min(user.size(), count.user.size()), count.user.begin());
      count.asked_today = item.at("asked").get<std::uint32_t>();
      day.counts.push_back(count);
    }
    return day;
  });
}

Result<void> KeyHolderFolder::save_quota_day(const alliance::QuotaDay& day) const {
  json counts = json::array();
  for (const auto& count : day.counts)
    counts.push_back({{"member", count.member.text()}, {"user", to_hex(count.user)}, {"asked", count.asked_today}});
  const std::string text = json{{"day", day.day}, {"counts", std::move(counts)}}.dump();
  return write_file(folder_ + "/quota.json", as_bytes(text), {Existing::replace, kSecretMode});
}

std::string KeyHolderFolder::state() const {
  std::string state;
  std::error_code error;
  for (const char* name : {"members.json", "keys"}) {
    const auto written = fs::last_write_time(folder_ + "/" + name, error);
    state += std::to_string(written.time_since_epoch().count()) + " ";
  }
  return state;
}

Result<void> CeremonyFolder::begin(const std::string& folder, const alliance::CeremonyPlan& plan) {
  TRY(oprf::check_plan(plan.sharing()));
  TRY(make_folder(folder));
  const std::string text = plan.json();
  return write_file(folder + "/plan.json", as_bytes(text));
}

Result<alliance::CeremonyPlan> CeremonyFolder::plan(const std::string& folder) {
  TRY_ASSIGN(const std::string text, read_text(folder + "/plan.json"));
  return alliance::CeremonyPlan::parse(text);
}

Result<std::vector<alliance::CeremonyMessage>> CeremonyFolder::messages(const std::string& folder) {
  std::vector<alliance::CeremonyMessage> messages;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".json" || name == "plan" || name == "directory") continue;
    TRY_ASSIGN(const std::string text, read_text(entry.path().string()));
    TRY_ASSIGN(alliance::CeremonyMessage message, alliance::CeremonyMessage::parse(text));
    if (message.name() != name) return fail(ErrorCode::corrupt, "the ceremony's message " + name + " is another one's");
    messages.push_back(std::move(message));
  }
  if (error) return fail(ErrorCode::not_found, "there is no ceremony in " + folder);
  return messages;
}

Result<void> CeremonyFolder::write(const std::string& folder, const alliance::CeremonyMessage& message) {
  const std::string text = message.json();
  return write_file(folder + "/" + message.name() + ".json", as_bytes(text));
}

}  // namespace probity::store
