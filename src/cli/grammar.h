// What the files of the command groups build the grammar with: groups, commands, and the options that many share.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "cli/commands.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace probity::cli {

// How one option is to be given. CLI11 stays behind these: its headers cost ten seconds in every file that sees them.
class OptionSetting {
 public:
  explicit OptionSetting(CLI::Option* option) : option_(option) {}
  const OptionSetting* operator->() const { return this; }
  const OptionSetting* required() const;
  // May be given several times, one value each.
  const OptionSetting* repeatable() const;
  const OptionSetting* between(std::int64_t least, std::int64_t most) const;

 private:
  CLI::Option* option_;
};

class CommandSetting {
 public:
  explicit CommandSetting(CLI::App* app) : app_(app) {}
  // For std::string, numbers, optionals and vectors of them: the instances are in grammar.cpp.
  template <class Value>
  OptionSetting add_option(const char* names, Value& value, const char* what) const;
  OptionSetting add_flag(const char* names, bool& value, const char* what) const;
  OptionSetting add_flag(const char* names, std::optional<bool>& value, const char* what) const;
  void footer(const std::string& text) const;

 private:
  CLI::App* app_;
};

// A command and what it was asked for, which lives as long as the grammar.
template <class Options>
struct Command {
  CommandSetting setting;
  Options& options;
  const CommandSetting* operator->() const { return &setting; }
};

class Grammar {
 public:
  explicit Grammar(CLI::App& app) : app_(app) {}
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  // The group of that name; made when it is first asked for.
  CLI::App* group(const char* name, const char* description);
  // Without a parent it stands alone. `function` returns the exit code, or a Result<void> whose error is told. Options
  // with a member `common` take the workspace.
  template <class Options, class Outcome>
  Command<Options> command(CLI::App* parent, const char* name, const char* description,
                           Outcome (*function)(Terminal&, const Options&)) {
    const auto options = std::make_shared<Options>();
    const CommandSetting setting = add(parent, name, description, [options, function](Terminal& terminal) {
      if constexpr (std::is_same_v<Outcome, int>) {
        return function(terminal, *options);
      } else {
        const Result<void> outcome = function(terminal, *options);
        return outcome ? 0 : terminal.failure(outcome.error());
      }
    });
    if constexpr (requires { options->common; }) add_workspace(setting, options->common);
    return {setting, *options};
  }

  bool json() const { return json_; }
  int run(Terminal& terminal) const { return chosen_(terminal); }

 private:
  CommandSetting add(CLI::App* parent, const char* name, const char* description, std::function<int(Terminal&)> run);
  static void add_workspace(const CommandSetting& command, CommonOptions& common);

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
  list->add_option("--limit", list.options.limit, "So many at most; 100 otherwise")->between(1, 500);
  list->add_option("--offset", list.options.offset, "Leave so many out first");
}
inline void add_search(const Command<ListOptions>& list) {
  list->add_option("--search", list.options.search, "Only those with this text in their names");
}

// "--to" and "--csv".
template <class Options>
void add_recipients(const Command<Options>& command, const char* to_whom) {
  command->add_option("--to", command.options.recipients, to_whom)->repeatable();
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
void add_bulletin_commands(Grammar& grammar);
void add_case_commands(Grammar& grammar);
void add_case_deciding_commands(Grammar& grammar);
void add_rectification_commands(Grammar& grammar);
void add_leak_commands(Grammar& grammar);
void add_leak_place_commands(Grammar& grammar);
void add_leak_footage_commands(Grammar& grammar);
void add_shoot_commands(Grammar& grammar);
void add_release_commands(Grammar& grammar);
void add_custody_commands(Grammar& grammar);
void add_keyholder_commands(Grammar& grammar);
void add_hub_commands(Grammar& grammar);
void add_member_commands(Grammar& grammar);
void add_filing_commands(Grammar& grammar);
void add_ombudsman_commands(Grammar& grammar);
void add_screen_commands(Grammar& grammar);
void add_screen_hit_commands(Grammar& grammar);
void add_screen_batch_commands(Grammar& grammar);
void add_log_commands(Grammar& grammar);
void add_witness_commands(Grammar& grammar);
void add_statement_commands(Grammar& grammar);
void add_verify_command(Grammar& grammar);

}  // namespace probity::cli
