#include "store/statements_store.h"

#include <nlohmann/json.hpp>

#include "parties/text.h"
#include "statements/json.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;
using statements::Statement;
using Values = std::vector<Conditions::Value>;

constexpr std::size_t kMostSearchText = 90'000;
constexpr const char* kSelect =
    "SELECT id, number, case_id, case_number, project_id, state, chain_id, follows_id, content, drafter_id, "
    "drafter_name, approvals, pdf, pdf_bytes, log_entry, log_index, created_ms, submitted_ms, approved_ms, sealed_ms, "
    "published_ms, withdrawn_reason, waits_for, tombstone_ms, tombstone_grounds, tombstone_reason, tombstone_by, "
    "removal FROM statements";

nlohmann::json read_json(const std::string& text) {
  auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) throw UnreadableRow("a statement in the store is not readable");
  return json;
}

// A statement between its columns and its record, both ways.
struct StatementColumns {
  std::string id, number, case_id, case_number, state, chain, content, drafter_name, approvals, withdrawn_reason,
      waits_for, grounds, reason, buried_by, removal;
  Nullable<std::string> project, follows, drafter, pdf, log_entry;
  Nullable<std::int64_t> log_index, submitted, approved, sealed, published, buried;
  std::int64_t pdf_bytes = 0, created = 0;

  StatementColumns() = default;
  explicit StatementColumns(const Statement& statement)
      : id(statement.id.text()),
        number(statement.number),
        case_id(statement.case_id.text()),
        case_number(statement.case_number),
        state(statements::state_name(statement.state)),
        chain(statement.chain.text()),
        content(statements::content_to_json(statement.content).dump()),
        drafter_name(statement.drafter_name),
        approvals(statements::approvals_to_json(statement.approvals).dump()),
        withdrawn_reason(statement.withdrawn_reason),
        waits_for(statement.waits_for),
        project(nullable_id(statement.project)),
        follows(nullable_id(statement.follows)),
        drafter(nullable_id(statement.drafter)),
        pdf(statement.pdf ? std::optional(to_hex(*statement.pdf)) : std::nullopt),
        log_entry(nullable_id(statement.log_entry)),
        submitted(statement.submitted_ms),
        approved(statement.approved_ms),
        sealed(statement.sealed_ms),
        published(statement.published_ms),
        pdf_bytes(static_cast<std::int64_t>(statement.pdf_bytes)),
        created(statement.created_ms) {
    if (statement.log_index) log_index = Nullable(std::optional(static_cast<std::int64_t>(*statement.log_index)));
    if (statement.removal) removal = statements::removal_to_json(*statement.removal).dump();
    if (!statement.tombstone) return;
    buried = Nullable(std::optional(statement.tombstone->at_ms));
    grounds = statements::grounds_name(statement.tombstone->grounds);
    reason = statement.tombstone->reason;
    buried_by = statement.tombstone->by;
  }

  auto columns() {
    return std::make_tuple(into(id), into(number), into(case_id), into(case_number), project.column(), into(state),
                           into(chain), follows.column(), into(content), drafter.column(), into(drafter_name),
                           into(approvals), pdf.column(), into(pdf_bytes), log_entry.column(), log_index.column(),
                           into(created), submitted.column(), approved.column(), sealed.column(), published.column(),
                           into(withdrawn_reason), into(waits_for), buried.column(), into(grounds), into(reason),
                           into(buried_by), into(removal));
  }

  Statement value() const {
    Statement statement;
    statement.id = read_id(id);
    statement.number = number;
    statement.case_id = read_id(case_id);
    statement.case_number = case_number;
    statement.project = read_optional_id(project);
    statement.state = read_some(statements::parse_state(state), "a statement has an unknown state");
    statement.chain = read_id(chain);
    statement.follows = read_optional_id(follows);
    read_written(statement);
    statement.drafter = read_optional_id(drafter);
    statement.drafter_name = drafter_name;
    if (const auto hash = pdf.get()) statement.pdf = read_hash(*hash);
    statement.pdf_bytes = static_cast<std::uint64_t>(pdf_bytes);
    statement.log_entry = read_optional_id(log_entry);
    if (const auto index = log_index.get()) statement.log_index = static_cast<std::uint64_t>(*index);
    statement.created_ms = created;
    statement.submitted_ms = submitted.get();
    statement.approved_ms = approved.get();
    statement.sealed_ms = sealed.get();
    statement.published_ms = published.get();
    statement.withdrawn_reason = withdrawn_reason;
    statement.waits_for = waits_for;
    if (const auto at_ms = buried.get())
      statement.tombstone = {*at_ms, read_some(statements::parse_grounds(grounds), "a removal has unknown grounds"),
                             reason, buried_by};
    return statement;
  }

 private:
  void read_written(Statement& statement) const {
    try {
      statement.content = statements::content_from_json(read_json(content));
      statement.approvals = statements::approvals_from_json(read_json(approvals));
      if (!removal.empty()) statement.removal = statements::removal_from_json(read_json(removal));
    } catch (const nlohmann::json::exception&) {
      throw UnreadableRow("a statement in the store is not readable");
    }
  }
};

struct IdColumn {
  std::string id;
  auto columns() { return std::make_tuple(into(id)); }
  Id value() const { return read_id(id); }
};

std::string search_text(const Statement& statement) {
  const auto& texts = statement.content.texts;
  std::string text = parties::fold_for_lookup(statement.number + '\n' + statement.case_number + '\n' + texts.en.title +
                                              '\n' + texts.zh.title);
  return text.substr(0, std::min(text.size(), kMostSearchText));
}

Result<std::string> order_of(const ListQuery& query) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {
      {"number", "number"},     {"state", "state"},      {"created_at", "created_ms"}, {"published_at", "published_ms"},
      {"title_en", "title_en"}, {"title_zh", "title_zh"}};
  if (query.sort.empty()) return std::string(" ORDER BY created_ms DESC, id");
  for (const auto& [field, column] : kOrders)
    if (query.sort == field)
      return std::string(" ORDER BY ") + column + (query.descending ? " DESC" : "") + ", created_ms, id";
  return fail(ErrorCode::invalid_argument, "statements cannot be sorted by that",
              "sort by number, state, created_at, published_at, title_en or title_zh");
}

Listed<Statement> page_of(soci::session& session, const Conditions& where, const std::string& order,
                          const ListQuery& query) {
  Listed<Statement> listed;
  listed.total =
      fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM statements" + where.text(), where.values()).front();
  Values values = where.values();
  values.emplace_back(std::int64_t{query.limit});
  values.emplace_back(std::int64_t{query.offset});
  listed.items =
      fetch_bound<StatementColumns>(session, kSelect + where.text() + order + " LIMIT :limit OFFSET :offset", values);
  return listed;
}

}  // namespace

Result<std::uint32_t> SqlStatementStore::next_ordinal(int year) {
  return database_.run([&](soci::session& session) -> Result<std::uint32_t> {
    const std::int64_t which = year;
    std::int64_t last = 0;
    session << "INSERT INTO statement_numbers (year, last) VALUES (:year, 1) "
               "ON CONFLICT (year) DO UPDATE SET last = statement_numbers.last + 1 RETURNING last",
        use(which), into(last);
    return static_cast<std::uint32_t>(last);
  });
}

Result<void> SqlStatementStore::insert(const Statement& statement) {
  return database_.run([&](soci::session& session) -> Result<void> {
    StatementColumns row(statement);
    const std::string search = search_text(statement);
    const auto& texts = statement.content.texts;
    session << "INSERT INTO statements (id, number, case_id, case_number, project_id, state, chain_id, follows_id, "
               "content, title_en, title_zh, search_text, drafter_id, drafter_name, approvals, pdf, pdf_bytes, "
               "log_entry, log_index, created_ms, submitted_ms, approved_ms, sealed_ms, published_ms, "
               "withdrawn_reason, waits_for, tombstone_ms, tombstone_grounds, tombstone_reason, tombstone_by, removal) "
               "VALUES "
               "(:a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, :l, :m, :n, :o, :p, :q, :r, :s, :t, :u, :v, :w, :x, :y, "
               ":z, :aa, :ab, :ac, :ad, :ae)",
        use(row.id), use(row.number), use(row.case_id), use(row.case_number), use(row.project.value, row.project.state),
        use(row.state), use(row.chain), use(row.follows.value, row.follows.state), use(row.content),
        use(texts.en.title), use(texts.zh.title), use(search), use(row.drafter.value, row.drafter.state),
        use(row.drafter_name), use(row.approvals), use(row.pdf.value, row.pdf.state), use(row.pdf_bytes),
        use(row.log_entry.value, row.log_entry.state), use(row.log_index.value, row.log_index.state), use(row.created),
        use(row.submitted.value, row.submitted.state), use(row.approved.value, row.approved.state),
        use(row.sealed.value, row.sealed.state), use(row.published.value, row.published.state),
        use(row.withdrawn_reason), use(row.waits_for), use(row.buried.value, row.buried.state), use(row.grounds),
        use(row.reason), use(row.buried_by), use(row.removal);
    return {};
  });
}

Result<void> SqlStatementStore::update(const Statement& statement) {
  return database_.run([&](soci::session& session) -> Result<void> {
    StatementColumns row(statement);
    const std::string search = search_text(statement);
    const auto& texts = statement.content.texts;
    session << "UPDATE statements SET state = :a, content = :b, title_en = :c, title_zh = :d, search_text = :e, "
               "approvals = :f, pdf = :g, pdf_bytes = :h, log_entry = :i, log_index = :j, submitted_ms = :k, "
               "approved_ms = :l, sealed_ms = :m, published_ms = :n, withdrawn_reason = :o, waits_for = :p, "
               "tombstone_ms = :q, tombstone_grounds = :r, tombstone_reason = :s, tombstone_by = :t, removal = :u "
               "WHERE id = :v",
        use(row.state), use(row.content), use(texts.en.title), use(texts.zh.title), use(search), use(row.approvals),
        use(row.pdf.value, row.pdf.state), use(row.pdf_bytes), use(row.log_entry.value, row.log_entry.state),
        use(row.log_index.value, row.log_index.state), use(row.submitted.value, row.submitted.state),
        use(row.approved.value, row.approved.state), use(row.sealed.value, row.sealed.state),
        use(row.published.value, row.published.state), use(row.withdrawn_reason), use(row.waits_for),
        use(row.buried.value, row.buried.state), use(row.grounds), use(row.reason), use(row.buried_by),
        use(row.removal), use(row.id);
    return {};
  });
}

Result<std::optional<Statement>> SqlStatementStore::find(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Statement>> {
    return first(fetch_bound<StatementColumns>(session, std::string(kSelect) + " WHERE id = :id", {id.text()}));
  });
}

Result<std::optional<Statement>> SqlStatementStore::find_by_pdf(const Hash& pdf) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Statement>> {
    return first(fetch_bound<StatementColumns>(session, std::string(kSelect) + " WHERE pdf = :pdf", {to_hex(pdf)}));
  });
}

Result<Listed<Statement>> SqlStatementStore::list(const statements::StatementFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.query));
  return database_.run([&](soci::session& session) -> Result<Listed<Statement>> {
    Conditions where;
    if (filter.state) where.add("state = :state", {std::string(statements::state_name(*filter.state))});
    if (filter.case_id) where.add("case_id = :case", {filter.case_id->text()});
    if (!filter.query.search.empty())
      where.add("search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.query.search))});
    return page_of(session, where, order, filter.query);
  });
}

Result<Listed<Statement>> SqlStatementStore::list_public(const ListQuery& query) {
  return database_.run([&](soci::session& session) -> Result<Listed<Statement>> {
    Conditions where;
    where.add("state IN ('published', 'tombstoned')");
    return page_of(session, where, " ORDER BY published_ms DESC, id", query);
  });
}

Result<std::vector<Statement>> SqlStatementStore::chain(const Id& chain) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Statement>> {
    return fetch_bound<StatementColumns>(
        session, std::string(kSelect) + " WHERE chain_id = :chain ORDER BY created_ms, number", {chain.text()});
  });
}

Result<std::vector<Id>> SqlStatementStore::sealing(std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Id>> {
    return fetch_bound<IdColumn>(session,
                                 "SELECT id FROM statements WHERE state = 'sealing' ORDER BY created_ms LIMIT :limit",
                                 {static_cast<std::int64_t>(limit)});
  });
}

}  // namespace probity::store
