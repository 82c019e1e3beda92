#include "store/filings_store.h"

#include "filings/record.h"
#include "parties/text.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using filings::Filing;
using filings::FilingFilter;
using soci::into;
using soci::use;

struct RecordRow {
  std::string record;
  std::int64_t revision = 0;
  auto columns() { return std::make_tuple(into(record), into(revision)); }
  Filing value() const {
    auto filing = filings::parse_filing_record(record);
    if (!filing) throw UnreadableRow("a filing in the store is not readable");
    filing->revision = revision;
    return std::move(*filing);
  }
};

constexpr const char* kSelect = "SELECT f.record, f.revision FROM filings f";

// What stands beside the record, made from it at each write.
struct Columns {
  std::string id, state, search, record;
  Nullable<std::string> case_id, listing_id;
  Nullable<std::int64_t> due;
  std::int64_t live = 0, ended = 0;

  explicit Columns(const Filing& filing)
      : id(filing.id.text()),
        state(filings::shown_state(filing)),
        search(parties::fold_for_lookup(filing.number + "\n" + filing.subject.name + "\n" + filing.case_number)),
        record(filings::filing_record(filing)),
        case_id(nullable_id(filing.case_id)),
        listing_id(nullable_id(filing.listing_id)),
        live(!filing.has_ended() && (filing.listing_id || filing.pending) ? 1 : 0),
        ended(filing.has_ended() ? 1 : 0) {
    if (const auto day = filings::due_day(filing)) due = Nullable<std::int64_t>(std::optional(day->due_ms));
  }
};

Result<std::string> order_of(const ListQuery& page) {
  const std::string direction = page.descending ? " DESC" : "";
  if (page.sort.empty()) return std::string(" ORDER BY f.year DESC, f.ordinal DESC");
  if (page.sort == "number") return " ORDER BY f.year" + direction + ", f.ordinal" + direction;
  if (page.sort == "due_at")
    return " ORDER BY CASE WHEN f.due_ms IS NULL THEN 1 ELSE 0 END, f.due_ms" + direction + ", f.id";
  if (page.sort == "state") return " ORDER BY f.state" + direction + ", f.id";
  if (page.sort == "updated_at") return " ORDER BY f.updated_ms" + direction + ", f.id";
  return fail(ErrorCode::invalid_argument, "filings are sorted by number, state, due_at or updated_at");
}

}  // namespace

Result<std::int64_t> FilingStore::next_ordinal(int year) {
  return database_.run([&](soci::session& session) -> Result<std::int64_t> {
    std::int64_t last = 0;
    session << "SELECT COALESCE(MAX(ordinal), 0) FROM filings WHERE year = :year", into(last), use(year);
    return last + 1;
  });
}

Result<void> FilingStore::insert(const Filing& filing) {
  return database_.run([&](soci::session& session) -> Result<void> {
    Columns of(filing);
    session << "INSERT INTO filings (id, year, ordinal, number, case_id, listing_id, state, live, ended, due_ms, "
               "updated_ms, search_text, revision, record) VALUES (:id, :year, :ordinal, :number, :case, :listing, "
               ":state, :live, :ended, :due, :updated, :search, :revision, :record)",
        use(of.id), use(filing.year), use(filing.ordinal), use(filing.number), use(of.case_id.value, of.case_id.state),
        use(of.listing_id.value, of.listing_id.state), use(of.state), use(of.live), use(of.ended),
        use(of.due.value, of.due.state), use(filing.updated_ms), use(of.search), use(filing.revision), use(of.record);
    return {};
  });
}

Result<void> FilingStore::update(Filing& filing) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::int64_t before = filing.revision;
    ++filing.revision;
    Columns of(filing);
    soci::statement statement =
        (session.prepare << "UPDATE filings SET listing_id = :listing, state = :state, live = :live, ended = :ended, "
                            "due_ms = :due, updated_ms = :updated, search_text = :search, revision = :revision, "
                            "record = :record WHERE id = :id AND revision = :before",
         use(of.listing_id.value, of.listing_id.state), use(of.state), use(of.live), use(of.ended),
         use(of.due.value, of.due.state), use(filing.updated_ms), use(of.search), use(filing.revision), use(of.record),
         use(of.id), use(before));
    statement.execute(true);
    if (statement.get_affected_rows() != 1)
      return fail(ErrorCode::conflict, "somebody changed this filing meanwhile", "look at it again");
    return {};
  });
}

Result<std::optional<Filing>> FilingStore::find(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Filing>> {
    return first(fetch_bound<RecordRow>(session, std::string(kSelect) + " WHERE f.id = :id", {id.text()}));
  });
}

Result<std::optional<Filing>> FilingStore::find_listing(const Id& listing) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Filing>> {
    return first(
        fetch_bound<RecordRow>(session, std::string(kSelect) + " WHERE f.listing_id = :listing", {listing.text()}));
  });
}

Result<Listed<Filing>> FilingStore::list(const FilingFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<Filing>> {
    Conditions where;
    if (!filter.state.empty()) where.add("f.state = :state", {filter.state});
    if (filter.case_id) where.add("f.case_id = :case", {filter.case_id->text()});
    if (filter.open_only) where.add("f.ended = 0");
    if (!filter.page.search.empty())
      where.add("f.search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.page.search))});
    Listed<Filing> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM filings f" + where.text(), where.values()).front();
    auto values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items =
        fetch_bound<RecordRow>(session, kSelect + where.text() + order + " LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<std::vector<Filing>> FilingStore::live() {
  return database_.run([&](soci::session& session) -> Result<std::vector<Filing>> {
    return fetch_bound<RecordRow>(session, std::string(kSelect) + " WHERE f.live = 1 ORDER BY f.year, f.ordinal", {});
  });
}

Result<std::optional<oprf::PublicIdentity>> FilingStore::ombudsman() {
  return database_.run([&](soci::session& session) -> Result<std::optional<oprf::PublicIdentity>> {
    std::int64_t known = 0;
    session << "SELECT COUNT(*) FROM filing_ombudsman", into(known);
    if (known == 0) return std::optional<oprf::PublicIdentity>();
    std::string hex;
    session << "SELECT identity FROM filing_ombudsman", into(hex);
    return std::optional<oprf::PublicIdentity>(read_hash(hex));
  });
}

Result<void> FilingStore::keep_ombudsman(const oprf::PublicIdentity& identity) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string hex = to_hex(identity);
    session << "DELETE FROM filing_ombudsman";
    session << "INSERT INTO filing_ombudsman (place, identity) VALUES (1, :identity)", use(hex);
    return {};
  });
}

}  // namespace probity::store
