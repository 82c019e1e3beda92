#include "store/paperwork_store.h"

#include <filesystem>

#include "store/alliance_rows.h"
#include "store/file.h"

namespace probity::store {
namespace {

using alliance::FiledPaper;
using alliance::Party;
using soci::into;
using soci::use;

Party::Role read_role(const std::string& name) {
  for (const auto role : {Party::Role::filer, Party::Role::ombudsman, Party::Role::subject, Party::Role::hub})
    if (alliance::role_name(role) == name) return role;
  throw UnreadableRow("a paper comes from an unknown party");
}

struct PaperRow {
  static constexpr const char* kSelect =
      "SELECT id, listing_id, from_role, from_member, from_account, reader_id, kind, commitment, sealed_bytes, "
      "filed_ms FROM alliance_papers ";
  std::string id, listing, role, member, account, reader, kind, commitment;
  std::int64_t size = 0, filed_ms = 0;
  auto columns() {
    return std::make_tuple(into(id), into(listing), into(role), into(member), into(account), into(reader), into(kind),
                           into(commitment), into(size), into(filed_ms));
  }
  FiledPaper value() const {
    return {read_id(id),
            read_id(listing),
            {read_role(role), read_id(member), read_id(account)},
            read_id(reader),
            read_some(alliance::parse_paper_kind(kind), "a paper of an unknown kind"),
            read_hash(commitment),
            static_cast<std::uint64_t>(size),
            filed_ms};
  }
};

struct IdRow {
  std::string id;
  auto columns() { return std::make_tuple(into(id)); }
  Id value() const { return read_id(id); }
};

struct LookerRow {
  std::string member;
  std::int64_t last_ms = 0, times = 0;
  auto columns() { return std::make_tuple(into(member), into(last_ms), into(times)); }
  alliance::Looker value() const { return {member, last_ms, static_cast<std::uint64_t>(times)}; }
};

}  // namespace

Result<void> PaperworkStore::insert(const FiledPaper& paper, BytesView sealed) {
  TRY(make_folder(folder_));
  TRY(write_file(path(paper.id), sealed, {Existing::keep, 0600}));
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = paper.id.text(), listing = paper.listing.text(), reader = paper.reader.text();
    const std::string role(alliance::role_name(paper.from.role)), kind(alliance::paper_kind_name(paper.kind));
    const std::string member = paper.from.member.text(), account = paper.from.account.text();
    const std::string commitment = to_hex(paper.commitment);
    const auto size = static_cast<std::int64_t>(paper.sealed_bytes);
    session << "INSERT INTO alliance_papers (id, listing_id, from_role, from_member, from_account, reader_id, kind, "
               "commitment, sealed_bytes, filed_ms) VALUES (:id, :listing, :role, :member, :account, :reader, :kind, "
               ":commitment, :size, :filed)",
        use(id), use(listing), use(role), use(member), use(account), use(reader), use(kind), use(commitment), use(size),
        use(paper.filed_ms);
    return {};
  });
}

Result<std::optional<FiledPaper>> PaperworkStore::paper(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<FiledPaper>> {
    return first(fetch_bound<PaperRow>(session, std::string(PaperRow::kSelect) + "WHERE id = :id", {id.text()}));
  });
}

Result<Bytes> PaperworkStore::sealed(const Id& id) { return read_file(path(id), alliance::kMostSealedPaperBytes); }

Result<std::vector<FiledPaper>> PaperworkStore::papers_of(const Id& listing) {
  return database_.run([&](soci::session& session) -> Result<std::vector<FiledPaper>> {
    return fetch_bound<PaperRow>(session,
                                 std::string(PaperRow::kSelect) + "WHERE listing_id = :listing ORDER BY filed_ms, id",
                                 {listing.text()});
  });
}

Result<std::vector<FiledPaper>> PaperworkStore::papers_for(const Id& reader, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<FiledPaper>> {
    return fetch_bound<PaperRow>(
        session, std::string(PaperRow::kSelect) + "WHERE reader_id = :reader ORDER BY filed_ms DESC, id LIMIT :most",
        {reader.text(), static_cast<std::int64_t>(limit)});
  });
}

Result<std::vector<Id>> PaperworkStore::outlived(std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Id>> {
    return fetch_bound<IdRow>(session,
                              "SELECT p.id FROM alliance_papers p JOIN alliance_listings l ON l.id = p.listing_id "
                              "WHERE l.state IN ('expired', 'withdrawn', 'overturned', 'refused') "
                              "AND p.from_role <> 'ombudsman' ORDER BY p.id LIMIT :most",
                              {static_cast<std::int64_t>(limit)});
  });
}

Result<void> PaperworkStore::remove(const Id& id) {
  TRY(database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM alliance_papers WHERE id = :id", use(text);
    return {};
  }));
  std::error_code error;
  std::filesystem::remove(path(id), error);
  return {};
}

Result<std::vector<alliance::Listing>> PaperworkStore::for_ombudsman(std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<alliance::Listing>> {
    // Open appeals stand in the record only; everything else that may wait is in one of the early states.
    return fetch_bound<ListingRow>(session,
                                   "SELECT record FROM alliance_listings WHERE state IN ('draft', 'awaiting_notice') "
                                   "OR (state IN ('notified', 'active') AND (record LIKE '%\"stage\":\"at_%' OR record "
                                   "NOT LIKE '%\"act_by_ms\":null%')) ORDER BY created_ms DESC, id LIMIT :most",
                                   {static_cast<std::int64_t>(limit)});
  });
}

Result<alliance::PlaceView> PaperworkStore::place(oprf::Epoch epoch, int bits, oprf::Prefix prefix, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<alliance::PlaceView> {
    const int rest = oprf::kMostPrefixBits - bits;
    const std::int64_t first = std::int64_t{prefix} << rest, last = first + (std::int64_t{1} << rest) - 1;
    alliance::PlaceView view;
    view.listings = fetch_bound<ListingRow>(
        session,
        "SELECT record FROM alliance_listings WHERE epoch = :epoch AND prefix28 >= :first AND prefix28 <= :last AND "
        "state IN ('awaiting_notice', 'notified', 'active') ORDER BY created_ms, id",
        {std::int64_t{epoch}, first, last});
    view.lookers = fetch_bound<LookerRow>(
        session,
        "SELECT m.name, MAX(f.time_ms), COUNT(*) FROM alliance_fetches f JOIN alliance_members m ON m.id = f.member_id "
        "WHERE f.epoch = :epoch AND f.first28 <= :last AND f.last28 >= :first AND f.time_ms >= :since GROUP BY m.name "
        "ORDER BY m.name",
        {std::int64_t{epoch}, last, first, since_ms});
    return view;
  });
}

}  // namespace probity::store
