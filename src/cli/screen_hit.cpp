// probity screen hits|hit: what a hit obliges to, from the command line.
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/grammar.h"
#include "cli/screen_session.h"
#include "cli/values.h"
#include "screening/hit_guide.h"
#include "screening/person_json.h"

namespace probity::cli {
namespace {

using screening::Hit;

struct HitOptions {
  CommonOptions common;
  std::string which, verb = "show", way, note, spoke_to, channel, answer, outcome, reasons, kind = "resident_id",
                     country, filer;
  std::optional<std::string> at;
  bool different = false, id_stdin = false;
};

Result<Hit> find_hit(screening::HitService& hits, const std::string& text) {
  if (const auto id = Id::parse(text)) return hits.find(*id);
  TRY_ASSIGN(auto found, find_all<Hit>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               screening::HitFilter filter;
                               filter.page.search = search;
                               filter.page.offset = offset;
                               filter.page.limit = limit;
                               return hits.list(filter);
                             },
                             [](const Hit& hit) {
                               return Called{hit.id.text(), {hit.number}};
                             }));
  auto one = the_one("hit", text, std::move(found));
  if (!one && one.error().code == ErrorCode::not_found) one.error().hint = "`probity screen hits` shows them";
  return one;
}

void describe(Terminal& terminal, const Hit& hit, TimeMs now_ms) {
  const Words& words = terminal.words();
  const bool zh = words("en", "zh") == "zh";
  terminal.document(screening::to_json(hit, now_ms));
  terminal.line(fmt::format("{}  {}  {}", hit.number, screening::state_name(hit.state), hit.requisition));
  say_labels(terminal, hit);
  if (hit.change)
    terminal.line(words("The listing has changed since ({}): look again", "该记录已有变化（{}）：请重新查询",
                        alliance::step_name(hit.change->what)));
  if (hit.state == screening::HitState::waiting && hit.wait_until_ms)
    terminal.line(words("The person may answer until {}", "本人答复期限至 {}", to_rfc3339(*hit.wait_until_ms)));
  const screening::HitGuide guide = screening::guide_for(hit, now_ms);
  for (const auto& line : guide.may) terminal.line(fmt::format("  + {}", zh ? line.zh : line.en));
  for (const auto& line : guide.may_not) terminal.line(fmt::format("  - {}", zh ? line.zh : line.en));
}

Result<void> run_hits(Terminal& terminal, const ListOptions& options) {
  TRY_ASSIGN(const ScreenSession screen, open_screen_session(options.common));
  const TimeMs now_ms = screen.session.workspace->clock().now_ms();
  screening::HitFilter filter;
  filter.page = {options.search, "", false, options.offset, options.limit};
  TRY_ASSIGN(filter.state,
             parse_state_option<screening::HitState>(options.state, screening::parse_hit_state,
                                                     "found, identity_confirmed, filer_contacted, waiting, decided, "
                                                     "reconsider, mistaken, withdrawn or cleared"));
  TRY_ASSIGN(const auto listed, screen.people->hits().list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const Hit& hit : listed.items) {
    items.push_back(screening::to_json(hit, now_ms));
    terminal.line(fmt::format("{}  {:<18}  {}  {}", hit.number, screening::state_name(hit.state),
                              hit.change ? "!" : " ", hit.requisition));
  }
  terminal.document({{"items", std::move(items)}, {"total", listed.total}});
  return {};
}

Result<screening::IdentityRequest> identity_of(Terminal& terminal, const HitOptions& options) {
  screening::IdentityRequest request;
  const auto way = screening::parse_identity_way(options.way);
  if (!way)
    return fail(ErrorCode::invalid_argument, "--way: there is no such way", "birth_date, name or document_photo");
  request.way = *way;
  request.same = !options.different;
  request.note = options.note;
  if (*way == screening::IdentityCheck::Way::document_photo) return request;
  request.stated = read_secret_line(terminal.words()("As the candidate states it", "候选人所述"), options.id_stdin);
  request.document = read_secret_line(terminal.words()("As the document has it", "证件所载"), options.id_stdin);
  return request;
}

Result<screening::HitOutcome> outcome_of(const HitOptions& options) {
  const auto outcome = screening::parse_hit_outcome(options.outcome);
  if (!outcome)
    return fail(ErrorCode::invalid_argument, "--outcome: there is no such outcome",
                "engaged, declined_confirmed_facts, declined_other_reasons or position_closed");
  return *outcome;
}

// Which of several labels is meant, by the filer's name or reference.
Result<std::optional<std::size_t>> label_named(const Hit& hit, const std::string& filer) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < hit.labels.size() && !filer.empty(); ++i) {
    const alliance::LabelContent& label = hit.labels[i].content;
    if (!hit.labels[i].is_to_be_asked() || (label.filer != filer && label.reference != filer)) continue;
    if (found) return fail(ErrorCode::invalid_argument, "--filer: several listings are meant", "give the reference");
    found = i;
  }
  if (!found && !filer.empty())
    return fail(ErrorCode::invalid_argument, "--filer: no filer of that name or reference is still to be asked");
  return found;
}

Result<screening::FilerContact> contact_of(const Hit& hit, const HitOptions& options, TimeMs at_ms) {
  const auto answer = screening::parse_answer(options.answer);
  if (!answer)
    return fail(ErrorCode::invalid_argument, "--answer: there is no such answer",
                "confirmed, not_confirmed or no_answer");
  TRY_ASSIGN(const auto label, label_named(hit, options.filer));
  return screening::FilerContact{options.spoke_to, at_ms, options.channel, *answer, options.note, label};
}

Result<Hit> do_verb(Terminal& terminal, const HitOptions& options, const ScreenSession& screen, const Id& id) {
  screening::HitService& hits = screen.people->hits();
  const events::Actor actor = command_line_actor();
  TimeMs at_ms = screen.session.workspace->clock().now_ms();
  if (options.at) {
    TRY_ASSIGN(at_ms, parse_time("--at", *options.at));
  }
  if (options.verb == "show") return hits.find(id);
  if (options.verb == "answer") return hits.answer(id, options.note, actor);
  if (options.verb == "withdraw") return hits.withdraw(id, options.note, actor);
  if (options.verb == "notify") return hits.notify(id, {at_ms, options.way, options.note}, actor);
  if (options.verb == "confirm") {
    TRY_ASSIGN(const auto request, identity_of(terminal, options));
    return hits.confirm(id, request, actor);
  }
  if (options.verb == "contact") {
    TRY_ASSIGN(const Hit hit, hits.find(id));
    TRY_ASSIGN(const auto contact, contact_of(hit, options, at_ms));
    return hits.contact(id, contact, actor);
  }
  if (options.verb == "look-again") {
    TRY_ASSIGN(const auto identifier, read_identifier(terminal, options.kind, options.country, options.id_stdin));
    return hits.look_again(id, identifier, actor);
  }
  if (options.verb == "decide" || options.verb == "reconsider") {
    TRY_ASSIGN(const auto outcome, outcome_of(options));
    return options.verb == "decide" ? hits.decide(id, outcome, options.reasons, actor)
                                    : hits.reconsider(id, outcome, options.reasons, actor);
  }
  return fail(ErrorCode::invalid_argument, "there is no such verb of a hit",
              "show, confirm, contact, notify, answer, decide, withdraw, look-again or reconsider");
}

Result<void> run_hit(Terminal& terminal, const HitOptions& options) {
  TRY_ASSIGN(const ScreenSession screen, open_screen_session(options.common));
  TRY_ASSIGN(const Hit before, find_hit(screen.people->hits(), options.which));
  TRY_ASSIGN(const Hit hit, do_verb(terminal, options, screen, before.id));
  describe(terminal, hit, screen.session.workspace->clock().now_ms());
  return {};
}

}  // namespace

void say_labels(Terminal& terminal, const Hit& hit) {
  const Words& words = terminal.words();
  const bool zh = words("en", "zh") == "zh";
  for (const screening::HitLabel& label : hit.labels) {
    const alliance::LabelContent& of = label.content;
    const alliance::ConductEntry& conduct = alliance::conduct_entry(of.conduct);
    terminal.line(words("Listed by {} under {} for {}, until {}; ask {}", "记录方 {}，编号 {}，事由 {}，至 {}；联系 {}",
                        of.filer, of.reference, zh ? conduct.title_zh : conduct.title_en,
                        to_rfc3339(of.until_ms).substr(0, 10), of.contact.empty() ? "-" : of.contact) +
                  (label.stands ? "" : words(" (has ended)", "（已终止）")));
  }
}

void add_screen_hit_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("screen", "Ask whether somebody is listed, and do what a hit obliges to");
  const auto list = grammar.command(group, "hits", "List hits", run_hits);
  add_paging(list);
  add_search(list);
  list->add_option("--state", list.options.state, "Only those in this state");
  const auto hit = grammar.command(group, "hit", "Show a hit, or do what comes next", run_hit);
  HitOptions& of = hit.options;
  hit->add_option("hit", of.which, "Its number or id")->required();
  hit->add_option("verb", of.verb,
                  "show (else), confirm, contact, notify, answer, decide, withdraw, look-again or reconsider");
  hit->add_option("--way", of.way,
                  "confirm: birth_date, name or document_photo; notify: mail, letter, phone or in_person");
  hit->add_flag("--different", of.different, "confirm: it is not the same person");
  hit->add_option("--note", of.note, "What was done or said, without an identifier");
  hit->add_option("--filer", of.filer,
                  "contact: who was asked, by name or reference, when several members list the person");
  hit->add_option("--spoke-to", of.spoke_to, "contact: who answered");
  hit->add_option("--channel", of.channel, "contact: phone, mail, letter or meeting");
  hit->add_option("--answer", of.answer, "contact: confirmed, not_confirmed or no_answer");
  hit->add_option("--at", of.at, "contact, notify: when; else now");
  hit->add_option("--outcome", of.outcome,
                  "decide, reconsider: engaged, declined_confirmed_facts, declined_other_reasons or position_closed");
  hit->add_option("--reasons", of.reasons, "decide, reconsider: two sentences at least");
  hit->add_option("--kind", of.kind, "look-again: resident_id (else) or passport");
  hit->add_option("--country", of.country, "look-again: of a passport");
  hit->add_flag("--id-stdin", of.id_stdin, "Read what is compared, or the identifier, from standard input");
}

}  // namespace probity::cli
