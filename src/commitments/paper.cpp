#include "commitments/paper.h"

#include <fmt/format.h>

#include <iterator>

#include "base/encoding.h"
#include "commitments/clauses.h"
#include "commitments/zone.h"

namespace probity::commitments {
namespace {

Terms terms_of(const PaperCommitment& paper) {
  if (paper.terms) return *paper.terms;
  Terms terms;
  terms.channels.assign(std::begin(kChannels), std::end(kChannels));
  return terms;
}

RenderedText words_for(const Particulars& about, const PaperCommitment& paper, const std::string& scan_name,
                       const Hash& scan, const std::string& zone) {
  const bool chinese = about.locale == Locale::zh;
  const std::string when = instant_text(paper.signed_ms, zone, about.locale);
  RenderedText text;
  text.about = about;
  text.terms_table = terms_table(about);
  text.title = chinese ? fmt::format("纸质承诺书登记：{}", about.project)
                       : fmt::format("Commitment on paper: {}", about.project);
  text.sections.push_back(
      {"paper", chinese ? "纸质签署" : "Signed on paper",
       chinese
           ? fmt::format("{}于 {} 在纸质文件上签署了向{}作出的承诺。以纸质文件的内容为准；扫描件“{}”为其证据，SHA-256 "
                         "值为 {}。",
                         recipient_clause(about), when, about.sender, scan_name, to_hex(scan))
           : fmt::format("{} signed a commitment to {} on paper on {}. What the paper says holds. The scan \"{}\" is "
                         "its evidence; its SHA-256 is {}.",
                         recipient_clause(about), about.sender, when, scan_name, to_hex(scan)),
       false});
  return text;
}

Signatory signatory_on_paper(const Desk& desk, const Person& person, TimeMs signed_ms) {
  Signatory signatory;
  signatory.id = desk.new_id();
  signatory.party = person.id;
  signatory.name = person.name;
  signatory.email = person.email;
  signatory.locale = person.locale;
  signatory.state = SignatoryState::has_signed;
  signatory.signed_name = person.name;
  signatory.signed_ms = signed_ms;
  return signatory;
}

}  // namespace

Result<Commitment> draft_paper(const Desk& desk, const PaperCommitment& paper, const std::string& scan_name,
                               const Hash& scan) {
  TRY_ASSIGN(const ProjectFacts facts, desk.project(paper.project));
  if (!facts.open) return fail(ErrorCode::conflict, "this project is archived", "open it again first");
  TRY_ASSIGN(const Person person, desk.person(paper.party));
  TRY_ASSIGN(const auto others, desk.store().live_of(paper.project, paper.party));
  if (!others.empty())
    return fail(ErrorCode::conflict, fmt::format("{} already has {} in this project", person.name, others[0].number),
                "revoke that one first");
  TRY_ASSIGN(const House house, desk.ports().house.house());

  Commitment commitment;
  commitment.id = desk.new_id();
  commitment.project = paper.project;
  commitment.party = person.id;
  commitment.party_name = person.name;
  commitment.created_ms = desk.now();
  commitment.sent_ms = commitment.created_ms;
  commitment.locale = house.locale;
  TRY_ASSIGN(commitment.terms, tidy_terms(terms_of(paper)));
  commitment.on_paper = true;
  commitment.scan_blob = scan;
  commitment.scan_name = scan_name;
  commitment.organisation = person.organisation;
  if (person.organisation) {
    TRY_ASSIGN(const auto organisation, desk.ports().directory.organisation(*person.organisation));
    if (organisation) {
      commitment.organisation_name = organisation->name;
      commitment.contract_parent = organisation->contract_parent;
    }
  }
  TRY_ASSIGN(const std::string parent, desk.waiting_for(commitment));
  if (!parent.empty())
    return fail(ErrorCode::conflict, fmt::format("{}'s commitment is not in force yet", parent),
                "a sub-supplier's commitment follows that of its contract parent");
  const int year = utc_year(commitment.created_ms);
  TRY_ASSIGN(const std::uint32_t ordinal, desk.store().next_ordinal(year));
  commitment.number = commitment_number(year, ordinal);
  commitment.signatories.push_back(signatory_on_paper(desk, person, paper.signed_ms));
  Particulars about;
  about.locale = commitment.locale;
  about.terms = commitment.terms;
  about.number = commitment.number;
  about.sender = house.organisation;
  about.contact = house.contact_email;
  about.project = facts.name;
  about.recipient = person.name;
  about.organisation = commitment.organisation_name;
  const RenderedText text = words_for(about, paper, scan_name, scan, house.zone);
  const std::string canonical = canonical_bytes(text);
  commitment.title = text.title;
  commitment.text_hash = sha256(as_bytes(canonical));
  TRY_ASSIGN(commitment.state, next(State::draft, Move::record_paper));
  TRY(desk.store().insert(commitment));
  TRY(desk.store().insert_text(commitment.id, canonical));
  return commitment;
}

}  // namespace probity::commitments
