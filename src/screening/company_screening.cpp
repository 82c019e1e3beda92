#include "screening/company_screening.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/enterprise_link.h"
#include "base/encoding.h"
#include "names/han.h"

namespace probity::screening {
namespace {

constexpr std::size_t kMostRequisition = 100;
constexpr std::size_t kYearDigits = 4;

bool begins_a_hit(CompanyLevel level) { return level == CompanyLevel::confirmed || level == CompanyLevel::likely; }

bool holds(const alliance::Enterprise& enterprise, const std::u32string& wanted) {
  const auto has = [&](const std::string& text) { return names::fold(text).find(wanted) != std::u32string::npos; };
  return has(enterprise.credit_code) || has(enterprise.lei) || has(enterprise.registration) ||
         std::ranges::any_of(enterprise.names, has) || std::ranges::any_of(enterprise.former_names, has);
}

}  // namespace

events::Event company_event(const char* kind, const events::Actor& actor, const std::string& number, const Id& id,
                            TimeMs now_ms) {
  events::Event event;
  event.time_ms = now_ms;
  event.kind = kind;
  event.actor = actor;
  event.data_json = nlohmann::json{{"label", number}, {"id", id.text()}}.dump();
  return event;
}

Result<void> CompanyScreening::start() {
  TRY_ASSIGN(const auto saved, ports_.store.saved_list());
  // What this node wrote itself is checked all the same: a database can be exchanged.
  if (saved && alliance::verify(saved->head, ports_.membership.facts().hub.identity)) book_.replace(*saved);
  return {};
}

Result<void> CompanyScreening::refresh() {
  const auto held = book_.held();
  TRY_ASSIGN(const auto next, alliance::fetch_enterprises(ports_.membership, held));
  if (!next) return {};
  const alliance::EnterpriseList empty;
  const alliance::EnterpriseList& before = held ? *held->list : empty;
  alliance::EnterpriseListChange change = before.change_to(*next->list);
  change.from = held ? held->head.head.version : 0;
  change.to = next->head;
  const auto still = hold_still();
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.save_list(change));
    for (const ListFollower& follower : followers_) TRY(follower({before, *next, change}));
    return {};
  }));
  book_.replace(*next);
  return {};
}

Result<std::string> CompanyScreening::next_number(std::string_view kind, int width) {
  const std::string year = to_rfc3339(ports_.clock.now_ms()).substr(0, kYearDigits);
  TRY_ASSIGN(const std::uint32_t ordinal, ports_.store.next_company_ordinal(kind, std::stoi(year)));
  return fmt::format("{}-{}-{:0{}}", kind, year, ordinal, width);
}

Result<CompanyQuery> CompanyScreening::ask(const NewCompanyQuestion& question, const events::Actor& actor) {
  CompanyQuery query;
  TRY_ASSIGN(query.subject, read_subject(question.company));
  TRY_ASSIGN(query.requisition, tidy_line_without_identifier("requisition", question.requisition, kMostRequisition));
  if (query.requisition.empty()) return fail(ErrorCode::invalid_argument, "a requisition is needed");
  query.id = Id::random(ports_.random);
  query.purpose = question.purpose;
  query.asked_by = actor;
  query.asked_ms = ports_.clock.now_ms();
  TRY_ASSIGN(CompanyBook::Matched matched, book_.match(query.subject));
  query.answer = std::move(matched.answer);
  query.head = matched.head;
  const auto facts = ports_.membership.facts();
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(query.number, next_number("C", 6));
    for (const CompanyMatch& match : query.answer.matches) {
      query.hits.emplace_back();
      if (ports_.hits == nullptr || !begins_a_hit(match.level)) continue;
      TRY_ASSIGN(query.hits.back(), ports_.hits->open(query, match));
    }
    query.receipt = make_company_receipt({facts.member, facts.hub.identity}, query, *matched.list);
    query.receipt_sha256 = to_hex(sha256(as_bytes(query.receipt)));
    TRY(ports_.store.insert(query));
    const std::string content = nlohmann::json{{"receipt_sha256", query.receipt_sha256}}.dump();
    TRY(ports_.log.record({"company_screened", query.id, content}));
    return ports_.events.append(company_event("company.screened", actor, query.number, query.id, query.asked_ms))
        .map([](std::uint64_t) {});
  }));
  return query;
}

Result<CompanyQuery> CompanyScreening::find(const Id& id) {
  TRY_ASSIGN(auto query, ports_.store.company_query(id));
  if (!query) return fail(ErrorCode::not_found, "there is no such question about a company");
  return std::move(*query);
}

Result<CompanyScreening::EnterprisePage> CompanyScreening::enterprises(const ListQuery& page) const {
  const auto held = book_.held();
  if (!held) return fail(ErrorCode::unavailable, "this node does not hold the list of companies yet");
  EnterprisePage out;
  out.head = held->head;
  const std::u32string wanted = names::fold(page.search);
  for (const auto& listed : held->list->entries()) {
    if (!wanted.empty() && !holds(listed->entry.enterprise, wanted)) continue;
    if (out.total >= page.offset && out.items.size() < page.limit) out.items.push_back(listed);
    ++out.total;
  }
  return out;
}

}  // namespace probity::screening
