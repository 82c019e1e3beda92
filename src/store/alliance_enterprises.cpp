#include "store/alliance_enterprises.h"

#include "store/alliance_rows.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

struct EntryRow {
  std::string record, filer_name;
  auto columns() { return std::make_tuple(into(record), into(filer_name)); }
  alliance::EnterpriseEntry value() const {
    const auto listing = alliance::parse_listing_record(record);
    if (!listing || !listing->enterprise) throw UnreadableRow("a company's listing is not readable");
    return alliance::enterprise_entry(*listing, filer_name);
  }
};

struct EnterpriseHeadRow {
  std::string head, signature;
  auto columns() { return std::make_tuple(into(head), into(signature)); }
  alliance::SignedEnterpriseHead value() const {
    const auto bytes = from_hex(head);
    const auto parsed = bytes ? alliance::EnterpriseListHead::parse(*bytes) : tl::unexpected<Error>(bytes.error());
    if (!parsed) throw UnreadableRow("a head of the list of enterprises is not readable");
    return {*parsed, read_bytes<oprf::kSignatureBytes>(signature)};
  }
};

}  // namespace

Result<std::vector<alliance::EnterpriseEntry>> AllianceEnterpriseStore::findable_enterprises() {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::EnterpriseEntry>> {
    const std::int64_t epoch = alliance::kOpenEpoch;
    return fetch_all<EntryRow>(session,
                               "SELECT l.record, m.name FROM alliance_listings l JOIN alliance_members m ON "
                               "m.id = l.filer_id WHERE l.epoch = :epoch AND l.findable = 1",
                               use(epoch));
  });
}

Result<void> AllianceEnterpriseStore::insert(const alliance::SignedEnterpriseHead& head) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::int64_t version = head.head.version;
    const std::string text = to_hex(head.head.encode()), signature = to_hex(head.signature);
    session << "INSERT INTO alliance_enterprise_heads (version, head, signature) VALUES (:version, :head, :signature)",
        use(version), use(text), use(signature);
    return {};
  });
}

Result<std::optional<alliance::SignedEnterpriseHead>> AllianceEnterpriseStore::last_enterprise_head() {
  return database_.run([&](soci::session& session) -> Result<std::optional<alliance::SignedEnterpriseHead>> {
    return first(fetch_all<EnterpriseHeadRow>(
        session, "SELECT head, signature FROM alliance_enterprise_heads ORDER BY version DESC LIMIT 1"));
  });
}

}  // namespace probity::store
