// A joint case: members who were hit by the same thing work on it together, each with a contact, until an outcome.
#pragma once

#include "base/result.h"
#include "bulletins/bulletin.h"

namespace probity::bulletins {

struct JointCase {
  enum class State { open, closed };
  enum class Outcome { taken_down, settled, police_report, court, no_result };
  struct Participant {
    Id member;
    std::string contact;  // who of that member is to be asked, and how
    TimeMs joined_ms = 0;
    std::optional<TimeMs> left_ms;
    bool operator==(const Participant&) const = default;
  };
  struct Note {
    Id id, member, account;
    std::string text;
    TimeMs time_ms = 0;
    bool operator==(const Note&) const = default;
  };

  Id id;
  Id bulletin;
  std::string number;  // of the bulletin
  State state = State::open;
  TimeMs opened_ms = 0;
  std::vector<Participant> participants;  // the first one opened it
  std::vector<Note> notes;
  std::optional<Outcome> outcome;
  std::string outcome_note;
  std::optional<TimeMs> closed_ms;
  bool operator==(const JointCase&) const = default;
};
std::string_view joint_state_name(JointCase::State state);
std::string_view outcome_name(JointCase::Outcome outcome);
std::optional<JointCase::Outcome> parse_outcome(std::string_view name);

// Whether the member takes part now: only then are contacts and notes shown.
bool takes_part(const JointCase& joint, const Id& member);

// The verbs, pure. Errors: invalid_argument; conflict (closed; joined already); forbidden (takes no part).
Result<JointCase> open_joint_case(const Id& id, const Bulletin& bulletin, const Reader& by, const std::string& contact,
                                  TimeMs now_ms);
Result<JointCase> join(const JointCase& joint, const Reader& by, const std::string& contact, TimeMs now_ms);
Result<JointCase> leave(const JointCase& joint, const Reader& by, TimeMs now_ms);
Result<JointCase> note(const JointCase& joint, const Id& id, const Reader& by, const std::string& text, TimeMs now_ms);
Result<JointCase> close(const JointCase& joint, const Reader& by, JointCase::Outcome outcome, const std::string& text,
                        TimeMs now_ms);

}  // namespace probity::bulletins
