// What a recipient sees: their home, a commitment with its one next step, the calendar.
#include "commitments/recipient.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "commitments/calendar.h"

namespace probity::commitments {
namespace {

std::vector<EmbargoInstant> embargoes_of(const Commitment& commitment, const ProjectFacts& facts) {
  std::vector<EmbargoInstant> found = facts.embargoes;
  for (EmbargoInstant& embargo : found) embargo.project = facts.id;
  const auto own_ms = commitment.terms.embargo_ms;
  const bool is_known = !own_ms || std::any_of(found.begin(), found.end(),
                                               [&](const EmbargoInstant& embargo) { return embargo.at_ms == *own_ms; });
  if (!is_known) found.push_back({commitment.id, facts.id, commitment.title, *own_ms, commitment.terms.embargo_zone});
  return found;
}

// What binds this person: the terms' own instant, else the project's next, else its last.
std::optional<EmbargoInstant> embargo_for(const Commitment& commitment, const ProjectFacts& facts, TimeMs now_ms) {
  if (commitment.terms.embargo_ms)
    return EmbargoInstant{commitment.id, facts.id, commitment.title, *commitment.terms.embargo_ms,
                          commitment.terms.embargo_zone};
  std::optional<EmbargoInstant> best;
  for (const EmbargoInstant& embargo : facts.embargoes) {
    const bool is_ahead = embargo.at_ms > now_ms;
    const bool best_ahead = best && best->at_ms > now_ms;
    if (!best || (is_ahead && (!best_ahead || embargo.at_ms < best->at_ms)) ||
        (!is_ahead && !best_ahead && embargo.at_ms > best->at_ms))
      best = embargo;
  }
  return best;
}

void add_new(std::vector<EmbargoInstant>& all, const std::vector<EmbargoInstant>& more) {
  for (const EmbargoInstant& embargo : more) {
    const bool is_known = std::any_of(all.begin(), all.end(), [&](const EmbargoInstant& known) {
      return known.project == embargo.project && known.at_ms == embargo.at_ms;
    });
    if (!is_known) all.push_back(embargo);
  }
}

}  // namespace

std::string_view step_name(Step step) {
  static constexpr std::array<std::string_view, 6> kNames{"read", "answer", "sign", "wait", "done", "closed"};
  return kNames.at(static_cast<std::size_t>(step));
}

Step step_of(const Commitment& commitment, const Signatory& signatory, TimeMs now_ms) {
  if (commitment.state == State::in_force) return Step::done;
  if (!is_pending(commitment.state)) return Step::closed;
  if (signatory.state == SignatoryState::has_signed) return Step::wait;
  if (commitment.sign_by_ms && *commitment.sign_by_ms <= now_ms) return Step::closed;
  switch (signatory.state) {
    case SignatoryState::waiting:
      return Step::wait;
    case SignatoryState::sent:
    case SignatoryState::opened:
      return Step::read;
    case SignatoryState::read:
      return Step::answer;
    case SignatoryState::answered:
      return Step::sign;
    case SignatoryState::has_signed:
    case SignatoryState::declined:
      break;
  }
  return Step::closed;
}

Result<void> check_turn(const Commitment& commitment, const Signatory& self, TimeMs now_ms) {
  if (!is_pending(commitment.state)) {
    TRY(next(commitment.state, Move::sign));
    return fail(ErrorCode::conflict, "this commitment is not waiting for anybody");
  }
  if (self.state == SignatoryState::waiting)
    return fail(ErrorCode::conflict, "it is not your turn yet", "you will be told when it is");
  if (self.state == SignatoryState::has_signed) return fail(ErrorCode::conflict, "you have signed this already");
  if (commitment.sign_by_ms && *commitment.sign_by_ms <= now_ms)
    return fail(ErrorCode::gone, "the last day for signing has passed", "ask for more time");
  return {};
}

Witness witness_of(const Visitor& visitor, const Signatory& self) {
  return {{events::Actor::Kind::recipient, visitor.party, self.name}, visitor.address, visitor.agent};
}

Result<Commitment> RecipientService::own(const Visitor& visitor, const Id& id) const {
  TRY_ASSIGN(auto found, desk_.store().find(id));
  if (!found || !found->sent_ms || found->signatory_of(visitor.party) == nullptr)
    return fail(ErrorCode::not_found, "there is no such commitment");
  return std::move(*found);
}

Result<RecipientView> RecipientService::view(Commitment commitment, const Visitor& visitor) const {
  RecipientView seen;
  TRY_ASSIGN(seen.text, desk_.text_of(commitment));
  TRY_ASSIGN(const ProjectFacts facts, desk_.project(commitment.project));
  TRY_ASSIGN(const House house, desk_.ports().house.house());
  seen.now_ms = desk_.now();
  seen.self = *commitment.signatory_of(visitor.party);
  seen.step = step_of(commitment, seen.self, seen.now_ms);
  seen.project_name = facts.name;
  seen.sender = house.organisation;
  seen.embargo = embargo_for(commitment, facts, seen.now_ms);
  seen.commitment = std::move(commitment);
  return seen;
}

Result<RecipientHome> RecipientService::home(const Visitor& visitor) {
  RecipientHome home;
  TRY(desk_.ports().transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(home.house, desk_.ports().house.house());
    TRY_ASSIGN(const Person person, desk_.person(visitor.party));
    home.name = person.name;
    home.locale = person.locale;
    home.now_ms = desk_.now();
    if (person.organisation) {
      TRY_ASSIGN(const auto organisation, desk_.ports().directory.organisation(*person.organisation));
      if (organisation) home.organisation = organisation->name;
    }
    TRY_ASSIGN(auto commitments, desk_.store().of_signatory(visitor.party));
    for (Commitment& commitment : commitments) {
      TRY_ASSIGN(const ProjectFacts facts, desk_.project(commitment.project));
      RecipientRow row;
      row.self = *commitment.signatory_of(visitor.party);
      row.step = step_of(commitment, row.self, home.now_ms);
      row.project_name = facts.name;
      row.embargo = embargo_for(commitment, facts, home.now_ms);
      const bool was_signed = row.self.state == SignatoryState::has_signed;
      if (is_pending(commitment.state) || commitment.state == State::in_force)
        add_new(home.embargoes, embargoes_of(commitment, facts));
      // A version that was replaced before it was signed is of no interest to anybody.
      if (commitment.state == State::replaced && !was_signed) continue;
      row.commitment = std::move(commitment);
      (is_pending(row.commitment.state) && !was_signed ? home.pending : home.finished).push_back(std::move(row));
    }
    std::sort(home.embargoes.begin(), home.embargoes.end(),
              [](const EmbargoInstant& a, const EmbargoInstant& b) { return a.at_ms < b.at_ms; });
    TRY_ASSIGN(home.slips, desk_.store().slips_of(visitor.party));
    return {};
  }));
  return home;
}

Result<RecipientView> RecipientService::look(const Visitor& visitor, const Id& id) {
  TRY_ASSIGN(Commitment seen, own(visitor, id));
  const Signatory* before = seen.signatory_of(visitor.party);
  if (!is_pending(seen.state) || before->state != SignatoryState::sent) return view(std::move(seen), visitor);
  return desk_.write([&]() -> Result<RecipientView> {
    TRY_ASSIGN(Commitment commitment, own(visitor, id));
    Signatory& self = *commitment.signatory_of(visitor.party);
    if (is_pending(commitment.state) && self.state == SignatoryState::sent) {
      TRY_ASSIGN(commitment.state, next(commitment.state, Move::open));
      self.state = SignatoryState::opened;
      TRY(desk_.store().update(commitment));
      const Witness witness = witness_of(visitor, self);
      TRY(desk_.record(commitment, "opened", witness, {{"session", visitor.session.text()}}));
      TRY(desk_.tell(commitment, "commitment.opened", witness.actor, {}));
    }
    return view(std::move(commitment), visitor);
  });
}

Result<std::string> RecipientService::calendar(const Visitor& visitor) {
  TRY_ASSIGN(const RecipientHome all, home(visitor));
  std::vector<CalendarEntry> entries;
  for (const EmbargoInstant& embargo : all.embargoes) {
    std::string project;
    for (const auto* rows : {&all.pending, &all.finished})
      for (const RecipientRow& row : *rows)
        if (row.commitment.project == embargo.project) project = row.project_name;
    entries.push_back({embargo, project});
  }
  return calendar_text(entries, all.house.organisation, all.locale, all.now_ms);
}

}  // namespace probity::commitments
