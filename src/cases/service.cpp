#include "cases/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cases/letters.h"
#include "parties/text.h"

namespace probity::cases {
namespace {

using nlohmann::json;

constexpr std::uint32_t kMostColumn = 200;
constexpr std::size_t kMostDeadlines = 100, kMostDue = 200, kMostRounds = 50;

Result<void> check_money(const Money& money) {
  if (!is_currency_code(money.currency))
    return fail(ErrorCode::invalid_argument, "currency: three capital letters such as EUR or CNY are expected");
  if (money.minor < 0 || money.minor > kMostMinor)
    return fail(ErrorCode::invalid_argument, "minor: an amount that is not below zero is expected");
  return {};
}

}  // namespace

Result<Who> CaseService::staff_who(const Id& account, bool has_to_review) const {
  TRY_ASSIGN(const auto staff, desk_.ports().staff.person(account));
  if (!staff || !staff->may_work)
    return fail(ErrorCode::invalid_argument, "there is no account that may work on cases by that id");
  if (has_to_review && !staff->may_review)
    return fail(ErrorCode::invalid_argument, "reviewer: an account with the role reviewer is expected");
  return Who{staff->id, staff->name};
}

Result<CaseView> CaseService::open(const NewCase& wanted, const Hand& hand) {
  CaseView outcome;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    Case of;
    of.id = desk_.new_id();
    TRY_ASSIGN(of.title, filled_line("title", wanted.title, kMostLine));
    TRY_ASSIGN(of.summary, parties::tidy_text("summary", wanted.summary, kMostText));
    of.kind = wanted.kind.value_or(Kind::unknown);
    of.severity = wanted.severity.value_or(Severity::medium);
    of.project = wanted.project;
    of.opened_ms = of.updated_ms = desk_.now();
    of.owner = hand.who;
    if (wanted.owner) {
      TRY_ASSIGN(of.owner, staff_who(*wanted.owner, false));
    }
    if (wanted.reviewer) {
      TRY_ASSIGN(of.reviewer, staff_who(*wanted.reviewer, true));
    }
    of.year = year_of(of.opened_ms);
    TRY_ASSIGN(of.ordinal, desk_.ports().store.next_ordinal(of.year));
    of.number = case_number(of.year, of.ordinal);
    std::optional<LeakFacts> leak;
    if (wanted.leak) {
      TRY_ASSIGN(leak, desk_.ports().leaks.leak(*wanted.leak));
      if (!leak) return fail(ErrorCode::invalid_argument, "leak: there is no such leak");
      of.leak = leak->id;
      of.leak_number = leak->number;
      if (!of.project) of.project = leak->project;
      for (const Sighting& seen : leak->sightings) {
        Moment moment{desk_.new_id(), seen.what, seen.what_zh, true,   seen.happened_ms,
                      seen.seen_ms,   "",        leak->number, seen.id};
        of.timeline.push_back(std::move(moment));
      }
    }
    desk_.note_moment(of, "The case was opened", "立案", hand.who.name);
    TRY(desk_.ports().store.insert(of, {}));
    TRY(desk_.ports().evidence.open(of.id, of.number, hand.actor));
    if (leak) TRY(desk_.ports().leaks.moved(leak->id, of.id, of.number, hand.actor));
    TRY(desk_.tell(of, "case.opened", hand.actor, {{"title", of.title}}));
    TRY_ASSIGN(outcome, desk_.view(of.id));
    return {};
  }));
  return outcome;
}

Result<CaseView> CaseService::find(const Id& id) {
  CaseView outcome;
  TRY(desk_.ports().transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(outcome, desk_.view(id));
    return {};
  }));
  return outcome;
}

Result<CaseView> CaseService::find_number(const std::string& number) {
  TRY_ASSIGN(const auto found, desk_.ports().store.find_number(number));
  if (!found) return fail(ErrorCode::not_found, fmt::format("there is no case {}", number));
  return find(found->id);
}

Result<Listed<CaseRow>> CaseService::list(const CaseFilter& filter) { return desk_.ports().store.list(filter); }

Result<std::vector<BoardColumn>> CaseService::board(const CaseFilter& filter, std::uint32_t most_each) {
  std::vector<BoardColumn> columns;
  TRY(desk_.ports().transactions.read([&]() -> Result<void> {
    for (const auto& [state, name] : kStates) {
      CaseFilter one = filter;
      one.state = state;
      one.page.sort = "due_at";
      one.page.offset = 0;
      one.page.limit = std::min(most_each, kMostColumn);
      TRY_ASSIGN(auto listed, desk_.ports().store.list(one));
      columns.push_back({state, std::move(listed)});
    }
    return {};
  }));
  return columns;
}

Result<Dashboard> CaseService::dashboard() {
  Dashboard dashboard;
  TRY(desk_.ports().transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(dashboard.by_state, desk_.ports().store.count_by_state());
    for (const auto& [state, count] : dashboard.by_state)
      if (state != State::closed && state != State::overturned) dashboard.open += count;
    const TimeMs now_ms = desk_.now();
    TRY_ASSIGN(dashboard.deadlines, desk_.ports().store.deadlines(now_ms + 60 * kDay, kMostDeadlines));
    dashboard.overdue = static_cast<std::uint64_t>(
        std::ranges::count_if(dashboard.deadlines, [&](const Deadline& one) { return one.due_ms <= now_ms; }));
    for (const State state : {State::reply, State::appeal}) {
      CaseFilter filter;
      filter.state = state;
      filter.page.limit = 500;
      TRY_ASSIGN(const auto listed, desk_.ports().store.list(filter));
      for (const CaseRow& row : listed.items)
        if (state == State::appeal || std::ranges::any_of(row.of.proposals, [](const Proposal& one) {
              return one.state == ProposalState::proposed;
            }))
          ++dashboard.waiting_for_second;
    }
    return {};
  }));
  return dashboard;
}

Result<CaseView> CaseService::update(const Id& id, const CaseChange& change, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    if (change.revision && *change.revision != of.revision)
      return fail(ErrorCode::conflict, "this case changed since you read it", "look at it again");
    if (change.title) {
      TRY_ASSIGN(of.title, filled_line("title", *change.title, kMostLine));
    }
    if (change.summary) {
      TRY_ASSIGN(of.summary, parties::tidy_text("summary", *change.summary, kMostText));
    }
    of.kind = change.kind.value_or(of.kind);
    of.severity = change.severity.value_or(of.severity);
    if (change.owner) {
      TRY_ASSIGN(of.owner, staff_who(*change.owner, false));
    }
    for (const auto& [wanted, place] :
         {std::pair(&change.reviewer, &of.reviewer), std::pair(&change.second_reviewer, &of.second_reviewer)})
      if (*wanted) {
        place->reset();
        if (**wanted) {
          TRY_ASSIGN(*place, staff_who(***wanted, true));
        }
      }
    if (change.mitigation) {
      of.mitigation = *change.mitigation;
      TRY_ASSIGN(of.mitigation.note, parties::tidy_text("note", of.mitigation.note, kMostText));
    }
    if (change.loss) {
      of.loss = *change.loss;
      if (of.loss) {
        TRY(check_money(of.loss->amount));
        TRY_ASSIGN(of.loss->text, parties::tidy_text("text", of.loss->text, kMostText));
      }
    }
    std::vector<Who> people{of.owner};
    if (of.reviewer) people.push_back(*of.reviewer);
    TRY(detect_conflicts(of, people));
    return desk_.tell(of, "case.changed", hand.actor, {{"title", of.title}});
  });
}

Result<CaseView> CaseService::investigate(const Id& id, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(cases::investigate(of));
    desk_.note_moment(of, "The investigation began", "开始调查", hand.who.name);
    return desk_.tell(of, "case.investigating", hand.actor, {});
  });
}

Result<CaseView> CaseService::close(const Id& id, const std::string& reason, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY_ASSIGN(const std::string why, filled_text("reason", reason, kMostText));
    TRY_ASSIGN(const auto rectifications, desk_.ports().rectifications.of_case(id));
    const auto open = static_cast<std::size_t>(
        std::ranges::count_if(rectifications, [](const Rectification& one) { return !one.closed_ms; }));
    TRY(cases::close(of, why, open, hand, desk_.now()));
    desk_.note_moment(of, "The case was closed", "结案", hand.who.name);
    TRY(desk_.step(of, "closed", why, hand.actor));
    TRY(desk_.commit(of, "case_closed", {{"reason", why}}));
    return desk_.tell(of, "case.closed", hand.actor, {{"reason", why}});
  });
}

Result<Publication> CaseService::publication(const Id& id) {
  TRY_ASSIGN(const Case of, desk_.existing(id));
  return publication_allowed(of, desk_.now());
}

// One case that something of is overdue: final when the time to appeal has passed; its owner is told once of the rest.
Result<void> CaseService::turn(const Id& id, TickReport& report) {
  return desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Case of, desk_.existing(id));
    const TimeMs now_ms = desk_.now();
    const bool is_final = become_final(of, now_ms);
    if (is_final) {
      ++report.finals;
      desk_.note_moment(of, "The decision became final", "决定生效", "");
      TRY(desk_.commit(of, "case_final", {}));
      TRY(desk_.tell(of, "case.final", {}, {}));
    }
    TRY_ASSIGN(const auto ledger, desk_.ports().store.ledger(id));
    TRY_ASSIGN(const auto house, desk_.ports().house.house());
    for (const Deadline& due : deadlines_of(of, ledger)) {
      if (due.due_ms > now_ms) break;
      if (is_told(of, due)) continue;
      mark_told(of, due);
      ++report.reminders;
      TRY(desk_.tell(of, "case.overdue", {}, {{"label", due.what}, {"title", due.detail}}));
      if (!of.owner.account) continue;
      TRY_ASSIGN(const auto owner, desk_.ports().staff.person(*of.owner.account));
      if (!owner) continue;
      TRY(desk_.mail(letter(
          {owner->email, owner->name, owner->locale}, house,
          {"case.overdue", fmt::format("{}: something is due", of.number), fmt::format("{}：有事项到期", of.number),
           fmt::format("In case {} ({}) this is due since {}: {} {}", of.number, of.title,
                       instant_text(due.due_ms, house), due.what, due.detail),
           fmt::format("案件 {}（{}）中以下事项已于 {} 到期：{} {}", of.number, of.title,
                       instant_text(due.due_ms, house), due.what, due.detail),
           fmt::format("{}/cases/{}", house.public_url, of.id.text()), of.project})));
    }
    // Saved in any case: a deadline that has gone meanwhile must not come up for ever.
    return desk_.save(of);
  });
}

// The oldest first, all of them within a while: one that fails is told of at the end and holds up nobody else.
Result<TickReport> CaseService::tick() {
  TickReport report;
  std::optional<Overdue> last;
  Result<void> outcome;
  for (std::size_t round = 0; round < kMostRounds; ++round) {
    TRY_ASSIGN(const auto due, desk_.ports().store.overdue(desk_.now(), last, kMostDue));
    for (const Overdue& one : due) {
      const auto turned = turn(one.case_id, report);
      if (!turned && outcome) outcome = tl::unexpected<Error>(turned.error());
    }
    if (due.size() < kMostDue) break;
    last = due.back();
  }
  if (!outcome) return tl::unexpected<Error>(outcome.error());
  return report;
}

}  // namespace probity::cases
