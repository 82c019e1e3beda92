// The roll of members a key-holder answers: their identities, whether they stand, and how much they may ask.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "alliance/quota.h"

namespace probity::alliance {

struct RollEntry {
  Id member;
  std::string name;
  oprf::PublicIdentity identity{};
  bool suspended = false;
  QuotaLimits limits;
  bool operator==(const RollEntry&) const = default;
};

class MemberRoll {
 public:
  MemberRoll() = default;
  // {"members":[{"id","name","identity","suspended","limits":{"user_per_minute",…}}]}; the last two may be absent.
  // Errors: corrupt.
  static Result<MemberRoll> parse(std::string_view json);
  std::string json() const;

  // Errors: already_exists (that id, or that identity under another).
  Result<void> admit(RollEntry entry);
  const RollEntry* find(const Id& member) const;
  std::size_t size() const { return entries_.size(); }

 private:
  std::map<Id, RollEntry> entries_;
};

}  // namespace probity::alliance
