// What the hub needs of the world: where its records are kept, and how a notice reaches a person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alliance/listing.h"
#include "alliance/roll.h"
#include "alliance/statistics.h"
#include "base/list_query.h"
#include "oprf/tag_set.h"

namespace probity::alliance {

// A member looked at the labels behind one prefix. Whether they opened one, nobody knows but they.
struct BucketFetch {
  Id id;  // of the request; a second one with it is refused
  Id member;
  oprf::Epoch epoch = 0;
  int bits = 0;
  oprf::Prefix prefix = 0;
  TimeMs time_ms = 0;
  Id account;  // of the member's own, as it says; zeros when it does not
  bool operator==(const BucketFetch&) const = default;
};

struct FetchCount {
  Id member, account;
  std::uint64_t fetches = 0;
};

// "What you fetched there has changed": corrected, ended, suspended. The member's node looks again and sees whether it
// concerns one of its own hits.
struct ChangeNotice {
  Id id;
  Id member;
  oprf::Epoch epoch = 0;
  int bits = 0;
  oprf::Prefix prefix = 0;
  ListingStep::Kind what = ListingStep::Kind::corrected;
  TimeMs time_ms = 0;
  bool operator==(const ChangeNotice&) const = default;
};

// The link in a notice: opens the person's page together with its code. Neither is kept, only their hashes.
struct NoticeLink {
  Hash token_hash{};
  Hash code_hash{};
  Id listing;
  TimeMs made_ms = 0;
  int wrong_codes = 0;
  bool operator==(const NoticeLink&) const = default;
};

struct PublishedHead {
  oprf::TagSetHead head;
  oprf::Signature signature{};
  TimeMs time_ms = 0;
  Id entry;  // of the transparency log
  bool operator==(const PublishedHead&) const = default;
};

// Something that can be found, by the first 28 bits of its tag.
struct FindablePlace {
  Id id;
  oprf::Prefix prefix28 = 0;
};

// A canary that comes or goes now.
struct CanaryTurn {
  Id id;
  oprf::Epoch epoch = 0;
  oprf::Prefix prefix28 = 0;
  bool findable = false;  // from now on
};

// An epoch in use, and what of it may have changed.
struct EpochFacts {
  oprf::Epoch epoch = 0;
  Hash key_set_id{};
  oprf::TagSetVersion version = 0;  // of the tag set
};

struct ListingFilter {
  std::optional<Id> filer;
  std::optional<ListingState> state;
  std::uint32_t offset = 0, limit = 50;
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class HubStore {
 public:
  virtual ~HubStore() = default;

  virtual Result<void> insert(const Listing& listing, std::optional<TimeMs> next_change_ms, bool findable) = 0;
  virtual Result<void> update(const Listing& listing, std::optional<TimeMs> next_change_ms, bool findable) = 0;
  virtual Result<std::optional<Listing>> listing(const Id& id) = 0;
  // The one that was begun last, but for drafts.
  virtual Result<std::optional<Listing>> latest_with_tag(oprf::Epoch epoch, const oprf::Tag& tag) = 0;
  virtual Result<Listed<Listing>> listings(const ListingFilter& filter) = 0;  // newest first
  virtual Result<std::vector<Listing>> due(TimeMs now_ms, std::size_t limit) = 0;
  virtual Result<std::vector<FindablePlace>> findable_places(oprf::Epoch epoch) = 0;
  virtual Result<std::vector<oprf::SealedLabel>> findable_labels(oprf::Epoch epoch, int bits, oprf::Prefix prefix) = 0;
  // Canaries whose time has come; they are so when this returns.
  virtual Result<std::vector<CanaryTurn>> turn_canaries(TimeMs now_ms, std::size_t limit) = 0;
  virtual Result<std::vector<ListingCount>> counts() = 0;
  virtual Result<void> insert(const AppealDecision& decision) = 0;
  virtual Result<std::vector<AppealDecision>> decisions(std::size_t limit) = 0;  // newest first

  virtual Result<void> insert(const RollEntry& member, TimeMs joined_ms) = 0;
  virtual Result<void> update(const RollEntry& member) = 0;
  virtual Result<std::optional<RollEntry>> member(const Id& id) = 0;
  virtual Result<std::vector<RollEntry>> members() = 0;

  // Errors: already_exists for an id that was used.
  virtual Result<void> insert(const BucketFetch& fetch) = 0;
  // Of buckets in which that listing was at the time, since then; one for each member and bucket.
  virtual Result<std::vector<BucketFetch>> fetches_of(const Id& listing, TimeMs since_ms) = 0;
  virtual Result<std::vector<FetchCount>> fetches_by_account(TimeMs since_ms) = 0;
  // The same of a place where no listing stands.
  virtual Result<std::vector<BucketFetch>> fetches_at(oprf::Epoch epoch, oprf::Prefix prefix28, TimeMs since_ms) = 0;
  virtual Result<std::vector<BucketFetch>> fetches_by(const Id& member, TimeMs since_ms) = 0;  // oldest first
  virtual Result<void> insert(const ChangeNotice& notice) = 0;
  // Oldest first.
  virtual Result<std::vector<ChangeNotice>> notices_for(const Id& member, std::size_t limit) = 0;
  virtual Result<void> remove_notice(const Id& member, const Id& notice) = 0;

  virtual Result<void> insert(const NoticeLink& link) = 0;
  virtual Result<void> update(const NoticeLink& link) = 0;
  virtual Result<std::optional<NoticeLink>> link(const Hash& token_hash) = 0;

  virtual Result<void> insert(const PublishedHead& head) = 0;
  virtual Result<std::optional<PublishedHead>> last_head(oprf::Epoch epoch) = 0;
  virtual Result<std::optional<PublishedHead>> head(oprf::Epoch epoch, oprf::TagSetVersion version) = 0;
  virtual Result<std::vector<PublishedHead>> heads(oprf::Epoch epoch, std::size_t limit) = 0;  // newest first
};

// Brings a notice to a person, once, without keeping the address.
class NoticeCourier {
 public:
  virtual ~NoticeCourier() = default;
  // `address`: where the filer says that the person can be reached. Errors: unavailable, invalid_argument.
  virtual Result<void> deliver(const std::string& address, const std::string& link, const std::string& code) = 0;
};

}  // namespace probity::alliance
