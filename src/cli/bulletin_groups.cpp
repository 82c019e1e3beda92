// probity bulletin groups: members that this desk writes to together, under a name.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "bulletins/json.h"
#include "bulletins/rules.h"
#include "cli/board_session.h"
#include "cli/grammar.h"

namespace probity::cli {
namespace {

using bulletins::GroupView;
using nlohmann::json;

struct GroupOptions {
  CommonOptions common;
  std::string verb = "list", group;
  std::vector<std::string> members;
  std::string name;
  bool yes = false;
};

void say_group(Terminal& terminal, const GroupView& view) {
  const Words& words = terminal.words();
  std::string members;
  for (const bulletins::MemberName& one : view.group.members) {
    members += (members.empty() ? "" : ", ") + one.name;
    if (view.left.contains(one.id)) members += words(" (left or suspended)", "（已退出或被暂停）");
  }
  terminal.line(view.group.name + ": " + members);
}

// Members of the alliance by name, in any case, or by id; those of the group as well, though they may have left.
Result<std::set<Id>> members_named(const BoardSession& session, const std::vector<std::string>& names,
                                   const GroupView* group) {
  TRY_ASSIGN(const json listed, session.ask("GET", "/members"));
  const json items = listed.value("items", json::array());
  std::set<Id> found;
  for (const std::string& name : names) {
    const auto is_it = [&](const std::string& other) { return bulletins::folded(other) == bulletins::folded(name); };
    std::optional<Id> one;
    if (const auto id = Id::parse(name)) one = *id;
    for (const json& item : items)
      if (const auto id = Id::parse(item.value("id", "")); !one && id && is_it(item.value("name", ""))) one = *id;
    if (group != nullptr)
      for (const bulletins::MemberName& member : group->group.members)
        if (!one && is_it(member.name)) one = member.id;
    if (!one)
      return fail(ErrorCode::not_found, "--member: no member of the alliance is called " + name,
                  "members are named as the alliance's directory has them");
    found.insert(*one);
  }
  return found;
}

Result<GroupView> change_members(const BoardSession& session, const GroupOptions& options, const std::string& by) {
  TRY_ASSIGN(const GroupView before, find_group(*session.groups, options.group));
  TRY_ASSIGN(const std::set<Id> named, members_named(session, options.members, &before));
  std::set<Id> members;
  for (const bulletins::MemberName& one : before.group.members) members.insert(one.id);
  for (const Id& one : named)
    if (options.verb == "add")
      members.insert(one);
    else if (members.erase(one) == 0)
      return fail(ErrorCode::not_found, "--member: the group has no such member");
  return session.groups->change(before.group.id, std::nullopt, members, by);
}

Result<GroupView> do_group_verb(const BoardSession& session, const GroupOptions& options) {
  const std::string by = command_line_actor().name;
  if (options.group.empty())
    return fail(ErrorCode::invalid_argument, "which group is meant?", "name it behind the verb");
  if (options.verb == "show") return find_group(*session.groups, options.group);
  if (options.verb == "create") {
    TRY_ASSIGN(const std::set<Id> members, members_named(session, options.members, nullptr));
    return session.groups->create(options.group, members, by);
  }
  if (options.verb == "rename") {
    if (options.name.empty()) return fail(ErrorCode::invalid_argument, "--name: how is it called from now on?");
    TRY_ASSIGN(const GroupView before, find_group(*session.groups, options.group));
    return session.groups->change(before.group.id, options.name, std::nullopt, by);
  }
  if (options.verb == "add" || options.verb == "remove") {
    if (options.members.empty()) return fail(ErrorCode::invalid_argument, "--member: who?");
    return change_members(session, options, by);
  }
  return fail(ErrorCode::invalid_argument, "groups cannot " + options.verb,
              "list, show, create, rename, add, remove or delete");
}

Result<void> run_groups(Terminal& terminal, const GroupOptions& options) {
  TRY_ASSIGN(const BoardSession session, BoardSession::open(options.common));
  if (options.verb == "list") {
    TRY_ASSIGN(const auto all, session.groups->all());
    json items = json::array();
    for (const GroupView& view : all) items.push_back(bulletins::to_json(view));
    terminal.document({{"items", std::move(items)}, {"total", all.size()}});
    for (const GroupView& view : all) say_group(terminal, view);
    terminal.line(terminal.words()("{} in all", "共 {} 个", all.size()));
    return {};
  }
  if (options.verb == "delete") {
    TRY_ASSIGN(const GroupView view, find_group(*session.groups, options.group));
    if (!options.yes)
      return fail(ErrorCode::invalid_argument, "a group that is deleted does not come back", "say --yes to delete it");
    TRY(session.groups->remove(view.group.id));
    terminal.document({{"deleted", view.group.id.text()}});
    terminal.line(terminal.words()("{} is deleted; bulletins that were sent keep their readers",
                                   "已删除 {}；已发送的通报仍由原接收成员可见", view.group.name));
    return {};
  }
  TRY_ASSIGN(const GroupView view, do_group_verb(session, options));
  terminal.document(bulletins::to_json(view));
  say_group(terminal, view);
  return {};
}

}  // namespace

void add_bulletin_group_commands(Grammar& grammar, CLI::App* group) {
  const auto groups = grammar.command(group, "groups", "Members that bulletins go to together", run_groups);
  GroupOptions& of = groups.options;
  groups->add_option("verb", of.verb, "list (else), show, create, rename, add, remove or delete");
  groups->add_option("group", of.group, "Its name or id");
  groups->add_option("--member", of.members, "create, add, remove: a member by name or id")->repeatable();
  groups->add_option("--name", of.name, "rename: the new name");
  groups->add_flag("--yes", of.yes, "delete: without asking");
}

}  // namespace probity::cli
