#include "cli/command_line.h"

#include <CLI/CLI.hpp>

#include "cli/commands.h"

namespace probity::cli {
namespace {

constexpr const char* kOverview =
    "Probity: every recipient gets a copy that is invisibly theirs, and a leaked piece names the copy.\n"
    "给每位收件人一份暗藏标记的副本；泄露的片段可以追溯到那一份。";

constexpr const char* kExamples =
    "Examples:\n"
    "  probity init launch/ && cd launch/\n"
    "  probity asset add ~/photos/coast-road.jpg\n"
    "  probity copy issue coast-road --to \"Mira Holloway, Motor Weekly\" --out copies/\n"
    "  probity copy issue coast-road --csv people.csv --out copies/\n"
    "  probity leak trace found.jpg --report report/\n"
    "\n"
    "Exit codes: 0 done or identified, 10 lead, 11 no match, 12 does not align, 2 wrong use, 20-28 errors,\n"
    "130 stopped. Chinese: --lang zh, or LANG=zh_CN.UTF-8.";

struct Globals {
  std::string language;
  bool json = false;
};

// One per command: its arguments' storage lives as long as the parse, and `chosen` is set by the command that is named.
class Grammar {
 public:
  Grammar() : app_(kOverview, "probity") {
    app_.footer(kExamples);
    app_.require_subcommand(1);
    app_.set_version_flag("--version", PROBITY_VERSION);
    app_.add_option("--lang", globals_.language, "Language of messages: en or zh")->check(CLI::IsMember({"en", "zh"}));
    app_.fallthrough();
    add_init();
    add_serve();
    add_assets();
    add_commitments();
    add_copies();
    add_tracing();
    add_register();
  }

  int run(int argument_count, char** arguments) {
    try {
      app_.parse(argument_count, arguments);
    } catch (const CLI::ParseError& problem) {
      const bool only_asked = problem.get_exit_code() == 0;
      app_.exit(problem);
      return only_asked ? 0 : catalogue_entry(ErrorCode::invalid_argument).exit_code;
    }
    Terminal terminal(choose_language(globals_.language), globals_.json);
    return chosen_(terminal);
  }

 private:
  template <class Options>
  CLI::App* command(CLI::App* parent, const char* name, const char* description, Options& options,
                    int (*function)(Terminal&, const Options&)) {
    CLI::App* command = parent->add_subcommand(name, description);
    command->fallthrough();
    command->add_flag("--json", globals_.json, "Print one JSON document instead of words");
    command->callback([this, &options, function] {
      chosen_ = [&options, function](Terminal& terminal) { return function(terminal, options); };
    });
    return command;
  }

  static void add_workspace(CLI::App* command, CommonOptions& common) {
    command->add_option("-w,--workspace", common.workspace,
                        "The workspace; else $PROBITY_WORKSPACE, else the one this folder is in");
  }

  CLI::App* group(const char* name, const char* description) {
    CLI::App* group = app_.add_subcommand(name, description);
    group->require_subcommand(1);
    group->fallthrough();
    return group;
  }

  void add_init() {
    CLI::App* init = command(&app_, "init", "Make a workspace: keys, register, blobs", init_, run_init);
    init->add_option("folder", init_.folder, "A folder that is new or empty")->required();
    CLI::App* clean = command(&app_, "gc", "Remove what interrupted commands left behind", clean_, run_clean);
    add_workspace(clean, clean_.common);
  }

  void add_assets() {
    CLI::App* assets = group("asset", "Master pictures");
    CLI::App* add = command(assets, "add", "Prepare master pictures for copies", asset_add_, run_asset_add);
    add->add_option("files", asset_add_.files, "JPEG, PNG, TIFF, WebP, HEIC or AVIF files")->required();
    add->add_option("--title", asset_add_.title, "What to call it; the file's name otherwise");
    add->add_option("--project", asset_add_.project,
                    "Its project; the only one, or a first one called Main, otherwise");
    add->footer("Example: probity asset add coast-road.jpg harbour.png");
    add_workspace(add, asset_add_.common);
    CLI::App* list = command(assets, "list", "List the assets", asset_list_, run_asset_list);
    add_workspace(list, asset_list_.common);
    CLI::App* show = command(assets, "show", "Show one asset", asset_show_, run_asset_show);
    show->add_option("asset", asset_show_.asset, "Id, start of an id, title or file name")->required();
    add_workspace(show, asset_show_.common);
  }

  void add_serve() {
    CLI::App* serve = command(&app_, "serve", "Serve the workspace to browsers", serve_, run_serve);
    add_workspace(serve, serve_.common);
    serve->add_option("--data", serve_.common.workspace, "The same as --workspace; made when it does not exist");
    serve->add_option("--listen", serve_.listen, "ADDRESS:PORT; 127.0.0.1:8080 otherwise");
    serve->add_option("--config", serve_.config_file, "Settings, instead of probity.toml in the workspace");
    serve->add_option("--access-log", serve_.access_log, "A file, or \"off\"; standard output otherwise");
    serve->add_option("--pages", serve_.pages_folder, "The web interface from a folder, for developing it");
    serve->footer("A folder that is no workspace yet becomes one; the first line printed is where to begin.");
  }

  void add_commitments() {
    CLI::App* commitments = group("commitment", "Commitments of recipients");
    CLI::App* paper = command(commitments, "paper", "Record commitments that were signed on paper", commitment_paper_,
                              run_commitment_paper);
    paper->add_option("--scan", commitment_paper_.scan_file, "The scanned paper: kept as evidence")->required();
    paper->add_option("--to", commitment_paper_.recipients, "Who signed, as \"Name, outlet\"; may be repeated")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    paper->add_option("--csv", commitment_paper_.csv_file, "A UTF-8 file with the columns name,outlet[,email]");
    paper->add_option("--project", commitment_paper_.project, "For which project; the only open one otherwise");
    paper->footer("Example: probity commitment paper --scan signed.pdf --to \"Mira Holloway, Motor Weekly\"");
    add_workspace(paper, commitment_paper_.common);
  }

  void add_copies() {
    CLI::App* copies = group("copy", "Recipients' copies");
    CLI::App* issue = command(copies, "issue", "Give recipients their copies", copy_issue_, run_copy_issue);
    issue->add_option("assets", copy_issue_.assets, "Ids, starts of ids, titles or file names")->required();
    issue->add_option("--to", copy_issue_.recipients, "A recipient as \"Name, outlet\"; may be repeated")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    issue->add_option("--csv", copy_issue_.csv_file, "A UTF-8 file with the columns name,outlet[,email]");
    issue->add_option("--out", copy_issue_.out_folder, "Folder for the files; without it copies are only registered");
    issue->add_flag("--dry-run", copy_issue_.dry_run, "Check everything, issue nothing");
    issue->add_flag("--force", copy_issue_.force, "Write over files that exist");
    issue->footer(
        "A recipient who has a copy keeps it: run the same command again after an interruption.\n"
        "Example: probity copy issue coast-road harbour --csv people.csv --out copies/");
    add_workspace(issue, copy_issue_.common);
    CLI::App* again =
        command(copies, "export", "Make a copy's bytes again; goes into the register", copy_export_, run_copy_export);
    again->add_option("asset", copy_export_.asset, "Id, start of an id, title or file name")->required();
    again->add_option("--to", copy_export_.recipient, "The recipient as \"Name, outlet\"")->required();
    again->add_option("--out", copy_export_.out_file, "The file to write")->required();
    again->add_flag("--force", copy_export_.force, "Write over the file if it exists");
    add_workspace(again, copy_export_.common);
    CLI::App* list = command(copies, "list", "List copies and their recipients", copy_list_, run_copy_list);
    list->add_option("asset", copy_list_.asset, "Of this asset only");
    add_workspace(list, copy_list_.common);
  }

  void add_tracing() {
    CLI::App* leaks = group("leak", "Leaked pictures");
    CLI::App* trace = command(leaks, "trace", "Find whose copy a leaked picture is", leak_trace_, run_leak_trace);
    trace->add_option("files", leak_trace_.files, "Pictures of one leak; together they give one verdict")->required();
    trace->add_option("--report", leak_trace_.report_folder, "Write a report for people and for checking there");
    trace->add_flag("--brief", leak_trace_.brief, "Only the verdict, its bound and what was done to the leak");
    trace->add_flag("--force", leak_trace_.force, "Write over a report that is there");
    trace->footer("Exit codes: 0 identified, 10 lead, 11 no match, 12 does not align with any master.");
    add_workspace(trace, leak_trace_.common);
    CLI::App* reports = group("report", "Reports of traces");
    CLI::App* check =
        command(reports, "check", "Recompute a verdict from its report alone", report_check_, run_report_check);
    check->add_option("folder", report_check_.folder, "The report's folder")->required();
  }

  void add_register() {
    CLI::App* entries = group("register", "The hash-chained register");
    CLI::App* verify = command(entries, "verify", "Recompute the chain and compare every record with it",
                               register_verify_, run_register_verify);
    verify->add_option("--head", register_verify_.known_head, "A head noted earlier: shows that nothing was taken out");
    add_workspace(verify, register_verify_.common);
  }

  CLI::App app_;
  Globals globals_;
  std::function<int(Terminal&)> chosen_;
  InitOptions init_;
  CleanOptions clean_;
  ServeOptions serve_;
  CommitmentPaperOptions commitment_paper_;
  AssetAddOptions asset_add_;
  AssetListOptions asset_list_;
  AssetShowOptions asset_show_;
  CopyIssueOptions copy_issue_;
  CopyExportOptions copy_export_;
  CopyListOptions copy_list_;
  LeakTraceOptions leak_trace_;
  ReportCheckOptions report_check_;
  RegisterVerifyOptions register_verify_;
};

}  // namespace

int run_command_line(int argument_count, char** arguments) { return Grammar().run(argument_count, arguments); }

}  // namespace probity::cli
