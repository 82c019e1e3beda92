#include "outbox/mail.h"

#include <array>

namespace probity::outbox {
namespace {

constexpr std::array<std::pair<MailState, std::string_view>, 5> kMailStates{{{MailState::queued, "queued"},
                                                                             {MailState::sending, "sending"},
                                                                             {MailState::sent, "sent"},
                                                                             {MailState::failed, "failed"},
                                                                             {MailState::shown, "shown"}}};

}  // namespace

std::string shown_subject(const Message& message) {
  std::string subject = message.subject;
  if (message.kind == kCodeMail)
    for (char& c : subject)
      if (c >= '0' && c <= '9') c = '*';
  return subject;
}

std::string_view mail_state_name(MailState state) { return kMailStates[static_cast<std::size_t>(state)].second; }

std::optional<MailState> parse_mail_state(std::string_view name) {
  for (const auto& [state, known] : kMailStates)
    if (known == name) return state;
  return std::nullopt;
}

}  // namespace probity::outbox
