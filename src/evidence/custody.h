// Custody: one hash chain a matter of who did what with its evidence, when, why and with which tool.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "events/event.h"

namespace probity::evidence {

// What holds evidence together: a leak or a case. `number` is how people call it: "L-2026-0001".
struct Matter {
  Id id;
  std::string number;
  TimeMs opened_ms = 0;
  bool operator==(const Matter&) const = default;
};

// What is said of a step by whoever does it. `action`: one lower-case word or several joined by _, see words.h.
struct Deed {
  std::string action;
  std::optional<Id> item;
  events::Actor actor;
  std::string why;   // may be empty
  std::string tool;  // empty: this program
  std::string data_json = "{}";
};

struct Step {
  Id matter;
  std::uint64_t sequence = 0;  // 1, 2, 3 …
  TimeMs time_ms = 0;
  Deed deed;
  Hash previous{};  // zeros for the first
  Hash hash{};
};

// SHA-256 of `previous` followed by the canonical JSON of everything else (docs/formats.md, "Custody").
Hash step_hash(const Step& step);

// The step that follows `last` (nothing: the first of its matter), with place and hash filled in; data_json is made
// canonical.
Step chained(Step step, const std::optional<Step>& last);

// What goes into the transparency log of a step: canonical JSON of its matter, place, action, time and hash.
std::string log_content(const Step& step);

// "probity 0.1.0"
std::string this_program();

// Steps that say of an item how it came: their data is item_facts().
inline constexpr const char* kReceived = "received";
inline constexpr const char* kDerived = "derived";
inline bool brings_item(std::string_view action) { return action == kReceived || action == kDerived; }

}  // namespace probity::evidence
