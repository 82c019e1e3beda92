#include "parties/text.h"
#include "store/nullable.h"
#include "store/query.h"
#include "store/shoots_store.h"

namespace probity::store {
namespace {

using shoots::Clearance;
using shoots::Frame;
using soci::into;
using soci::use;
using Values = std::vector<Conditions::Value>;

constexpr const char* kFrameColumns =
    "SELECT id, shoot_id, party_id, file_name, media_type, size_bytes, file_hash, preparation, width_px, height_px, "
    "preview_blob, features_blob, taken_ms, camera, state, handed_in_ms, decided_ms, confirmed_ms, destroyed_ms FROM "
    "frames";
// Frames whose camera says no time stand where they were handed in.
constexpr const char* kInOrderTaken = " ORDER BY COALESCE(taken_ms, handed_in_ms), handed_in_ms, id";

std::string hash_text(const std::optional<Hash>& hash) { return hash ? to_hex(*hash) : std::string(); }

std::optional<Hash> read_optional_hash(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(read_hash(text));
}

struct FrameColumns {
  std::string id, shoot, party, file_name, media_type, file, preparation, preview, features, camera, state;
  std::int64_t size = 0, width = 0, height = 0, handed_in = 0;
  Nullable<std::int64_t> taken, decided, confirmed, destroyed;

  auto columns() {
    return std::make_tuple(into(id), into(shoot), into(party), into(file_name), into(media_type), into(size),
                           into(file), into(preparation), into(width), into(height), into(preview), into(features),
                           taken.column(), into(camera), into(state), into(handed_in), decided.column(),
                           confirmed.column(), destroyed.column());
  }
  Frame value() const {
    Frame frame;
    frame.id = read_id(id);
    frame.shoot = read_id(shoot);
    frame.party = read_id(party);
    frame.file_name = file_name;
    frame.media_type = media_type;
    frame.size_bytes = static_cast<std::uint64_t>(size);
    frame.file = read_hash(file);
    frame.preparation = read_some(shoots::parse_preparation(preparation), "a frame has an unknown preparation");
    frame.width_px = static_cast<int>(width);
    frame.height_px = static_cast<int>(height);
    frame.preview_blob = read_optional_hash(preview);
    frame.features_blob = read_optional_hash(features);
    frame.taken_ms = taken.get();
    frame.camera = camera;
    frame.state = read_some(shoots::parse_frame_state(state), "a frame has an unknown state");
    frame.handed_in_ms = handed_in;
    frame.decided_ms = decided.get();
    frame.confirmed_ms = confirmed.get();
    frame.destroyed_ms = destroyed.get();
    return frame;
  }
};

struct ClearanceColumns {
  std::string id, frame, decision, reason, by;
  std::int64_t time = 0;
  auto columns() { return std::make_tuple(into(id), into(frame), into(decision), into(reason), into(by), into(time)); }
  Clearance value() const {
    return {read_id(id),
            read_id(frame),
            read_some(shoots::parse_decision(decision), "a clearance has an unknown decision"),
            reason,
            by,
            time};
  }
};

Result<std::string> order_of(const ListQuery& page) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {{"taken_at", "COALESCE(taken_ms, handed_in_ms)"},
                                                                    {"handed_in_at", "handed_in_ms"},
                                                                    {"file_name", "file_name"},
                                                                    {"state", "state"}};
  if (page.sort.empty()) return std::string(kInOrderTaken);
  for (const auto& [field, column] : kOrders)
    if (page.sort == field)
      return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", handed_in_ms, id";
  return fail(ErrorCode::invalid_argument, "frames cannot be sorted by that",
              "sort by taken_at, handed_in_at, file_name or state");
}

Result<std::vector<Frame>> frames_where(Database& database, const std::string& condition, const Values& values) {
  return database.run([&](soci::session& session) -> Result<std::vector<Frame>> {
    return fetch_bound<FrameColumns>(session, std::string(kFrameColumns) + " WHERE " + condition + kInOrderTaken,
                                     values);
  });
}

}  // namespace

Result<void> SqlShootStore::insert(const Frame& frame) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = frame.id.text(), shoot = frame.shoot.text(), party = frame.party.text();
    const std::string file = to_hex(frame.file), preparation(shoots::preparation_name(frame.preparation));
    const std::string preview = hash_text(frame.preview_blob), features = hash_text(frame.features_blob);
    const std::string state(shoots::frame_state_name(frame.state));
    const std::int64_t size = static_cast<std::int64_t>(frame.size_bytes), width = frame.width_px,
                       height = frame.height_px;
    Nullable<std::int64_t> taken(frame.taken_ms), decided(frame.decided_ms), confirmed(frame.confirmed_ms),
        destroyed(frame.destroyed_ms);
    session
        << "INSERT INTO frames (id, shoot_id, party_id, file_name, media_type, size_bytes, file_hash, preparation, "
           "width_px, height_px, preview_blob, features_blob, taken_ms, camera, state, handed_in_ms, decided_ms, "
           "confirmed_ms, destroyed_ms) VALUES (:id, :shoot, :party, :file_name, :media, :size, :file, :preparation, "
           ":width, :height, :preview, :features, :taken, :camera, :state, :handed_in, :decided, :confirmed, "
           ":destroyed)",
        use(id), use(shoot), use(party), use(frame.file_name), use(frame.media_type), use(size), use(file),
        use(preparation), use(width), use(height), use(preview), use(features), use(taken.value, taken.state),
        use(frame.camera), use(state), use(frame.handed_in_ms), use(decided.value, decided.state),
        use(confirmed.value, confirmed.state), use(destroyed.value, destroyed.state);
    return {};
  });
}

Result<void> SqlShootStore::update(const Frame& frame) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = frame.id.text(), preparation(shoots::preparation_name(frame.preparation));
    const std::string preview = hash_text(frame.preview_blob), features = hash_text(frame.features_blob);
    const std::string state(shoots::frame_state_name(frame.state));
    const std::int64_t width = frame.width_px, height = frame.height_px;
    Nullable<std::int64_t> taken(frame.taken_ms), decided(frame.decided_ms), confirmed(frame.confirmed_ms),
        destroyed(frame.destroyed_ms);
    session << "UPDATE frames SET preparation = :preparation, width_px = :width, height_px = :height, preview_blob = "
               ":preview, features_blob = :features, taken_ms = :taken, camera = :camera, state = :state, decided_ms = "
               ":decided, confirmed_ms = :confirmed, destroyed_ms = :destroyed WHERE id = :id",
        use(preparation), use(width), use(height), use(preview), use(features), use(taken.value, taken.state),
        use(frame.camera), use(state), use(decided.value, decided.state), use(confirmed.value, confirmed.state),
        use(destroyed.value, destroyed.state), use(id);
    return {};
  });
}

Result<std::optional<Frame>> SqlShootStore::frame(const Id& id) {
  return frames_where(database_, "id = :id", {id.text()}).map([](auto found) { return first(std::move(found)); });
}

Result<Listed<Frame>> SqlShootStore::frames(const shoots::FrameFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<Frame>> {
    Conditions where;
    if (filter.shoot) where.add("shoot_id = :shoot", {filter.shoot->text()});
    if (filter.party) where.add("party_id = :party", {filter.party->text()});
    if (filter.state) where.add("state = :state", {std::string(shoots::frame_state_name(*filter.state))});
    if (!filter.page.search.empty())
      where.add("LOWER(file_name) LIKE :search ESCAPE '!'", {like_pattern(filter.page.search)});
    Listed<Frame> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM frames" + where.text(), where.values()).front();
    Values values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<FrameColumns>(
        session, std::string(kFrameColumns) + where.text() + order + " LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<std::optional<Frame>> SqlShootStore::frame_of_file(const Id& shoot, const Id& party, const Hash& file) {
  return frames_where(database_, "shoot_id = :shoot AND party_id = :party AND file_hash = :file",
                      {shoot.text(), party.text(), to_hex(file)})
      .map([](auto found) { return first(std::move(found)); });
}

Result<std::vector<Frame>> SqlShootStore::frames_of_file(const Hash& file) {
  return frames_where(database_, "file_hash = :file", {to_hex(file)});
}

Result<void> SqlShootStore::insert(const Clearance& clearance) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = clearance.id.text(), frame = clearance.frame.text();
    const std::string decision(shoots::decision_name(clearance.decision));
    session << "INSERT INTO frame_clearances (id, frame_id, position, decision, reason, by_name, time_ms) SELECT :id, "
               ":frame, COUNT(*), :decision, :reason, :by, :time FROM frame_clearances WHERE frame_id = :of",
        use(id), use(frame), use(decision), use(clearance.reason), use(clearance.by), use(clearance.time_ms),
        use(frame);
    return {};
  });
}

Result<std::vector<Clearance>> SqlShootStore::clearances(const Id& frame) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Clearance>> {
    return fetch_bound<ClearanceColumns>(session,
                                         "SELECT id, frame_id, decision, reason, by_name, time_ms FROM "
                                         "frame_clearances WHERE frame_id = :frame ORDER BY position",
                                         {frame.text()});
  });
}

}  // namespace probity::store
