// probity project: make, list, show, archive and restore projects.
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "projects/json.h"
#include "projects/zone.h"

namespace probity::cli {
namespace {

struct ProjectAddOptions {
  CommonOptions common;
  std::string name, description;
  std::vector<std::string> embargoes;  // "LABEL=TIME@ZONE"
};
struct ProjectOptions {
  CommonOptions common;
  std::string project;
};

void describe(Terminal& terminal, const projects::ProjectRow& row) {
  const Words& say = terminal.words();
  const projects::Project& project = row.project;
  const bool archived = project.state == projects::ProjectState::archived;
  terminal.line(say("{}  {}{}", "{}  {}{}", project.id.text(), project.name,
                    archived ? say("  (archived)", "（已归档）") : std::string()));
  if (!project.description.empty()) terminal.line("  " + project.description);
  for (const auto& embargo : project.embargoes)
    terminal.line(say("  embargo {}: {}", "  解禁 {}：{}", embargo.label,
                      projects::local_minute_text(embargo.at_ms, embargo.zone)));
  const projects::ProjectCounts& counts = row.counts;
  terminal.line(say("  {} assets, {} copies; {} commitments: {} in force, {} waiting, {} declined; {} slips",
                    "  {} 个素材，{} 个副本；{} 份承诺书：{} 份生效，{} 份待签，{} 份拒签；{} 次失误", counts.assets,
                    counts.copies, counts.commitments, counts.in_force, counts.waiting, counts.declined, counts.slips));
}

void show(Terminal& terminal, const Session& session, const projects::ProjectRow& row) {
  describe(terminal, row);
  terminal.document(projects::to_json(row, session.workspace->clock().now_ms()));
}

Result<projects::EmbargoRequest> parse_embargo(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return fail(ErrorCode::invalid_argument, "--embargo: " + text + " has no label",
                "write it like \"Reveal=2027-03-01T18:00:00+01:00@Europe/Berlin\"");
  TRY_ASSIGN(const ZonedTime zoned, parse_zoned_time("--embargo", text.substr(equals + 1)));
  projects::EmbargoRequest embargo;
  embargo.label = text.substr(0, equals);
  embargo.at_ms = zoned.time_ms;
  embargo.zone = zoned.zone;
  return embargo;
}

Result<void> run_add(Terminal& terminal, const ProjectAddOptions& options) {
  projects::NewProject wanted;
  wanted.name = options.name;
  wanted.description = options.description;
  for (const std::string& text : options.embargoes) {
    TRY_ASSIGN(auto embargo, parse_embargo(text));
    wanted.embargoes.push_back(std::move(embargo));
  }
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, session.records->projects.create(wanted, command_line_actor()));
  show(terminal, session, row);
  return {};
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  projects::ProjectFilter filter;
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(filter.state, parse_state_option<projects::ProjectState>(options.state, projects::parse_project_state,
                                                                      "open and archived are"));
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto listed, session.records->projects.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) {
    items.push_back(projects::to_json(row, session.workspace->clock().now_ms()));
    describe(terminal, row);
  }
  finish_list(terminal, options, "projects", items, listed.total,
              terminal.words()("No projects: `probity project add \"Coast\"` makes one.",
                               "尚无项目：用 `probity project add \"Coast\"` 新建。"));
  return {};
}

Result<void> run_show(Terminal& terminal, const ProjectOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_project_row(*session.records, options.project));
  show(terminal, session, row);
  return {};
}

Result<void> set_state(Terminal& terminal, const ProjectOptions& options, projects::ProjectState state) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_project_row(*session.records, options.project));
  projects::ProjectChange change;
  change.state = state;
  TRY_ASSIGN(const auto changed, session.records->projects.update(row.project.id, change, command_line_actor()));
  show(terminal, session, changed);
  return {};
}

Result<void> run_archive(Terminal& terminal, const ProjectOptions& options) {
  return set_state(terminal, options, projects::ProjectState::archived);
}

Result<void> run_restore(Terminal& terminal, const ProjectOptions& options) {
  return set_state(terminal, options, projects::ProjectState::open);
}

}  // namespace

void add_project_commands(Grammar& grammar) {
  CLI::App* projects = grammar.group("project", "Pre-releases, with their embargoes");
  const auto add = grammar.command(projects, "add", "Make a project", run_add);
  add->add_option("name", add.options.name, "What to call it")->required();
  add->add_option("--description", add.options.description, "A few words about it");
  add->add_option("--embargo", add.options.embargoes, "\"LABEL=TIME@ZONE\"; may be repeated")->repeatable();
  add->footer("Example: probity project add Coast --embargo \"Reveal=2027-03-01T18:00:00+01:00@Europe/Berlin\"");
  const auto list = grammar.command(projects, "list", "List the projects", run_list);
  list->add_option("--state", list.options.state, "Only open or archived ones");
  add_search(list);
  add_paging(list);
  const auto on_one = [&](const char* name, const char* description, auto function) {
    const auto command = grammar.command(projects, name, description, function);
    command->add_option("project", command.options.project, "Id, start of an id, or name")->required();
  };
  on_one("show", "Show one project", run_show);
  on_one("archive", "Close a project: nothing is sent or issued in it any more", run_archive);
  on_one("restore", "Open an archived project again", run_restore);
}

}  // namespace probity::cli
