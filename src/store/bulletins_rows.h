// The rows of the board's tables, for its store's .cpp files.
#pragma once

#include "bulletins/json.h"
#include "bulletins/ports.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {

struct BulletinRow {
  std::string record;
  auto columns() { return std::make_tuple(soci::into(record)); }
  bulletins::Bulletin value() const {
    auto bulletin = bulletins::parse_bulletin_record(record);
    if (!bulletin) throw UnreadableRow("a bulletin is not readable");
    return std::move(*bulletin);
  }
};

struct JointCaseRow {
  std::string record;
  auto columns() { return std::make_tuple(soci::into(record)); }
  bulletins::JointCase value() const {
    auto joint = bulletins::parse_joint_case_record(record);
    if (!joint) throw UnreadableRow("a joint case is not readable");
    return std::move(*joint);
  }
};

struct SharedMarkRow {
  std::string bulletin, kind, mark;
  auto columns() { return std::make_tuple(soci::into(bulletin), soci::into(kind), soci::into(mark)); }
  bulletins::SharedMark value() const { return {read_id(bulletin), {kind, mark}}; }
};

struct ReceiptRow {
  static constexpr const char* kSelect =
      "SELECT bulletin_id, member_id, account_id, version, time_ms FROM bulletin_receipts ";
  std::string bulletin, member, account;
  std::int64_t version = 0, time_ms = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(bulletin), into(member), into(account), into(version), into(time_ms));
  }
  bulletins::Receipt value() const {
    return {read_id(bulletin), read_id(member), read_id(account), static_cast<std::size_t>(version), time_ms};
  }
};

struct SightingRow {
  static constexpr const char* kSelect =
      "SELECT id, bulletin_id, member_id, account_id, verdict, count, note, time_ms FROM bulletin_sightings ";
  std::string id, bulletin, member, account, verdict, note;
  std::int64_t count = 0, time_ms = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(bulletin), into(member), into(account), into(verdict), into(count),
                           into(note), into(time_ms));
  }
  bulletins::Sighting value() const {
    return {read_id(id),
            read_id(bulletin),
            read_id(member),
            read_id(account),
            read_some(bulletins::parse_verdict(verdict), "a sighting of an unknown kind"),
            static_cast<std::uint32_t>(count),
            note,
            time_ms};
  }
};

struct ReplyRow {
  static constexpr const char* kSelect =
      "SELECT id, bulletin_id, member_id, account_id, reply_to, words, time_ms FROM bulletin_replies ";
  std::string id, bulletin, member, account, words;
  Nullable<std::string> reply_to;
  std::int64_t time_ms = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(bulletin), into(member), into(account), reply_to.column(), into(words),
                           into(time_ms));
  }
  bulletins::Reply value() const {
    return {read_id(id), read_id(bulletin), read_id(member), read_id(account), read_optional_id(reply_to), words,
            time_ms};
  }
};

struct PictureRow {
  static constexpr const char* kSelect = "SELECT hash, width_px, height_px, size_bytes FROM bulletin_uploads ";
  std::string hash;
  std::int64_t width_px = 0, height_px = 0, size_bytes = 0;
  auto columns() {
    using soci::into;
    return std::make_tuple(into(hash), into(width_px), into(height_px), into(size_bytes));
  }
  bulletins::Picture value() const {
    return {read_hash(hash), static_cast<int>(width_px), static_cast<int>(height_px),
            static_cast<std::uint64_t>(size_bytes)};
  }
};

struct HashRow {
  std::string hash;
  auto columns() { return std::make_tuple(soci::into(hash)); }
  Hash value() const { return read_hash(hash); }
};

}  // namespace probity::store
