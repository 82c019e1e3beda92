#include "store/screening_batches.h"

#include <filesystem>

#include "store/file.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using screening::PartnerBatch;
using screening::PartnerRow;
using soci::into;
using soci::use;

struct BatchRow {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  PartnerBatch value() const {
    auto batch = screening::parse_batch_record(record);
    if (!batch) throw UnreadableRow("a file of partners is not readable");
    return std::move(*batch);
  }
};

struct RowRow {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  PartnerRow value() const {
    auto row = screening::parse_row_record(record);
    if (!row) throw UnreadableRow("a row of a file of partners is not readable");
    return std::move(*row);
  }
};

}  // namespace

Result<void> ScreeningBatchStore::insert(const PartnerBatch& batch) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = batch.id.text(), state(screening::state_name(batch.state));
    const std::string record = screening::batch_record(batch);
    session << "INSERT INTO screening_batches (id, number, made_ms, state, record) VALUES (:id, :number, :made, "
               ":state, :record)",
        use(id), use(batch.number), use(batch.made_ms), use(state), use(record);
    return {};
  });
}

Result<void> ScreeningBatchStore::update(const PartnerBatch& batch) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = batch.id.text(), state(screening::state_name(batch.state));
    const std::string record = screening::batch_record(batch);
    session << "UPDATE screening_batches SET state = :state, record = :record WHERE id = :id", use(state), use(record),
        use(id);
    return {};
  });
}

Result<std::optional<PartnerBatch>> ScreeningBatchStore::batch(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<PartnerBatch>> {
    const std::string text = id.text();
    return first(fetch_all<BatchRow>(session, "SELECT record FROM screening_batches WHERE id = :id", use(text)));
  });
}

Result<Listed<PartnerBatch>> ScreeningBatchStore::batches(std::uint32_t offset, std::uint32_t limit) {
  return database_.run([&](soci::session& session) -> Result<Listed<PartnerBatch>> {
    const std::int64_t skip = offset, most = limit;
    Listed<PartnerBatch> listed;
    listed.total = fetch_all<CountRow>(session, "SELECT COUNT(*) FROM screening_batches").front();
    listed.items = fetch_all<BatchRow>(
        session, "SELECT record FROM screening_batches ORDER BY made_ms DESC, id DESC LIMIT :most OFFSET :skip",
        use(most), use(skip));
    return listed;
  });
}

Result<void> ScreeningBatchStore::remove_batch(const Id& id) {
  TRY(remove_rows(id));
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM screening_batches WHERE id = :id", use(text);
    return {};
  });
}

Result<void> ScreeningBatchStore::insert_rows(const Id& batch, const std::vector<PartnerRow>& rows) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = batch.text();
    std::int64_t index = 0;
    std::string level, name, record;
    soci::statement statement =
        (session.prepare << "INSERT INTO screening_batch_rows (batch_id, row_index, level, name, record) VALUES (:id, "
                            ":row_index, :level, :name, :record)",
         use(id), use(index), use(level), use(name), use(record));
    for (const PartnerRow& row : rows) {
      index = static_cast<std::int64_t>(row.index);
      level = screening::level_name(row.level);
      name = row.name;
      record = screening::row_record(row);
      statement.execute(true);
    }
    return {};
  });
}

Result<void> ScreeningBatchStore::remove_rows(const Id& batch) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = batch.text();
    session << "DELETE FROM screening_batch_rows WHERE batch_id = :id", use(id);
    return {};
  });
}

Result<Listed<PartnerRow>> ScreeningBatchStore::rows(const Id& batch, const screening::RowFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<PartnerRow>> {
    Conditions conditions;
    conditions.add("batch_id = :id", {batch.text()});
    if (filter.level) conditions.add("level = :level", {std::string(screening::level_name(*filter.level))});
    if (!filter.search.empty()) conditions.add("LOWER(name) LIKE :like ESCAPE '!'", {like_pattern(filter.search)});
    Listed<PartnerRow> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM screening_batch_rows" + conditions.text(),
                                         conditions.values())
                       .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{filter.limit});
    values.emplace_back(std::int64_t{filter.offset});
    listed.items = fetch_bound<RowRow>(session,
                                       "SELECT record FROM screening_batch_rows" + conditions.text() +
                                           " ORDER BY row_index LIMIT :limit OFFSET :offset",
                                       values);
    return listed;
  });
}

Result<std::vector<PartnerRow>> ScreeningBatchStore::rows_after(const Id& batch, std::int64_t index,
                                                                std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<PartnerRow>> {
    const std::string id = batch.text();
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<RowRow>(session,
                             "SELECT record FROM screening_batch_rows WHERE batch_id = :id AND row_index > :after "
                             "ORDER BY row_index LIMIT :most",
                             use(id), use(index), use(most));
  });
}

Result<void> BatchFolder::put(const Id& batch, BytesView bytes) {
  TRY(make_folder(folder_));
  return write_file(path(batch), bytes, {Existing::replace, 0600});
}

Result<Bytes> BatchFolder::get(const Id& batch) { return read_file(path(batch), screening::kMostFileBytes); }

void BatchFolder::remove(const Id& batch) {
  std::error_code ignored;
  std::filesystem::remove(path(batch), ignored);
}

}  // namespace probity::store
