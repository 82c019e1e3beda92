#include "cli/session.h"

#include <fmt/format.h>

#include "accounts/permissions.h"
#include "parties/text.h"

namespace probity::cli {

Result<std::unique_ptr<app::Workspace>> open_workspace(const CommonOptions& common) {
  TRY_ASSIGN(const std::string folder, app::Workspace::find(common.workspace));
  return app::Workspace::open(folder);
}

Result<Session> open_session(const CommonOptions& common) {
  Session session;
  TRY_ASSIGN(session.workspace, open_workspace(common));
  TRY_ASSIGN(const app::Config config, app::config_of(session.workspace->folder()));
  TRY_ASSIGN(session.records,
             app::Records::open(*session.workspace, config, app::public_url_of(config, config.listen.port)));
  return session;
}

app::WorkspaceLock::Options lock_options(Terminal& terminal) {
  app::WorkspaceLock::Options options;
  options.on_wait = [&terminal] {
    terminal.note(terminal.words()("another probity is writing to this workspace; waiting for it to finish …",
                                   "另一个 probity 正在写入此工作区，等待其完成……"));
  };
  options.stop_requested = interrupted;
  return options;
}

events::Actor command_line_actor() { return {events::Actor::Kind::command_line, std::nullopt, app::operator_name()}; }

commitments::Witness command_line_witness() { return {command_line_actor(), "", "command line"}; }

accounts::Caller command_line_caller() {
  accounts::Caller caller;
  caller.actor = command_line_actor();
  caller.permissions =
      accounts::permissions_of({accounts::Role::custodian, accounts::Role::investigator, accounts::Role::reviewer,
                                accounts::Role::screener, accounts::Role::administrator, accounts::Role::auditor,
                                accounts::Role::ombudsman, accounts::Role::hub_operator});
  caller.address = "command line";
  caller.stepped_up = true;
  return caller;
}

Result<Id> find_project(app::Records& records, const std::optional<std::string>& text) {
  projects::ProjectFilter filter;
  filter.state = projects::ProjectState::open;
  filter.page.limit = 500;
  TRY_ASSIGN(const auto listed, records.projects.list(filter));
  if (!text) {
    if (listed.items.size() == 1) return listed.items.front().project.id;
    if (!listed.items.empty())
      return fail(ErrorCode::invalid_argument, fmt::format("there are {} open projects", listed.total),
                  "name the one you mean with --project");
    projects::NewProject project;
    project.name = "Main";
    TRY_ASSIGN(const auto made, records.projects.create(project, command_line_actor()));
    return made.project.id;
  }
  std::vector<Id> found;
  for (const auto& row : listed.items) {
    if (row.project.id.text() == *text) return row.project.id;
    const bool begins = text->size() >= 4 && row.project.id.text().starts_with(*text);
    if (begins || parties::fold_for_lookup(row.project.name) == parties::fold_for_lookup(*text))
      found.push_back(row.project.id);
  }
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(ErrorCode::not_found, fmt::format("no open project is called {}", *text),
                "`probity project list` shows them, `probity project add` makes one");
  return fail(ErrorCode::invalid_argument, fmt::format("several projects are called {}", *text), "name it by its id");
}

Result<Id> find_person(app::Records& records, const parties::RecipientDetails& details) {
  parties::NewParty person;
  person.details.kind = parties::PartyKind::person;
  person.details.name = details.name;
  person.details.email = details.email;
  person.parent_name = details.outlet;
  TRY_ASSIGN(const auto row, records.parties.find_or_create(person, command_line_actor()));
  return row.party.id;
}

}  // namespace probity::cli
