#include "bulletins/desk.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "bulletins/json.h"
#include "bulletins/rules.h"

namespace probity::bulletins {
namespace {

// The hub knows the list at this moment: a draft is not held back by what this node may not have heard of yet.
class TheHubDecides final : public CompanyListings {
 public:
  Result<bool> is_listed(const std::string&, const std::string&) override { return true; }
};

Error no_such_draft() { return {ErrorCode::not_found, "there is no such draft", ""}; }

}  // namespace

Result<Draft> Desk::begin(const Proposal& proposal, const events::Actor& by) {
  Draft draft{Id::random(ports_.random), by.id.value_or(Id{}), by.name, proposal, ports_.clock.now_ms()};
  draft.proposal.content.pictures.clear();
  TRY(ports_.transactions.write([&] { return ports_.store.put(draft); }));
  return draft;
}

Result<Draft> Desk::draft(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.draft(id));
  if (!found) return tl::unexpected<Error>(no_such_draft());
  return std::move(*found);
}

Result<Draft> Desk::rewrite(const Id& id, const Proposal& proposal) {
  std::optional<Draft> next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(next, draft(id));
    const std::vector<Picture> pictures = next->proposal.content.pictures;
    next->proposal = proposal;
    next->proposal.content.pictures = pictures;
    next->updated_ms = ports_.clock.now_ms();
    return ports_.store.put(*next);
  }));
  return std::move(*next);
}

Result<void> Desk::drop_pictures(const std::vector<Picture>& pictures) {
  for (const Picture& picture : pictures) {
    TRY_ASSIGN(const bool used, ports_.store.is_drafted(picture.hash));
    if (!used) TRY(ports_.pictures.remove(picture.hash));
  }
  return {};
}

Result<void> Desk::remove(const Id& id) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Draft gone, draft(id));
    TRY(ports_.store.remove_draft(id));
    return drop_pictures(gone.proposal.content.pictures);
  });
}

Result<std::vector<Finding>> Desk::look_at(Kind kind, const Content& content) {
  return find_hindrances(kind, content, ports_.enterprises);
}

Result<std::vector<Finding>> Desk::hindrances(const Draft& draft) {
  TRY_ASSIGN(auto findings, look_at(draft.proposal.kind, draft.proposal.content));
  const TimeMs now_ms = ports_.clock.now_ms();
  if (draft.proposal.expires_ms <= now_ms || draft.proposal.expires_ms > now_ms + kMostLifeMs)
    findings.push_back({"expires_at",
                        {"It ends in the past, or more than a year ahead.", "截止时间已过，或超过一年。"},
                        {"Choose a day from tomorrow on, at most a year ahead.", "请选择明天起一年以内的日期。"}});
  TRY_ASSIGN(auto of_group, find_group_hindrance(draft.proposal.audience));
  if (of_group) findings.push_back(std::move(*of_group));
  if (draft.proposal.tlp == Tlp::red && draft.proposal.audience.everybody)
    findings.push_back({"audience",
                        {"A RED bulletin goes to members that are named.", "RED 级通报只能发给指定成员。"},
                        {"Name them, or choose AMBER+STRICT.", "请指定成员，或改用 AMBER+STRICT。"}});
  return findings;
}

Result<std::optional<Finding>> Desk::find_group_hindrance(const Audience& audience) {
  if (!audience.group) return std::optional<Finding>();
  constexpr Said kChoose{"Choose another group, or name members.", "请另选群组，或指定成员。"};
  const auto view = groups_.find(*audience.group);
  if (!view && view.error().code != ErrorCode::not_found) return tl::unexpected<Error>(view.error());
  if (!view) return std::optional(Finding{"audience", {"Its group was deleted.", "所选群组已被删除。"}, kChoose});
  if (view->left.size() == view->group.members.size())
    return std::optional(Finding{
        "audience", {"All members of its group have left the alliance.", "所选群组的成员均已退出联盟。"}, kChoose});
  return std::optional<Finding>();
}

// The group as the members it holds now, so that the hub learns whom it goes to and nothing of the house's groups but
// the name.
Result<Proposal> Desk::addressed(const Proposal& proposal) {
  Proposal out = proposal;
  if (!out.audience.group) return out;
  const auto view = groups_.resolve(*out.audience.group);
  if (!view && view.error().code == ErrorCode::not_found)
    return fail(ErrorCode::conflict, "the group of this draft was deleted", "choose another group, or name members");
  if (!view) return tl::unexpected<Error>(view.error());
  out.audience.group.reset();
  out.audience.name = view->group.name;
  out.audience.members.clear();
  for (const MemberName& one : view->group.members)
    if (!view->left.contains(one.id)) out.audience.members.insert(one.id);
  if (out.audience.members.empty())
    return fail(ErrorCode::conflict, "all members of the group have left the alliance",
                "choose another group, or name members");
  return out;
}

Result<Draft> Desk::add_picture(const Id& id, BytesView file) {
  TRY(draft(id));
  TRY_ASSIGN(const CleanPicture clean, ports_.clean(file));
  std::optional<Draft> next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(next, draft(id));
    auto& pictures = next->proposal.content.pictures;
    TRY_ASSIGN(const Hash hash, ports_.pictures.put(clean.jpeg));
    if (std::ranges::find(pictures, hash, &Picture::hash) != pictures.end()) return {};
    if (pictures.size() >= kMostPictures)
      return fail(ErrorCode::conflict, "a bulletin has at most 10 pictures", "leave one out first");
    pictures.push_back({hash, clean.width_px, clean.height_px, clean.jpeg.size()});
    next->updated_ms = ports_.clock.now_ms();
    return ports_.store.put(*next);
  }));
  return std::move(*next);
}

Result<void> Desk::remove_picture(const Id& id, const Hash& hash) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Draft next, draft(id));
    auto& pictures = next.proposal.content.pictures;
    const auto found = std::ranges::find(pictures, hash, &Picture::hash);
    if (found == pictures.end()) return fail(ErrorCode::not_found, "this draft has no such picture");
    const Picture gone = *found;
    pictures.erase(found);
    next.updated_ms = ports_.clock.now_ms();
    TRY(ports_.store.put(next));
    return drop_pictures({gone});
  });
}

Result<Bytes> Desk::picture(const Id& id, const Hash& hash) {
  TRY_ASSIGN(const Draft found, draft(id));
  const auto& pictures = found.proposal.content.pictures;
  if (std::ranges::find(pictures, hash, &Picture::hash) == pictures.end())
    return fail(ErrorCode::not_found, "this draft has no such picture");
  return ports_.pictures.get(hash);
}

// Pictures first: the hub takes no bulletin with one it has not got. Sent twice they are one there.
Result<std::string> Desk::publish(const Id& id, const Id& account) {
  TRY_ASSIGN(const Draft ready, draft(id));
  TRY_ASSIGN(const Proposal proposal, addressed(ready.proposal));
  TRY(check_proposal(proposal, ports_.clock.now_ms()));
  TheHubDecides anything_listed;
  TRY(check_text(proposal.kind, proposal.content, anything_listed));
  nlohmann::json body = proposal_to_json(proposal);
  body["pictures"] = nlohmann::json::array();
  for (const Picture& picture : ready.proposal.content.pictures) {
    TRY_ASSIGN(const Bytes jpeg, ports_.pictures.get(picture.hash));
    TRY_ASSIGN(const std::string sent,
               ask("POST", "/alliance/v1/bulletins/pictures", std::string(as_text(jpeg)), account));
    const auto answer = nlohmann::json::parse(sent, nullptr, false);
    if (!answer.is_object() || !answer.contains("id") || !answer["id"].is_string())
      return fail(ErrorCode::unavailable, "the hub's answer is not readable");
    body["pictures"].push_back(answer["id"]);
  }
  TRY_ASSIGN(std::string published, ask("POST", "/alliance/v1/bulletins", body.dump(), account));
  TRY(remove(id));
  return published;
}

}  // namespace probity::bulletins
