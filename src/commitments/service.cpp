#include "commitments/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/json.h"
#include "commitments/paper.h"

namespace probity::commitments {
namespace {

std::vector<Id> in_order_without_doubles(const std::vector<Id>& ids) {
  std::vector<Id> once, seen;
  for (const Id& id : ids) {
    const auto place = std::lower_bound(seen.begin(), seen.end(), id);
    if (place != seen.end() && *place == id) continue;
    seen.insert(place, id);
    once.push_back(id);
  }
  return once;
}

// Where a revived commitment stands, from what its signatories had done.
Result<void> catch_up(Commitment& commitment) {
  for (const Signatory& signatory : commitment.signatories) {
    if (signatory.state >= SignatoryState::opened && signatory.state <= SignatoryState::has_signed) {
      TRY_ASSIGN(commitment.state, next(commitment.state, Move::open));
    }
    if (signatory.state == SignatoryState::has_signed) {
      TRY_ASSIGN(commitment.state, next(commitment.state, Move::sign));
    }
  }
  return {};
}

}  // namespace

Result<CommitmentView> CommitmentService::view(Commitment commitment) {
  std::string parent;
  if (commitment.state == State::draft || (commitment.state == State::signed_by && commitment.everybody_signed())) {
    TRY_ASSIGN(parent, desk_.waiting_for(commitment));
  }
  return CommitmentView{std::move(commitment), parent};
}

Result<std::vector<CommitmentView>> CommitmentService::create(const NewCommitments& request, const Witness& witness) {
  TRY_ASSIGN(const Terms terms, tidy_terms(request.terms));
  if (request.parties.empty()) return fail(ErrorCode::invalid_argument, "parties: name at least one person");
  return desk_.write([&]() -> Result<std::vector<CommitmentView>> {
    std::vector<CommitmentView> made;
    for (const Id& party : in_order_without_doubles(request.parties)) {
      DraftRequest one;
      one.project = request.project;
      one.party = party;
      one.template_id = request.template_id;
      one.terms = terms;
      one.assets = request.assets;
      one.company_signatory = request.company_signatory;
      TRY_ASSIGN(Commitment commitment, draft(desk_, one, witness));
      TRY_ASSIGN(const std::string parent, desk_.waiting_for(commitment));
      if (request.send && parent.empty()) TRY(send(desk_, commitment, witness));
      made.push_back({std::move(commitment), parent});
    }
    return made;
  });
}

Result<CommitmentView> CommitmentService::send_draft(const Id& id, const Witness& witness) {
  return desk_.write([&]() -> Result<CommitmentView> {
    TRY_ASSIGN(Commitment commitment, desk_.existing(id));
    TRY(send(desk_, commitment, witness));
    return view(std::move(commitment));
  });
}

Result<CommitmentView> CommitmentService::remind(const Id& id, const Witness& witness) {
  return desk_.write([&]() -> Result<CommitmentView> {
    TRY_ASSIGN(Commitment commitment, desk_.existing(id));
    if (!is_pending(commitment.state))
      return fail(ErrorCode::conflict, "only a commitment that waits for signatures can be reminded of");
    TRY_ASSIGN(const bool is_first,
               desk_.store().record_notice(fmt::format("remind|{}|{}", id.text(), desk_.now() / kHourMs), desk_.now()));
    if (!is_first)
      return fail(ErrorCode::too_many_requests, "a reminder went out within this hour", "remind again later");
    TRY(write_to_waiting(desk_, commitment, [](const Signatory& signatory, const Matter& matter) {
      return reminder_letter(reader_of(signatory), matter);
    }));
    TRY(desk_.record(commitment, "reminded", witness, nlohmann::json::object()));
    TRY(desk_.tell(commitment, "commitment.reminded", witness.actor, {}));
    return view(std::move(commitment));
  });
}

Result<CommitmentView> CommitmentService::extend(const Id& id, const std::optional<TimeMs>& until_ms,
                                                 const Witness& witness) {
  return desk_.write([&]() -> Result<CommitmentView> {
    TRY_ASSIGN(Commitment commitment, desk_.existing(id));
    if (until_ms && *until_ms <= desk_.now())
      return fail(ErrorCode::invalid_argument, "until: a time still to come is expected");
    if (commitment.state == State::expired) {
      TRY_ASSIGN(commitment.state, next(commitment.state, Move::reopen));
      TRY(catch_up(commitment));
      commitment.ended_ms.reset();
    } else if (!is_pending(commitment.state) && commitment.state != State::draft) {
      return fail(ErrorCode::conflict, "only a commitment that still waits for signatures has a last day to move");
    }
    const std::optional<TimeMs> before_ms = commitment.sign_by_ms;
    commitment.sign_by_ms = until_ms;
    TRY(desk_.store().update(commitment));
    TRY(desk_.record(commitment, "extended", witness,
                     {{"from", time_to_json(before_ms)}, {"until", time_to_json(until_ms)}}));
    TRY(desk_.tell(commitment, "commitment.extended", witness.actor,
                   {{"until", until_ms ? to_rfc3339(*until_ms) : std::string()}}));
    if (commitment.state != State::draft)
      TRY(write_to_waiting(desk_, commitment, [&](const Signatory& signatory, const Matter& matter) {
        return extended_letter(reader_of(signatory), matter, until_ms, commitment.terms.embargo_zone);
      }));
    // With everybody's signature there it may have waited for a contract parent only.
    if (is_pending(commitment.state)) TRY(settle(desk_, commitment, witness));
    return view(std::move(commitment));
  });
}

Result<CommitmentView> CommitmentService::end(const Id& id, Move move, const std::string& reason,
                                              const Witness& witness) {
  TRY_ASSIGN(Commitment commitment, desk_.existing(id));
  const State before = commitment.state;
  TRY_ASSIGN(commitment.state, next(before, move));
  commitment.reason = reason;
  commitment.ended_ms = desk_.now();
  TRY(desk_.store().update(commitment));
  const bool is_breach = move == Move::breach;
  TRY(desk_.record(commitment, is_breach ? "breached" : "revoked", witness, {{"reason", reason}}));
  TRY(desk_.tell(commitment, is_breach ? "commitment.breached" : "commitment.revoked", witness.actor,
                 {{"reason", reason}}));
  // What is held against somebody is told with the evidence, by people; taking back is told at once.
  if (!is_breach && before != State::draft) {
    TRY_ASSIGN(const Matter matter, desk_.matter(commitment));
    for (const Signatory& signatory : commitment.signatories)
      if (signatory.state != SignatoryState::waiting)
        TRY(desk_.mail(revoked_letter(reader_of(signatory), matter, reason)));
  }
  return view(std::move(commitment));
}

Result<CommitmentView> CommitmentService::revoke(const Id& id, const std::string& reason, const Witness& witness) {
  return desk_.write([&] { return end(id, Move::revoke, reason, witness); });
}

Result<CommitmentView> CommitmentService::reinstate(const Id& id, const std::string& reason, const Witness& witness) {
  return desk_.write([&]() -> Result<CommitmentView> {
    TRY_ASSIGN(Commitment commitment, desk_.existing(id));
    TRY_ASSIGN(commitment.state, next(commitment.state, Move::reinstate));
    if (!commitment.in_force_ms) return fail(ErrorCode::conflict, "this commitment was never in force");
    TRY_ASSIGN(const std::string parent, desk_.waiting_for(commitment));
    if (!parent.empty()) return fail(ErrorCode::conflict, fmt::format("{} has no commitment in force", parent));
    TRY_ASSIGN(const auto others, desk_.store().live_of(commitment.project, commitment.party));
    for (const Commitment& other : others)
      if (other.id != id && commitment.scope_meets(other.assets))
        return fail(ErrorCode::conflict, "another commitment of this person stands in its place");
    commitment.reason.clear();
    commitment.ended_ms.reset();
    TRY(desk_.store().update(commitment));
    TRY(desk_.record(commitment, "reinstated", witness, {{"reason", reason}}));
    TRY(desk_.tell(commitment, "commitment.reinstated", witness.actor, {{"reason", reason}}));
    TRY_ASSIGN(const Matter matter, desk_.matter(commitment));
    for (const Signatory& signatory : commitment.signatories)
      if (signatory.state == SignatoryState::has_signed)
        TRY(desk_.mail(reinstated_letter(reader_of(signatory), matter, reason)));
    return view(std::move(commitment));
  });
}

Result<CommitmentView> CommitmentService::breach(const Id& id, const std::string& reason, const Witness& witness) {
  return desk_.write([&] { return end(id, Move::breach, reason, witness); });
}

Result<CommitmentView> CommitmentService::replace(const Id& id, const Replacement& replacement,
                                                  const Witness& witness) {
  TRY_ASSIGN(const Terms terms, tidy_terms(replacement.terms));
  return desk_.write([&]() -> Result<CommitmentView> {
    TRY_ASSIGN(const Commitment older, desk_.existing(id));
    const bool may = is_pending(older.state) || older.state == State::in_force || older.state == State::declined ||
                     older.state == State::expired;
    if (!may) {
      TRY(next(older.state, Move::replace));
      return fail(ErrorCode::conflict, "this commitment cannot be replaced");
    }
    const auto template_id = replacement.template_id ? replacement.template_id : older.template_id;
    if (!template_id) return fail(ErrorCode::invalid_argument, "template: the one on paper had none, so choose one");
    DraftRequest request;
    request.project = older.project;
    request.party = older.party;
    request.template_id = *template_id;
    request.terms = terms;
    request.assets = older.assets;
    if (terms.company_signs() && older.signatories.size() > 1) request.company_signatory = older.signatories[1].party;
    request.replaced = &older;
    request.ends_replaced = replacement.end_now;
    request.invited_by = older.invited_by;
    TRY_ASSIGN(Commitment commitment, draft(desk_, request, witness));
    if (replacement.send) TRY(send(desk_, commitment, witness));
    return view(std::move(commitment));
  });
}

Result<CommitmentView> CommitmentService::record_paper(const PaperCommitment& paper, const Witness& witness) {
  if (paper.scan.empty()) return fail(ErrorCode::invalid_argument, "scan_base64: the scan is empty");
  if (paper.scan.size() > kMostScanBytes) return fail(ErrorCode::too_large, "a scan of at most 10 MB is expected");
  if (paper.signed_ms > desk_.now() + kDayMs || paper.signed_ms <= 0)
    return fail(ErrorCode::invalid_argument, "signed_at: a time that has been is expected");
  TRY_ASSIGN(const std::string scan_name, filled_line("scan_name", paper.scan_name, 200));
  TRY_ASSIGN(const Hash scan, desk_.ports().blobs.put(paper.scan));
  return desk_.write([&]() -> Result<CommitmentView> {
    TRY_ASSIGN(Commitment commitment, draft_paper(desk_, paper, scan_name, scan));
    TRY(desk_.record(commitment, "paper_recorded", witness,
                     {{"scan_sha256", to_hex(scan)},
                      {"scan_name", scan_name},
                      {"signed_at", to_rfc3339(paper.signed_ms)},
                      {"text_hash", to_hex(*commitment.text_hash)}}));
    TRY(desk_.tell(commitment, "commitment.recorded", witness.actor, {}));
    TRY(come_into_force(desk_, commitment, witness));
    return view(std::move(commitment));
  });
}

Result<DoorLink> CommitmentService::make_door_link(const Id& id, const Id& signatory, const QrSvg& qr_svg,
                                                   const Witness& witness) {
  DoorLink door;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Commitment commitment, desk_.existing(id));
    if (!is_pending(commitment.state) && commitment.state != State::in_force)
      return fail(ErrorCode::conflict, "a link is made for a commitment that was sent", "send it first");
    const auto found = std::find_if(commitment.signatories.begin(), commitment.signatories.end(),
                                    [&](const Signatory& one) { return one.id == signatory; });
    if (found == commitment.signatories.end()) return fail(ErrorCode::not_found, "there is no such signatory");
    TRY(desk_.store().end_links(signatory, desk_.now()));
    Id link_id;
    TRY_ASSIGN(door.link, desk_.make_link(commitment, *found, &link_id));
    door.code = new_code(desk_.ports().random);
    Code code;
    code.id = desk_.new_id();
    code.link = link_id;
    desk_.ports().random.fill(code.salt);
    code.hash = code_hash(code.salt, door.code);
    code.told = true;
    code.created_ms = desk_.now();
    door.expires_ms = code.created_ms + kCodeLife;
    TRY(desk_.store().insert(code));
    TRY(desk_.record(commitment, "link_made", witness,
                     {{"signatory", signatory.text()}, {"link", link_id.text()}, {"code", code.id.text()}}));
    return desk_.tell(commitment, "commitment.link_made", witness.actor, {{"party", found->name}});
  }));
  TRY_ASSIGN(door.qr_svg, qr_svg(door.link));
  return door;
}

Result<Listed<CommitmentView>> CommitmentService::list(const CommitmentFilter& filter) {
  if (filter.project) TRY(desk_.project(*filter.project));
  TRY_ASSIGN(auto found, desk_.store().list(filter));
  Listed<CommitmentView> listed;
  listed.total = found.total;
  for (Commitment& commitment : found.items) {
    TRY_ASSIGN(CommitmentView one, view(std::move(commitment)));
    listed.items.push_back(std::move(one));
  }
  return listed;
}

Result<CommitmentDetail> CommitmentService::detail(const Id& id) {
  CommitmentDetail detail;
  TRY(desk_.ports().transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(Commitment commitment, desk_.existing(id));
    TRY_ASSIGN(detail.text, desk_.text_of(commitment));
    TRY_ASSIGN(detail.evidence, desk_.store().evidence(id));
    detail.text_hash = commitment.text_hash;
    TRY_ASSIGN(detail.view, view(std::move(commitment)));
    return {};
  }));
  return detail;
}

Result<void> CommitmentService::check_evidence(const Id& id) {
  TRY_ASSIGN(const Commitment commitment, desk_.existing(id));
  TRY_ASSIGN(const auto entries, desk_.store().evidence(id));
  return check_chain(commitment.id, entries);
}

Result<Listed<Slip>> CommitmentService::slips(const Id& project, const ListQuery& query) {
  TRY(desk_.project(project));
  return desk_.store().list_slips(project, query);
}

Result<Slip> CommitmentService::acknowledge_slip(const Id& id, const Witness& witness) {
  return desk_.write([&]() -> Result<Slip> {
    TRY_ASSIGN(auto slip, desk_.store().find_slip(id));
    if (!slip) return fail(ErrorCode::not_found, "there is no such report");
    if (slip->acknowledged_ms) return *slip;
    slip->acknowledged_ms = desk_.now();
    TRY(desk_.store().update(*slip));
    TRY_ASSIGN(const Commitment commitment, desk_.existing(slip->commitment));
    TRY(desk_.record(commitment, "slip_acknowledged", witness, {{"slip", id.text()}}));
    TRY(desk_.tell(commitment, "slip.acknowledged", witness.actor, {{"slip", id.text()}}));
    return *slip;
  });
}

}  // namespace probity::commitments
