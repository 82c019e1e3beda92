#include "evidence/words.h"

#include <algorithm>

namespace probity::evidence {
namespace {

struct Row {
  std::string_view action, en, zh;
};

constexpr Row kRows[] = {
    {"opened", "Matter opened", "立案"},
    {"received", "Evidence received", "收入证据"},
    {"received_again", "The same file came again", "同一文件再次收到"},
    {"derived", "Made from other evidence", "由其他证据派生"},
    {"not_decoded", "Could not be decoded as a picture", "无法解码为图片"},
    {"reported", "Leak reported", "报告泄露"},
    {"looked_at", "Opened as a picture", "作为图片打开"},
    {"unpacked", "Archive unpacked", "解开压缩包"},
    {"sighting_recorded", "Sighting recorded", "记录发现情况"},
    {"sighting_changed", "Sighting changed", "更新发现情况"},
    {"sighting_corrected", "Sighting corrected", "更正发现记录"},
    {"sighting_withdrawn", "Sighting withdrawn", "撤回发现记录"},
    {"sighting_restored", "Sighting restored", "恢复发现记录"},
    {"publication_recorded", "Earlier publication recorded", "记录先前的公开"},
    {"release_found", "Own release found that matches", "查到相符的本机构发布"},
    {"questions_answered", "First questions answered", "回答首要问题"},
    {"trace_asked", "Trace asked for", "申请溯源"},
    {"traced", "Traced", "完成溯源"},
    {"viewed", "Looked at the result", "查看结果"},
    {"downloaded", "Downloaded", "下载"},
    {"unmask_requested", "Naming asked for", "申请公开姓名"},
    {"unmask_withdrawn", "Request to name withdrawn", "撤回公开姓名的申请"},
    {"unmask_agreed", "Naming agreed to", "同意公开姓名"},
    {"unmask_refused", "Naming refused", "拒绝公开姓名"},
    {"changed", "Record changed", "修改记录"},
    {"closed", "Matter closed", "结案"},
    {"reopened", "Matter opened again", "重新立案"},
    {"to_case", "Became part of a case", "并入案件"},
    {"packaged", "Evidence package made", "生成证据包"},
    {"checked", "Custody checked", "核查保管记录"},
    {"linked", "Linked to the case", "关联到案件"},
    {"linked_to_case", "Linked to a case", "关联到案件"},
    {"exported", "Case exported as an archive", "导出案件归档"},
    {"accused_named", "Party accused", "列为被指方"},
    {"conflict_declared", "Conflict of interest declared", "声明利益冲突"},
    {"access_withheld", "Access withheld", "暂停权限"},
    {"access_released", "Access withheld no longer", "解除权限暂停"},
    {"access_restored", "Access given back", "恢复权限"},
    {"claim_sent", "Claim sent", "发出指称"},
    {"reply_received", "Reply received", "收到答复"},
    {"decision_proposed", "Decision proposed", "提议决定"},
    {"decision_refused", "Decision refused", "不同意决定"},
    {"decided", "Decided", "作出决定"},
    {"appeal_filed", "Appeal filed", "提出申诉"},
    {"appeal_decided", "Appeal decided", "申诉裁决"},
    {"stage_ended", "Stage ended", "程序结束"},
};

}  // namespace

Sentence action_in_words(std::string_view action) {
  const auto row = std::ranges::find(kRows, action, &Row::action);
  if (row != std::end(kRows)) return {std::string(row->en), std::string(row->zh)};
  std::string plain(action);
  std::ranges::replace(plain, '_', ' ');
  return {plain, plain};
}

}  // namespace probity::evidence
