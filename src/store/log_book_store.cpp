#include "store/log_book_store.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using log::Opening;
using log::WaitingEntry;
using soci::into;
using soci::use;
using Openings = Result<std::vector<Opening>>;

constexpr const char* kSelectOpening =
    "SELECT id, kind, subject_id, content, salt, commitment, time_ms, idx FROM log_entries";
constexpr const char* kSelectWaiting = "SELECT id, commitment FROM log_entries WHERE idx IS NULL";

struct OpeningRow {
  std::string id, kind, subject, content, salt, commitment;
  std::int64_t time = 0;
  Nullable<std::int64_t> index;

  auto columns() {
    return std::make_tuple(into(id), into(kind), into(subject), into(content), into(salt), into(commitment), into(time),
                           index.column());
  }
  Opening value() const {
    Opening opening;
    opening.id = read_id(id);
    opening.record = {kind, read_id(subject), content};
    opening.time_ms = time;
    opening.salt = read_hash(salt);
    opening.commitment = read_hash(commitment);
    if (const auto place = index.get()) opening.index = static_cast<std::uint64_t>(*place);
    return opening;
  }
};

struct KindRow {
  std::string kind;
  auto columns() { return std::make_tuple(into(kind)); }
  std::string value() const { return kind; }
};

// " WHERE subject_id = :subject AND kind IN (…)" with its values.
Conditions of_kinds(const Id& subject, const std::vector<std::string>& kinds) {
  Conditions where;
  where.add("subject_id = :subject", {subject.text()});
  std::string names;
  std::vector<Conditions::Value> values;
  for (const std::string& kind : kinds) {
    names += (names.empty() ? ":kind" : ", :kind") + std::to_string(values.size());
    values.emplace_back(kind);
  }
  where.add("kind IN (" + names + ")", values);
  return where;
}

struct WaitingRow {
  std::string id, commitment;
  auto columns() { return std::make_tuple(into(id), into(commitment)); }
  WaitingEntry value() const { return {read_id(id), read_hash(commitment)}; }
};

struct PlaceRow {
  Nullable<std::int64_t> index;
  auto columns() { return std::make_tuple(index.column()); }
  std::optional<std::int64_t> value() const { return index.get(); }
};

Result<void> place_one(soci::session& session, const log::PlacedEntry& entry) {
  const std::string id = entry.id.text();
  const auto index = static_cast<std::int64_t>(entry.index);
  const auto before = first(fetch_bound<PlaceRow>(session, "SELECT idx FROM log_entries WHERE id = :id", {id}));
  if (!before) return fail(ErrorCode::not_found, "an entry of the log is not in the database");
  if (*before && **before != index)
    return fail(ErrorCode::conflict, "an entry has another place in the log already",
                "the database and the log folder are not of one time: restore both from one backup");
  session << "UPDATE log_entries SET idx = :idx WHERE id = :id", use(index), use(id);
  return {};
}

}  // namespace

Result<Id> SqlLogBook::record(const log::LogRecord& record) {
  Hash salt;
  random_.fill(salt);
  const Id id = Id::random(random_);
  const std::string id_text = id.text(), subject = record.subject.text(), salt_hex = to_hex(salt),
                    commitment = to_hex(log::commitment_of(record, salt));
  const TimeMs now_ms = clock_.now_ms();
  TRY(database_.write([&] {
    return database_.run([&](soci::session& session) -> Result<void> {
      session << "INSERT INTO log_entries (id, sequence, kind, subject_id, content, salt, commitment, time_ms, idx) "
                 "VALUES (:id, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM log_entries), :kind, :subject, :content, "
                 ":salt, :commitment, :time, NULL)",
          use(id_text), use(record.kind), use(subject), use(record.content), use(salt_hex), use(commitment),
          use(now_ms);
      return {};
    });
  }));
  return id;
}

Result<std::optional<Opening>> SqlLogBook::opening(const Id& entry) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Opening>> {
    return first(fetch_bound<OpeningRow>(session, std::string(kSelectOpening) + " WHERE id = :id", {entry.text()}));
  });
}

Openings SqlLogBook::openings_of(const Id& subject) {
  return database_.run([&](soci::session& session) -> Openings {
    return fetch_bound<OpeningRow>(
        session, std::string(kSelectOpening) + " WHERE subject_id = :subject ORDER BY sequence, id", {subject.text()});
  });
}

Result<std::vector<std::string>> SqlLogBook::kinds_of(const Id& subject) {
  return database_.run([&](soci::session& session) -> Result<std::vector<std::string>> {
    return fetch_bound<KindRow>(
        session, "SELECT DISTINCT kind FROM log_entries WHERE subject_id = :subject ORDER BY kind", {subject.text()});
  });
}

Result<Listed<Opening>> SqlLogBook::page_of(const Id& subject, const std::vector<std::string>& kinds,
                                            const ListQuery& page) {
  if (kinds.empty()) return Listed<Opening>{};
  return database_.run([&](soci::session& session) -> Result<Listed<Opening>> {
    Conditions where = of_kinds(subject, kinds);
    Listed<Opening> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM log_entries" + where.text(), where.values()).front();
    auto values = where.values();
    values.emplace_back(static_cast<std::int64_t>(page.limit));
    values.emplace_back(static_cast<std::int64_t>(page.offset));
    const char* order = page.descending ? " ORDER BY sequence DESC, id DESC" : " ORDER BY sequence, id";
    listed.items = fetch_bound<OpeningRow>(
        session, std::string(kSelectOpening) + where.text() + order + " LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<std::optional<std::string>> SqlLogBook::proof(const Id& entry) {
  TRY_ASSIGN(const auto found, opening(entry));
  if (!found) return fail(ErrorCode::not_found, "there is no such entry of the log");
  if (!found->index || prover_ == nullptr) return std::nullopt;
  return prover_->prove(*found->index, found->commitment);
}

Result<void> SqlLogBook::erase(const Id& entry) {
  return database_.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto found, opening(entry));
    if (!found) return fail(ErrorCode::not_found, "there is no such entry of the log");
    return database_.run([&](soci::session& session) -> Result<void> {
      const std::string id = entry.text(), no_salt = to_hex(Hash{});
      session << "UPDATE log_entries SET salt = :salt, content = '' WHERE id = :id", use(no_salt), use(id);
      return {};
    });
  });
}

Result<std::vector<WaitingEntry>> SqlLogBook::waiting(std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<WaitingEntry>> {
    return fetch_bound<WaitingRow>(session, std::string(kSelectWaiting) + " ORDER BY sequence, id LIMIT :limit",
                                   {static_cast<std::int64_t>(limit)});
  });
}

Result<std::uint64_t> SqlLogBook::count_waiting() {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM log_entries WHERE idx IS NULL", {}).front();
  });
}

Result<std::vector<WaitingEntry>> SqlLogBook::waiting_with(const std::vector<Hash>& commitments) {
  return database_.run([&](soci::session& session) -> Result<std::vector<WaitingEntry>> {
    std::vector<WaitingEntry> found;
    for (const Hash& commitment : commitments) {
      auto entry = first(fetch_bound<WaitingRow>(session, std::string(kSelectWaiting) + " AND commitment = :commitment",
                                                 {to_hex(commitment)}));
      if (entry) found.push_back(*entry);
    }
    return found;
  });
}

Result<void> SqlLogBook::place(const std::vector<log::PlacedEntry>& entries) {
  return database_.write([&] {
    return database_.run([&](soci::session& session) -> Result<void> {
      for (const auto& entry : entries) TRY(place_one(session, entry));
      return {};
    });
  });
}

Result<std::optional<std::uint64_t>> SqlLogBook::last_index() {
  return database_.run([&](soci::session& session) -> Result<std::optional<std::uint64_t>> {
    const auto row = first(fetch_bound<PlaceRow>(
        session, "SELECT idx FROM log_entries WHERE idx IS NOT NULL ORDER BY idx DESC LIMIT 1", {}));
    if (!row || !*row) return std::optional<std::uint64_t>();
    return std::optional(static_cast<std::uint64_t>(**row));
  });
}

}  // namespace probity::store
