// The built-in wordings in Chinese. Written for Chinese readers, not translated word by word.
#include "statements/wording_parts.h"

namespace probity::statements {
namespace {

constexpr const char* kOwnChinese =
    "{party}已被告知所主张的事实和相关证据，并有时间作出答复和提出申诉。{reply}\n\n"
    "该决定由两人共同作出。{decided}{amount}\n\n"
    "{organisation}"
    "公布本声明，以便任何人核对事实。本声明已加盖电子印章并记入公开日志；此后如有变化，将在此处以同等显著的方式公布。";

std::string with_chinese_end(const char* beginning) { return std::string(beginning) + "\n\n" + kOwnChinese; }

}  // namespace

std::vector<Text> chinese_wordings() {
  return {
      {"关于提前发布的声明",
       with_chinese_end(
           "{organisation}曾向少数接收人展示未公开的素材，各接收人均已书面承诺在约定时间之前不予发布。\n\n"
           "[[日期]]，[[何种内容在何处提前发布]]。经检验，所发布的内容出自发放给{party}的副本。溯源指向的是副本，"
           "其本身并不说明由何人传出。")},
      {"关于私下传播的声明",
       with_chinese_end(
           "{organisation}"
           "曾向少数接收人展示未公开的素材，各接收人均已书面承诺在约定时间之前不予传播，私人聊天和亲友亦不例外。\n\n"
           "[[日期]]，[[何种内容在何类私密场合传播]]。经检验，所传播的内容出自发放给{party}的副本。溯源指向的是副本，"
           "其本身并不说明由何人传出。")},
      {"关于供应商泄露的声明",
       with_chinese_end(
           "{organisation}因工作需要向{second_party}提供未公开的素材，相关承诺对各级下级供应商同样具有约束力。\n\n"
           "[[日期]]，[[何种内容在何处公开]]。经检验，该内容出自发放给{party}的副本。责任依合同关系承担；"
           "供应商及其下级为防止再次发生而采取的措施，完成后将在此处公布。")},
      {"关于保密拍摄现场自行拍摄图片的声明",
       with_chinese_end(
           "{organisation}曾举行保密拍摄，全体参加者均已书面承诺交存自行拍摄的图片，并在约定时间之前不予发布。\n\n"
           "[[日期]]，[[何种图片出现在何处]]。该图片已与拍摄后交存的画面进行比对。此种比对仅为线索，不构成身份认定；"
           "本决定的依据是[[其他发现，例如当事人的承认]]。")},
      {"关于员工违反保密义务的声明",
       with_chinese_end(
           "[[日期]]，[[何种内容在何处公开]]。该内容属于{organisation}且应予保密。[[查明了什么，如何查明]]。")},
      {"关于虚假内容的声明",
       "[[日期]]，[[何种内容出现在何处]]，并冒称出自{organisation}。\n\n该内容并非出自{organisation}。[[如何可以看出]]"
       "。\n\n"
       "{organisation}的声明均加盖电子印章并记入公开日志。可在本页面核验文件：它会说明该文件是否为{organisation}"
       "的声明，以及自何时起。"},
      {"约定金额已支付",
       "本声明是对第{first}号声明的后续。\n\n{party}已于[[日期]]全额支付约定金额。就此而言，{organisation}"
       "视该事项已经了结。"},
      {"整改已完成",
       "本声明是对第{first}号声明的后续。\n\n{party}已完成为防止再次发生而约定的措施：[[遏制、原因、措施]]。{"
       "organisation}已于[[日期]]"
       "核实其有效。"},
      {"决定已被推翻",
       "本声明是对第{first}号声明的后续，并以同等显著的方式予以更正。\n\n该声明所述决定已于[[日期]]被[["
       "申诉、仲裁或法院]]推翻。[[查明的事实]]。"
       "\n\n对{party}的主张予以撤回。{organisation}对此前公布的内容表示歉意。"},
      {"更正",
       "本声明是对第{first}号声明的后续，并以同等显著的方式予以更正。\n\n原文称：[[错误之处]]。\n\n应为：[[正确内容]]"
       "。"},
      {"声明", "[[发生了什么，查明了什么，作出了何种决定]]。\n\n{party}：{reply}"},
  };
}

Sentences chinese_sentences() {
  return {"答复已载入本声明。", "未收到答复。", "决定作出于{date}。", "约定金额为{amount} {currency}。",
          "未主张约定金额。",   "相关方",       "一家供应商"};
}

}  // namespace probity::statements
