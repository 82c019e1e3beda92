#include "events/words.h"

#include <nlohmann/json.hpp>

namespace probity::events {
namespace {

struct Row {
  std::string_view kind, en, zh;
};

constexpr Row kRows[] = {
    {"project.created", "{actor} created the project {project}", "{actor}创建了项目{project}"},
    {"project.changed", "{actor} changed the project {project}", "{actor}修改了项目{project}"},
    {"project.archived", "{actor} archived the project {project}", "{actor}归档了项目{project}"},
    {"project.restored", "{actor} opened the project {project} again", "{actor}重新开启了项目{project}"},
    {"embargo.changed", "{actor} set the embargo {label} to {until}", "{actor}将保密期限“{label}”设为{until}"},
    {"embargo.removed", "{actor} removed the embargo {label}", "{actor}移除了保密期限“{label}”"},
    {"embargo.lifted", "The embargo {label} lifted", "保密期限“{label}”已解除"},
    {"embargo.notice", "Recipients were told that the embargo {label} lifts soon ({count})",
     "已通知接收人：保密期限“{label}”即将解除（{count}）"},

    {"asset.added", "{actor} added {asset}", "{actor}添加了{asset}"},
    {"asset.changed", "{actor} changed {asset}", "{actor}修改了{asset}"},
    {"asset.withdrawn", "{actor} withdrew {asset}", "{actor}撤回了{asset}"},
    {"asset.offered", "{actor} offers {asset} again", "{actor}重新提供{asset}"},

    {"party.created", "{actor} added {party}", "{actor}添加了{party}"},
    {"party.changed", "{actor} changed the record of {party}", "{actor}修改了{party}的资料"},
    {"party.removed", "{actor} removed {party}", "{actor}删除了{party}"},
    {"party.imported", "{actor} imported people and organisations ({count})", "{actor}导入了人员和机构（{count}）"},
    {"training.recorded", "{actor} recorded the training {title} of {party}", "{actor}记录了{party}的培训“{title}”"},

    {"template.created", "{actor} wrote the template {title}", "{actor}新建了模板“{title}”"},
    {"template.saved", "{actor} saved a new version of the template {title}", "{actor}保存了模板“{title}”的新版本"},
    {"template.archived", "{actor} archived the template {title}", "{actor}归档了模板“{title}”"},

    {"commitment.drafted", "{actor} drafted {number} for {party}", "{actor}为{party}起草了{number}"},
    {"commitment.sent", "{actor} sent {number} to {party}", "{actor}向{party}发送了{number}"},
    {"commitment.opened", "{actor} opened {number}", "{actor}打开了{number}"},
    {"commitment.read", "{actor} read {number}", "{actor}阅读了{number}"},
    {"commitment.answered", "{actor} answered the questions of {number}", "{actor}回答了{number}的问题"},
    {"commitment.signed", "{actor} signed {number}", "{actor}签署了{number}"},
    {"commitment.in_force", "{number} of {party} is in force", "{party}的{number}已生效"},
    {"commitment.sealed", "The document of {number} was sealed", "{number}的文件已加盖数字印章"},
    {"commitment.declined", "{actor} declined {number}", "{actor}拒签了{number}"},
    {"commitment.expired", "{number} of {party} expired unsigned", "{party}的{number}逾期未签"},
    {"commitment.reinstated", "{actor} put {number} of {party} in force again", "{actor}恢复了{party}的{number}"},
    {"commitment.revoked", "{actor} took back {number} of {party}", "{actor}撤回了{party}的{number}"},
    {"commitment.breached", "{actor} recorded that {party} broke {number}", "{actor}记录了{party}违反{number}"},
    {"commitment.extended", "{actor} gave {party} more time to sign {number}",
     "{actor}延长了{party}签署{number}的期限"},
    {"commitment.reminded", "{actor} reminded {party} of {number}", "{actor}提醒了{party}处理{number}"},
    {"commitment.replaced", "{actor} replaced {number} of {party} by a new version",
     "{actor}以新版本替换了{party}的{number}"},
    {"commitment.recorded", "{actor} recorded {number} of {party}, signed on paper",
     "{actor}登记了{party}在纸上签署的{number}"},
    {"commitment.link_made", "{actor} made a new link for {party}", "{actor}为{party}生成了新链接"},
    {"colleague.invited", "{actor} invited {name} to sign", "{actor}邀请{name}签署"},

    {"copy.issued", "A copy of {asset} was issued to {party}", "已向{party}发放{asset}的副本"},
    {"copy.opened", "{actor} opened a copy of {asset}", "{actor}打开了{asset}的副本"},
    {"copy.downloaded", "{actor} downloaded a copy of {asset}", "{actor}下载了{asset}的副本"},
    {"copy.revoked", "{actor} revoked the copy of {asset} of {party}", "{actor}撤销了{party}的{asset}副本"},
    {"copy.restored", "{actor} restored the copy of {asset} of {party}", "{actor}恢复了{party}的{asset}副本"},
    {"copy.extended", "{actor} gave {party} more time with the copy of {asset}",
     "{actor}延长了{party}的{asset}副本期限"},

    {"shoot.opened", "{actor} opened the shoot {title}", "{actor}开设了拍摄活动“{title}”"},
    {"shoot.changed", "{actor} changed the shoot {title}", "{actor}修改了拍摄活动“{title}”"},
    {"shoot.closed", "{actor} closed the shoot {title}", "{actor}结束了拍摄活动“{title}”"},
    {"shoot.reopened", "{actor} opened the shoot {title} again", "{actor}重新开启了拍摄活动“{title}”"},
    {"shoot.attendee_added", "{actor} put {party} on the list of the shoot {title}",
     "{actor}将{party}列入拍摄活动“{title}”的到场名单"},
    {"shoot.attendee_placed", "{actor} gave {party} another place at the shoot {title}",
     "{actor}调整了{party}在拍摄活动“{title}”中的位置"},
    {"shoot.attendee_removed", "{actor} took {party} off the list of the shoot {title}",
     "{actor}将{party}移出拍摄活动“{title}”的到场名单"},
    {"shoot.footage_compared", "{label} was compared with frames handed in ({count} leads)",
     "已将{label}与提交的照片比对（{count} 条线索）"},
    {"frame.handed_in", "{actor} handed in a frame of the shoot {title}", "{actor}提交了拍摄活动“{title}”的一张照片"},
    {"frame.cleared", "{actor} cleared a frame of {party}", "{actor}放行了{party}的一张照片"},
    {"frame.not_to_be_used", "{actor} decided that a frame of {party} is not to be used",
     "{actor}决定{party}的一张照片不得使用"},
    {"frame.deleted", "{actor} decided that a frame of {party} be deleted", "{actor}决定删除{party}的一张照片"},
    {"frame.confirmed", "{actor} confirmed to follow a decision on a frame", "{actor}确认遵守对一张照片的决定"},
    {"release.registered", "{actor} registered the release {title}", "{actor}登记了官方发布“{title}”"},
    {"release.withdrawn", "{actor} withdrew the registration of the release {title}",
     "{actor}撤销了官方发布“{title}”的登记"},

    {"slip.reported", "{actor} reported a mistake of their own", "{actor}主动报告了一次失误"},
    {"slip.updated", "{actor} added to the report of a mistake", "{actor}补充了失误报告"},
    {"slip.acknowledged", "{actor} acknowledged the mistake that {party} reported", "{actor}确认了{party}报告的失误"},

    {"leak.reported", "{actor} reported the leak {leak}", "{actor}报告了泄露事项{leak}"},
    {"leak.seen", "{actor} recorded where {leak} was seen", "{actor}记录了{leak}的发现情况"},
    {"leak.seen_corrected", "{actor} corrected where {leak} was seen", "{actor}更正了{leak}的发现记录"},
    {"leak.seen_withdrawn", "{actor} withdrew a sighting of {leak}", "{actor}撤回了{leak}的一条发现记录"},
    {"leak.seen_restored", "{actor} restored a sighting of {leak}", "{actor}恢复了{leak}的一条发现记录"},
    {"leak.file_added", "{actor} added a file to {leak}", "{actor}向{leak}加入了文件"},
    {"leak.answered", "{actor} answered the first questions of {leak}", "{actor}回答了{leak}的首要问题"},
    {"leak.trace_asked", "{actor} asked for a trace of {leak}", "{actor}申请对{leak}溯源"},
    {"leak.traced", "{leak} was traced", "{leak}已完成溯源"},
    {"leak.unmask_requested", "{actor} asks that the recipient in {leak} be named", "{actor}申请公开{leak}中的收件人"},
    {"leak.unmask_withdrawn", "{actor} withdrew the request to name in {leak}", "{actor}撤回了{leak}的公开申请"},
    {"leak.unmasked", "{actor} agreed that the recipient in {leak} be named", "{actor}同意公开{leak}中的收件人"},
    {"leak.unmask_refused", "{actor} refused to have the recipient in {leak} named", "{actor}拒绝公开{leak}中的收件人"},
    {"leak.closed", "{actor} closed {leak}", "{actor}将{leak}结案"},
    {"leak.reopened", "{actor} opened {leak} again", "{actor}重新开启了{leak}"},
    {"leak.to_case", "{actor} made {leak} part of a case", "{actor}将{leak}并入案件"},

    {"case.opened", "{actor} opened the case {case}", "{actor}立案{case}"},
    {"case.changed", "{actor} worked on the case {case}", "{actor}更新了案件{case}"},
    {"case.investigating", "{actor} began to investigate the case {case}", "{actor}开始调查案件{case}"},
    {"case.party_added", "{actor} named {party} as a party of the case {case}", "{actor}将{party}列入案件{case}"},
    {"case.party_removed", "{actor} took {party} out of the case {case}", "{actor}将{party}移出案件{case}"},
    {"case.evidence_linked", "{actor} linked {title} to the case {case}", "{actor}将{title}关联到案件{case}"},
    {"case.access_withheld", "{actor} withholds access until the case {case} is decided",
     "{actor}在案件{case}作出决定前暂停了权限"},
    {"case.access_released", "{actor} withholds access because of the case {case} no longer",
     "{actor}解除了因案件{case}暂停的权限"},
    {"case.access_restored", "Access that was withdrawn because of the case {case} was given back",
     "因案件{case}撤回的权限已恢复"},
    {"case.task_added", "{actor} added the task {title} to the case {case}", "{actor}在案件{case}中新增任务“{title}”"},
    {"case.task_done", "{actor} did the task {title} of the case {case}", "{actor}完成了案件{case}的任务“{title}”"},
    {"case.conflict_declared", "A conflict of interest of {name} stands in the case {case}",
     "案件{case}中已申报{name}的利益冲突"},
    {"case.second_reviewer_asked", "A second reviewer is asked for the case {case}", "案件{case}已请求第二名复核人"},
    {"case.claim_sent", "{actor} asked the accused of the case {case} to reply until {until}",
     "{actor}请案件{case}的被指方于{until}前答复"},
    {"case.decision_proposed", "{actor} proposed a decision in the case {case}", "{actor}提出了案件{case}的决定"},
    {"case.decision_refused", "{actor} did not agree to the decision in the case {case}: {reason}",
     "{actor}未同意案件{case}的决定：{reason}"},
    {"case.decided", "The case {case} was decided, {actor} agreeing", "案件{case}已作出决定，{actor}同意"},
    {"case.final", "The decision in the case {case} became final", "案件{case}的决定已生效"},
    {"case.overturned", "The decision in the case {case} was overturned", "案件{case}的决定已撤销"},
    {"case.closed", "{actor} closed the case {case}: {reason}", "{actor}将案件{case}结案：{reason}"},
    {"case.overdue", "Something in the case {case} is overdue: {label}", "案件{case}有事项逾期：{label}"},
    {"case.consequence_changed", "{actor} recorded something that follows from the case {case}",
     "{actor}更新了案件{case}的后续措施"},
    {"case.consequence_done", "{actor} recorded as done what follows from the case {case}",
     "{actor}记录了案件{case}的后续措施已完成"},
    {"case.stage_opened", "{actor} recorded that the case {case} went to {title}",
     "{actor}记录了案件{case}进入{title}"},
    {"case.stage_ended", "{actor} recorded how a stage of the case {case} ended: {label}",
     "{actor}记录了案件{case}程序的结果：{label}"},
    {"case.exported", "{actor} exported the case {case}", "{actor}导出了案件{case}"},
    {"reply.received", "A reply came in the case {case}", "案件{case}收到答复"},
    {"appeal.filed", "An appeal was filed in the case {case}", "案件{case}收到申诉"},
    {"appeal.decided", "{actor} decided an appeal in the case {case}: {label}",
     "{actor}裁定了案件{case}的申诉：{label}"},
    {"payment.recorded", "{actor} recorded a payment in the case {case}: {label}",
     "{actor}记录了案件{case}的付款：{label}"},
    {"rectification.issued", "{actor} asked {party} to rectify ({title})", "{actor}要求{party}整改（{title}）"},
    {"rectification.submitted", "{actor} handed in a stage of {title}: {label}",
     "{actor}提交了{title}的阶段答复：{label}"},
    {"rectification.accepted", "{actor} accepted a stage of {title} of {party}",
     "{actor}通过了{party}的{title}阶段答复"},
    {"rectification.rejected", "{actor} sent a stage of {title} back to {party}: {reason}",
     "{actor}将{title}的阶段答复退回{party}：{reason}"},
    {"rectification.closed", "{title} of {party} was verified and closed", "{party}的{title}已验证并关闭"},
    {"rectification.reopened", "What {party} did for {title} does not work", "{party}对{title}的整改无效"},
    {"rectification.link_sent", "{actor} sent {party} a fresh link to {title}",
     "{actor}向{party}发送了{title}的新链接"},
    {"rectification.escalated", "{title} of {party} is overdue and was escalated", "{party}的{title}逾期，已升级处理"},

    {"statement.drafted", "{actor} drafted the statement {statement}", "{actor}起草了声明{statement}"},
    {"statement.changed", "{actor} changed the draft of the statement {statement}",
     "{actor}修改了声明{statement}的草稿"},
    {"statement.submitted", "{actor} submitted the statement {statement} for approval",
     "{actor}提交了声明{statement}待批准"},
    {"statement.approved", "{actor} approved the statement {statement}", "{actor}批准了声明{statement}"},
    {"statement.reopened", "{actor} opened the statement {statement} again: {reason}",
     "{actor}重新开启了声明{statement}：{reason}"},
    {"statement.withdrawn", "{actor} withdrew the statement {statement}: {reason}",
     "{actor}撤回了声明{statement}：{reason}"},
    {"statement.publishing", "{actor} sent the statement {statement} to be sealed", "{actor}将声明{statement}送交盖章"},
    {"statement.sealed", "The statement {statement} was sealed and entered in the log",
     "声明{statement}已加盖电子印章并记入日志"},
    {"statement.published", "The statement {statement} was published", "声明{statement}已公布"},
    {"statement.removal_asked", "{actor} asked for the removal of the statement {statement}: {reason}",
     "{actor}申请移除声明{statement}：{reason}"},
    {"statement.removal_refused", "{actor} refused the removal of the statement {statement}: {reason}",
     "{actor}拒绝移除声明{statement}：{reason}"},
    {"statement.tombstoned", "{actor} removed the statement {statement}: {reason}",
     "{actor}移除了声明{statement}：{reason}"},

    {"screening.asked", "{actor} asked about a person ({number})", "{actor}发起了人员查询（{number}）"},
    {"screening.answered", "The question {number} was answered", "查询{number}已有结果"},
    {"screening.audit_drawn", "The auditor drew consents to be shown ({number})",
     "审计方抽取了需出示的同意记录（{number} 份）"},
    {"screening.audit_opened", "{actor} showed the auditor the consents drawn ({number})",
     "{actor}向审计方出示了抽取的同意记录（{number} 份）"},
    {"hit.found", "There is a hit, {number}: confirm the identity first", "命中{number}：请先核实身份"},
    {"hit.found_again", "The person of the hit {number} was asked about again", "命中{number}所涉人员被再次查询"},
    {"hit.identity_confirmed", "{actor} confirmed the identity in {number}", "{actor}核实了{number}的身份"},
    {"hit.mistaken", "{number} was about somebody else", "{number}并非同一人"},
    {"hit.filer_contacted", "{actor} asked the filer about {number}", "{actor}就{number}联系了提交方"},
    {"hit.person_notified", "{actor} told the person of {number}", "{actor}已将{number}告知本人"},
    {"hit.person_answered", "The person of {number} answered", "{number}所涉本人已作说明"},
    {"hit.listing_changed", "The listing behind {number} has changed: look again",
     "{number}对应的记录已有变化：请重新查询"},
    {"hit.looked_again", "{actor} looked at the listing behind {number} again", "{actor}重新查询了{number}对应的记录"},
    {"hit.decided", "{actor} decided on {number}", "{actor}就{number}作出了决定"},
    {"hit.reconsidered", "{actor} reconsidered {number}", "{actor}重新审议了{number}"},
    {"hit.withdrawn", "The candidate of {number} has withdrawn", "{number}所涉候选人已退出"},
    {"hit.cleared", "The listing behind {number} has ended: nothing remains of it",
     "{number}对应的记录已终止，不再有任何影响"},
    {"filing.drafted", "{actor} began the filing {number}", "{actor}起草了登记{number}"},
    {"filing.changed", "{actor} changed the filing {number}", "{actor}修改了登记{number}"},
    {"filing.identified", "{actor} entered whom the filing {number} is about", "{actor}录入了登记{number}的对象"},
    {"filing.document_added", "{actor} added evidence to {number}", "{actor}为{number}添加了证据"},
    {"filing.document_removed", "{actor} took a document out of {number}", "{actor}从{number}中移除了一份文件"},
    {"filing.submitted", "{actor} submitted the filing {number} for approval", "{actor}提交登记{number}待批准"},
    {"filing.approved", "{actor} approved the filing {number}", "{actor}批准了登记{number}"},
    {"filing.refused", "{actor} refused the filing {number}", "{actor}驳回了登记{number}"},
    {"filing.notice_sent", "The notice of {number} was sent", "登记{number}的通知已发出"},
    {"filing.notice_delivered", "The notice of {number} was delivered; 15 days begin",
     "登记{number}的通知已送达，15天等待期开始"},
    {"filing.activated", "The listing {number} is active", "登记{number}已生效"},
    {"filing.appealed", "The listed party objected to {number}", "被登记方对{number}提出异议"},
    {"filing.filer_answered", "{actor} answered the objection to {number}", "{actor}答复了对{number}的异议"},
    {"filing.escalated", "The objection to {number} is with the ombudsman", "对{number}的异议已转交监察员"},
    {"filing.ombudsman_decided", "The ombudsman decided on {number}", "监察员已就{number}作出裁决"},
    {"filing.suspended", "The listing {number} was suspended", "登记{number}已中止"},
    {"filing.resumed", "The listing {number} is shown again", "登记{number}已恢复"},
    {"filing.corrected", "The listing {number} was corrected", "登记{number}已更正"},
    {"filing.attested", "{actor} confirmed the listing {number} for another year", "{actor}确认登记{number}延续一年"},
    {"filing.acquittal_recorded", "An acquittal was recorded for {number}: act within five days",
     "{number}已记录无罪结论：须在五天内处理"},
    {"filing.withdrawn", "The filing {number} was withdrawn", "登记{number}已撤回"},
    {"filing.overturned", "The listing {number} was overturned", "登记{number}已被撤销"},
    {"filing.expired", "The listing {number} ended by itself", "登记{number}已到期终止"},
    {"filing.consented", "The ombudsman consented to {number}", "监察员已同意{number}"},
    {"filing.paper_arrived", "A paper arrived for {number}", "{number}收到一份材料"},
    {"filing.answer_due", "The answer to the objection to {number} is due soon", "对{number}异议的答复即将到期"},
    {"filing.attest_due", "The listing {number} has to be confirmed or it ends", "登记{number}须确认，否则将终止"},
    {"filing.history_changed", "The hub showed another past of {number} than before",
     "联盟中心出示的{number}历史与此前不一致"},
    {"ombudsman.decided", "{actor} decided a matter", "{actor}对一件事项作出了裁决"},
    {"ombudsman.answered", "{actor} told a person what is recorded", "{actor}告知了一人其被记录的内容"},
    {"company.screened", "{actor} screened a company ({label})", "{actor}核查了一家企业（{label}）"},
    {"batch.uploaded", "{actor} uploaded a file of partners ({label})", "{actor}上传了合作方名单（{label}）"},
    {"batch.screened", "The partners of {label} were screened ({count} rows to look at)",
     "名单{label}已核查完毕（{count} 行需要查看）"},
    {"batch.failed", "The file of partners {label} could not be screened", "名单{label}未能核查"},
    {"batch.removed", "{actor} removed the file of partners {label}", "{actor}删除了合作方名单{label}"},
    {"watch.added", "{actor} watches a partner", "{actor}关注了一家合作方"},
    {"watch.batch_added", "{actor} watches the partners of a file ({count})",
     "{actor}关注了名单中的合作方（{count} 家）"},
    {"watch.removed", "{actor} watches a partner no longer", "{actor}取消关注一家合作方"},
    {"watch.listed", "A watched partner may now be on the list", "一家关注的合作方可能已列入名单"},
    {"watch.closer", "A watched partner fits a listed company better than before",
     "一家关注的合作方与名单企业的匹配度提高"},
    {"watch.corrected", "What the list says of a watched partner was corrected",
     "名单中有关一家关注合作方的记录已更正"},
    {"watch.disputed", "The listing of a watched partner is disputed", "一家关注合作方的列名存在争议"},
    {"watch.dispute_over", "The listing of a watched partner is no longer disputed", "一家关注合作方的列名争议已结束"},
    {"watch.ended", "A watched partner is on the list no longer", "一家关注的合作方已不在名单上"},
};

struct Words {
  std::string_view member, en, zh;
};

// For members that are missing.
constexpr Words kGeneral[] = {
    {"party", "a party", "相关方"},
    {"number", "a commitment", "承诺书"},
    {"statement", "in question", "（未编号）"},
    {"asset", "an asset", "素材"},
    {"project", "(no name)", "（未命名）"},
    {"label", "in question", "（未命名）"},
    {"title", "in question", "（未命名）"},
    {"name", "a colleague", "一位同事"},
    {"reason", "none given", "未说明"},
    {"leak", "a leak", "一起泄露"},
    {"case", "in question", "（未编号）"},
    {"count", "some", "若干"},
    {"until", "another time", "其他时间"},
};

const Row* row_of(std::string_view kind) {
  for (const Row& row : kRows)
    if (row.kind == kind) return &row;
  return nullptr;
}

struct Names {
  nlohmann::json data;
  std::string actor_en, actor_zh;
};

std::string word(const Names& names, const std::string& member, bool chinese) {
  if (member == "actor") return chinese ? names.actor_zh : names.actor_en;
  if (names.data.is_object() && names.data.contains(member)) {
    const auto& value = names.data[member];
    if (value.is_string() && !value.get_ref<const std::string&>().empty()) {
      const std::string& text = value.get_ref<const std::string&>();
      return chinese && member == "number" ? "承诺书 " + text : text;
    }
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  }
  for (const Words& general : kGeneral)
    if (general.member == member) return std::string(chinese ? general.zh : general.en);
  return {};
}

std::string filled(std::string_view pattern, const Names& names, bool chinese) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    text += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    text += word(names, std::string(pattern.substr(open + 1, close - open - 1)), chinese);
    pattern.remove_prefix(close + 1);
  }
  return text;
}

Names names_of(const Event& event) {
  Names names;
  names.data = nlohmann::json::parse(event.data_json, nullptr, /*allow_exceptions=*/false);
  const bool nameless = event.actor.name.empty();
  const bool person = event.actor.kind == Actor::Kind::recipient;
  names.actor_en = !nameless ? event.actor.name : person ? "A recipient" : "Probity";
  names.actor_zh = !nameless ? event.actor.name : person ? "一位接收人" : "Probity";
  return names;
}

}  // namespace

bool is_known_kind(std::string_view kind) { return row_of(kind) != nullptr; }

Sentence sentence_for(const Event& event) {
  const Names names = names_of(event);
  const Row* row = row_of(event.kind);
  if (row == nullptr) return {names.actor_en + ": " + event.kind, names.actor_zh + "：" + event.kind};
  return {filled(row->en, names, false), filled(row->zh, names, true)};
}

}  // namespace probity::events
