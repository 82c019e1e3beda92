#include "cli/board_session.h"

#include <nlohmann/json.hpp>

#include "app/bulletin_desk.h"
#include "app/member_desk.h"
#include "app/member_folder.h"
#include "bulletins/rules.h"

namespace probity::cli {
namespace {

constexpr const char* kBoard = "/alliance/v1/bulletins";

}  // namespace

Result<BoardSession> BoardSession::open(const CommonOptions& common) {
  BoardSession session;
  TRY_ASSIGN(session.workspace, open_workspace(common));
  const app::MemberFolder folder(session.workspace->folder());
  if (!folder.exists())
    return fail(ErrorCode::not_found, "this workspace belongs to no alliance", "run probity member init first");
  TRY_ASSIGN(app::MemberFacts facts, folder.facts());
  TRY_ASSIGN(oprf::Identity identity, folder.identity());
  session.membership = std::make_unique<app::LiveMembership>(std::move(facts), std::move(identity),
                                                             session.workspace->derived_key(app::kMemberSecret),
                                                             session.workspace->clock(), session.workspace->random());
  session.hub = app::caller_of(*session.membership);
  session.desk = std::make_unique<store::BulletinDeskStore>(session.workspace->database());
  session.groups = std::make_unique<bulletins::Groups>(
      bulletins::GroupPorts{*session.desk, session.workspace->database(), *session.hub, session.workspace->clock(),
                            session.workspace->random()});
  return session;
}

Result<std::string> BoardSession::send(const char* method, const std::string& path, const std::string& body) const {
  return membership->call(method, kBoard + path, body, Id{});
}

Result<nlohmann::json> BoardSession::ask(const char* method, const std::string& path,
                                         const nlohmann::json& body) const {
  TRY_ASSIGN(const std::string answer, send(method, path, body.is_null() ? std::string() : body.dump()));
  auto document = nlohmann::json::parse(answer, nullptr, false);
  if (document.is_discarded()) return fail(ErrorCode::unavailable, "the hub's answer is not readable");
  return document;
}

Result<nlohmann::json> BoardSession::ask(const char* method, const std::string& path) const {
  return ask(method, path, nullptr);
}

Result<std::string> BoardSession::find(const std::string& text) const {
  if (Id::parse(text)) return text;
  TRY_ASSIGN(const auto listed, ask("POST", "/list", {{"search", text}, {"limit", 500}}));
  const auto items = listed.value("items", nlohmann::json::array());
  for (const auto& item : items)
    if (item.value("number", "") == text) return item.value("id", "");
  return fail(ErrorCode::not_found, "there is no bulletin " + text);
}

Result<bulletins::GroupView> find_group(bulletins::Groups& groups, const std::string& name) {
  if (const auto id = Id::parse(name)) return groups.find(*id);
  TRY_ASSIGN(const auto all, groups.all());
  for (const auto& view : all)
    if (bulletins::folded(view.group.name) == bulletins::folded(name)) return view;
  return fail(ErrorCode::not_found, "there is no group " + name, "probity bulletin groups lists them");
}

}  // namespace probity::cli
