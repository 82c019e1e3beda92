#include "commitments/letters.h"

#include <fmt/format.h>

#include "commitments/access.h"
#include "commitments/zone.h"

namespace probity::commitments {
namespace {

bool chinese(const Reader& reader) { return reader.locale == Locale::zh; }

// A subject is one line, whatever a name may hold.
std::string one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return text;
}

std::string closing(const Reader& reader, const House& house) {
  const std::string contact = house.contact_email.empty() ? std::string() : "\n" + house.contact_email;
  if (chinese(reader)) return fmt::format("\n\n{}{}", house.organisation, contact);
  return fmt::format("\n\nKind regards\n{}{}", house.organisation, contact);
}

std::string greeting(const Reader& reader) {
  return chinese(reader) ? fmt::format("{}，您好：\n\n", reader.name) : fmt::format("Dear {},\n\n", reader.name);
}

std::string your_link(const Reader& reader, const std::string& link) {
  if (link.empty()) return {};
  if (chinese(reader))
    return fmt::format("\n\n您的专属链接（请勿转发）：\n{}\n\n打开后，系统会向此邮箱发送一次性验证码。", link);
  return fmt::format(
      "\n\nYour personal link (please do not forward it):\n{}\n\nWhen you open it, a one-time code is sent to this "
      "address.",
      link);
}

outbox::Message letter(const Reader& reader, const House& house, const char* kind, std::string subject,
                       const std::string& body) {
  outbox::Message message;
  message.to = reader.email;
  message.to_name = reader.name;
  message.kind = kind;
  message.subject = one_line(std::move(subject));
  message.text = greeting(reader) + body + closing(reader, house);
  return message;
}

outbox::Message about(const Reader& reader, const Matter& matter, const char* kind, std::string subject,
                      const std::string& body) {
  outbox::Message message =
      letter(reader, matter.house, kind, std::move(subject), body + your_link(reader, matter.link));
  message.link = matter.link;
  message.project = matter.project_id;
  return message;
}

}  // namespace

outbox::Message invitation_letter(const Reader& reader, const Matter& matter, SignatoryRole role,
                                  const std::optional<TimeMs>& sign_by_ms, const std::string& zone) {
  const std::string until = sign_by_ms ? instant_text(*sign_by_ms, zone, reader.locale) : "";
  if (chinese(reader)) {
    std::string body =
        role == SignatoryRole::company
            ? fmt::format("{}已签署关于“{}”的承诺书 {}。该承诺书约定贵单位共同承担责任，现请您代表单位签署。",
                          matter.person, matter.project, matter.number)
            : fmt::format("{}邀请您参与“{}”。在您签署承诺书 {} 之后，即可查看为您准备的材料。",
                          matter.house.organisation, matter.project, matter.number);
    body += "\n\n流程只需几分钟：阅读、回答三个问题、签署。无需注册账号。";
    if (!until.empty()) body += fmt::format("\n\n请于 {} 之前签署。", until);
    return about(reader, matter, "commitment.sent", fmt::format("请签署：{}", matter.title), body);
  }
  std::string body =
      role == SignatoryRole::company
          ? fmt::format(
                "{} has signed commitment {} on {}. It makes your organisation liable too, so please sign it on its "
                "behalf.",
                matter.person, matter.number, matter.project)
          : fmt::format(
                "{} would like to show you {}. Once you have signed commitment {}, what was prepared for you opens.",
                matter.house.organisation, matter.project, matter.number);
  body += "\n\nIt takes a few minutes: read, answer three questions, sign. You need no account.";
  if (!until.empty()) body += fmt::format("\n\nPlease sign before {}.", until);
  return about(reader, matter, "commitment.sent", fmt::format("Please sign: {}", matter.title), body);
}

outbox::Message colleague_letter(const Reader& reader, const Matter& matter, const std::string& inviter) {
  if (chinese(reader))
    return about(reader, matter, "colleague.invited", fmt::format("{}邀请您签署：{}", inviter, matter.title),
                 fmt::format("您的同事{}邀请您参与{}的“{}”。请先亲自签署承诺书 {}，之后您将获得属于自己的副本。"
                             "请勿使用同事的副本。",
                             inviter, matter.house.organisation, matter.project, matter.number));
  return about(
      reader, matter, "colleague.invited", fmt::format("{} invites you to sign: {}", inviter, matter.title),
      fmt::format("Your colleague {} has invited you to {} by {}. Please sign commitment {} for yourself first; "
                  "you will then get a copy of your own. Please do not use your colleague's.",
                  inviter, matter.project, matter.house.organisation, matter.number));
}

outbox::Message code_letter(const Reader& reader, const House& house, const std::string& code) {
  const auto minutes = kCodeLife / kMinuteMs;
  if (chinese(reader))
    return letter(reader, house, "code", fmt::format("验证码 {}", code),
                  fmt::format("您的一次性验证码：{}\n\n{} 分钟内有效，只能使用一次。请勿告诉任何人。"
                              "如果不是您本人操作，请忽略此邮件。",
                              code, minutes));
  return letter(
      reader, house, "code", fmt::format("Your code: {}", code),
      fmt::format("Your one-time code: {}\n\nIt is valid for {} minutes and works once. Tell it to nobody. If "
                  "you did not ask for it, you need not do anything.",
                  code, minutes));
}

outbox::Message reminder_letter(const Reader& reader, const Matter& matter) {
  if (chinese(reader))
    return about(
        reader, matter, "commitment.reminded", fmt::format("提醒签署：{}", matter.title),
        fmt::format("关于“{}”的承诺书 {} 仍待您签署。签署之前，无法查看材料。", matter.project, matter.number));
  return about(reader, matter, "commitment.reminded", fmt::format("Reminder: {}", matter.title),
               fmt::format("Commitment {} on {} is still waiting for your signature. Until then nothing can be opened.",
                           matter.number, matter.project));
}

outbox::Message signed_copy_letter(const Reader& reader, const Matter& matter) {
  if (chinese(reader))
    return about(
        reader, matter, "commitment.in_force", fmt::format("已生效：{}", matter.title),
        fmt::format("{}的承诺书 {} 已生效。附件为加盖电子印章的文件，请妥善保存：任何人都可以据此核对签署内容。",
                    matter.person, matter.number));
  return about(reader, matter, "commitment.in_force", fmt::format("In force: {}", matter.title),
               fmt::format("Commitment {} of {} is in force. The sealed document is attached. Please keep it: with it "
                           "anybody can check what was signed.",
                           matter.number, matter.person));
}

outbox::Message declined_letter(const Reader& reader, const Matter& matter, const std::string& reason) {
  if (chinese(reader))
    return about(
        reader, matter, "commitment.declined", fmt::format("已拒签：{} {}", matter.person, matter.number),
        fmt::format("{}拒签了关于“{}”的承诺书 {}。\n\n理由：{}", matter.person, matter.project, matter.number, reason));
  return about(reader, matter, "commitment.declined", fmt::format("Declined: {}, {}", matter.person, matter.number),
               fmt::format("{} declined commitment {} on {}.\n\nReason given: {}", matter.person, matter.number,
                           matter.project, reason));
}

outbox::Message revoked_letter(const Reader& reader, const Matter& matter, const std::string& reason) {
  if (chinese(reader))
    return about(reader, matter, "commitment.revoked", fmt::format("已撤回：{}", matter.title),
                 fmt::format("{}撤回了承诺书 {}，即日起不再据此提供副本。您此前承诺的保密义务不受影响。\n\n理由：{}",
                             matter.house.organisation, matter.number, reason));
  return about(
      reader, matter, "commitment.revoked", fmt::format("Taken back: {}", matter.title),
      fmt::format("{} has taken back commitment {}: no copies are opened under it from now on. What you promised "
                  "about what you have seen already still stands.\n\nReason: {}",
                  matter.house.organisation, matter.number, reason));
}

outbox::Message reinstated_letter(const Reader& reader, const Matter& matter, const std::string& reason) {
  if (chinese(reader))
    return about(reader, matter, "commitment.reinstated", fmt::format("已恢复：{}", matter.title),
                 fmt::format("{}恢复了承诺书 {}，即日起可再次据此查看副本。\n\n理由：{}", matter.house.organisation,
                             matter.number, reason));
  return about(reader, matter, "commitment.reinstated", fmt::format("In force again: {}", matter.title),
               fmt::format("{} has put commitment {} in force again: copies are opened under it from now on.\n\n"
                           "Reason: {}",
                           matter.house.organisation, matter.number, reason));
}

outbox::Message extended_letter(const Reader& reader, const Matter& matter, const std::optional<TimeMs>& until_ms,
                                const std::string& zone) {
  if (chinese(reader))
    return about(reader, matter, "commitment.extended", fmt::format("签署期限已延长：{}", matter.title),
                 until_ms ? fmt::format("承诺书 {} 的签署期限延长至 {}。", matter.number,
                                        instant_text(*until_ms, zone, reader.locale))
                          : fmt::format("承诺书 {} 不再限定签署期限。", matter.number));
  return about(reader, matter, "commitment.extended", fmt::format("More time to sign: {}", matter.title),
               until_ms ? fmt::format("You can sign commitment {} until {}.", matter.number,
                                      instant_text(*until_ms, zone, reader.locale))
                        : fmt::format("There is no longer a last day for signing commitment {}.", matter.number));
}

outbox::Message slip_letter(const Reader& reader, const Matter& matter, const Slip& slip, const std::string& zone) {
  const auto time = [&](TimeMs time_ms) { return instant_text(time_ms, zone, reader.locale); };
  if (chinese(reader))
    return about(
        reader, matter, "slip.reported", fmt::format("主动报告失误：{}，{}", matter.person, matter.project),
        fmt::format("{}（承诺书 {}）主动报告了一次失误。\n\n发生了什么：{}\n在哪里：{}\n发生时间：{}\n撤下时间：{}\n\n"
                    "此次主动报告已作为从轻情节记录。请尽快确认并答复。",
                    matter.person, matter.number, slip.what, slip.where, time(slip.happened_ms),
                    slip.taken_down_ms ? time(*slip.taken_down_ms) : "尚未撤下"));
  return about(reader, matter, "slip.reported", fmt::format("\"I slipped\": {}, {}", matter.person, matter.project),
               fmt::format("{} (commitment {}) reports a mistake of their own.\n\nWhat: {}\nWhere: {}\nWhen: {}\nTaken "
                           "down: {}\n\nThe report is recorded as mitigation. Please acknowledge it and answer soon.",
                           matter.person, matter.number, slip.what, slip.where, time(slip.happened_ms),
                           slip.taken_down_ms ? time(*slip.taken_down_ms) : "not yet"));
}

std::string_view embargo_notice_name(EmbargoNotice notice) {
  switch (notice) {
    case EmbargoNotice::day_before:
      return "day_before";
    case EmbargoNotice::hour_before:
      return "hour_before";
    case EmbargoNotice::lifted:
      return "lifted";
  }
  return "";
}

outbox::Message embargo_letter(const Reader& reader, const Matter& matter, EmbargoNotice notice, TimeMs at_ms,
                               const std::string& zone) {
  const std::string instant = instant_text(at_ms, zone, reader.locale);
  if (notice == EmbargoNotice::lifted) {
    if (chinese(reader))
      return about(reader, matter, "embargo.lifted", fmt::format("可以发布：{}", matter.project),
                   fmt::format("“{}”的约定发布时间（{}）已到，现在可以发布。", matter.project, instant));
    return about(reader, matter, "embargo.lifted", fmt::format("The embargo has lifted: {}", matter.project),
                 fmt::format("The embargo on {} has lifted ({}). You may publish now.", matter.project, instant));
  }
  const bool day = notice == EmbargoNotice::day_before;
  if (chinese(reader))
    return about(reader, matter, "embargo.notice",
                 fmt::format("{}内到发布时间：{}", day ? "24 小时" : "1 小时", matter.project),
                 fmt::format("“{}”的约定发布时间为：\n\n{}\n\n时间采用 24 小时制。在此之前请继续保密，"
                             "并检查定时发布的设置和所用时区。",
                             matter.project, instant));
  return about(
      reader, matter, "embargo.notice",
      fmt::format("Embargo lifts within {}: {}", day ? "24 hours" : "the hour", matter.project),
      fmt::format("The embargo on {} lifts at\n\n{}\n\non a 24-hour clock. Until then please keep everything to "
                  "yourself, and check scheduled posts and their time zone.",
                  matter.project, instant));
}

}  // namespace probity::commitments
