// probity template: the templates of commitments.
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/listing.h"
#include "commitments/json.h"

namespace probity::cli {
namespace {

struct TemplateOptions {
  CommonOptions common;
  std::string name;
};

void describe(Terminal& terminal, const commitments::Template& one) {
  terminal.line(terminal.words()("{}  {}  {}, version {}, used {} times", "{}  {}  {}，第 {} 版，已用 {} 次",
                                 one.id.text(), one.name, commitments::locale_name(one.locale), one.version, one.used));
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  ListQuery query;
  query.search = options.search;
  query.limit = options.limit;
  query.offset = options.offset;
  TRY_ASSIGN(const auto listed, session.records->templates.list(query));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& one : listed.items) {
    items.push_back(commitments::template_to_json(one));
    describe(terminal, one);
  }
  finish_list(terminal, options, "templates", items, listed.total, terminal.words()("No templates.", "没有模板。"));
  return {};
}

Result<void> run_show(Terminal& terminal, const TemplateOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto one, find_template(*session.records, options.name));
  terminal.document(commitments::template_to_json(one));
  describe(terminal, one);
  terminal.line("\n" + one.text.title);
  for (const auto& section : one.text.sections) terminal.line(fmt::format("\n{}\n{}", section.heading, section.text));
  for (const auto& question : one.text.questions) {
    terminal.line("\n" + question.text);
    for (const auto& choice : question.choices)
      terminal.line(fmt::format("  {} {}", choice.id == question.right ? "*" : " ", choice.text));
  }
  return {};
}

}  // namespace

void add_template_commands(Grammar& grammar) {
  CLI::App* templates = grammar.group("template", "Templates of commitments");
  const auto list = grammar.command(templates, "list", "List the templates", run_list);
  add_search(list);
  add_paging(list);
  const auto show = grammar.command(templates, "show", "Show a template's text and questions", run_show);
  show->add_option("template", show.options.name, "Id, start of an id, or name")->required();
}

}  // namespace probity::cli
