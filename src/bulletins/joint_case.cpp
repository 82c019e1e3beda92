#include "bulletins/joint_case.h"

#include <algorithm>
#include <array>

#include "bulletins/rules.h"
#include "bulletins/text_check.h"

namespace probity::bulletins {
namespace {

constexpr std::size_t kMostNotes = 500, kMostContactBytes = 800;
constexpr std::array<std::string_view, 5> kOutcomes{"taken_down", "settled", "police_report", "court", "no_result"};

Result<void> check_open(const JointCase& joint) {
  if (joint.state == JointCase::State::open) return {};
  return fail(ErrorCode::conflict, "this joint case is closed", "open one on a new bulletin");
}
Result<void> check_taking_part(const JointCase& joint, const Reader& by) {
  if (takes_part(joint, by.member)) return {};
  return fail(ErrorCode::forbidden, "this member takes no part in the joint case", "join it first");
}
Result<void> check_contact(const std::string& contact) {
  if (contact.empty() || contact.size() > kMostContactBytes)
    return fail(ErrorCode::invalid_argument, "who joins names a contact, in at most 200 characters");
  return check_note(contact);
}

}  // namespace

std::string_view joint_state_name(JointCase::State state) {
  return state == JointCase::State::open ? "open" : "closed";
}
std::string_view outcome_name(JointCase::Outcome outcome) { return kOutcomes.at(static_cast<std::size_t>(outcome)); }
std::optional<JointCase::Outcome> parse_outcome(std::string_view name) {
  const auto found = std::ranges::find(kOutcomes, name);
  if (found == kOutcomes.end()) return std::nullopt;
  return static_cast<JointCase::Outcome>(found - kOutcomes.begin());
}

bool takes_part(const JointCase& joint, const Id& member) {
  return std::ranges::any_of(joint.participants, [&](const auto& one) { return one.member == member && !one.left_ms; });
}

Result<JointCase> open_joint_case(const Id& id, const Bulletin& bulletin, const Reader& by, const std::string& contact,
                                  TimeMs now_ms) {
  if (by.is_operator) return fail(ErrorCode::forbidden, "members open joint cases");
  TRY(check_readable(bulletin, by, now_ms));
  TRY(check_contact(contact));
  JointCase joint;
  joint.id = id;
  joint.bulletin = bulletin.id;
  joint.number = bulletin.number;
  joint.opened_ms = now_ms;
  joint.participants.push_back({by.member, contact, now_ms, std::nullopt});
  return joint;
}

Result<JointCase> join(const JointCase& joint, const Reader& by, const std::string& contact, TimeMs now_ms) {
  if (by.is_operator) return fail(ErrorCode::forbidden, "members join joint cases");
  TRY(check_open(joint));
  TRY(check_contact(contact));
  if (takes_part(joint, by.member)) return fail(ErrorCode::conflict, "this member takes part already");
  JointCase next = joint;
  const auto earlier = std::ranges::find(next.participants, by.member, &JointCase::Participant::member);
  if (earlier != next.participants.end())
    *earlier = {by.member, contact, earlier->joined_ms, std::nullopt};
  else
    next.participants.push_back({by.member, contact, now_ms, std::nullopt});
  return next;
}

Result<JointCase> leave(const JointCase& joint, const Reader& by, TimeMs now_ms) {
  TRY(check_open(joint));
  TRY(check_taking_part(joint, by));
  JointCase next = joint;
  for (auto& one : next.participants)
    if (one.member == by.member) one.left_ms = now_ms;
  return next;
}

Result<JointCase> note(const JointCase& joint, const Id& id, const Reader& by, const std::string& text, TimeMs now_ms) {
  TRY(check_open(joint));
  TRY(check_taking_part(joint, by));
  if (text.empty() || text.size() > kMostNote * 4)
    return fail(ErrorCode::invalid_argument, "a note has at most 4000 characters");
  TRY(check_note(text));
  if (joint.notes.size() >= kMostNotes) return fail(ErrorCode::conflict, "this joint case has too many notes");
  JointCase next = joint;
  next.notes.push_back({id, by.member, by.account, text, now_ms});
  return next;
}

Result<JointCase> close(const JointCase& joint, const Reader& by, JointCase::Outcome outcome, const std::string& text,
                        TimeMs now_ms) {
  TRY(check_open(joint));
  TRY(check_taking_part(joint, by));
  TRY(check_note(text));
  JointCase next = joint;
  next.state = JointCase::State::closed;
  next.outcome = outcome;
  next.outcome_note = text;
  next.closed_ms = now_ms;
  return next;
}

}  // namespace probity::bulletins
