// probity statement: draft, show, list, edit, submit, approve, publish, follow up, remove; who approves says who they
// are.
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/account_options.h"
#include "cli/find.h"
#include "cli/leak_person.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "statements/json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;
using statements::Statement;
using statements::StatementView;

constexpr std::size_t kMostTextFile = 200 << 10;

struct StatementOptions {
  CommonOptions common;
  std::string statement;
  std::optional<std::string> as, code;  // account and its one-time code
};
struct ReasonOptions : StatementOptions {
  std::string reason;
};
struct DraftOptions {
  CommonOptions common;
  std::string case_number, kind = "other";
  std::optional<std::string> en_file, zh_file, as, code;
};
struct EditOptions : StatementOptions {
  std::optional<std::string> kind, en_file, zh_file;
};
struct FollowOptions : StatementOptions {
  std::string relation;
  std::optional<std::string> en_file, zh_file;
};
struct BuryOptions : ReasonOptions {
  std::string number, grounds = "court_order";
};
struct DocumentOptions : StatementOptions {
  std::string out_file;
  bool force = false;
};

Result<Statement> find_statement(app::Records& records, const std::string& text) {
  const auto fetch = [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
    statements::StatementFilter filter;
    filter.query.search = search;
    filter.query.offset = offset;
    filter.query.limit = limit;
    return records.statements.statements.list(filter);
  };
  TRY_ASSIGN(auto found, find_all<Statement>(text, fetch, [](const Statement& one) {
               return Called{one.id.text(), {one.number}};
             }));
  return the_one("statement", text, std::move(found));
}

void describe(Terminal& terminal, const Statement& one) {
  const std::string& title =
      one.content.texts.en.title.empty() ? one.content.texts.zh.title : one.content.texts.en.title;
  terminal.line(fmt::format("{}  {}  {:10} {}  {}", one.number, one.id.text(), statements::state_name(one.state),
                            one.case_number, title));
}

void describe_view(Terminal& terminal, const StatementView& view) {
  const Words& say = terminal.words();
  describe(terminal, view.statement);
  for (const auto& approval : view.statement.approvals)
    terminal.line(say("  approved by {}, {}", "  由{}于{}批准", approval.name, to_rfc3339(approval.at_ms)));
  if (const auto& removal = view.statement.removal)
    terminal.line(say("  its removal was asked for by {}, {}: {}, “{}”", "  {}于{}申请移除：{}，“{}”", removal->name,
                      to_rfc3339(removal->at_ms), statements::grounds_name(removal->grounds), removal->reason));
  for (const auto& hindrance : view.hindrances)
    terminal.line(say("  in the way: {}", "  尚有障碍：{}",
                      say.language() == Language::zh ? hindrance.message_zh : hindrance.message));
  for (const Statement& one : view.chain)
    if (one.id != view.statement.id)
      terminal.line(say("  in its chain: {} ({})", "  同一系列：{}（{}）", one.number,
                        statements::relation_name(one.content.relation)));
  nlohmann::json json = statements::to_json(view.statement);
  json["hindrances"] = statements::hindrances_to_json(view.hindrances);
  json["content_hash"] = to_hex(statements::content_hash(view.statement));
  terminal.document(json);
}

// The first line of a file is the title, the rest the text.
Result<statements::Text> text_of(const std::optional<std::string>& file) {
  if (!file) return statements::Text{};
  TRY_ASSIGN(const Bytes bytes, store::read_file(*file, kMostTextFile));
  const std::string text(as_text(bytes));
  const std::size_t end = std::min(text.find('\n'), text.size());
  return statements::Text{text.substr(0, end), end < text.size() ? text.substr(end + 1) : std::string()};
}

Result<std::optional<statements::Texts>> texts_of(const std::optional<std::string>& en,
                                                  const std::optional<std::string>& zh) {
  if (!en && !zh) return std::nullopt;
  TRY_ASSIGN(statements::Text english, text_of(en));
  TRY_ASSIGN(statements::Text chinese, text_of(zh));
  return statements::Texts{std::move(english), std::move(chinese)};
}

Result<statements::Kind> kind_of(const std::string& name) {
  const auto kind = statements::parse_kind(name);
  if (!kind)
    return fail(ErrorCode::invalid_argument, "there is no such kind of statement",
                "early_publication, private_posting, supplier_leak, own_footage, employee, fabrication, other");
  return *kind;
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  statements::StatementFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<statements::State>(
                               options.state, statements::parse_state,
                               "draft, submitted, approved, sealing, published, withdrawn and tombstoned are"));
  filter.query.search = options.search;
  filter.query.limit = options.limit;
  filter.query.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto listed, session.records->statements.statements.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const Statement& one : listed.items) {
    items.push_back(statements::to_json(one));
    describe(terminal, one);
  }
  finish_list(terminal, options, "statements", items, listed.total,
              terminal.words()("No statements: `probity statement draft` begins one.",
                               "尚无声明：用 `probity statement draft` 起草。"));
  return {};
}

Result<void> run_show(Terminal& terminal, const StatementOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const Statement found, find_statement(*session.records, options.statement));
  TRY_ASSIGN(const StatementView view, session.records->statements.statements.find(found.id));
  describe_view(terminal, view);
  for (const auto* text : {&view.statement.content.texts.en, &view.statement.content.texts.zh})
    if (!text->empty()) terminal.line(fmt::format("\n{}\n\n{}", text->title, text->body));
  return {};
}

Result<void> run_draft(Terminal& terminal, const DraftOptions& options) {
  statements::NewStatement wanted;
  TRY_ASSIGN(wanted.kind, kind_of(options.kind));
  TRY_ASSIGN(wanted.texts, texts_of(options.en_file, options.zh_file));
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto of, records.cases.cases.find_number(options.case_number));
  wanted.case_id = of.of.id;
  TRY_ASSIGN(const auto actor, act_as(records, options.as, options.code, Permission::write_statements));
  TRY_ASSIGN(const StatementView view, records.statements.statements.draft(wanted, actor));
  describe_view(terminal, view);
  return {};
}

// Finds the statement, does something to it as whoever it is, and shows what became of it.
template <class Verb>
Result<void> change(Terminal& terminal, const StatementOptions& options, Permission permission, Verb verb) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const Statement found, find_statement(records, options.statement));
  TRY_ASSIGN(const auto actor, act_as(records, options.as, options.code, permission));
  TRY_ASSIGN(const StatementView view, verb(records.statements.statements, found, actor));
  describe_view(terminal, view);
  return {};
}

Result<void> run_edit(Terminal& terminal, const EditOptions& options) {
  statements::StatementChange wanted;
  if (options.kind) {
    TRY_ASSIGN(wanted.kind, kind_of(*options.kind));
  }
  TRY_ASSIGN(wanted.texts, texts_of(options.en_file, options.zh_file));
  return change(terminal, options, Permission::write_statements, [&](auto& service, const Statement& one, auto& actor) {
    return service.update(one.id, wanted, actor);
  });
}

Result<void> run_submit(Terminal& terminal, const StatementOptions& options) {
  return change(terminal, options, Permission::write_statements,
                [](auto& service, const Statement& one, auto& actor) { return service.submit(one.id, actor); });
}

Result<void> run_approve(Terminal& terminal, const StatementOptions& options) {
  return change(terminal, options, Permission::approve_statements,
                [](auto& service, const Statement& one, auto& actor) {
                  return service.approve(one.id, statements::content_hash(one), actor);
                });
}

Result<void> run_reopen(Terminal& terminal, const ReasonOptions& options) {
  return change(terminal, options, Permission::write_statements, [&](auto& service, const Statement& one, auto& actor) {
    return service.reopen(one.id, options.reason, actor);
  });
}

Result<void> run_withdraw(Terminal& terminal, const ReasonOptions& options) {
  return change(terminal, options, Permission::write_statements, [&](auto& service, const Statement& one, auto& actor) {
    return service.withdraw(one.id, options.reason, actor);
  });
}

Result<void> run_publish(Terminal& terminal, const StatementOptions& options) {
  TRY(change(terminal, options, Permission::write_statements,
             [](auto& service, const Statement& one, auto& actor) { return service.publish(one.id, actor); }));
  terminal.line(
      terminal.words()("  it is sealed and shown by the node as soon as that serves", "  节点运行后即加盖印章并公布"));
  return {};
}

Result<void> run_follow_up(Terminal& terminal, const FollowOptions& options) {
  const auto relation = statements::parse_relation(options.relation);
  if (!relation) return fail(ErrorCode::invalid_argument, "a follow-up says paid, rectified, overturned or corrected");
  TRY_ASSIGN(const auto texts, texts_of(options.en_file, options.zh_file));
  return change(terminal, options, Permission::write_statements, [&](auto& service, const Statement& one, auto& actor) {
    return service.follow_up(one.id, *relation, texts, actor);
  });
}

Result<void> run_tombstone(Terminal& terminal, const BuryOptions& options) {
  statements::Burial burial{options.number, statements::Grounds::court_order, options.reason};
  const auto grounds = statements::parse_grounds(options.grounds);
  if (!grounds) return fail(ErrorCode::invalid_argument, "the grounds are court_order or overturned");
  burial.grounds = *grounds;
  return change(terminal, options, Permission::approve_statements,
                [&](auto& service, const Statement& one, auto& actor) { return service.bury(one.id, burial, actor); });
}

Result<void> run_refuse_removal(Terminal& terminal, const ReasonOptions& options) {
  return change(terminal, options, Permission::approve_statements,
                [&](auto& service, const Statement& one, auto& actor) {
                  return service.refuse_burial(one.id, options.reason, actor);
                });
}

Result<void> run_document(Terminal& terminal, const DocumentOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const Statement found, find_statement(*session.records, options.statement));
  TRY_ASSIGN(const Bytes pdf, session.records->statements.sealing.preview(found.id));
  store::FileOptions how;
  if (options.force) how.existing = store::Existing::replace;
  TRY(store::write_file(options.out_file, pdf, how));
  terminal.document({{"file", options.out_file}, {"sealed", found.pdf.has_value()}, {"size_bytes", pdf.size()}});
  terminal.line(found.pdf ? terminal.words()("{}: the sealed document", "{}：已加盖印章的文件", options.out_file)
                          : terminal.words()("{}: a draft, not sealed", "{}：草稿，未盖章", options.out_file));
  return {};
}

constexpr const char* kWhich = "Number such as S-2026-0001, id, or start of an id";

template <class Options>
void add_texts(const Command<Options>& command) {
  command->add_option("--en", command.options.en_file, "A file in English: the title, then the text");
  command->add_option("--zh", command.options.zh_file, "A file in Chinese: the title, then the text");
}

template <class Options, class Run>
Command<Options> add_verb(Grammar& grammar, CLI::App* group, const char* name, const char* what, Run run) {
  const auto command = grammar.command<Options>(group, name, what, run);
  command->add_option("statement", command.options.statement, kWhich)->required();
  add_account(command);
  return command;
}

}  // namespace

void add_statement_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("statement", "Public statements: sealed, logged, followed");
  const auto list = grammar.command(group, "list", "List statements, the newest first", run_list);
  list->add_option("--state", list.options.state, "Only those in this state: draft, published, …");
  add_search(list);
  add_paging(list);
  const auto show = grammar.command(group, "show", "Show one, and what stands in its way", run_show);
  show->add_option("statement", show.options.statement, kWhich)->required();
  const auto draft = grammar.command(group, "draft", "Draft a statement from a case", run_draft);
  draft->add_option("case", draft.options.case_number, "Number of the case, such as K-2026-0001")->required();
  draft->add_option("--kind", draft.options.kind, "early_publication, supplier_leak, …: the wording");
  add_texts(draft);
  add_account(draft);
  const auto edit = add_verb<EditOptions>(grammar, group, "edit", "Change a draft", run_edit);
  edit->add_option("--kind", edit.options.kind, "Another kind");
  add_texts(edit);
  add_verb<StatementOptions>(grammar, group, "submit", "Freeze the words and ask for two approvals", run_submit);
  const auto approve = add_verb<StatementOptions>(grammar, group, "approve", "Approve it, as yourself", run_approve);
  approve->footer("Two people have to, each with --as and an account of their own.");
  const auto reopen =
      add_verb<ReasonOptions>(grammar, group, "reopen", "Back to a draft; approvals are void", run_reopen);
  reopen->add_option("--reason", reopen.options.reason, "Why")->required();
  const auto withdraw =
      add_verb<ReasonOptions>(grammar, group, "withdraw", "Give up one never published", run_withdraw);
  withdraw->add_option("--reason", withdraw.options.reason, "Why")->required();
  add_verb<StatementOptions>(grammar, group, "publish", "Have it sealed, logged and shown", run_publish);
  const auto follow = add_verb<FollowOptions>(grammar, group, "follow-up", "Draft one that follows it", run_follow_up);
  follow->add_option("relation", follow.options.relation, "paid, rectified, overturned or corrected")->required();
  add_texts(follow);
  const auto bury = add_verb<BuryOptions>(grammar, group, "tombstone", "Ask for a removal for good; by another: do it",
                                          run_tombstone);
  bury->add_option("--number", bury.options.number, "Its number, typed again")->required();
  bury->add_option("--grounds", bury.options.grounds, "court_order or overturned");
  bury->add_option("--reason", bury.options.reason, "Public; names nobody")->required();
  const auto keep = add_verb<ReasonOptions>(
      grammar, group, "refuse-removal", "Refuse the removal that was asked for, or take it back", run_refuse_removal);
  keep->add_option("--reason", keep.options.reason, "Why")->required();
  const auto document = grammar.command(group, "document", "Write its PDF to a file", run_document);
  document->add_option("statement", document.options.statement, kWhich)->required();
  document->add_option("--out", document.options.out_file, "The file to write")->required();
  document->add_flag("--force", document.options.force, "Write over the file if it exists");
}

}  // namespace probity::cli
