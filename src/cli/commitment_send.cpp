// probity commitment send: ask people for their commitment.
#include <nlohmann/json.hpp>

#include "cli/commitment_words.h"
#include "cli/find.h"
#include "cli/grammar.h"
#include "cli/recipients.h"
#include "cli/values.h"
#include "commitments/json.h"

namespace probity::cli {
namespace {

struct SendOptions {
  CommonOptions common;
  std::string template_name;
  std::vector<std::string> recipients;  // "Name, outlet"
  std::optional<std::string> csv_file, project;
  std::optional<std::string> amount, currency, liable, embargo, sign_by;
  bool draft = false;
};
struct SendDraftOptions {
  CommonOptions common;
  std::string commitment;
};

// The template's own, but for what is asked for otherwise.
Result<commitments::Terms> terms_for(const SendOptions& options, const commitments::Template& from) {
  commitments::Terms terms = from.terms;
  if (options.amount) terms.amount = *options.amount;
  if (options.currency) terms.currency = *options.currency;
  if (options.liable) {
    const auto liable = commitments::parse_liable(*options.liable);
    if (!liable)
      return fail(ErrorCode::invalid_argument, "--liable: nobody is called " + *options.liable,
                  "person, organisation and both are");
    terms.liable = *liable;
  }
  if (options.embargo) {
    TRY_ASSIGN(const ZonedTime zoned, parse_zoned_time("--embargo", *options.embargo));
    terms.embargo_ms = zoned.time_ms;
    terms.embargo_zone = zoned.zone;
  }
  if (options.sign_by) {
    TRY_ASSIGN(terms.sign_by_ms, parse_time("--sign-by", *options.sign_by));
  }
  return terms;
}

Result<std::vector<commitments::CommitmentView>> send(Terminal& terminal, const SendOptions& options) {
  TRY_ASSIGN(const auto recipients, gather_recipients(terminal, options.recipients, options.csv_file));
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto from, find_template(records, options.template_name));
  commitments::NewCommitments wanted;
  wanted.template_id = from.id;
  wanted.send = !options.draft;
  TRY_ASSIGN(wanted.terms, terms_for(options, from));
  TRY_ASSIGN(wanted.project, find_project(records, options.project));
  std::vector<commitments::CommitmentView> made;
  // People and their commitments together: nobody is added for a commitment that was refused.
  TRY(session.workspace->database().write([&]() -> Result<void> {
    for (const auto& details : recipients) {
      TRY_ASSIGN(const Id party, find_person(records, details));
      wanted.parties.push_back(party);
    }
    TRY_ASSIGN(made, records.commitments.create(wanted, command_line_witness()));
    return {};
  }));
  return made;
}

Result<void> run_send(Terminal& terminal, const SendOptions& options) {
  TRY_ASSIGN(const auto made, send(terminal, options));
  nlohmann::json items = nlohmann::json::array();
  std::size_t without_address = 0;
  for (const auto& view : made) {
    items.push_back(commitments::commitment_to_json(view.commitment, view.waiting_for));
    describe_commitment(terminal, view);
    if (view.commitment.recipient().email.empty()) ++without_address;
  }
  terminal.document({{"commitments", items}, {"total", made.size()}});
  if (without_address > 0)
    terminal.note(
        terminal.words()("{} of them have no e-mail address: `probity commitment link` makes their links to hand over",
                         "其中 {} 人没有邮箱：用 `probity commitment link` 生成链接当面交付", without_address));
  return {};
}

Result<void> run_send_draft(Terminal& terminal, const SendDraftOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_commitment(*session.records, options.commitment));
  TRY_ASSIGN(const auto view, session.records->commitments.send_draft(found.id, command_line_witness()));
  terminal.document(commitments::commitment_to_json(view.commitment, view.waiting_for));
  describe_commitment(terminal, view);
  return {};
}

}  // namespace

void add_sending_commands(Grammar& grammar) {
  CLI::App* commitments = grammar.group("commitment", "Commitments of recipients");
  const auto send = grammar.command(commitments, "send", "Ask people for their commitment", run_send);
  SendOptions& options = send.options;
  send->add_option("--template", options.template_name, "Its name or id: `probity template list` shows them")
      ->required();
  add_recipients(send, "Who is to sign, as \"Name, outlet\"; may be repeated");
  send->add_option("--project", options.project, "For which project; the only open one otherwise");
  send->add_option("--amount", options.amount, "What a breach costs, such as 50000; the template's otherwise");
  send->add_option("--currency", options.currency, "Three letters, such as EUR");
  send->add_option("--liable", options.liable, "person, organisation or both");
  send->add_option("--embargo", options.embargo, "TIME@ZONE before which nothing may be said");
  send->add_option("--sign-by", options.sign_by, "The last moment to sign");
  send->add_flag("--draft", options.draft, "Only draft them: `probity commitment send-draft` sends one");
  send->footer(
      "Example: probity commitment send --template press --to \"Mira Holloway, Motor Weekly\" \\\n"
      "  --amount 50000 --currency EUR --embargo 2027-03-01T18:00:00+01:00@Europe/Berlin");
  const auto draft = grammar.command(commitments, "send-draft", "Send a commitment that is a draft", run_send_draft);
  draft->add_option("commitment", draft.options.commitment, "Number such as C-2026-0001, id, or start of an id")
      ->required();
}

}  // namespace probity::cli
