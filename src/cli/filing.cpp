// probity filing: a member's own listings, from draft to withdrawal. Identifier, name and address come by standard
// input, never as arguments: those stand in lists of processes and in histories.
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/account_options.h"
#include "cli/filing_session.h"
#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "filings/json.h"
#include "filings/service.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;
using filings::Filing;

struct FilingOptions : PersonOptions {
  std::string filing;
};
struct ReasonOptions : FilingOptions {
  std::string reason;
};
struct FilingListOptions : ListOptions {};
struct DraftOptions : PersonOptions {
  std::string conduct, kind = "person";
  std::optional<std::string> case_number, accused;
};
struct WordsOptions : FilingOptions {
  std::optional<std::string> conduct, facts_file, decided_by, ended_how, contact, standard, happened_at, decided_at;
  std::optional<bool> for_gain;
};
// What is not given stays as it is.
struct CompanyFields {
  std::vector<std::string> names, former_names;
  std::optional<std::string> credit_code, lei, registration;
};
struct CompanyOptions : FilingOptions {
  CompanyFields company;
};
struct IdentifyOptions : FilingOptions {
  std::string kind = "resident_id";
  std::optional<std::string> born_at;
};
struct EvidenceOptions : FilingOptions {
  std::string test, file;
};
// What the label says from now on.
struct Corrected {
  std::optional<std::string> contact, decided_at;
  CompanyFields company;
};
struct AnswerOptions : FilingOptions {
  std::string outcome, reasons_file;
  Corrected corrected;
};
struct CorrectOptions : ReasonOptions {
  Corrected corrected;
};
struct TrustOptions : PersonOptions {
  std::optional<std::string> trust;
};

Result<Filing> find_filing(filings::FilingService& service, const std::string& text) {
  const auto fetch = [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
    filings::FilingFilter filter;
    filter.page.search = search;
    filter.page.offset = offset;
    filter.page.limit = limit;
    return service.list(filter);
  };
  TRY_ASSIGN(auto found, find_all<Filing>(text, fetch, [](const Filing& one) {
               return Called{one.id.text(), {one.number}};
             }));
  return the_one("filing", text, std::move(found));
}

void describe(Terminal& terminal, const Filing& one, TimeMs now_ms) {
  const Words& say = terminal.words();
  const auto due = filings::due_day(one);
  terminal.line(fmt::format("{}  {:17}  {:16}  {}{}", one.number, filings::shown_state(one),
                            alliance::conduct_entry(one.words.conduct).name, one.subject.name,
                            due ? fmt::format("  {} {}{}", due->what, to_rfc3339(due->due_ms).substr(0, 10),
                                              due->due_ms < now_ms ? say(" (late)", "（已逾期）") : std::string())
                                : std::string()));
}

void describe_whole(Terminal& terminal, const Filing& one, TimeMs now_ms) {
  const Words& say = terminal.words();
  describe(terminal, one, now_ms);
  if (one.pending)
    terminal.line(say("  waits for the hub: {} ({})", "  等待联盟中心：{}（{}）", filings::verb_name(one.pending->verb),
                      one.pending->trouble));
  if (one.is_draft())
    for (const auto& hindrance : filings::hindrances(one))
      terminal.line(say("  missing: {}", "  尚缺：{}",
                        say.language() == Language::zh ? hindrance.message_zh : hindrance.message));
  if (one.history_changed)
    terminal.line(say("  THE HUB SHOWED ANOTHER PAST THAN BEFORE", "  联盟中心出示的历史与此前不一致"));
  terminal.document(filings::filing_detail_to_json(one, {Id{}, true, true}, now_ms));
}

// Finds the filing, does something to it as whoever it is, and shows what became of it.
template <class Verb>
Result<void> change(Terminal& terminal, const FilingOptions& options, Permission permission, Verb verb) {
  TRY_ASSIGN(const FilingSession session, open_filing_session(options, permission));
  auto& service = session.desk->filings();
  TRY_ASSIGN(const Filing found, find_filing(service, options.filing));
  TRY_ASSIGN(const Filing changed, verb(service, found, session.actor));
  describe_whole(terminal, changed, service.now_ms());
  return {};
}

Result<void> run_list(Terminal& terminal, const FilingListOptions& options) {
  TRY_ASSIGN(const FilingSession session, open_filing_session({options.common, {}, {}}, Permission::read_filings));
  auto& service = session.desk->filings();
  filings::FilingFilter filter;
  filter.state = options.state.value_or("");
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const auto listed, service.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const Filing& one : listed.items) {
    items.push_back(filings::filing_to_json(one, service.now_ms()));
    describe(terminal, one, service.now_ms());
  }
  finish_list(
      terminal, options, "filings", items, listed.total,
      terminal.words()("No filings: `probity filing draft` begins one.", "尚无登记：用 `probity filing draft` 起草。"));
  return {};
}

Result<void> run_show(Terminal& terminal, const FilingOptions& options) {
  return change(terminal, options, Permission::read_filings,
                [](auto&, const Filing& one, auto&) { return Result<Filing>(one); });
}

Result<void> run_draft(Terminal& terminal, const DraftOptions& options) {
  TRY_ASSIGN(const FilingSession session, open_filing_session(options, Permission::write_filings));
  filings::NewFiling wanted;
  wanted.conduct = options.conduct;
  const auto kind = filings::parse_subject_kind(options.kind);
  if (!kind) return fail(ErrorCode::invalid_argument, "--kind is person or enterprise");
  wanted.kind = *kind;
  if (options.case_number) {
    TRY_ASSIGN(const auto of, session.session.records->cases.cases.find_number(*options.case_number));
    wanted.case_id = of.of.id;
    for (const cases::CaseParty* accused : of.of.accused())
      if (!options.accused || accused->name == *options.accused || accused->id.text() == *options.accused)
        wanted.accused = accused->id;
    if (!wanted.accused) return fail(ErrorCode::not_found, "nobody of that name is accused in the case");
  } else {
    TRY_ASSIGN(wanted.name, ask_line(terminal, terminal.words()("Name", "名称")));
  }
  auto& service = session.desk->filings();
  TRY_ASSIGN(const Filing drafted, service.draft(wanted, session.actor));
  describe_whole(terminal, drafted, service.now_ms());
  return {};
}

Result<void> run_words(Terminal& terminal, const WordsOptions& options) {
  filings::FilingChange wanted;
  wanted.conduct = options.conduct;
  wanted.decided_by = options.decided_by;
  wanted.ended_how = options.ended_how;
  wanted.contact = options.contact;
  wanted.intentional_for_gain = options.for_gain;
  if (options.facts_file) {
    TRY_ASSIGN(const Bytes bytes, store::read_file(*options.facts_file, 64 << 10));
    wanted.facts = std::string(as_text(bytes));
  }
  if (options.standard) {
    wanted.standard = alliance::parse_standard(*options.standard);
    if (!wanted.standard)
      return fail(ErrorCode::invalid_argument, "there is no such standard of proof",
                  "police_report, judgment, arbitration or signed_statement");
  }
  if (options.happened_at) {
    TRY_ASSIGN(wanted.happened_ms, parse_time("--happened", *options.happened_at));
  }
  if (options.decided_at) {
    TRY_ASSIGN(wanted.decided_ms, parse_time("--decided", *options.decided_at));
  }
  return change(terminal, options, Permission::write_filings,
                [&](auto& service, const Filing& one, auto& actor) { return service.update(one.id, wanted, actor); });
}

Result<void> run_company(Terminal& terminal, const CompanyOptions& options) {
  filings::FilingChange wanted;
  const CompanyFields& company = options.company;
  wanted.enterprise = alliance::Enterprise{company.names, company.former_names, company.credit_code.value_or(""),
                                           company.lei.value_or(""), company.registration.value_or("")};
  return change(terminal, options, Permission::write_filings,
                [&](auto& service, const Filing& one, auto& actor) { return service.update(one.id, wanted, actor); });
}

Result<void> run_identify(Terminal& terminal, const IdentifyOptions& options) {
  const auto kind = names::parse_identifier_kind(options.kind);
  if (!kind) return fail(ErrorCode::invalid_argument, "--kind is resident_id or passport");
  filings::GivenIdentifier given{*kind, "", std::nullopt};
  if (options.born_at) {
    TRY_ASSIGN(given.born_ms, parse_time("--born", *options.born_at + "T00:00:00Z"));
  }
  return change(terminal, options, Permission::write_filings,
                [&](auto& service, const Filing& one, auto& actor) -> Result<Filing> {
                  TRY_ASSIGN(given.text, ask_line(terminal, terminal.words()("Identifier", "证件号码")));
                  auto identified = service.identify(one.id, given, actor);
                  wipe(given.text);
                  return identified;
                });
}

Result<void> run_evidence(Terminal& terminal, const EvidenceOptions& options) {
  const auto test = filings::parse_test(options.test);
  if (!test)
    return fail(ErrorCode::invalid_argument, "a document stands behind one of the tests",
                "reasonable_grounds, clear_evidence or ended_because_of_it");
  TRY_ASSIGN(Bytes bytes, store::read_file(options.file, alliance::kMostPaperBytes));
  const std::string name = options.file.substr(options.file.rfind('/') + 1);
  return change(terminal, options, Permission::write_filings, [&](auto& service, const Filing& one, auto& actor) {
    return service.add_document(one.id, {*test, name, "application/octet-stream", bytes}, actor);
  });
}

template <Result<Filing> (filings::FilingService::*verb)(const Id&, const events::Actor&)>
Result<void> run_plain(Terminal& terminal, const FilingOptions& options) {
  const bool approves = verb == &filings::FilingService::approve;
  return change(terminal, options, approves ? Permission::approve_filings : Permission::write_filings,
                [](auto& service, const Filing& one, auto& actor) { return (service.*verb)(one.id, actor); });
}

template <Result<Filing> (filings::FilingService::*verb)(const Id&, const std::string&, const events::Actor&)>
Result<void> run_with_reason(Terminal& terminal, const ReasonOptions& options) {
  const bool refuses = verb == &filings::FilingService::refuse;
  return change(
      terminal, options, refuses ? Permission::approve_filings : Permission::write_filings,
      [&](auto& service, const Filing& one, auto& actor) { return (service.*verb)(one.id, options.reason, actor); });
}

Result<void> run_notice(Terminal& terminal, const FilingOptions& options) {
  return change(terminal, options, Permission::write_filings,
                [&](auto& service, const Filing& one, auto& actor) -> Result<Filing> {
                  TRY_ASSIGN(std::string address, ask_line(terminal, terminal.words()("Address", "送达地址")));
                  auto sent = service.send_notice(one.id, address, actor);
                  wipe(address);
                  return sent;
                });
}

bool is_given(const CompanyFields& change) {
  return !change.names.empty() || !change.former_names.empty() || change.credit_code || change.lei ||
         change.registration;
}

bool is_given(const Corrected& corrected) {
  return corrected.contact || corrected.decided_at || is_given(corrected.company);
}

Result<filings::Correction> correction_of(const Filing& filing, const Corrected& corrected) {
  filings::Correction correction;
  correction.contact = corrected.contact;
  if (corrected.decided_at) {
    TRY_ASSIGN(correction.decided_ms, parse_time("--decided", *corrected.decided_at));
  }
  const CompanyFields& change = corrected.company;
  if (!is_given(change)) return correction;
  if (!filing.subject.enterprise)
    return fail(ErrorCode::invalid_argument, "this listing is of a person, who has no company's names or numbers");
  correction.enterprise = filing.subject.enterprise;
  if (!change.names.empty()) correction.enterprise->names = change.names;
  if (!change.former_names.empty()) correction.enterprise->former_names = change.former_names;
  if (change.credit_code) correction.enterprise->credit_code = *change.credit_code;
  if (change.lei) correction.enterprise->lei = *change.lei;
  if (change.registration) correction.enterprise->registration = *change.registration;
  return correction;
}

Result<void> run_answer(Terminal& terminal, const AnswerOptions& options) {
  filings::AnswerToAppeal answer;
  using Outcome = alliance::Appeal::Outcome;
  answer.outcome = Outcome::none;
  for (const Outcome outcome : {Outcome::upheld, Outcome::corrected, Outcome::taken_back})
    if (alliance::outcome_name(outcome) == options.outcome) answer.outcome = outcome;
  if (answer.outcome == Outcome::none)
    return fail(ErrorCode::invalid_argument, "the outcome is upheld, corrected or taken_back");
  if (is_given(options.corrected) != (answer.outcome == Outcome::corrected))
    return fail(ErrorCode::invalid_argument, "corrected says what is right now, and only corrected does",
                "--contact, --decided; of a company also --name, --former-name, --credit-code, --lei, --registration");
  TRY_ASSIGN(const Bytes reasons, store::read_file(options.reasons_file, 64 << 10));
  answer.reasons = std::string(as_text(reasons));
  return change(terminal, options, Permission::write_filings,
                [&](auto& service, const Filing& one, auto& actor) -> Result<Filing> {
                  TRY_ASSIGN(answer.correction, correction_of(one, options.corrected));
                  return service.answer(one.id, answer, actor);
                });
}

Result<void> run_correct(Terminal& terminal, const CorrectOptions& options) {
  return change(terminal, options, Permission::write_filings,
                [&](auto& service, const Filing& one, auto& actor) -> Result<Filing> {
                  TRY_ASSIGN(const filings::Correction correction, correction_of(one, options.corrected));
                  return service.correct(one.id, correction, options.reason, actor);
                });
}

Result<void> run_retry(Terminal& terminal, const FilingOptions& options) {
  return change(terminal, options, Permission::write_filings,
                [](auto& service, const Filing& one, auto&) { return service.retry(one.id); });
}

// The key that papers are sealed to: shown, or replaced after somebody compared it.
Result<void> run_ombudsman_key(Terminal& terminal, const TrustOptions& options) {
  TRY_ASSIGN(const FilingSession session, open_filing_session(options, Permission::write_filings));
  if (options.trust) {
    TRY_ASSIGN(const Bytes bytes, from_hex(*options.trust));
    TRY_ASSIGN(const oprf::PublicIdentity identity, oprf::parse_identity(bytes));
    TRY(session.session.workspace->database().write([&] { return session.desk->store().keep_ombudsman(identity); }));
  }
  TRY_ASSIGN(const auto kept, session.desk->store().ombudsman());
  terminal.document({{"ombudsman", kept ? nlohmann::json(to_hex(*kept)) : nlohmann::json(nullptr)}});
  terminal.line(kept ? to_hex(*kept)
                     : terminal.words()("No key was seen yet: the first one the hub names is kept.",
                                        "尚未见到密钥：将保留联盟中心首次指明的密钥。"));
  return {};
}

constexpr const char* kWhich = "Number such as F-2027-0001, id, or start of an id";

template <class Options, class Run>
Command<Options> add_verb(Grammar& grammar, CLI::App* group, const char* name, const char* what, Run run) {
  const auto command = grammar.command<Options>(group, name, what, run);
  command->add_option("filing", command.options.filing, kWhich)->required();
  add_account(command);
  return command;
}

template <class Run>
void add_reasoned(Grammar& grammar, CLI::App* group, const char* name, const char* what, Run run) {
  const auto command = add_verb<ReasonOptions>(grammar, group, name, what, run);
  command->add_option("--reason", command.options.reason, "Why; stays on this node")->required();
}

template <class Verb>
void add_company_fields(const Verb& command, CompanyFields& company) {
  command->add_option("--name", company.names, "As registered")->repeatable();
  command->add_option("--former-name", company.former_names, "Of before")->repeatable();
  command->add_option("--credit-code", company.credit_code, "Unified social credit code");
  command->add_option("--lei", company.lei, "Legal entity identifier");
  command->add_option("--registration", company.registration, "Country and number: \"HKG 12345678\"");
}

void add_writing(Grammar& grammar, CLI::App* group) {
  const auto draft = grammar.command(group, "draft", "Begin a filing; the name comes by standard input", run_draft);
  draft->add_option("--conduct", draft.options.conduct, "Of the closed catalogue: bribery, theft, …")->required();
  draft->add_option("--kind", draft.options.kind, "person or enterprise");
  draft->add_option("--case", draft.options.case_number, "A decided case it comes from, such as K-2027-0001");
  draft->add_option("--accused", draft.options.accused, "Which of its accused, when there are several");
  add_account(draft);
  const auto words = add_verb<WordsOptions>(grammar, group, "words", "Write what happened and who decided", run_words);
  words->add_option("--conduct", words.options.conduct, "Other conduct");
  words->add_option("--facts", words.options.facts_file, "A file that says what happened");
  words->add_option("--decided-by", words.options.decided_by, "Who decided, by name and office");
  words->add_option("--ended-how", words.options.ended_how, "Why and how employment or contract ended");
  words->add_option("--contact", words.options.contact, "Who answers other members' questions");
  words->add_option("--standard", words.options.standard, "police_report, judgment, arbitration or signed_statement");
  words->add_flag("--for-gain", words.options.for_gain, "A leak that was intentional and for gain");
  words->add_option("--happened", words.options.happened_at, "The last day of it, RFC 3339");
  words->add_option("--decided", words.options.decided_at, "When it was decided, RFC 3339");
  const auto company = add_verb<CompanyOptions>(grammar, group, "company", "Say which company it is", run_company);
  add_company_fields(company, company.options.company);
  const auto identify =
      add_verb<IdentifyOptions>(grammar, group, "identify", "Enter the identifier, by standard input", run_identify);
  identify->add_option("--kind", identify.options.kind, "resident_id or passport");
  identify->add_option("--born", identify.options.born_at, "Of a passport: 1990-12-31");
  const auto evidence = add_verb<EvidenceOptions>(grammar, group, "evidence", "Add a document", run_evidence);
  evidence->add_option("--test", evidence.options.test, "reasonable_grounds, clear_evidence or ended_because_of_it")
      ->required();
  evidence->add_option("file", evidence.options.file, "The document, up to 8 MB")->required();
}

}  // namespace

void add_filing_commands(Grammar& grammar) {
  using filings::FilingService;
  CLI::App* group = grammar.group("filing", "Listings that this member makes in its alliance");
  const auto list = grammar.command(group, "list", "List filings, the newest first", run_list);
  list->add_option("--state", list.options.state, "Only those in this state: draft, notified, active, disputed, …");
  list->add_option("--search", list.options.search, "Only those with this text in number, name or case");
  list->add_option("--limit", list.options.limit, "So many at most; 100 otherwise")->between(1, 500);
  list->add_option("--offset", list.options.offset, "Leave so many out first");
  add_verb<FilingOptions>(grammar, group, "show", "Show one, and what it lacks", run_show);
  add_writing(grammar, group);
  add_verb<FilingOptions>(grammar, group, "submit", "Have it approved by a second person",
                          run_plain<&FilingService::submit>);
  add_verb<FilingOptions>(grammar, group, "approve", "Approve it, as another person than its authors",
                          run_plain<&FilingService::approve>);
  add_reasoned(grammar, group, "refuse", "Refuse it, as another person", run_with_reason<&FilingService::refuse>);
  add_verb<FilingOptions>(grammar, group, "notice", "Have the notice sent; the address comes by standard input",
                          run_notice);
  const auto answer = add_verb<AnswerOptions>(grammar, group, "answer", "Answer an appeal", run_answer);
  answer->add_option("outcome", answer.options.outcome, "upheld, corrected or taken_back")->required();
  const auto add_corrected = [](const auto& command) {
    command->add_option("--contact", command.options.corrected.contact, "corrected: who answers questions");
    command->add_option("--decided", command.options.corrected.decided_at, "corrected: when it was decided, RFC 3339");
    add_company_fields(command, command.options.corrected.company);
  };
  add_corrected(answer);
  answer->add_option("--reasons", answer.options.reasons_file, "A file with the reasons, for the ombudsman")
      ->required();
  add_reasoned(grammar, group, "suspend", "Take it out of the list for now", run_with_reason<&FilingService::suspend>);
  add_reasoned(grammar, group, "resume", "Put it back", run_with_reason<&FilingService::resume>);
  const auto correct =
      add_verb<CorrectOptions>(grammar, group, "correct", "Put right what the label says", run_correct);
  correct->add_option("--reason", correct.options.reason, "Why")->required();
  add_corrected(correct);
  add_verb<FilingOptions>(grammar, group, "attest", "Confirm it for another year", run_plain<&FilingService::attest>);
  add_reasoned(grammar, group, "withdraw", "Give it up for good", run_with_reason<&FilingService::withdraw>);
  add_verb<FilingOptions>(grammar, group, "retry", "Try now what waits for the hub", run_retry);
  const auto key = grammar.command(group, "ombudsman", "The key that papers are sealed to", run_ombudsman_key);
  key->add_option("--trust", key.options.trust, "Another key, in hex, compared with the ombudsman");
  add_account(key);
}

}  // namespace probity::cli
