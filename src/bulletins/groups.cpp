#include "bulletins/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "names/han.h"

namespace probity::bulletins {
namespace {

constexpr TimeMs kLatelyMs = 10'000;

Error no_such_group() { return {ErrorCode::not_found, "there is no such group", ""}; }

const MemberName* named(const std::vector<MemberName>& members, const Id& id) {
  const auto found = std::ranges::find(members, id, &MemberName::id);
  return found == members.end() ? nullptr : &*found;
}

GroupView beside(Group group, const std::optional<std::vector<MemberName>>& members) {
  GroupView view{std::move(group), {}, members.has_value()};
  if (members)
    for (const MemberName& one : view.group.members)
      if (named(*members, one.id) == nullptr) view.left.insert(one.id);
  return view;
}

// Those ids with their names: of the alliance now, or of the group as it was.
Result<std::vector<MemberName>> with_names(const std::set<Id>& ids, const std::vector<MemberName>& members,
                                           const std::vector<MemberName>& before) {
  if (ids.empty()) return fail(ErrorCode::invalid_argument, "a group has at least one member");
  if (ids.size() > kMostAudience)
    return fail(ErrorCode::invalid_argument, fmt::format("a group has at most {} members", kMostAudience));
  std::vector<MemberName> out;
  for (const Id& id : ids) {
    const MemberName* one = named(members, id);
    if (one == nullptr) one = named(before, id);
    if (one == nullptr)
      return fail(ErrorCode::not_found, "the group would hold somebody who is no member",
                  "choose from the alliance's members");
    out.push_back(*one);
  }
  std::ranges::sort(out, {}, [](const MemberName& one) { return std::pair(folded(one.name), one.id); });
  return out;
}

}  // namespace

Result<std::vector<MemberName>> Groups::ask_members() {
  TRY_ASSIGN(const std::string answer, ports_.hub.call("GET", "/alliance/v1/bulletins/members", {}, Id{}));
  const auto body = nlohmann::json::parse(answer, nullptr, false);
  std::vector<MemberName> members;
  const bool is_list = body.is_object() && body.contains("items") && body["items"].is_array();
  for (const auto& item : is_list ? body["items"] : nlohmann::json::array()) {
    const auto text = [&](const char* name) {
      return item.is_object() && item.contains(name) && item[name].is_string() ? item[name].get<std::string>()
                                                                               : std::string();
    };
    // A hub of before says nothing of suspensions.
    const bool suspended = item.is_object() && item.value("suspended", nlohmann::json(false)) == true;
    if (const auto id = Id::parse(text("id")); id && !suspended) members.push_back({*id, text("name")});
  }
  if (!is_list) return fail(ErrorCode::unavailable, "the hub's answer is not readable");
  const std::lock_guard lock(mutex_);
  members_ = members;
  asked_ms_ = ports_.clock.now_ms();
  return members;
}

// A hub that is silent stops nobody from looking at groups.
std::optional<std::vector<MemberName>> Groups::members_lately() {
  {
    const std::lock_guard lock(mutex_);
    if (asked_ms_ != 0 && std::abs(ports_.clock.now_ms() - asked_ms_) < kLatelyMs) return members_;
  }
  if (auto asked = ask_members()) return std::move(*asked);
  const std::lock_guard lock(mutex_);
  members_.reset();
  asked_ms_ = ports_.clock.now_ms();
  return std::nullopt;
}

Result<void> Groups::check_name(const std::string& name, const Id& own) {
  const std::size_t size = names::characters(name).size();
  if (folded(name).empty() || size > kMostGroupName || name.find_first_of("\r\n\t") != std::string::npos)
    return fail(ErrorCode::invalid_argument,
                fmt::format("a group's name is a line of 1 to {} characters", kMostGroupName));
  TRY_ASSIGN(const auto groups, ports_.store.groups());
  for (const Group& group : groups)
    if (group.id != own && folded(group.name) == folded(name))
      return fail(ErrorCode::conflict, "another group has this name", "choose another one");
  if (own == Id{} && groups.size() >= kMostGroups)
    return fail(ErrorCode::conflict, fmt::format("a desk keeps at most {} groups", kMostGroups), "delete one first");
  return {};
}

Result<GroupView> Groups::create(const std::string& name, const std::set<Id>& ids, const std::string& by) {
  TRY_ASSIGN(auto members, ask_members());
  Group group{Id::random(ports_.random), name, {}, by, ports_.clock.now_ms()};
  TRY_ASSIGN(group.members, with_names(ids, members, {}));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(check_name(name, Id{}));
    return ports_.store.put(group);
  }));
  return beside(std::move(group), std::move(members));
}

Result<GroupView> Groups::change(const Id& id, const std::optional<std::string>& name,
                                 const std::optional<std::set<Id>>& ids, const std::string& by) {
  // Only new members need the hub; a name can be changed without it.
  std::optional<std::vector<MemberName>> members;
  if (ids) {
    TRY_ASSIGN(members, ask_members());
  } else {
    members = members_lately();
  }
  std::optional<Group> next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(next, ports_.store.group(id));
    if (!next) return tl::unexpected<Error>(no_such_group());
    if (name) {
      TRY(check_name(*name, id));
      next->name = *name;
    }
    if (ids) {
      TRY_ASSIGN(next->members, with_names(*ids, *members, next->members));
    }
    next->by = by;
    next->updated_ms = ports_.clock.now_ms();
    return ports_.store.put(*next);
  }));
  return beside(std::move(*next), members);
}

Result<void> Groups::remove(const Id& id) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto found, ports_.store.group(id));
    if (!found) return tl::unexpected<Error>(no_such_group());
    return ports_.store.remove_group(id);
  });
}

Result<GroupView> Groups::find(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.group(id));
  if (!found) return tl::unexpected<Error>(no_such_group());
  return beside(std::move(*found), members_lately());
}

Result<std::vector<GroupView>> Groups::all() {
  TRY_ASSIGN(auto groups, ports_.store.groups());
  std::vector<GroupView> views;
  if (groups.empty()) return views;
  const auto members = members_lately();
  for (Group& group : groups) views.push_back(beside(std::move(group), members));
  return views;
}

Result<GroupView> Groups::resolve(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.group(id));
  if (!found) return tl::unexpected<Error>(no_such_group());
  TRY_ASSIGN(auto members, ask_members());
  return beside(std::move(*found), std::move(members));
}

}  // namespace probity::bulletins
