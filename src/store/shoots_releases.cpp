#include "parties/text.h"
#include "shoots/json.h"
#include "store/nullable.h"
#include "store/query.h"
#include "store/shoots_store.h"

namespace probity::store {
namespace {

using shoots::FootageSearch;
using shoots::Release;
using soci::into;
using soci::use;
using Values = std::vector<Conditions::Value>;

constexpr const char* kReleaseColumns =
    "SELECT id, project_id, title, published_where, released_ms, registered_ms, registered_by, file_name, media_type, "
    "size_bytes, file_hash, width_px, height_px, state, withdrawn_reason FROM releases";
constexpr const char* kSearchColumns =
    "SELECT id, leak_id, job_id, wanted, state, by_name, begun_ms, finished_ms, pictures, shoots, leads FROM "
    "footage_searches";
constexpr const char* kNewestSearch = " ORDER BY begun_ms DESC, id DESC LIMIT 1";

struct ReleaseColumns {
  std::string id, title, where, by, file_name, media_type, file, state, reason;
  Nullable<std::string> project;
  std::int64_t released = 0, registered = 0, size = 0, width = 0, height = 0;
  auto columns() {
    return std::make_tuple(into(id), project.column(), into(title), into(where), into(released), into(registered),
                           into(by), into(file_name), into(media_type), into(size), into(file), into(width),
                           into(height), into(state), into(reason));
  }
  Release value() const {
    Release release;
    release.id = read_id(id);
    release.project = read_optional_id(project);
    release.title = title;
    release.where = where;
    release.released_ms = released;
    release.registered_ms = registered;
    release.registered_by = by;
    release.file_name = file_name;
    release.media_type = media_type;
    release.size_bytes = static_cast<std::uint64_t>(size);
    release.file = read_hash(file);
    release.width_px = static_cast<int>(width);
    release.height_px = static_cast<int>(height);
    release.state = read_some(shoots::parse_release_state(state), "a release has an unknown state");
    release.withdrawn_reason = reason;
    return release;
  }
};

struct BlobColumns {
  std::string preview, features;
  auto columns() { return std::make_tuple(into(preview), into(features)); }
  shoots::ReleaseBlobs value() const { return {read_hash(preview), read_hash(features)}; }
};

template <class Value>
Value readable(Result<Value> parsed) {
  if (!parsed) throw UnreadableRow("a comparison in the store is not readable");
  return std::move(*parsed);
}

// Ids of 26 characters, one after another.
std::string ids_text(const std::vector<Id>& ids) {
  std::string text;
  for (const Id& id : ids) text += id.text();
  return text;
}

std::vector<Id> read_ids(const std::string& text) {
  std::vector<Id> ids;
  for (std::size_t at = 0; at < text.size(); at += 26) ids.push_back(read_id(text.substr(at, 26)));
  return ids;
}

struct SearchColumns {
  std::string id, leak, job, wanted, state, by, shoots, leads;
  std::int64_t begun = 0, pictures = 0;
  Nullable<std::int64_t> finished;
  auto columns() {
    return std::make_tuple(into(id), into(leak), into(job), into(wanted), into(state), into(by), into(begun),
                           finished.column(), into(pictures), into(shoots), into(leads));
  }
  FootageSearch value() const {
    FootageSearch search;
    search.id = read_id(id);
    search.leak = read_id(leak);
    search.job = read_id(job);
    search.wanted = read_ids(wanted);
    search.state = read_some(shoots::parse_footage_state(state), "a comparison has an unknown state");
    search.by = by;
    search.begun_ms = begun;
    search.finished_ms = finished.get();
    search.pictures = static_cast<int>(pictures);
    search.shoots = readable(shoots::parse_searched(shoots));
    search.leads = readable(shoots::parse_leads(leads));
    return search;
  }
};

Result<std::string> order_of(const ListQuery& page) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {
      {"released_at", "released_ms"}, {"registered_at", "registered_ms"}, {"title", "search_text"}};
  if (page.sort.empty()) return std::string(" ORDER BY released_ms DESC, id");
  for (const auto& [field, column] : kOrders)
    if (page.sort == field) return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", id";
  return fail(ErrorCode::invalid_argument, "releases cannot be sorted by that",
              "sort by released_at, registered_at or title");
}

}  // namespace

Result<void> SqlShootStore::insert(const Release& release, const shoots::ReleaseBlobs& blobs) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = release.id.text(), file = to_hex(release.file), preview = to_hex(blobs.preview);
    const std::string features = to_hex(blobs.features), state(shoots::release_state_name(release.state));
    const std::string search =
        parties::fold_for_lookup(release.title + '\n' + release.where + '\n' + release.file_name);
    const std::int64_t size = static_cast<std::int64_t>(release.size_bytes), width = release.width_px,
                       height = release.height_px;
    auto project = nullable_id(release.project);
    session
        << "INSERT INTO releases (id, project_id, title, published_where, released_ms, registered_ms, registered_by, "
           "file_name, media_type, size_bytes, file_hash, width_px, height_px, preview_blob, features_blob, state, "
           "withdrawn_reason, search_text) VALUES (:id, :project, :title, :where, :released, :registered, :by, "
           ":file_name, :media, :size, :file, :width, :height, :preview, :features, :state, :reason, :search)",
        use(id), use(project.value, project.state), use(release.title), use(release.where), use(release.released_ms),
        use(release.registered_ms), use(release.registered_by), use(release.file_name), use(release.media_type),
        use(size), use(file), use(width), use(height), use(preview), use(features), use(state),
        use(release.withdrawn_reason), use(search);
    return {};
  });
}

Result<void> SqlShootStore::update(const Release& release) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = release.id.text(), state(shoots::release_state_name(release.state));
    session << "UPDATE releases SET state = :state, withdrawn_reason = :reason WHERE id = :id", use(state),
        use(release.withdrawn_reason), use(id);
    return {};
  });
}

Result<std::optional<Release>> SqlShootStore::release(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Release>> {
    return first(fetch_bound<ReleaseColumns>(session, std::string(kReleaseColumns) + " WHERE id = :id", {id.text()}));
  });
}

Result<std::optional<shoots::ReleaseBlobs>> SqlShootStore::release_blobs(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<shoots::ReleaseBlobs>> {
    return first(fetch_bound<BlobColumns>(session, "SELECT preview_blob, features_blob FROM releases WHERE id = :id",
                                          {id.text()}));
  });
}

Result<Listed<Release>> SqlShootStore::releases(const shoots::ReleaseFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<Release>> {
    Conditions where;
    if (filter.project) where.add("project_id = :project", {filter.project->text()});
    if (filter.state) where.add("state = :state", {std::string(shoots::release_state_name(*filter.state))});
    if (!filter.page.search.empty())
      where.add("search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.page.search))});
    Listed<Release> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM releases" + where.text(), where.values()).front();
    Values values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<ReleaseColumns>(
        session, std::string(kReleaseColumns) + where.text() + order + " LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<std::vector<Release>> SqlShootStore::registered_releases() {
  return database_.run([&](soci::session& session) -> Result<std::vector<Release>> {
    return fetch_bound<ReleaseColumns>(session,
                                       std::string(kReleaseColumns) + " WHERE state = :state ORDER BY released_ms, id",
                                       {std::string("registered")});
  });
}

Result<void> SqlShootStore::insert(const FootageSearch& search) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = search.id.text(), leak = search.leak.text(), job = search.job.text();
    const std::string wanted = ids_text(search.wanted), state(shoots::footage_state_name(search.state));
    const std::string shoots = shoots::searched_text(search.shoots), leads = shoots::leads_text(search.leads);
    const std::int64_t pictures = search.pictures;
    Nullable<std::int64_t> finished(search.finished_ms);
    session << "INSERT INTO footage_searches (id, leak_id, job_id, wanted, state, by_name, begun_ms, finished_ms, "
               "pictures, shoots, leads) VALUES (:id, :leak, :job, :wanted, :state, :by, :begun, :finished, :pictures, "
               ":shoots, :leads)",
        use(id), use(leak), use(job), use(wanted), use(state), use(search.by), use(search.begun_ms),
        use(finished.value, finished.state), use(pictures), use(shoots), use(leads);
    return {};
  });
}

Result<void> SqlShootStore::update(const FootageSearch& search) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = search.id.text(), state(shoots::footage_state_name(search.state));
    const std::string shoots = shoots::searched_text(search.shoots), leads = shoots::leads_text(search.leads);
    const std::int64_t pictures = search.pictures;
    Nullable<std::int64_t> finished(search.finished_ms);
    session << "UPDATE footage_searches SET state = :state, finished_ms = :finished, pictures = :pictures, shoots = "
               ":shoots, leads = :leads WHERE id = :id",
        use(state), use(finished.value, finished.state), use(pictures), use(shoots), use(leads), use(id);
    return {};
  });
}

Result<std::optional<FootageSearch>> SqlShootStore::footage_search(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<FootageSearch>> {
    return first(fetch_bound<SearchColumns>(session, std::string(kSearchColumns) + " WHERE id = :id", {id.text()}));
  });
}

Result<std::optional<FootageSearch>> SqlShootStore::latest_footage_search(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::optional<FootageSearch>> {
    return first(fetch_bound<SearchColumns>(
        session, std::string(kSearchColumns) + " WHERE leak_id = :leak" + kNewestSearch, {leak.text()}));
  });
}

Result<std::optional<FootageSearch>> SqlShootStore::latest_done_footage_search(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::optional<FootageSearch>> {
    return first(fetch_bound<SearchColumns>(
        session, std::string(kSearchColumns) + " WHERE leak_id = :leak AND state = :state" + kNewestSearch,
        {leak.text(), std::string(shoots::footage_state_name(shoots::FootageState::done))}));
  });
}

}  // namespace probity::store
