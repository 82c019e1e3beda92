#include "screening/hit_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::screening {
namespace {

constexpr std::string_view kWays[] = {"birth_date", "name", "document_photo", "credit_code"};
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
      return "first ask every filer";
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
  if (!hit.listed())
    return fail(ErrorCode::conflict, "the listing has ended", "nothing may be held against the person for it");
  if (!hit.filer_confirmed())
    return fail(ErrorCode::conflict, "no filer whose listing stands has confirmed any facts",
                "a decision cannot rest on the listing alone");
  return {};
}

bool may_ask_again(HitState state) {
  return state == HitState::identity_confirmed || state == HitState::filer_contacted || state == HitState::waiting;
}

// Which label a contact is about.
Result<std::size_t> label_asked(const Hit& hit, const FilerContact& contact) {
  if (contact.label) {
    if (*contact.label < hit.labels.size() && hit.labels[*contact.label].is_to_be_asked()) return *contact.label;
    return fail(ErrorCode::invalid_argument, "this is no listing whose filer is still to be asked",
                "give the number of the label, counted from 0");
  }
  const auto open = std::ranges::count_if(hit.labels, &HitLabel::is_to_be_asked);
  if (open != 1)
    return fail(ErrorCode::invalid_argument, "several members list this person: say which of them was asked",
                "each of them is asked under its own reference");
  const auto found = std::ranges::find_if(hit.labels, &HitLabel::is_to_be_asked);
  return static_cast<std::size_t>(found - hit.labels.begin());
}

// Where the hit stands once a filer has answered or a listing has changed: all filers are asked, and the person is told
// of no listing that its filer does not confirm.
Hit settle_with_filers(Hit hit, const Doing& doing) {
  if (std::ranges::any_of(hit.labels, &HitLabel::is_to_be_asked)) {
    hit.state = HitState::identity_confirmed;
    hit.wait_until_ms.reset();
    return hit;
  }
  const bool nobody_confirms = std::ranges::all_of(
      hit.labels, [](const HitLabel& label) { return !label.stands || label.answer == FilerAnswer::not_confirmed; });
  if (nobody_confirms)
    return with_step(std::move(hit), HitState::mistaken, HitStep::Kind::mistaken, doing, {{"way", "filer"}});
  if (hit.state == HitState::identity_confirmed) hit.state = HitState::filer_contacted;
  return hit;
}

// The labels as they were and as they are seen now, side by side.
struct LabelChanges {
  std::vector<HitLabel> labels;
  std::string ended, added;  // whose, for the record
  bool differs = false;
};

void name_label(std::string& list, const alliance::LabelContent& label) {
  list += (list.empty() ? "" : ", ") + label.filer + " " + label.reference;
}

LabelChanges compare_labels(const Hit& hit, std::vector<alliance::LabelContent> seen, bool keep_answers) {
  LabelChanges out{hit.labels, {}, {}, false};
  std::vector<bool> found(hit.labels.size());
  const auto match = [&](auto fits) {
    std::erase_if(seen, [&](const alliance::LabelContent& now) {
      for (std::size_t i = 0; i < found.size(); ++i) {
        HitLabel& before = out.labels[i];
        if (found[i] || !fits(before.content, now)) continue;
        found[i] = true;
        if (!before.stands) name_label(out.added, now);
        if (before.stands && before.content == now) return true;
        out.differs = true;
        before = {now, true, before.stands && keep_answers ? before.answer : std::nullopt};
        return true;
      }
      return false;
    });
  };
  match([](const auto& a, const auto& b) { return a == b; });
  match(alliance::is_same_matter);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] || !out.labels[i].stands) continue;
    out.labels[i].stands = false;
    out.differs = true;
    name_label(out.ended, out.labels[i].content);
  }
  for (alliance::LabelContent& now : seen) {
    out.differs = true;
    name_label(out.added, now);
    out.labels.push_back({std::move(now)});
  }
  return out;
}

}  // namespace

std::string_view way_name(IdentityCheck::Way way) { return kWays[static_cast<std::size_t>(way)]; }
std::optional<IdentityCheck::Way> parse_identity_way(std::string_view name) {
  return find_name<IdentityCheck::Way>(kWays, name);
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
  const bool is_late = hit.state == HitState::reconsider && std::ranges::any_of(hit.labels, &HitLabel::is_to_be_asked);
  TRY(check_turn(hit, is_late ? HitState::reconsider : HitState::identity_confirmed));
  TRY_ASSIGN(const std::size_t which, label_asked(hit, contact));
  TRY(check_time(hit, contact.at_ms, doing.now_ms));
  if (!is_contact_channel(contact.channel))
    return fail(ErrorCode::invalid_argument, "the channel is phone, mail, letter or meeting");
  const alliance::LabelContent& label = hit.labels[which].content;
  Hit next = with_step(hit, hit.state, HitStep::Kind::filer_contacted, doing,
                       {{"filer", label.filer},
                        {"reference", label.reference},
                        {"spoke_to", contact.spoke_to},
                        {"at", to_rfc3339(contact.at_ms)},
                        {"channel", contact.channel},
                        {"answer", std::string(answer_name(contact.answer))},
                        {"note", contact.note}});
  next.labels[which].answer = contact.answer;
  return is_late ? next : settle_with_filers(std::move(next), doing);
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

bool says_the_same(const Hit& hit, const SeenNow& seen) { return !compare_labels(hit, seen.labels, true).differs; }

Result<Hit> look_again(const Hit& hit, const SeenNow& seen, const Doing& doing) {
  if (!is_pending(hit)) return fail(ErrorCode::conflict, "this hit is closed, and nothing has changed since");
  const bool was_decided = hit.state == HitState::decided || hit.state == HitState::reconsider;
  LabelChanges changes = compare_labels(hit, seen.labels, was_decided);
  const char* finding = seen.labels.empty() ? "not_listed" : changes.differs ? "changed" : "unchanged";
  Hit next = with_step(hit, hit.state, HitStep::Kind::looked_again, doing,
                       {{"finding", finding}, {"ended", changes.ended}, {"added", changes.added}});
  next.change.reset();
  next.labels = std::move(changes.labels);
  for (const HitPlace& place : seen.places)
    if (std::ranges::find(next.places, place) == next.places.end()) next.places.push_back(place);
  if (!changes.differs) return next;
  if (was_decided) {
    // Who was engaged all the same has nothing to be made good.
    if (hit.decision && hit.decision->outcome == HitOutcome::engaged) return next;
    next.state = HitState::reconsider;
    return next;
  }
  if (!next.listed()) {
    next.wait_until_ms.reset();
    return with_step(std::move(next), HitState::cleared, HitStep::Kind::cleared, doing, {});
  }
  if (hit.state == HitState::cleared) next.state = HitState::found;
  return may_ask_again(hit.state) ? settle_with_filers(std::move(next), doing) : next;
}

}  // namespace probity::screening
