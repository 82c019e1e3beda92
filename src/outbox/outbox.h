// The outbox: takes mails inside other verbs' transactions, sends them from the job queue, and shows every one.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "events/event.h"
#include "jobs/queue.h"
#include "outbox/store.h"
#include "outbox/transport.h"

namespace probity::outbox {

inline constexpr const char* kSendMailJob = "send_mail";

// Reads an attachment's bytes.
using ReadBlob = std::function<Result<Bytes>(const Hash&)>;

struct OutboxPorts {
  Store& store;
  Transactions& transactions;
  jobs::Queue& jobs;
  Clock& clock;
  Random& random;
  MailTransport* transport = nullptr;  // none: mails are shown instead of sent
  ReadBlob read_blob;
};

// Thread-safe. Borrows its ports.
class Outbox final : public Sender {
 public:
  explicit Outbox(OutboxPorts ports) : ports_(std::move(ports)) {}

  // Errors: invalid_argument for an address or subject that could break a mail's header; storage.
  Result<Id> enqueue(const Message& message) override;

  // One attempt; the job queue calls it again after an error. Sent mails are not sent again.
  // Errors: not_found; unavailable; invalid_argument.
  Result<void> deliver(const Id& mail);

  Result<Listed<Mail>> list(const MailQuery& query) { return ports_.store.mails(query); }
  // Errors: not_found.
  Result<Mail> mail(const Id& id);
  // Queues a failed or shown mail again. Errors: not_found; conflict when it is on its way or sent, or when there is no
  // mail server.
  Result<Mail> retry(const Id& id);
  bool sends() const { return ports_.transport != nullptr; }

 private:
  Result<void> queue_job(const Mail& mail);
  Result<OutgoingMail> outgoing(const Mail& mail);

  OutboxPorts ports_;
};

}  // namespace probity::outbox
