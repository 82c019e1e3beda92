#include "store/sql_store.h"

#include <nlohmann/json.hpp>

#include "copies/json.h"
#include "store/row.h"
#include "store/soci.h"

namespace probity::store {
namespace {

using soci::use;

std::int64_t sql_integer(std::uint64_t value) { return static_cast<std::int64_t>(value); }

}  // namespace

Result<std::unique_ptr<SqlStore>> SqlStore::open_sqlite(const std::string& path) {
  TRY_ASSIGN(auto database, Database::open_sqlite(path));
  auto store = std::make_unique<SqlStore>(*database);
  store->owned_ = std::move(database);
  return store;
}

Result<void> SqlStore::write(const std::function<Result<void>(copies::StoreWriter&)>& work) {
  return database_->write([&] { return work(*this); });
}

Result<void> SqlStore::read(const std::function<Result<void>(copies::StoreReader&)>& work) {
  return database_->read([&] { return work(*this); });
}

Result<void> SqlStore::insert(const parties::Recipient& recipient) {
  return database_->run([&](soci::session& session) -> Result<void> {
    const std::string id = recipient.id.text(), key = recipient.details.lookup_key();
    session << "INSERT INTO recipients (id, name, outlet, email, lookup_key, created_ms) "
               "VALUES (:id, :name, :outlet, :email, :key, :created)",
        use(id), use(recipient.details.name), use(recipient.details.outlet), use(recipient.details.email), use(key),
        use(recipient.created_ms);
    return {};
  });
}

Result<void> SqlStore::insert(const copies::Asset& asset) {
  return database_->run([&](soci::session& session) -> Result<void> {
    const std::string id = asset.id.text(), plan = copies::plan_to_json(asset.plan).dump();
    const std::string bias_seed = to_hex(asset.bias_seed), key_salt = to_hex(asset.key_salt);
    const std::string original = to_hex(asset.original_blob), reference = to_hex(asset.reference_blob);
    const std::string tally = to_hex(asset.tally_blob), digest = to_hex(asset.tally_digest);
    const std::string salt = to_hex(asset.commitment_salt);
    const std::int64_t sequence = sql_integer(asset.register_sequence), size = sql_integer(asset.copy_size_bytes);
    const auto law = static_cast<std::int64_t>(asset.law);
    session << "INSERT INTO assets (id, register_sequence, title, file_name, media_type, copy_size_bytes, plan, law, "
               "bias_seed, key_salt, original_blob, tally_blob, tally_digest, reference_blob, stats, created_ms, "
               "commitment_salt) VALUES (:id, :sequence, :title, :file, :media, :size, :plan, :law, :bias, :key, "
               ":original, :tally, :digest, :reference, :stats, :created, :salt)",
        use(id), use(sequence), use(asset.title), use(asset.file_name), use(asset.media_type), use(size), use(plan),
        use(law), use(bias_seed), use(key_salt), use(original), use(tally), use(digest), use(reference),
        use(asset.stats_json), use(asset.created_ms), use(salt);
    return {};
  });
}

Result<void> SqlStore::insert(const copies::Copy& copy) {
  return database_->run([&](soci::session& session) -> Result<void> {
    const std::string id = copy.id.text(), asset = copy.asset_id.text(), recipient = copy.recipient_id.text();
    const std::string seed = to_hex(copy.seed_commitment), person = to_hex(copy.recipient_commitment);
    const std::string salt = to_hex(copy.commitment_salt);
    const std::int64_t sequence = sql_integer(copy.register_sequence);
    session << "INSERT INTO copies (id, register_sequence, asset_id, recipient_id, seed_commitment, "
               "recipient_commitment, commitment_salt, issued_ms) "
               "VALUES (:id, :sequence, :asset, :recipient, :seed, :person, :salt, :issued)",
        use(id), use(sequence), use(asset), use(recipient), use(seed), use(person), use(salt), use(copy.issued_ms);
    return {};
  });
}

Result<void> SqlStore::insert(const copies::Making& making) {
  return database_->run([&](soci::session& session) -> Result<void> {
    const std::string copy = making.copy_id.text(), purpose(copies::purpose_name(making.purpose));
    const std::string salt = to_hex(making.operator_salt);
    const std::int64_t sequence = sql_integer(making.register_sequence);
    session << "INSERT INTO makings (register_sequence, copy_id, purpose, operator_name, operator_salt, made_ms) "
               "VALUES (:sequence, :copy, :purpose, :operator, :salt, :made)",
        use(sequence), use(copy), use(purpose), use(making.operator_name), use(salt), use(making.made_ms);
    return {};
  });
}

Result<void> SqlStore::insert(const copies::RegisterEntry& entry) {
  return database_->run([&](soci::session& session) -> Result<void> {
    const std::string kind(copies::entry_kind_name(entry.kind));
    const std::string previous = to_hex(entry.previous), hash = to_hex(entry.hash);
    const std::int64_t sequence = sql_integer(entry.sequence);
    session << "INSERT INTO register_entries (sequence, time_ms, kind, payload, previous_hash, hash) "
               "VALUES (:sequence, :time, :kind, :payload, :previous, :hash)",
        use(sequence), use(entry.time_ms), use(kind), use(entry.payload), use(previous), use(hash);
    return {};
  });
}

}  // namespace probity::store
