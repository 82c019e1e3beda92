#include "cases/words.h"

#include <algorithm>

namespace probity::cases {
namespace {

struct Row {
  std::string_view name, zh;
};

constexpr Row kRows[] = {
    {"early_publication", "提前发布"},
    {"private_posting", "私下发布"},
    {"mis_sent_file", "误发文件"},
    {"supplier_leak", "供应商泄露"},
    {"employee_for_money", "员工牟利"},
    {"fabrication", "捏造"},
    {"own_footage", "自行拍摄"},
    {"tear_down", "拆解"},
    {"unknown", "未知"},
    {"open", "已立案"},
    {"investigating", "调查中"},
    {"reply", "待答复"},
    {"decided", "已决定"},
    {"appeal", "申诉中"},
    {"final", "已生效"},
    {"overturned", "已撤销"},
    {"closed", "已结案"},
    {"low", "低"},
    {"medium", "中"},
    {"high", "高"},
    {"critical", "严重"},
    {"recipient", "接收人"},
    {"outlet", "媒体"},
    {"employee", "员工"},
    {"former_employee", "前员工"},
    {"supplier", "供应商"},
    {"sub_supplier", "下级供应商"},
    {"witness", "证人"},
    {"reporter", "举报人"},
    {"platform", "平台"},
    {"other", "其他"},
    {"unmasking", "经同意的身份揭示"},
    {"own_footage_lead", "自拍素材线索"},
    {"admission", "本人承认"},
    {"inquiry", "调查"},
    {"colleague", "同事"},
    {"relative", "亲属"},
    {"business", "业务往来"},
    {"same_person", "同一人"},
    {"breach", "违反承诺"},
    {"no_breach", "未违反承诺"},
    {"not_proven", "未能证明"},
    {"warning", "警告"},
    {"agreed_amount", "约定金额"},
    {"apology", "道歉"},
    {"employer_measure", "雇主措施"},
    {"training", "培训"},
    {"access_withdrawal", "撤销访问权限"},
    {"planned", "拟议"},
    {"active", "进行中"},
    {"done", "已完成"},
    {"waived", "已免除"},
    {"void", "已失效"},
    {"payment", "付款"},
    {"correction", "更正"},
    {"upheld", "维持"},
    {"reduced", "减轻"},
    {"settled", "和解"},
    {"withdrawn", "撤回"},
    {"mediation", "调解"},
    {"arbitration", "仲裁"},
    {"court", "诉讼"},
    {"issued", "已下达"},
    {"containment", "临时遏制"},
    {"cause", "原因分析"},
    {"plan", "措施计划"},
    {"implementing", "实施中"},
    {"verifying", "验证中"},
    {"rejected", "已退回"},
    {"escalated", "已升级"},
    {"submitted", "已提交"},
    {"accepted", "已接受"},
    {"reopened", "已重新开启"},
    {"link_sent", "已重发链接"},
    {"dropped", "已取消"},
    {"person", "个人"},
    {"account", "账号"},
    {"channel", "频道"},
    {"group", "群组"},
    {"page", "页面"},
    {"posted", "发布"},
    {"forwarded", "转发"},
    {"sent", "发送"},
    {"copied", "转载"},
    {"mail", "邮件"},
    {"letter", "信函"},
    {"hearing", "听证"},
    {"proposed", "已提议"},
    {"agreed", "已同意"},
    {"refused", "已拒绝"},
    {"filed", "已提出"},
    {"pending", "待处理"},
    {"ended", "已结束"},
};

}  // namespace

std::string word_of(std::string_view name, commitments::Locale locale) {
  const auto found = std::ranges::find(kRows, name, &Row::name);
  if (locale == commitments::Locale::zh && found != std::end(kRows)) return std::string(found->zh);
  std::string words(name);
  std::ranges::replace(words, '_', ' ');
  return words;
}

}  // namespace probity::cases
