// What happened: one record for each thing done, written in the transaction that does it. Timeline, webhooks and live
// pages are made from these.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/list_query.h"
#include "base/result.h"

namespace probity::events {

// Who did it, as known then: the name is kept even when the record goes.
struct Actor {
  enum class Kind { account, recipient, api_key, system, command_line };
  Kind kind = Kind::system;
  std::optional<Id> id;
  std::string name;
  bool operator==(const Actor&) const = default;
};
std::string_view actor_kind_name(Actor::Kind kind);
std::optional<Actor::Kind> parse_actor_kind(std::string_view name);

struct Event {
  std::uint64_t sequence = 0;  // given by the log: 1, 2, 3 …
  TimeMs time_ms = 0;
  std::string kind;  // "commitment.signed": noun.participle; words.h has the sentence for each
  Actor actor;
  std::optional<Id> project, party, commitment, asset, copy;
  std::string data_json = "{}";  // details for the sentence and for webhooks; no secrets
};

struct EventFilter {
  std::optional<Id> project, party;
  std::string kind;  // empty: all; "commitment." takes the whole family
  std::uint32_t offset = 0, limit = 50;
};

// Joins the caller's transaction. Errors: storage.
class EventLog {
 public:
  virtual ~EventLog() = default;
  virtual Result<std::uint64_t> append(const Event& event) = 0;
  virtual Result<Listed<Event>> list(const EventFilter& filter) = 0;  // newest first
  virtual Result<std::vector<Event>> after(std::uint64_t sequence, std::size_t limit) = 0;
  // How far a named reader (webhooks, live pages) has come.
  virtual Result<std::uint64_t> cursor(const std::string& reader) = 0;
  virtual Result<void> set_cursor(const std::string& reader, std::uint64_t sequence) = 0;
};

}  // namespace probity::events
