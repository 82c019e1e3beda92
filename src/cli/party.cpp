// probity party: people and organisations: list, add, import, show.
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "parties/json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

struct PartyAddOptions {
  CommonOptions common;
  std::string name, organisation, kind = "person", email, phone, job_title, locale = "en", notes;
  bool may_bind = false;
};
struct PartyImportOptions {
  CommonOptions common;
  std::string file;
  bool dry_run = false;
};
struct PartyShowOptions {
  CommonOptions common;
  std::string party;
};

constexpr std::size_t kMostImportBytes = std::size_t{64} << 20;
constexpr std::size_t kMostProblemsShown = 20;

void describe(Terminal& terminal, const parties::PartyRow& row) {
  const parties::PartyDetails& details = row.party.details;
  terminal.line(fmt::format("{}  {:9} {}{}{}  {}", row.party.id.text(), parties::party_kind_name(details.kind),
                            details.name, row.parent_name ? ", " : "", row.parent_name.value_or(""), details.email));
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  parties::PartyFilter filter;
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const auto listed, session.records->parties.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) {
    items.push_back(parties::to_json(row));
    describe(terminal, row);
  }
  finish_list(terminal, options, "parties", items, listed.total,
              terminal.words()("No parties: `probity party add` and `probity party import` make them.",
                               "尚无相关方：用 `probity party add` 或 `probity party import` 添加。"));
  return {};
}

Result<void> run_add(Terminal& terminal, const PartyAddOptions& options) {
  parties::NewParty party;
  const auto kind = parties::parse_party_kind(options.kind);
  if (!kind)
    return fail(ErrorCode::invalid_argument, "--kind: there is no kind " + options.kind,
                "person, outlet, employer, supplier and other are");
  party.details.kind = *kind;
  party.details.name = options.name;
  party.parent_name = options.organisation;
  party.details.email = options.email;
  party.details.phone = options.phone;
  party.details.job_title = options.job_title;
  party.details.locale = options.locale;
  party.details.notes = options.notes;
  party.details.may_bind = options.may_bind;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, session.records->parties.create(party, command_line_actor()));
  describe(terminal, row);
  terminal.document(parties::to_json(row));
  return {};
}

Result<void> run_import(Terminal& terminal, const PartyImportOptions& options) {
  const Words& say = terminal.words();
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const Bytes file, store::read_file(options.file, kMostImportBytes));
  TRY_ASSIGN(const auto report, session.records->parties.import(file, options.dry_run, command_line_actor()));
  for (const std::string& column : report.ignored_columns)
    terminal.note(say("{}: the column {} is ignored", "{}：忽略“{}”列", options.file, column));
  for (std::size_t i = 0; i < std::min(report.problems.size(), kMostProblemsShown); ++i)
    terminal.note(
        say("{}: row {}: {}", "{}：第 {} 行：{}", options.file, report.problems[i].row, report.problems[i].message));
  if (!report.problems.empty())
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("{} has {} rows that cannot be used; nothing was imported", options.file, report.problems.size()),
        "correct them and run the same command again");
  terminal.document(parties::to_json(report));
  terminal.line(report.imported ? say("{} parties imported; {} rows were known", "已导入 {} 个相关方；{} 行此前已有",
                                      report.new_count, report.known_count)
                                : say("{} parties would be imported; {} rows are known",
                                      "将导入 {} 个相关方；{} 行此前已有", report.new_count, report.known_count));
  return {};
}

Result<void> run_show(Terminal& terminal, const PartyShowOptions& options) {
  const Words& say = terminal.words();
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto row, find_party(records, options.party));
  TRY_ASSIGN(const auto detail, records.parties.detail(row.party.id));
  TRY_ASSIGN(const auto trainings, records.parties.trainings(row.party.id));
  nlohmann::json json = parties::to_json(detail);
  json["trainings"] = nlohmann::json::array();
  describe(terminal, detail.party);
  for (const auto& above : detail.ancestors) terminal.line(say("  under {}", "  隶属 {}", above.party.details.name));
  for (const auto& below : detail.children) terminal.line(say("  above {}", "  下属 {}", below.party.details.name));
  terminal.line(say("  {} commitments in force", "  {} 份承诺书生效", detail.party.commitments_in_force));
  for (const auto& training : trainings) {
    json["trainings"].push_back(parties::to_json(training));
    terminal.line(say("  trained {}: {}", "  培训 {}：{}", to_rfc3339(training.given_ms), training.title));
  }
  terminal.document(json);
  return {};
}

}  // namespace

void add_party_commands(Grammar& grammar) {
  CLI::App* parties = grammar.group("party", "People and organisations");
  const auto add = grammar.command(parties, "add", "Add a person or an organisation", run_add);
  add->add_option("name", add.options.name, "Their name")->required();
  add->add_option("--organisation", add.options.organisation,
                  "A person's organisation, or an organisation's contract parent; made when there is none");
  add->add_option("--kind", add.options.kind, "person (otherwise), outlet, employer, supplier or other");
  add->add_option("--email", add.options.email, "Where links are mailed to");
  add->add_option("--phone", add.options.phone, "A telephone number");
  add->add_option("--job-title", add.options.job_title, "What they are there");
  add->add_option("--language", add.options.locale, "The language we write in: en or zh");
  add->add_option("--notes", add.options.notes, "Anything else");
  add->add_flag("--may-bind", add.options.may_bind, "May sign for the organisation");
  add->footer(
      "Example: probity party add \"Mira Holloway\" --organisation \"Motor Weekly\" --email mira@motor.example");
  const auto import = grammar.command(parties, "import", "Add many from a CSV or XLSX file", run_import);
  import->add_option("file", import.options.file, "Its first row names the columns")->required();
  import->add_flag("--dry-run", import.options.dry_run, "Check everything, import nothing");
  const auto list = grammar.command(parties, "list", "List people and organisations", run_list);
  add_search(list);
  add_paging(list);
  const auto show = grammar.command(parties, "show", "Show one of them", run_show);
  show->add_option("party", show.options.party, "Id, start of an id, name, e-mail address, or \"Name, outlet\"")
      ->required();
}

}  // namespace probity::cli
