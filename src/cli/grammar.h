// What the files of the command groups build the grammar with: groups, commands, and the options that many share.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "cli/commands.h"

namespace probity::cli {

// A command and what it was asked for, which lives as long as the grammar.
template <class Options>
struct Command {
  CLI::App* app;
  Options& options;
  CLI::App* operator->() const { return app; }
};

class Grammar {
 public:
  explicit Grammar(CLI::App& app) : app_(app) {}
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  // The group of that name; made when it is first asked for.
  CLI::App* group(const char* name, const char* description) {
    CLI::App*& group = groups_[name];
    if (group != nullptr) return group;
    group = app_.add_subcommand(name, description);
    group->require_subcommand(1);
    group->fallthrough();
    return group;
  }
  // Without a parent it stands alone. `function` returns the exit code, or a Result<void> whose error is told. Options
  // with a member `common` take the workspace.
  template <class Options, class Outcome>
  Command<Options> command(CLI::App* parent, const char* name, const char* description,
                           Outcome (*function)(Terminal&, const Options&)) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = (parent == nullptr ? &app_ : parent)->add_subcommand(name, description);
    command->fallthrough();
    command->add_flag("--json", json_, "Print one JSON document instead of words");
    if constexpr (requires { options->common; })
      command->add_option("-w,--workspace", options->common.workspace,
                          "The workspace; else $PROBITY_WORKSPACE, else the one this folder is in");
    command->callback([this, options, function] {
      chosen_ = [options, function](Terminal& terminal) {
        if constexpr (std::is_same_v<Outcome, int>) {
          return function(terminal, *options);
        } else {
          const Result<void> outcome = function(terminal, *options);
          return outcome ? 0 : terminal.failure(outcome.error());
        }
      };
    });
    return {command, *options};
  }

  bool json() const { return json_; }
  int run(Terminal& terminal) const { return chosen_(terminal); }

 private:
  CLI::App& app_;
  std::map<std::string, CLI::App*> groups_;
  bool json_ = false;
  std::function<int(Terminal&)> chosen_;
};

// What every listing command takes.
struct ListOptions {
  CommonOptions common;
  std::string search;
  std::optional<std::string> project, state;
  std::uint32_t limit = 100, offset = 0;
};

inline void add_paging(const Command<ListOptions>& list) {
  list->add_option("--limit", list.options.limit, "So many at most; 100 otherwise")->check(CLI::Range(1U, 500U));
  list->add_option("--offset", list.options.offset, "Leave so many out first");
}
inline void add_search(const Command<ListOptions>& list) {
  list->add_option("--search", list.options.search, "Only those with this text in their names");
}

// "--to" and "--csv".
template <class Options>
void add_recipients(const Command<Options>& command, const char* to_whom) {
  command->add_option("--to", command.options.recipients, to_whom)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--csv", command.options.csv_file, "A UTF-8 file with the columns name,outlet[,email]");
}

// One function a file; command_line.cpp calls them in the order in which help lists them.
void add_project_commands(Grammar& grammar);
void add_offer_commands(Grammar& grammar);
void add_party_commands(Grammar& grammar);
void add_template_commands(Grammar& grammar);
void add_commitment_commands(Grammar& grammar);
void add_sending_commands(Grammar& grammar);
void add_delivery_commands(Grammar& grammar);
void add_outbox_commands(Grammar& grammar);
void add_job_commands(Grammar& grammar);
void add_account_commands(Grammar& grammar);
void add_case_commands(Grammar& grammar);
void add_case_deciding_commands(Grammar& grammar);
void add_leak_commands(Grammar& grammar);
void add_shoot_commands(Grammar& grammar);
void add_release_commands(Grammar& grammar);
void add_custody_commands(Grammar& grammar);
void add_keyholder_commands(Grammar& grammar);
void add_hub_commands(Grammar& grammar);
void add_log_commands(Grammar& grammar);
void add_witness_commands(Grammar& grammar);
void add_statement_commands(Grammar& grammar);
void add_verify_command(Grammar& grammar);

}  // namespace probity::cli
