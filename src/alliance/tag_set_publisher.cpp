#include "alliance/tag_set_publisher.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "alliance/listing_rules.h"
#include "alliance/log_check.h"
#include "base/check.h"

namespace probity::alliance {
namespace {

// A member that slept longer takes the whole set.
constexpr std::size_t kKeptChanges = 4096;

std::size_t count_prefixes(const std::vector<oprf::Prefix>& ascending, int shift) {
  std::size_t count = ascending.empty() ? 0 : 1;
  for (std::size_t i = 1; i < ascending.size(); ++i) count += ascending[i] >> shift != ascending[i - 1] >> shift;
  return count;
}

// oprf::prefix_bits, of prefixes that are in order already.
int bits_of(const std::vector<oprf::Prefix>& ascending) {
  const double most = std::floor(std::log2(static_cast<double>(ascending.size()) / oprf::kLeastMatchShare));
  int bits = static_cast<int>(std::clamp(most, 1.0, double{oprf::kMostPrefixBits}));
  while (bits > 1 && static_cast<double>(count_prefixes(ascending, oprf::kMostPrefixBits - bits)) <
                         oprf::kLeastMatchShare * std::ldexp(1.0, bits))
    --bits;
  return bits;
}

}  // namespace

FindableChange findable_change(const Listing& listing) {
  return {listing.id, listing.epoch, oprf::prefix_of(listing.tag, oprf::kMostPrefixBits), is_findable(listing),
          listing.steps.size()};
}

// --- Places
// -------------------------------------------------------------------------------------------------------------

// Ids are random already.
std::size_t FindablePlaces::IdHash::operator()(const Id& id) const {
  std::size_t hash = 0;
  std::memcpy(&hash, id.bytes.data(), sizeof hash);
  return hash;
}

void FindablePlaces::load(oprf::Epoch epoch, std::span<const FindablePlace> places) {
  std::vector<oprf::Prefix>& ascending = ascending_[epoch];
  for (const FindablePlace& place : places)
    if (places_.try_emplace(place.id, Place{epoch, place.prefix28, true, 0}).second)
      ascending.push_back(place.prefix28);
  std::ranges::sort(ascending);
}

std::vector<oprf::Epoch> FindablePlaces::apply(const FindableChange& change) {
  Place& place = places_[change.id];
  if (change.step < place.step) return {};
  std::vector<oprf::Epoch> changed;
  if (place.findable) {
    auto& ascending = ascending_[place.epoch];
    const auto found = std::ranges::lower_bound(ascending, place.prefix28);
    PROBITY_CHECK(found != ascending.end() && *found == place.prefix28);
    ascending.erase(found);
    changed.push_back(place.epoch);
  }
  place = {change.epoch, change.prefix28, change.findable, change.step};
  if (place.findable) {
    auto& ascending = ascending_[place.epoch];
    ascending.insert(std::ranges::upper_bound(ascending, place.prefix28), place.prefix28);
    changed.push_back(place.epoch);
  }
  return changed;
}

const std::vector<oprf::Prefix>& FindablePlaces::of(oprf::Epoch epoch) const {
  static const std::vector<oprf::Prefix> nothing;
  const auto found = ascending_.find(epoch);
  return found == ascending_.end() ? nothing : found->second;
}

oprf::TagSet tag_set_of(oprf::Epoch epoch, oprf::TagSetVersion version, const std::vector<oprf::Prefix>& ascending) {
  const int bits = bits_of(ascending), shift = oprf::kMostPrefixBits - bits;
  std::vector<oprf::Prefix> prefixes;
  prefixes.reserve(ascending.size());
  for (const oprf::Prefix prefix28 : ascending)
    if (prefixes.empty() || prefixes.back() != prefix28 >> shift) prefixes.push_back(prefix28 >> shift);
  auto set = oprf::TagSet::make(epoch, version, bits, std::move(prefixes));
  PROBITY_CHECK(set.has_value());
  return std::move(*set);
}

// --- Publishing
// ---------------------------------------------------------------------------------------------------------

// What fills an empty list: the same each time, so that it does not show when a list becomes empty.
oprf::Prefix TagSetPublisher::stand_in(oprf::Epoch epoch) const {
  const Hash derived = hkdf(identity_.seed().view(), as_bytes("probity empty list " + std::to_string(epoch)));
  oprf::Tag tag;
  std::copy_n(derived.begin(), tag.size(), tag.begin());
  return oprf::prefix_of(tag, oprf::kMostPrefixBits);
}

Result<void> TagSetPublisher::use(oprf::Epoch epoch) {
  const std::lock_guard turn(publishing_);
  if (!used_.contains(epoch)) {
    TRY_ASSIGN(const auto places, ports_.store.findable_places(epoch));
    places_.load(epoch, places);
    used_.insert(epoch);
  }
  return publish(epoch);
}

Result<void> TagSetPublisher::take(std::span<const FindableChange> changes) {
  const std::lock_guard turn(publishing_);
  for (const FindableChange& change : changes)
    for (const oprf::Epoch epoch : places_.apply(change)) late_.insert(epoch);
  while (!late_.empty()) {
    const oprf::Epoch epoch = *late_.begin();
    if (used_.contains(epoch)) TRY(publish(epoch));
    late_.erase(epoch);
  }
  return {};
}

Result<void> TagSetPublisher::catch_up() { return take({}); }

Result<SignedTagSet> TagSetPublisher::next_version(oprf::Epoch epoch, const std::vector<oprf::Prefix>& places) {
  SignedTagSet next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto last, ports_.store.last_head(epoch));
    next.set = std::make_shared<const oprf::TagSet>(tag_set_of(epoch, last ? last->head.version : 1, places));
    if (last && last->head == next.set->head()) {
      next.signature = last->signature;
      return {};
    }
    if (last) next.set = std::make_shared<const oprf::TagSet>(tag_set_of(epoch, last->head.version + 1, places));
    next.signature = identity_.sign(kTagSetDomain, next.set->head().encode());
    const std::string content = tag_set_log_content(next.set->head(), last ? std::optional(last->head) : std::nullopt);
    TRY_ASSIGN(const Id entry, ports_.log.record({std::string(kTagSetLogKind), {}, content}));
    return ports_.store.insert(PublishedHead{next.set->head(), next.signature, ports_.clock.now_ms(), entry});
  }));
  return next;
}

Result<void> TagSetPublisher::publish(oprf::Epoch epoch) {
  const std::vector<oprf::Prefix>& places = places_.of(epoch);
  TRY_ASSIGN(SignedTagSet next, next_version(epoch, places.empty() ? std::vector{stand_in(epoch)} : places));
  const std::lock_guard lock(mutex_);
  Published& published = published_[epoch];
  if (published.current.set && published.current.set->head() == next.set->head()) return {};
  if (published.current.set) {
    auto change = published.current.set->change_to(*next.set);
    if (!change) published.changes.clear();  // another number of bits
    if (change) published.changes.push_back(std::move(*change));
    if (published.changes.size() > kKeptChanges) published.changes.pop_front();
  }
  published.current = std::move(next);
  return {};
}

Result<SignedTagSet> TagSetPublisher::tag_set(oprf::Epoch epoch) const {
  const std::lock_guard lock(mutex_);
  const auto found = published_.find(epoch);
  if (found == published_.end() || !found->second.current.set) return fail(ErrorCode::gone, "this epoch is not in use");
  return found->second.current;
}

Result<std::optional<SignedTagSetChange>> TagSetPublisher::changes_since(oprf::Epoch epoch,
                                                                         oprf::TagSetVersion version) const {
  const std::lock_guard lock(mutex_);
  const auto found = published_.find(epoch);
  if (found == published_.end() || !found->second.current.set) return fail(ErrorCode::gone, "this epoch is not in use");
  const Published& published = found->second;
  const bool is_current = version == published.current.set->head().version;
  auto change = std::ranges::find(published.changes, version, &oprf::TagSetChange::from);
  if (change == published.changes.end() && !is_current) return std::optional<SignedTagSetChange>();
  std::set<oprf::Prefix> added, removed;
  for (; change != published.changes.end(); ++change) {
    for (const oprf::Prefix prefix : change->added)
      if (removed.erase(prefix) == 0) added.insert(prefix);
    for (const oprf::Prefix prefix : change->removed)
      if (added.erase(prefix) == 0) removed.insert(prefix);
  }
  return SignedTagSetChange{
      {version, published.current.set->head(), {added.begin(), added.end()}, {removed.begin(), removed.end()}},
      published.current.signature};
}

}  // namespace probity::alliance
