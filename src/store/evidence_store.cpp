#include "store/evidence_store.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using evidence::Item;
using evidence::Matter;
using evidence::Step;
using soci::into;
using soci::use;

std::optional<Id> id_or_none(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(read_id(text));
}
std::string text_or_none(const std::optional<Id>& id) { return id ? id->text() : std::string(); }

struct MatterColumns {
  std::string id, number;
  std::int64_t opened = 0;
  auto columns() { return std::make_tuple(into(id), into(number), into(opened)); }
  Matter value() const { return {read_id(id), number, opened}; }
};
constexpr const char* kMatters = "SELECT id, number, opened_ms FROM evidence_matters";

struct ItemColumns {
  std::string id, matter, kind, parent, name, media_type, blob, added_by;
  std::int64_t size = 0, added = 0;
  auto columns() {
    return std::make_tuple(into(id), into(matter), into(kind), into(parent), into(name), into(media_type), into(size),
                           into(blob), into(added), into(added_by));
  }
  Item value() const {
    return {read_id(id),
            read_id(matter),
            read_some(evidence::parse_kind(kind), "evidence of an unknown kind"),
            id_or_none(parent),
            name,
            media_type,
            static_cast<std::uint64_t>(size),
            read_hash(blob),
            added,
            added_by};
  }
};
constexpr const char* kItems =
    "SELECT id, matter_id, kind, parent_id, name, media_type, size_bytes, content_blob, added_ms, added_by FROM "
    "evidence_items";

struct StepColumns {
  std::string matter, action, item, actor_kind, actor_id, actor_name, why, tool, data, previous, hash;
  std::int64_t sequence = 0, time = 0;
  auto columns() {
    return std::make_tuple(into(matter), into(sequence), into(time), into(action), into(item), into(actor_kind),
                           into(actor_id), into(actor_name), into(why), into(tool), into(data), into(previous),
                           into(hash));
  }
  Step value() const {
    Step step;
    step.matter = read_id(matter);
    step.sequence = static_cast<std::uint64_t>(sequence);
    step.time_ms = time;
    step.deed = {action,
                 id_or_none(item),
                 {read_some(events::parse_actor_kind(actor_kind), "a custody step of an unknown kind of actor"),
                  id_or_none(actor_id), actor_name},
                 why,
                 tool,
                 data};
    step.previous = read_hash(previous);
    step.hash = read_hash(hash);
    return step;
  }
};
constexpr const char* kSteps =
    "SELECT matter_id, sequence, time_ms, action, item_id, actor_kind, actor_id, actor_name, why, tool, data, "
    "previous_hash, hash FROM custody_steps WHERE matter_id = :matter";

}  // namespace

Result<void> EvidenceStore::insert(const Matter& matter) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = matter.id.text();
    session << "INSERT INTO evidence_matters (id, number, opened_ms) VALUES (:id, :number, :opened)", use(id),
        use(matter.number), use(matter.opened_ms);
    return {};
  });
}

Result<std::optional<Matter>> EvidenceStore::matter(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Matter>> {
    return first(fetch_bound<MatterColumns>(session, std::string(kMatters) + " WHERE id = :id", {id.text()}));
  });
}

Result<std::vector<Matter>> EvidenceStore::matters() {
  return database_.run([&](soci::session& session) -> Result<std::vector<Matter>> {
    return fetch_bound<MatterColumns>(session, std::string(kMatters) + " ORDER BY opened_ms, id", {});
  });
}

Result<void> EvidenceStore::insert(const Item& item) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = item.id.text(), matter = item.matter.text(), parent = text_or_none(item.parent);
    const std::string kind(evidence::kind_name(item.kind)), blob = to_hex(item.sha256);
    const auto size = static_cast<std::int64_t>(item.size_bytes);
    session << "INSERT INTO evidence_items (id, matter_id, position, kind, parent_id, name, media_type, size_bytes, "
               "content_blob, added_ms, added_by) SELECT :id, :matter, COALESCE(MAX(position), 0) + 1, :kind, :parent, "
               ":name, :media, :size, :blob, :added, :by FROM evidence_items WHERE matter_id = :same_matter",
        use(id), use(matter), use(kind), use(parent), use(item.name), use(item.media_type), use(size), use(blob),
        use(item.added_ms), use(item.added_by), use(matter);
    return {};
  });
}

Result<std::optional<Item>> EvidenceStore::item(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Item>> {
    return first(fetch_bound<ItemColumns>(session, std::string(kItems) + " WHERE id = :id", {id.text()}));
  });
}

Result<std::vector<Item>> EvidenceStore::items(const Id& matter) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Item>> {
    return fetch_bound<ItemColumns>(session, std::string(kItems) + " WHERE matter_id = :matter ORDER BY position",
                                    {matter.text()});
  });
}

Result<std::optional<Item>> EvidenceStore::item_with(const Id& matter, const Hash& sha256) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Item>> {
    return first(fetch_bound<ItemColumns>(session,
                                          std::string(kItems) + " WHERE matter_id = :matter AND content_blob = :blob",
                                          {matter.text(), to_hex(sha256)}));
  });
}

Result<void> EvidenceStore::insert(const Step& step) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const evidence::Deed& deed = step.deed;
    const std::string matter = step.matter.text(), item = text_or_none(deed.item);
    const std::string actor_kind(events::actor_kind_name(deed.actor.kind)), actor = text_or_none(deed.actor.id);
    const std::string previous = to_hex(step.previous), hash = to_hex(step.hash);
    const auto sequence = static_cast<std::int64_t>(step.sequence);
    session << "INSERT INTO custody_steps (matter_id, sequence, time_ms, action, item_id, actor_kind, actor_id, "
               "actor_name, why, tool, data, previous_hash, hash) VALUES (:matter, :sequence, :time, :action, :item, "
               ":actor_kind, :actor, :name, :why, :tool, :data, :previous, :hash)",
        use(matter), use(sequence), use(step.time_ms), use(deed.action), use(item), use(actor_kind), use(actor),
        use(deed.actor.name), use(deed.why), use(deed.tool), use(deed.data_json), use(previous), use(hash);
    return {};
  });
}

Result<std::optional<Step>> EvidenceStore::last_step(const Id& matter) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Step>> {
    return first(
        fetch_bound<StepColumns>(session, std::string(kSteps) + " ORDER BY sequence DESC LIMIT 1", {matter.text()}));
  });
}

Result<std::vector<Step>> EvidenceStore::steps(const Id& matter, std::uint64_t after_sequence, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Step>> {
    return fetch_bound<StepColumns>(
        session, std::string(kSteps) + " AND sequence > :after ORDER BY sequence LIMIT :limit",
        {matter.text(), static_cast<std::int64_t>(after_sequence), static_cast<std::int64_t>(limit)});
  });
}

Result<std::uint64_t> EvidenceStore::step_count(const Id& matter) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM custody_steps WHERE matter_id = :matter",
                                 {matter.text()})
        .front();
  });
}

Result<std::vector<Step>> EvidenceStore::steps_of(const Id& matter, const std::string& action) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Step>> {
    return fetch_bound<StepColumns>(session, std::string(kSteps) + " AND action = :action ORDER BY sequence DESC",
                                    {matter.text(), action});
  });
}

}  // namespace probity::store
