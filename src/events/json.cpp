#include "events/json.h"

#include <nlohmann/json.hpp>

#include "events/words.h"

namespace probity::events {
namespace {

nlohmann::json id_or_null(const std::optional<Id>& id) { return id ? nlohmann::json(id->text()) : nullptr; }

}  // namespace

nlohmann::json to_json(const Event& event) {
  const Sentence sentence = sentence_for(event);
  return {
      {"id", event.sequence},
      {"time", to_rfc3339(event.time_ms)},
      {"kind", event.kind},
      {"actor",
       {{"kind", actor_kind_name(event.actor.kind)}, {"id", id_or_null(event.actor.id)}, {"name", event.actor.name}}},
      {"project", id_or_null(event.project)},
      {"party", id_or_null(event.party)},
      {"commitment", id_or_null(event.commitment)},
      {"asset", id_or_null(event.asset)},
      {"copy", id_or_null(event.copy)},
      {"summary", sentence.en},
      {"summary_zh", sentence.zh}};
}

}  // namespace probity::events
