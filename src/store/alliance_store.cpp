#include "store/alliance_store.h"

#include <algorithm>

#include "store/alliance_rows.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

std::int64_t prefix28(const oprf::Tag& tag) { return oprf::prefix_of(tag, oprf::kMostPrefixBits); }

// The prefixes of 28 bits that begin with these.
struct Range {
  std::int64_t first = 0, last = 0;
  Range(int bits, oprf::Prefix prefix) {
    const int rest = oprf::kMostPrefixBits - bits;
    first = std::int64_t{prefix} << rest;
    last = first + (std::int64_t{1} << rest) - 1;
  }
};

void remember_place(soci::session& session, const alliance::Listing& listing) {
  const std::string id = listing.id.text();
  const std::int64_t epoch = listing.epoch, prefix = prefix28(listing.tag);
  std::int64_t known = 0;
  session << "SELECT COUNT(*) FROM alliance_places WHERE listing_id = :id AND epoch = :epoch AND prefix28 = :prefix",
      into(known), use(id), use(epoch), use(prefix);
  if (known != 0) return;
  session << "INSERT INTO alliance_places (listing_id, epoch, prefix28) VALUES (:id, :epoch, :prefix)", use(id),
      use(epoch), use(prefix);
}

}  // namespace

Result<void> AllianceStore::insert(const alliance::Listing& listing, std::optional<TimeMs> next_change_ms,
                                   bool findable) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = listing.id.text(), filer = listing.filer.text(), state(alliance::state_name(listing.state));
    const std::string conduct(alliance::conduct_entry(listing.conduct).name), tag = to_hex(listing.tag);
    const std::string record = alliance::listing_record(listing);
    const std::int64_t epoch = listing.epoch, prefix = prefix28(listing.tag), found = findable ? 1 : 0;
    Nullable<std::int64_t> next(next_change_ms);
    session << "INSERT INTO alliance_listings (id, filer_id, state, conduct, epoch, tag, prefix28, findable, "
               "next_change_ms, created_ms, record) VALUES (:id, :filer, :state, :conduct, :epoch, :tag, :prefix, "
               ":findable, :next, :created, :record)",
        use(id), use(filer), use(state), use(conduct), use(epoch), use(tag), use(prefix), use(found),
        use(next.value, next.state), use(listing.steps.front().time_ms), use(record);
    return {};
  });
}

Result<void> AllianceStore::update(const alliance::Listing& listing, std::optional<TimeMs> next_change_ms,
                                   bool findable) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = listing.id.text(), state(alliance::state_name(listing.state));
    const std::string conduct(alliance::conduct_entry(listing.conduct).name), tag = to_hex(listing.tag);
    const std::string record = alliance::listing_record(listing);
    const std::int64_t epoch = listing.epoch, prefix = prefix28(listing.tag), found = findable ? 1 : 0;
    Nullable<std::int64_t> next(next_change_ms);
    session << "UPDATE alliance_listings SET state = :state, conduct = :conduct, epoch = :epoch, tag = :tag, "
               "prefix28 = :prefix, findable = :findable, next_change_ms = :next, record = :record WHERE id = :id",
        use(state), use(conduct), use(epoch), use(tag), use(prefix), use(found), use(next.value, next.state),
        use(record), use(id);
    if (findable) remember_place(session, listing);
    return {};
  });
}

Result<std::optional<alliance::Listing>> AllianceStore::listing(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<alliance::Listing>> {
    const std::string text = id.text();
    return first(fetch_all<ListingRow>(session, "SELECT record FROM alliance_listings WHERE id = :id", use(text)));
  });
}

Result<std::optional<alliance::Listing>> AllianceStore::latest_with_tag(oprf::Epoch epoch, const oprf::Tag& tag) {
  return database_.run([&](soci::session& session) -> Result<std::optional<alliance::Listing>> {
    const std::string text = to_hex(tag);
    const std::int64_t number = epoch;
    return first(fetch_all<ListingRow>(session,
                                       "SELECT record FROM alliance_listings WHERE epoch = :epoch AND tag = :tag AND "
                                       "state <> 'draft' ORDER BY created_ms DESC, id DESC LIMIT 1",
                                       use(number), use(text)));
  });
}

Result<Listed<alliance::Listing>> AllianceStore::listings(const alliance::ListingFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<alliance::Listing>> {
    Conditions conditions;
    if (filter.filer) conditions.add("filer_id = :filer", {filter.filer->text()});
    if (filter.state) conditions.add("state = :state", {std::string(alliance::state_name(*filter.state))});
    Listed<alliance::Listing> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM alliance_listings" + conditions.text(),
                                         conditions.values())
                       .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{filter.limit});
    values.emplace_back(std::int64_t{filter.offset});
    listed.items = fetch_bound<ListingRow>(session,
                                           "SELECT record FROM alliance_listings" + conditions.text() +
                                               " ORDER BY created_ms DESC, id LIMIT :limit OFFSET :offset",
                                           values);
    return listed;
  });
}

Result<std::vector<alliance::Listing>> AllianceStore::due(TimeMs now_ms, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::Listing>> {
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<ListingRow>(session,
                                 "SELECT record FROM alliance_listings WHERE next_change_ms <= :now "
                                 "ORDER BY next_change_ms LIMIT :most",
                                 use(now_ms), use(most));
  });
}

Result<std::vector<alliance::FindablePlace>> AllianceStore::findable_places(oprf::Epoch epoch) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::FindablePlace>> {
    const std::int64_t number = epoch;
    return fetch_all<PlaceRow>(
        session,
        "SELECT id, prefix28 FROM alliance_listings WHERE epoch = :epoch AND findable = 1 UNION ALL "
        "SELECT id, prefix28 FROM alliance_canaries WHERE epoch = :canaries AND findable = 1",
        use(number), use(number));
  });
}

// In the order of the labels' bytes, which are random: a bucket's order tells nothing of when its listings came.
Result<std::vector<oprf::SealedLabel>> AllianceStore::findable_labels(oprf::Epoch epoch, int bits,
                                                                      oprf::Prefix prefix) {
  return database_.run([&](soci::session& session) -> Result<std::vector<oprf::SealedLabel>> {
    const Range range(bits, prefix);
    const std::int64_t number = epoch;
    std::vector<oprf::SealedLabel> labels;
    for (const alliance::Listing& listing : fetch_all<ListingRow>(
             session,
             "SELECT record FROM alliance_listings WHERE epoch = :epoch AND findable = 1 AND prefix28 >= :first AND "
             "prefix28 <= :last",
             use(number), use(range.first), use(range.last)))
      labels.push_back(listing.label);
    for (const oprf::SealedLabel& label : fetch_all<LabelRow>(
             session,
             "SELECT label FROM alliance_canaries WHERE epoch = :epoch AND findable = 1 AND prefix28 >= :first AND "
             "prefix28 <= :last",
             use(number), use(range.first), use(range.last)))
      labels.push_back(label);
    std::ranges::sort(labels);
    return labels;
  });
}

Result<std::vector<alliance::CanaryTurn>> AllianceStore::turn_canaries(TimeMs now_ms, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::CanaryTurn>> {
    const auto most = static_cast<std::int64_t>(limit);
    auto turns = fetch_all<TurnRow>(
        session,
        "SELECT id, epoch, prefix28, 1 - findable FROM alliance_canaries WHERE (findable = 0 AND starts_ms <= :now "
        "AND ends_ms > :later) OR (findable = 1 AND ends_ms <= :end) ORDER BY starts_ms, id LIMIT :most",
        use(now_ms), use(now_ms), use(now_ms), use(most));
    for (const alliance::CanaryTurn& turn : turns) {
      const std::string id = turn.id.text();
      const std::int64_t findable = turn.findable ? 1 : 0;
      session << "UPDATE alliance_canaries SET findable = :findable WHERE id = :id", use(findable), use(id);
    }
    return turns;
  });
}

Result<std::vector<alliance::ListingCount>> AllianceStore::counts() {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::ListingCount>> {
    return fetch_all<CountedRow>(session,
                                 "SELECT filer_id, state, conduct, COUNT(*) FROM alliance_listings "
                                 "GROUP BY filer_id, state, conduct ORDER BY filer_id, state, conduct");
  });
}

Result<void> AllianceStore::insert(const alliance::AppealDecision& decision) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string listing = decision.listing.text(), filer = decision.filer.text();
    const std::string outcome(alliance::outcome_name(decision.outcome)), by(alliance::role_name(decision.by));
    session << "INSERT INTO alliance_decisions (listing_id, filer_id, outcome, decided_by, opened_ms, decided_ms) "
               "VALUES (:listing, :filer, :outcome, :by, :opened, :decided)",
        use(listing), use(filer), use(outcome), use(by), use(decision.opened_ms), use(decision.decided_ms);
    return {};
  });
}

Result<std::vector<alliance::AppealDecision>> AllianceStore::decisions(std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::AppealDecision>> {
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<DecisionRow>(session,
                                  "SELECT listing_id, filer_id, outcome, decided_by, opened_ms, decided_ms "
                                  "FROM alliance_decisions ORDER BY decided_ms DESC, listing_id LIMIT :most",
                                  use(most));
  });
}

Result<void> AllianceStore::insert(const alliance::RollEntry& member, TimeMs joined_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = member.member.text(), identity = to_hex(member.identity);
    const std::int64_t suspended = member.suspended ? 1 : 0, per_minute = member.limits.user_per_minute;
    const std::int64_t per_day = member.limits.user_per_day, all_per_day = member.limits.member_per_day;
    session << "INSERT INTO alliance_members (id, name, identity, suspended, user_per_minute, user_per_day, "
               "member_per_day, joined_ms) VALUES (:id, :name, :identity, :suspended, :minute, :day, :all, :joined)",
        use(id), use(member.name), use(identity), use(suspended), use(per_minute), use(per_day), use(all_per_day),
        use(joined_ms);
    return {};
  });
}

Result<void> AllianceStore::update(const alliance::RollEntry& member) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = member.member.text(), identity = to_hex(member.identity);
    const std::int64_t suspended = member.suspended ? 1 : 0, per_minute = member.limits.user_per_minute;
    const std::int64_t per_day = member.limits.user_per_day, all_per_day = member.limits.member_per_day;
    session << "UPDATE alliance_members SET name = :name, identity = :identity, suspended = :suspended, "
               "user_per_minute = :minute, user_per_day = :day, member_per_day = :all WHERE id = :id",
        use(member.name), use(identity), use(suspended), use(per_minute), use(per_day), use(all_per_day), use(id);
    return {};
  });
}

Result<std::optional<alliance::RollEntry>> AllianceStore::member(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<alliance::RollEntry>> {
    const std::string text = id.text();
    return first(fetch_all<MemberRow>(session, std::string(MemberRow::kSelect) + "WHERE id = :id", use(text)));
  });
}

Result<std::vector<alliance::RollEntry>> AllianceStore::members() {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::RollEntry>> {
    return fetch_all<MemberRow>(session, std::string(MemberRow::kSelect) + "ORDER BY name, id");
  });
}

}  // namespace probity::store
