// The hub: keeps listings by tag, lets time act on them, publishes the tag set, hands out buckets of labels, and sees
// that a correction reaches everybody who had looked.
//
// Each verb is one transaction: the listing's next state, a commitment to each new step in the transparency log, and
// the notices to members that had fetched its bucket. The rules are in listing_rules.h; the hub adds none of its own.
#pragma once

#include <map>
#include <mutex>

#include "alliance/enterprise_publisher.h"
#include "alliance/hub_quota.h"
#include "alliance/key_directory.h"
#include "alliance/listing_rules.h"
#include "alliance/tag_set_publisher.h"

namespace probity::alliance {

inline constexpr TimeMs kTellFetchersMs = 2 * kYearMs;  // who looked in the last 24 months is told

struct HubPorts {
  HubStore& store;
  Transactions& transactions;
  log::LogBook& log;
  NoticeCourier& courier;
  Clock& clock;
  Random& random;
  EnterprisePublisher* enterprises = nullptr;  // hears of it when what is active of companies changes
};

struct HubOptions {
  std::string link_base;  // "https://hub.example/notice/"; the token is appended
  Holidays holidays;      // until set_holidays
};

// A published tag set's head with what opens and proves its entry in the log.
struct LoggedHead {
  PublishedHead head;
  log::Opening opening;
  std::string proof;
};

// Thread-safe. Borrows its ports.
class Hub {
 public:
  Hub(const HubPorts& ports, oprf::Identity identity, HubOptions options);

  // What was fetched today before a restart counts. Errors: storage.
  Result<void> restore_quota();
  // Takes an epoch's key set into use, says so in the log, and publishes its tag set.
  Result<void> use_keys(const KeyDirectory& directory);
  const oprf::PublicIdentity& identity() const { return identity_.open(); }
  // Errors: gone for an epoch that is not in use.
  Result<KeyDirectory> keys(oprf::Epoch epoch) const;
  // Those in use, the newest first: what a member asks each second, to see whether there is anything to fetch.
  std::vector<EpochFacts> epochs() const;

  Result<void> admit(const RollEntry& member);
  Result<void> suspend_member(const Id& member, bool suspended);

  // A filer's verbs. Errors: those of the rules; not_found; unauthenticated (no such member); forbidden (suspended);
  // gone (an epoch that is not in use).
  Result<Listing> draft(const Party& author, const Draft& draft);
  Result<Listing> rewrite(const Id& listing, const Party& by, const Draft& draft);
  Result<Listing> submit(const Id& listing, const Party& by);
  Result<Listing> approve(const Id& listing, const Party& by);
  Result<Listing> refuse(const Id& listing, const Party& by);
  // The address is used once and kept nowhere.
  Result<Listing> send_notice(const Id& listing, const Party& by, const std::string& address);
  Result<Listing> answer_appeal(const Id& listing, const Party& by, Appeal::Outcome outcome,
                                const std::optional<Restatement>& corrected);
  Result<Listing> suspend(const Id& listing, const Party& by);
  Result<Listing> resume(const Id& listing, const Party& by);
  Result<Listing> correct(const Id& listing, const Party& by, const Restatement& corrected);
  Result<Listing> attest(const Id& listing, const Party& by, const Draft& again);
  Result<Listing> withdraw(const Id& listing, const Party& by);

  // The ombudsman's.
  Result<Listing> consent(const Id& listing, const Party& by);
  Result<Listing> record_post(const Id& listing, const Party& by, const Hash& reference);
  Result<Listing> decide_appeal(const Id& listing, const Party& by, Appeal::Outcome outcome,
                                const std::optional<Restatement>& corrected);
  Result<Listing> record_acquittal(const Id& listing, const Party& by);
  Result<Listing> overturn(const Id& listing, const Party& by);

  // The person's, with the link and the code of the notice. One answer for a wrong token and a wrong code; five wrong
  // codes use up the link. Errors: not_found.
  Result<Listing> open_notice(const std::string& token, const std::string& code);
  Result<Listing> appeal(const std::string& token, const std::string& code);

  // For working days that are counted from now on.
  void set_holidays(Holidays holidays);
  Holidays holidays() const;

  // Lets the clock act on every listing that is due. Called every second or so.
  Result<std::size_t> tick();

  // Errors: gone.
  Result<SignedTagSet> tag_set(oprf::Epoch epoch) const;
  // Nothing when the whole set is to be fetched.
  Result<std::optional<SignedTagSetChange>> changes_since(oprf::Epoch epoch, oprf::TagSetVersion version) const;
  // The sealed labels behind a prefix; the fetch is recorded first. Errors: gone; conflict (a request id used before);
  // invalid_argument (other bits than the tag set's); unauthenticated, forbidden.
  // too_many_requests. `account`: who of the member's staff.
  Result<std::vector<oprf::SealedLabel>> fetch_bucket(const Id& member, const Id& request, oprf::Epoch epoch, int bits,
                                                      oprf::Prefix prefix, const Id& account = {});
  std::uint32_t fetched_today(const Id& member) { return quota_.fetched_today(member, ports_.clock.now_ms()); }
  // Days since 1970-01-01 UTC with fetches, of the last month, oldest first.
  Result<std::vector<std::pair<std::int64_t, std::uint64_t>>> fetches_by_day(const Id& member);
  // Errors: not_found; unavailable while the log has no checkpoint with it.
  Result<LoggedHead> logged_head(oprf::Epoch epoch, oprf::TagSetVersion version);
  // Newest first.
  Result<std::vector<PublishedHead>> heads(oprf::Epoch epoch, std::size_t limit) {
    return ports_.store.heads(epoch, limit);
  }
  Result<std::vector<ChangeNotice>> notices_for(const Id& member);
  Result<void> take_notice(const Id& member, const Id& notice);

  Result<Listing> listing(const Id& id);
  Result<Listed<Listing>> listings(const ListingFilter& filter);
  // For the public; without members' names.
  Result<StatisticsInput> statistics();

 private:
  template <class Verb>
  Result<Listing> change(const Id& id, Verb verb);
  template <class Verb>
  Result<Listing> filers_change(const Id& id, const Party& by, Verb verb);
  template <class Verb>
  Result<Listing> persons_change(const std::string& token, const std::string& code, Verb verb);
  Result<RollEntry> check_member(const Id& member);
  Result<void> check_epoch(oprf::Epoch epoch) const;
  // What is to be published once the transaction is durable goes to `changes`.
  Result<void> save(const Listing& before, const Listing& after, std::vector<FindableChange>& changes);
  Result<void> publish(const std::vector<FindableChange>& changes);
  Result<void> tell_fetchers(const Listing& listing, ListingStep::Kind what);
  Result<void> tell(const std::vector<BucketFetch>& fetches, ListingStep::Kind what);
  Result<void> turn_canaries(std::vector<FindableChange>& changes);

  const HubPorts ports_;
  const oprf::Identity identity_;
  const HubOptions options_;
  TagSetPublisher publisher_;
  HubQuota quota_;
  mutable std::mutex mutex_;  // directories_, holidays_
  Holidays holidays_;
  std::map<oprf::Epoch, KeyDirectory> directories_;
};

}  // namespace probity::alliance
