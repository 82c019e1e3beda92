#include "screening/hit_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::screening {
namespace {

constexpr std::string_view kWays[] = {"birth_date", "name", "document_photo", "credit_code"};
constexpr std::string_view kAnswers[] = {"confirmed", "not_confirmed", "no_answer"};
constexpr std::string_view kChannels[] = {"phone", "mail", "letter", "meeting"};
constexpr std::string_view kNoticeWays[] = {"mail", "letter", "phone", "in_person"};
constexpr std::size_t kLeastSentenceBytes = 12;  // four Han characters, or two short words
constexpr int kLeastSentences = 2;

template <std::size_t count>
bool is_one_of(const std::string_view (&names)[count], std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

template <class Enum, std::size_t count>
std::optional<Enum> find_name(const std::string_view (&names)[count], std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

const char* what_comes_next(HitState state) {
  switch (state) {
    case HitState::found:
      return "first confirm by a second attribute that it is this person";
    case HitState::identity_confirmed:
      return "first ask the filer";
    case HitState::filer_contacted:
      return "first tell the person";
    case HitState::waiting:
      return "the person has five working days; then decide";
    case HitState::reconsider:
      return "reconsider the decision";
    case HitState::decided:
    case HitState::mistaken:
    case HitState::withdrawn:
    case HitState::cleared:
      break;
  }
  return "this hit is closed";
}

Result<void> check_turn(const Hit& hit, HitState needed) {
  if (hit.change) return fail(ErrorCode::conflict, "the listing behind this hit has changed since", "look again first");
  if (hit.state != needed)
    return fail(ErrorCode::conflict, "this is not what comes next for this hit", what_comes_next(hit.state));
  return {};
}

Hit with_step(Hit hit, HitState state, HitStep::Kind kind, const Doing& doing,
              std::map<std::string, std::string> detail) {
  hit.state = state;
  std::erase_if(detail, [](const auto& member) { return member.second.empty(); });
  hit.steps.push_back({kind, doing.by, doing.now_ms, std::move(detail)});
  return hit;
}

// A day's leeway: dates are entered from memory, and clocks are in other places.
Result<void> check_time(const Hit& hit, TimeMs at_ms, TimeMs now_ms) {
  if (at_ms > now_ms + alliance::kDayMs) return fail(ErrorCode::invalid_argument, "this time is still to come");
  if (at_ms < hit.found_ms() - alliance::kDayMs)
    return fail(ErrorCode::invalid_argument, "this was before the hit was found");
  return {};
}

Result<void> check_outcome(const Hit& hit, HitOutcome outcome) {
  if (outcome != HitOutcome::declined_confirmed_facts) return {};
  if (!hit.filer_confirmed)
    return fail(ErrorCode::conflict, "the filer has not confirmed any facts",
                "a decision cannot rest on the listing alone");
  if (!hit.listed)
    return fail(ErrorCode::conflict, "the listing has ended", "nothing may be held against the person for it");
  return {};
}

bool may_ask_again(HitState state) {
  return state == HitState::identity_confirmed || state == HitState::filer_contacted || state == HitState::waiting;
}

}  // namespace

std::string_view way_name(IdentityCheck::Way way) { return kWays[static_cast<std::size_t>(way)]; }
std::optional<IdentityCheck::Way> parse_identity_way(std::string_view name) {
  return find_name<IdentityCheck::Way>(kWays, name);
}
std::string_view answer_name(FilerContact::Answer answer) { return kAnswers[static_cast<std::size_t>(answer)]; }
std::optional<FilerContact::Answer> parse_answer(std::string_view name) {
  return find_name<FilerContact::Answer>(kAnswers, name);
}
bool is_contact_channel(std::string_view name) { return is_one_of(kChannels, name); }
bool is_notice_way(std::string_view name) { return is_one_of(kNoticeWays, name); }

Result<void> check_reasons(std::string_view reasons) {
  constexpr std::string_view kEnds[] = {".", "!", "?", "。", "！", "？"};
  int sentences = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < reasons.size();) {
    const auto end = std::ranges::find_if(kEnds, [&](auto mark) { return reasons.substr(at).starts_with(mark); });
    if (end == std::end(kEnds)) {
      ++at;
      continue;
    }
    if (at - begin >= kLeastSentenceBytes) ++sentences;
    at += end->size();
    begin = at;
  }
  if (sentences < kLeastSentences)
    return fail(ErrorCode::invalid_argument, "a decision about a hit needs reasons, in two sentences at least",
                "say what was established, what the person answered, and what follows from it");
  return {};
}

Result<Hit> confirm_identity(const Hit& hit, const IdentityCheck& check, const Doing& doing) {
  TRY(check_turn(hit, HitState::found));
  const std::map<std::string, std::string> detail{
      {"way", std::string(way_name(check.way))}, {"finding", check.finding}, {"note", check.note}};
  if (!check.same) return with_step(hit, HitState::mistaken, HitStep::Kind::mistaken, doing, detail);
  return with_step(hit, HitState::identity_confirmed, HitStep::Kind::identity_confirmed, doing, detail);
}

Result<Hit> contact_filer(const Hit& hit, const FilerContact& contact, const Doing& doing) {
  TRY(check_turn(hit, HitState::identity_confirmed));
  TRY(check_time(hit, contact.at_ms, doing.now_ms));
  if (!is_contact_channel(contact.channel))
    return fail(ErrorCode::invalid_argument, "the channel is phone, mail, letter or meeting");
  Hit next = with_step(hit, HitState::filer_contacted, HitStep::Kind::filer_contacted, doing,
                       {{"spoke_to", contact.spoke_to},
                        {"at", to_rfc3339(contact.at_ms)},
                        {"channel", contact.channel},
                        {"answer", std::string(answer_name(contact.answer))},
                        {"note", contact.note}});
  next.filer_confirmed = contact.answer == FilerContact::Answer::confirmed;
  if (contact.answer != FilerContact::Answer::not_confirmed) return next;
  return with_step(std::move(next), HitState::mistaken, HitStep::Kind::mistaken, doing, {{"way", "filer"}});
}

Result<Hit> notify_person(const Hit& hit, const PersonNotice& notice, const Doing& doing) {
  TRY(check_turn(hit, HitState::filer_contacted));
  TRY(check_time(hit, notice.at_ms, doing.now_ms));
  if (!is_notice_way(notice.way))
    return fail(ErrorCode::invalid_argument, "the way is mail, letter, phone or in_person");
  const TimeMs until_ms = alliance::after_working_days(std::max(doing.now_ms, notice.at_ms), kWaitWorkingDays);
  Hit next = with_step(hit, HitState::waiting, HitStep::Kind::person_notified, doing,
                       {{"at", to_rfc3339(notice.at_ms)},
                        {"way", notice.way},
                        {"note", notice.note},
                        {"wait_until", to_rfc3339(until_ms)}});
  next.wait_until_ms = until_ms;
  return next;
}

Result<Hit> record_answer(const Hit& hit, const std::string& note, const Doing& doing) {
  const bool is_over = hit.state == HitState::mistaken || hit.state == HitState::withdrawn ||
                       hit.state == HitState::cleared || hit.state == HitState::decided;
  if (is_over) return fail(ErrorCode::conflict, "this hit is closed", what_comes_next(hit.state));
  return with_step(hit, hit.state, HitStep::Kind::person_answered, doing, {{"note", note}});
}

Result<Hit> decide(const Hit& hit, HitOutcome outcome, const std::string& reasons, const Doing& doing) {
  TRY(check_turn(hit, HitState::waiting));
  if (!hit.wait_until_ms || doing.now_ms < *hit.wait_until_ms)
    return fail(ErrorCode::conflict, "the person's time to answer has not passed",
                hit.wait_until_ms ? "decide after " + to_rfc3339(*hit.wait_until_ms) : "");
  TRY(check_reasons(reasons));
  TRY(check_outcome(hit, outcome));
  Hit next = with_step(hit, HitState::decided, HitStep::Kind::decided, doing,
                       {{"outcome", std::string(hit_outcome_name(outcome))}, {"reasons", reasons}});
  next.decision = HitDecision{outcome, reasons, doing.now_ms};
  return next;
}

Result<Hit> reconsider(const Hit& hit, HitOutcome outcome, const std::string& reasons, const Doing& doing) {
  TRY(check_turn(hit, HitState::reconsider));
  TRY(check_reasons(reasons));
  TRY(check_outcome(hit, outcome));
  Hit next = with_step(hit, HitState::decided, HitStep::Kind::reconsidered, doing,
                       {{"outcome", std::string(hit_outcome_name(outcome))}, {"reasons", reasons}});
  next.decision = HitDecision{outcome, reasons, doing.now_ms};
  return next;
}

Result<Hit> withdraw(const Hit& hit, const std::string& note, const Doing& doing) {
  const bool is_open = hit.state == HitState::found || may_ask_again(hit.state);
  if (!is_open) return fail(ErrorCode::conflict, "this hit is closed", what_comes_next(hit.state));
  Hit next = with_step(hit, HitState::withdrawn, HitStep::Kind::withdrawn, doing, {{"note", note}});
  next.change.reset();
  return next;
}

bool touches(const alliance::ChangeNotice& notice, const Hit& hit) {
  return std::ranges::any_of(hit.places, [&](const HitPlace& place) {
    if (place.epoch != notice.epoch) return false;
    const int common = std::min(place.bits, notice.bits);
    return place.prefix >> (place.bits - common) == notice.prefix >> (notice.bits - common);
  });
}

Hit listing_changed(const Hit& hit, const ListingChange& change, const Id& notice, const Doing& doing) {
  Hit next = with_step(hit, hit.state, HitStep::Kind::listing_changed, doing,
                       {{"what", std::string(alliance::step_name(change.what))}, {"notice", notice.text()}});
  // Of a hit that was no hit, or whose candidate has left, nothing hangs on it any more.
  if (hit.state != HitState::mistaken && hit.state != HitState::withdrawn) next.change = change;
  return next;
}

Result<Hit> look_again(const Hit& hit, const std::optional<alliance::LabelContent>& label,
                       const std::optional<HitPlace>& place, const Doing& doing) {
  if (!is_pending(hit)) return fail(ErrorCode::conflict, "this hit is closed, and nothing has changed since");
  const bool differs = !label || *label != hit.label || !hit.listed;
  Hit next = with_step(hit, hit.state, HitStep::Kind::looked_again, doing,
                       {{"finding", !label    ? "not_listed"
                                    : differs ? "changed"
                                              : "unchanged"}});
  next.change.reset();
  next.listed = label.has_value();
  if (label) next.label = *label;
  if (place && std::ranges::find(next.places, *place) == next.places.end()) next.places.push_back(*place);
  if (!differs) return next;
  const bool was_decided = hit.state == HitState::decided || hit.state == HitState::reconsider;
  if (was_decided) {
    // Who was engaged all the same has nothing to be made good.
    if (hit.decision && hit.decision->outcome == HitOutcome::engaged) return next;
    next.state = HitState::reconsider;
    if (!label) next.filer_confirmed = false;
    return next;
  }
  next.filer_confirmed = false;
  next.wait_until_ms.reset();
  if (!label && hit.state != HitState::cleared)
    return with_step(std::move(next), HitState::cleared, HitStep::Kind::cleared, doing, {});
  if (label && may_ask_again(hit.state)) next.state = HitState::identity_confirmed;
  if (label && hit.state == HitState::cleared) next.state = HitState::found;
  return next;
}

}  // namespace probity::screening
