// probity ombudsman: what waits for a decision, papers, decisions, and answers to people who ask what is recorded.
#include <nlohmann/json.hpp>

#include "cli/account_options.h"
#include "cli/filing_session.h"
#include "cli/grammar.h"
#include "cli/values.h"
#include "filings/json.h"
#include "filings/ombudsman.h"
#include "filings/person_answers.h"
#include "filings/prepare.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;
using filings::Matter;

struct MatterOptions : PersonOptions {
  std::string listing;
};
struct PaperOptions : MatterOptions {
  std::string paper, out_file;
};
struct DecideOptions : MatterOptions {
  std::string outcome, reasons_file, kind = "resident_id";
  // Of `corrected`: all that the label says from now on.
  std::string reference, conduct, filer, contact, decided_at, until;
};
struct PostOptions : MatterOptions {
  std::string reference;
};
struct ActOptions : MatterOptions {
  std::string verb, reasons_file;
};
struct AskOptions : PersonOptions {
  std::string kind = "resident_id", papers_seen;
};

Result<FilingSession> open_desk(const PersonOptions& options) {
  return open_filing_session(options, Permission::decide_appeals);
}

void describe(Terminal& terminal, const Matter& matter) {
  const std::string due = matter.due_ms ? to_rfc3339(*matter.due_ms).substr(0, 10) : "-";
  terminal.line(fmt::format(
      "{}  {:10} {:10}  {:16}  {}", matter.listing.id.text(), matter.waits_for.empty() ? "-" : matter.waits_for, due,
      alliance::conduct_entry(matter.listing.conduct).name, alliance::shown_status(matter.listing)));
}

Result<std::string> reasons_of(const std::string& file) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(file, 64 << 10));
  return std::string(as_text(bytes));
}

Result<void> run_list(Terminal& terminal, const PersonOptions& options) {
  TRY_ASSIGN(const FilingSession session, open_desk(options));
  TRY_ASSIGN(const auto matters, session.desk->ombudsman().desk(session.actor));
  nlohmann::json items = nlohmann::json::array();
  for (const Matter& matter : matters) {
    describe(terminal, matter);
    items.push_back({{"listing", matter.listing.id.text()},
                     {"waits_for", matter.waits_for},
                     {"due_at", matter.due_ms ? nlohmann::json(to_rfc3339(*matter.due_ms)) : nlohmann::json(nullptr)},
                     {"life", filings::life_to_json(matter.listing)}});
  }
  if (items.empty()) terminal.line(terminal.words()("Nothing waits.", "暂无待办。"));
  terminal.document({{"matters", std::move(items)}});
  return {};
}

Result<void> run_show(Terminal& terminal, const MatterOptions& options) {
  TRY_ASSIGN(const Id listing, Id::parse(options.listing));
  TRY_ASSIGN(const FilingSession session, open_desk(options));
  TRY_ASSIGN(const auto view, session.desk->ombudsman().matter(listing, session.actor));
  describe(terminal, view.matter);
  nlohmann::json papers = nlohmann::json::array();
  for (const auto& paper : view.papers) {
    terminal.line(fmt::format("  {}  {:8} {:9} {}", paper.id.text(), alliance::paper_kind_name(paper.kind), paper.from,
                              paper.title));
    papers.push_back(
        {{"id", paper.id.text()}, {"kind", alliance::paper_kind_name(paper.kind)}, {"title", paper.title}});
  }
  if (!view.summary.empty()) terminal.line("\n" + view.summary);
  terminal.document({{"listing", options.listing},
                     {"papers", std::move(papers)},
                     {"summary", nlohmann::json::parse(view.summary, nullptr, false)},
                     {"life", filings::life_to_json(view.matter.listing)}});
  return {};
}

Result<void> run_paper(Terminal& terminal, const PaperOptions& options) {
  TRY_ASSIGN(const Id listing, Id::parse(options.listing));
  TRY_ASSIGN(const Id paper, Id::parse(options.paper));
  TRY_ASSIGN(const FilingSession session, open_desk(options));
  TRY_ASSIGN(const auto opened, session.desk->ombudsman().paper(listing, paper, session.actor));
  TRY(store::write_file(options.out_file, opened.bytes, {store::Existing::keep, 0600}));
  terminal.document({{"file", options.out_file}, {"name", opened.name}});
  terminal.line(fmt::format("{}: {}", options.out_file, opened.name));
  return {};
}

template <class Options, class Verb>
Result<void> act_on(Terminal& terminal, const Options& options, Verb verb) {
  TRY_ASSIGN(const Id listing, Id::parse(options.listing));
  TRY_ASSIGN(const FilingSession session, open_desk(options));
  TRY_ASSIGN(const Matter matter, verb(session.desk->ombudsman(), listing, session.actor));
  describe(terminal, matter);
  terminal.document(filings::life_to_json(matter.listing));
  return {};
}

Result<alliance::LabelContent> corrected_label(const DecideOptions& options) {
  if (options.reference.empty() || options.filer.empty() || options.contact.empty())
    return fail(ErrorCode::invalid_argument, "a correction says all that the label says from now on",
                "--reference, --conduct, --filer, --contact, --decided and --until");
  alliance::LabelContent label;
  label.reference = options.reference;
  TRY_ASSIGN(label.conduct, alliance::parse_conduct(options.conduct));
  label.filer = options.filer;
  label.contact = options.contact;
  TRY_ASSIGN(label.decided_ms, parse_time("--decided", options.decided_at));
  TRY_ASSIGN(label.until_ms, parse_time("--until", options.until));
  return label;
}

// The number comes by standard input: only it makes the label's key.
Result<void> read_corrected(Terminal& terminal, const DecideOptions& options, TimeMs now_ms, filings::Ruling& ruling) {
  const auto kind = names::parse_identifier_kind(options.kind);
  if (!kind) return fail(ErrorCode::invalid_argument, "--kind is resident_id or passport");
  TRY_ASSIGN(ruling.label, corrected_label(options));
  TRY_ASSIGN(std::string text, ask_line(terminal, terminal.words()("Identifier", "证件号码")));
  auto identifier = filings::read_identifier(*kind, text, now_ms);
  wipe(text);
  TRY(identifier);
  ruling.identifier = std::move(*identifier);
  return {};
}

Result<void> run_decide(Terminal& terminal, const DecideOptions& options) {
  filings::Ruling ruling;
  using Outcome = alliance::Appeal::Outcome;
  ruling.outcome = Outcome::none;
  for (const Outcome outcome : {Outcome::upheld, Outcome::corrected, Outcome::taken_back})
    if (alliance::outcome_name(outcome) == options.outcome) ruling.outcome = outcome;
  if (ruling.outcome == Outcome::none)
    return fail(ErrorCode::invalid_argument, "the outcome is upheld, corrected or taken_back");
  TRY_ASSIGN(ruling.reasons, reasons_of(options.reasons_file));
  if (ruling.outcome == Outcome::corrected) TRY(read_corrected(terminal, options, SystemClock().now_ms(), ruling));
  return act_on(terminal, options, [&](auto& desk, const Id& listing, const events::Actor& actor) {
    return desk.decide(listing, ruling, actor);
  });
}

Result<void> run_post(Terminal& terminal, const PostOptions& options) {
  return act_on(terminal, options, [&](auto& desk, const Id& listing, const events::Actor& actor) {
    return desk.record_post(listing, options.reference, actor);
  });
}

Result<void> run_act(Terminal& terminal, const ActOptions& options) {
  TRY_ASSIGN(const std::string reasons, reasons_of(options.reasons_file));
  return act_on(terminal, options, [&](auto& desk, const Id& listing, const events::Actor& actor) {
    return desk.act(listing, options.verb, reasons, actor);
  });
}

Result<void> run_person(Terminal& terminal, const AskOptions& options) {
  const auto kind = names::parse_identifier_kind(options.kind);
  if (!kind) return fail(ErrorCode::invalid_argument, "--kind is resident_id or passport");
  TRY_ASSIGN(const FilingSession session, open_desk(options));
  TRY_ASSIGN(std::string text, ask_line(terminal, terminal.words()("Identifier", "证件号码")));
  auto identifier = filings::read_identifier(*kind, text, session.session.workspace->clock().now_ms());
  wipe(text);
  TRY(identifier);
  TRY_ASSIGN(const auto given, session.desk->answers().ask({*identifier, options.papers_seen}, session.actor));
  wipe(identifier->text);
  const Words& say = terminal.words();
  terminal.line(say("Give this to the person; it opens once, until {}.", "请交给本人；仅可打开一次，有效期至{}。",
                    to_rfc3339(given.expires_ms).substr(0, 10)));
  terminal.line("/recorded/" + given.token);
  terminal.line(say("Code {}", "验证码 {}", given.code));
  terminal.document({{"link", "/recorded/" + given.token},
                     {"code", given.code},
                     {"expires_at", to_rfc3339(given.expires_ms)},
                     {"answer", nlohmann::json::parse(given.answer)}});
  return {};
}

Result<void> run_statistics(Terminal& terminal, const PersonOptions& options) {
  TRY_ASSIGN(const FilingSession session, open_desk(options));
  TRY_ASSIGN(const auto found, session.desk->ombudsman().statistics());
  terminal.document({{"appeals", found.appeals},
                     {"upheld", found.upheld},
                     {"corrected", found.corrected},
                     {"taken_back", found.taken_back},
                     {"late", found.late},
                     {"overturned", found.overturned}});
  terminal.line(terminal.words()("{} appeals decided: {} upheld, {} corrected, {} taken back; {} late",
                                 "已裁决 {} 件：维持 {}，更正 {}，撤销 {}；逾期 {}", found.appeals, found.upheld,
                                 found.corrected, found.taken_back, found.late));
  return {};
}

template <class Options, class Run>
Command<Options> add_on_matter(Grammar& grammar, CLI::App* group, const char* name, const char* what, Run run) {
  const auto command = grammar.command<Options>(group, name, what, run);
  command->add_option("listing", command.options.listing, "Id of the listing")->required();
  add_account(command);
  return command;
}

}  // namespace

void add_ombudsman_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("ombudsman", "The ombudsman's desk, on the ombudsman's own node");
  add_account(grammar.command(group, "list", "What waits, the latest first", run_list));
  add_on_matter<MatterOptions>(grammar, group, "show", "A matter, its papers and the filer's summary", run_show);
  const auto paper = add_on_matter<PaperOptions>(grammar, group, "paper", "Open a paper into a file", run_paper);
  paper->add_option("paper", paper.options.paper, "Id of the paper")->required();
  paper->add_option("--out", paper.options.out_file, "The file to write")->required();
  const auto decide = add_on_matter<DecideOptions>(grammar, group, "decide", "Decide an appeal", run_decide);
  decide->add_option("outcome", decide.options.outcome, "upheld, corrected or taken_back")->required();
  decide->add_option("--kind", decide.options.kind,
                     "corrected: resident_id or passport; the number comes by standard input");
  decide->add_option("--reference", decide.options.reference, "corrected: the filer's number of the matter");
  decide->add_option("--conduct", decide.options.conduct, "corrected: of the catalogue");
  decide->add_option("--filer", decide.options.filer, "corrected: the member's name");
  decide->add_option("--contact", decide.options.contact, "corrected: where the filer answers questions");
  decide->add_option("--decided", decide.options.decided_at, "corrected: when it was decided, RFC 3339");
  decide->add_option("--until", decide.options.until, "corrected: until when it stands, RFC 3339");
  decide->add_option("--reasons", decide.options.reasons_file, "A file with the reasons")->required();
  const auto post = add_on_matter<PostOptions>(grammar, group, "post", "The notice was brought by post", run_post);
  post->add_option("--reference", post.options.reference, "Of the receipt; only a hash leaves")->required();
  const auto act = add_on_matter<ActOptions>(grammar, group, "act", "Another act on a listing", run_act);
  act->add_option("verb", act.options.verb, "consent, acquittal, overturn, suspend or resume")->required();
  act->add_option("--reasons", act.options.reasons_file, "A file with the reasons")->required();
  const auto person = grammar.command(group, "person", "Answer somebody who asks what is recorded", run_person);
  person->add_option("--kind", person.options.kind, "resident_id or passport; the number comes by standard input");
  person->add_option("--papers-seen", person.options.papers_seen, "Which papers were seen: passport, …")->required();
  add_account(person);
  add_account(grammar.command(group, "statistics", "How appeals ended", run_statistics));
}

}  // namespace probity::cli
