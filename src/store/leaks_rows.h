// How the rows of leaks are read, for the files of their store.
#pragma once

#include "leaks/leak.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {

inline std::string id_text(const std::optional<Id>& id) { return id ? id->text() : std::string(); }
inline std::optional<Id> id_of(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(read_id(text));
}
inline std::optional<TimeMs> time_of(std::int64_t time_ms) {
  return time_ms == 0 ? std::nullopt : std::optional<TimeMs>(time_ms);
}

// An actor in three columns.
struct ActorColumns {
  std::string kind, id, name;
  bool empty() const { return kind.empty(); }
  events::Actor value() const {
    return {read_some(events::parse_actor_kind(kind), "an unknown kind of actor"), id_of(id), name};
  }
  static ActorColumns of(const events::Actor& actor) {
    return {std::string(events::actor_kind_name(actor.kind)), id_text(actor.id), actor.name};
  }
};

}  // namespace probity::store
