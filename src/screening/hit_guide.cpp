#include "screening/hit_guide.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::screening {
namespace {

struct FixedLine {
  std::string_view en, zh;
  operator GuideLine() const { return {std::string(en), std::string(zh)}; }
};

constexpr FixedLine kContinue{"Go on with the selection as for any other candidate", "照常推进对该候选人的选拔流程"};
constexpr FixedLine kWithdraw{"Record that the candidate has withdrawn", "登记候选人已自行退出"};
constexpr FixedLine kListen{"Record what the person says", "登记本人的说明"};

constexpr FixedLine kNoReject{"Decline, or let the application rest, because of this hit",
                              "因本次命中而拒绝或搁置申请"};
constexpr FixedLine kNoTell{"Tell anybody else in the company, or another company, that there is a hit",
                            "将命中情况告知公司内其他人或其他公司"};
constexpr FixedLine kNoKeep{"Note the hit in the personnel file", "将命中情况写入人事档案"};
constexpr FixedLine kNoFacts{"Rest a decision on the listing: the filer has not confirmed any facts",
                             "以名单记录作为决定依据：提交方尚未确认任何事实"};

// Each filer that is still to be asked, by name: they list the person for reasons of their own.
void name_filers(const Hit& hit, HitGuide& guide) {
  std::vector<GuideLine> lines;
  for (const HitLabel& label : hit.labels) {
    if (!label.is_to_be_asked()) continue;
    const alliance::LabelContent& of = label.content;
    const std::string way = of.contact.empty() ? "" : fmt::format(" ({})", of.contact);
    lines.push_back({fmt::format("Ask {}{}, under the reference {}, what lies behind it", of.filer, way, of.reference),
                     fmt::format("凭编号 {} 向 {}{} 了解情况", of.reference, of.filer, way)});
  }
  guide.may.insert(guide.may.begin(), lines.begin(), lines.end());
}

void describe_open(const Hit& hit, TimeMs now_ms, HitGuide& guide) {
  guide.may = {kContinue, kListen, kWithdraw};
  guide.may_not = {kNoReject, kNoTell, kNoKeep};
  switch (hit.state) {
    case HitState::found:
      guide.next = {"confirm", "answer", "withdraw"};
      guide.may.insert(guide.may.begin(),
                       {"Compare a second attribute: date of birth, name on the document, or the photo",
                        "核对第二项信息：出生日期、证件姓名或证件照片"});
      guide.may_not.push_back({"Speak to the filer about the candidate before it is clear that it is the same person",
                               "在确认为同一人之前就候选人向提交方询问"});
      break;
    case HitState::identity_confirmed:
      guide.next = {"contact", "answer", "withdraw"};
      name_filers(hit, guide);
      break;
    case HitState::filer_contacted:
      guide.next = {"notify", "answer", "withdraw"};
      guide.may.insert(guide.may.begin(), {"Tell the person what is recorded, by whom, and how to object",
                                           "告知本人记录内容、记录方以及如何提出异议"});
      break;
    case HitState::waiting:
      guide.next = {"answer", "withdraw"};
      if (hit.wait_until_ms && now_ms >= *hit.wait_until_ms) {
        guide.next.insert(guide.next.begin(), "decide");
        guide.may.insert(guide.may.begin(), {"Decide, with reasons", "说明理由后作出决定"});
        guide.may_not = {kNoTell, kNoKeep};
      } else {
        guide.may.insert(guide.may.begin(), {"Wait for the person's answer", "等待本人答复"});
      }
      if (!hit.filer_confirmed()) guide.may_not.push_back(kNoFacts);
      break;
    case HitState::reconsider:
      guide.next = {"reconsider", "answer"};
      guide.may = {{"Look at the decision anew, with what is known now", "根据现有情况重新审视决定"}, kListen};
      guide.may_not = {{"Leave the decision as it is without reasons", "不说明理由而维持原决定"}, kNoTell, kNoKeep};
      if (std::ranges::any_of(hit.labels, &HitLabel::is_to_be_asked)) guide.next.push_back("contact");
      name_filers(hit, guide);
      if (!hit.filer_confirmed()) guide.may_not.push_back(kNoFacts);
      break;
    case HitState::decided:
    case HitState::mistaken:
    case HitState::withdrawn:
    case HitState::cleared:
      break;
  }
}

HitGuide guide_for_closed(const Hit& hit) {
  HitGuide guide;
  guide.may_not = {kNoTell, kNoKeep};
  if (hit.state == HitState::decided) {
    guide.may = {{"Show this page to the person or to the auditor", "向本人或审计方出示本页"}};
  } else if (hit.state == HitState::withdrawn) {
    guide.may = {{"Consider the person again when they apply again", "本人再次申请时重新考虑"}};
  } else {
    guide.may = {kContinue};
    guide.may_not.insert(guide.may_not.begin(),
                         {"Hold anything of this against the person", "以此对本人作出任何不利处理"});
  }
  return guide;
}

}  // namespace

HitGuide guide_for(const Hit& hit, TimeMs now_ms) {
  if (hit.change) {
    HitGuide guide;
    guide.next = {"look-again"};
    guide.may = {{"Look again: ask anew about the same person", "重新查询同一人"}};
    guide.may_not = {
        {"Decide, or keep to a decision, before somebody has looked again", "在重新查询之前作出或维持决定"},
        kNoTell,
        kNoKeep};
    const bool may_withdraw = hit.state == HitState::found || hit.state == HitState::identity_confirmed ||
                              hit.state == HitState::filer_contacted || hit.state == HitState::waiting;
    if (may_withdraw || hit.state == HitState::reconsider) {
      guide.next.push_back("answer");
      guide.may.push_back(kListen);
    }
    if (may_withdraw) {
      guide.next.push_back("withdraw");
      guide.may.push_back(kWithdraw);
    }
    return guide;
  }
  if (!is_pending(hit)) return guide_for_closed(hit);
  HitGuide guide;
  describe_open(hit, now_ms, guide);
  return guide;
}

}  // namespace probity::screening
