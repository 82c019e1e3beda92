#include "app/member_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "store/file.h"

namespace probity::app {
namespace {

constexpr std::size_t kMostFileBytes = 1 << 16;
constexpr std::size_t kMostNameBytes = 200;

bool is_web_address(const std::string& url) {
  const bool has_scheme = url.starts_with("https://") || url.starts_with("http://");
  return has_scheme && std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; });
}

Result<void> check(const std::string& name, const alliance::HubAddress& hub) {
  if (name.empty() || name.size() > kMostNameBytes)
    return fail(ErrorCode::invalid_argument, "a member needs a name of at most 200 bytes");
  if (!is_web_address(hub.url))
    return fail(ErrorCode::invalid_argument, "the hub's address is not one of http or https",
                "for example https://hub.example");
  return {};
}

}  // namespace

bool MemberFolder::exists() const {
  std::error_code error;
  return std::filesystem::exists(folder_ + "/member.json", error) &&
         std::filesystem::exists(folder_ + "/member.key", error);
}

Result<MemberFacts> MemberFolder::facts() const {
  TRY_ASSIGN(const Bytes text, store::read_file(folder_ + "/member.json", kMostFileBytes));
  const auto in = nlohmann::json::parse(as_text(text), nullptr, false);
  const auto member = [&](const char* field) {
    return in.is_object() && in.contains(field) && in[field].is_string() ? in[field].get<std::string>() : std::string();
  };
  const auto id = Id::parse(member("member"));
  const auto hub = from_hex(member("hub"));
  const auto identity = oprf::parse_identity(hub.value_or(Bytes{}));
  if (!id || !identity) return fail(ErrorCode::corrupt, "alliance/member.json is damaged", "restore it from a backup");
  return MemberFacts{*id, member("name"), {member("hub_url"), *identity}};
}

Result<void> MemberFolder::trust_log(std::string_view policy) const {
  return store::write_file(folder_ + "/log-policy", as_bytes(policy), {store::Existing::replace});
}

Result<oprf::Identity> MemberFolder::identity() const {
  const std::string path = folder_ + "/member.key";
  struct stat facts {};
  if (::stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(ErrorCode::forbidden, "others may read " + path, "chmod 600 it, and ask who has read it");
  TRY_ASSIGN(const Bytes text, store::read_file(path, kMostFileBytes));
  const auto bytes = from_hex(as_text(text));
  SecretKey seed;
  if (!bytes || bytes->size() != seed.view().size()) return fail(ErrorCode::corrupt, "alliance/member.key is damaged");
  std::ranges::copy(*bytes, seed.writable().begin());
  return oprf::Identity::from_seed(seed);
}

Result<MemberFolder::Made> MemberFolder::init(const std::string& name, const alliance::HubAddress& hub,
                                              Random& random) const {
  alliance::HubAddress address = hub;
  while (address.url.ends_with('/')) address.url.pop_back();
  TRY(check(name, address));
  MemberFacts facts{Id::random(random), name, address};
  std::error_code error;
  if (std::filesystem::exists(folder_ + "/member.json", error)) {
    TRY_ASSIGN(const MemberFacts before, this->facts());
    if (before.hub.identity != hub.identity)
      return fail(ErrorCode::conflict, "this node is a member of another hub",
                  "a node belongs to one alliance; make another workspace for a second one");
    facts.member = before.member;
  }
  TRY(store::make_folder(folder_));
  if (!std::filesystem::exists(folder_ + "/member.key", error)) {
    const std::string seed = to_hex(oprf::Identity::make(random).seed().view());
    TRY(store::write_file(folder_ + "/member.key", as_bytes(seed), {store::Existing::keep, 0600}));
  }
  TRY_ASSIGN(const oprf::Identity identity, this->identity());
  const std::string text = nlohmann::json{
      {"member", facts.member.text()},
      {"name", name},
      {"hub_url", address.url},
      {"hub",
       to_hex(hub.identity)}}.dump(2);
  TRY(store::write_file(folder_ + "/member.json", as_bytes(text), {store::Existing::replace}));
  return Made{std::move(facts), identity.open()};
}

}  // namespace probity::app
