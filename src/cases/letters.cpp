#include "cases/letters.h"

#include <fmt/format.h>

#include "projects/zone.h"

namespace probity::cases {

outbox::Message letter(const commitments::Reader& reader, const commitments::House& house, const LetterText& text) {
  const bool chinese = reader.locale == commitments::Locale::zh;
  outbox::Message message;
  message.to = reader.email;
  message.to_name = reader.name;
  message.kind = text.kind;
  message.subject = chinese ? text.subject_zh : text.subject_en;
  for (char& c : message.subject)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  const std::string contact = house.contact_email.empty() ? std::string() : "\n" + house.contact_email;
  const std::string link =
      text.link.empty() ? std::string()
      : chinese
          ? fmt::format("\n\n您的专属链接（请勿转发）：\n{}\n\n打开后，系统会向此邮箱发送一次性验证码。", text.link)
          : fmt::format(
                "\n\nYour personal link (please do not forward it):\n{}\n\nWhen you open it, a one-time "
                "code is sent to this address.",
                text.link);
  message.text =
      chinese ? fmt::format("{}，您好：\n\n{}{}\n\n{}{}", reader.name, text.body_zh, link, house.organisation, contact)
              : fmt::format("Dear {},\n\n{}{}\n\nKind regards\n{}{}", reader.name, text.body_en, link,
                            house.organisation, contact);
  message.link = text.link;
  message.project = text.project;
  return message;
}

std::string instant_text(TimeMs time_ms, const commitments::House& house) {
  return projects::local_minute_text(time_ms, house.zone);
}

}  // namespace probity::cases
