// probity case …: ask for a reply, decide by two people, follow through, hear appeals, close, export.
#include <nlohmann/json.hpp>

#include "cli/case_common.h"
#include "cli/find.h"
#include "cli/values.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct ReasonOptions {
  CommonOptions common;
  std::string which, reason;
  CasePerson person;
};
struct ClaimOptions {
  CommonOptions common;
  std::string which, text, until;
  CasePerson person;
};
struct ReplyOptions {
  CommonOptions common;
  std::string which, text, channel = "letter";
  std::optional<std::string> party;
  bool admits = false;
  CasePerson person;
};
struct DecideOptions {
  CommonOptions common;
  std::string which, finding = "breach", reasons, reduction_reason;
  bool amount = false, withdraw = false, apology = false, warning = false;
  std::optional<std::string> training, measure, reduction;
  std::vector<std::string> instalments;
  int appeal_days = cases::kUsualAppealDays;
  CasePerson person;
};
struct PayOptions {
  CommonOptions common;
  std::string which, amount, payer, reference, note;
  std::optional<std::string> party, day;
  std::optional<std::int64_t> corrects;  // the number of an entry
  bool by_organisation = false;
  CasePerson person;
};
struct JudgeOptions {
  CommonOptions common;
  std::string which, outcome, reasons;
  std::optional<std::string> party, off;
  CasePerson person;
};
struct RectifyOptions {
  CommonOptions common;
  std::string which, supplier, problem;
  CasePerson person;
};
struct ExportOptions {
  CommonOptions common;
  std::string which, out;
  CasePerson person;
};

using View = Result<cases::CaseView>;

Result<void> run_claim(Terminal& terminal, const ClaimOptions& options) {
  TRY_ASSIGN(const TimeMs until_ms, parse_time("--until", options.until));
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) {
                       return records.cases.cases.send_claim(of.id, options.text, until_ms, hand);
                     });
}

Result<void> run_reply(Terminal& terminal, const ReplyOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> View {
                       cases::Reply reply;
                       TRY_ASSIGN(reply.case_party, find_accused(of, options.party));
                       reply.text = options.text;
                       const auto channel = cases::parse<cases::Channel>(options.channel);
                       if (!channel || *channel == cases::Channel::page)
                         return fail(ErrorCode::invalid_argument, "--channel: mail, letter or hearing");
                       reply.channel = *channel;
                       reply.admits = options.admits;
                       return records.cases.cases.add_reply(of.id, reply, hand.actor);
                     });
}

Result<std::string> agreed_currency(app::Records& records, const cases::CaseParty& accused) {
  if (!accused.commitment)
    return fail(ErrorCode::invalid_argument, "no commitment is said to be broken by " + accused.name,
                "`probity case party --commitment` names it");
  TRY_ASSIGN(const auto detail, records.commitments.detail(*accused.commitment));
  return detail.view.commitment.terms.currency;
}

// "2027-03-01T00:00:00Z=5000"
Result<cases::Instalment> parse_instalment(const std::string& text, const std::string& currency) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    return fail(ErrorCode::invalid_argument, "--instalment: " + text + " is none",
                "write it like 2027-03-01T00:00:00Z=5000");
  cases::Instalment one;
  TRY_ASSIGN(one.due_ms, parse_time("--instalment", text.substr(0, equals)));
  TRY_ASSIGN(const auto money, cases::parse_money(text.substr(equals + 1), currency));
  one.minor = money.minor;
  return one;
}

// What the agreed amount is lowered by, and in which parts it is paid.
Result<void> settle_amount(app::Records& records, const cases::CaseParty& accused, const DecideOptions& options,
                           cases::NewConsequence& amount) {
  if (!options.reduction && options.instalments.empty()) return {};
  TRY_ASSIGN(const std::string currency, agreed_currency(records, accused));
  if (options.reduction) {
    TRY_ASSIGN(const auto money, cases::parse_money(*options.reduction, currency));
    amount.reduction_minor = money.minor;
    amount.reduction_reason = options.reduction_reason;
  }
  for (const std::string& text : options.instalments) {
    TRY_ASSIGN(const auto one, parse_instalment(text, currency));
    amount.instalments.push_back(one);
  }
  return {};
}

// The same for every accused party.
Result<std::vector<cases::NewConsequence>> consequences_of(app::Records& records, const cases::Case& of,
                                                           const DecideOptions& options) {
  if (!options.amount && (options.reduction || !options.instalments.empty()))
    return fail(ErrorCode::invalid_argument, "only an agreed amount is reduced or paid in parts", "add --amount");
  std::vector<cases::NewConsequence> all;
  for (const cases::CaseParty* accused : of.accused()) {
    const auto add = [&](bool wanted, cases::ConsequenceKind kind, const std::string& text) {
      if (!wanted) return;
      cases::NewConsequence one;
      one.kind = kind;
      one.case_party = accused->id;
      one.text = text;
      all.push_back(std::move(one));
    };
    add(options.amount, cases::ConsequenceKind::agreed_amount, "");
    if (options.amount) TRY(settle_amount(records, *accused, options, all.back()));
    add(options.warning, cases::ConsequenceKind::warning, "");
    add(options.apology, cases::ConsequenceKind::apology, "");
    add(options.measure.has_value(), cases::ConsequenceKind::employer_measure, options.measure.value_or(""));
    add(options.training.has_value(), cases::ConsequenceKind::training, options.training.value_or(""));
    add(options.withdraw, cases::ConsequenceKind::access_withdrawal, "");
  }
  return all;
}

Result<void> run_decide(Terminal& terminal, const DecideOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> View {
                       cases::NewProposal proposal;
                       const auto finding = cases::parse<cases::Finding>(options.finding);
                       if (!finding)
                         return fail(ErrorCode::invalid_argument, "--finding: breach, no_breach or not_proven");
                       proposal.finding = *finding;
                       proposal.reasons = options.reasons;
                       proposal.appeal_days = options.appeal_days;
                       TRY_ASSIGN(proposal.consequences, consequences_of(records, of, options));
                       return records.cases.cases.propose(of.id, proposal, hand);
                     });
}

Result<Id> open_proposal(const cases::Case& of) {
  for (const auto& one : of.proposals)
    if (one.state == cases::ProposalState::proposed) return one.id;
  return fail(ErrorCode::conflict, "no proposal waits for agreement", "`probity case decide` proposes one");
}

Result<void> run_agree(Terminal& terminal, const ReasonOptions& options) {
  return change_case(terminal, options, Permission::review_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> View {
                       TRY_ASSIGN(const Id proposal, open_proposal(of));
                       return records.cases.cases.agree(of.id, proposal, options.reason, hand);
                     });
}

Result<void> run_refuse(Terminal& terminal, const ReasonOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> View {
                       TRY_ASSIGN(const Id proposal, open_proposal(of));
                       return records.cases.cases.refuse(of.id, proposal, options.reason, hand);
                     });
}

Result<void> run_close(Terminal& terminal, const ReasonOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) {
                       return records.cases.cases.close(of.id, options.reason, hand);
                     });
}

// What takes back is an entry of its own, below zero: the ledger is never changed.
Result<void> correct(app::Records& records, const cases::Case& of, std::int64_t number, cases::NewPayment& payment) {
  TRY_ASSIGN(const auto view, records.cases.cases.find(of.id));
  for (const cases::Payment& one : view.ledger)
    if (one.sequence == number) {
      payment.corrects = one.id;
      payment.minor = -payment.minor;
      return {};
    }
  return fail(ErrorCode::not_found, "the ledger has no entry " + std::to_string(number),
              "`probity case ledger` lists them");
}

Result<void> run_pay(Terminal& terminal, const PayOptions& options) {
  return change_case(
      terminal, options, Permission::write_cases,
      [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> View {
        cases::NewPayment payment;
        TRY_ASSIGN(payment.consequence, find_amount(of, options.party));
        TRY_ASSIGN(const auto money,
                   cases::parse_money(options.amount, of.consequence(payment.consequence)->amount->agreed.currency));
        payment.minor = money.minor;
        payment.paid_ms = records.workspace.clock().now_ms();
        if (options.day) {
          TRY_ASSIGN(payment.paid_ms, parse_time("--day", *options.day));
        }
        payment.payer = options.payer;
        payment.reference = options.reference;
        payment.note = options.note;
        payment.by_organisation = options.by_organisation;
        if (options.corrects) TRY(correct(records, of, *options.corrects, payment));
        return records.cases.cases.record_payment(of.id, payment, hand);
      });
}

Result<void> run_appeal(Terminal& terminal, const ReplyOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> View {
                       cases::Appeal appeal;
                       TRY_ASSIGN(appeal.case_party, find_accused(of, options.party));
                       appeal.text = options.text;
                       appeal.channel = cases::Channel::letter;
                       return records.cases.cases.file_appeal(of.id, appeal, hand.actor);
                     });
}

Result<void> run_judge(Terminal& terminal, const JudgeOptions& options) {
  return change_case(terminal, options, Permission::review_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> View {
                       cases::AppealVerdict verdict;
                       const auto outcome = cases::parse<cases::Outcome>(options.outcome);
                       if (!outcome)
                         return fail(ErrorCode::invalid_argument, "--outcome: upheld, reduced or overturned");
                       verdict.outcome = *outcome;
                       verdict.reasons = options.reasons;
                       if (options.off) {
                         TRY_ASSIGN(const Id amount, find_amount(of, options.party));
                         TRY_ASSIGN(const auto money,
                                    cases::parse_money(*options.off, of.consequence(amount)->amount->agreed.currency));
                         verdict.reductions.push_back({amount, money.minor});
                       }
                       TRY_ASSIGN(const Id accused, find_accused(of, options.party));
                       for (const auto& appeal : of.appeals)
                         if (appeal.case_party == accused)
                           return records.cases.cases.decide_appeal(of.id, appeal.id, verdict, hand);
                       return fail(ErrorCode::not_found, "this party has not appealed");
                     });
}

Result<void> run_rectify(Terminal& terminal, const RectifyOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto found, find_case(records, options.which));
  TRY_ASSIGN(const auto supplier, find_party(records, options.supplier));
  TRY_ASSIGN(const cases::Hand hand, hand_of(records, options.person, Permission::write_cases));
  cases::NewRectification wanted;
  wanted.supplier = supplier.party.id;
  wanted.problem = options.problem;
  TRY_ASSIGN(const auto view, records.cases.rectifications.issue(found.of.id, wanted, hand));
  terminal.document(cases::rectification_to_json(view, session.workspace->clock().now_ms()));
  terminal.line(terminal.words()("{}: {} answers for {}; {} was written to", "{}：{} 对 {} 负责；已致函 {}",
                                 view.of.number, view.of.supplier_name, view.of.leaf_name, view.of.contact_name));
  return {};
}

Result<void> run_export(Terminal& terminal, const ExportOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_case(*session.records, options.which));
  TRY_ASSIGN(const cases::Hand hand, hand_of(*session.records, options.person, Permission::read_cases));
  TRY_ASSIGN(const auto file, session.records->cases.archive.archive(found.of.id, hand.actor));
  const std::string path = options.out.empty() ? file.name : options.out;
  TRY(store::write_file(path, file.bytes));
  terminal.document({{"file", path}, {"size_bytes", file.bytes.size()}});
  terminal.line(terminal.words()("{}: {}", "{}：{}", path, bytes_in_words(file.bytes.size())));
  return {};
}

void add_with_reason(Grammar& grammar, CLI::App* group, const char* name, const char* description,
                     Result<void> (*function)(Terminal&, const ReasonOptions&)) {
  const auto command = grammar.command(group, name, description, function);
  add_case_name(command);
  command->add_option("--reason", command.options.reason, "Why")->required();
}

void add_deciding(Grammar& grammar, CLI::App* group) {
  const auto claim = grammar.command(group, "claim", "Ask the accused to reply; mails each a link", run_claim);
  add_case_name(claim);
  claim->add_option("--text", claim.options.text, "What is held against them")->required();
  claim->add_option("--until", claim.options.until, "A time such as 2027-03-01T18:00:00+01:00")->required();
  const auto reply = grammar.command(group, "reply", "Record a reply that came another way", run_reply);
  add_case_name(reply);
  reply->add_option("--text", reply.options.text, "What they said")->required();
  reply->add_option("--party", reply.options.party, "Whose, when several are accused");
  reply->add_option("--channel", reply.options.channel, "mail, letter or hearing");
  reply->add_flag("--admits", reply.options.admits, "They say that it was them");
  const auto decide = grammar.command(group, "decide", "Propose a decision; somebody else agrees", run_decide);
  add_case_name(decide);
  decide->add_option("--finding", decide.options.finding, "breach, no_breach or not_proven");
  decide->add_option("--reasons", decide.options.reasons, "Why")->required();
  decide->add_flag("--amount", decide.options.amount, "With the agreed amount of the commitment as signed");
  decide->add_flag("--withdraw-access", decide.options.withdraw, "With access withdrawn in every project");
  decide->add_flag("--apology", decide.options.apology, "With an apology");
  decide->add_option("--reduce", decide.options.reduction, "So much is taken off the agreed amount");
  decide->add_option("--reduce-reason", decide.options.reduction_reason, "Why");
  decide
      ->add_option("--instalment", decide.options.instalments,
                   "Paid in parts: 2027-03-01T00:00:00Z=5000, once for each; together what is due")
      ->repeatable();
  decide->add_flag("--warning", decide.options.warning, "With a warning");
  decide->add_option("--measure", decide.options.measure, "With this measure of their employer");
  decide->add_option("--training", decide.options.training, "With this training");
  decide->add_option("--appeal-days", decide.options.appeal_days, "15 otherwise")->between(7, 180);
  add_with_reason(grammar, group, "agree", "Agree to the proposed decision, as somebody else", run_agree);
  add_with_reason(grammar, group, "refuse", "Do not agree to it", run_refuse);
}

}  // namespace

void add_case_deciding_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("case", "Cases and their evidence");
  add_deciding(grammar, group);
  const auto pay = grammar.command(group, "pay", "Record a payment of the agreed amount", run_pay);
  add_case_name(pay);
  pay->add_option("amount", pay.options.amount, "Such as 5000 or 5000.50, in the agreed currency")->required();
  pay->add_option("--party", pay.options.party, "Whose, when several are accused");
  pay->add_option("--day", pay.options.day, "When it came; now otherwise");
  pay->add_option("--payer", pay.options.payer, "Who paid");
  pay->add_flag("--by-organisation", pay.options.by_organisation, "Their organisation paid for them");
  pay->add_option("--note", pay.options.note, "In words");
  pay->add_option("--corrects", pay.options.corrects, "The number of the entry of which so much is taken back");
  pay->add_option("--reference", pay.options.reference, "What stands on the transfer");
  const auto appeal = grammar.command(group, "appeal", "Record an appeal that came by letter", run_appeal);
  add_case_name(appeal);
  appeal->add_option("--text", appeal.options.text, "What they say")->required();
  appeal->add_option("--party", appeal.options.party, "Whose, when several are accused");
  const auto judge = grammar.command(group, "judge", "Decide an appeal, as somebody who did not decide", run_judge);
  add_case_name(judge);
  judge->add_option("--outcome", judge.options.outcome, "upheld, reduced or overturned")->required();
  judge->add_option("--reasons", judge.options.reasons, "Why")->required();
  judge->add_option("--off", judge.options.off, "Of reduced: so much is taken off the agreed amount");
  judge->add_option("--party", judge.options.party, "Whose appeal, when several are accused");
  const auto rectify = grammar.command(group, "rectify", "Ask a supplier to rectify", run_rectify);
  add_case_name(rectify);
  rectify->add_option("supplier", rectify.options.supplier, "Where the trace points")->required();
  rectify->add_option("--problem", rectify.options.problem, "What happened")->required();
  add_with_reason(grammar, group, "close", "Close the case", run_close);
  const auto exported = grammar.command(group, "export", "Write everything of a case into one archive", run_export);
  add_case_name(exported);
  exported->add_option("--out", exported.options.out, "The file to write; its number otherwise");
  add_case_stage_commands(grammar);
  add_case_edit_commands(grammar);
  add_case_history_commands(grammar);
  add_case_graph_commands(grammar);
  add_evidence_download_commands(grammar);
}

}  // namespace probity::cli
