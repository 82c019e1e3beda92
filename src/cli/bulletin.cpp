// probity bulletin list|show|publish|reply|sighting|withdraw|export: the alliance's board, as this member's node sees
// it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "bulletins/pictures.h"
#include "cli/board_session.h"
#include "cli/grammar.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kMostProposalBytes = 1 << 20;

struct ShowOptions {
  CommonOptions common;
  std::string bulletin;
};
struct PublishOptions {
  CommonOptions common;
  std::string file, group;
  std::vector<std::string> pictures;
};
struct ReplyOptions {
  CommonOptions common;
  std::string bulletin, text;
};
struct SightingOptions {
  CommonOptions common;
  std::string bulletin, verdict = "seen", note;
  std::uint32_t count = 1;
};
struct WithdrawOptions {
  CommonOptions common;
  std::string bulletin, reason = "mistaken";
};
struct ExportOptions {
  CommonOptions common;
  bool stix = false;
  std::string out;
};

void say_row(Terminal& terminal, const json& row) {
  const Words& words = terminal.words();
  const std::string number = row.value("number", "");
  if (row.value("state", "") == "withdrawn") {
    terminal.line(words("{}  withdrawn", "{}  已撤回", number));
    return;
  }
  const std::string author =
      row["author"].is_string() ? row["author"].get<std::string>() : std::string(words("author withheld", "不具名"));
  terminal.line(words("{}  TLP:{}  {}{}  ({})", "{}  TLP:{}  {}{}（{}）", number, row.value("tlp", ""),
                      row.value("read", true) ? "" : "* ", row.value("title", ""), author));
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  TRY_ASSIGN(const BoardSession member, BoardSession::open(options.common));
  json body{{"search", options.search}, {"limit", options.limit}, {"offset", options.offset}};
  if (options.state) body["state"] = *options.state;
  TRY_ASSIGN(const json listed, member.ask("POST", "/list", body));
  terminal.document(listed);
  for (const json& row : listed.value("items", json::array())) say_row(terminal, row);
  terminal.line(terminal.words()("{} in all, {} unread", "共 {} 条，未读 {} 条", listed.value("total", 0),
                                 listed.value("unread", 0)));
  return {};
}

Result<void> run_show(Terminal& terminal, const ShowOptions& options) {
  TRY_ASSIGN(const BoardSession member, BoardSession::open(options.common));
  TRY_ASSIGN(const std::string id, member.find(options.bulletin));
  TRY_ASSIGN(const json bulletin, member.ask("GET", "/" + id));
  terminal.document(bulletin);
  say_row(terminal, bulletin);
  if (!bulletin.contains("text")) return {};
  terminal.line(bulletin["allows"].value(terminal.words()("en", "zh"), ""));
  terminal.line("");
  terminal.line(bulletin.value("text", ""));
  for (const json& link : bulletin["links"]) terminal.line("  " + link.value("url", ""));
  return {};
}

// The group's members of this moment: the hub hears of them and of the group's name.
Result<json> audience_of_group(Terminal& terminal, const BoardSession& member, const std::string& name) {
  TRY_ASSIGN(const bulletins::GroupView named, find_group(*member.groups, name));
  TRY_ASSIGN(const bulletins::GroupView group, member.groups->resolve(named.group.id));
  json members = json::array();
  for (const bulletins::MemberName& one : group.group.members) {
    if (!group.left.contains(one.id))
      members.push_back(one.id.text());
    else
      terminal.note(terminal.words()("{} is left out: suspended, or no longer in the alliance",
                                     "已略去 {}：被暂停或已退出联盟", one.name));
  }
  if (members.empty())
    return fail(ErrorCode::conflict, "all members of the group have left the alliance", "choose another group");
  return json{{"kind", "members"}, {"name", group.group.name}, {"members", std::move(members)}};
}

// The file holds what the API takes to draft one (docs/api/openapi.yaml, BulletinRequest).
Result<void> run_publish(Terminal& terminal, const PublishOptions& options) {
  TRY_ASSIGN(const Bytes text, store::read_file(options.file, kMostProposalBytes));
  json proposal = json::parse(as_text(text), nullptr, false);
  if (!proposal.is_object())
    return fail(ErrorCode::invalid_argument, options.file + " is no JSON object", "see BulletinRequest in the API");
  TRY_ASSIGN(const BoardSession member, BoardSession::open(options.common));
  if (!options.group.empty()) {
    TRY_ASSIGN(proposal["audience"], audience_of_group(terminal, member, options.group));
  }
  proposal["pictures"] = json::array();
  const bulletins::PictureCleaner clean = bulletins::picture_cleaner();
  for (const std::string& file : options.pictures) {
    TRY_ASSIGN(const Bytes bytes, store::read_file(file, bulletins::kMostPictureFileBytes));
    TRY_ASSIGN(const bulletins::CleanPicture picture, clean(bytes));
    TRY_ASSIGN(const std::string sent, member.send("POST", "/pictures", std::string(as_text(picture.jpeg))));
    const json answer = json::parse(sent, nullptr, false);
    if (!answer.is_object()) return fail(ErrorCode::unavailable, "the hub's answer is not readable");
    proposal["pictures"].push_back(answer.value("id", ""));
  }
  TRY_ASSIGN(const json published, member.ask("POST", "", proposal));
  terminal.document(published);
  terminal.line(terminal.words()("{} is published", "{} 已发布", published.value("number", "")));
  return {};
}

Result<void> run_reply(Terminal& terminal, const ReplyOptions& options) {
  TRY_ASSIGN(const BoardSession member, BoardSession::open(options.common));
  TRY_ASSIGN(const std::string id, member.find(options.bulletin));
  TRY_ASSIGN(const json bulletin, member.ask("POST", "/" + id + "/replies", {{"text", options.text}}));
  terminal.document(bulletin);
  terminal.line(
      terminal.words()("Sent to all who may read {}", "已发送给所有可阅读 {} 的成员", bulletin.value("number", "")));
  return {};
}

Result<void> run_sighting(Terminal& terminal, const SightingOptions& options) {
  TRY_ASSIGN(const BoardSession member, BoardSession::open(options.common));
  TRY_ASSIGN(const std::string id, member.find(options.bulletin));
  TRY_ASSIGN(const json bulletin,
             member.ask("POST", "/" + id + "/sightings",
                        {{"verdict", options.verdict}, {"count", options.count}, {"note", options.note}}));
  terminal.document(bulletin);
  terminal.line(terminal.words()("{}: seen {} times, false by {} members", "{}：发现 {} 次，{} 家成员认为不实",
                                 bulletin.value("number", ""), bulletin.value("seen", 0), bulletin.value("denied", 0)));
  return {};
}

Result<void> run_withdraw(Terminal& terminal, const WithdrawOptions& options) {
  TRY_ASSIGN(const BoardSession member, BoardSession::open(options.common));
  TRY_ASSIGN(const std::string id, member.find(options.bulletin));
  TRY_ASSIGN(const json bulletin, member.ask("POST", "/" + id + "/withdraw", {{"reason", options.reason}}));
  terminal.document(bulletin);
  terminal.line(terminal.words()("{} is withdrawn", "{} 已撤回", bulletin.value("number", "")));
  return {};
}

Result<void> run_export(Terminal& terminal, const ExportOptions& options) {
  TRY_ASSIGN(const BoardSession member, BoardSession::open(options.common));
  TRY_ASSIGN(const json document, member.ask("GET", options.stix ? "/stix" : "/feed"));
  const std::string text = document.dump(2) + "\n";
  if (options.out.empty()) {
    terminal.document(document);
    terminal.line(document.dump(2));
    return {};
  }
  TRY(store::write_file(options.out, as_bytes(text), {store::Existing::keep}));
  terminal.document({{"file", options.out}});
  terminal.line(terminal.words()("Written: {}. Its items carry TLP labels; RED ones are not in it.",
                                 "已写入：{}。各条目带有 TLP 标签；不含 RED 级通报。", options.out));
  return {};
}

}  // namespace

void add_bulletin_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("bulletin", "What members of the alliance tell each other");
  const auto list = grammar.command(group, "list", "Bulletins for this member, newest first", run_list);
  add_search(list);
  add_paging(list);
  list->add_option("--state", list.options.state, "published or withdrawn");
  const auto show = grammar.command(group, "show", "One bulletin", run_show);
  show->add_option("bulletin", show.options.bulletin, "Its number or id")->required();
  const auto publish = grammar.command(group, "publish", "Publish a bulletin", run_publish);
  publish->add_option("file", publish.options.file, "JSON: kind, title, text, tlp, audience, expires_at, accused …")
      ->required();
  publish->add_option("--group", publish.options.group, "To this desk's group, whatever audience the file names");
  publish->add_option("--picture", publish.options.pictures, "A picture; encoded anew without metadata")->repeatable();
  const auto reply = grammar.command(group, "reply", "Reply to all who may read it", run_reply);
  reply->add_option("bulletin", reply.options.bulletin, "Its number or id")->required();
  reply->add_option("--text", reply.options.text, "What to say")->required();
  const auto sighting =
      grammar.command(group, "sighting", "Say that it was seen here, or that it is false", run_sighting);
  sighting->add_option("bulletin", sighting.options.bulletin, "Its number or id")->required();
  sighting->add_option("--verdict", sighting.options.verdict, "seen or false");
  sighting->add_option("--count", sighting.options.count, "How many times")->between(1, 1'000'000);
  sighting->add_option("--note", sighting.options.note, "Where, when");
  const auto withdraw = grammar.command(group, "withdraw", "Take an own bulletin back", run_withdraw);
  withdraw->add_option("bulletin", withdraw.options.bulletin, "Its number or id")->required();
  withdraw->add_option("--reason", withdraw.options.reason, "mistaken, resolved, replaced or unlawful");
  add_bulletin_group_commands(grammar, group);
  const auto out = grammar.command(group, "export", "All that may leave in a file", run_export);
  out->add_flag("--stix", out.options.stix, "As a STIX 2.1 bundle; a JSON Feed otherwise");
  out->add_option("--out", out.options.out, "The file; standard output otherwise");
}

}  // namespace probity::cli
