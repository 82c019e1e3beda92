#include "leaks/desk.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace probity::leaks {
namespace {

// Clocks differ; nobody saw anything tomorrow.
constexpr TimeMs kMostAheadMs = 24LL * 60 * 60 * 1000;

}  // namespace

Result<void> check_past(const char* what, TimeMs time_ms, TimeMs now_ms) {
  if (time_ms > now_ms + kMostAheadMs)
    return fail(ErrorCode::invalid_argument, std::string(what) + " lies in the future", "check the date");
  if (time_ms < 0) return fail(ErrorCode::invalid_argument, std::string(what) + " lies before 1970", "check the date");
  return {};
}

Result<Leak> Desk::leak(const Id& id) const {
  TRY_ASSIGN(auto found, ports_.store.leak(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such leak");
  return std::move(*found);
}

Result<void> Desk::save(Leak& leak) const {
  TRY(ports_.store.update(leak));
  ++leak.version;
  return {};
}

Result<void> Desk::tell(const Leak& leak, const Told& told, const events::Actor& actor) const {
  evidence::Deed deed;
  deed.action = told.action;
  deed.item = told.item;
  deed.actor = actor;
  deed.why = told.why;
  deed.data_json = told.data_json;
  TRY(ports_.evidence.note(leak.id, std::move(deed)));
  const std::string kind = told.event_kind;
  if (kind.empty()) return {};
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.project = leak.project;
  event.data_json = nlohmann::json{{"leak", leak.number}, {"id", leak.id.text()}, {"title", leak.title}}.dump();
  return ports_.events.append(event).map([](std::uint64_t) {});
}

Result<Id> person(const events::Actor& actor, const char* deed) {
  if (actor.kind == events::Actor::Kind::account && actor.id) return *actor.id;
  return fail(ErrorCode::forbidden,
              fmt::format("this takes a person: an API key or the command line cannot {} for somebody", deed),
              "sign in with your own account and do it there");
}

}  // namespace probity::leaks
