// probity case check: every byte of evidence and every step of custody, read again.
#include <nlohmann/json.hpp>

#include "cli/grammar.h"
#include "cli/session.h"
#include "evidence/json.h"

namespace probity::cli {
namespace {

struct CheckOptions {
  CommonOptions common;
  std::string matter;
};

// Exit codes: 0 when everything holds, the catalogue's "corrupt" when something was changed.
Result<bool> check(Terminal& terminal, const CheckOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto matters, session.records->evidence.matters());
  const bool in_chinese = terminal.words().language() == Language::zh;
  nlohmann::json checked = nlohmann::json::array();
  bool holds = true;
  for (const auto& matter : matters) {
    if (!options.matter.empty() && matter.number != options.matter && matter.id.text() != options.matter) continue;
    TRY_ASSIGN(const auto found, session.records->evidence.check(matter.id));
    holds = holds && found.holds();
    nlohmann::json shape = evidence::to_json(found);
    shape["matter"] = matter.number;
    checked.push_back(std::move(shape));
    terminal.line(terminal.words()(
        "{}: {} pieces of evidence, {} steps: {}", "{}：证据 {} 件，步骤 {} 条：{}", matter.number, found.items,
        found.steps,
        found.holds() ? terminal.words()("everything holds", "全部相符") : terminal.words()("CHANGED", "已被改动")));
    for (const auto& fault : found.faults) terminal.line("  - " + (in_chinese ? fault.zh : fault.en));
  }
  if (!options.matter.empty() && checked.empty())
    return fail(ErrorCode::not_found, "no matter has this number", "`probity leak list` shows leaks");
  terminal.document({{"holds", holds}, {"matters", std::move(checked)}});
  if (options.matter.empty() && matters.empty())
    terminal.line(terminal.words()("There is no evidence to check.", "没有需要核查的证据。"));
  return holds;
}

int run_check(Terminal& terminal, const CheckOptions& options) {
  const auto holds = check(terminal, options);
  if (!holds) return terminal.failure(holds.error());
  return *holds ? 0 : catalogue_entry(ErrorCode::corrupt).exit_code;
}

}  // namespace

void add_custody_commands(Grammar& grammar) {
  CLI::App* cases = grammar.group("case", "Cases and their evidence");
  const auto command =
      grammar.command(cases, "check", "Find any changed byte of evidence and any changed step", run_check);
  command->add_option("matter", command.options.matter, "A number such as L-2026-0001; all matters otherwise");
  command->footer("Exit codes: 0 everything holds, 23 something was changed.");
}

}  // namespace probity::cli
