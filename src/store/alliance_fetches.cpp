// What members fetched, what they must hear of, the person's links, and published tag sets.
#include "store/alliance_rows.h"
#include "store/alliance_store.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

}  // namespace

Result<void> AllianceStore::insert(const alliance::BucketFetch& fetch) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = fetch.id.text(), member = fetch.member.text(), account = fetch.account.text();
    std::int64_t known = 0;
    session << "SELECT COUNT(*) FROM alliance_fetches WHERE id = :id", into(known), use(id);
    if (known != 0) return fail(ErrorCode::already_exists, "this request was answered before");
    const std::int64_t epoch = fetch.epoch, bits = fetch.bits, prefix = fetch.prefix;
    const int rest = oprf::kMostPrefixBits - fetch.bits;
    const std::int64_t first = prefix << rest, last = first + (std::int64_t{1} << rest) - 1;
    session
        << "INSERT INTO alliance_fetches (id, member_id, epoch, bits, prefix, first28, last28, time_ms, account_id) "
           "VALUES (:id, :member, :epoch, :bits, :prefix, :first, :last, :time, :account)",
        use(id), use(member), use(epoch), use(bits), use(prefix), use(first), use(last), use(fetch.time_ms),
        use(account);
    return {};
  });
}

Result<std::vector<alliance::FetchCount>> AllianceStore::fetches_by_account(TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::FetchCount>> {
    return fetch_all<FetchCountRow>(session,
                                    "SELECT member_id, account_id, COUNT(*) FROM alliance_fetches WHERE time_ms >= "
                                    ":since GROUP BY member_id, account_id",
                                    use(since_ms));
  });
}

Result<std::vector<alliance::BucketFetch>> AllianceStore::fetches_at(oprf::Epoch epoch, oprf::Prefix prefix28,
                                                                     TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::BucketFetch>> {
    const std::int64_t number = epoch, prefix = prefix28;
    return fetch_all<FetchRow>(session,
                               "SELECT MAX(id), member_id, epoch, bits, prefix, MAX(time_ms) FROM alliance_fetches "
                               "WHERE epoch = :epoch AND first28 <= :at AND last28 >= :same AND time_ms >= :since "
                               "GROUP BY member_id, epoch, bits, prefix ORDER BY member_id, epoch, bits, prefix",
                               use(number), use(prefix), use(prefix), use(since_ms));
  });
}

Result<std::vector<alliance::BucketFetch>> AllianceStore::fetches_by(const Id& member, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::BucketFetch>> {
    const std::string id = member.text();
    return fetch_all<FetchRow>(session,
                               "SELECT id, member_id, epoch, bits, prefix, time_ms FROM alliance_fetches "
                               "WHERE member_id = :member AND time_ms >= :since ORDER BY time_ms, id",
                               use(id), use(since_ms));
  });
}

Result<std::vector<alliance::BucketFetch>> AllianceStore::fetches_of(const Id& listing, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::BucketFetch>> {
    const std::string id = listing.text();
    return fetch_all<FetchRow>(
        session,
        "SELECT MAX(f.id), f.member_id, f.epoch, f.bits, f.prefix, MAX(f.time_ms) FROM alliance_fetches f "
        "JOIN alliance_places p ON p.epoch = f.epoch AND p.prefix28 >= f.first28 AND p.prefix28 <= f.last28 "
        "WHERE p.listing_id = :id AND f.time_ms >= :since GROUP BY f.member_id, f.epoch, f.bits, f.prefix "
        "ORDER BY f.member_id, f.epoch, f.bits, f.prefix",
        use(id), use(since_ms));
  });
}

Result<void> AllianceStore::insert(const alliance::ChangeNotice& notice) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = notice.id.text(), member = notice.member.text(), what(alliance::step_name(notice.what));
    const std::int64_t epoch = notice.epoch, bits = notice.bits, prefix = notice.prefix;
    session << "INSERT INTO alliance_notices (id, member_id, epoch, bits, prefix, what, time_ms) "
               "VALUES (:id, :member, :epoch, :bits, :prefix, :what, :time)",
        use(id), use(member), use(epoch), use(bits), use(prefix), use(what), use(notice.time_ms);
    return {};
  });
}

Result<std::vector<alliance::ChangeNotice>> AllianceStore::notices_for(const Id& member, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::ChangeNotice>> {
    const std::string id = member.text();
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<NoticeRow>(
        session, std::string(NoticeRow::kSelect) + "WHERE member_id = :member ORDER BY time_ms, id LIMIT :most",
        use(id), use(most));
  });
}

Result<void> AllianceStore::remove_notice(const Id& member, const Id& notice) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string whose = member.text(), id = notice.text();
    session << "DELETE FROM alliance_notices WHERE id = :id AND member_id = :member", use(id), use(whose);
    return {};
  });
}

Result<void> AllianceStore::insert(const alliance::NoticeLink& link) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string token = to_hex(link.token_hash), code = to_hex(link.code_hash), listing = link.listing.text();
    const std::int64_t wrong = link.wrong_codes;
    session << "INSERT INTO alliance_links (token_hash, code_hash, listing_id, made_ms, wrong_codes) "
               "VALUES (:token, :code, :listing, :made, :wrong)",
        use(token), use(code), use(listing), use(link.made_ms), use(wrong);
    return {};
  });
}

Result<void> AllianceStore::update(const alliance::NoticeLink& link) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string token = to_hex(link.token_hash);
    const std::int64_t wrong = link.wrong_codes;
    session << "UPDATE alliance_links SET wrong_codes = :wrong WHERE token_hash = :token", use(wrong), use(token);
    return {};
  });
}

Result<std::optional<alliance::NoticeLink>> AllianceStore::link(const Hash& token_hash) {
  return database_.run([&](soci::session& session) -> Result<std::optional<alliance::NoticeLink>> {
    const std::string token = to_hex(token_hash);
    return first(fetch_all<LinkRow>(session,
                                    "SELECT token_hash, code_hash, listing_id, made_ms, wrong_codes "
                                    "FROM alliance_links WHERE token_hash = :token",
                                    use(token)));
  });
}

Result<void> AllianceStore::insert(const alliance::PublishedHead& head) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = to_hex(head.head.encode()), signature = to_hex(head.signature);
    const std::int64_t epoch = head.head.epoch, version = head.head.version;
    const std::string entry = head.entry.text();
    session << "INSERT INTO alliance_heads (epoch, version, head, signature, time_ms, entry_id) "
               "VALUES (:epoch, :version, :head, :signature, :time, :entry)",
        use(epoch), use(version), use(text), use(signature), use(head.time_ms), use(entry);
    return {};
  });
}

Result<std::vector<alliance::PublishedHead>> AllianceStore::heads(oprf::Epoch epoch, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::PublishedHead>> {
    const std::int64_t number = epoch;
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<HeadRow>(session,
                              std::string(HeadRow::kSelect) + "WHERE epoch = :epoch ORDER BY version DESC LIMIT :most",
                              use(number), use(most));
  });
}

Result<std::optional<alliance::PublishedHead>> AllianceStore::last_head(oprf::Epoch epoch) {
  return heads(epoch, 1).map([](auto all) { return first(std::move(all)); });
}

Result<std::optional<alliance::PublishedHead>> AllianceStore::head(oprf::Epoch epoch, oprf::TagSetVersion version) {
  return database_.run([&](soci::session& session) -> Result<std::optional<alliance::PublishedHead>> {
    const std::int64_t number = epoch, which = version;
    return first(fetch_all<HeadRow>(session,
                                    std::string(HeadRow::kSelect) + "WHERE epoch = :epoch AND version = :version",
                                    use(number), use(which)));
  });
}

}  // namespace probity::store
