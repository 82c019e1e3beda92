// probity leak …: a leak as a matter, from its report to the name that two people agree to.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/evidence_package.h"
#include "base/encoding.h"
#include "cli/find.h"
#include "cli/leak_person.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "evidence/json.h"
#include "evidence/words.h"
#include "leaks/leak_json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct ReportOptions {
  CommonOptions common;
  std::string title, note, address, platform, account, channel = "other";
  std::optional<std::string> project, seen;
};
struct AddOptions {
  CommonOptions common;
  std::string leak, kind = "original", why;
  std::vector<std::string> files;
};
struct AnswerOptions {
  CommonOptions common;
  std::string leak, public_before, covered, note;
};
struct LeakActOptions {
  CommonOptions common;
  std::string leak, reason;
  std::optional<std::string> email, code;
};
struct CloseOptions {
  CommonOptions common;
  std::string leak, reason, note;
};
struct PackageOptions {
  CommonOptions common;
  std::string leak;
  std::optional<std::string> out;
  bool force = false;
};
struct LeakOptions {
  CommonOptions common;
  std::string leak;
};

void describe(Terminal& terminal, const leaks::LeakRow& row) {
  const leaks::Leak& leak = row.leak;
  terminal.line(fmt::format("{}  {:16} {:14} {}", leak.number, leaks::state_name(leak.state),
                            leak.outcome ? leaks::outcome_name(*leak.outcome) : "-", leak.title));
}

Result<void> show_row(Terminal& terminal, const leaks::LeakRow& row) {
  terminal.document(leaks::to_json(row));
  describe(terminal, row);
  return {};
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  leaks::LeakFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<leaks::State>(
                               options.state, leaks::parse_state,
                               "reported, answered, traced, unmask_requested, unmasked, in_case and closed are"));
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->leaks.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) {
    items.push_back(leaks::to_json(row));
    describe(terminal, row);
  }
  finish_list(terminal, options, "leaks", items, listed.total, terminal.words()("No leaks.", "没有泄露事项。"));
  return {};
}

Result<void> run_report(Terminal& terminal, const ReportOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  leaks::NewLeak leak;
  leak.title = options.title;
  leak.note = options.note;
  if (options.project) {
    TRY_ASSIGN(leak.project, find_project_filter(*session.records, options.project));
  }
  if (!options.address.empty()) {
    leaks::NewSighting sighting;
    sighting.address = options.address;
    sighting.platform = options.platform;
    sighting.account = options.account;
    sighting.channel = options.channel;
    sighting.seen_ms = session.workspace->clock().now_ms();
    if (options.seen) {
      TRY_ASSIGN(sighting.seen_ms, parse_time("--seen", *options.seen));
    }
    leak.sighting = sighting;
  }
  TRY_ASSIGN(const auto row, session.records->leaks.report(leak, command_line_actor()));
  return show_row(terminal, row);
}

Result<void> run_add(Terminal& terminal, const AddOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  const auto kind = evidence::parse_kind(options.kind);
  if (!kind) return fail(ErrorCode::invalid_argument, "--kind: original, repost or capture");
  nlohmann::json items = nlohmann::json::array();
  for (const std::string& path : options.files) {
    if (interrupted()) return fail(ErrorCode::cancelled, "stopped", "the same command again goes on");
    TRY_ASSIGN(const Bytes bytes, store::read_file(path, copies::kMostUploadBytes));
    leaks::TakenFile file;
    file.leak = row.leak.id;
    file.name = std::filesystem::path(path).filename().string();
    file.kind = *kind;
    file.why = options.why;
    file.tool = evidence::this_program() + ", command line";
    TRY_ASSIGN(const auto item, session.records->leak_files.take(file, bytes, command_line_actor()));
    items.push_back(evidence::to_json(item));
    terminal.line(fmt::format("{}  {:10} {}  {}", item.id.text(), evidence::kind_name(item.kind), to_hex(item.sha256),
                              item.name));
  }
  terminal.document({{"leak", row.leak.number}, {"items", items}});
  return {};
}

Result<void> run_answer(Terminal& terminal, const AnswerOptions& options) {
  const auto public_before = leaks::parse_answer(options.public_before);
  const auto covered = leaks::parse_answer(options.covered);
  if (!public_before || !covered) return fail(ErrorCode::invalid_argument, "answer with yes, no or unknown");
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto row,
             session.records->leaks.answer(found.leak.id, {*public_before, options.note, *covered, options.note},
                                           command_line_actor()));
  return show_row(terminal, row);
}

void tell_result(Terminal& terminal, const nlohmann::json& result) {
  const char* language = terminal.words().language() == Language::zh ? "zh" : "en";
  const auto said = [&](const nlohmann::json& words) { return words.value(language, ""); };
  terminal.line(said(result["title"]) + ": " + said(result["verdict"]));
  terminal.line(said(result["bound"]));
  for (const auto& finding : result["findings"])
    if (finding["recipient"].is_null())
      terminal.line(terminal.words()("  {}: the recipient is masked; naming takes a second person",
                                     "  {}：收件人未公开；公开姓名须经第二人同意",
                                     finding["label"].get<std::string>()));
    else
      terminal.line(fmt::format("  {}: {}, {}", finding["label"].get<std::string>(),
                                finding["recipient"]["name"].get<std::string>(),
                                finding["recipient"]["organisation"].get<std::string>()));
  for (const auto& words : result["coverage"]["words"]) terminal.line("  " + said(words));
}

Result<void> run_show(Terminal& terminal, const LeakActOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto row, find_leak(records, options.leak));
  TRY_ASSIGN(const auto viewer, act_as(records, options.email, options.code, Permission::read_leaks));
  TRY_ASSIGN(const auto detail, records.leaks.detail(row.leak.id));
  TRY_ASSIGN(const auto helps, records.leaks.helps(detail));
  nlohmann::json json = leaks::to_json(detail, {}, helps);
  describe(terminal, row);
  TRY_ASSIGN(const auto files, records.leak_files.list(row.leak.id));
  for (const auto& file : files)
    terminal.line(
        fmt::format("  {:9} {}  {}", evidence::kind_name(file.item.kind), to_hex(file.item.sha256), file.item.name));
  if (detail.trace) {
    TRY_ASSIGN(const auto result, records.leak_traces.look(row.leak.id, viewer));
    json["result"] = leaks::to_json(result);
    tell_result(terminal, json["result"]);
  }
  terminal.document(json);
  return {};
}

Result<void> tell_request(Terminal& terminal, const leaks::UnmaskRequest& request) {
  terminal.document({{"state", leaks::unmask_state_name(request.state)}, {"requested_by", request.requested_by.name}});
  terminal.line(terminal.words()("Request to name: {}", "公开姓名的申请：{}", leaks::unmask_state_name(request.state)));
  return {};
}

Result<void> run_unmask(Terminal& terminal, const LeakActOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto actor, act_as(*session.records, options.email, options.code, Permission::write_leaks));
  TRY_ASSIGN(const auto request, session.records->unmasking.request(row.leak.id, options.reason, actor));
  return tell_request(terminal, request);
}

Result<void> run_agree(Terminal& terminal, const LeakActOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto actor, act_as(*session.records, options.email, options.code, Permission::review_cases));
  TRY_ASSIGN(const auto request, session.records->unmasking.agree(row.leak.id, options.reason, actor));
  return tell_request(terminal, request);
}

Result<void> run_refuse(Terminal& terminal, const LeakActOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto actor, act_as(*session.records, options.email, options.code, Permission::review_cases));
  TRY_ASSIGN(const auto request, session.records->unmasking.refuse(row.leak.id, options.reason, actor));
  return tell_request(terminal, request);
}

Result<void> run_close(Terminal& terminal, const CloseOptions& options) {
  const auto reason = leaks::parse_close_reason(options.reason);
  if (!reason)
    return fail(ErrorCode::invalid_argument, "--reason: there is no such reason",
                "already_public, not_covered, not_ours, own_release, rumour, duplicate, no_match, settled or other");
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto row, session.records->leaks.close(found.leak.id, *reason, options.note, command_line_actor()));
  return show_row(terminal, row);
}

Result<void> run_package(Terminal& terminal, const PackageOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const Bytes bytes, app::evidence_package(*session.records, row.leak.id, command_line_actor()));
  const std::string file = options.out.value_or(row.leak.number + ".asice");
  TRY(store::write_file(file, bytes, {.existing = options.force ? store::Existing::replace : store::Existing::keep}));
  terminal.document({{"leak", row.leak.number}, {"file", file}, {"sha256", to_hex(sha256(bytes))}});
  terminal.line(terminal.words()("{} ({}); check it with `probity report check {}`",
                                 "{}（{}）；用 `probity report check {}` 核对", file, bytes_in_words(bytes.size()),
                                 file));
  return {};
}

Result<void> run_custody(Terminal& terminal, const LeakOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto steps, session.records->evidence.steps(row.leak.id, 0, 100'000));
  const bool in_chinese = terminal.words().language() == Language::zh;
  nlohmann::json items = nlohmann::json::array();
  for (const auto& step : steps.items) {
    items.push_back(evidence::to_json(step));
    const auto words = evidence::action_in_words(step.deed.action);
    terminal.line(fmt::format("{:4}  {}  {}  {}  {}", step.sequence, to_rfc3339(step.time_ms), step.deed.actor.name,
                              in_chinese ? words.zh : words.en, step.deed.why));
  }
  terminal.document({{"leak", row.leak.number}, {"steps", items}});
  return {};
}

template <class Options>
void add_leak_name(const Command<Options>& command) {
  command->add_option("leak", command.options.leak, "Its number (L-2026-0001), id or title")->required();
}

void add_person(const Command<LeakActOptions>& command) {
  command->add_option("--as", command.options.email,
                      "The account of this address does it; its password comes from $PROBITY_PASSWORD or is asked for");
  command->add_option("--code", command.options.code, "The account's one-time code");
}

void add_naming(Grammar& grammar, CLI::App* leaks) {
  const auto unmask =
      grammar.command(leaks, "unmask", "Ask that the recipient of the identified copy be named", run_unmask);
  add_leak_name(unmask);
  add_person(unmask);
  unmask->add_option("--reason", unmask.options.reason, "Why")->required();
  const auto agree = grammar.command(leaks, "agree", "Agree to a name, as another person than who asked", run_agree);
  add_leak_name(agree);
  add_person(agree);
  agree->add_option("--note", agree.options.reason, "What to remember of it");
  const auto refuse = grammar.command(leaks, "refuse", "Refuse a name", run_refuse);
  add_leak_name(refuse);
  add_person(refuse);
  refuse->add_option("--reason", refuse.options.reason, "Why")->required();
}

}  // namespace

void add_leak_commands(Grammar& grammar) {
  CLI::App* leaks = grammar.group("leak", "Leaked pictures");
  const auto report = grammar.command(leaks, "report", "Report a leak as a matter of its own", run_report);
  report->add_option("title", report.options.title, "What leaked, in a few words")->required();
  report->add_option("--project", report.options.project, "The project it belongs to");
  report->add_option("--note", report.options.note, "What else is known");
  report->add_option("--address", report.options.address, "Where it was seen: a web address or a place");
  report->add_option("--platform", report.options.platform, "The site or app");
  report->add_option("--account", report.options.account, "Who posted it there");
  report->add_option("--channel", report.options.channel, "One of the channels of commitments, or other");
  report->add_option("--seen", report.options.seen, "When, such as 2027-03-01T18:00:00+01:00; now otherwise");
  const auto add = grammar.command(leaks, "add", "Take files in as evidence of a leak", run_add);
  add_leak_name(add);
  add->add_option("files", add.options.files, "Pictures, or a zip of pictures")->required();
  add->add_option("--kind", add.options.kind, "original, repost or capture");
  add->add_option("--why", add.options.why, "Why it was taken in");
  const auto answer = grammar.command(leaks, "answer", "Answer the two questions that come first", run_answer);
  add_leak_name(answer);
  answer->add_option("--public", answer.options.public_before, "Was it public before? yes, no, unknown")->required();
  answer->add_option("--covered", answer.options.covered, "Does a commitment cover it? yes, no, unknown")->required();
  answer->add_option("--note", answer.options.note, "What that rests on");
  const auto list = grammar.command(leaks, "list", "List leaks, the newest first", run_list);
  list->add_option("--project", list.options.project, "Of this project only");
  list->add_option("--state", list.options.state, "Only those in this state");
  add_search(list);
  add_paging(list);
  const auto show = grammar.command(leaks, "show", "Show a leak, its files and what a trace found", run_show);
  add_leak_name(show);
  add_person(show);
  add_naming(grammar, leaks);
  const auto close = grammar.command(leaks, "close", "Close the matter with its reason", run_close);
  add_leak_name(close);
  close->add_option("--reason", close.options.reason, "already_public, not_covered, not_ours, … (see the API)")
      ->required();
  close->add_option("--note", close.options.note, "In words");
  const auto package =
      grammar.command(leaks, "package", "Write the evidence package, which others can check", run_package);
  add_leak_name(package);
  package->add_option("--out", package.options.out, "The file to write; its number with .asice otherwise");
  package->add_flag("--force", package.options.force, "Write over the file if it exists");
  const auto custody = grammar.command(leaks, "custody", "Who did what with its evidence", run_custody);
  add_leak_name(custody);
}

}  // namespace probity::cli
