// The hub's listings, members, fetches and published tag sets in SQL.
#pragma once

#include "alliance/ports.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class AllianceStore final : public alliance::HubStore {
 public:
  explicit AllianceStore(Database& database) : database_(database) {}

  Result<void> insert(const alliance::Listing& listing, std::optional<TimeMs> next_change_ms, bool findable) override;
  Result<void> update(const alliance::Listing& listing, std::optional<TimeMs> next_change_ms, bool findable) override;
  Result<std::optional<alliance::Listing>> listing(const Id& id) override;
  Result<std::optional<alliance::Listing>> latest_with_tag(oprf::Epoch epoch, const oprf::Tag& tag) override;
  Result<Listed<alliance::Listing>> listings(const alliance::ListingFilter& filter) override;
  Result<std::vector<alliance::Listing>> due(TimeMs now_ms, std::size_t limit) override;
  Result<std::vector<alliance::FindablePlace>> findable_places(oprf::Epoch epoch) override;
  Result<std::vector<oprf::SealedLabel>> findable_labels(oprf::Epoch epoch, int bits, oprf::Prefix prefix) override;
  Result<std::vector<alliance::CanaryTurn>> turn_canaries(TimeMs now_ms, std::size_t limit) override;
  Result<std::vector<alliance::ListingCount>> counts() override;
  Result<void> insert(const alliance::AppealDecision& decision) override;
  Result<std::vector<alliance::AppealDecision>> decisions(std::size_t limit) override;

  Result<void> insert(const alliance::RollEntry& member, TimeMs joined_ms) override;
  Result<void> update(const alliance::RollEntry& member) override;
  Result<std::optional<alliance::RollEntry>> member(const Id& id) override;
  Result<std::vector<alliance::RollEntry>> members() override;

  Result<void> insert(const alliance::BucketFetch& fetch) override;
  Result<std::vector<alliance::BucketFetch>> fetches_of(const Id& listing, TimeMs since_ms) override;
  Result<std::vector<alliance::FetchCount>> fetches_by_account(TimeMs since_ms) override;
  Result<std::vector<alliance::BucketFetch>> fetches_at(oprf::Epoch epoch, oprf::Prefix prefix28,
                                                        TimeMs since_ms) override;
  Result<std::vector<alliance::BucketFetch>> fetches_by(const Id& member, TimeMs since_ms) override;
  Result<void> insert(const alliance::ChangeNotice& notice) override;
  Result<std::vector<alliance::ChangeNotice>> notices_for(const Id& member, std::size_t limit) override;
  Result<void> remove_notice(const Id& member, const Id& notice) override;

  Result<void> insert(const alliance::NoticeLink& link) override;
  Result<void> update(const alliance::NoticeLink& link) override;
  Result<std::optional<alliance::NoticeLink>> link(const Hash& token_hash) override;

  Result<void> insert(const alliance::PublishedHead& head) override;
  Result<std::optional<alliance::PublishedHead>> last_head(oprf::Epoch epoch) override;
  Result<std::optional<alliance::PublishedHead>> head(oprf::Epoch epoch, oprf::TagSetVersion version) override;
  Result<std::vector<alliance::PublishedHead>> heads(oprf::Epoch epoch, std::size_t limit) override;

 private:
  Database& database_;
};

}  // namespace probity::store
