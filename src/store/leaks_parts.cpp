// What hangs on a leak: sightings, publications, files, releases, traces, requests to name.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/leaks_rows.h"
#include "store/leaks_store.h"

namespace probity::store {
namespace {

using nlohmann::json;
using soci::into;
using soci::use;

struct SightingColumns {
  std::string id, leak, address, platform, account, channel, captured_by, captured_how, note, item, by;
  std::int64_t seen = 0, taken_down = 0, recorded = 0;
  auto columns() {
    return std::make_tuple(into(id), into(leak), into(address), into(platform), into(account), into(channel),
                           into(seen), into(captured_by), into(captured_how), into(note), into(item), into(taken_down),
                           into(recorded), into(by));
  }
  leaks::Sighting value() const {
    return {
        read_id(id), read_id(leak),       address,  platform, account, channel, seen, captured_by, captured_how, note,
        id_of(item), time_of(taken_down), recorded, by};
  }
};

struct SightingChangeColumns {
  std::string sighting, deed, by, reason, before;
  std::int64_t at = 0;
  auto columns() { return std::make_tuple(into(sighting), into(deed), into(at), into(by), into(reason), into(before)); }
  leaks::SightingChange value() const {
    return {read_id(sighting),
            read_some(leaks::parse_sighting_deed(deed), "a sighting's change is of an unknown kind"),
            at,
            by,
            reason,
            before};
  }
};

struct PublicationColumns {
  std::string id, leak, place, address, note, by;
  std::int64_t published = 0, recorded = 0;
  auto columns() {
    return std::make_tuple(into(id), into(leak), into(place), into(address), into(published), into(note),
                           into(recorded), into(by));
  }
  leaks::Publication value() const {
    return {read_id(id), read_id(leak), place, address, published, note, recorded, by};
  }
};

struct FileColumns {
  std::string item, leak, picture, problem;
  std::int64_t width = 0, height = 0, recorded = 0;
  auto columns() {
    return std::make_tuple(into(item), into(leak), into(picture), into(problem), into(width), into(height),
                           into(recorded));
  }
  leaks::FileState value() const {
    return {read_id(item), read_id(leak), id_of(picture), problem, static_cast<int>(width), static_cast<int>(height),
            recorded};
  }
};

struct ReleaseColumns {
  std::string leak, item, release, title, en, zh;
  std::int64_t released = 0, same = 0;
  auto columns() {
    return std::make_tuple(into(leak), into(item), into(release), into(title), into(released), into(same), into(en),
                           into(zh));
  }
  leaks::ReleaseFound value() const {
    return {read_id(leak), read_id(item), read_id(release), title, released, same != 0, en, zh};
  }
};

json pictures_json(const leaks::TracePictures& pictures) {
  return {{"leak", id_text(pictures.leak)},
          {"master", id_text(pictures.master)},
          {"master_part", id_text(pictures.master_part)},
          {"leak_part", id_text(pictures.leak_part)}};
}

std::string files_json(const std::vector<leaks::TracedFile>& files) {
  json list = json::array();
  for (const auto& file : files)
    list.push_back({{"item", file.item.text()}, {"pictures", pictures_json(file.pictures)}});
  return list.dump();
}

std::vector<leaks::TracedFile> read_files(const std::string& text) {
  const json list = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!list.is_array()) throw UnreadableRow("a trace's files are not readable");
  std::vector<leaks::TracedFile> files;
  for (const json& file : list) {
    const json pictures = file.value("pictures", json::object());
    const auto picture = [&](const char* name) { return id_of(pictures.value(name, "")); };
    files.push_back({read_id(file.value("item", "")),
                     {picture("leak"), picture("master"), picture("master_part"), picture("leak_part")}});
  }
  return files;
}

struct TraceColumns {
  std::string id, leak, outcome, by, report, html, readme, sha256, files;
  std::int64_t created = 0;
  auto columns() {
    return std::make_tuple(into(id), into(leak), into(outcome), into(created), into(by), into(report), into(html),
                           into(readme), into(sha256), into(files));
  }
  leaks::Trace value() const {
    leaks::Trace trace;
    trace.id = read_id(id);
    trace.leak = read_id(leak);
    trace.outcome = read_some(leaks::parse_outcome(outcome), "a trace has an unknown outcome");
    trace.created_ms = created;
    trace.asked_by = by;
    trace.report_json = read_id(report);
    trace.report_html = read_id(html);
    trace.report_readme = read_id(readme);
    trace.report_sha256 = read_hash(sha256);
    trace.files = read_files(files);
    return trace;
  }
};
constexpr const char* kTraces =
    "SELECT id, leak_id, outcome, created_ms, asked_by, report_json_id, report_html_id, report_readme_id, "
    "report_sha256, files FROM leak_traces ";

struct UnmaskColumns {
  std::string id, leak, trace, state, reason, decision;
  ActorColumns requester, decider;
  std::int64_t requested = 0, decided = 0;
  auto columns() {
    return std::make_tuple(into(id), into(leak), into(trace), into(state), into(requester.kind), into(requester.id),
                           into(requester.name), into(requested), into(reason), into(decider.kind), into(decider.id),
                           into(decider.name), into(decided), into(decision));
  }
  leaks::UnmaskRequest value() const {
    leaks::UnmaskRequest request;
    request.id = read_id(id);
    request.leak = read_id(leak);
    request.trace = read_id(trace);
    request.state = read_some(leaks::parse_unmask_state(state), "a request to name has an unknown state");
    request.requested_by = requester.value();
    request.requested_ms = requested;
    request.reason = reason;
    if (!decider.empty()) request.decided_by = decider.value();
    request.decided_ms = time_of(decided);
    request.decision_reason = decision;
    return request;
  }
};

}  // namespace

Result<void> LeakStore::insert(const leaks::Sighting& sighting) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = sighting.id.text(), leak = sighting.leak.text(), item = id_text(sighting.item);
    const std::int64_t taken_down = sighting.taken_down_ms.value_or(0);
    session << "INSERT INTO leak_sightings (id, leak_id, address, platform, account, channel, seen_ms, captured_by, "
               "captured_how, note, item_id, taken_down_ms, recorded_ms, recorded_by) VALUES (:id, :leak, :address, "
               ":platform, :account, :channel, :seen, :captured, :how, :note, :item, :down, :recorded, :by)",
        use(id), use(leak), use(sighting.address), use(sighting.platform), use(sighting.account), use(sighting.channel),
        use(sighting.seen_ms), use(sighting.captured_by), use(sighting.captured_how), use(sighting.note), use(item),
        use(taken_down), use(sighting.recorded_ms), use(sighting.recorded_by);
    return {};
  });
}

Result<void> LeakStore::update(const leaks::Sighting& sighting) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = sighting.id.text(), item = id_text(sighting.item);
    const std::int64_t taken_down = sighting.taken_down_ms.value_or(0);
    session << "UPDATE leak_sightings SET address = :address, platform = :platform, account = :account, channel = "
               ":channel, seen_ms = :seen, captured_by = :captured, captured_how = :how, note = :note, item_id = "
               ":item, taken_down_ms = :down WHERE id = :id",
        use(sighting.address), use(sighting.platform), use(sighting.account), use(sighting.channel),
        use(sighting.seen_ms), use(sighting.captured_by), use(sighting.captured_how), use(sighting.note), use(item),
        use(taken_down), use(id);
    return {};
  });
}

Result<void> LeakStore::insert(const leaks::SightingChange& change) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string sighting = change.sighting.text(), deed(leaks::sighting_deed_name(change.deed));
    session << "INSERT INTO leak_sighting_changes (sighting_id, position, leak_id, deed, at_ms, done_by, reason, "
               "before_values) SELECT s.id, (SELECT COALESCE(MAX(c.position), 0) + 1 FROM leak_sighting_changes c "
               "WHERE c.sighting_id = s.id), s.leak_id, :deed, :at, :by, :reason, :before FROM leak_sightings s WHERE "
               "s.id = :id",
        use(deed), use(change.at_ms), use(change.by), use(change.reason), use(change.before_json), use(sighting);
    return {};
  });
}

Result<std::vector<leaks::Sighting>> LeakStore::sightings(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::vector<leaks::Sighting>> {
    auto sightings = fetch_bound<SightingColumns>(
        session,
        "SELECT id, leak_id, address, platform, account, channel, seen_ms, captured_by, captured_how, note, item_id, "
        "taken_down_ms, recorded_ms, recorded_by FROM leak_sightings WHERE leak_id = :leak ORDER BY seen_ms, id",
        {leak.text()});
    auto changes = fetch_bound<SightingChangeColumns>(
        session,
        "SELECT sighting_id, deed, at_ms, done_by, reason, before_values FROM leak_sighting_changes WHERE leak_id = "
        ":leak ORDER BY position",
        {leak.text()});
    for (leaks::SightingChange& change : changes) {
      const auto of = std::ranges::find(sightings, change.sighting, &leaks::Sighting::id);
      if (of != sightings.end()) of->changes.push_back(std::move(change));
    }
    return sightings;
  });
}

Result<void> LeakStore::insert(const leaks::Publication& publication) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = publication.id.text(), leak = publication.leak.text();
    session << "INSERT INTO leak_publications (id, leak_id, place, address, published_ms, note, recorded_ms, "
               "recorded_by) VALUES (:id, :leak, :place, :address, :published, :note, :recorded, :by)",
        use(id), use(leak), use(publication.where), use(publication.address), use(publication.published_ms),
        use(publication.note), use(publication.recorded_ms), use(publication.recorded_by);
    return {};
  });
}

Result<std::vector<leaks::Publication>> LeakStore::publications(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::vector<leaks::Publication>> {
    return fetch_bound<PublicationColumns>(
        session,
        "SELECT id, leak_id, place, address, published_ms, note, recorded_ms, recorded_by FROM leak_publications "
        "WHERE leak_id = :leak ORDER BY published_ms, id",
        {leak.text()});
  });
}

Result<void> LeakStore::put(const leaks::FileState& file) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string item = file.item.text(), leak = file.leak.text(), picture = id_text(file.picture);
    const std::int64_t width = file.width_px, height = file.height_px;
    session << "INSERT INTO leak_files (item_id, leak_id, picture_id, problem, width_px, height_px, recorded_ms) "
               "VALUES (:item, :leak, :picture, :problem, :width, :height, :recorded) ON CONFLICT (item_id) DO UPDATE "
               "SET picture_id = excluded.picture_id, problem = excluded.problem, width_px = excluded.width_px, "
               "height_px = excluded.height_px, recorded_ms = excluded.recorded_ms",
        use(item), use(leak), use(picture), use(file.problem), use(width), use(height), use(file.recorded_ms);
    return {};
  });
}

Result<std::vector<leaks::FileState>> LeakStore::files(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::vector<leaks::FileState>> {
    return fetch_bound<FileColumns>(
        session,
        "SELECT f.item_id, f.leak_id, f.picture_id, f.problem, f.width_px, f.height_px, f.recorded_ms FROM leak_files "
        "f JOIN evidence_items e ON e.id = f.item_id WHERE f.leak_id = :leak ORDER BY e.position",
        {leak.text()});
  });
}

Result<void> LeakStore::put(const leaks::ReleaseFound& found) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string item = found.item.text(), leak = found.leak.text(), release = found.release.text();
    const std::int64_t same = found.same_picture ? 1 : 0;
    session << "INSERT INTO leak_releases (item_id, release_id, leak_id, title, released_ms, same_picture, words_en, "
               "words_zh) VALUES (:item, :release, :leak, :title, :released, :same, :en, :zh) ON CONFLICT (item_id, "
               "release_id) DO UPDATE SET title = excluded.title, released_ms = excluded.released_ms, same_picture = "
               "excluded.same_picture, words_en = excluded.words_en, words_zh = excluded.words_zh",
        use(item), use(release), use(leak), use(found.title), use(found.released_ms), use(same), use(found.en),
        use(found.zh);
    return {};
  });
}

Result<std::vector<leaks::ReleaseFound>> LeakStore::releases(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::vector<leaks::ReleaseFound>> {
    return fetch_bound<ReleaseColumns>(
        session,
        "SELECT leak_id, item_id, release_id, title, released_ms, same_picture, words_en, words_zh FROM leak_releases "
        "WHERE leak_id = :leak ORDER BY released_ms, release_id, item_id",
        {leak.text()});
  });
}

Result<void> LeakStore::insert(const leaks::Trace& trace) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = trace.id.text(), leak = trace.leak.text(), report = trace.report_json.text();
    const std::string html = trace.report_html.text(), readme = trace.report_readme.text();
    const std::string outcome(leaks::outcome_name(trace.outcome)), sha256 = to_hex(trace.report_sha256);
    const std::string files = files_json(trace.files);
    session << "INSERT INTO leak_traces (id, leak_id, position, outcome, created_ms, asked_by, report_json_id, "
               "report_html_id, report_readme_id, report_sha256, files) SELECT :id, :leak, COALESCE(MAX(position), 0) "
               "+ 1, :outcome, :created, :by, :report, :html, :readme, :sha256, :files FROM leak_traces WHERE leak_id "
               "= :same_leak",
        use(id), use(leak), use(outcome), use(trace.created_ms), use(trace.asked_by), use(report), use(html),
        use(readme), use(sha256), use(files), use(leak);
    return {};
  });
}

Result<std::optional<leaks::Trace>> LeakStore::trace(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<leaks::Trace>> {
    return first(fetch_bound<TraceColumns>(session, std::string(kTraces) + "WHERE id = :id", {id.text()}));
  });
}

Result<std::optional<leaks::Trace>> LeakStore::latest_trace(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::optional<leaks::Trace>> {
    return first(fetch_bound<TraceColumns>(
        session, std::string(kTraces) + "WHERE leak_id = :leak ORDER BY position DESC LIMIT 1", {leak.text()}));
  });
}

Result<void> LeakStore::insert(const leaks::UnmaskRequest& request) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = request.id.text(), leak = request.leak.text(), trace = request.trace.text();
    const std::string state(leaks::unmask_state_name(request.state));
    const ActorColumns requester = ActorColumns::of(request.requested_by);
    session
        << "INSERT INTO leak_unmaskings (id, leak_id, position, trace_id, state, requester_kind, requester_id, "
           "requester_name, requested_ms, reason, decider_kind, decider_id, decider_name, decided_ms, "
           "decision_reason) SELECT :id, :leak, COALESCE(MAX(position), 0) + 1, :trace, :state, :kind, :who, :name, "
           ":requested, :reason, '', '', '', 0, '' FROM leak_unmaskings WHERE leak_id = :same_leak",
        use(id), use(leak), use(trace), use(state), use(requester.kind), use(requester.id), use(requester.name),
        use(request.requested_ms), use(request.reason), use(leak);
    return {};
  });
}

Result<void> LeakStore::update(const leaks::UnmaskRequest& request) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = request.id.text(), state(leaks::unmask_state_name(request.state));
    const ActorColumns decider = request.decided_by ? ActorColumns::of(*request.decided_by) : ActorColumns{};
    const std::int64_t decided = request.decided_ms.value_or(0);
    session << "UPDATE leak_unmaskings SET state = :state, decider_kind = :kind, decider_id = :who, decider_name = "
               ":name, decided_ms = :decided, decision_reason = :reason WHERE id = :id",
        use(state), use(decider.kind), use(decider.id), use(decider.name), use(decided), use(request.decision_reason),
        use(id);
    return {};
  });
}

Result<std::vector<leaks::UnmaskRequest>> LeakStore::unmask_requests(const Id& leak) {
  return database_.run([&](soci::session& session) -> Result<std::vector<leaks::UnmaskRequest>> {
    return fetch_bound<UnmaskColumns>(
        session,
        "SELECT id, leak_id, trace_id, state, requester_kind, requester_id, requester_name, requested_ms, reason, "
        "decider_kind, decider_id, decider_name, decided_ms, decision_reason FROM leak_unmaskings WHERE leak_id = "
        ":leak "
        "ORDER BY position DESC",
        {leak.text()});
  });
}

}  // namespace probity::store
