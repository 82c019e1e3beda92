// A key-holder's folder: identity, shares, roll of members and the day's counts, each a file of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alliance/key_ceremony.h"
#include "alliance/keyholder.h"

namespace probity::store {

// identity.key and keys/<epoch>.json hold secrets and are readable by their owner alone; a folder in which somebody
// else could read them is refused. Used by one thread at a time; other processes may add files meanwhile.
class KeyHolderFolder {
 public:
  // Errors: already_exists; storage.
  static Result<void> init(const std::string& folder, const std::string& name, const std::string& url, Random& random);
  // Errors: not_found; corrupt; forbidden for secrets that others may read.
  static Result<KeyHolderFolder> open(const std::string& folder);

  const std::string& path() const { return folder_; }
  const oprf::Identity& identity() const { return identity_; }
  const alliance::HolderCard& card() const { return card_; }

  // Errors: corrupt, forbidden, storage.
  Result<std::vector<alliance::HeldKey>> keys() const;
  // Replaces the epoch's share of an earlier generation. Errors: conflict for one that is later; storage.
  Result<void> save_key(const alliance::HeldKey& key) const;
  Result<alliance::MemberRoll> roll() const;
  Result<void> save_roll(const alliance::MemberRoll& roll) const;
  Result<alliance::QuotaDay> quota_day() const;
  Result<void> save_quota_day(const alliance::QuotaDay& day) const;
  // Changes whenever keys or roll are written.
  std::string state() const;

 private:
  KeyHolderFolder(std::string folder, oprf::Identity identity, alliance::HolderCard card)
      : folder_(std::move(folder)), identity_(std::move(identity)), card_(std::move(card)) {}
  std::string folder_;
  oprf::Identity identity_;
  alliance::HolderCard card_;
};

// A ceremony's folder, which all holders see: plan.json and one file a message.
struct CeremonyFolder {
  // Errors: already_exists, storage.
  static Result<void> begin(const std::string& folder, const alliance::CeremonyPlan& plan);
  static Result<alliance::CeremonyPlan> plan(const std::string& folder);
  static Result<std::vector<alliance::CeremonyMessage>> messages(const std::string& folder);
  static Result<void> write(const std::string& folder, const alliance::CeremonyMessage& message);
};

}  // namespace probity::store
