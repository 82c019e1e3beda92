#include "store/delivery_store.h"

#include "copies/json.h"
#include "store/nullable.h"
#include "store/query.h"
#include "store/row.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

constexpr const char* kDeliveryColumns =
    "d.copy_id, d.asset_id, d.party_id, d.project_id, d.issued_ms, d.revoked_ms, d.revoke_reason, d.until_ms, d.views, "
    "d.downloads, d.first_opened_ms, d.last_opened_ms";
// The commitment that opens the gate, as commitments::Gate sees it.
constexpr const char* kCommitment =
    "(SELECT MIN(c.id) FROM commitments c WHERE c.party_id = d.party_id AND c.project_id = d.project_id AND c.state = "
    "'in_force' AND (c.all_assets = 1 OR EXISTS (SELECT 1 FROM commitment_assets s WHERE s.commitment_id = c.id AND "
    "s.asset_id = d.asset_id)) AND NOT EXISTS (SELECT 1 FROM access_holds h WHERE h.party_id = c.party_id OR "
    "h.party_id = "
    "c.organisation_id))";
// Whether a case withholds what the party or its organisation could open.
constexpr const char* kWithheld =
    "(SELECT COUNT(*) FROM access_holds h WHERE h.party_id = d.party_id OR h.party_id IN (SELECT c.organisation_id "
    "FROM "
    "commitments c WHERE c.party_id = d.party_id AND c.project_id = d.project_id AND c.state = 'in_force'))";
constexpr const char* kJoins =
    " FROM deliveries d JOIN assets a ON a.id = d.asset_id JOIN copies k ON k.id = d.copy_id "
    "JOIN recipients r ON r.id = k.recipient_id JOIN projects p ON p.id = d.project_id "
    "JOIN project_assets pa ON pa.asset_id = d.asset_id "
    "LEFT JOIN embargoes e ON e.id = pa.embargo_id ";

struct DeliveryColumns {
  std::string copy, asset, party, project, reason;
  std::int64_t issued = 0, views = 0, downloads = 0;
  Nullable<std::int64_t> revoked, until, first, last;

  auto columns() {
    return std::make_tuple(into(copy), into(asset), into(party), into(project), into(issued), revoked.column(),
                           into(reason), until.column(), into(views), into(downloads), first.column(), last.column());
  }
  copies::Delivery value() const {
    return {read_id(copy),
            read_id(asset),
            read_id(party),
            read_id(project),
            issued,
            revoked.get(),
            reason,
            until.get(),
            static_cast<std::uint64_t>(views),
            static_cast<std::uint64_t>(downloads),
            first.get(),
            last.get()};
  }
};

struct DeliveryRowColumns {
  DeliveryColumns delivery;
  std::string title, media, plan, name, outlet, project, state;
  std::int64_t size = 0, watermark = 0, withheld = 0;
  Nullable<std::int64_t> not_before, embargo;
  Nullable<std::string> zone, commitment;

  auto columns() {
    return std::tuple_cat(delivery.columns(),
                          std::make_tuple(into(title), into(media), into(size), into(plan), into(name), into(outlet),
                                          into(project), into(state), into(watermark), not_before.column(),
                                          embargo.column(), zone.column(), commitment.column(), into(withheld)));
  }
  copies::DeliveryRow value() const {
    copies::DeliveryRow row;
    row.delivery = delivery.value();
    row.asset_title = title;
    row.media_type = media;
    row.size_bytes = static_cast<std::uint64_t>(size);
    const auto cells = read_some(copies::plan_from_json(plan), "a cell plan in the store is not readable");
    row.width_px = cells.width_px;
    row.height_px = cells.height_px;
    row.party_name = name;
    row.organisation_name = outlet;
    row.project_name = project;
    row.offered = state == "offered";
    row.watermark = watermark != 0;
    row.not_before_ms = not_before.get();
    row.embargo_ms = embargo.get();
    row.embargo_zone = zone.get().value_or("");
    row.commitment = read_optional_id(commitment);
    row.withheld = withheld != 0;
    return row;
  }
};

std::string select_rows() {
  return std::string("SELECT ") + kDeliveryColumns +
         ", a.title, a.media_type, a.copy_size_bytes, a.plan, r.name, r.outlet, p.name, pa.state, pa.watermark, "
         "pa.not_before_ms, e.at_ms, e.zone, " +
         kCommitment + ", " + kWithheld + kJoins;
}

const char* order_of(const std::string& sort) {
  if (sort == "party_name") return "r.name";
  if (sort == "asset_title") return "a.title";
  if (sort == "views") return "d.views";
  if (sort == "downloads") return "d.downloads";
  if (sort == "last_opened_at") return "d.last_opened_ms";
  return "d.issued_ms";
}

// As copies::state_of.
void add_state(Conditions& conditions, copies::DeliveryState state, TimeMs now_ms) {
  const std::string over = "(pa.state <> 'offered' OR (d.until_ms IS NOT NULL AND d.until_ms <= :now))";
  const std::string open =
      std::string("(") + kCommitment + " IS NOT NULL AND (pa.not_before_ms IS NULL OR pa.not_before_ms <= :now_too))";
  if (state == copies::DeliveryState::revoked) {
    conditions.add("d.revoked_ms IS NOT NULL");
    return;
  }
  conditions.add("d.revoked_ms IS NULL");
  conditions.add(state == copies::DeliveryState::ended ? over : "NOT " + over, {now_ms});
  if (state == copies::DeliveryState::available) conditions.add(open, {now_ms});
  if (state == copies::DeliveryState::waiting) conditions.add("NOT " + open, {now_ms});
}

Conditions conditions_of(const copies::DeliveryFilter& filter) {
  Conditions conditions;
  if (filter.project) conditions.add("d.project_id = :project", {filter.project->text()});
  if (filter.party) conditions.add("d.party_id = :party", {filter.party->text()});
  if (filter.asset) conditions.add("d.asset_id = :asset", {filter.asset->text()});
  if (!filter.page.search.empty()) {
    const std::string like = like_pattern(filter.page.search);
    conditions.add(
        "(LOWER(r.name) LIKE :name ESCAPE '!' OR LOWER(r.outlet) LIKE :outlet ESCAPE '!' OR LOWER(a.title) "
        "LIKE :title ESCAPE '!' OR d.copy_id LIKE :copy ESCAPE '!')",
        {like, like, like, like});
  }
  if (filter.state) add_state(conditions, *filter.state, filter.now_ms);
  return conditions;
}

}  // namespace

Result<void> DeliveryStore::insert(const copies::Delivery& delivery) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string copy = delivery.copy.text(), asset = delivery.asset.text(), party = delivery.party.text();
    const std::string project = delivery.project.text();
    session << "INSERT INTO deliveries (copy_id, asset_id, party_id, project_id, issued_ms, revoke_reason, views, "
               "downloads) VALUES (:copy, :asset, :party, :project, :issued, '', 0, 0)",
        use(copy), use(asset), use(party), use(project), use(delivery.issued_ms);
    return {};
  });
}

Result<void> DeliveryStore::update(const copies::Delivery& delivery) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string copy = delivery.copy.text();
    Nullable<std::int64_t> revoked(delivery.revoked_ms), until(delivery.until_ms);
    session << "UPDATE deliveries SET revoked_ms = :revoked, revoke_reason = :reason, until_ms = :until "
               "WHERE copy_id = :copy",
        use(revoked.value, revoked.state), use(delivery.revoke_reason), use(until.value, until.state), use(copy);
    return {};
  });
}

Result<std::optional<copies::DeliveryRow>> DeliveryStore::row(const Id& copy) {
  return database_.run([&](soci::session& session) -> Result<std::optional<copies::DeliveryRow>> {
    const std::string text = copy.text();
    return first(fetch_all<DeliveryRowColumns>(session, select_rows() + "WHERE d.copy_id = :copy", use(text)));
  });
}

Result<std::optional<copies::Delivery>> DeliveryStore::delivery_for(const Id& asset, const Id& party) {
  return database_.run([&](soci::session& session) -> Result<std::optional<copies::Delivery>> {
    const std::string asset_text = asset.text(), party_text = party.text();
    return first(fetch_all<DeliveryColumns>(session,
                                            std::string("SELECT ") + kDeliveryColumns +
                                                " FROM deliveries d WHERE d.asset_id = :asset AND d.party_id = :party",
                                            use(asset_text), use(party_text)));
  });
}

Result<Listed<copies::DeliveryRow>> DeliveryStore::rows(const copies::DeliveryFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<copies::DeliveryRow>> {
    const Conditions conditions = conditions_of(filter);
    Listed<copies::DeliveryRow> listed;
    listed.total =
        fetch_bound<CountRow>(session, std::string("SELECT COUNT(*)") + kJoins + conditions.text(), conditions.values())
            .front();
    std::vector<Conditions::Value> values = conditions.values();
    values.emplace_back(static_cast<std::int64_t>(filter.page.limit));
    values.emplace_back(static_cast<std::int64_t>(filter.page.offset));
    const bool descending = filter.page.descending || filter.page.sort.empty();
    listed.items =
        fetch_bound<DeliveryRowColumns>(session,
                                        select_rows() + conditions.text() + " ORDER BY " + order_of(filter.page.sort) +
                                            (descending ? " DESC" : " ASC") + ", d.copy_id LIMIT :limit OFFSET :offset",
                                        values);
    return listed;
  });
}

Result<void> DeliveryStore::count(const Id& copy, copies::OpenKind kind, TimeMs time_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = copy.text();
    const std::string column = kind == copies::OpenKind::view ? "views" : "downloads";
    session << "UPDATE deliveries SET " + column + " = " + column +
                   " + 1, first_opened_ms = COALESCE(first_opened_ms, :first), last_opened_ms = :last "
                   "WHERE copy_id = :copy",
        use(time_ms), use(time_ms), use(text);
    return {};
  });
}

Result<std::vector<Id>> DeliveryStore::parties_in_force(const Id& project) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Id>> {
    const std::string text = project.text();
    std::vector<Id> parties;
    std::string id;
    soci::statement statement =
        (session.prepare << "SELECT DISTINCT c.party_id FROM commitments c WHERE c.project_id = :project AND c.state = "
                            "'in_force' AND NOT EXISTS (SELECT 1 FROM access_holds h WHERE h.party_id = c.party_id OR "
                            "h.party_id = c.organisation_id) ORDER BY c.party_id",
         use(text), into(id));
    statement.execute();
    while (statement.fetch()) parties.push_back(read_id(id));
    return parties;
  });
}

}  // namespace probity::store
