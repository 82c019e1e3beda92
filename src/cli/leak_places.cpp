// probity leak …: where a leak was seen and since when, what somebody outside had published before, and the matter
// itself: its title, note and project, opening it again, taking back the question for a name.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/grammar.h"
#include "cli/leak_person.h"
#include "cli/values.h"
#include "leaks/leak_json.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct LeakPlaceOptions {
  CommonOptions common;
  std::string leak;
  std::optional<std::string> email, code;
};
struct LeakSeenOptions {
  CommonOptions common;
  std::string leak, address, platform, account, channel = "other", captured_by, captured_how, note;
  std::optional<std::string> seen, taken_down, file, email, code;
};
struct LeakSightingOptions {
  CommonOptions common;
  std::string leak, sighting, reason;
  std::optional<std::string> address, platform, account, channel, seen, captured_by, captured_how, file, taken_down,
      note, email, code;
};
struct LeakPublicationOptions {
  CommonOptions common;
  std::string leak, where, published, address, note;
  std::optional<std::string> email, code;
};
struct LeakEditOptions {
  CommonOptions common;
  std::string leak;
  std::optional<std::string> title, note, project, email, code;
};
struct LeakReopenOptions {
  CommonOptions common;
  std::string leak, reason;
  std::optional<std::string> email, code;
};

// Finds the leak, acts as the person, and does `verb(records, leak, actor) -> Result<void>`.
template <class Options, class Verb>
Result<void> act_on_leak(const Options& options, Verb verb) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto actor, act_as(*session.records, options.email, options.code, Permission::write_leaks));
  return verb(*session.records, row.leak, actor);
}

void tell_sighting(Terminal& terminal, const leaks::Sighting& one) {
  terminal.line(terminal.words()("{}  seen {}: {} ({}{}), taken down {}", "{}  发现于 {}：{}（{}{}），撤下于 {}",
                                 one.id.text(), to_rfc3339(one.seen_ms), one.address, one.channel,
                                 one.account.empty() ? std::string() : ", " + one.account,
                                 time_or_dash(one.taken_down_ms)));
  if (const leaks::SightingChange* withdrawal = one.withdrawal())
    terminal.line(terminal.words()("    withdrawn {} by {}: {}", "    撤回于 {}，{}：{}", to_rfc3339(withdrawal->at_ms),
                                   withdrawal->by, withdrawal->reason));
  else if (!one.changes.empty() && one.changes.back().deed == leaks::SightingDeed::corrected)
    terminal.line(terminal.words()("    corrected {} by {}: {}", "    更正于 {}，{}：{}",
                                   to_rfc3339(one.changes.back().at_ms), one.changes.back().by,
                                   one.changes.back().reason));
}

void tell_publication(Terminal& terminal, const leaks::Publication& one) {
  terminal.line(terminal.words()("{}  published {}: {} {}", "{}  公开于 {}：{} {}", one.id.text(),
                                 to_rfc3339(one.published_ms), one.where, one.address));
}

Result<void> tell_leak(Terminal& terminal, const Result<leaks::LeakRow>& row) {
  if (!row) return tl::unexpected<Error>(row.error());
  terminal.document(leaks::to_json(*row));
  terminal.line(fmt::format("{}  {:16} {}", row->leak.number, leaks::state_name(row->leak.state), row->leak.title));
  return {};
}

Result<void> run_places(Terminal& terminal, const LeakPlaceOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto detail, session.records->leaks.detail(row.leak.id));
  nlohmann::json sightings = nlohmann::json::array(), publications = nlohmann::json::array();
  for (const auto& one : detail.sightings) {
    sightings.push_back(leaks::to_json(one));
    tell_sighting(terminal, one);
  }
  for (const auto& one : detail.publications) {
    publications.push_back(leaks::to_json(one));
    tell_publication(terminal, one);
  }
  if (detail.sightings.empty() && detail.publications.empty())
    terminal.line(terminal.words()("Nobody has said where it was seen: `probity leak seen` does.",
                                   "尚未记录出现之处：用 `probity leak seen` 记录。"));
  terminal.document({{"leak", row.leak.number}, {"sightings", sightings}, {"publications", publications}});
  return {};
}

Result<void> run_seen(Terminal& terminal, const LeakSeenOptions& options) {
  return act_on_leak(options,
                     [&](app::Records& records, const leaks::Leak& leak, const events::Actor& actor) -> Result<void> {
                       leaks::NewSighting sighting;
                       sighting.address = options.address;
                       sighting.platform = options.platform;
                       sighting.account = options.account;
                       sighting.channel = options.channel;
                       sighting.captured_by = options.captured_by;
                       sighting.captured_how = options.captured_how;
                       sighting.note = options.note;
                       sighting.seen_ms = records.workspace.clock().now_ms();
                       if (options.seen) {
                         TRY_ASSIGN(sighting.seen_ms, parse_time("--seen", *options.seen));
                       }
                       if (options.taken_down) {
                         TRY_ASSIGN(sighting.taken_down_ms, parse_time("--taken-down", *options.taken_down));
                       }
                       if (options.file) {
                         TRY_ASSIGN(const auto item, find_evidence(records, {leak.id}, *options.file));
                         sighting.item = item.id;
                       }
                       TRY_ASSIGN(const auto added, records.leaks.add_sighting(leak.id, sighting, actor));
                       terminal.document(leaks::to_json(added));
                       tell_sighting(terminal, added);
                       return {};
                     });
}

// By the start of its id, or by its address.
Result<leaks::Sighting> find_sighting(app::Records& records, const Id& leak, const std::string& text) {
  TRY_ASSIGN(const auto detail, records.leaks.detail(leak));
  std::vector<leaks::Sighting> found;
  for (const auto& one : detail.sightings)
    if (one.address == text || (is_start_of_id(text) && one.id.text().starts_with(text))) found.push_back(one);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(ErrorCode::not_found, "it was not seen at " + text, "`probity leak places` lists where it was");
  return fail(ErrorCode::invalid_argument, "it was seen there several times",
              "name the one by its id: `probity leak places` lists them");
}

Result<leaks::SightingEdit> edit_of(app::Records& records, const Id& leak, const LeakSightingOptions& options) {
  leaks::SightingEdit edit;
  edit.address = options.address;
  edit.platform = options.platform;
  edit.account = options.account;
  edit.channel = options.channel;
  edit.captured_by = options.captured_by;
  edit.captured_how = options.captured_how;
  edit.note = options.note;
  edit.reason = options.reason;
  if (options.seen) {
    TRY_ASSIGN(edit.seen_ms, parse_time("--seen", *options.seen));
  }
  if (options.taken_down) {
    TRY_ASSIGN(edit.taken_down_ms, parse_time_or_none("--taken-down", *options.taken_down));
  }
  if (options.file == "none") {
    edit.item.emplace();
  } else if (options.file) {
    TRY_ASSIGN(const auto item, find_evidence(records, {leak}, *options.file));
    edit.item = item.id;
  }
  return edit;
}

// Finds the sighting, does `verb(records, leak, sighting, actor) -> Result<leaks::Sighting>`, and shows what came of
// it.
template <class Verb>
Result<void> act_on_sighting(Terminal& terminal, const LeakSightingOptions& options, Verb verb) {
  return act_on_leak(options,
                     [&](app::Records& records, const leaks::Leak& leak, const events::Actor& actor) -> Result<void> {
                       TRY_ASSIGN(const auto known, find_sighting(records, leak.id, options.sighting));
                       TRY_ASSIGN(const leaks::Sighting changed, verb(records, leak.id, known.id, actor));
                       terminal.document(leaks::to_json(changed));
                       tell_sighting(terminal, changed);
                       return {};
                     });
}

Result<void> run_seen_edit(Terminal& terminal, const LeakSightingOptions& options) {
  const std::optional<std::string> given[] = {
      options.address,     options.platform, options.account, options.channel,      options.seen,
      options.captured_by, options.file,     options.note,    options.captured_how, options.taken_down};
  if (std::ranges::none_of(given, [](const auto& one) { return one.has_value(); }))
    return fail(ErrorCode::invalid_argument, "nothing is to be changed",
                "give --address, --seen, --taken-down or what else was wrong");
  return act_on_sighting(terminal, options,
                         [&](app::Records& records, const Id& leak, const Id& sighting,
                             const events::Actor& actor) -> Result<leaks::Sighting> {
                           TRY_ASSIGN(const leaks::SightingEdit edit, edit_of(records, leak, options));
                           return records.leaks.update_sighting(leak, sighting, edit, actor);
                         });
}

Result<void> run_seen_withdraw(Terminal& terminal, const LeakSightingOptions& options) {
  return act_on_sighting(terminal, options,
                         [&](app::Records& records, const Id& leak, const Id& sighting, const events::Actor& actor) {
                           return records.leaks.withdraw_sighting(leak, sighting, options.reason, actor);
                         });
}

Result<void> run_seen_restore(Terminal& terminal, const LeakSightingOptions& options) {
  return act_on_sighting(terminal, options,
                         [&](app::Records& records, const Id& leak, const Id& sighting, const events::Actor& actor) {
                           return records.leaks.restore_sighting(leak, sighting, options.reason, actor);
                         });
}

Result<void> run_publication(Terminal& terminal, const LeakPublicationOptions& options) {
  leaks::NewPublication publication;
  publication.where = options.where;
  publication.address = options.address;
  publication.note = options.note;
  TRY_ASSIGN(publication.published_ms, parse_time("--published", options.published));
  return act_on_leak(options,
                     [&](app::Records& records, const leaks::Leak& leak, const events::Actor& actor) -> Result<void> {
                       TRY_ASSIGN(const auto added, records.leaks.add_publication(leak.id, publication, actor));
                       terminal.document(leaks::to_json(added));
                       tell_publication(terminal, added);
                       return {};
                     });
}

Result<void> run_leak_edit(Terminal& terminal, const LeakEditOptions& options) {
  if (!options.title && !options.note && !options.project)
    return fail(ErrorCode::invalid_argument, "nothing is to be changed", "give --title, --note or --project");
  return act_on_leak(options,
                     [&](app::Records& records, const leaks::Leak& leak, const events::Actor& actor) -> Result<void> {
                       leaks::LeakChange change;
                       change.title = options.title;
                       change.note = options.note;
                       if (options.project == "none") {
                         change.project.emplace();
                       } else if (options.project) {
                         TRY_ASSIGN(change.project, find_project_filter(records, options.project));
                       }
                       return tell_leak(terminal, records.leaks.update(leak.id, change, actor));
                     });
}

Result<void> run_leak_reopen(Terminal& terminal, const LeakReopenOptions& options) {
  return act_on_leak(options, [&](app::Records& records, const leaks::Leak& leak, const events::Actor& actor) {
    return tell_leak(terminal, records.leaks.reopen(leak.id, options.reason, actor));
  });
}

Result<void> run_unmask_withdraw(Terminal& terminal, const LeakPlaceOptions& options) {
  return act_on_leak(options,
                     [&](app::Records& records, const leaks::Leak& leak, const events::Actor& actor) -> Result<void> {
                       TRY(records.unmasking.withdraw(leak.id, actor));
                       return tell_leak(terminal, records.leaks.find(leak.id));
                     });
}

// Which leak, and who does it.
template <class Options>
void add_leak_and_person(const Command<Options>& command) {
  command->add_option("leak", command.options.leak, "Its number (L-2026-0001), id or title")->required();
  command->add_option("--as", command.options.email,
                      "The account of this address does it; its password comes from $PROBITY_PASSWORD or is asked for");
  command->add_option("--code", command.options.code, "The account's one-time code");
}

void add_sightings(Grammar& grammar, CLI::App* group) {
  const auto seen = grammar.command(group, "seen", "Record where it was seen", run_seen);
  add_leak_and_person(seen);
  seen->add_option("address", seen.options.address, "A web address or a place")->required();
  seen->add_option("--platform", seen.options.platform, "The site or app");
  seen->add_option("--account", seen.options.account, "Who posted it there");
  seen->add_option("--channel", seen.options.channel, "One of the channels of commitments, or other");
  seen->add_option("--seen", seen.options.seen, "When, such as 2027-03-01T18:00:00+01:00; now otherwise");
  seen->add_option("--taken-down", seen.options.taken_down, "When it was taken down there");
  seen->add_option("--captured-by", seen.options.captured_by, "Who saved what was seen");
  seen->add_option("--captured-how", seen.options.captured_how, "How they saved it");
  seen->add_option("--file", seen.options.file, "The evidence that shows it: its file's name or id");
  seen->add_option("--note", seen.options.note, "What else is known");
}

void add_sighting_name(const Command<LeakSightingOptions>& command) {
  add_leak_and_person(command);
  command->add_option("sighting", command.options.sighting, "The address it was seen at, or the start of its id")
      ->required();
}

void add_sighting_changes(Grammar& grammar, CLI::App* group) {
  const auto edit =
      grammar.command(group, "seen-edit",
                      "Correct where it was seen, or record that it was taken down or is there again", run_seen_edit);
  add_sighting_name(edit);
  edit->add_option("--address", edit.options.address, "A web address or a place");
  edit->add_option("--platform", edit.options.platform, "The site or app");
  edit->add_option("--account", edit.options.account, "Who posted it there");
  edit->add_option("--channel", edit.options.channel, "One of the channels of commitments, or other");
  edit->add_option("--seen", edit.options.seen, "When, such as 2027-03-01T18:00:00+01:00");
  edit->add_option("--taken-down", edit.options.taken_down, "When it was taken down, or none");
  edit->add_option("--captured-by", edit.options.captured_by, "Who saved what was seen");
  edit->add_option("--captured-how", edit.options.captured_how, "How they saved it");
  edit->add_option("--file", edit.options.file, "The evidence that shows it: its file's name or id, or none");
  edit->add_option("--note", edit.options.note, "What else is known");
  edit->add_option("--reason", edit.options.reason, "Why; needed unless it is only taken down, there again, or noted");
  edit->footer("What it said before stays with it, and in custody.");
  const auto withdraw = grammar.command(
      group, "seen-withdraw", "Withdraw a sighting: it stays on record and counts no more", run_seen_withdraw);
  add_sighting_name(withdraw);
  withdraw->add_option("--reason", withdraw.options.reason, "Why")->required();
  const auto restore = grammar.command(group, "seen-restore", "Let a withdrawn sighting count again", run_seen_restore);
  add_sighting_name(restore);
  restore->add_option("--reason", restore.options.reason, "Why")->required();
}

}  // namespace

void add_leak_place_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("leak", "Leaked pictures");
  add_leak_and_person(
      grammar.command(group, "places", "Where it was seen, and who had published it before", run_places));
  add_sightings(grammar, group);
  add_sighting_changes(grammar, group);
  const auto publication =
      grammar.command(group, "publication", "Record that somebody outside had published it", run_publication);
  add_leak_and_person(publication);
  publication->add_option("where", publication.options.where, "The outlet or site")->required();
  publication->add_option("--published", publication.options.published, "When it was published there")->required();
  publication->add_option("--address", publication.options.address, "Its web address");
  publication->add_option("--note", publication.options.note, "What else is known");
  const auto edit = grammar.command(group, "edit", "Change title, note or project", run_leak_edit);
  add_leak_and_person(edit);
  edit->add_option("--title", edit.options.title, "What leaked, in a few words");
  edit->add_option("--note", edit.options.note, "What else is known");
  edit->add_option("--project", edit.options.project, "The project it belongs to, or none");
  const auto reopen = grammar.command(group, "reopen", "Open a closed matter again", run_leak_reopen);
  add_leak_and_person(reopen);
  reopen->add_option("--reason", reopen.options.reason, "Why")->required();
  add_leak_and_person(
      grammar.command(group, "withdraw", "Take back one's own question for a name", run_unmask_withdraw));
}

}  // namespace probity::cli
