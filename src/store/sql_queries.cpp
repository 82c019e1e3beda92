// The store's reading half. Every query binds its columns to typed variables: SOCI's untyped rows differ by database.
#include "copies/json.h"
#include "store/query.h"
#include "store/row.h"
#include "store/soci.h"
#include "store/sql_store.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

constexpr const char* kSelectAsset =
    "SELECT id, register_sequence, title, file_name, media_type, copy_size_bytes, plan, law, bias_seed, key_salt, "
    "original_blob, tally_blob, tally_digest, reference_blob, stats, created_ms, commitment_salt FROM assets ";
constexpr const char* kSelectRecipient = "SELECT id, name, outlet, email, created_ms FROM recipients ";
constexpr const char* kSelectCopy =
    "SELECT c.id, c.register_sequence, c.asset_id, c.recipient_id, c.seed_commitment, c.recipient_commitment, "
    "c.commitment_salt, c.issued_ms, r.name, r.outlet, r.email, r.created_ms "
    "FROM copies c JOIN recipients r ON r.id = c.recipient_id ";
constexpr const char* kSelectMaking =
    "SELECT register_sequence, copy_id, purpose, operator_name, operator_salt, made_ms FROM makings ";

struct AssetRow {
  std::string id, title, file_name, media_type, plan, bias_seed, key_salt, original, tally, digest, reference, stats,
      salt;
  std::int64_t sequence = 0, size = 0, law = 0, created = 0;

  auto columns() {
    return std::make_tuple(into(id), into(sequence), into(title), into(file_name), into(media_type), into(size),
                           into(plan), into(law), into(bias_seed), into(key_salt), into(original), into(tally),
                           into(digest), into(reference), into(stats), into(created), into(salt));
  }

  copies::Asset value() const {
    copies::Asset asset;
    asset.id = read_id(id);
    asset.register_sequence = static_cast<std::uint64_t>(sequence);
    asset.title = title;
    asset.file_name = file_name;
    asset.media_type = media_type;
    asset.copy_size_bytes = static_cast<std::uint64_t>(size);
    asset.plan = read_some(copies::plan_from_json(plan), "a cell plan in the store is not readable");
    asset.law = read_some(code::law_from_number(static_cast<std::uint8_t>(law)), "an asset has an unknown law");
    asset.bias_seed = read_hash(bias_seed);
    asset.key_salt = read_hash(key_salt);
    asset.original_blob = read_hash(original);
    asset.tally_blob = read_hash(tally);
    asset.tally_digest = read_hash(digest);
    asset.reference_blob = read_hash(reference);
    asset.stats_json = stats;
    asset.created_ms = created;
    asset.commitment_salt = read_hash(salt);
    return asset;
  }
};

struct RecipientRow {
  std::string id, name, outlet, email;
  std::int64_t created = 0;

  auto columns() { return std::make_tuple(into(id), into(name), into(outlet), into(email), into(created)); }
  parties::Recipient value() const { return {read_id(id), {name, outlet, email}, created}; }
};

struct CopyRow {
  std::string id, asset, recipient, seed, person, salt, name, outlet, email;
  std::int64_t sequence = 0, issued = 0, created = 0;

  auto columns() {
    return std::make_tuple(into(id), into(sequence), into(asset), into(recipient), into(seed), into(person), into(salt),
                           into(issued), into(name), into(outlet), into(email), into(created));
  }

  copies::CopyWithRecipient value() const {
    copies::Copy copy;
    copy.id = read_id(id);
    copy.asset_id = read_id(asset);
    copy.recipient_id = read_id(recipient);
    copy.seed_commitment = read_hash(seed);
    copy.recipient_commitment = read_hash(person);
    copy.commitment_salt = read_hash(salt);
    copy.issued_ms = issued;
    copy.register_sequence = static_cast<std::uint64_t>(sequence);
    return {copy, {copy.recipient_id, {name, outlet, email}, created}};
  }
};

struct MakingRow {
  std::string copy, purpose, operator_name, salt;
  std::int64_t sequence = 0, made = 0;

  auto columns() {
    return std::make_tuple(into(sequence), into(copy), into(purpose), into(operator_name), into(salt), into(made));
  }
  copies::Making value() const {
    return {static_cast<std::uint64_t>(sequence),
            read_id(copy),
            read_some(copies::parse_purpose(purpose), "a making has an unknown purpose"),
            operator_name,
            read_hash(salt),
            made};
  }
};

struct EntryRow {
  std::string kind, payload, previous, hash;
  std::int64_t sequence = 0, time = 0;

  auto columns() {
    return std::make_tuple(into(sequence), into(time), into(kind), into(payload), into(previous), into(hash));
  }
  copies::RegisterEntry value() const {
    return {static_cast<std::uint64_t>(sequence),
            time,
            read_some(copies::parse_entry_kind(kind), "an entry of the register has an unknown kind"),
            payload,
            read_hash(previous),
            read_hash(hash)};
  }
};

struct IdRow {
  std::string id;
  auto columns() { return std::make_tuple(into(id)); }
  Id value() const { return read_id(id); }
};

}  // namespace

Result<std::vector<copies::Asset>> SqlStore::assets() {
  return database_->run([&](soci::session& session) -> Result<std::vector<copies::Asset>> {
    return fetch_all<AssetRow>(session, std::string(kSelectAsset) + "ORDER BY register_sequence");
  });
}

Result<std::optional<copies::Asset>> SqlStore::asset(const Id& id) {
  return database_->run([&](soci::session& session) -> Result<std::optional<copies::Asset>> {
    const std::string text = id.text();
    return first(fetch_all<AssetRow>(session, std::string(kSelectAsset) + "WHERE id = :id", use(text)));
  });
}

Result<std::optional<copies::Asset>> SqlStore::asset_by_original(const Hash& original_blob) {
  return database_->run([&](soci::session& session) -> Result<std::optional<copies::Asset>> {
    const std::string hex = to_hex(original_blob);
    return first(fetch_all<AssetRow>(session, std::string(kSelectAsset) + "WHERE original_blob = :blob", use(hex)));
  });
}

Result<std::optional<parties::Recipient>> SqlStore::recipient(const Id& id) {
  return database_->run([&](soci::session& session) -> Result<std::optional<parties::Recipient>> {
    const std::string text = id.text();
    return first(fetch_all<RecipientRow>(session, std::string(kSelectRecipient) + "WHERE id = :id", use(text)));
  });
}

Result<std::optional<parties::Recipient>> SqlStore::recipient_by_key(const std::string& lookup_key) {
  return database_->run([&](soci::session& session) -> Result<std::optional<parties::Recipient>> {
    return first(
        fetch_all<RecipientRow>(session, std::string(kSelectRecipient) + "WHERE lookup_key = :key", use(lookup_key)));
  });
}

Result<std::optional<copies::Copy>> SqlStore::copy(const Id& id) {
  return database_->run([&](soci::session& session) -> Result<std::optional<copies::Copy>> {
    const std::string text = id.text();
    const auto found = first(fetch_all<CopyRow>(session, std::string(kSelectCopy) + "WHERE c.id = :id", use(text)));
    return found ? std::optional(found->copy) : std::nullopt;
  });
}

Result<std::optional<copies::Copy>> SqlStore::copy_for(const Id& asset, const Id& recipient) {
  return database_->run([&](soci::session& session) -> Result<std::optional<copies::Copy>> {
    const std::string asset_text = asset.text(), recipient_text = recipient.text();
    const auto found = first(fetch_all<CopyRow>(
        session, std::string(kSelectCopy) + "WHERE c.asset_id = :asset AND c.recipient_id = :recipient",
        use(asset_text), use(recipient_text)));
    return found ? std::optional(found->copy) : std::nullopt;
  });
}

Result<std::vector<copies::CopyWithRecipient>> SqlStore::copies(const std::optional<Id>& asset) {
  return database_->run([&](soci::session& session) -> Result<std::vector<copies::CopyWithRecipient>> {
    const std::string select(kSelectCopy), order("ORDER BY c.register_sequence");
    if (!asset) return fetch_all<CopyRow>(session, select + order);
    const std::string text = asset->text();
    return fetch_all<CopyRow>(session, select + "WHERE c.asset_id = :asset " + order, use(text));
  });
}

Result<std::vector<Id>> SqlStore::copy_ids(const Id& asset) {
  return database_->run([&](soci::session& session) -> Result<std::vector<Id>> {
    const std::string text = asset.text();
    return fetch_all<IdRow>(session, "SELECT id FROM copies WHERE asset_id = :asset ORDER BY register_sequence",
                            use(text));
  });
}

Result<std::vector<copies::Making>> SqlStore::makings(const Id& copy) {
  return database_->run([&](soci::session& session) -> Result<std::vector<copies::Making>> {
    const std::string text = copy.text();
    return fetch_all<MakingRow>(
        session, std::string(kSelectMaking) + "WHERE copy_id = :copy ORDER BY register_sequence", use(text));
  });
}

Result<copies::RegisterHead> SqlStore::head() {
  return database_->run([&](soci::session& session) -> Result<copies::RegisterHead> {
    std::int64_t sequence = 0;
    std::string hash;
    session << "SELECT sequence, hash FROM register_entries ORDER BY sequence DESC LIMIT 1", into(sequence), into(hash);
    if (sequence == 0) return copies::RegisterHead{};
    return copies::RegisterHead{static_cast<std::uint64_t>(sequence), read_hash(hash)};
  });
}

Result<std::vector<copies::RegisterEntry>> SqlStore::entries(std::uint64_t after_sequence, std::size_t limit) {
  return database_->run([&](soci::session& session) -> Result<std::vector<copies::RegisterEntry>> {
    const auto after = static_cast<std::int64_t>(after_sequence), most = static_cast<std::int64_t>(limit);
    return fetch_all<EntryRow>(session,
                               "SELECT sequence, time_ms, kind, payload, previous_hash, hash FROM register_entries "
                               "WHERE sequence > :after ORDER BY sequence LIMIT :most",
                               use(after), use(most));
  });
}

Result<std::vector<copies::CopyWithRecipient>> SqlStore::copies_between(std::uint64_t first_sequence,
                                                                        std::uint64_t last_sequence) {
  return database_->run([&](soci::session& session) -> Result<std::vector<copies::CopyWithRecipient>> {
    const auto from = static_cast<std::int64_t>(first_sequence), to = static_cast<std::int64_t>(last_sequence);
    return fetch_all<CopyRow>(
        session,
        std::string(kSelectCopy) + "WHERE c.register_sequence BETWEEN :from AND :to ORDER BY c.register_sequence",
        use(from), use(to));
  });
}

Result<std::vector<copies::Making>> SqlStore::makings_between(std::uint64_t first_sequence,
                                                              std::uint64_t last_sequence) {
  return database_->run([&](soci::session& session) -> Result<std::vector<copies::Making>> {
    const auto from = static_cast<std::int64_t>(first_sequence), to = static_cast<std::int64_t>(last_sequence);
    return fetch_all<MakingRow>(
        session,
        std::string(kSelectMaking) + "WHERE register_sequence BETWEEN :from AND :to ORDER BY register_sequence",
        use(from), use(to));
  });
}

Result<copies::StoreReader::Counts> SqlStore::counts() {
  return database_->run([&](soci::session& session) -> Result<Counts> {
    const auto count = [&](const std::string& table) {
      std::int64_t rows = 0;
      session << "SELECT COUNT(*) FROM " + table, into(rows);
      return static_cast<std::uint64_t>(rows);
    };
    return Counts{count("assets"), count("recipients"), count("copies"), count("makings"), count("register_entries")};
  });
}

}  // namespace probity::store
