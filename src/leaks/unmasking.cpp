#include "leaks/unmasking.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "jobs/call.h"
#include "leaks/report_json.h"
#include "leaks/words.h"
#include "parties/text.h"

namespace probity::leaks {
namespace {

constexpr std::size_t kMostReason = 4000;

Result<std::string> tidy_reason(const std::string& reason) {
  TRY_ASSIGN(std::string tidy, parties::tidy_text("reason", reason, kMostReason));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, "a reason is needed", "say why in a sentence");
  return tidy;
}

tl::unexpected<Error> decided_already(const UnmaskRequest& request) {
  const std::string who = request.decided_by ? request.decided_by->name : "somebody";
  const std::string when = request.decided_ms ? time_in_words(*request.decided_ms, Language::en) : "before";
  const char* what = request.state == UnmaskState::agreed    ? "agreed to it"
                     : request.state == UnmaskState::refused ? "refused it"
                                                             : "withdrew it";
  return fail(ErrorCode::conflict, fmt::format("{} {} on {} already", who, what, when),
              "load the page again to see the decision");
}

std::string request_data(const UnmaskRequest& request) {
  return nlohmann::json{{"request", request.id.text()}, {"trace", request.trace.text()}}.dump();
}

}  // namespace

Result<Report> Unmasking::report_of(const Id& leak, const Id& trace) {
  const LeakPorts& ports = desk_.ports();
  TRY_ASSIGN(const auto found, ports.store.trace(trace));
  if (!found || found->leak != leak) return fail(ErrorCode::not_found, "there is no such trace");
  TRY_ASSIGN(const evidence::Item item, ports.evidence.item(leak, found->report_json));
  TRY_ASSIGN(const Bytes bytes, ports.evidence.read(item));
  TRY_ASSIGN(auto stored, parse_report(nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false)));
  return std::move(stored.report);
}

Result<void> Unmasking::check_has_looked(const Id& leak, const Id& trace, const Id& person) {
  TRY_ASSIGN(const auto views, desk_.ports().evidence.steps_of(leak, "viewed"));
  const bool looked = std::ranges::any_of(views, [&](const evidence::Step& step) {
    const auto data = nlohmann::json::parse(step.deed.data_json, nullptr, false);
    return step.deed.actor.id == person && data.is_object() && data.value("trace", "") == trace.text();
  });
  if (looked) return {};
  return fail(ErrorCode::conflict, "you have not looked at this result yet",
              "open the result first: whoever names somebody has seen what it rests on");
}

Result<UnmaskRequest> Unmasking::request(const Id& id, const std::string& reason, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  TRY_ASSIGN(const Id who, person(actor, "ask for a name"));
  UnmaskRequest request;
  TRY_ASSIGN(request.reason, tidy_reason(reason));
  request.requested_by = actor;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Leak leak, desk_.leak(id));
    TRY_ASSIGN(leak.state, next(leak.state, Move::request_unmask));
    TRY_ASSIGN(const auto trace, ports.store.latest_trace(id));
    if (!trace || trace->outcome != Outcome::identified)
      return fail(ErrorCode::conflict, "no copy is identified, so there is nobody to name",
                  "a lead is never a name; more or better files may identify a copy");
    TRY(check_has_looked(id, trace->id, who));
    request.id = Id::random(ports.random);
    request.leak = id;
    request.trace = trace->id;
    request.requested_ms = ports.clock.now_ms();
    TRY(ports.store.insert(request));
    TRY(desk_.save(leak));
    TRY(ports.jobs.enqueue(jobs::call_request({jobs::kCallReviewers, id, leak.project, who})));
    return desk_.tell(leak, {"leak.unmask_requested", "unmask_requested", request.reason, {}, request_data(request)},
                      actor);
  }));
  return request;
}

// The request that waits. When it was decided a moment ago, whoever comes second is told how.
Result<Unmasking::Case> Unmasking::open_request(const Id& id, const events::Actor& actor, const char* deed) {
  TRY(person(actor, deed));
  Case open;
  TRY_ASSIGN(open.leak, desk_.leak(id));
  TRY_ASSIGN(const auto requests, desk_.ports().store.unmask_requests(id));
  const bool waits = !requests.empty() && requests.front().state == UnmaskState::requested;
  if (!waits) {
    if (!requests.empty()) return decided_already(requests.front());
    return fail(ErrorCode::conflict, "nobody asks for a name here", "load the page again");
  }
  open.request = requests.front();
  return open;
}

Result<UnmaskRequest> Unmasking::withdraw(const Id& id, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  UnmaskRequest withdrawn;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Case open, open_request(id, actor, "withdraw a request"));
    if (open.request.requested_by.id != actor.id)
      return fail(ErrorCode::forbidden, "only whoever asked can withdraw it", "refuse it with a reason instead");
    TRY_ASSIGN(open.leak.state, next(open.leak.state, Move::withdraw));
    withdrawn = open.request;
    withdrawn.state = UnmaskState::withdrawn;
    withdrawn.decided_by = actor;
    withdrawn.decided_ms = ports.clock.now_ms();
    TRY(ports.store.update(withdrawn));
    TRY(desk_.save(open.leak));
    return desk_.tell(open.leak, {"leak.unmask_withdrawn", "unmask_withdrawn", {}, {}, request_data(withdrawn)}, actor);
  }));
  return withdrawn;
}

Result<UnmaskRequest> Unmasking::agree(const Id& id, const std::string& note, const events::Actor& actor) {
  TRY_ASSIGN(const std::string words, parties::tidy_text("note", note, kMostReason));
  return decide(id, UnmaskState::agreed, words, actor);
}

Result<UnmaskRequest> Unmasking::refuse(const Id& id, const std::string& reason, const events::Actor& actor) {
  TRY_ASSIGN(const std::string words, tidy_reason(reason));
  return decide(id, UnmaskState::refused, words, actor);
}

Result<UnmaskRequest> Unmasking::decide(const Id& id, UnmaskState decision, const std::string& words,
                                        const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  const bool agrees = decision == UnmaskState::agreed;
  UnmaskRequest decided;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Case open, open_request(id, actor, agrees ? "agree to a name" : "refuse a name"));
    if (open.request.requested_by.id == actor.id)
      return fail(ErrorCode::forbidden, "naming a recipient takes two people: whoever asked cannot decide",
                  "ask a reviewer, or withdraw the request");
    TRY_ASSIGN(const auto trace, ports.store.latest_trace(id));
    if (!trace || trace->id != open.request.trace)
      return fail(ErrorCode::conflict, "a newer trace is there", "look at it, and ask again");
    TRY(check_has_looked(id, trace->id, *actor.id));
    TRY_ASSIGN(open.leak.state, next(open.leak.state, agrees ? Move::agree : Move::refuse));
    decided = open.request;
    decided.state = decision;
    decided.decided_by = actor;
    decided.decided_ms = ports.clock.now_ms();
    decided.decision_reason = words;
    TRY(ports.store.update(decided));
    TRY(desk_.save(open.leak));
    const Desk::Told told{agrees ? "leak.unmasked" : "leak.unmask_refused",
                          agrees ? "unmask_agreed" : "unmask_refused",
                          words,
                          {},
                          request_data(decided)};
    TRY(desk_.tell(open.leak, told, actor));
    // Now, so that a record that does not fit is told to whoever agrees and not to whoever looks later.
    if (!agrees) return {};
    TRY_ASSIGN(const Report report, report_of(id, trace->id));
    return named(id, report).map([](const auto&) {});
  }));
  return decided;
}

Result<std::vector<Id>> Unmasking::agreed_copies(const Id& id) {
  TRY_ASSIGN(const auto requests, desk_.ports().store.unmask_requests(id));
  std::vector<Id> copies;
  for (const UnmaskRequest& request : requests) {
    if (request.state != UnmaskState::agreed) continue;
    TRY_ASSIGN(const Report report, report_of(id, request.trace));
    for (const FindingRecord& finding : report.findings)
      if (finding.role == Role::accused)
        for (const CopyEvidence& copy : finding.copies) copies.push_back(copy.copy);
  }
  return copies;
}

Result<std::vector<NamedRecipient>> Unmasking::named(const Id& id, const Report& report) {
  const LeakPorts& ports = desk_.ports();
  TRY_ASSIGN(const auto agreed, agreed_copies(id));
  std::vector<NamedRecipient> recipients;
  if (agreed.empty()) return recipients;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const FindingRecord& finding = report.findings[i];
    if (finding.role != Role::accused || finding.copies.empty()) continue;
    const bool covered = std::ranges::all_of(
        finding.copies, [&](const CopyEvidence& copy) { return std::ranges::find(agreed, copy.copy) != agreed.end(); });
    if (!covered) continue;
    const CopyEvidence& copy = finding.copies.front();
    TRY_ASSIGN(const auto issued, ports.copies.find_copy(copy.copy));
    const Hash salt = copies::recipient_salt(issued.copy.commitment_salt);
    if (copies::recipient_commitment(issued.recipient.details, salt) != copy.recipient_commitment)
      return fail(ErrorCode::corrupt, "the recipient on record is not the one that was registered with this copy",
                  "`probity register verify` shows what was changed");
    NamedRecipient recipient{i, copy.copy, copy.asset, {}, {}, issued.recipient.details};
    TRY_ASSIGN(const auto row, ports.deliveries.row(copy.copy));
    if (row) {
      recipient.party = row->delivery.party;
      recipient.project = row->delivery.project;
    }
    recipients.push_back(std::move(recipient));
  }
  return recipients;
}

Result<std::vector<NamedRecipient>> Unmasking::named(const Id& id) {
  TRY_ASSIGN(const auto trace, desk_.ports().store.latest_trace(id));
  if (!trace) return std::vector<NamedRecipient>{};
  TRY_ASSIGN(const Report report, report_of(id, trace->id));
  return named(id, report);
}

}  // namespace probity::leaks
