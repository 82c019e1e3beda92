#include "evidence/custody.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::evidence {
namespace {

using nlohmann::json;

std::string canonical(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

Hash step_hash(const Step& step) {
  const Deed& deed = step.deed;
  const std::string text = canonical({{"matter", step.matter.text()},
                                      {"sequence", step.sequence},
                                      {"time_ms", step.time_ms},
                                      {"action", deed.action},
                                      {"item", deed.item ? deed.item->text() : ""},
                                      {"actor",
                                       {{"kind", events::actor_kind_name(deed.actor.kind)},
                                        {"id", deed.actor.id ? deed.actor.id->text() : ""},
                                        {"name", deed.actor.name}}},
                                      {"why", deed.why},
                                      {"tool", deed.tool},
                                      {"data", deed.data_json}});
  return sha256({BytesView(step.previous), as_bytes(text)});
}

Step chained(Step step, const std::optional<Step>& last) {
  const json data = json::parse(step.deed.data_json, nullptr, /*allow_exceptions=*/false);
  step.deed.data_json = data.is_discarded() ? "{}" : canonical(data);
  if (step.deed.tool.empty()) step.deed.tool = this_program();
  step.sequence = last ? last->sequence + 1 : 1;
  step.previous = last ? last->hash : Hash{};
  step.hash = step_hash(step);
  return step;
}

std::string log_content(const Step& step) {
  return canonical({{"matter", step.matter.text()},
                    {"sequence", step.sequence},
                    {"time_ms", step.time_ms},
                    {"action", step.deed.action},
                    {"hash", to_hex(step.hash)}});
}

std::string this_program() { return "probity " PROBITY_VERSION; }

}  // namespace probity::evidence
