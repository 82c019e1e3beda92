#include "outbox/outbox.h"

#include <fmt/format.h>

#include <algorithm>

#include "outbox/html_part.h"

namespace probity::outbox {
namespace {

constexpr int kMostMailAttempts = 8;
constexpr std::size_t kMostSubjectBytes = 500;
constexpr std::size_t kMostAddressBytes = 254;

bool fits_a_header(std::string_view text, std::size_t most_bytes) {
  return text.size() <= most_bytes &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

Result<void> check(const Message& message) {
  const std::size_t at = message.to.find('@');
  const bool address = fits_a_header(message.to, kMostAddressBytes) && at != std::string::npos && at > 0 &&
                       at + 1 < message.to.size() && message.to.find_first_of(" <>,;\"") == std::string::npos;
  if (!address)
    return fail(ErrorCode::invalid_argument, "that is not a mail address that can be written to",
                "correct the address");
  if (!fits_a_header(message.subject, kMostSubjectBytes) || !fits_a_header(message.to_name, kMostSubjectBytes))
    return fail(ErrorCode::invalid_argument, "a mail's subject and names are one line each");
  return {};
}

}  // namespace

Result<void> Outbox::queue_job(const Mail& mail) {
  jobs::JobRequest request;
  request.kind = kSendMailJob;
  request.title = fmt::format("Mail: {}", shown_subject(mail.message));
  request.title_zh = fmt::format("邮件：{}", shown_subject(mail.message));
  request.project = mail.message.project;
  request.subject = mail.id;
  request.most_attempts = kMostMailAttempts;
  request.once_key = "mail " + mail.id.text();
  return ports_.jobs.enqueue(request).map([](const Id&) {});
}

Result<Id> Outbox::enqueue(const Message& message) {
  TRY(check(message));
  Mail mail;
  mail.id = Id::random(ports_.random);
  mail.message = message;
  mail.created_ms = ports_.clock.now_ms();
  mail.state = sends() ? MailState::queued : MailState::shown;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(mail));
    return sends() ? queue_job(mail) : Result<void>();
  }));
  return mail.id;
}

Result<Mail> Outbox::mail(const Id& id) {
  TRY_ASSIGN(auto mail, ports_.store.mail(id));
  if (!mail) return fail(ErrorCode::not_found, "there is no such mail");
  return std::move(*mail);
}

Result<OutgoingMail> Outbox::outgoing(const Mail& mail) {
  const Message& message = mail.message;
  OutgoingMail out;
  out.id = mail.id.text();
  out.to = message.to;
  out.to_name = message.to_name;
  out.subject = message.subject;
  out.text = message.text;
  out.html = html_part(message);
  out.time_ms = mail.created_ms;
  for (const Attachment& attachment : message.attachments) {
    TRY_ASSIGN(Bytes bytes, ports_.read_blob(attachment.blob));
    out.attachments.push_back({attachment.name, attachment.media_type, std::move(bytes)});
  }
  return out;
}

Result<void> Outbox::deliver(const Id& id) {
  TRY_ASSIGN(Mail mail, this->mail(id));
  if (mail.state == MailState::sent) return {};
  const auto keep = [&] { return ports_.transactions.write([&] { return ports_.store.update(mail); }); };
  if (!sends()) {
    mail.state = MailState::shown;
    return keep();
  }
  mail.state = MailState::sending;
  ++mail.attempts;
  TRY(keep());
  Result<void> outcome = outgoing(mail).and_then([&](const OutgoingMail& out) { return ports_.transport->send(out); });
  if (outcome) {
    mail.state = MailState::sent;
    mail.sent_ms = ports_.clock.now_ms();
    mail.last_error.clear();
  } else {
    const bool for_good = outcome.error().code == ErrorCode::invalid_argument || mail.attempts >= kMostMailAttempts;
    mail.state = for_good ? MailState::failed : MailState::queued;
    mail.last_error = outcome.error().message;
  }
  TRY(keep());
  return outcome;
}

Result<Mail> Outbox::retry(const Id& id) {
  if (!sends())
    return fail(ErrorCode::conflict, "no mail server is configured",
                "set [mail] in probity.toml, or pass the link on yourself");
  Mail mail;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(mail, this->mail(id));
    if (mail.state != MailState::failed && mail.state != MailState::shown)
      return fail(ErrorCode::conflict, "this mail is on its way or was sent");
    mail.state = MailState::queued;
    mail.attempts = 0;
    mail.last_error.clear();
    TRY(ports_.store.update(mail));
    return queue_job(mail);
  }));
  return mail;
}

}  // namespace probity::outbox
