// Keeps each epoch's tag set published: where listings can be found, the signed head of that, and what changed since.
//
// A change costs two binary searches and one pass over the prefixes, whatever the size of the list: members are to see
// it within two seconds. The places are read from the store once, when an epoch is taken into use, and follow the
// transactions from then on.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "alliance/ports.h"
#include "base/random.h"
#include "base/transactions.h"
#include "log/log_book.h"

namespace probity::alliance {

// Where something that can be found stands, after so many steps of its life.
struct FindableChange {
  Id id;
  oprf::Epoch epoch = 0;
  oprf::Prefix prefix28 = 0;
  bool findable = false;
  std::uint64_t step = 0;
};
FindableChange findable_change(const Listing& listing);

// What can be found, by epoch. Changes may come in any order: one that is older than what is known changes nothing.
class FindablePlaces {
 public:
  // What the store has of an epoch; what came as a change meanwhile is newer.
  void load(oprf::Epoch epoch, std::span<const FindablePlace> places);
  // The epochs whose places are others now.
  std::vector<oprf::Epoch> apply(const FindableChange& change);
  // The first 28 bits of every tag, ascending, with repetitions.
  const std::vector<oprf::Prefix>& of(oprf::Epoch epoch) const;

 private:
  struct Place {
    oprf::Epoch epoch = 0;
    oprf::Prefix prefix28 = 0;
    bool findable = false;
    std::uint64_t step = 0;
  };
  struct IdHash {
    std::size_t operator()(const Id& id) const;
  };
  std::unordered_map<Id, Place, IdHash> places_;
  std::map<oprf::Epoch, std::vector<oprf::Prefix>> ascending_;
};

// The same set as oprf::TagSet::of makes of the tags. `ascending`: not empty.
oprf::TagSet tag_set_of(oprf::Epoch epoch, oprf::TagSetVersion version, const std::vector<oprf::Prefix>& ascending);

// The tag set as members take it.
struct SignedTagSet {
  std::shared_ptr<const oprf::TagSet> set;
  oprf::Signature signature{};
};
inline constexpr std::string_view kTagSetDomain = "probity tag set v1";

struct SignedTagSetChange {
  oprf::TagSetChange change;
  oprf::Signature signature{};  // of the head that it leads to
};

struct TagSetPublisherPorts {
  HubStore& store;
  Transactions& transactions;
  log::LogBook& log;
  Clock& clock;
};

// Thread-safe. Borrows its ports and the identity.
class TagSetPublisher {
 public:
  TagSetPublisher(const TagSetPublisherPorts& ports, const oprf::Identity& identity)
      : ports_(ports), identity_(identity) {}

  // Errors of all three: storage.
  Result<void> use(oprf::Epoch epoch);
  // To be called when the transaction that changed them is durable.
  Result<void> take(std::span<const FindableChange> changes);
  // Publishes what an error kept from being published.
  Result<void> catch_up();

  // Errors of both: gone for an epoch that is not in use.
  Result<SignedTagSet> tag_set(oprf::Epoch epoch) const;
  // Nothing when the whole set is to be fetched.
  Result<std::optional<SignedTagSetChange>> changes_since(oprf::Epoch epoch, oprf::TagSetVersion version) const;

 private:
  struct Published {
    SignedTagSet current;
    std::deque<oprf::TagSetChange> changes;  // one a version, leading to the current one
  };
  Result<void> publish(oprf::Epoch epoch);
  // The next version, or the last one again when it says the same.
  Result<SignedTagSet> next_version(oprf::Epoch epoch, const std::vector<oprf::Prefix>& places);
  oprf::Prefix stand_in(oprf::Epoch epoch) const;

  const TagSetPublisherPorts ports_;
  const oprf::Identity& identity_;
  std::mutex publishing_;  // one at a time; places_, used_, late_
  FindablePlaces places_;
  std::set<oprf::Epoch> used_, late_;
  mutable std::mutex mutex_;  // published_
  std::map<oprf::Epoch, Published> published_;
};

}  // namespace probity::alliance
