// How mails and webhook calls leave: ports, and their implementations over libcurl.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/secret.h"

namespace probity::outbox {

struct MailPart {
  std::string name;
  std::string media_type;
  Bytes bytes;
};

struct OutgoingMail {
  std::string id;  // becomes the Message-ID, so that a mail sent twice is known as one
  std::string to, to_name, subject, text, html;
  TimeMs time_ms = 0;
  std::vector<MailPart> attachments;
};

class MailTransport {
 public:
  virtual ~MailTransport() = default;
  // Errors: unavailable (try later), invalid_argument (the server refuses this mail for good). Never the password.
  virtual Result<void> send(const OutgoingMail& mail) = 0;
};

struct SmtpOptions {
  std::string url;   // smtp://host:587 or smtps://host:465
  std::string user;  // empty: no sign-in
  std::string password;
  std::string from;  // address
  std::string from_name;
  bool require_tls = true;  // STARTTLS or smtps; off only for a server on this machine
  int timeout_s = 60;
};
// Errors: invalid_argument for options that cannot work.
Result<std::unique_ptr<MailTransport>> smtp_transport(const SmtpOptions& options);

struct HttpCall {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  // The answer's status. Errors: unavailable (no connection, timeout).
  virtual Result<int> post(const HttpCall& call) = 0;
};
// POSTs without following redirects and without keeping the answer.
std::unique_ptr<HttpTransport> curl_http_transport(int timeout_s = 15);

}  // namespace probity::outbox
