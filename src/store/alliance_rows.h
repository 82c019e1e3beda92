// The rows of the alliance's tables, for its store's .cpp files.
#pragma once

#include "alliance/json.h"
#include "alliance/ports.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {

template <std::size_t size>
std::array<std::uint8_t, size> read_bytes(const std::string& hex) {
  const auto bytes = from_hex(hex);
  std::array<std::uint8_t, size> out;
  if (!bytes || bytes->size() != size) throw UnreadableRow("a value of the alliance is not readable");
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

struct ListingRow {
  std::string record;
  auto columns() { return std::make_tuple(soci::into(record)); }
  alliance::Listing value() const {
    auto listing = alliance::parse_listing_record(record);
    if (!listing) throw UnreadableRow("a listing is not readable");
    return std::move(*listing);
  }
};

struct PlaceRow {
  std::string id;
  std::int64_t prefix = 0;
  auto columns() { return std::make_tuple(soci::into(id), soci::into(prefix)); }
  alliance::FindablePlace value() const { return {read_id(id), static_cast<oprf::Prefix>(prefix)}; }
};

struct LabelRow {
  std::string label;
  auto columns() { return std::make_tuple(soci::into(label)); }
  oprf::SealedLabel value() const { return read_bytes<oprf::kSealedLabelBytes>(label); }
};

struct TurnRow {
  std::string id;
  std::int64_t epoch = 0, prefix = 0, findable = 0;
  auto columns() {
    return std::make_tuple(soci::into(id), soci::into(epoch), soci::into(prefix), soci::into(findable));
  }
  alliance::CanaryTurn value() const {
    return {read_id(id), static_cast<oprf::Epoch>(epoch), static_cast<oprf::Prefix>(prefix), findable != 0};
  }
};

struct MemberRow {
  static constexpr const char* kSelect =
      "SELECT id, name, identity, suspended, user_per_minute, user_per_day, member_per_day FROM alliance_members ";
  std::string id, name, identity;
  std::int64_t suspended = 0, per_minute = 0, per_day = 0, all_per_day = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(name), into(identity), into(suspended), into(per_minute), into(per_day),
                           into(all_per_day));
  }
  alliance::RollEntry value() const {
    return {read_id(id),
            name,
            read_bytes<32>(identity),
            suspended != 0,
            {static_cast<std::uint32_t>(per_minute), static_cast<std::uint32_t>(per_day),
             static_cast<std::uint32_t>(all_per_day)}};
  }
};

struct FetchRow {
  std::string id, member;
  std::int64_t epoch = 0, bits = 0, prefix = 0, time_ms = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(member), into(epoch), into(bits), into(prefix), into(time_ms));
  }
  alliance::BucketFetch value() const {
    return {read_id(id),
            read_id(member),
            static_cast<oprf::Epoch>(epoch),
            static_cast<int>(bits),
            static_cast<oprf::Prefix>(prefix),
            time_ms,
            {}};
  }
};

struct FetchCountRow {
  std::string member, account;
  std::int64_t count = 0;
  auto columns() { return std::make_tuple(soci::into(member), soci::into(account), soci::into(count)); }
  alliance::FetchCount value() const {
    return {read_id(member), account.empty() ? Id{} : read_id(account), static_cast<std::uint64_t>(count)};
  }
};

struct NoticeRow {
  static constexpr const char* kSelect =
      "SELECT id, member_id, epoch, bits, prefix, what, time_ms FROM alliance_notices ";
  std::string id, member, what;
  std::int64_t epoch = 0, bits = 0, prefix = 0, time_ms = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(member), into(epoch), into(bits), into(prefix), into(what), into(time_ms));
  }
  alliance::ChangeNotice value() const {
    return {read_id(id),
            read_id(member),
            static_cast<oprf::Epoch>(epoch),
            static_cast<int>(bits),
            static_cast<oprf::Prefix>(prefix),
            read_some(alliance::parse_step(what), "a notice of an unknown kind"),
            time_ms};
  }
};

struct LinkRow {
  std::string token_hash, code_hash, listing;
  std::int64_t made_ms = 0, wrong_codes = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(token_hash), into(code_hash), into(listing), into(made_ms), into(wrong_codes));
  }
  alliance::NoticeLink value() const {
    return {read_hash(token_hash), read_hash(code_hash), read_id(listing), made_ms, static_cast<int>(wrong_codes)};
  }
};

struct HeadRow {
  static constexpr const char* kSelect = "SELECT head, signature, time_ms, entry_id FROM alliance_heads ";
  std::string head, signature, entry;
  std::int64_t time_ms = 0;
  auto columns() {
    return std::make_tuple(soci::into(head), soci::into(signature), soci::into(time_ms), soci::into(entry));
  }
  alliance::PublishedHead value() const {
    const auto bytes = from_hex(head);
    const auto parsed = bytes ? oprf::TagSetHead::parse(*bytes) : tl::unexpected<Error>(bytes.error());
    if (!parsed) throw UnreadableRow("a tag set's head is not readable");
    return {*parsed, read_bytes<oprf::kSignatureBytes>(signature), time_ms, entry.empty() ? Id{} : read_id(entry)};
  }
};

struct CountedRow {
  std::string filer, state, conduct;
  std::int64_t count = 0;
  auto columns() {
    return std::make_tuple(soci::into(filer), soci::into(state), soci::into(conduct), soci::into(count));
  }
  alliance::ListingCount value() const {
    const auto known = alliance::parse_conduct(conduct);
    if (!known) throw UnreadableRow("a listing of unknown conduct");
    return {read_id(filer), read_some(alliance::parse_state(state), "a listing in an unknown state"), *known,
            static_cast<std::uint64_t>(count)};
  }
};

struct DecisionRow {
  std::string listing, filer, outcome, by;
  std::int64_t opened_ms = 0, decided_ms = 0;
  auto columns() {
    return std::make_tuple(soci::into(listing), soci::into(filer), soci::into(outcome), soci::into(by),
                           soci::into(opened_ms), soci::into(decided_ms));
  }
  alliance::AppealDecision value() const {
    return {read_id(listing),
            read_id(filer),
            read_some(alliance::parse_outcome(outcome), "an appeal with an unknown outcome"),
            read_some(alliance::parse_role(by), "an appeal decided by nobody"),
            opened_ms,
            decided_ms};
  }
};

}  // namespace probity::store
