// probity commitment list, show, document, link, remind, extend, revoke, breach: commitments that were drafted.
#include <nlohmann/json.hpp>

#include "cli/commitment_words.h"
#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "commitments/json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

struct CommitmentOptions {
  CommonOptions common;
  std::string commitment;
};
struct ReasonOptions {
  CommonOptions common;
  std::string commitment, reason;
};
struct UntilOptions {
  CommonOptions common;
  std::string commitment, until;
};
struct LinkOptions {
  CommonOptions common;
  std::string commitment;
  bool company = false;
};
struct DocumentOptions {
  CommonOptions common;
  std::string commitment, out_file;
  bool force = false;
};

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  commitments::CommitmentFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<commitments::State>(
                               options.state, commitments::parse_state,
                               "draft, sent, opened, signed, in_force, declined, expired, revoked, breached and "
                               "replaced are"));
  filter.query.search = options.search;
  filter.query.limit = options.limit;
  filter.query.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->commitments.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& view : listed.items) {
    items.push_back(commitments::commitment_to_json(view.commitment, view.waiting_for));
    describe_commitment(terminal, view);
  }
  finish_list(terminal, options, "commitments", items, listed.total,
              terminal.words()("No commitments: `probity commitment send` asks for them.",
                               "尚无承诺书：用 `probity commitment send` 发出。"));
  return {};
}

void describe_detail(Terminal& terminal, const commitments::CommitmentDetail& detail) {
  const Words& say = terminal.words();
  describe_commitment(terminal, detail.view);
  terminal.line("  " + detail.view.commitment.title);
  for (const auto& [name, value] : detail.text.terms_table) terminal.line(fmt::format("  {}: {}", name, value));
  for (const auto& signatory : detail.view.commitment.signatories)
    terminal.line(say("  {} ({}): {}, signed {}", "  {}（{}）：{}，签署于 {}", signatory.name,
                      commitments::role_name(signatory.role), commitments::signatory_state_name(signatory.state),
                      time_or_dash(signatory.signed_ms)));
  for (const auto& entry : detail.evidence)
    terminal.line(fmt::format("  {:3}  {}  {:12} {}", entry.sequence, to_rfc3339(entry.time_ms), entry.kind,
                              entry.witness.actor.name));
}

Result<void> run_show(Terminal& terminal, const CommitmentOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto found, find_commitment(records, options.commitment));
  TRY_ASSIGN(const auto detail, records.commitments.detail(found.id));
  describe_detail(terminal, detail);
  // What is shown is not worth much unless its evidence fits together.
  TRY(records.commitments.check_evidence(found.id));
  terminal.line(
      terminal.words()("  the evidence chain is whole: {} entries", "  证据链完整：{} 条", detail.evidence.size()));
  nlohmann::json evidence = nlohmann::json::array();
  for (const auto& entry : detail.evidence) evidence.push_back(commitments::evidence_to_json(entry));
  terminal.document({{"commitment", commitments::commitment_to_json(detail.view.commitment, detail.view.waiting_for)},
                     {"text", commitments::rendered_to_json(detail.text, detail.text_hash)},
                     {"evidence", std::move(evidence)},
                     {"evidence_whole", true}});
  return {};
}

// Finds the commitment, does something to it, and shows what became of it.
template <class Verb>
Result<void> change(Terminal& terminal, const CommonOptions& common, const std::string& text, Verb verb) {
  TRY_ASSIGN(const Session session, open_session(common));
  TRY_ASSIGN(const auto found, find_commitment(*session.records, text));
  TRY_ASSIGN(const commitments::CommitmentView view, verb(session.records->commitments, found.id));
  terminal.document(commitments::commitment_to_json(view.commitment, view.waiting_for));
  describe_commitment(terminal, view);
  return {};
}

Result<void> run_remind(Terminal& terminal, const CommitmentOptions& options) {
  return change(terminal, options.common, options.commitment,
                [](auto& service, const Id& id) { return service.remind(id, command_line_witness()); });
}

Result<void> run_revoke(Terminal& terminal, const ReasonOptions& options) {
  return change(terminal, options.common, options.commitment, [&](auto& service, const Id& id) {
    return service.revoke(id, options.reason, command_line_witness());
  });
}

Result<void> run_breach(Terminal& terminal, const ReasonOptions& options) {
  return change(terminal, options.common, options.commitment, [&](auto& service, const Id& id) {
    return service.breach(id, options.reason, command_line_witness());
  });
}

Result<void> run_extend(Terminal& terminal, const UntilOptions& options) {
  TRY_ASSIGN(const auto until_ms, parse_time_or_none("--until", options.until));
  return change(terminal, options.common, options.commitment,
                [&](auto& service, const Id& id) { return service.extend(id, until_ms, command_line_witness()); });
}

// The one whose turn it is, unless the company's is asked for.
Result<commitments::Signatory> who_signs(const commitments::Commitment& commitment, bool company) {
  for (const auto& signatory : commitment.signatories) {
    const bool waited_for = signatory.state != commitments::SignatoryState::waiting &&
                            signatory.state != commitments::SignatoryState::has_signed;
    if (company ? signatory.role == commitments::SignatoryRole::company : waited_for) return signatory;
  }
  return company ? fail(ErrorCode::not_found, "nobody signs this commitment for a company")
                 : fail(ErrorCode::conflict, "this commitment waits for nobody's signature");
}

Result<void> run_link(Terminal& terminal, const LinkOptions& options) {
  const Words& say = terminal.words();
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto commitment, find_commitment(records, options.commitment));
  TRY_ASSIGN(const auto signatory, who_signs(commitment, options.company));
  const auto no_picture = [](const std::string&) -> Result<std::string> { return std::string(); };
  TRY_ASSIGN(const auto door,
             records.commitments.make_door_link(commitment.id, signatory.id, no_picture, command_line_witness()));
  terminal.document({{"link", door.link},
                     {"code", door.code},
                     {"expires_at", to_rfc3339(door.expires_ms)},
                     {"signatory", signatory.name}});
  terminal.line(say("Link for {}: {}", "{} 的链接：{}", signatory.name, door.link));
  terminal.line(
      say("Code to tell, until {}: {}", "口头告知的验证码（{} 前有效）：{}", to_rfc3339(door.expires_ms), door.code));
  return {};
}

Result<void> run_document(Terminal& terminal, const DocumentOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto commitment, find_commitment(records, options.commitment));
  TRY_ASSIGN(const Bytes pdf, records.documents.document(commitment.id));
  store::FileOptions file;
  file.existing = options.force ? store::Existing::replace : store::Existing::keep;
  auto written = store::write_file(options.out_file, pdf, file);
  if (!written && written.error().code == ErrorCode::already_exists)
    written.error().hint = "write over it with --force";
  TRY(written);
  const bool is_sealed = commitment.document_blob.has_value();
  terminal.document({{"file", options.out_file}, {"sealed", is_sealed}, {"size_bytes", pdf.size()}});
  terminal.line(
      is_sealed ? terminal.words()("{}: the sealed document", "{}：已封签的文件", options.out_file)
                : terminal.words()("{}: the text as it stands, not sealed", "{}：当前文本，未封签", options.out_file));
  return {};
}

constexpr const char* kWhich = "Number such as C-2026-0001, id, or start of an id";

void add_verbs(Grammar& grammar, CLI::App* commitments) {
  const auto remind = grammar.command(commitments, "remind", "Write again to those who have yet to sign", run_remind);
  remind->add_option("commitment", remind.options.commitment, kWhich)->required();
  const auto extend = grammar.command(commitments, "extend", "Move the last day to sign", run_extend);
  extend->add_option("commitment", extend.options.commitment, kWhich)->required();
  extend->add_option("--until", extend.options.until, "A time such as 2027-03-01T18:00:00+01:00, or \"none\"")
      ->required();
  const auto revoke = grammar.command(commitments, "revoke", "Take a commitment back: its copies close", run_revoke);
  revoke->add_option("commitment", revoke.options.commitment, kWhich)->required();
  revoke->add_option("--reason", revoke.options.reason, "Why; the signatories are told")->required();
  const auto breach = grammar.command(commitments, "breach", "Record that a commitment was broken", run_breach);
  breach->add_option("commitment", breach.options.commitment, kWhich)->required();
  breach->add_option("--reason", breach.options.reason, "What happened; goes into the evidence")->required();
}

}  // namespace

void describe_commitment(Terminal& terminal, const commitments::CommitmentView& view) {
  const commitments::Commitment& one = view.commitment;
  terminal.line(fmt::format("{}  {}  {:9} {}{}{}", one.number, one.id.text(), commitments::state_name(one.state),
                            one.party_name, one.organisation_name.empty() ? "" : ", ", one.organisation_name));
  if (!view.waiting_for.empty())
    terminal.line(terminal.words()("  waits for the commitment of {}", "  等待 {} 的承诺书", view.waiting_for));
}

void add_commitment_commands(Grammar& grammar) {
  CLI::App* commitments = grammar.group("commitment", "Commitments of recipients");
  const auto list = grammar.command(commitments, "list", "List commitments, the newest first", run_list);
  list->add_option("--project", list.options.project, "Of this project only");
  list->add_option("--state", list.options.state, "Only those in this state: sent, in_force, …");
  add_search(list);
  add_paging(list);
  const auto show = grammar.command(commitments, "show", "Show one, and check its evidence", run_show);
  show->add_option("commitment", show.options.commitment, kWhich)->required();
  const auto document = grammar.command(commitments, "document", "Write its PDF to a file", run_document);
  document->add_option("commitment", document.options.commitment, kWhich)->required();
  document->add_option("--out", document.options.out_file, "The file to write")->required();
  document->add_flag("--force", document.options.force, "Write over the file if it exists");
  const auto link =
      grammar.command(commitments, "link", "A fresh link and a code to tell, for signing at the door", run_link);
  link->add_option("commitment", link.options.commitment, kWhich)->required();
  link->add_flag("--company", link.options.company, "For the one who signs for the company");
  link->footer("Older links of that signatory stop working.");
  add_verbs(grammar, commitments);
}

}  // namespace probity::cli
