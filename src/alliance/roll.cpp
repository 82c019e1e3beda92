#include "alliance/roll.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

Result<RollEntry> entry_from(const json& item) {
  RollEntry entry;
  TRY_ASSIGN(entry.member, Id::parse(item.at("id").get<std::string>()));
  entry.name = item.at("name").get<std::string>();
  TRY_ASSIGN(const Bytes identity, from_hex(item.at("identity").get<std::string>()));
  TRY_ASSIGN(entry.identity, oprf::parse_identity(identity));
  entry.suspended = item.value("suspended", false);
  const json limits = item.value("limits", json::object());
  entry.limits.user_per_minute = limits.value("user_per_minute", entry.limits.user_per_minute);
  entry.limits.user_per_day = limits.value("user_per_day", entry.limits.user_per_day);
  entry.limits.member_per_day = limits.value("member_per_day", entry.limits.member_per_day);
  return entry;
}

}  // namespace

Result<MemberRoll> MemberRoll::parse(std::string_view text) {
  MemberRoll roll;
  try {
    const auto document = nlohmann::json::parse(text);
    for (const nlohmann::json& item : document.at("members")) {
      TRY_ASSIGN(RollEntry entry, entry_from(item));
      TRY(roll.admit(std::move(entry)));
    }
  } catch (const nlohmann::json::exception&) {
    return fail(ErrorCode::corrupt, "the roll of members is not readable");
  }
  return roll;
}

std::string MemberRoll::json() const {
  nlohmann::json members = nlohmann::json::array();
  for (const auto& [id, entry] : entries_)
    members.push_back({{"id", id.text()},
                       {"name", entry.name},
                       {"identity", to_hex(entry.identity)},
                       {"suspended", entry.suspended},
                       {"limits",
                        {{"user_per_minute", entry.limits.user_per_minute},
                         {"user_per_day", entry.limits.user_per_day},
                         {"member_per_day", entry.limits.member_per_day}}}});
  return nlohmann::json{{"members", std::move(members)}}.dump(2);
}

Result<void> MemberRoll::admit(RollEntry entry) {
  for (const auto& [id, known] : entries_)
    if (id == entry.member || known.identity == entry.identity)
      return fail(ErrorCode::already_exists, "this member is on the roll already");
  entries_.emplace(entry.member, std::move(entry));
  return {};
}

const RollEntry* MemberRoll::find(const Id& member) const {
  const auto found = entries_.find(member);
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace probity::alliance
