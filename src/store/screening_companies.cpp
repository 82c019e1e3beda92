#include "store/screening_companies.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using screening::CompanyQuery;
using soci::into;
using soci::use;

struct QueryRow {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  CompanyQuery value() const {
    auto query = screening::parse_company_query_record(record);
    if (!query) throw UnreadableRow("a question about a company is not readable");
    return std::move(*query);
  }
};

struct LineRow {
  std::string line;
  auto columns() { return std::make_tuple(into(line)); }
  std::string value() const { return line; }
};

struct HeadRow {
  std::string head, signature;
  auto columns() { return std::make_tuple(into(head), into(signature)); }
  alliance::SignedEnterpriseHead value() const {
    const auto bytes = from_hex(head), sealed = from_hex(signature);
    const auto parsed = bytes ? alliance::EnterpriseListHead::parse(*bytes) : tl::unexpected<Error>(bytes.error());
    alliance::SignedEnterpriseHead out;
    if (!parsed || !sealed || sealed->size() != out.signature.size())
      throw UnreadableRow("the head of the list of companies is not readable");
    out.head = *parsed;
    std::copy(sealed->begin(), sealed->end(), out.signature.begin());
    return out;
  }
};

std::string numbers_of(const screening::CompanySubject& subject) {
  return subject.credit_code + " " + subject.organisation_code + " " + subject.lei + " " + subject.registration;
}

Result<std::string> order_of(const ListQuery& page) {
  std::string column = "asked_ms";
  if (page.sort == "number" || page.sort == "name")
    column = page.sort;
  else if (!page.sort.empty() && page.sort != "asked_at")
    return fail(ErrorCode::invalid_argument, "the list cannot be sorted by that", "asked_at, number or name");
  const bool descending = page.sort.empty() || page.descending;
  return " ORDER BY " + column + (descending ? " DESC" : "") + ", id" + (descending ? " DESC" : "");
}

}  // namespace

Result<std::uint32_t> ScreeningCompanyStore::next_company_ordinal(std::string_view kind, int year) {
  return database_.run([&](soci::session& session) -> Result<std::uint32_t> {
    const std::string text(kind);
    const std::int64_t number = year;
    std::int64_t ordinal = 0;
    session << "INSERT INTO screening_company_ordinals (kind, year, last_ordinal) VALUES (:kind, :year, 1) "
               "ON CONFLICT (kind, year) DO UPDATE SET last_ordinal = screening_company_ordinals.last_ordinal + 1 "
               "RETURNING last_ordinal",
        use(text), use(number), into(ordinal);
    return static_cast<std::uint32_t>(ordinal);
  });
}

Result<void> ScreeningCompanyStore::insert(const CompanyQuery& query) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = query.id.text(), numbers = numbers_of(query.subject);
    const std::string purpose(screening::purpose_name(query.purpose));
    const std::string outcome(screening::level_name(query.answer.outcome));
    const std::string record = screening::company_query_record(query);
    session << "INSERT INTO screening_company_queries (id, number, name, numbers, purpose, requisition, outcome, "
               "asked_ms, record) VALUES (:id, :number, :name, :numbers, :purpose, :requisition, :outcome, :asked, "
               ":record)",
        use(id), use(query.number), use(query.subject.name), use(numbers), use(purpose), use(query.requisition),
        use(outcome), use(query.asked_ms), use(record);
    return {};
  });
}

Result<std::optional<CompanyQuery>> ScreeningCompanyStore::company_query(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<CompanyQuery>> {
    const std::string text = id.text();
    return first(
        fetch_all<QueryRow>(session, "SELECT record FROM screening_company_queries WHERE id = :id", use(text)));
  });
}

Result<Listed<CompanyQuery>> ScreeningCompanyStore::company_queries(const screening::CompanyQueryFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<CompanyQuery>> {
    Conditions conditions;
    if (filter.outcome) conditions.add("outcome = :outcome", {std::string(screening::level_name(*filter.outcome))});
    if (filter.purpose) conditions.add("purpose = :purpose", {std::string(screening::purpose_name(*filter.purpose))});
    if (!filter.page.search.empty()) {
      const std::string like = like_pattern(filter.page.search);
      conditions.add(
          "(LOWER(number) LIKE :l1 ESCAPE '!' OR LOWER(name) LIKE :l2 ESCAPE '!' OR LOWER(requisition) LIKE :l3 "
          "ESCAPE '!' OR LOWER(numbers) LIKE :l4 ESCAPE '!')",
          {like, like, like, like});
    }
    Listed<CompanyQuery> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM screening_company_queries" + conditions.text(),
                                         conditions.values())
                       .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<QueryRow>(
        session,
        "SELECT record FROM screening_company_queries" + conditions.text() + order + " LIMIT :limit OFFSET :offset",
        values);
    return listed;
  });
}

Result<std::optional<alliance::HeldEnterprises>> ScreeningCompanyStore::saved_list() {
  return database_.run([&](soci::session& session) -> Result<std::optional<alliance::HeldEnterprises>> {
    const auto head =
        first(fetch_all<HeadRow>(session, "SELECT head, signature FROM screening_enterprise_head WHERE id = 1"));
    if (!head) return std::optional<alliance::HeldEnterprises>();
    std::vector<alliance::ListedEnterprisePtr> items;
    for (std::string& line : fetch_all<LineRow>(session, "SELECT line FROM screening_enterprises")) {
      TRY_ASSIGN(auto item, alliance::listed_enterprise(std::move(line)));
      items.push_back(std::move(item));
    }
    auto list = std::make_shared<const alliance::EnterpriseList>(std::move(items));
    if (list->root() != head->head.root) return fail(ErrorCode::corrupt, "the saved list of companies is damaged");
    return alliance::HeldEnterprises{std::move(list), *head};
  });
}

Result<void> ScreeningCompanyStore::save_list(const alliance::EnterpriseListChange& change) {
  return database_.run([&](soci::session& session) -> Result<void> {
    for (const Id& id : change.removed) {
      const std::string text = id.text();
      session << "DELETE FROM screening_enterprises WHERE listing_id = :id", use(text);
    }
    for (const auto& item : change.put) {
      const std::string id = item->entry.listing.text();
      session << "INSERT INTO screening_enterprises (listing_id, line) VALUES (:id, :line) "
                 "ON CONFLICT (listing_id) DO UPDATE SET line = excluded.line",
          use(id), use(item->line);
    }
    const std::string head = to_hex(change.to.head.encode()), signature = to_hex(change.to.signature);
    session << "INSERT INTO screening_enterprise_head (id, head, signature) VALUES (1, :head, :signature) "
               "ON CONFLICT (id) DO UPDATE SET head = excluded.head, signature = excluded.signature",
        use(head), use(signature);
    return {};
  });
}

}  // namespace probity::store
