#include "pdf/test_agreement.h"

namespace probity::pdf {
namespace {

// Any squares will do: drawn from a small generator so that they look like a code.
BitMatrix squares() {
  BitMatrix matrix{.width = 33, .height = 33, .squares = {}};
  std::uint32_t state = 7;
  for (std::uint32_t i = 0; i < matrix.width * matrix.height; ++i) {
    state = state * 1664525U + 1013904223U;
    matrix.squares.push_back(static_cast<std::uint8_t>(state >> 31));
  }
  return matrix;
}

const char* const kDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

}  // namespace

Document english_agreement() {
  Document document{.title = "Pre-release Confidentiality Agreement",
                    .subtitle = "Aurora X1 press preview · version 3 · 21 November 2026",
                    .language = Language::en,
                    .author = "Lumen Motors Ltd",
                    .header = "Lumen Motors Ltd — Pre-release Confidentiality Agreement",
                    .footer = "Agreement 7Q4K-M2XD · text SHA-256 9f86d081884c7d65…"};
  auto& blocks = document.blocks;
  blocks.push_back(
      Definitions{{{"Discloser", "Lumen Motors Ltd, 18 Dock Road, London"},
                   {"Recipient", "Mira Holloway, Motor Weekly"},
                   {"Embargo", "2026-12-04 09:00 (Europe/London), 2026-12-04T09:00Z"},
                   {"Agreed amount", "GBP 50,000, jointly and severally liable: person and organisation"}}});
  blocks.push_back(Heading{1, "1. What this is about"});
  blocks.push_back(
      Paragraph{"1.1 Purpose.",
                "The Discloser will show the Recipient a vehicle, its name, its price and its technical data "
                "before they are public (“the Material”). The Recipient wants to see the Material in order to "
                "prepare coverage. Neither side could do its work if the Material were known earlier, and "
                "each knows that a picture once published can’t be called back.",
                Emphasis::normal});
  blocks.push_back(
      Paragraph{"1.2 Individual copies.",
                "Every copy of the Material is individual. A mark that cannot be seen names the copy, "
                "survives recompression, cropping and photographs of a screen, and will be read if the copy "
                "is found where it should not be.",
                Emphasis::normal});
  blocks.push_back(Heading{1, "2. What the Recipient promises"});
  blocks.push_back(Paragraph{"2.1 Silence.",
                             "Until the embargo has passed, the Recipient shows or describes the Material to nobody. "
                             "This covers, one by one:",
                             Emphasis::normal});
  for (const char* channel :
       {"Own media: print, site, channels and accounts of the outlet",
        "Private feeds and stories, including those visible to friends only",
        "Direct messages and group chats, with colleagues too", "Friends and family, in any form"})
    blocks.push_back(Checkbox{true, channel});
  blocks.push_back(Checkbox{false, "Colleagues who have signed this agreement themselves"});
  blocks.push_back(Paragraph{"2.2 Care.", "The Recipient", Emphasis::normal});
  blocks.push_back(List{true,
                        1,
                        {{"", "keeps the Material on devices that only the Recipient can open;"},
                         {"",
                          "lets nobody photograph or film a screen that shows it, takes no picture of it other than "
                          "those agreed for the day of the shoot, and removes place and time from those pictures;"},
                         {"Reports at once",
                          "whatever went wrong, whoever’s fault it was, by the button “I slipped” "
                          "or by telephone. An early report is weighed in the Recipient’s favour."}}});
  blocks.push_back(
      Callout{Tone::important, "If the promise is broken",
              "The agreed amount becomes due for each breach after the Recipient has been heard and two people on "
              "the Discloser’s side have agreed. The Recipient may show that the loss was smaller; a court may "
              "reduce the amount."});
  blocks.push_back(Heading{2, "2.3 Sub-suppliers"});
  blocks.push_back(List{false,
                        1,
                        {{"", "Nobody further down the chain receives anything before they have signed themselves."},
                         {"", "The Recipient remains liable for those it brought in."}}});
  blocks.push_back(Heading{1, "3. Evidence"});
  blocks.push_back(
      Paragraph{"", "This is what was recorded while the agreement was read and signed.", Emphasis::normal});
  Table table{{{"Time (UTC)", 1.5}, {"Step", 2.4}, {"Address", 1.3}, {"Seconds", 0.7, Align::right}}, {}};
  for (int i = 0; i < 34; ++i)
    table.rows.push_back({"2026-11-21 10:" + std::to_string(10 + i) + ":07",
                          i % 5 == 3
                              ? "Answered question 2, “May I tell a colleague who is under embargo as well?”: correct"
                              : "Read section " + std::to_string(i + 1),
                          "203.0.113." + std::to_string(i), std::to_string(7 * i % 61)});
  blocks.push_back(table);
  blocks.push_back(Definitions{{{"Text", kDigest},
                                {"Browser", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"},
                                {"Consent", "I have read the agreement. I sign it by typing my name."}}});
  blocks.push_back(Picture{squares(), 32, Align::right, "probity.example/c/7Q4K-M2XD"});
  blocks.push_back(
      Signatures{{{"The Recipient", "Mira Holloway", "Editor, Motor Weekly", "2026-11-21 10:44:12 UTC",
                   "One-time code sent to m…@motorweekly.example"},
                  {"For the outlet", "Łukasz Nguyễn", "Managing Director, Motor Weekly", "2026-11-21 11:02:55 UTC", ""},
                  {"For the Discloser", "", "Head of Press", "", ""}}});
  blocks.push_back(Rule{});
  blocks.push_back(
      Paragraph{"", "Sealed electronically. The seal shows that not one byte was changed since.", Emphasis::note});
  return document;
}

Document chinese_agreement() {
  Document document{.title = "新品预览保密承诺书",
                    .subtitle = "极光 X1 媒体预览 · 第 3 版 · 2026年11月21日",
                    .language = Language::zh_cn,
                    .author = "流明汽车（上海）有限公司",
                    .header = "流明汽车（上海）有限公司 · 新品预览保密承诺书",
                    .footer = "承诺书编号 7Q4K-M2XD · 正文 SHA-256 9f86d081884c7d65…"};
  auto& blocks = document.blocks;
  blocks.push_back(Definitions{{{"披露方", "流明汽车（上海）有限公司，上海市浦东新区张江路18号"},
                                {"承诺方", "欧阳婧琪（《汽车周刊》）"},
                                {"解禁时间", "2026年12月4日 17:00（北京时间，UTC+8），即 2026-12-04T09:00Z"},
                                {"约定金额", "人民币 50,000 元，个人与单位承担连带责任"}}});
  blocks.push_back(Heading{1, "一、承诺的内容"});
  blocks.push_back(Paragraph{
      "1.1 目的。",
      "披露方将在公开发布之前向承诺方展示一款车型及其名称、价格与技术参数（以下统称“保密资料”）。承诺方为准备报道"
      "而需要了解保密资料。若保密资料提前为公众所知，双方的工作都将落空；双方均清楚，图片一经传播便无法收回。",
      Emphasis::normal});
  blocks.push_back(Paragraph{
      "1.2 一人一份。",
      "每一份保密资料都是独一无二的。其中含有肉眼不可见的标记，经压缩、裁剪、截屏或翻拍屏幕后仍可读出；一旦该份资料出现"
      "在"
      "不应出现的地方，即可据此确定是哪一份副本。O’Brien 与 Zürich AG 等外文名称、2026年3月1日等日期以及“甲方”"
      "“乙方”等称谓混排时，亦应清晰易读。",
      Emphasis::normal});
  blocks.push_back(Heading{1, "二、承诺方的义务"});
  blocks.push_back(Paragraph{"2.1 保密。",
                             "解禁时间之前，承诺方不得以任何形式向任何人展示或描述保密资料。下列渠道逐项适用：",
                             Emphasis::normal});
  for (const char* channel :
       {"自有媒体：报刊、网站、客户端以及各平台账号", "微信朋友圈、微博等个人动态，包括仅好友可见的内容",
        "私聊与群聊（包括同事之间）", "亲友之间的任何形式的转述"})
    blocks.push_back(Checkbox{true, channel});
  blocks.push_back(Checkbox{false, "已亲自签署本承诺书的同事"});
  blocks.push_back(Paragraph{"2.2 保管。", "承诺方应当：", Emphasis::normal});
  blocks.push_back(List{
      true,
      1,
      {{"", "将保密资料存放于仅本人可以打开的设备上；"},
       {"", "不允许他人拍摄显示保密资料的屏幕；除拍摄当日约定的照片以外不另行拍摄，并去除照片中的地点与时间信息；"},
       {"立即报告", "一切差错（无论由谁造成），可通过“我失误了”按钮或电话报告。及时报告的，从轻处理。"}}});
  blocks.push_back(Callout{
      Tone::important, "违约的后果",
      "听取承诺方陈述、并经披露方两名人员一致同意后，每次违约均应支付约定金额。承诺方可以证明实际损失低于约定金额；"
      "人民法院可以依法予以减少。"});
  blocks.push_back(Heading{2, "2.3 下级供应商"});
  blocks.push_back(
      List{false, 1, {{"", "下级供应商本人签署之前，不得接收任何资料。"}, {"", "承诺方对其引入的人员承担责任。"}}});
  blocks.push_back(Heading{1, "三、签署记录"});
  blocks.push_back(Paragraph{"", "以下为阅读与签署过程中的记录。", Emphasis::normal});
  Table table{{{"时间（UTC）", 1.5}, {"步骤", 2.4}, {"地址", 1.3}, {"秒", 0.7, Align::right}}, {}};
  for (int i = 0; i < 34; ++i)
    table.rows.push_back(
        {"2026-11-21 10:" + std::to_string(10 + i) + ":07",
         i % 5 == 3 ? "回答问题二“可以告诉同样受保密约束的同事吗？”：正确" : "阅读第 " + std::to_string(i + 1) + " 条",
         "203.0.113." + std::to_string(i), std::to_string(7 * i % 61)});
  blocks.push_back(table);
  blocks.push_back(Definitions{{{"正文摘要", kDigest},
                                {"浏览器", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"},
                                {"确认语", "我已阅读本承诺书，并以输入姓名的方式签署。"}}});
  blocks.push_back(Picture{squares(), 32, Align::right, "probity.example/c/7Q4K-M2XD"});
  blocks.push_back(
      Signatures{{{"承诺方", "欧阳婧琪", "《汽车周刊》编辑", "2026-11-21 18:44:12（北京时间）",
                   "验证码已发送至 m…@motorweekly.example"},
                  {"承诺方单位", "Łukasz Nguyễn", "《汽车周刊》总经理", "2026-11-21 19:02:55（北京时间）", ""},
                  {"披露方", "", "公关总监", "", ""}}});
  blocks.push_back(Rule{});
  blocks.push_back(Paragraph{"", "本文件已加盖电子印章，此后一个字节也未被改动。", Emphasis::note});
  return document;
}

}  // namespace probity::pdf
