// A running node's membership: many threads ask, one keeps keys and tag set up to date.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "alliance/membership.h"
#include "app/list_history.h"
#include "app/list_trust.h"
#include "app/member_folder.h"
#include "app/slow_lane.h"

namespace probity::app {

// How the node and its hub get along, for those who look after it.
struct MembershipStatus {
  std::optional<TimeMs> heard_ms;  // the last time that everything was up to date
  std::optional<Error> trouble;    // since then
  std::optional<oprf::TagSetHead> tag_set;
  // Of the hub's log: nothing where the member was given no policy.
  std::optional<alliance::CheckedTagSet> logged;  // the last list that was found there
  std::optional<Error> log_trouble;               // while it lasts, questions are refused or soon will be
};

// Thread-safe. Borrows clock and random, which must be so too.
//
// While a year's key follows another both are in use, until every listing was filed again: a question goes to the
// newest epoch and to those before, and the labels of all of them are the answer. Where the member was told which log
// to believe (alliance/log-policy), answers come from lists that are in it; a hub that shows two lists is answered to
// by refusing every question.
class LiveMembership final : public alliance::Membership {
 public:
  // `node_secret`: what pseudonyms of the staff are made with. `alliance_folder`: where lists are remembered over
  // restarts; empty for a short life.
  LiveMembership(MemberFacts facts, oprf::Identity identity, const SecretKey& node_secret, Clock& clock, Random& random,
                 const std::string& alliance_folder = {});
  ~LiveMembership() override;

  alliance::MembershipFacts facts() override;
  Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                           const Id& account) override;
  Result<alliance::LookUpAnswer> ask(const alliance::Subject& subject, const Id& account) override;
  Result<oprf::ListKeys> list_keys_of(const alliance::Subject& subject, const Id& account) override;

  // Whether the lists held are in the hub's log, under the witnesses that this member trusts; with a policy nothing is
  // answered from one that is not. After each refresh(). Errors: what is to be told: forbidden when the hub shows two
  // lists; unavailable when a list has not been found for a minute.
  Result<void> check_log();

  // One turn of keeping up: fetches what has changed. By one thread, every second or so. Errors: those of HubLink.
  Result<void> refresh();
  // What changed in buckets that were fetched; each comes again until it is taken.
  Result<std::vector<alliance::ChangeNotice>> notices();
  Result<void> take_notice(const Id& notice);
  MembershipStatus status() const;
  // The key directory of an epoch in use: what receipts are checked against.
  std::optional<alliance::KeyDirectory> directory(oprf::Epoch epoch) const;

 private:
  struct Asker;
  class Lease;
  using Views = ListViews;

  std::unique_ptr<Asker> make_asker();
  Lease lease();
  std::shared_ptr<const Views> views() const;
  Result<std::shared_ptr<const Views>> usable_views();
  // Those that questions are answered from.
  Result<Views> trusted_views();
  Result<Views> fetch_views();
  Result<void> remember(Asker& asker, std::shared_ptr<const alliance::ListView>& view, const Hash& key_set_id);
  Result<void> ask_without_a_name(const Views& held);
  Result<alliance::CheckedTagSet> find_in_log(const oprf::TagSetHead& head, const std::string& policy);
  oprf::UserPseudonym pseudonym(const Id& account) const;
  template <class Question>
  auto asked(Question question) -> decltype(question(std::declval<Asker&>()));

  const MemberFacts facts_;
  const oprf::Identity identity_;
  const SecretKey node_secret_;
  Clock& clock_;
  Random& random_;
  SlowLane slow_lane_;
  std::unique_ptr<ListHistory> history_;
  std::mutex refreshing_;     // one at a time
  mutable std::mutex mutex_;  // what follows
  std::vector<std::unique_ptr<Asker>> idle_;
  std::shared_ptr<const Views> views_;
  ListTrust trust_;
  std::optional<TimeMs> asked_unnamed_ms_;
  std::optional<Error> unnamed_trouble_;  // until the node is started again: two answers were two lists
  MembershipStatus status_;
};

}  // namespace probity::app
