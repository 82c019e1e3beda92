#include "cli/grammar.h"

#include <CLI/CLI.hpp>

namespace probity::cli {

const OptionSetting* OptionSetting::required() const {
  option_->required();
  return this;
}

const OptionSetting* OptionSetting::repeatable() const {
  option_->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  return this;
}

const OptionSetting* OptionSetting::between(std::int64_t least, std::int64_t most) const {
  option_->check(CLI::Range(least, most));
  return this;
}

template <class Value>
OptionSetting CommandSetting::add_option(const char* names, Value& value, const char* what) const {
  return OptionSetting(app_->add_option(names, value, what));
}

#define PROBITY_OPTION(...) \
  template OptionSetting CommandSetting::add_option(const char*, __VA_ARGS__&, const char*) const;
PROBITY_OPTION(std::string)
PROBITY_OPTION(std::optional<std::string>)
PROBITY_OPTION(std::vector<std::string>)
PROBITY_OPTION(bool)
PROBITY_OPTION(int)
PROBITY_OPTION(double)
PROBITY_OPTION(std::int64_t)
PROBITY_OPTION(std::uint16_t)
PROBITY_OPTION(std::uint32_t)
PROBITY_OPTION(std::uint64_t)
PROBITY_OPTION(std::optional<int>)
PROBITY_OPTION(std::optional<double>)
PROBITY_OPTION(std::optional<std::int64_t>)
PROBITY_OPTION(std::optional<std::uint32_t>)
PROBITY_OPTION(std::optional<std::uint64_t>)
#undef PROBITY_OPTION

OptionSetting CommandSetting::add_flag(const char* names, bool& value, const char* what) const {
  return OptionSetting(app_->add_flag(names, value, what));
}

OptionSetting CommandSetting::add_flag(const char* names, std::optional<bool>& value, const char* what) const {
  return OptionSetting(app_->add_flag(names, value, what));
}

void CommandSetting::footer(const std::string& text) const { app_->footer(text); }

CLI::App* Grammar::group(const char* name, const char* description) {
  CLI::App*& group = groups_[name];
  if (group != nullptr) return group;
  group = app_.add_subcommand(name, description);
  group->require_subcommand(1);
  group->footer("");  // the program's examples are for the program's own help
  group->fallthrough();
  return group;
}

CommandSetting Grammar::add(CLI::App* parent, const char* name, const char* description,
                            std::function<int(Terminal&)> run) {
  CLI::App* command = (parent == nullptr ? &app_ : parent)->add_subcommand(name, description);
  command->fallthrough();
  command->footer("");
  command->add_flag("--json", json_, "Print one JSON document instead of words");
  command->callback([this, run = std::move(run)] { chosen_ = run; });
  return CommandSetting(command);
}

void Grammar::add_workspace(const CommandSetting& command, CommonOptions& common) {
  command.add_option("-w,--workspace", common.workspace,
                     "The workspace; else $PROBITY_WORKSPACE, else the one this folder is in");
}

}  // namespace probity::cli
