// probity shoot: shoots, who attends, the frames they handed in, decisions on them, and comparing a picture with them.
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/listing.h"
#include "cli/shoot_common.h"
#include "cli/values.h"
#include "shoots/json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

struct OpenOptions {
  CommonOptions common;
  std::string title, place, zone = "UTC";
  std::optional<std::string> project;
  std::vector<std::string> attendees, zones;
};
struct ShootOptions {
  CommonOptions common;
  std::string shoot;
};
struct AttendOptions {
  CommonOptions common;
  std::string shoot, party;
  std::optional<std::string> slot, zone;
};
struct FramesOptions {
  CommonOptions common;
  std::string shoot;
  std::optional<std::string> state, party;
  std::uint32_t limit = 500, offset = 0;
};
struct HandInOptions {
  CommonOptions common;
  std::string shoot, party;
  std::vector<std::string> files;
};
struct ClearOptions {
  CommonOptions common;
  std::vector<std::string> frames;
  std::string decision, reason;
};
struct MatchOptions {
  CommonOptions common;
  std::string file;
  std::vector<std::string> shoots;
  std::optional<std::string> project;
};

const std::string& in_language(const Terminal& terminal, const std::string& en, const std::string& zh) {
  return terminal.words().language() == Language::zh ? zh : en;
}

void describe(Terminal& terminal, const shoots::ShootRow& row) {
  const shoots::Shoot& shoot = row.shoot;
  terminal.line(terminal.words()("{}  {:6} {}, {}  {} attendees, {} frames, {} waiting",
                                 "{}  {:6} {}，{}  到场 {} 人，照片 {} 张，待定 {} 张", shoot.id.text(),
                                 shoots::shoot_state_name(shoot.state), shoot.title, shoot.place, row.attendees.size(),
                                 row.counts.frames, row.counts.waiting));
}

void describe_whole(Terminal& terminal, const shoots::ShootRow& row) {
  describe(terminal, row);
  for (const auto& slot : row.shoot.slots)
    terminal.line(terminal.words()("  slot {}: {} to {}", "  时段 {}：{} 至 {}", slot.label, to_rfc3339(slot.from_ms),
                                   to_rfc3339(slot.to_ms)));
  for (const auto& zone : row.shoot.zones) terminal.line(terminal.words()("  zone {}", "  区域 {}", zone.label));
  for (const auto& one : row.attendees)
    terminal.line(terminal.words()("  {}, {}  under {} ({})  {} frames", "  {}，{}  依据 {}（{}）  照片 {} 张",
                                   one.party_name, text_or_dash(one.organisation_name), one.commitment_number,
                                   commitments::state_name(one.commitment_state), one.counts.frames));
}

Result<void> run_open(Terminal& terminal, const OpenOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  shoots::NewShoot shoot;
  TRY_ASSIGN(shoot.project, find_project(*session.records, options.project));
  shoot.title = options.title;
  shoot.place = options.place;
  shoot.time_zone = options.zone;
  for (const std::string& label : options.zones) shoot.zones.push_back({{}, label});
  for (const std::string& name : options.attendees) {
    TRY_ASSIGN(const auto party, find_party(*session.records, name));
    shoot.attendees.push_back({party.party.id, {}, {}});
  }
  return show_shoot(terminal, session.records->shoots.shoots.create(shoot, command_line_actor()));
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  shoots::ShootFilter filter;
  TRY_ASSIGN(filter.state,
             parse_state_option<shoots::ShootState>(options.state, shoots::parse_shoot_state, "open and closed are"));
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->shoots.shoots.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) {
    items.push_back(shoots::to_json(row));
    describe(terminal, row);
  }
  finish_list(
      terminal, options, "shoots", items, listed.total,
      terminal.words()("No shoots: `probity shoot open` opens one.", "尚无拍摄活动：用 `probity shoot open` 开设。"));
  return {};
}

Result<void> run_show(Terminal& terminal, const ShootOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  return show_shoot(terminal, find_shoot(*session.records, options.shoot));
}

Result<void> run_close(Terminal& terminal, const ShootOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_shoot(*session.records, options.shoot));
  return show_shoot(terminal, session.records->shoots.shoots.close(row.shoot.id, command_line_actor()));
}

Result<void> run_reopen(Terminal& terminal, const ShootOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_shoot(*session.records, options.shoot));
  return show_shoot(terminal, session.records->shoots.shoots.reopen(row.shoot.id, command_line_actor()));
}

Result<void> run_attend(Terminal& terminal, const AttendOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_shoot(*session.records, options.shoot));
  TRY_ASSIGN(const auto party, find_party(*session.records, options.party));
  TRY_ASSIGN(const auto slot, find_slot(row.shoot, options.slot));
  TRY_ASSIGN(const auto zone, find_zone(row.shoot, options.zone));
  return show_shoot(terminal, session.records->shoots.shoots.add_attendee(row.shoot.id, {party.party.id, slot, zone},
                                                                          command_line_actor()));
}

void describe(Terminal& terminal, const shoots::FrameRow& row) {
  terminal.line(terminal.words()("{}  {:14} {}  {}  taken {}, handed in {}", "{}  {:14} {}  {}  拍摄 {}，提交 {}",
                                 row.frame.id.text(), shoots::frame_state_name(row.frame.state), row.party_name,
                                 row.frame.file_name, time_or_dash(row.frame.taken_ms),
                                 to_rfc3339(row.frame.handed_in_ms)));
}

Result<void> run_frames(Terminal& terminal, const FramesOptions& options) {
  shoots::FrameFilter filter;
  TRY_ASSIGN(filter.state,
             parse_state_option<shoots::FrameState>(options.state, shoots::parse_frame_state,
                                                    "handed_in, cleared, not_to_be_used and deleted are"));
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto shoot, find_shoot(*session.records, options.shoot));
  filter.shoot = shoot.shoot.id;
  if (options.party) {
    TRY_ASSIGN(const auto party, find_party(*session.records, *options.party));
    filter.party = party.party.id;
  }
  TRY_ASSIGN(const auto listed, session.records->shoots.frames.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) {
    items.push_back(shoots::to_json(row));
    describe(terminal, row);
  }
  terminal.document({{"frames", items}, {"total", listed.total}});
  if (listed.items.empty()) terminal.line(terminal.words()("No frames.", "没有照片。"));
  return {};
}

// Frames that came another way than from the attendee's phone: by mail, on a card.
Result<void> run_hand_in(Terminal& terminal, const HandInOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::ShootDesk& desk = session.records->shoots;
  TRY_ASSIGN(const auto shoot, find_shoot(*session.records, options.shoot));
  TRY_ASSIGN(const auto party, find_party(*session.records, options.party));
  nlohmann::json items = nlohmann::json::array();
  for (const std::string& path : options.files) {
    TRY_ASSIGN(const Bytes file, store::read_file(path, shoots::kMostFrameBytes));
    TRY_ASSIGN(const auto handed,
               desk.frames.hand_in({shoot.shoot.id, party.party.id, path}, as_text(file), command_line_actor()));
    TRY(desk.frames.prepare(handed.frame.id));
    TRY_ASSIGN(const auto row, desk.frames.find(handed.frame.id));
    items.push_back(shoots::to_json(row));
    describe(terminal, row);
    if (row.frame.preparation == shoots::Preparation::unreadable)
      terminal.note(terminal.words()("{} cannot be read as a picture; it is kept as it is",
                                     "{} 无法作为图片读取；已原样保存", path));
  }
  terminal.document({{"frames", items}});
  return {};
}

Result<void> run_clear(Terminal& terminal, const ClearOptions& options) {
  const auto decision = shoots::parse_decision(options.decision);
  if (!decision)
    return fail(ErrorCode::invalid_argument, "there is no decision " + options.decision,
                "cleared, not_to_be_used and delete are");
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::ShootDesk& desk = session.records->shoots;
  nlohmann::json items = nlohmann::json::array();
  for (const std::string& text : options.frames) {
    TRY_ASSIGN(const Id id, Id::parse(text));
    TRY(desk.frames.clear(id, *decision, options.reason, command_line_actor()));
    TRY(desk.frames.destroy(id));  // nothing unless it was to be deleted; the job finds it done
    TRY_ASSIGN(const auto row, desk.frames.find(id));
    items.push_back(shoots::to_json(row));
    describe(terminal, row);
  }
  terminal.document({{"frames", items}});
  return {};
}

Result<std::vector<Id>> shoots_to_search(app::Records& records, const MatchOptions& options) {
  std::vector<Id> ids;
  for (const std::string& text : options.shoots) {
    TRY_ASSIGN(const auto row, find_shoot(records, text));
    ids.push_back(row.shoot.id);
  }
  if (!ids.empty()) return ids;
  shoots::ShootFilter filter;
  filter.page.limit = 500;
  TRY_ASSIGN(filter.project, find_project_filter(records, options.project));
  TRY_ASSIGN(const auto listed, records.shoots.shoots.list(filter));
  for (const auto& row : listed.items) ids.push_back(row.shoot.id);
  return ids;
}

Result<void> run_match(Terminal& terminal, const MatchOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const Bytes file, store::read_file(options.file, shoots::kMostFrameBytes));
  TRY_ASSIGN(const std::vector<Id> ids, shoots_to_search(*session.records, options));
  const std::string what = terminal.words()("Comparing", "比对中");
  const auto report =
      session.records->shoots.footage.compare(file, ids, [&](std::int64_t done, std::int64_t total) -> Result<void> {
        if (interrupted()) return fail(ErrorCode::cancelled, "stopped");
        terminal.progress(what, static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total)));
        return {};
      });
  terminal.end_progress();
  if (!report) return tl::unexpected(report.error());
  show_footage(terminal, *report);
  return {};
}

void add_frame_commands(Grammar& grammar, CLI::App* shoots) {
  const auto frames = grammar.command(shoots, "frames", "List frames in the order they were taken", run_frames);
  add_shoot_name(frames);
  frames->add_option("--state", frames.options.state, "handed_in, cleared, not_to_be_used or deleted");
  frames->add_option("--of", frames.options.party, "Of this attendee only");
  frames->add_option("--limit", frames.options.limit, "So many at most; 500 otherwise")->between(1, 500);
  frames->add_option("--offset", frames.options.offset, "Leave so many out first");
  const auto hand_in = grammar.command(shoots, "hand-in", "Record frames that came by mail or on a card", run_hand_in);
  add_shoot_name(hand_in);
  hand_in->add_option("files", hand_in.options.files, "Photos as the camera made them")->required();
  hand_in->add_option("--of", hand_in.options.party, "Whose they are: an attendee's name or id")->required();
  const auto clear = grammar.command(shoots, "clear", "Decide on frames", run_clear);
  clear->add_option("frames", clear.options.frames, "Ids of frames")->required();
  clear->add_option("--decision", clear.options.decision, "cleared, not_to_be_used or delete")->required();
  clear->add_option("--reason", clear.options.reason, "Why; the attendee reads it")->required();
  const auto match = grammar.command(shoots, "match", "Which frames a picture is like: leads, no verdict", run_match);
  match->add_option("file", match.options.file, "The picture that was found")->required();
  match->add_option("--shoot", match.options.shoots, "Only this shoot; may be repeated")->repeatable();
  match->add_option("--project", match.options.project, "Only shoots of this project");
}

}  // namespace

Result<shoots::ShootRow> find_shoot(app::Records& records, const std::string& text) {
  shoots::ShootService& service = records.shoots.shoots;
  if (const auto id = Id::parse(text)) return service.find(*id);
  TRY_ASSIGN(auto found, find_all<shoots::ShootRow>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               shoots::ShootFilter filter;
                               filter.page.search = search;
                               filter.page.offset = offset;
                               filter.page.limit = limit;
                               return service.list(filter);
                             },
                             [](const shoots::ShootRow& row) {
                               return Called{row.shoot.id.text(), {row.shoot.title}};
                             }));
  return the_one("shoot", text, std::move(found));
}

Result<std::optional<Id>> find_zone(const shoots::Shoot& shoot, const std::optional<std::string>& label) {
  if (!label) return std::optional<Id>();
  for (const shoots::Zone& zone : shoot.zones)
    if (parties::fold_for_lookup(zone.label) == parties::fold_for_lookup(*label)) return std::optional(zone.id);
  return fail(ErrorCode::not_found, "the shoot has no zone called " + *label, "`probity shoot show` lists its zones");
}

Result<std::optional<Id>> find_slot(const shoots::Shoot& shoot, const std::optional<std::string>& label) {
  if (!label) return std::optional<Id>();
  for (const shoots::Slot& slot : shoot.slots)
    if (parties::fold_for_lookup(slot.label) == parties::fold_for_lookup(*label)) return std::optional(slot.id);
  return fail(ErrorCode::not_found, "the shoot has no slot called " + *label, "`probity shoot show` lists its slots");
}

Result<void> show_shoot(Terminal& terminal, const Result<shoots::ShootRow>& row) {
  if (!row) return tl::unexpected(row.error());
  terminal.document(shoots::to_json(*row));
  describe_whole(terminal, *row);
  return {};
}

void show_footage(Terminal& terminal, const shoots::FootageReport& report) {
  terminal.document(shoots::to_json(report));
  for (const shoots::LeadRow& row : report.leads) {
    terminal.line(terminal.words()("{}, {}  {} ({})  frame {}", "{}，{}  {}（{}）  照片 {}", row.party_name,
                                   text_or_dash(row.organisation_name), shoots::footage_match_name(row.lead.match),
                                   row.shoot_title, row.lead.frame.text()));
    for (const auto& reason : row.reasons) terminal.line("  " + in_language(terminal, reason.en, reason.zh));
  }
  if (report.earlier)
    terminal.line(terminal.words()("This is what an earlier comparison found, begun at {} by {}.",
                                   "以上为较早一次比对的结果，开始于 {}，发起人 {}。",
                                   to_rfc3339(report.earlier->begun_ms), report.earlier->by));
  const shoots::TwoLanguages note = shoots::footage_note(report.search.state, !report.leads.empty());
  terminal.line(in_language(terminal, note.en, note.zh));
}

void add_shoot_commands(Grammar& grammar) {
  CLI::App* shoots = grammar.group("shoot", "Confidential shoots and the frames of their attendees");
  const auto open = grammar.command(shoots, "open", "Open a shoot", run_open);
  open->add_option("title", open.options.title, "What to call it")->required();
  open->add_option("--place", open.options.place, "Where")->required();
  open->add_option("--time-zone", open.options.zone, "Its IANA time zone; UTC otherwise");
  open->add_option("--project", open.options.project, "For which project; the only open one otherwise");
  open->add_option("--attendee", open.options.attendees, "A person whose commitment is in force; may be repeated")
      ->repeatable();
  open->add_option("--zone", open.options.zones, "A part of the place; may be repeated")->repeatable();
  open->footer("Example: probity shoot open \"Night preview\" --place \"Hall 4\" --attendee \"Mira Holloway\"");
  const auto list = grammar.command(shoots, "list", "List shoots", run_list);
  list->add_option("--project", list.options.project, "Of this project only");
  list->add_option("--state", list.options.state, "open or closed");
  add_search(list);
  add_paging(list);
  add_shoot_name(grammar.command(shoots, "show", "Show a shoot and who attends", run_show));
  add_shoot_name(grammar.command(shoots, "close", "Take no more frames", run_close));
  add_shoot_name(grammar.command(shoots, "reopen", "Take frames again", run_reopen));
  const auto attend = grammar.command(shoots, "attend", "Put a person on the list", run_attend);
  add_shoot_name(attend);
  attend->add_option("party", attend.options.party, "Name or id of a person whose commitment is in force")->required();
  attend->add_option("--slot", attend.options.slot, "The label of their slot");
  attend->add_option("--zone", attend.options.zone, "The label of their zone");
  add_shoot_edit_commands(grammar);
  add_frame_commands(grammar, shoots);
}

}  // namespace probity::cli
