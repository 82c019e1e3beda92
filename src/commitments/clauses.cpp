#include "commitments/clauses.h"

#include <fmt/format.h>

#include "commitments/zone.h"

namespace probity::commitments {
namespace {

// English first, Chinese second, chosen by locale.
const std::string& pick(Locale locale, const std::string& en, const std::string& zh) {
  return locale == Locale::zh ? zh : en;
}

struct ChannelWords {
  const char *heading_en, *text_en, *heading_zh, *text_zh;
};

ChannelWords words_of(Channel channel) {
  switch (channel) {
    case Channel::own_media:
      return {"Own media",
              "your publication or company and everything it publishes through: website, print, broadcast, newsletter, "
              "podcast, and its accounts on any platform.",
              "自有媒体",
              "您所在媒体或单位的一切发布渠道：网站、报刊、广播电视、邮件通讯、播客，以及在任何平台上的账号。"};
    case Channel::private_feeds:
      return {
          "Private feeds",
          "your own accounts and feeds, also those that only friends or followers can see, and posts that vanish by "
          "themselves.",
          "个人动态", "您本人的账号和动态（例如朋友圈），包括仅好友可见、分组可见以及会自动消失的内容。"};
    case Channel::direct_messages:
      return {"Direct messages",
              "a message to one single person in any messenger, e-mail or file transfer, however much you trust them.",
              "私信", "通过任何聊天软件、电子邮件或文件传输发给某一个人的消息，无论您多么信任对方。"};
    case Channel::groups:
      return {
          "Groups",
          "group chats, channels, forums and shared albums of any size, whoever runs them, also those inside your own "
          "company.",
          "群聊", "任何规模、由任何人管理的群聊、频道、论坛和共享相册，包括您单位内部的群。"};
    case Channel::friends_family:
      return {"Friends and family",
              "showing it to people around you, describing it to them or leaving it where they can see it.", "亲友",
              "向身边的人展示、描述，或放在他们看得到的地方。"};
    case Channel::colleagues:
      return {
          "Colleagues",
          "people you work with who have not signed a commitment of their own, also at your own desk and above you.",
          "同事", "没有亲自签署承诺书的同事，包括同一部门的同事和您的上级。"};
  }
  return {"", "", "", ""};
}

std::string liable_text(const Particulars& about) {
  const Locale locale = about.locale;
  const std::string organisation =
      about.organisation.empty() ? pick(locale, "the organisation", "所在单位") : about.organisation;
  switch (about.terms.liable) {
    case Liable::person:
      return about.recipient;
    case Liable::organisation:
      return organisation;
    case Liable::both:
      return about.recipient + pick(locale, " and ", "和") + organisation;
  }
  return {};
}

}  // namespace

std::string channel_heading(Channel channel, Locale locale) {
  const ChannelWords words = words_of(channel);
  return pick(locale, words.heading_en, words.heading_zh);
}

std::string channel_sentence(Channel channel, Locale locale) {
  const ChannelWords words = words_of(channel);
  return pick(locale, fmt::format("{}: {}", words.heading_en, words.text_en),
              fmt::format("{}：{}", words.heading_zh, words.text_zh));
}

std::string channels_list(const Terms& terms, Locale locale) {
  std::string list, outside;
  for (const Channel channel : kChannels) {
    if (terms.covers(channel)) {
      list += (list.empty() ? "- " : "\n- ") + channel_sentence(channel, locale);
    } else {
      if (!outside.empty()) outside += pick(locale, ", ", "、");
      outside += channel_heading(channel, locale);
    }
  }
  if (outside.empty()) return list;
  return list + "\n\n" +
         pick(locale, fmt::format("Not covered by this promise: {}.", outside),
              fmt::format("不在本承诺范围内：{}。", outside));
}

std::string embargo_instant(const Particulars& about) {
  if (!about.terms.embargo_ms)
    return pick(about.locale, about.sender + " releases it publicly", about.sender + "公开发布之时");
  return instant_text(*about.terms.embargo_ms, about.terms.embargo_zone, about.locale);
}

std::string embargo_clause(const Particulars& about) {
  if (!about.terms.embargo_ms)
    return pick(
        about.locale,
        fmt::format("No date of release has been set. The material stays confidential until {0} publishes it "
                    "itself or allows its publication in writing.",
                    about.sender),
        fmt::format("发布时间尚未确定。在{0}自行公开发布，或者书面同意发布之前，全部材料均须保密。", about.sender));
  const std::string instant = embargo_instant(about);
  return pick(about.locale,
              fmt::format("Nothing is published, sent or shown before {}. The clock has 24 hours. One minute early is "
                          "early, and a post scheduled for that instant must not appear before it.",
                          instant),
              fmt::format("在 {} 之前，不得发布、发送或展示任何内容。时间采用 24 小时制。提前一分钟也是提前；"
                          "设置为定时发布的内容，同样不得早于该时刻出现。",
                          instant));
}

std::string amount_clause(const Particulars& about) {
  const Terms& terms = about.terms;
  if (terms.amount.empty())
    return pick(about.locale,
                "No amount is agreed in advance. What the law provides for a breach applies, and so does what is said "
                "below on causes, replies and appeals.",
                "双方未事先约定金额。发生违约时，适用法律的规定以及下文关于原因、申辩和申诉的约定。");
  const std::string amount = amount_text(terms.amount, terms.currency, about.locale);
  return pick(
      about.locale,
      fmt::format(
          "The agreed amount for a breach is {}. It is agreed between us; it is no penalty imposed by one side. "
          "If it is far above or below the loss that was caused, either side may ask for it to be "
          "adjusted as the law allows.",
          amount),
      fmt::format("每次违约的约定金额为 {}。该金额由双方约定，并非单方处罚。约定金额明显高于或者低于实际损失的，"
                  "任何一方均可依法请求调整。",
                  amount));
}

std::string liable_clause(const Particulars& about) {
  const std::string who = liable_text(about);
  switch (about.terms.liable) {
    case Liable::person:
      return pick(about.locale, fmt::format("{} is liable in person.", who), fmt::format("由{}本人承担责任。", who));
    case Liable::organisation:
      return pick(about.locale,
                  fmt::format("{} is liable for what {} does with the material, and signs this commitment too.", who,
                              about.recipient),
                  fmt::format("{}对{}使用材料的行为承担责任，并一同签署本承诺书。", who, about.recipient));
    case Liable::both:
      return pick(
          about.locale,
          fmt::format("{} are both liable, each for the whole. The organisation signs this commitment too.", who),
          fmt::format("{}共同承担责任，各自对全部责任负责。单位一同签署本承诺书。", who));
  }
  return {};
}

std::string sub_suppliers_clause(const Particulars& about) {
  if (!about.terms.sub_suppliers_sign)
    return pick(about.locale, "The material is not passed on to other companies.", "材料不得转交其他公司。");
  return pick(
      about.locale,
      fmt::format("A sub-supplier, contractor or freelancer receives the material only after they have signed a "
                  "commitment of their own to {0}, and only from {0}. Until then nothing is handed on, not even "
                  "extracts or descriptions. Whoever brings a sub-supplier in answers for it as for their own "
                  "people.",
                  about.sender),
      fmt::format("分包商、承包方或自由职业者，只有在其本人已向{0}签署承诺书之后，才能由{0}提供材料；在此之前，"
                  "不得转交任何内容，包括摘录和描述。引入分包商的一方，对分包商如同对自己的人员一样负责。",
                  about.sender));
}

std::string colleagues_clause(const Particulars& about) {
  if (about.terms.may_invite_colleagues)
    return pick(
        about.locale,
        "If a colleague needs the material, invite them from your page: they sign for themselves and get a copy of "
        "their own. There is no other way to pass it on.",
        "如果同事需要材料，请在您的页面上邀请对方：对方须亲自签署，并获得属于自己的副本。除此之外，不得以任何方式转交"
        "。");
  return pick(
      about.locale,
      fmt::format("If a colleague needs the material, ask {} for it: they sign for themselves and get a copy of "
                  "their own. There is no other way to pass it on.",
                  about.sender),
      fmt::format("如果同事需要材料，请向{}提出：对方须亲自签署，并获得属于自己的副本。除此之外，不得以任何方式转交。",
                  about.sender));
}

std::string breach_clause(const Particulars& about) {
  if (!about.terms.breach_text.empty()) return about.terms.breach_text;
  return pick(
      about.locale,
      fmt::format(
          "If something gets out, your access ends, and {0} finds out what happened. "
          "A mark in a file names a copy, never a person: what is held against you is told to you first, with the "
          "evidence, and you have ten working days to reply before anything is decided. The person who decides is "
          "not the one who investigated. You may appeal once, and then turn to a court.\n\n"
          "Mistakes happen. If you report your own at once with \"I slipped\" and take it down, that is recorded "
          "and counts in your favour: a first mistake that was cured at once does not by itself cost the agreed "
          "amount.",
          about.sender),
      fmt::format("一旦发生泄露，您的访问权限即告终止，由{0}查明情况。文件中的标记指向的是某一份副本，而不是某一个人："
                  "对您不利的事实和证据会先行告知，您有十个工作日进行申辩，在此之前不作任何决定。作出决定的人与调查的人"
                  "不是同一人。"
                  "您可以申诉一次，之后仍可向法院起诉。\n\n"
                  "人难免失误。如果您立即通过“我失误了”自行报告并撤下内容，这一情节会被记录，并作为对您有利的因素："
                  "初次失误且立即补救的，不会仅因此而要求支付约定金额。",
                  about.sender));
}

std::string signing_clause(const Particulars& about) {
  if (!about.terms.signing_method.empty()) return about.terms.signing_method;
  return pick(
      about.locale,
      "We agree that this commitment is signed electronically, and that this way of signing is reliable: a link sent "
      "to "
      "you alone, a one-time code, your name typed by yourself and each clause ticked by yourself. The text is frozen "
      "before it is sent; its SHA-256 hash, each step with its time, and the answers to the questions are kept in a "
      "chain "
      "of records in which no later change goes unnoticed. The signed document is sealed and sent to everybody who "
      "signed. "
      "Such a signature binds like one by hand.",
      "双方约定以电子方式签署本承诺书，并约定以下方式为可靠的电子签名方式：仅发送给您本人的链接、一次性验证码、由您亲自"
      "输入的姓名，"
      "以及由您亲自逐条勾选的条款。文本在发送前即已固定；其 SHA-256 "
      "哈希值、每一步骤及其时间、对问题的回答，均保存在连续的记录链中，"
      "任何事后改动都能被发现。签署后的文件加盖电子印章并发送给每一位签署人。此种签名与手写签名具有同等约束力。");
}

std::string recipient_clause(const Particulars& about) {
  if (about.organisation.empty()) return about.recipient;
  return pick(about.locale, about.recipient + ", " + about.organisation, about.organisation + " " + about.recipient);
}

std::string consent_text(const Particulars& about) {
  return pick(
      about.locale,
      fmt::format("I have read this commitment to {0} to its end and understood it. I sign it electronically with "
                  "the name I typed, and I want this to bind me like a signature by hand.",
                  about.sender),
      fmt::format(
          "我已完整阅读并理解本向{0}作出的承诺书。我以所输入的姓名进行电子签署，并同意其与手写签名具有同等约束力。",
          about.sender));
}

std::vector<std::pair<std::string, std::string>> terms_table(const Particulars& about) {
  const Terms& terms = about.terms;
  const Locale locale = about.locale;
  std::vector<std::pair<std::string, std::string>> rows;
  const auto row = [&](const char* en, const char* zh, std::string value) {
    if (!value.empty()) rows.emplace_back(pick(locale, en, zh), std::move(value));
  };
  row("Number", "编号",
      about.number.empty() ? ""
                           : about.number + pick(locale, fmt::format(", version {}", about.version),
                                                 fmt::format("，第 {} 版", about.version)));
  row("Project", "项目", about.project);
  row("Promised by", "承诺人", recipient_clause(about));
  row("Promised to", "承诺对象", about.sender);
  std::string covered;
  for (const Channel channel : kChannels)
    if (terms.covers(channel))
      covered += (covered.empty() ? "" : pick(locale, ", ", "、")) + channel_heading(channel, locale);
  row("Covers", "涵盖范围", covered);
  row("Embargo until", "保密截止", embargo_instant(about));
  row("Agreed amount", "约定金额",
      terms.amount.empty() ? pick(locale, "none agreed", "未约定") : amount_text(terms.amount, terms.currency, locale));
  row("Liable", "责任方", liable_text(about));
  row("Signs for the organisation", "单位签署人", about.company_signatory);
  row("Sub-suppliers", "分包商",
      terms.sub_suppliers_sign ? pick(locale, "sign first, then receive", "先签署，后接收")
                               : pick(locale, "receive nothing", "不得接收"));
  return rows;
}

}  // namespace probity::commitments
