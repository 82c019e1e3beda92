#include "alliance/hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "base/encoding.h"

namespace probity::alliance {
namespace {

constexpr std::size_t kDueAtOnce = 200;
constexpr std::size_t kMostNotices = 500;
constexpr int kMostWrongCodes = 5;
constexpr int kBitsBehind = 2;

Error no_such_listing() { return {ErrorCode::not_found, "there is no such listing", ""}; }
Error no_such_link() {
  return {ErrorCode::not_found, "the link or the code is wrong", "read both again from the notice"};
}

// What those who looked must hear of.
bool concerns_fetchers(ListingStep::Kind kind) {
  using Kind = ListingStep::Kind;
  return kind == Kind::corrected || kind == Kind::withdrawn || kind == Kind::overturned || kind == Kind::suspended ||
         kind == Kind::acquittal_recorded || kind == Kind::expired;
}

std::string random_code(Random& random) {
  std::array<std::uint8_t, 8> bytes;
  random.fill(bytes);
  return fmt::format("{:08}", ByteReader(bytes).integer<std::uint64_t>() % 100'000'000);
}

}  // namespace

Hub::Hub(const HubPorts& ports, oprf::Identity identity, HubOptions options)
    : ports_(ports),
      identity_(std::move(identity)),
      options_(std::move(options)),
      publisher_({ports.store, ports.transactions, ports.log, ports.clock}, identity_),
      holidays_(options_.holidays) {}

Result<void> Hub::restore_quota() {
  const std::int64_t day = ports_.clock.now_ms() / kDayMs;
  TRY_ASSIGN(const auto fetches, ports_.store.fetches_by_account(day * kDayMs));
  QuotaDay counts{day, {}};
  for (const FetchCount& count : fetches)
    counts.counts.push_back({count.member, quota_user(count.account), static_cast<std::uint32_t>(count.fetches)});
  quota_.restore_fetches(counts);
  return {};
}

Result<void> Hub::use_keys(const KeyDirectory& directory) {
  TRY(directory.keys.check());
  // Once in the log for each key set, whatever restarts.
  const Hash key_set_id = directory.keys.id();
  Id subject;
  std::copy_n(key_set_id.begin(), subject.bytes.size(), subject.bytes.begin());
  TRY_ASSIGN(const auto logged, ports_.log.openings_of(subject));
  if (logged.empty()) {
    const std::string content = nlohmann::json{
        {"epoch", directory.keys.epoch},
        {"generation", directory.keys.generation},
        {"key_set_id",
         to_hex(key_set_id)}}.dump();
    TRY(ports_.log.record({"alliance_epoch_key", subject, content}));
  }
  {
    const std::lock_guard lock(mutex_);
    directories_.insert_or_assign(directory.keys.epoch, directory);
  }
  return publisher_.use(directory.keys.epoch);
}

Result<KeyDirectory> Hub::keys(oprf::Epoch epoch) const {
  const std::lock_guard lock(mutex_);
  const auto found = directories_.find(epoch);
  if (found == directories_.end()) return fail(ErrorCode::gone, "this epoch is not in use");
  return found->second;
}

Result<void> Hub::admit(const RollEntry& member) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto known, ports_.store.member(member.member));
    if (known) return fail(ErrorCode::already_exists, "this member is on the roll already");
    return ports_.store.insert(member, ports_.clock.now_ms());
  });
}

Result<void> Hub::suspend_member(const Id& id, bool suspended) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto member, ports_.store.member(id));
    if (!member) return fail(ErrorCode::not_found, "there is no such member");
    member->suspended = suspended;
    return ports_.store.update(*member);
  });
}

Result<RollEntry> Hub::check_member(const Id& id) {
  TRY_ASSIGN(const auto member, ports_.store.member(id));
  if (!member) return fail(ErrorCode::unauthenticated, "the hub does not know that member");
  if (member->suspended) return fail(ErrorCode::forbidden, "this member is suspended");
  return *member;
}

Result<void> Hub::check_epoch(oprf::Epoch epoch) const {
  if (epoch == kOpenEpoch) return {};  // a company's
  TRY(keys(epoch));
  return {};
}

// --- Changing a listing
// ------------------------------------------------------------------------------------------------

Result<void> Hub::save(const Listing& before, const Listing& after, std::vector<FindableChange>& changes) {
  if (before == after) return {};
  if (is_findable(before) || is_findable(after)) changes.push_back(findable_change(after));
  TRY(ports_.store.update(after, next_change_ms(after), is_findable(after)));
  for (std::size_t i = before.steps.size(); i < after.steps.size(); ++i) {
    const ListingStep& step = after.steps[i];
    TRY(ports_.log.record({"alliance_listing", after.id, step_content(after, step)}));
    if (after.activated_ms && concerns_fetchers(step.kind)) TRY(tell_fetchers(after, step.kind));
  }
  if (const auto decision = decision_between(before, after)) TRY(ports_.store.insert(*decision));
  return {};
}

Result<void> Hub::publish(const std::vector<FindableChange>& changes) {
  TRY(publisher_.take(changes));
  const bool of_companies = std::ranges::any_of(changes, [](const auto& c) { return c.epoch == kOpenEpoch; });
  if (of_companies && ports_.enterprises != nullptr) TRY(ports_.enterprises->publish());
  return {};
}

Result<void> Hub::tell_fetchers(const Listing& listing, ListingStep::Kind what) {
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY_ASSIGN(const auto fetches, ports_.store.fetches_of(listing.id, now_ms - kTellFetchersMs));
  return tell(fetches, what);
}

Result<void> Hub::tell(const std::vector<BucketFetch>& fetches, ListingStep::Kind what) {
  const TimeMs now_ms = ports_.clock.now_ms();
  for (const BucketFetch& fetch : fetches)
    TRY(ports_.store.insert(
        ChangeNotice{Id::random(ports_.random), fetch.member, fetch.epoch, fetch.bits, fetch.prefix, what, now_ms}));
  return {};
}

template <class Verb>
Result<Listing> Hub::change(const Id& id, Verb verb) {
  std::optional<Listing> after;
  std::vector<FindableChange> changes;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto before, ports_.store.listing(id));
    if (!before) return tl::unexpected<Error>(no_such_listing());
    TRY_ASSIGN(after, verb(*before));
    return save(*before, *after, changes);
  }));
  TRY(publish(changes));
  return std::move(*after);
}

template <class Verb>
Result<Listing> Hub::filers_change(const Id& id, const Party& by, Verb verb) {
  if (by.role == Party::Role::filer) TRY(check_member(by.member));
  return change(id, verb);
}

Result<Listing> Hub::draft(const Party& author, const Draft& draft) {
  if (author.role != Party::Role::filer) return fail(ErrorCode::forbidden, "members file listings");
  TRY(check_member(author.member));
  TRY(check_epoch(draft.epoch));
  const Listing listing = draft_listing(Id::random(ports_.random), author, draft, ports_.clock.now_ms());
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(listing, next_change_ms(listing), false));
    TRY(ports_.log.record({"alliance_listing", listing.id, step_content(listing, listing.steps.front())}));
    return {};
  }));
  return listing;
}

Result<Listing> Hub::rewrite(const Id& id, const Party& by, const Draft& draft) {
  TRY(check_epoch(draft.epoch));
  return filers_change(
      id, by, [&](const Listing& listing) { return alliance::rewrite(listing, by, draft, ports_.clock.now_ms()); });
}

Result<Listing> Hub::submit(const Id& id, const Party& by) {
  return filers_change(id, by, [&](const Listing& listing) -> Result<Listing> {
    TRY(check_epoch(listing.epoch));
    TRY_ASSIGN(auto earlier, ports_.store.latest_with_tag(listing.epoch, listing.tag));
    const TimeMs now_ms = ports_.clock.now_ms();
    if (earlier) earlier = advance(*earlier, now_ms);
    return alliance::submit(listing, by, earlier, now_ms);
  });
}

Result<Listing> Hub::approve(const Id& id, const Party& by) {
  return filers_change(id, by,
                       [&](const Listing& listing) { return alliance::approve(listing, by, ports_.clock.now_ms()); });
}

Result<Listing> Hub::refuse(const Id& id, const Party& by) {
  return filers_change(id, by,
                       [&](const Listing& listing) { return alliance::refuse(listing, by, ports_.clock.now_ms()); });
}

Result<Listing> Hub::send_notice(const Id& id, const Party& by, const std::string& address) {
  std::array<std::uint8_t, 16> token_bytes;
  ports_.random.fill(token_bytes);
  const std::string token = to_hex(token_bytes);
  const std::string code = random_code(ports_.random);
  TRY_ASSIGN(Listing sent, filers_change(id, by, [&](const Listing& listing) -> Result<Listing> {
               if (by.role == Party::Role::filer && by.member != listing.filer)
                 return fail(ErrorCode::forbidden, "only its filer has the notice sent");
               TRY_ASSIGN(Listing next, alliance::send_notice(listing, ports_.clock.now_ms()));
               TRY(ports_.store.insert(
                   NoticeLink{sha256(as_bytes(token)), sha256(as_bytes(token + code)), id, ports_.clock.now_ms(), 0}));
               return next;
             }));
  // After the transaction: a notice that went out for nothing would frighten somebody, one that must be sent again not.
  TRY(ports_.courier.deliver(address, options_.link_base + token, code));
  return sent;
}

Result<Listing> Hub::answer_appeal(const Id& id, const Party& by, Appeal::Outcome outcome,
                                   const std::optional<Restatement>& corrected) {
  if (corrected) TRY(check_epoch(corrected->epoch));
  return filers_change(id, by, [&](const Listing& listing) {
    return alliance::answer_appeal(listing, by, outcome, corrected, ports_.clock.now_ms());
  });
}

Result<Listing> Hub::suspend(const Id& id, const Party& by) {
  return filers_change(id, by,
                       [&](const Listing& listing) { return alliance::suspend(listing, by, ports_.clock.now_ms()); });
}

Result<Listing> Hub::resume(const Id& id, const Party& by) {
  return filers_change(id, by,
                       [&](const Listing& listing) { return alliance::resume(listing, by, ports_.clock.now_ms()); });
}

Result<Listing> Hub::correct(const Id& id, const Party& by, const Restatement& corrected) {
  TRY(check_epoch(corrected.epoch));
  return filers_change(
      id, by, [&](const Listing& listing) { return alliance::correct(listing, by, corrected, ports_.clock.now_ms()); });
}

Result<Listing> Hub::attest(const Id& id, const Party& by, const Draft& again) {
  TRY(check_epoch(again.epoch));
  return filers_change(
      id, by, [&](const Listing& listing) { return alliance::attest(listing, by, again, ports_.clock.now_ms()); });
}

Result<Listing> Hub::withdraw(const Id& id, const Party& by) {
  return filers_change(id, by,
                       [&](const Listing& listing) { return alliance::withdraw(listing, by, ports_.clock.now_ms()); });
}

Result<Listing> Hub::consent(const Id& id, const Party& by) {
  return change(id, [&](const Listing& listing) { return alliance::consent(listing, by, ports_.clock.now_ms()); });
}

Result<Listing> Hub::record_post(const Id& id, const Party& by, const Hash& reference) {
  return change(id, [&](const Listing& listing) {
    return record_delivery(listing, by, NoticeProof::Way::post, reference, ports_.clock.now_ms());
  });
}

Result<Listing> Hub::decide_appeal(const Id& id, const Party& by, Appeal::Outcome outcome,
                                   const std::optional<Restatement>& corrected) {
  return change(id, [&](const Listing& listing) {
    return alliance::decide_appeal(listing, by, outcome, corrected, ports_.clock.now_ms());
  });
}

Result<Listing> Hub::record_acquittal(const Id& id, const Party& by) {
  return change(id,
                [&](const Listing& listing) { return alliance::record_acquittal(listing, by, ports_.clock.now_ms()); });
}

Result<Listing> Hub::overturn(const Id& id, const Party& by) {
  return change(id, [&](const Listing& listing) { return alliance::overturn(listing, by, ports_.clock.now_ms()); });
}

// --- The person
// ---------------------------------------------------------------------------------------------------------

template <class Verb>
Result<Listing> Hub::persons_change(const std::string& token, const std::string& code, Verb verb) {
  std::optional<Id> listing;
  // A wrong code is counted whatever happens next.
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto link, ports_.store.link(sha256(as_bytes(token))));
    if (!link || link->wrong_codes >= kMostWrongCodes) return {};
    if (link->code_hash == sha256(as_bytes(token + code))) {
      listing = link->listing;
      return {};
    }
    ++link->wrong_codes;
    return ports_.store.update(*link);
  }));
  if (!listing) return tl::unexpected<Error>(no_such_link());
  return change(*listing, verb);
}

Result<Listing> Hub::open_notice(const std::string& token, const std::string& code) {
  return persons_change(token, code, [&](const Listing& listing) -> Result<Listing> {
    const TimeMs now_ms = ports_.clock.now_ms();
    if (listing.state != ListingState::awaiting_notice) return advance(listing, now_ms);  // opened before
    return record_delivery(listing, Party{}, NoticeProof::Way::link_opened, sha256(as_bytes(token + code)), now_ms);
  });
}

Result<Listing> Hub::appeal(const std::string& token, const std::string& code) {
  return persons_change(token, code, [&](const Listing& listing) {
    return alliance::appeal(listing, Party{Party::Role::subject, {}, {}}, ports_.clock.now_ms(), holidays());
  });
}

void Hub::set_holidays(Holidays holidays) {
  std::ranges::sort(holidays);
  const std::lock_guard lock(mutex_);
  holidays_ = std::move(holidays);
}

Holidays Hub::holidays() const {
  const std::lock_guard lock(mutex_);
  return holidays_;
}

// A canary comes and goes as a listing does: in the tag set, in its bucket, and with a word to those who looked.
Result<void> Hub::turn_canaries(std::vector<FindableChange>& changes) {
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY_ASSIGN(const auto turns, ports_.store.turn_canaries(now_ms, kDueAtOnce));
  for (const CanaryTurn& turn : turns) {
    changes.push_back({turn.id, turn.epoch, turn.prefix28, turn.findable, turn.findable ? 1U : 2U});
    if (turn.findable) continue;
    TRY_ASSIGN(const auto fetches, ports_.store.fetches_at(turn.epoch, turn.prefix28, now_ms - kTellFetchersMs));
    TRY(tell(fetches, ListingStep::Kind::expired));
  }
  return {};
}

Result<std::size_t> Hub::tick() {
  const TimeMs now_ms = ports_.clock.now_ms();
  std::size_t count = 0;
  std::vector<FindableChange> changes;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto due, ports_.store.due(now_ms, kDueAtOnce));
    for (const Listing& listing : due) TRY(save(listing, advance(listing, now_ms), changes));
    count = due.size();
    TRY(turn_canaries(changes));
    return {};
  }));
  TRY(publish(changes));
  TRY(publisher_.catch_up());
  return count;
}

// --- What members take
// --------------------------------------------------------------------------------------------------

std::vector<EpochFacts> Hub::epochs() const {
  const std::lock_guard lock(mutex_);
  std::vector<EpochFacts> epochs;
  for (auto i = directories_.rbegin(); i != directories_.rend(); ++i)
    if (const auto set = publisher_.tag_set(i->first))
      epochs.push_back({i->first, i->second.keys.id(), set->set->head().version});
  return epochs;
}

Result<SignedTagSet> Hub::tag_set(oprf::Epoch epoch) const { return publisher_.tag_set(epoch); }

Result<std::optional<SignedTagSetChange>> Hub::changes_since(oprf::Epoch epoch, oprf::TagSetVersion version) const {
  return publisher_.changes_since(epoch, version);
}

Result<std::vector<oprf::SealedLabel>> Hub::fetch_bucket(const Id& member, const Id& request, oprf::Epoch epoch,
                                                         int bits, oprf::Prefix prefix, const Id& account) {
  TRY_ASSIGN(const RollEntry entry, check_member(member));
  TRY_ASSIGN(const SignedTagSet current, tag_set(epoch));
  // A member that is some versions behind may ask with the bits of then.
  const int now_bits = current.set->head().bits;
  if (bits < 1 || bits > oprf::kMostPrefixBits || std::abs(bits - now_bits) > kBitsBehind || prefix >> bits != 0)
    return fail(ErrorCode::invalid_argument, "these are not the bits of the tag set", "fetch the tag set again");
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY(quota_.take_fetch(member, account, entry.limits, now_ms));
  std::vector<oprf::SealedLabel> labels;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    const auto recorded = ports_.store.insert(BucketFetch{request, member, epoch, bits, prefix, now_ms, account});
    if (!recorded && recorded.error().code == ErrorCode::already_exists)
      return fail(ErrorCode::conflict, "this request was answered before", "draw a new request id");
    TRY(recorded);
    TRY_ASSIGN(labels, ports_.store.findable_labels(epoch, bits, prefix));
    return {};
  }));
  return labels;
}

Result<std::vector<std::pair<std::int64_t, std::uint64_t>>> Hub::fetches_by_day(const Id& member) {
  constexpr TimeMs kMonthMs = 31 * kDayMs;
  TRY_ASSIGN(const auto fetches, ports_.store.fetches_by(member, ports_.clock.now_ms() - kMonthMs));
  std::map<std::int64_t, std::uint64_t> days;
  for (const BucketFetch& fetch : fetches) ++days[fetch.time_ms / kDayMs];
  return std::vector<std::pair<std::int64_t, std::uint64_t>>(days.begin(), days.end());
}

Result<LoggedHead> Hub::logged_head(oprf::Epoch epoch, oprf::TagSetVersion version) {
  TRY_ASSIGN(const auto head, ports_.store.head(epoch, version));
  if (!head) return fail(ErrorCode::not_found, "there is no such version of the tag set");
  TRY_ASSIGN(auto opening, ports_.log.opening(head->entry));
  TRY_ASSIGN(auto proof, ports_.log.proof(head->entry));
  if (!opening || !proof)
    return fail(ErrorCode::unavailable, "this version is in no published checkpoint yet", "ask again in a few seconds");
  return LoggedHead{*head, std::move(*opening), std::move(*proof)};
}

Result<std::vector<ChangeNotice>> Hub::notices_for(const Id& member) {
  TRY(check_member(member));
  return ports_.store.notices_for(member, kMostNotices);
}

Result<void> Hub::take_notice(const Id& member, const Id& notice) { return ports_.store.remove_notice(member, notice); }

Result<Listing> Hub::listing(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.listing(id));
  if (!found) return tl::unexpected<Error>(no_such_listing());
  return advance(*found, ports_.clock.now_ms());
}

Result<Listed<Listing>> Hub::listings(const ListingFilter& filter) { return ports_.store.listings(filter); }

Result<StatisticsInput> Hub::statistics() {
  constexpr std::size_t kMostDecisions = 10'000;
  StatisticsInput input;
  input.as_of_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(input.listings, ports_.store.counts());
    TRY_ASSIGN(input.decisions, ports_.store.decisions(kMostDecisions));
    return {};
  }));
  return input;
}

}  // namespace probity::alliance
