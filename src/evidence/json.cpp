#include "evidence/json.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "evidence/words.h"

namespace probity::evidence {
namespace {

using nlohmann::json;

json id_or_null(const std::optional<Id>& id) { return id ? json(id->text()) : json(nullptr); }

}  // namespace

json to_json(const Item& item) {
  return {{"id", item.id.text()},
          {"kind", kind_name(item.kind)},
          {"parent", id_or_null(item.parent)},
          {"name", item.name},
          {"media_type", item.media_type},
          {"size_bytes", item.size_bytes},
          {"sha256", to_hex(item.sha256)},
          {"added_at", to_rfc3339(item.added_ms)},
          {"added_by", item.added_by},
          {"picture", false},
          {"problem", nullptr}};
}

json to_json(const Step& step) {
  const Deed& deed = step.deed;
  const Sentence words = action_in_words(deed.action);
  json data = json::parse(deed.data_json, nullptr, /*allow_exceptions=*/false);
  if (!data.is_object()) data = json::object();
  return {{"sequence", step.sequence},
          {"time", to_rfc3339(step.time_ms)},
          {"action", deed.action},
          {"words", {{"en", words.en}, {"zh", words.zh}}},
          {"item", id_or_null(deed.item)},
          {"actor",
           {{"kind", events::actor_kind_name(deed.actor.kind)},
            {"id", id_or_null(deed.actor.id)},
            {"name", deed.actor.name}}},
          {"why", deed.why},
          {"tool", deed.tool},
          {"data", std::move(data)},
          {"hash", to_hex(step.hash)}};
}

json to_json(const Check& check) {
  json faults = json::array();
  for (const Fault& fault : check.faults)
    faults.push_back({{"step", fault.step ? json(*fault.step) : json(nullptr)},
                      {"item", id_or_null(fault.item)},
                      {"en", fault.en},
                      {"zh", fault.zh}});
  return {{"holds", check.holds()}, {"items", check.items}, {"steps", check.steps}, {"faults", std::move(faults)}};
}

}  // namespace probity::evidence
