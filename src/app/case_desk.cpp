#include "app/case_desk.h"

#include "accounts/permissions.h"
#include "pdf/typeset.h"

namespace probity::app {
namespace {

constexpr std::uint32_t kMostAccounts = 500;

cases::Staff staff_of(const accounts::Account& account) {
  const auto permissions = accounts::permissions_of(account.roles);
  return {account.id,
          account.name,
          account.email,
          account.locale == "zh" ? commitments::Locale::zh : commitments::Locale::en,
          permissions.contains(accounts::Permission::write_cases),
          permissions.contains(accounts::Permission::review_cases)};
}

cases::Sighting sighting_of(const leaks::Sighting& seen) {
  cases::Sighting sighting;
  sighting.id = seen.id;
  sighting.what = seen.platform.empty() ? "Seen" : "Seen on " + seen.platform;
  sighting.what_zh = seen.platform.empty() ? "发现" : "在 " + seen.platform + " 发现";
  if (!seen.account.empty()) sighting.what += ", " + seen.account;
  if (!seen.account.empty()) sighting.what_zh += "，" + seen.account;
  if (!seen.address.empty()) sighting.what += ": " + seen.address;
  if (!seen.address.empty()) sighting.what_zh += "：" + seen.address;
  sighting.address = seen.address;
  sighting.account = seen.account;
  sighting.seen_ms = seen.seen_ms;
  return sighting;
}

}  // namespace

Result<std::optional<cases::LeakFacts>> LeaksOfCases::leak(const Id& id) {
  const auto detail = leaks_.detail(id);
  if (!detail) {
    if (detail.error().code == ErrorCode::not_found) return std::optional<cases::LeakFacts>();
    return tl::unexpected<Error>(detail.error());
  }
  const leaks::Leak& leak = detail->row.leak;
  cases::LeakFacts facts{leak.id, leak.number, leak.title, leak.project, leak.reported_ms, {}};
  for (const auto& seen : leaks::standing(detail->sightings)) facts.sightings.push_back(sighting_of(seen));
  return std::optional(std::move(facts));
}

Result<std::vector<cases::NamedByLeak>> LeaksOfCases::named(const Id& leak) {
  TRY_ASSIGN(const auto detail, leaks_.detail(leak));
  TRY_ASSIGN(const auto recipients, unmasking_.named(leak));
  std::optional<Id> asked_by, agreed_by;
  for (const auto& request : detail.unmask_requests)
    if (request.state == leaks::UnmaskState::agreed && !agreed_by) {
      asked_by = request.requested_by.id;
      if (request.decided_by) agreed_by = request.decided_by->id;
    }
  std::vector<cases::NamedByLeak> named;
  for (const auto& one : recipients)
    if (one.party) named.push_back({one.copy, *one.party, cases::Basis::unmasking, asked_by, agreed_by});
  // A lead is never called identified, whatever comes of it.
  const auto footage = footage_.latest(leak);
  if (!footage) {
    if (footage.error().code == ErrorCode::not_found) return named;
    return tl::unexpected<Error>(footage.error());
  }
  for (const auto& row : footage->leads)
    named.push_back({row.lead.frame, row.lead.party, cases::Basis::own_footage_lead, std::nullopt, std::nullopt});
  return named;
}

Result<void> LeaksOfCases::moved(const Id& leak, const Id& case_id, const std::string& case_number,
                                 const events::Actor& actor) {
  return leaks_.move_to_case(leak, case_id, case_number, actor).map([](const auto&) {});
}

Result<std::optional<cases::Staff>> StaffOfCases::person(const Id& account) {
  TRY_ASSIGN(const auto found, accounts_.directory.find(account));
  if (!found || found->state != accounts::AccountState::active) return std::optional<cases::Staff>();
  return std::optional(staff_of(*found));
}

Result<std::vector<cases::Staff>> StaffOfCases::reviewers() {
  ListQuery everybody;
  everybody.limit = kMostAccounts;
  TRY_ASSIGN(const auto listed, accounts_.directory.list(everybody));
  std::vector<cases::Staff> reviewers;
  for (const auto& account : listed.items) {
    const cases::Staff one = staff_of(account);
    if (account.state == accounts::AccountState::active && one.may_review) reviewers.push_back(one);
  }
  return reviewers;
}

Result<void> CasesOfLeaks::sighting_changed(const leaks::Leak& leak, const leaks::Sighting& before,
                                            const leaks::Sighting& after, const events::Actor& actor) {
  if (!leak.case_id || after.changes.empty()) return {};
  const leaks::SightingChange& change = after.changes.back();
  cases::SightingTurn turn;
  turn.before = sighting_of(before);
  turn.now = sighting_of(after);
  turn.withdrawn = !after.stands();
  turn.restored = change.deed == leaks::SightingDeed::restored;
  turn.reason = change.reason;
  return desk_.cases.sighting_turned(*leak.case_id, turn, actor);
}

CaseDesk::CaseDesk(const CaseNeighbours& by)
    : store_(by.database),
      rectification_store_(by.database),
      access_store_(by.database),
      leak_book_(by.leaks, by.traces, by.unmasking, by.footage),
      staff_book_(by.accounts),
      house(by.house),
      access({access_store_, by.database, by.house, by.outbox, by.clock, by.random}),
      ports_{store_,     rectification_store_, access,        leak_book_, staff_book_, by.evidence,
             by.parties, by.commitments,       by.deliveries, by.house,   by.database, by.events,
             by.outbox,  by.log_book,          by.blobs,      by.clock,   by.random},
      cases(ports_),
      rectifications(ports_),
      archive(ports_, [](const pdf::Document& document, TimeMs created_ms) {
        pdf::TypesetOptions options;
        options.created_ms = created_ms;
        return pdf::typeset(document, options);
      }) {}

Result<void> CaseDesk::tick() {
  TRY(cases.tick());
  return rectifications.tick().map([](std::uint64_t) {});
}

}  // namespace probity::app
