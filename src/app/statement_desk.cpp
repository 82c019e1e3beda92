#include "app/statement_desk.h"

#include <qrencode.h>

#include <algorithm>

#include "accounts/qr.h"
#include "cases/rules.h"
#include "pdf/typeset.h"

namespace probity::app {
namespace {

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

// A code that is read from paper: as much correction as half of it being worn.
Result<pdf::BitMatrix> qr_matrix(std::string_view text) {
  const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_Q));
  if (!code) return fail(ErrorCode::too_large, "the text does not fit into a QR code");
  pdf::BitMatrix matrix;
  matrix.width = matrix.height = static_cast<std::uint32_t>(code->width);
  for (int i = 0; i < code->width * code->width; ++i) matrix.squares.push_back(code->data[i] & 1U);
  return matrix;
}

bool is_person(cases::Role role) {
  using cases::Role;
  return role != Role::outlet && role != Role::supplier && role != Role::sub_supplier && role != Role::platform;
}

std::vector<statements::ReplyFact> replies_of(const cases::Case& of) {
  std::vector<statements::ReplyFact> facts;
  for (const cases::CaseParty* accused : of.accused()) {
    statements::ReplyFact fact{accused->id, false, "", std::nullopt};
    for (const cases::Reply& reply : of.replies) {
      if (reply.case_party != accused->id) continue;
      fact.text += (fact.text.empty() ? "" : "\n\n") + reply.text;
      fact.received_ms = reply.received_ms;
      fact.given = true;
    }
    facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace

Result<statements::KnownParty> CasesForStatements::known(const cases::CaseParty& party) {
  statements::KnownParty known{
      party.id, party.name, std::string(cases::name_of(party.role)), is_person(party.role), "", "", party.accused};
  if (!party.party) return known;
  TRY_ASSIGN(const auto record, parties_.party(*party.party));
  if (!record) return known;
  known.person = record->details.is_person();
  known.email = record->details.email;
  known.phone = record->details.phone;
  return known;
}

Result<std::optional<statements::CaseFacts>> CasesForStatements::find(const Id& id) {
  TRY_ASSIGN(const auto of, cases_.find(id));
  if (!of) return std::nullopt;
  statements::CaseFacts facts;
  facts.id = of->id;
  facts.number = of->number;
  facts.kind = cases::name_of(of->kind);
  facts.project = of->project;
  for (const cases::CaseParty& party : of->parties) {
    TRY_ASSIGN(statements::KnownParty one, known(party));
    facts.parties.push_back(std::move(one));
    // The organisation behind a person tells who the person is, also when it is no party itself.
    const bool is_party = !party.organisation || std::ranges::any_of(of->parties, [&](const cases::CaseParty& other) {
      return other.party == party.organisation;
    });
    if (!is_party)
      facts.parties.push_back({*party.organisation, party.organisation_name, "other", false, "", "", false});
  }
  facts.replies = replies_of(*of);
  bool settled = false, owed = false;
  for (const cases::Consequence& consequence : of->consequences)
    if (consequence.amount && consequence.state != cases::ConsequenceState::void_) {
      settled = settled || consequence.state == cases::ConsequenceState::done;
      owed = owed || consequence.state == cases::ConsequenceState::active;
      facts.amount = cases::decimal_of(consequence.amount->due());
      facts.currency = consequence.amount->agreed.currency;
    }
  if (of->decision) facts.decided_ms = of->decision->decided_ms;
  facts.paid = settled && !owed;
  facts.overturned = of->state == cases::State::overturned;
  TRY_ASSIGN(const auto rectifications, rectifications_.of_case(id));
  facts.rectified = !rectifications.empty() && std::ranges::all_of(rectifications, [](const auto& one) {
    return one.closed_ms && one.effect && one.effect->effective;
  });
  return facts;
}

Result<statements::Gate> CasesForStatements::publication_gate(const Id& id) {
  TRY_ASSIGN(const auto of, cases_.find(id));
  if (!of) return fail(ErrorCode::not_found, "there is no such case");
  const cases::Publication publication = cases::publication_allowed(*of, clock_.now_ms());
  return statements::Gate{publication.allowed, publication.not_before_ms ? "time_not_passed" : "undecided",
                          publication.reason, publication.reason_zh, publication.not_before_ms};
}

Result<statements::House> HouseForStatements::house() {
  TRY_ASSIGN(const auto settings, settings_.get());
  return statements::House{settings.organisation, settings.public_url, settings.contact_email, settings.zone};
}

namespace {

// What pages and records tell of the log; nothing before it was founded.
statements::LogFacts log_facts(const LogPlace& place, accounts::SettingsService& settings) {
  statements::LogFacts facts;
  const auto key = place.key();
  if (!key || !*key) return facts;
  facts.origin = (*key)->verifier().name;
  facts.key = (*key)->verifier().text();
  if (const auto house = settings.get()) facts.url = house->public_url + "/log";
  if (const auto policy = place.policy()) facts.policy = policy->text();
  return facts;
}

statements::Tools tools_over(const StatementNeighbours& by) {
  NodeSeal& seal = by.seal;
  statements::Tools tools;
  tools.typeset = [](const pdf::Document& document, TimeMs created_ms) {
    pdf::TypesetOptions options;
    options.created_ms = created_ms;
    return pdf::typeset(document, options);
  };
  tools.seal = [&seal](BytesView pdf, const std::string& reason, TimeMs time_ms) {
    return seal.seal(pdf, reason, time_ms);
  };
  tools.certificate = [&seal] { return seal.certificate(); };
  tools.qr_matrix = qr_matrix;
  tools.qr_svg = [](std::string_view text) { return accounts::qr_svg(text); };
  tools.log_facts = [&place = by.log_place, &settings = by.settings] { return log_facts(place, settings); };
  return tools;
}

}  // namespace

StatementDesk::StatementDesk(const StatementNeighbours& by)
    : store_(by.database),
      cases_(by.database),
      rectifications_(by.database),
      case_book_(cases_, rectifications_, by.parties, by.clock),
      house_(by.settings),
      blob_box_(by.blobs),
      ports_{store_,  by.database, case_book_, house_,   by.events, by.outbox,
             by.jobs, by.log_book, blob_box_,  by.clock, by.random},
      statements(ports_),
      sealing(ports_, tools_over(by)),
      publication(ports_, tools_over(by)) {}

void register_statement_jobs(jobs::Runner& runner, StatementDesk& desk) {
  const auto on_subject = [&runner](const char* kind, auto verb) {
    runner.register_kind(kind, [verb](jobs::JobContext& context) -> Result<void> {
      if (!context.job().request.subject) return fail(ErrorCode::corrupt, "a job does not say what it is about");
      return verb(*context.job().request.subject);
    });
  };
  on_subject(statements::kSealStatementJob, [&desk](const Id& id) { return desk.sealing.seal(id); });
  on_subject(statements::kRemoveStatementJob, [&desk](const Id& id) { return desk.sealing.remove_document(id); });
}

}  // namespace probity::app
