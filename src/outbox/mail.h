// A mail's record: what is to be sent, and how far sending it has come.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/list_query.h"
#include "outbox/message.h"

namespace probity::outbox {

// shown: there is no mail server, so people read it on the outbox page and pass its link on themselves.
enum class MailState { queued, sending, sent, failed, shown };
std::string_view mail_state_name(MailState state);
std::optional<MailState> parse_mail_state(std::string_view name);

struct Mail {
  Id id;
  Message message;
  MailState state = MailState::queued;
  int attempts = 0;
  std::string last_error;  // of the newest attempt that failed
  std::optional<TimeMs> next_attempt_ms;
  TimeMs created_ms = 0;
  std::optional<TimeMs> sent_ms;
};

// `state`: one of MailState's names or empty. Sorts by created_at (newest first by default), to, subject, state.
struct MailQuery {
  ListQuery page;
  std::string state;
};

}  // namespace probity::outbox
