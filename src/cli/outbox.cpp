// probity outbox: the mails that were written, and the links in them.
#include <nlohmann/json.hpp>

#include "base/error_words.h"

#include "cli/find.h"
#include "cli/listing.h"
#include "outbox/json.h"

namespace probity::cli {
namespace {

struct MailOptions {
  CommonOptions common;
  std::string mail;
};

void describe(Terminal& terminal, const outbox::Mail& mail) {
  terminal.line(fmt::format("{}  {}  {:7} {}  {}", mail.id.text(), to_rfc3339(mail.created_ms),
                            outbox::mail_state_name(mail.state), mail.message.to, mail.message.subject));
  if (mail.last_error.empty()) return;
  terminal.line("  " + mail.last_error);
  // The mail server's operator may have to be shown the words themselves.
  const std::string chinese = in_chinese(mail.last_error);
  if (terminal.words().language() == Language::zh && chinese != mail.last_error) terminal.line("  " + chinese);
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  if (options.state && !outbox::parse_mail_state(*options.state))
    return fail(ErrorCode::invalid_argument, "--state: there is no state " + *options.state,
                "queued, sending, sent, failed and shown are");
  TRY_ASSIGN(const Session session, open_session(options.common));
  outbox::MailQuery query;
  query.page.search = options.search;
  query.page.limit = options.limit;
  query.page.offset = options.offset;
  query.state = options.state.value_or("");
  TRY_ASSIGN(const auto listed, session.records->outbox.list(query));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& mail : listed.items) {
    items.push_back(outbox::mail_to_json(mail));
    describe(terminal, mail);
  }
  finish_list(terminal, options, "mails", items, listed.total, terminal.words()("No mails.", "没有邮件。"));
  return {};
}

Result<void> run_show(Terminal& terminal, const MailOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto mail, find_mail(*session.records, options.mail));
  terminal.document(outbox::mail_detail_to_json(mail));
  describe(terminal, mail);
  terminal.line("\n" + mail.message.text);
  if (!mail.message.link.empty()) terminal.line(terminal.words()("\nLink: {}", "\n链接：{}", mail.message.link));
  for (const auto& attachment : mail.message.attachments)
    terminal.line(terminal.words()("Attached: {} ({})", "附件：{}（{}）", attachment.name,
                                   bytes_in_words(attachment.size_bytes)));
  return {};
}

Result<void> run_retry(Terminal& terminal, const MailOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_mail(*session.records, options.mail));
  TRY_ASSIGN(const auto mail, session.records->outbox.retry(found.id));
  terminal.document(outbox::mail_to_json(mail));
  describe(terminal, mail);
  return {};
}

}  // namespace

void add_outbox_commands(Grammar& grammar) {
  CLI::App* outbox = grammar.group("outbox", "Mails");
  const auto list = grammar.command(outbox, "list", "List mails, the newest first", run_list);
  list->add_option("--state", list.options.state, "Only queued, sending, sent, failed or shown ones");
  add_search(list);
  add_paging(list);
  const auto show = grammar.command(outbox, "show", "Show a mail's text and link", run_show);
  show->add_option("mail", show.options.mail, "Its id, or the start of it")->required();
  const auto retry = grammar.command(outbox, "retry", "Queue a mail again that could not be sent", run_retry);
  retry->add_option("mail", retry.options.mail, "Its id, or the start of it")->required();
}

}  // namespace probity::cli
