// probity screen person|queries|receipt: one question about a person, without the identifier ever standing in a command
// line, and the receipts of questions.
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/grammar.h"
#include "cli/screen_session.h"
#include "cli/values.h"
#include "screening/person_json.h"
#include "screening/receipt.h"
#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostReceiptBytes = 1 << 20;

struct CandidateOptions {
  CommonOptions common;
  std::string kind = "resident_id", country, purpose, requisition, consent, consent_date, receipt;
  bool id_stdin = false;
};
struct ReceiptOptions {
  std::string file;
  std::optional<std::string> hub, keys;
};

Result<screening::NewQuestion> question_of(const CandidateOptions& options) {
  screening::NewQuestion question;
  const auto purpose = screening::parse_purpose(options.purpose);
  if (!purpose)
    return fail(ErrorCode::invalid_argument, "--purpose: there is no such purpose",
                "employment, contract, supplier_onboarding or periodic_review");
  const auto basis = screening::parse_basis(options.consent);
  if (!basis) return fail(ErrorCode::invalid_argument, "--consent: there is no such basis", "given or notice_given");
  question.purpose = *purpose;
  question.requisition = options.requisition;
  question.consent = {*basis, options.consent_date, std::nullopt};
  return question;
}

void say(Terminal& terminal, const screening::PersonQuery& query, const std::optional<screening::Hit>& hit) {
  nlohmann::json document = screening::to_json(query);
  if (hit) document["hit_number"] = hit->number;
  terminal.document(document);
  const Words& words = terminal.words();
  if (!hit) {
    terminal.line(words("{}: not listed", "{}：未列入名单", query.number));
    return;
  }
  terminal.line(words("{}: there is a hit, {}. It is no verdict: confirm the identity first.",
                      "{}：命中 {}。命中不是结论：请先核实身份。", query.number, hit->number));
  say_labels(terminal, *hit);
}

// 0: not listed. 3: a hit.
int run_person(Terminal& terminal, const CandidateOptions& options) {
  const auto ask = [&]() -> Result<int> {
    TRY_ASSIGN(screening::NewQuestion question, question_of(options));
    TRY_ASSIGN(const ScreenSession screen, open_screen_session(options.common));
    TRY_ASSIGN(question.identifier, read_identifier(terminal, options.kind, options.country, options.id_stdin));
    const auto finding = screen.people->people().check(question.identifier);
    if (!finding.valid)
      return fail(ErrorCode::invalid_argument, terminal.words()("{0}", "{1}", finding.en, finding.zh),
                  "nobody was asked; read it off the document again");
    TRY_ASSIGN(const screening::PersonQuery query, screen.people->people().ask(question, command_line_actor()));
    if (!options.receipt.empty())
      TRY(store::write_file(options.receipt, as_bytes(query.receipt), {store::Existing::keep}));
    std::optional<screening::Hit> hit;
    if (query.hit) {
      TRY_ASSIGN(hit, screen.people->hits().find(*query.hit));
    }
    say(terminal, query, hit);
    return hit ? kExitHit : 0;
  };
  const Result<int> outcome = ask();
  return outcome ? *outcome : terminal.failure(outcome.error());
}

Result<void> run_queries(Terminal& terminal, const ListOptions& options) {
  TRY_ASSIGN(const ScreenSession screen, open_screen_session(options.common));
  screening::QueryFilter filter;
  filter.page = {options.search, "", false, options.offset, options.limit};
  TRY_ASSIGN(filter.outcome, parse_state_option<screening::Outcome>(options.state, screening::parse_outcome,
                                                                    "unanswered, not_listed or hit"));
  TRY_ASSIGN(const auto listed, screen.people->people().list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& query : listed.items) {
    items.push_back(screening::to_json(query));
    terminal.line(fmt::format("{}  {}  {:<10}  {:<20}  {}", query.number, to_rfc3339(query.asked_ms),
                              screening::outcome_name(query.outcome), screening::purpose_name(query.purpose),
                              query.requisition));
  }
  terminal.document({{"items", std::move(items)}, {"total", listed.total}});
  return {};
}

Result<void> run_receipt(Terminal& terminal, const ReceiptOptions& options) {
  TRY_ASSIGN(const Bytes text, store::read_file(options.file, kMostReceiptBytes));
  screening::ReceiptTrust trust;
  if (options.hub) {
    TRY_ASSIGN(const Bytes bytes, from_hex(*options.hub));
    TRY_ASSIGN(trust.hub, oprf::parse_identity(bytes));
  }
  if (options.keys) {
    TRY_ASSIGN(const Bytes bytes, store::read_file(*options.keys, kMostReceiptBytes));
    TRY_ASSIGN(auto directory, alliance::KeyDirectory::parse(as_text(bytes)));
    trust.directories.push_back(std::move(directory));
  }
  TRY_ASSIGN(const auto checked, screening::check_receipt(as_text(text), trust));
  const Words& words = terminal.words();
  nlohmann::json lists = nlohmann::json::array();
  terminal.line(words("This receipt holds. Asked {} by member {}", "该凭证有效。查询时间 {}，成员 {}",
                      to_rfc3339(checked.facts.asked_ms), checked.facts.member.text()));
  terminal.line(words("Hub {}{}", "联盟中心 {}{}", to_hex(checked.facts.hub),
                      checked.hub_is_known ? "" : words(" (compare it yourself)", "（请自行核对）")));
  for (const auto& list : checked.lists) {
    lists.push_back({{"epoch", list.head.epoch},
                     {"version", list.head.version},
                     {"root", to_hex(list.head.root)},
                     {"key_set_id", to_hex(list.key_set_id)},
                     {"holders", list.holders},
                     {"holders_known", list.holders_are_known}});
    terminal.line(words("List of {}, version {}, root {}; {} key-holders{}",
                        "{} 周期名单第 {} 版，根 {}；{} 个密钥持有方{}", list.head.epoch, list.head.version,
                        to_hex(list.head.root), list.holders.size(),
                        list.holders_are_known ? "" : words(" (compare their key set)", "（请核对密钥集）")));
  }
  terminal.document({{"holds", true},
                     {"member", checked.facts.member.text()},
                     {"asked", to_rfc3339(checked.facts.asked_ms)},
                     {"hub", to_hex(checked.facts.hub)},
                     {"hub_known", checked.hub_is_known},
                     {"consent_commitment", to_hex(checked.facts.consent_commitment)},
                     {"lists", std::move(lists)}});
  return {};
}

}  // namespace

std::string read_secret_line(const std::string& prompt, bool from_input) {
  std::string line;
  termios before{};
  const bool asks = !from_input && ::isatty(STDIN_FILENO) != 0;
  if (asks) {
    std::cerr << prompt << ": " << std::flush;
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  }
  std::getline(std::cin, line);
  if (asks) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::cerr << "\n";
  }
  return line;
}

Result<screening::TypedIdentifier> read_identifier(Terminal& terminal, const std::string& kind,
                                                   const std::string& country, bool from_input) {
  const auto parsed = names::parse_identifier_kind(kind);
  if (parsed != names::IdentifierKind::resident_id && parsed != names::IdentifierKind::passport)
    return fail(ErrorCode::invalid_argument, "--kind: a person has a resident_id or a passport");
  return screening::TypedIdentifier(*parsed, read_secret_line(terminal.words()("Identifier", "证件号码"), from_input),
                                    country);
}

Result<ScreenSession> open_screen_session(const CommonOptions& common) {
  ScreenSession screen;
  TRY_ASSIGN(screen.session, open_session(common));
  app::Workspace& workspace = *screen.session.workspace;
  app::Records& records = *screen.session.records;
  const app::MemberFolder folder(workspace.folder());
  if (!folder.exists())
    return fail(ErrorCode::not_found, "this workspace is no member of an alliance", "probity member init makes it one");
  TRY_ASSIGN(app::MemberFacts facts, folder.facts());
  TRY_ASSIGN(oprf::Identity identity, folder.identity());
  const SecretKey secret = workspace.derived_key(app::kMemberSecret);
  screen.membership = std::make_unique<app::LiveMembership>(std::move(facts), std::move(identity), secret,
                                                            workspace.clock(), workspace.random(), folder.path());
  screen.people = app::PersonDesk::make({workspace.database(), *screen.membership, records.log_book, records.events,
                                         secret, workspace.clock(), workspace.random()});
  return screen;
}

void add_screen_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("screen", "Ask whether somebody is listed, and do what a hit obliges to");
  const auto person =
      grammar.command(group, "person", "Ask about one person; exit code 3 when there is a hit", run_person);
  CandidateOptions& ask = person.options;
  person->add_option("--kind", ask.kind, "resident_id (else) or passport");
  person->add_option("--country", ask.country, "Of a passport: three letters");
  person->add_flag("--id-stdin", ask.id_stdin, "Read the identifier from standard input; else it is asked for");
  person->add_option("--purpose", ask.purpose, "employment, contract, supplier_onboarding or periodic_review")
      ->required();
  person->add_option("--requisition", ask.requisition, "Your own number of the vacancy or contract")->required();
  person->add_option("--consent", ask.consent, "given or notice_given")->required();
  person->add_option("--consent-date", ask.consent_date, "When: 2027-01-15")->required();
  person->add_option("--receipt", ask.receipt, "Write the receipt to this file");
  const auto queries = grammar.command(group, "queries", "List questions about people", run_queries);
  add_paging(queries);
  add_search(queries);
  queries->add_option("--state", queries.options.state, "unanswered, not_listed or hit");
  const auto receipt = grammar.command(group, "receipt", "Check a receipt, without a network", run_receipt);
  receipt->add_option("file", receipt.options.file, "The receipt")->required();
  receipt->add_option("--hub", receipt.options.hub, "The hub's public identity that you trust, in hex");
  receipt->add_option("--keys", receipt.options.keys, "The directory of key-holders that you trust");
}

}  // namespace probity::cli
