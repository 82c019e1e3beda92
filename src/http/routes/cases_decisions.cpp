// Routes around a decision: claim, replies, proposals, consequences, the ledger, appeals, stages.
#include <nlohmann/json.hpp>

#include "http/routes/cases_fields.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;

constexpr std::size_t kMostConsequences = 50, kMostInstalments = 60;

struct ClaimWanted {
  std::string text;
  TimeMs reply_until_ms = 0;
};

cases::Reply reply_of(JsonFields& fields) {
  cases::Reply reply;
  reply.case_party = fields.id("case_party");
  reply.text = fields.text("text", kCaseFilled);
  reply.received_ms = fields.optional_time("received_at").value_or(0);
  reply.channel = word<cases::Channel>(fields, "channel");
  if (reply.channel == cases::Channel::page) fields.complain("channel", "mail, letter or hearing is expected");
  reply.admits = fields.optional_boolean("admits").value_or(false);
  return reply;
}

cases::NewConsequence consequence_of(JsonFields& fields) {
  cases::NewConsequence one;
  one.kind = word<cases::ConsequenceKind>(fields, "kind");
  one.case_party = fields.id("case_party");
  one.text = fields.optional_text("text", kCaseText).value_or("");
  one.due_ms = fields.optional_time("due_at");
  one.commitment = fields.optional_id("commitment");
  if (auto reduction = fields.optional_object("reduction")) {
    one.reduction_minor = reduction->integer("minor", 1, kMostMinor);
    one.reduction_reason = reduction->text("reason", kCaseReason);
  }
  if (fields.has("instalments"))
    for (JsonFields& instalment : fields.objects("instalments", kMostInstalments)) {
      cases::Instalment part;
      part.due_ms = instalment.time("due_at");
      part.minor = instalment.integer("minor", 1, kMostMinor);
      one.instalments.push_back(part);
    }
  return one;
}

cases::NewProposal proposal_of(JsonFields& fields) {
  cases::NewProposal proposal;
  proposal.finding = word<cases::Finding>(fields, "finding");
  proposal.reasons = fields.text("reasons", kCaseReasons);
  if (fields.has("consequences"))
    for (JsonFields& one : fields.objects("consequences", kMostConsequences))
      proposal.consequences.push_back(consequence_of(one));
  proposal.appeal_days =
      static_cast<int>(fields.optional_integer("appeal_days", cases::kLeastAppealDays, cases::kMostAppealDays)
                           .value_or(cases::kUsualAppealDays));
  return proposal;
}

cases::ConsequenceChange consequence_change_of(JsonFields& fields) {
  cases::ConsequenceChange change;
  change.state = optional_word<cases::ConsequenceState>(fields, "state");
  change.text = fields.optional_text("text", kCaseText);
  change.reason = fields.optional_text("reason", kCaseReason);
  change.published_at = fields.optional_text("published_at", {0, 500});
  change.published_from_ms = changed_time(fields, "published_from");
  change.published_until_ms = changed_time(fields, "published_until");
  change.by_whom = fields.optional_text("by_whom", kCaseShort);
  change.done_ms = changed_time(fields, "done_at");
  return change;
}

cases::NewPayment payment_of(JsonFields& fields) {
  cases::NewPayment payment;
  payment.consequence = fields.id("consequence");
  payment.minor = fields.integer("minor", -kMostMinor, kMostMinor);
  payment.paid_ms = fields.time("paid_at");
  payment.payer = fields.optional_text("payer", kCaseShort).value_or("");
  const std::string liable = fields.optional_text("liable", kCaseWord).value_or("person");
  if (liable != "person" && liable != "organisation") fields.complain("liable", "is none of the choices");
  payment.by_organisation = liable == "organisation";
  payment.reference = fields.optional_text("reference", kCaseShort).value_or("");
  payment.note = fields.optional_text("note", kCaseText).value_or("");
  payment.corrects = fields.optional_id("corrects");
  return payment;
}

cases::Appeal appeal_of(JsonFields& fields) {
  cases::Appeal appeal;
  appeal.case_party = fields.id("case_party");
  appeal.text = fields.text("text", kCaseFilled);
  appeal.filed_ms = fields.optional_time("filed_at").value_or(0);
  appeal.channel = optional_word<cases::Channel>(fields, "channel").value_or(cases::Channel::letter);
  if (appeal.channel == cases::Channel::page) fields.complain("channel", "mail, letter or hearing is expected");
  return appeal;
}

std::vector<cases::Reduction> reductions_of(JsonFields& fields) {
  std::vector<cases::Reduction> reductions;
  if (!fields.has("reductions")) return reductions;
  for (JsonFields& one : fields.objects("reductions", kMostConsequences)) {
    const Id consequence = one.id("consequence");
    reductions.push_back({consequence, one.integer("minor", 1, kMostMinor)});
  }
  return reductions;
}

cases::AppealVerdict verdict_of(JsonFields& fields) {
  cases::AppealVerdict verdict;
  verdict.outcome = word<cases::Outcome>(fields, "outcome");
  verdict.reasons = fields.text("reasons", kCaseReasons);
  verdict.reductions = reductions_of(fields);
  return verdict;
}

cases::Stage stage_of(JsonFields& fields) {
  cases::Stage stage;
  stage.kind = word<cases::StageKind>(fields, "kind");
  stage.body = fields.text("body", kCaseLine);
  stage.reference = fields.optional_text("reference", kCaseShort).value_or("");
  stage.opened_ms = fields.optional_time("opened_at").value_or(0);
  stage.text = fields.optional_text("text", kCaseText).value_or("");
  return stage;
}

std::string reason_of(JsonFields& fields) { return fields.text("reason", kCaseReason); }

void add_proposals(CaseRouter& router) {
  router.change(Method::post, "/cases/{case}/proposals", Permission::write_cases, 201, proposal_of,
                [](const CaseCall& call, const cases::NewProposal& proposal) {
                  return call.services.cases.propose(call.id, proposal, call.hand());
                });
  router.change(Method::post, "/cases/{case}/proposals/{proposal}/agree", Permission::review_cases, 200, reason_of,
                [](const CaseCall& call, const std::string& reason) -> Result<cases::CaseView> {
                  TRY_ASSIGN(const Id part, call.part("proposal"));
                  return call.services.cases.agree(call.id, part, reason, call.hand());
                });
  router.change(Method::post, "/cases/{case}/proposals/{proposal}/refuse", Permission::write_cases, 200, reason_of,
                [](const CaseCall& call, const std::string& reason) -> Result<cases::CaseView> {
                  TRY_ASSIGN(const Id part, call.part("proposal"));
                  return call.services.cases.refuse(call.id, part, reason, call.hand());
                });
}

void add_consequences(CaseRouter& router) {
  router.change(Method::patch, "/cases/{case}/consequences/{consequence}", Permission::write_cases, 200,
                consequence_change_of,
                [](const CaseCall& call, const cases::ConsequenceChange& change) -> Result<cases::CaseView> {
                  TRY_ASSIGN(const Id part, call.part("consequence"));
                  return call.services.cases.update_consequence(call.id, part, change, call.hand());
                });
  router.add(Method::post, "/cases/{case}/payments", Permission::write_cases,
             [](const CaseCall& call) -> Result<Response> {
               TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
               const cases::NewPayment payment = payment_of(fields);
               if (!fields.done()) return fields.problem(call.request.id);
               TRY_ASSIGN(const auto view, call.services.cases.record_payment(call.id, payment, call.hand()));
               return json_response(201, cases::ledger_to_json(view, call.services.clock.now_ms()));
             });
}

void add_appeals(CaseRouter& router) {
  router.change(Method::post, "/cases/{case}/appeals", Permission::write_cases, 201, appeal_of,
                [](const CaseCall& call, const cases::Appeal& appeal) {
                  return call.services.cases.file_appeal(call.id, appeal, call.caller.actor);
                });
  router.change(Method::post, "/cases/{case}/appeals/{appeal}/decide", Permission::review_cases, 200, verdict_of,
                [](const CaseCall& call, const cases::AppealVerdict& verdict) -> Result<cases::CaseView> {
                  TRY_ASSIGN(const Id part, call.part("appeal"));
                  return call.services.cases.decide_appeal(call.id, part, verdict, call.hand());
                });
  router.change(Method::post, "/cases/{case}/stages", Permission::write_cases, 201, stage_of,
                [](const CaseCall& call, const cases::Stage& stage) {
                  return call.services.cases.add_stage(call.id, stage, call.hand());
                });
  router.change(
      Method::patch, "/cases/{case}/stages/{stage}", Permission::review_cases, 200,
      [](JsonFields& fields) {
        cases::StageVerdict verdict;
        verdict.outcome = word<cases::Outcome>(fields, "outcome");
        verdict.text = fields.text("text", kCaseFilled);
        verdict.reductions = reductions_of(fields);
        verdict.ended_ms = fields.optional_time("ended_at").value_or(0);
        return verdict;
      },
      [](const CaseCall& call, const cases::StageVerdict& verdict) -> Result<cases::CaseView> {
        TRY_ASSIGN(const Id part, call.part("stage"));
        return call.services.cases.end_stage(call.id, part, verdict, call.hand());
      });
}

}  // namespace

void add_case_decision_routes(CaseRouter& router) {
  router.change(
      Method::post, "/cases/{case}/claim", Permission::write_cases, 200,
      [](JsonFields& fields) {
        return ClaimWanted{fields.text("text", kCaseFilled), fields.time("reply_until")};
      },
      [](const CaseCall& call, const ClaimWanted& claim) {
        return call.services.cases.send_claim(call.id, claim.text, claim.reply_until_ms, call.hand());
      });
  router.change(Method::post, "/cases/{case}/replies", Permission::write_cases, 201, reply_of,
                [](const CaseCall& call, const cases::Reply& reply) {
                  return call.services.cases.add_reply(call.id, reply, call.caller.actor);
                });
  add_proposals(router);
  add_consequences(router);
  add_appeals(router);
}

}  // namespace probity::http::routes
