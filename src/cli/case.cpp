// probity case …: open a case, look at it, and keep its parts.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cases/words.h"
#include "cli/case_common.h"
#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "copies/uploads.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct OpenOptions {
  CommonOptions common;
  std::string title, summary, kind = "unknown", severity = "medium";
  std::optional<std::string> leak, project;
  CasePerson person;
};
struct CaseOptions {
  CommonOptions common;
  std::string which;
  CasePerson person;
};
struct TextOptions {
  CommonOptions common;
  std::string which, text;
  CasePerson person;
};
struct TaskOptions {
  CommonOptions common;
  std::string which, title;
  std::optional<std::string> due, done;
  CasePerson person;
};
struct PartyOptions {
  CommonOptions common;
  std::string which, party, role = "recipient", note, public_name;
  std::optional<std::string> basis, commitment;
  bool unlisted = false;
  CasePerson person;
};

struct FileOptions {
  CommonOptions common;
  std::string which, file, what, kind = "original";
  CasePerson person;
};
struct HoldOptions {
  CommonOptions common;
  std::string which, reason;
  std::optional<std::string> party;
  CasePerson person;
};

constexpr const char* kRoleChoices =
    "recipient, outlet, employee, former_employee, supplier, sub_supplier, witness, reporter, platform or other";
constexpr const char* kBasisChoices = "unmasking, own_footage_lead, admission or inquiry";

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  cases::CaseFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<cases::State>(
                               options.state, cases::parse<cases::State>,
                               "open, investigating, reply, decided, appeal, final, overturned and closed are"));
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->cases.cases.list(filter));
  const TimeMs now_ms = session.workspace->clock().now_ms();
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) {
    items.push_back(cases::row_to_json(row, now_ms));
    describe_case(terminal, row.of);
    if (row.due)
      terminal.line(terminal.words()("    due {}: {} {}", "    到期 {}：{} {}", to_rfc3339(row.due->due_ms),
                                     row.due->what, row.due->detail));
  }
  finish_list(terminal, options, "cases", items, listed.total,
              terminal.words()("No cases: `probity case open` opens one.", "尚无案件：用 `probity case open` 立案。"));
  return {};
}

Result<void> run_open(Terminal& terminal, const OpenOptions& options) {
  cases::NewCase wanted;
  wanted.title = options.title;
  wanted.summary = options.summary;
  TRY_ASSIGN(wanted.kind, case_choice<cases::Kind>("--kind", options.kind, kKindChoices));
  TRY_ASSIGN(wanted.severity, case_choice<cases::Severity>("--severity", options.severity, kSeverityChoices));
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  if (options.leak) {
    TRY_ASSIGN(const auto leak, find_leak(records, *options.leak));
    wanted.leak = leak.leak.id;
  }
  TRY_ASSIGN(wanted.project, find_project_filter(records, options.project));
  TRY_ASSIGN(const cases::Hand hand, hand_of(records, options.person, Permission::write_cases));
  return show_case(terminal, session, records.cases.cases.open(wanted, hand));
}

void tell_parts(Terminal& terminal, const cases::CaseView& view) {
  const Words& say = terminal.words();
  const auto locale = say.language() == Language::zh ? commitments::Locale::zh : commitments::Locale::en;
  for (const auto& party : view.of.parties)
    terminal.line(say("  party {} ({}){}", "  相关方 {}（{}）{}", party.name,
                      cases::word_of(cases::name_of(party.role), locale),
                      party.accused ? say(", accused", "，被指控") : std::string()));
  for (const auto& task : view.of.tasks)
    terminal.line(
        say("  task {}: {} {}", "  任务 {}：{} {}", cases::name_of(task.state), task.title, time_or_dash(task.due_ms)));
  for (const auto& proposal : view.of.proposals)
    terminal.line(say("  proposal {} {} by {}", "  提议 {} {}，提议人 {}", proposal.id.text(),
                      cases::name_of(proposal.state), proposal.proposed_by.name));
  if (view.of.decision)
    terminal.line(say("  decided: {}, by {} and {}, appeal until {}", "  决定：{}，{} 与 {}，申诉期限 {}",
                      cases::word_of(cases::name_of(view.of.decision->finding), locale),
                      view.of.decision->proposed_by.name, view.of.decision->agreed_by.name,
                      to_rfc3339(view.of.decision->appeal_until_ms)));
  for (const auto& one : view.of.consequences) {
    std::string money;
    if (one.amount) {
      const auto balance = cases::balance_of(one, view.ledger);
      money = say(" {}, paid {}", " {}，已付 {}", cases::money_text(balance.due, locale),
                  cases::money_text(balance.paid, locale));
    }
    terminal.line(say("  {} {} {}{}", "  {} {} {}{}", one.id.text(), cases::word_of(cases::name_of(one.kind), locale),
                      cases::word_of(cases::name_of(one.state), locale), money));
  }
  for (const auto& one : view.rectifications)
    terminal.line(say("  {} {}: {}", "  {} {}：{}", one.number, one.supplier_name,
                      cases::word_of(cases::name_of(cases::state_of(one)), locale)));
}

Result<void> run_show(Terminal& terminal, const CaseOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto view, find_case(*session.records, options.which));
  TRY(show_case(terminal, session, view));
  tell_parts(terminal, view);
  return {};
}

Result<void> run_investigate(Terminal& terminal, const CaseOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [](app::Records& records, const cases::Case& of, const cases::Hand& hand) {
                       return records.cases.cases.investigate(of.id, hand);
                     });
}

Result<void> run_note(Terminal& terminal, const TextOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) {
                       return records.cases.cases.add_note(of.id, options.text, hand);
                     });
}

Result<void> run_task(Terminal& terminal, const TaskOptions& options) {
  return change_case(
      terminal, options, Permission::write_cases,
      [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> Result<cases::CaseView> {
        if (options.done) {
          TRY_ASSIGN(const Id task, find_task(of, *options.done));
          cases::TaskChange done;
          done.state = cases::TaskState::done;
          return records.cases.cases.update_task(of.id, task, done, hand);
        }
        cases::NewTask task;
        task.title = options.title;
        if (options.due) {
          TRY_ASSIGN(task.due_ms, parse_time("--due", *options.due));
        }
        return records.cases.cases.add_task(of.id, task, hand);
      });
}

Result<void> run_party(Terminal& terminal, const PartyOptions& options) {
  return change_case(
      terminal, options, Permission::write_cases,
      [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> Result<cases::CaseView> {
        cases::NewCaseParty wanted;
        if (options.unlisted) {
          wanted.name = options.party;
        } else {
          TRY_ASSIGN(const auto party, find_party(records, options.party));
          wanted.party = party.party.id;
        }
        wanted.note = options.note;
        wanted.public_name = options.public_name;
        TRY_ASSIGN(wanted.role, case_choice<cases::Role>("--role", options.role, kRoleChoices));
        if (options.basis) {
          wanted.accused = true;
          TRY_ASSIGN(wanted.basis, case_choice<cases::Basis>("--accused-by", *options.basis, kBasisChoices));
        }
        if (options.commitment) {
          TRY_ASSIGN(const auto commitment, find_commitment(records, *options.commitment));
          wanted.commitment = commitment.id;
        }
        return records.cases.cases.add_party(of.id, wanted, hand);
      });
}

Result<void> run_file(Terminal& terminal, const FileOptions& options) {
  const auto kind = evidence::parse_kind(options.kind);
  if (!kind) return fail(ErrorCode::invalid_argument, "--kind: original or capture is expected");
  TRY_ASSIGN(const Bytes bytes, store::read_file(options.file, copies::kMostUploadBytes));
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) {
                       cases::NewCaseFile file;
                       file.name = std::filesystem::path(options.file).filename().string();
                       file.what = options.what;
                       file.kind = *kind;
                       file.tool = evidence::this_program();
                       return records.cases.cases.add_file(of.id, file, bytes, hand.actor);
                     });
}

Result<void> run_withhold(Terminal& terminal, const HoldOptions& options) {
  return change_case(
      terminal, options, Permission::write_cases,
      [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> Result<cases::CaseView> {
        TRY_ASSIGN(const Id party, find_accused(of, options.party));
        return records.cases.cases.withhold_access(of.id, party, options.reason, hand);
      });
}

Result<void> run_release(Terminal& terminal, const HoldOptions& options) {
  return change_case(
      terminal, options, Permission::write_cases,
      [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> Result<cases::CaseView> {
        TRY_ASSIGN(const Id party, find_accused(of, options.party));
        for (const cases::Hold& hold : of.holds)
          if (hold.case_party == party && !hold.ended_ms)
            return records.cases.cases.release_access(of.id, hold.id, options.reason, hand);
        return fail(ErrorCode::not_found, "no access is withheld there");
      });
}

}  // namespace

Result<cases::CaseView> find_case(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.cases.cases.find(*id);
  TRY_ASSIGN(auto found, find_all<cases::CaseRow>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               cases::CaseFilter filter;
                               filter.page.search = search;
                               filter.page.offset = offset;
                               filter.page.limit = limit;
                               return records.cases.cases.list(filter);
                             },
                             [](const cases::CaseRow& row) {
                               return Called{row.of.id.text(), {row.of.number, row.of.title}};
                             }));
  TRY_ASSIGN(const auto row, the_one("case", text, std::move(found)));
  return records.cases.cases.find(row.of.id);
}

Result<cases::Hand> hand_of(app::Records& records, const CasePerson& person, Permission permission) {
  TRY_ASSIGN(const auto actor, act_as(records, person.email, person.code, permission));
  cases::Hand hand;
  hand.actor = actor;
  hand.who = {actor.kind == events::Actor::Kind::account ? actor.id : std::nullopt, actor.name};
  hand.address = "command line";
  if (hand.who.account) {
    TRY_ASSIGN(const auto account, records.accounts.directory.find(*hand.who.account));
    hand.may_review = account && accounts::permissions_of(account->roles).contains(accounts::Permission::review_cases);
  }
  return hand;
}

void describe_case(Terminal& terminal, const cases::Case& of) {
  const auto locale = terminal.words().language() == Language::zh ? commitments::Locale::zh : commitments::Locale::en;
  terminal.line(fmt::format("{}  {:14} {:9} {}  {}", of.number, cases::word_of(cases::name_of(of.state), locale),
                            cases::word_of(cases::name_of(of.severity), locale), of.title, of.owner.name));
}

Result<void> show_case(Terminal& terminal, const Session& session, const Result<cases::CaseView>& view) {
  if (!view) return tl::unexpected<Error>(view.error());
  describe_case(terminal, view->of);
  terminal.document(cases::case_to_json(*view, session.workspace->clock().now_ms()));
  return {};
}

Result<Id> find_case_party(const cases::Case& of, const std::string& text) {
  std::vector<Id> found;
  for (const cases::CaseParty& one : of.parties)
    if (parties::fold_for_lookup(one.name) == parties::fold_for_lookup(text) ||
        (is_start_of_id(text) && one.id.text().starts_with(text)))
      found.push_back(one.id);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(ErrorCode::not_found, "no party of this case is called " + text, "`probity case show` lists them");
  return fail(ErrorCode::invalid_argument, "several parties of this case are called " + text,
              "name it by its id: `probity case show --json` tells them");
}

Result<Id> find_task(const cases::Case& of, const std::string& text) {
  std::vector<Id> found;
  for (const cases::Task& task : of.tasks)
    if (task.title == text || (is_start_of_id(text) && task.id.text().starts_with(text))) found.push_back(task.id);
  if (found.size() == 1) return found.front();
  if (found.empty()) return fail(ErrorCode::not_found, "there is no task " + text, "`probity case show` lists them");
  return fail(ErrorCode::invalid_argument, "several tasks are called " + text,
              "name it by its id: `probity case show --json` tells them");
}

Result<Id> find_accused(const cases::Case& of, const std::optional<std::string>& name) {
  std::vector<const cases::CaseParty*> found;
  for (const cases::CaseParty* one : of.accused())
    if (!name || parties::fold_for_lookup(one->name) == parties::fold_for_lookup(*name)) found.push_back(one);
  if (found.size() == 1) return found.front()->id;
  return fail(ErrorCode::invalid_argument,
              found.empty() ? "there is no such accused party in this case" : "several are accused in this case",
              "name one with --party");
}

Result<Id> find_amount(const cases::Case& of, const std::optional<std::string>& name) {
  TRY_ASSIGN(const Id accused, find_accused(of, name));
  for (const auto& one : of.consequences)
    if (one.amount && one.case_party == accused) return one.id;
  return fail(ErrorCode::not_found, "no agreed amount is due from this party");
}

Result<Id> find_consequence(const cases::Case& of, const std::string& kind, const std::optional<std::string>& name) {
  TRY_ASSIGN(const auto wanted,
             case_choice<cases::ConsequenceKind>("the kind of a consequence", kind,
                                                 "warning, agreed_amount, apology, employer_measure, "
                                                 "training or access_withdrawal"));
  TRY_ASSIGN(const Id accused, find_accused(of, name));
  for (const cases::Consequence& one : of.consequences)
    if (one.kind == wanted && one.case_party == accused) return one.id;
  return fail(ErrorCode::not_found, "no such consequence follows for this party", "`probity case show` lists them");
}

void add_case_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("case", "Cases and their evidence");
  const auto list = grammar.command(group, "list", "List the cases, the newest first", run_list);
  list->add_option("--project", list.options.project, "Of this project only");
  list->add_option("--state", list.options.state, "Only those in this state");
  add_search(list);
  add_paging(list);
  const auto open = grammar.command(group, "open", "Open a case", run_open);
  open->add_option("title", open.options.title, "What it is about")->required();
  open->add_option("--summary", open.options.summary, "In a few sentences");
  open->add_option("--kind", open.options.kind, "early_publication, private_posting, supplier_leak …");
  open->add_option("--severity", open.options.severity, "low, medium, high or critical");
  open->add_option("--leak", open.options.leak, "The leak it goes on from");
  open->add_option("--project", open.options.project, "Its project");
  add_case_person(open);
  open->footer("Example: probity case open \"Coast road on a forum\" --leak L-2026-0001 --kind early_publication");
  add_case_name(grammar.command(group, "show", "Show one case", run_show));
  add_case_name(grammar.command(group, "investigate", "Begin to investigate", run_investigate));
  const auto party = grammar.command(group, "party", "Name a party of the case", run_party);
  add_case_name(party);
  party->add_option("party", party.options.party, "Id, start of an id, or name")->required();
  party->add_option("--role", party.options.role, "recipient, outlet, employee, supplier, sub_supplier, witness …");
  party->add_option("--accused-by", party.options.basis, "unmasking, own_footage_lead, admission or inquiry");
  party->add_option("--commitment", party.options.commitment, "The commitment that is said to be broken");
  party->add_flag("--unlisted", party.options.unlisted, "Somebody who is not among the parties, by the name given");
  party->add_option("--note", party.options.note, "What else is known of them");
  party->add_option("--public-name", party.options.public_name, "What statements call them; their role otherwise");
  const auto file = grammar.command(group, "add-file", "Add a file to the case's own evidence", run_file);
  add_case_name(file);
  file->add_option("file", file.options.file, "The file, kept byte for byte")->required();
  file->add_option("--what", file.options.what, "Why it matters here");
  file->add_option("--kind", file.options.kind, "original or capture");
  const auto withhold =
      grammar.command(group, "withhold", "Withhold an accused's access until the decision", run_withhold);
  const auto release = grammar.command(group, "release", "Withhold it no longer", run_release);
  for (const auto* one : {&withhold, &release}) {
    add_case_name(*one);
    (*one)->add_option("reason", one->options.reason, "Why")->required();
    (*one)->add_option("--party", one->options.party, "The accused that is meant, when there are several");
  }
  const auto note = grammar.command(group, "note", "Write an internal note", run_note);
  add_case_name(note);
  note->add_option("text", note.options.text, "The note")->required();
  const auto task = grammar.command(group, "task", "Add a task, or tick one off", run_task);
  add_case_name(task);
  task->add_option("title", task.options.title, "What is to be done");
  task->add_option("--due", task.options.due, "A time such as 2027-03-01T18:00:00+01:00");
  task->add_option("--done", task.options.done, "The title or the start of the id of the one that is done");
}

}  // namespace probity::cli
