// A workspace as a member that speaks to the alliance's board: what the bulletin commands begin with.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/live_membership.h"
#include "bulletins/groups.h"
#include "cli/session.h"
#include "store/bulletin_desk_store.h"

namespace CLI {
class App;
}

namespace probity::cli {

class Grammar;

struct BoardSession {
  std::unique_ptr<app::Workspace> workspace;
  std::unique_ptr<app::LiveMembership> membership;
  std::unique_ptr<bulletins::HubCaller> hub;
  std::unique_ptr<store::BulletinDeskStore> desk;
  std::unique_ptr<bulletins::Groups> groups;  // of this desk; never null

  // Errors: those of open_workspace; not_found for a workspace that is no member's.
  static Result<BoardSession> open(const CommonOptions& common);

  // `path` below the board's. Errors: those of the hub.
  Result<std::string> send(const char* method, const std::string& path, const std::string& body) const;
  Result<nlohmann::json> ask(const char* method, const std::string& path, const nlohmann::json& body) const;
  Result<nlohmann::json> ask(const char* method, const std::string& path) const;
  // A bulletin's id, by id or by number. Errors: not_found.
  Result<std::string> find(const std::string& text) const;
};

// By name, in any case, or by id. Errors: not_found.
Result<bulletins::GroupView> find_group(bulletins::Groups& groups, const std::string& name);

void add_bulletin_group_commands(Grammar& grammar, CLI::App* group);

}  // namespace probity::cli
