#include "events/event.h"

#include <algorithm>
#include <array>

namespace probity::events {
namespace {

constexpr std::array<std::pair<Actor::Kind, std::string_view>, 5> kActorKinds{
    {{Actor::Kind::account, "account"},
     {Actor::Kind::recipient, "recipient"},
     {Actor::Kind::api_key, "api_key"},
     {Actor::Kind::system, "system"},
     {Actor::Kind::command_line, "command_line"}}};

}  // namespace

std::string_view actor_kind_name(Actor::Kind kind) {
  return std::ranges::find(kActorKinds, kind, [](const auto& row) { return row.first; })->second;
}

std::optional<Actor::Kind> parse_actor_kind(std::string_view name) {
  for (const auto& [kind, text] : kActorKinds)
    if (text == name) return kind;
  return std::nullopt;
}

}  // namespace probity::events
