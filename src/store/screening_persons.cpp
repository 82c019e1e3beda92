#include "store/screening_persons.h"

#include <nlohmann/json.hpp>

#include "parties/text.h"
#include "screening/record_json.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using screening::ConsentAudit;
using screening::Hit;
using screening::PersonQuery;
using soci::into;
using soci::use;

template <class Value>
Value whole(Result<Value> record) {
  if (!record) throw UnreadableRow("a record of screening is not readable");
  return std::move(*record);
}

struct QueryColumns {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  PersonQuery value() const { return whole(screening::parse_query_record(record)); }
};
struct HitColumns {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  Hit value() const { return whole(screening::parse_hit_record(record)); }
};

struct AuditColumns {
  std::string id, commitments;
  std::int64_t drawn = 0, due = 0;
  Nullable<std::int64_t> opened;
  auto columns() { return std::make_tuple(into(id), into(drawn), into(due), opened.column(), into(commitments)); }
  ConsentAudit value() const {
    ConsentAudit audit{read_id(id), drawn, due, {}, opened.get()};
    const auto list = nlohmann::json::parse(commitments, nullptr, false);
    if (!list.is_array()) throw UnreadableRow("an audit of consents is not readable");
    for (const auto& commitment : list) audit.commitments.push_back(read_hash(commitment.get<std::string>()));
    return audit;
  }
};
constexpr const char* kAuditColumns = "SELECT id, drawn_ms, due_ms, opened_ms, commitments FROM screening_audits";

std::string commitments_text(const ConsentAudit& audit) {
  nlohmann::json list = nlohmann::json::array();
  for (const Hash& commitment : audit.commitments) list.push_back(to_hex(commitment));
  return list.dump();
}

using Orders = std::initializer_list<std::pair<const char*, const char*>>;
Result<std::string> order_of(const ListQuery& page, const char* by_time, Orders orders, const char* hint) {
  if (page.sort.empty()) return std::string(" ORDER BY ") + by_time + " DESC, id";
  for (const auto& [field, column] : orders)
    if (page.sort == field)
      return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", " + by_time + " DESC, id";
  return fail(ErrorCode::invalid_argument, "this cannot be sorted by that", hint);
}

// One page of `table`, and how many there are.
template <class Columns>
auto page_of(soci::session& session, const std::string& table, Conditions conditions, const ListQuery& page,
             const std::string& order) {
  Listed<decltype(Columns().value())> listed;
  listed.total =
      fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM " + table + conditions.text(), conditions.values()).front();
  std::vector<Conditions::Value> values = conditions.values();
  values.emplace_back(static_cast<std::int64_t>(page.limit));
  values.emplace_back(static_cast<std::int64_t>(page.offset));
  listed.items = fetch_bound<Columns>(
      session, "SELECT record FROM " + table + conditions.text() + order + " LIMIT :limit OFFSET :offset", values);
  return listed;
}

void add_search(Conditions& conditions, const ListQuery& page) {
  if (!page.search.empty())
    conditions.add("search_text LIKE :like ESCAPE '!'", {like_pattern(parties::fold_for_lookup(page.search))});
}

// The bucket as a range of 28 bits.
struct Range {
  std::int64_t first, last;
};
Range range_of(int bits, oprf::Prefix prefix) {
  const int rest = oprf::kMostPrefixBits - bits;
  const auto first = static_cast<std::int64_t>(prefix) << rest;
  return {first, first + (std::int64_t{1} << rest) - 1};
}

std::string search_text(const Hit& hit) {
  std::string text = hit.number + '\n' + hit.requisition;
  for (const screening::HitLabel& label : hit.labels) text += '\n' + label.content.reference;
  return parties::fold_for_lookup(text);
}

// What insert and update of a hit bind; lives as long as the statement.
struct BoundHit {
  explicit BoundHit(const Hit& hit)
      : id(hit.id.text()),
        search(search_text(hit)),
        state(screening::state_name(hit.state)),
        record(screening::hit_record(hit)),
        pending(screening::is_pending(hit) ? 1 : 0),
        changed(hit.change ? 1 : 0),
        wait_until(hit.wait_until_ms.value_or(0)),
        found(hit.found_ms()) {}
  std::string id, search, state, record;
  std::int64_t pending, changed, wait_until, found;
};

void write_places(soci::session& session, const Hit& hit) {
  const std::string id = hit.id.text();
  for (const screening::HitPlace& place : hit.places) {
    const std::int64_t epoch = place.epoch;
    const Range range = range_of(place.bits, place.prefix);
    session << "INSERT INTO screening_hit_places (hit_id, epoch, first28, last28) VALUES (:hit, :epoch, :first, :last) "
               "ON CONFLICT DO NOTHING",
        use(id), use(epoch), use(range.first), use(range.last);
  }
}

}  // namespace

Result<std::uint32_t> SqlPersonStore::next_ordinal(std::string_view kind, int year) {
  return database_.run([&](soci::session& session) -> Result<std::uint32_t> {
    const std::string what(kind);
    const std::int64_t which = year;
    std::int64_t last = 0;
    session << "INSERT INTO screening_numbers (kind, year, last) VALUES (:kind, :year, 1) "
               "ON CONFLICT (kind, year) DO UPDATE SET last = screening_numbers.last + 1 RETURNING last",
        use(what), use(which), into(last);
    return static_cast<std::uint32_t>(last);
  });
}

// --- Questions

Result<void> SqlPersonStore::insert(const PersonQuery& query) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = query.id.text(), search = parties::fold_for_lookup(query.number + '\n' + query.requisition),
                      purpose(screening::purpose_name(query.purpose)), outcome(screening::outcome_name(query.outcome)),
                      commitment = to_hex(query.consent_commitment), record = screening::query_record(query);
    session << "INSERT INTO screening_queries (id, number, requisition, search_text, purpose, outcome, same_person, "
               "consent_commitment, told, asked_ms, record) VALUES (:id, :number, :requisition, :search, :purpose, "
               ":outcome, :person, :commitment, 0, :asked, :record)",
        use(id), use(query.number), use(query.requisition), use(search), use(purpose), use(outcome),
        use(query.same_person), use(commitment), use(query.asked_ms), use(record);
    return {};
  });
}

Result<void> SqlPersonStore::update(const PersonQuery& query) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = query.id.text(), outcome(screening::outcome_name(query.outcome)),
                      record = screening::query_record(query);
    session
        << "UPDATE screening_queries SET outcome = :outcome, same_person = :person, record = :record WHERE id = :id",
        use(outcome), use(query.same_person), use(record), use(id);
    return {};
  });
}

Result<std::optional<PersonQuery>> SqlPersonStore::query(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<PersonQuery>> {
    return first(
        fetch_bound<QueryColumns>(session, "SELECT record FROM screening_queries WHERE id = :id", {id.text()}));
  });
}

Result<Listed<PersonQuery>> SqlPersonStore::queries(const screening::QueryFilter& filter) {
  TRY_ASSIGN(const std::string order,
             order_of(filter.page, "asked_ms",
                      {{"asked_at", "asked_ms"}, {"number", "number"}, {"requisition", "requisition"}},
                      "sort by asked_at, number or requisition"));
  return database_.run([&](soci::session& session) -> Result<Listed<PersonQuery>> {
    Conditions conditions;
    if (filter.outcome) conditions.add("outcome = :outcome", {std::string(screening::outcome_name(*filter.outcome))});
    if (filter.purpose) conditions.add("purpose = :purpose", {std::string(screening::purpose_name(*filter.purpose))});
    add_search(conditions, filter.page);
    return page_of<QueryColumns>(session, "screening_queries", conditions, filter.page, order);
  });
}

Result<std::uint32_t> SqlPersonStore::count_about(const std::string& same_person) {
  return database_.run([&](soci::session& session) -> Result<std::uint32_t> {
    return static_cast<std::uint32_t>(
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM screening_queries WHERE same_person = :person",
                              {same_person})
            .front());
  });
}

Result<std::optional<PersonQuery>> SqlPersonStore::query_of_commitment(const Hash& commitment) {
  return database_.run([&](soci::session& session) -> Result<std::optional<PersonQuery>> {
    return first(fetch_bound<QueryColumns>(
        session, "SELECT record FROM screening_queries WHERE consent_commitment = :hash", {to_hex(commitment)}));
  });
}

Result<std::vector<PersonQuery>> SqlPersonStore::untold_commitments(std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<PersonQuery>> {
    return fetch_bound<QueryColumns>(
        session, "SELECT record FROM screening_queries WHERE told = 0 ORDER BY asked_ms, id LIMIT :limit",
        {static_cast<std::int64_t>(limit)});
  });
}

Result<void> SqlPersonStore::mark_told(const Id& query) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = query.text();
    session << "UPDATE screening_queries SET told = 1 WHERE id = :id", use(id);
    return {};
  });
}

// --- Hits

Result<void> SqlPersonStore::insert(const Hit& hit) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const BoundHit bound(hit);
    session << "INSERT INTO screening_hits (id, number, search_text, state, pending, changed, same_person, "
               "wait_until_ms, found_ms, record) VALUES (:id, :number, :search, :state, :pending, :changed, :person, "
               ":wait, :found, :record)",
        use(bound.id), use(hit.number), use(bound.search), use(bound.state), use(bound.pending), use(bound.changed),
        use(hit.same_person), use(bound.wait_until), use(bound.found), use(bound.record);
    write_places(session, hit);
    return {};
  });
}

Result<void> SqlPersonStore::update(const Hit& hit) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const BoundHit bound(hit);
    session << "UPDATE screening_hits SET search_text = :search, state = :state, pending = :pending, changed = "
               ":changed, same_person = :person, wait_until_ms = :wait, record = :record WHERE id = :id",
        use(bound.search), use(bound.state), use(bound.pending), use(bound.changed), use(hit.same_person),
        use(bound.wait_until), use(bound.record), use(bound.id);
    write_places(session, hit);
    return {};
  });
}

Result<std::optional<Hit>> SqlPersonStore::hit(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Hit>> {
    return first(fetch_bound<HitColumns>(session, "SELECT record FROM screening_hits WHERE id = :id", {id.text()}));
  });
}

Result<Listed<Hit>> SqlPersonStore::hits(const screening::HitFilter& filter) {
  TRY_ASSIGN(
      const std::string order,
      order_of(filter.page, "found_ms",
               {{"found_at", "found_ms"}, {"number", "number"}, {"state", "state"}, {"wait_until", "wait_until_ms"}},
               "sort by found_at, number, state or wait_until"));
  return database_.run([&](soci::session& session) -> Result<Listed<Hit>> {
    Conditions conditions;
    if (filter.state) conditions.add("state = :state", {std::string(screening::state_name(*filter.state))});
    if (filter.pending) conditions.add("pending = :pending", {std::int64_t{*filter.pending ? 1 : 0}});
    if (filter.changed) conditions.add("changed = :changed", {std::int64_t{*filter.changed ? 1 : 0}});
    add_search(conditions, filter.page);
    return page_of<HitColumns>(session, "screening_hits", conditions, filter.page, order);
  });
}

Result<std::vector<Hit>> SqlPersonStore::hits_about(const std::string& same_person) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Hit>> {
    return fetch_bound<HitColumns>(
        session, "SELECT record FROM screening_hits WHERE same_person = :person ORDER BY found_ms DESC, id",
        {same_person});
  });
}

Result<std::vector<Hit>> SqlPersonStore::hits_at(oprf::Epoch epoch, int bits, oprf::Prefix prefix) {
  if (bits < 1 || bits > oprf::kMostPrefixBits) return fail(ErrorCode::corrupt, "a bucket of so many bits is none");
  return database_.run([&](soci::session& session) -> Result<std::vector<Hit>> {
    const Range range = range_of(bits, prefix);
    return fetch_bound<HitColumns>(session,
                                   "SELECT record FROM screening_hits WHERE id IN (SELECT hit_id FROM "
                                   "screening_hit_places WHERE epoch = :epoch AND first28 <= :last AND last28 >= "
                                   ":first) ORDER BY found_ms, id",
                                   {static_cast<std::int64_t>(epoch), range.last, range.first});
  });
}

// --- Audits

Result<void> SqlPersonStore::insert(const ConsentAudit& audit) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = audit.id.text(), commitments = commitments_text(audit);
    Nullable<std::int64_t> opened(audit.opened_ms);
    session << "INSERT INTO screening_audits (id, drawn_ms, due_ms, opened_ms, commitments) VALUES (:id, :drawn, :due, "
               ":opened, :commitments)",
        use(id), use(audit.drawn_ms), use(audit.due_ms), use(opened.value, opened.state), use(commitments);
    return {};
  });
}

Result<void> SqlPersonStore::update(const ConsentAudit& audit) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = audit.id.text();
    Nullable<std::int64_t> opened(audit.opened_ms);
    session << "UPDATE screening_audits SET opened_ms = :opened WHERE id = :id", use(opened.value, opened.state),
        use(id);
    return {};
  });
}

Result<std::optional<ConsentAudit>> SqlPersonStore::audit(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<ConsentAudit>> {
    return first(fetch_bound<AuditColumns>(session, std::string(kAuditColumns) + " WHERE id = :id", {id.text()}));
  });
}

Result<Listed<ConsentAudit>> SqlPersonStore::audits(std::uint32_t offset, std::uint32_t limit) {
  return database_.run([&](soci::session& session) -> Result<Listed<ConsentAudit>> {
    Listed<ConsentAudit> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM screening_audits", {}).front();
    listed.items = fetch_bound<AuditColumns>(
        session, std::string(kAuditColumns) + " ORDER BY drawn_ms DESC, id LIMIT :limit OFFSET :offset",
        {static_cast<std::int64_t>(limit), static_cast<std::int64_t>(offset)});
    return listed;
  });
}

}  // namespace probity::store
