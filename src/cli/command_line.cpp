#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <span>

#include "cli/commands.h"
#include "cli/grammar.h"
#include "cli/help_words.h"
#include "cli/usage.h"

namespace probity::cli {
namespace {

constexpr const char* kOverview =
    "Probity: every recipient gets a copy that is invisibly theirs, and a leaked piece names the copy.";

constexpr const char* kExamples =
    "Examples:\n"
    "  probity init launch/ && cd launch/\n"
    "  probity asset add ~/photos/coast-road.jpg\n"
    "  probity commitment send --template press --to \"Mira Holloway, Motor Weekly\"\n"
    "  probity copy issue coast-road --to \"Mira Holloway, Motor Weekly\" --out copies/\n"
    "  probity copy issue coast-road --csv people.csv --out copies/\n"
    "  probity leak trace found.jpg --report report/\n"
    "\n"
    "Exit codes: 0 done or identified, 10 lead, 11 no match, 12 does not align, 13 not all is proved, 2 wrong use, "
    "20-35 errors,\n"
    "130 stopped. 中文：--lang zh，或 LANG=zh_CN.UTF-8";

void add_init(Grammar& grammar) {
  const auto init = grammar.command(nullptr, "init", "Make a workspace: keys, register, blobs", run_init);
  init->add_option("folder", init.options.folder, "A folder that is new or empty")->required();
  grammar.command(nullptr, "gc", "Remove what interrupted commands left behind", run_clean);
}

void add_assets(Grammar& grammar) {
  CLI::App* assets = grammar.group("asset", "Master pictures");
  const auto add = grammar.command(assets, "add", "Prepare master pictures for copies", run_asset_add);
  add->add_option("files", add.options.files, "JPEG, PNG, TIFF, WebP, HEIC or AVIF files")->required();
  add->add_option("--title", add.options.title, "What to call it; the file's name otherwise");
  add->add_option("--project", add.options.project, "Its project; the only one, or a first one called Main, otherwise");
  add->footer("Example: probity asset add coast-road.jpg harbour.png");
  grammar.command(assets, "list", "List the assets", run_asset_list);
  const auto show = grammar.command(assets, "show", "Show one asset", run_asset_show);
  show->add_option("asset", show.options.asset, "Id, start of an id, title or file name")->required();
}

void add_serve(Grammar& grammar) {
  const auto serve = grammar.command(nullptr, "serve", "Serve the workspace to browsers", run_serve);
  serve->add_option("--data", serve.options.common.workspace, "The same as --workspace; made when it does not exist");
  serve->add_option("--listen", serve.options.listen, "ADDRESS:PORT; 127.0.0.1:8080 otherwise");
  serve->add_option("--config", serve.options.config_file, "Settings, instead of probity.toml in the workspace");
  serve->add_option("--access-log", serve.options.access_log, "A file, or \"off\"; standard output otherwise");
  serve->add_flag("--sample", serve.options.sample,
                  "With a sample project and accounts to sign in with; on 127.0.0.1 only");
  serve->add_option("--pages", serve.options.pages_folder, "The web interface from a folder, for developing it");
  serve->footer("A folder that is no workspace yet becomes one; the first line printed is where to begin.");
}

void add_commitments(Grammar& grammar) {
  CLI::App* commitments = grammar.group("commitment", "Commitments of recipients");
  const auto paper =
      grammar.command(commitments, "paper", "Record commitments that were signed on paper", run_commitment_paper);
  paper->add_option("--scan", paper.options.scan_file, "The scanned paper: kept as evidence")->required();
  paper->add_option("--to", paper.options.recipients, "Who signed, as \"Name, outlet\"; may be repeated")->repeatable();
  paper->add_option("--csv", paper.options.csv_file, "A UTF-8 file with the columns name,outlet[,email]");
  paper->add_option("--project", paper.options.project, "For which project; the only open one otherwise");
  paper->footer("Example: probity commitment paper --scan signed.pdf --to \"Mira Holloway, Motor Weekly\"");
}

void add_copies(Grammar& grammar) {
  CLI::App* copies = grammar.group("copy", "Recipients' copies");
  const auto issue = grammar.command(copies, "issue", "Give recipients their copies", run_copy_issue);
  issue->add_option("assets", issue.options.assets, "Ids, starts of ids, titles or file names")->required();
  issue->add_option("--to", issue.options.recipients, "A recipient as \"Name, outlet\"; may be repeated")->repeatable();
  issue->add_option("--csv", issue.options.csv_file, "A UTF-8 file with the columns name,outlet[,email]");
  issue->add_option("--out", issue.options.out_folder, "Folder for the files; without it copies are only registered");
  issue->add_flag("--dry-run", issue.options.dry_run, "Check everything, issue nothing");
  issue->add_flag("--force", issue.options.force, "Write over files that exist");
  issue->footer(
      "A recipient who has a copy keeps it: run the same command again after an interruption.\n"
      "Example: probity copy issue coast-road harbour --csv people.csv --out copies/");
  const auto again =
      grammar.command(copies, "export", "Make a copy's bytes again; goes into the register", run_copy_export);
  again->add_option("asset", again.options.asset, "Id, start of an id, title or file name")->required();
  again->add_option("--to", again.options.recipient, "The recipient as \"Name, outlet\"")->required();
  again->add_option("--out", again.options.out_file, "The file to write")->required();
  again->add_flag("--force", again.options.force, "Write over the file if it exists");
  const auto list = grammar.command(copies, "list", "List copies and their recipients", run_copy_list);
  list->add_option("asset", list.options.asset, "Of this asset only");
}

void add_tracing(Grammar& grammar) {
  CLI::App* leaks = grammar.group("leak", "Leaked pictures");
  const auto trace = grammar.command(leaks, "trace", "Find whose copy a leaked picture is", run_leak_trace);
  trace->add_option("files", trace.options.files, "Pictures of one leak; together they give one verdict");
  trace->add_option("--matter", trace.options.matter, "A reported leak instead: all its files, kept as evidence");
  trace->add_option("--report", trace.options.report_folder, "Write a report for people and for checking there");
  trace->add_flag("--brief", trace.options.brief, "Only the verdict, its bound and what was done to the leak");
  trace->add_flag("--force", trace.options.force, "Write over a report that is there");
  trace->footer("Exit codes: 0 identified, 10 lead, 11 no match, 12 does not align with any master.");
  CLI::App* reports = grammar.group("report", "Reports of traces");
  const auto check = grammar.command(reports, "check", "Recompute a verdict from its report alone", run_report_check);
  check->add_option("folder", check.options.folder, "The report's folder")->required();
}

void add_register(Grammar& grammar) {
  CLI::App* entries = grammar.group("register", "The hash-chained register");
  const auto verify =
      grammar.command(entries, "verify", "Recompute the chain and compare every record with it", run_register_verify);
  verify->add_option("--head", verify.options.known_head, "A head noted earlier: shows that nothing was taken out");
}

}  // namespace

void describe_program(CLI::App& app, Grammar& grammar, std::string& language) {
  app.name("probity");
  app.formatter(help_formatter());
  app.description(kOverview);
  app.footer(kExamples);
  app.require_subcommand(1);
  app.set_version_flag("--version", PROBITY_VERSION);
  app.add_option("--lang", language, "Language of messages: en or zh")->check(CLI::IsMember({"en", "zh"}));
  app.fallthrough();
  for (const auto add : {add_init,
                         add_serve,
                         add_project_commands,
                         add_assets,
                         add_offer_commands,
                         add_party_commands,
                         add_template_commands,
                         add_commitments,
                         add_sending_commands,
                         add_commitment_commands,
                         add_copies,
                         add_delivery_commands,
                         add_outbox_commands,
                         add_job_commands,
                         add_account_commands,
                         add_shoot_commands,
                         add_release_commands,
                         add_leak_commands,
                         add_leak_place_commands,
                         add_leak_footage_commands,
                         add_tracing,
                         add_case_commands,
                         add_case_deciding_commands,
                         add_rectification_commands,
                         add_statement_commands,
                         add_custody_commands,
                         add_keyholder_commands,
                         add_hub_commands,
                         add_member_commands,
                         add_bulletin_commands,
                         add_filing_commands,
                         add_ombudsman_commands,
                         add_screen_commands,
                         add_screen_hit_commands,
                         add_screen_batch_commands,
                         add_log_commands,
                         add_witness_commands,
                         add_register,
                         add_verify_command})
    add(grammar);
}

int run_command_line(int argument_count, char** arguments) {
  CLI::App app;
  Grammar grammar(app);
  std::string language;
  describe_program(app, grammar, language);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& problem) {
    const std::span<char* const> given(arguments, static_cast<std::size_t>(argument_count));
    const Language asked_for = choose_language(language_in(given));
    const bool is_help = problem.get_exit_code() == 0;  // or the version
    if (is_help && asked_for == Language::zh) put_help_into_chinese(app);
    if (is_help) return app.exit(problem);
    return Terminal(asked_for, asks_for_json(given)).failure(wrong_use(app, problem).error());
  }
  Terminal terminal(choose_language(language), grammar.json());
  return grammar.run(terminal);
}

}  // namespace probity::cli
