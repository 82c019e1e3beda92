#include "store/projects_store.h"

#include <algorithm>

#include "parties/text.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using projects::Embargo;
using projects::PersonInCharge;
using projects::Project;
using projects::ProjectAsset;
using projects::ProjectRow;
using soci::into;
using soci::use;
using Values = std::vector<Conditions::Value>;

constexpr const char* kColumns = "p.id, p.name, p.description, p.state, p.sample, p.created_ms";
// Every count has an index that begins with project_id.
constexpr const char* kCounts =
    ", (SELECT COUNT(*) FROM project_assets a WHERE a.project_id = p.id)"
    ", (SELECT COUNT(*) FROM commitments c WHERE c.project_id = p.id AND c.state <> 'replaced')"
    ", (SELECT COUNT(*) FROM commitments c WHERE c.project_id = p.id AND c.state = 'in_force')"
    ", (SELECT COUNT(*) FROM commitments c WHERE c.project_id = p.id AND c.state IN ('sent', 'opened', 'signed'))"
    ", (SELECT COUNT(*) FROM commitments c WHERE c.project_id = p.id AND c.state = 'declined')"
    ", (SELECT COUNT(*) FROM deliveries d WHERE d.project_id = p.id)"
    ", (SELECT COUNT(*) FROM deliveries d WHERE d.project_id = p.id AND d.first_opened_ms IS NOT NULL)"
    ", (SELECT COUNT(*) FROM slips s WHERE s.project_id = p.id)";
constexpr const char* kAssetColumns =
    "SELECT asset_id, project_id, watermark, embargo_id, not_before_ms, state, attached_ms FROM project_assets";

struct ProjectColumns {
  std::string id, name, description, state;
  std::int64_t sample = 0, created = 0;

  auto columns() {
    return std::make_tuple(into(id), into(name), into(description), into(state), into(sample), into(created));
  }
  Project value() const {
    Project project;
    project.id = read_id(id);
    project.name = name;
    project.description = description;
    project.state = read_some(projects::parse_project_state(state), "a project has an unknown state");
    project.sample = sample != 0;
    project.created_ms = created;
    return project;
  }
};

struct RowColumns {
  ProjectColumns project;
  std::int64_t counts[8] = {};

  auto columns() {
    return std::tuple_cat(project.columns(),
                          std::make_tuple(into(counts[0]), into(counts[1]), into(counts[2]), into(counts[3]),
                                          into(counts[4]), into(counts[5]), into(counts[6]), into(counts[7])));
  }
  ProjectRow value() const {
    const auto count = [&](int index) { return static_cast<std::uint64_t>(counts[index]); };
    ProjectRow row;
    row.project = project.value();
    row.counts = {count(0), count(1), count(2), count(3), count(4), count(5), count(6), count(7)};
    return row;
  }
};

struct EmbargoColumns {
  std::string id, project, label, zone;
  std::int64_t at = 0;
  auto columns() { return std::make_tuple(into(id), into(project), into(label), into(at), into(zone)); }
  std::pair<Id, Embargo> value() const { return {read_id(project), {read_id(id), label, at, zone}}; }
};

struct PersonColumns {
  std::string id, name, email, locale;
  auto columns() { return std::make_tuple(into(id), into(name), into(email), into(locale)); }
  PersonInCharge value() const { return {read_id(id), name, email, locale}; }
};

struct AssetColumns {
  std::string asset, project, state;
  Nullable<std::string> embargo;
  Nullable<std::int64_t> not_before;
  std::int64_t watermark = 0, attached = 0;
  auto columns() {
    return std::make_tuple(into(asset), into(project), into(watermark), embargo.column(), not_before.column(),
                           into(state), into(attached));
  }
  ProjectAsset value() const {
    return {read_id(asset),   read_id(project),
            watermark != 0,   read_optional_id(embargo),
            not_before.get(), read_some(projects::parse_asset_state(state), "an asset's place has an unknown state"),
            attached};
  }
};

std::vector<Embargo> embargoes_of(soci::session& session, const Id& project) {
  std::vector<Embargo> embargoes;
  for (auto& [id, embargo] : fetch_bound<EmbargoColumns>(
           session,
           "SELECT id, project_id, label, at_ms, zone FROM embargoes WHERE project_id = :project ORDER BY at_ms, id",
           {project.text()}))
    embargoes.push_back(std::move(embargo));
  return embargoes;
}

std::vector<PersonInCharge> people_of(soci::session& session, const Id& project) {
  return fetch_bound<PersonColumns>(session,
                                    "SELECT a.id, a.name, a.email, a.locale FROM project_people q JOIN accounts a ON "
                                    "a.id = q.account_id WHERE q.project_id = :project ORDER BY q.position",
                                    {project.text()});
}

void complete(soci::session& session, ProjectRow& row) {
  row.project.embargoes = embargoes_of(session, row.project.id);
  row.people = people_of(session, row.project.id);
  for (const PersonInCharge& person : row.people) row.project.people.push_back(person.account);
}

std::string search_text(const Project& project) {
  return parties::fold_for_lookup(project.name + '\n' + project.description);
}

// People and embargoes of a project, which its own row does not hold.
void write_parts(soci::session& session, const Project& project) {
  const std::string id = project.id.text();
  session << "DELETE FROM project_people WHERE project_id = :id", use(id);
  std::int64_t position = 0;
  for (const Id& person : project.people) {
    const std::string account = person.text();
    session << "INSERT INTO project_people (project_id, position, account_id) VALUES (:id, :position, :account)",
        use(id), use(position), use(account);
    ++position;
  }
  for (const Embargo& old : embargoes_of(session, project.id)) {
    if (std::ranges::find(project.embargoes, old.id, &Embargo::id) != project.embargoes.end()) continue;
    const std::string gone = old.id.text();
    session << "DELETE FROM embargoes WHERE id = :id", use(gone);
  }
  for (const Embargo& embargo : project.embargoes) {
    const std::string embargo_id = embargo.id.text();
    session << "INSERT INTO embargoes (id, project_id, label, at_ms, zone) VALUES (:id, :project, :label, :at, :zone) "
               "ON CONFLICT (id) DO UPDATE SET label = excluded.label, at_ms = excluded.at_ms, zone = excluded.zone",
        use(embargo_id), use(id), use(embargo.label), use(embargo.at_ms), use(embargo.zone);
  }
}

Result<std::string> order_of(const ListQuery& page) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {
      {"name", "p.sort_name"}, {"created_at", "p.created_ms"}, {"state", "p.state"}};
  if (page.sort.empty()) return std::string(" ORDER BY p.created_ms DESC, p.id");
  for (const auto& [field, column] : kOrders)
    if (page.sort == field)
      return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", p.sort_name, p.id";
  return fail(ErrorCode::invalid_argument, "projects cannot be sorted by that", "sort by name, created_at or state");
}

}  // namespace

Result<void> SqlProjectStore::insert(const Project& project) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = project.id.text(), state(projects::project_state_name(project.state));
    const std::string sort_name = parties::fold_for_lookup(project.name), search = search_text(project);
    const std::int64_t sample = project.sample ? 1 : 0;
    session << "INSERT INTO projects (id, name, description, state, sample, sort_name, search_text, created_ms) VALUES "
               "(:id, :name, :description, :state, :sample, :sort, :search, :created)",
        use(id), use(project.name), use(project.description), use(state), use(sample), use(sort_name), use(search),
        use(project.created_ms);
    write_parts(session, project);
    return {};
  });
}

Result<void> SqlProjectStore::update(const Project& project) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = project.id.text(), state(projects::project_state_name(project.state));
    const std::string sort_name = parties::fold_for_lookup(project.name), search = search_text(project);
    session << "UPDATE projects SET name = :name, description = :description, state = :state, sort_name = :sort, "
               "search_text = :search WHERE id = :id",
        use(project.name), use(project.description), use(state), use(sort_name), use(search), use(id);
    write_parts(session, project);
    return {};
  });
}

Result<std::optional<Project>> SqlProjectStore::project(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Project>> {
    auto project = first(fetch_bound<ProjectColumns>(
        session, std::string("SELECT ") + kColumns + " FROM projects p WHERE p.id = :id", {id.text()}));
    if (!project) return project;
    project->embargoes = embargoes_of(session, id);
    for (const PersonInCharge& person : people_of(session, id)) project->people.push_back(person.account);
    return project;
  });
}

Result<std::optional<ProjectRow>> SqlProjectStore::row(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<ProjectRow>> {
    auto row = first(fetch_bound<RowColumns>(
        session, std::string("SELECT ") + kColumns + kCounts + " FROM projects p WHERE p.id = :id", {id.text()}));
    if (row) complete(session, *row);
    return row;
  });
}

Result<Listed<ProjectRow>> SqlProjectStore::list(const projects::ProjectFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<ProjectRow>> {
    Conditions where;
    if (filter.state) where.add("p.state = :state", {std::string(projects::project_state_name(*filter.state))});
    if (!filter.page.search.empty())
      where.add("p.search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.page.search))});
    Listed<ProjectRow> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM projects p" + where.text(), where.values()).front();
    Values values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<RowColumns>(session,
                                           std::string("SELECT ") + kColumns + kCounts + " FROM projects p" +
                                               where.text() + order + " LIMIT :limit OFFSET :offset",
                                           values);
    for (ProjectRow& row : listed.items) complete(session, row);
    return listed;
  });
}

Result<std::vector<PersonInCharge>> SqlProjectStore::people(const std::vector<Id>& accounts) {
  return database_.run([&](soci::session& session) -> Result<std::vector<PersonInCharge>> {
    std::vector<PersonInCharge> found;
    for (const Id& account : accounts)
      for (auto& person : fetch_bound<PersonColumns>(
               session, "SELECT id, name, email, locale FROM accounts WHERE id = :id", {account.text()}))
        found.push_back(std::move(person));
    return found;
  });
}

Result<std::vector<std::pair<Id, Embargo>>> SqlProjectStore::embargoes_between(TimeMs from_ms, TimeMs to_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<std::pair<Id, Embargo>>> {
    return fetch_bound<EmbargoColumns>(
        session,
        "SELECT e.id, e.project_id, e.label, e.at_ms, e.zone FROM embargoes e JOIN projects p ON p.id = e.project_id "
        "WHERE p.state = 'open' AND e.at_ms >= :from AND e.at_ms <= :to ORDER BY e.at_ms, e.id",
        {from_ms, to_ms});
  });
}

Result<void> SqlProjectStore::insert(const ProjectAsset& place) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string asset = place.asset.text(), project = place.project.text();
    const std::string state(projects::asset_state_name(place.state));
    auto embargo = nullable_id(place.embargo);
    Nullable<std::int64_t> not_before(place.not_before_ms);
    const std::int64_t watermark = place.watermark ? 1 : 0;
    session << "INSERT INTO project_assets (asset_id, project_id, watermark, embargo_id, not_before_ms, state, "
               "attached_ms) VALUES (:asset, :project, :watermark, :embargo, :not_before, :state, :attached)",
        use(asset), use(project), use(watermark), use(embargo.value, embargo.state),
        use(not_before.value, not_before.state), use(state), use(place.attached_ms);
    return {};
  });
}

Result<void> SqlProjectStore::update(const ProjectAsset& place) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string asset = place.asset.text(), state(projects::asset_state_name(place.state));
    auto embargo = nullable_id(place.embargo);
    const std::int64_t watermark = place.watermark ? 1 : 0;
    Nullable<std::int64_t> not_before(place.not_before_ms);
    session << "UPDATE project_assets SET watermark = :watermark, embargo_id = :embargo, not_before_ms = :not_before, "
               "state = :state WHERE asset_id = :asset",
        use(watermark), use(embargo.value, embargo.state), use(not_before.value, not_before.state), use(state),
        use(asset);
    return {};
  });
}

Result<std::optional<ProjectAsset>> SqlProjectStore::asset(const Id& asset) {
  return database_.run([&](soci::session& session) -> Result<std::optional<ProjectAsset>> {
    return first(
        fetch_bound<AssetColumns>(session, std::string(kAssetColumns) + " WHERE asset_id = :asset", {asset.text()}));
  });
}

Result<std::vector<ProjectAsset>> SqlProjectStore::assets(const Id& project) {
  return database_.run([&](soci::session& session) -> Result<std::vector<ProjectAsset>> {
    return fetch_bound<AssetColumns>(
        session, std::string(kAssetColumns) + " WHERE project_id = :project ORDER BY attached_ms DESC, asset_id",
        {project.text()});
  });
}

}  // namespace probity::store
