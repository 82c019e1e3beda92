// The record of a leak as a matter: what was found where, the questions that come first, and the states it goes
// through.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/list_query.h"
#include "events/event.h"
#include "leaks/report.h"

namespace probity::leaks {

enum class State { reported, answered, traced, unmask_requested, unmasked, in_case, closed };
constexpr State kStates[] = {State::reported, State::answered, State::traced, State::unmask_requested,
                             State::unmasked, State::in_case,  State::closed};
std::string_view state_name(State state);
std::optional<State> parse_state(std::string_view name);

enum class Move { answer, record_trace, request_unmask, withdraw, refuse, agree, close, move_to_case, add_evidence };
constexpr Move kMoves[] = {Move::answer, Move::record_trace, Move::request_unmask, Move::withdraw,    Move::refuse,
                           Move::agree,  Move::close,        Move::move_to_case,   Move::add_evidence};

// Where a move leads; opening a closed matter again is `reopened_state`, since it depends on what was done before.
// Errors: conflict, in words for the person who tried.
Result<State> next(State state, Move move);

// Why a matter was closed.
enum class CloseReason {
  already_public,
  not_covered,
  not_ours,
  own_release,
  rumour,
  duplicate,
  no_match,
  settled,
  other
};
std::string_view close_reason_name(CloseReason reason);
std::optional<CloseReason> parse_close_reason(std::string_view name);

enum class Answer { yes, no, unknown };
std::string_view answer_name(Answer answer);
std::optional<Answer> parse_answer(std::string_view name);

// The two questions that come first and may end the matter: was it public before, did a commitment cover it?
struct Answers {
  Answer public_before = Answer::unknown;
  std::string public_before_note;
  Answer covered = Answer::unknown;
  std::string covered_note;
  TimeMs answered_ms = 0;
  std::string answered_by;
  bool operator==(const Answers&) const = default;
};

struct Leak {
  Id id;
  std::string number;  // "L-2026-0001"
  std::string title, note;
  std::optional<Id> project;
  State state = State::reported;
  std::optional<CloseReason> closed_as;
  std::string close_note;
  std::optional<Id> case_id;
  events::Actor reporter;
  TimeMs reported_ms = 0;
  std::optional<TimeMs> first_seen_ms;  // the earliest sighting that stands
  std::uint64_t files = 0;              // that are pictures and can be traced
  std::optional<Outcome> outcome;       // of the latest trace
  std::optional<Id> trace_job;          // the latest
  std::optional<Answers> answers;
  std::uint64_t version = 1;  // counts changes
};

// "L-2026-0001"
std::string leak_number(int year, std::uint32_t ordinal);

enum class SightingDeed { noted, corrected, withdrawn, restored };
std::string_view sighting_deed_name(SightingDeed deed);
std::optional<SightingDeed> parse_sighting_deed(std::string_view name);

// What was done to a sighting after it was written down. Nothing is lost by it: `before_json` has what it said until
// then, of the fields that were changed, by their names in the API.
struct SightingChange {
  Id sighting;
  SightingDeed deed = SightingDeed::noted;
  TimeMs at_ms = 0;
  std::string by, reason;
  std::string before_json = "{}";
  bool operator==(const SightingChange&) const = default;
};

// Where it was seen. `channel`: a commitments::Channel's name, or "other".
struct Sighting {
  Id id;
  Id leak;
  std::string address;   // web address or place
  std::string platform;  // "Weibo"
  std::string account;   // who posted it there
  std::string channel = "other";
  TimeMs seen_ms = 0;
  std::string captured_by, captured_how;
  std::string note;
  std::optional<Id> item;  // the evidence that shows it
  std::optional<TimeMs> taken_down_ms;
  TimeMs recorded_ms = 0;
  std::string recorded_by;
  std::vector<SightingChange> changes{};  // oldest first
  // Who withdrew it, when and why; null while it stands.
  const SightingChange* withdrawal() const;
  bool stands() const { return withdrawal() == nullptr; }
};
bool is_sighting_channel(std::string_view name);
// Those that were not withdrawn, in their order: what is concluded from a leak is concluded from these.
std::vector<Sighting> standing(const std::vector<Sighting>& sightings);

// Somebody outside had published it before.
struct Publication {
  Id id;
  Id leak;
  std::string where, address;
  TimeMs published_ms = 0;
  std::string note;
  TimeMs recorded_ms = 0;
  std::string recorded_by;
};

// What is known of a file of the leak besides the evidence item itself.
struct FileState {
  Id item;
  Id leak;
  std::optional<Id> picture;  // a derived item: the picture for the page
  std::string problem;        // why it cannot be decoded; empty when it can
  int width_px = 0, height_px = 0;
  TimeMs recorded_ms = 0;
  bool is_picture() const { return problem.empty(); }
};

// An own release that a file matches.
struct ReleaseFound {
  Id leak, item, release;
  std::string title;
  TimeMs released_ms = 0;
  bool same_picture = false;  // or the same file; else a part
  std::string en, zh;
};

struct TracePictures {
  std::optional<Id> leak, master, master_part, leak_part;
};
struct TracedFile {
  Id item;
  TracePictures pictures;
};

// One trace that was finished. What it found stands in its report.
struct Trace {
  Id id;
  Id leak;
  Outcome outcome = Outcome::no_match;
  TimeMs created_ms = 0;
  std::string asked_by;
  Id report_json, report_html, report_readme;  // evidence items
  Hash report_sha256{};
  std::vector<TracedFile> files;  // in the report's order
};

enum class UnmaskState { requested, agreed, refused, withdrawn };
std::string_view unmask_state_name(UnmaskState state);
std::optional<UnmaskState> parse_unmask_state(std::string_view name);

// A request to name the recipients of the identified copies of one trace, and what a second person said.
struct UnmaskRequest {
  Id id;
  Id leak;
  Id trace;
  UnmaskState state = UnmaskState::requested;
  events::Actor requested_by;
  TimeMs requested_ms = 0;
  std::string reason;
  std::optional<events::Actor> decided_by;
  std::optional<TimeMs> decided_ms;
  std::string decision_reason;
};

// "traced" unless that was never done, and so on: where a closed matter goes on.
State reopened_state(const Leak& leak, const std::vector<UnmaskRequest>& requests);

struct LeakRow {
  Leak leak;
  std::string project_name;
};

// Sort: number, title, state, reported_at, first_seen_at, outcome; newest first without.
struct LeakFilter {
  std::optional<Id> project;
  std::optional<State> state;
  ListQuery page;
};

}  // namespace probity::leaks
