#include "accounts/invitation_mail.h"

#include <fmt/format.h>

namespace probity::accounts {

outbox::Message invitation_mail(const Account& account, const std::string& organisation, const std::string& by,
                                const std::string& link) {
  outbox::Message message;
  message.to = account.email;
  message.to_name = account.name;
  message.kind = "account.invited";
  message.link = link;
  if (account.locale == "zh") {
    message.subject = fmt::format("邀请您使用 {} 的 Probity", organisation);
    message.text = fmt::format(
        "{}，您好：\n\n{} 邀请您使用 {} 的 Probity。请通过下面的链接设置密码，链接 7 天内有效，只能使用一次：\n\n{}\n\n"
        "如果您不认识邀请人，请忽略此邮件。\n",
        account.name, by, organisation, link);
  } else {
    message.subject = fmt::format("Your account at {}", organisation);
    message.text = fmt::format(
        "Hello {},\n\n{} has invited you to Probity at {}. Set your password with this link; it is valid for 7 days "
        "and "
        "works once:\n\n{}\n\nIf you do not know who invites you, ignore this mail.\n",
        account.name, by, organisation, link);
  }
  return message;
}

}  // namespace probity::accounts
