// A mail to be sent: what domain services hand to the outbox inside their own transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"

namespace probity::outbox {

struct Attachment {
  std::string name;
  std::string media_type;
  Hash blob{};  // in the blob store
  std::uint64_t size_bytes = 0;
};

struct Message {
  std::string to;  // address
  std::string to_name;
  std::string kind;     // "commitment.sent", "code", "reminder" …
  std::string subject;  // one line
  std::string text;     // plain text, already in the reader's language
  std::string link;     // shown by the outbox page and as a button in the HTML part; may be empty
  std::optional<Id> project;
  std::vector<Attachment> attachments;
};

// Mails whose text and subject hold a one-time code.
inline constexpr const char* kCodeMail = "code";
// The subject for lists and titles: of a code mail without the code.
std::string shown_subject(const Message& message);

// Joins the caller's transaction: when it commits the mail will be sent, even after a crash. Errors: storage.
class Sender {
 public:
  virtual ~Sender() = default;
  virtual Result<Id> enqueue(const Message& message) = 0;
};

}  // namespace probity::outbox
