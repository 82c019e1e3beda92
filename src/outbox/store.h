// The port to where mails, webhooks and what was sent to them are kept. Twin: src/store (SQL).
#pragma once

#include "outbox/mail.h"
#include "outbox/webhook.h"

namespace probity::outbox {

// Joins the caller's transaction. Errors of every verb: storage, conflict, corrupt.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<void> insert(const Mail& mail) = 0;
  // Everything but the message.
  virtual Result<void> update(const Mail& mail) = 0;
  virtual Result<std::optional<Mail>> mail(const Id& id) = 0;
  virtual Result<Listed<Mail>> mails(const MailQuery& query) = 0;
  // Mails count their changes upwards, for those who follow them: the newest number, and what came after one.
  virtual Result<std::uint64_t> last_change() = 0;
  virtual Result<std::vector<std::pair<std::uint64_t, Mail>>> changed_after(std::uint64_t changed,
                                                                            std::size_t limit) = 0;

  virtual Result<void> insert(const Webhook& webhook) = 0;
  virtual Result<void> update(const Webhook& webhook) = 0;
  virtual Result<void> remove_webhook(const Id& id) = 0;  // and its deliveries
  virtual Result<std::optional<Webhook>> webhook(const Id& id) = 0;
  virtual Result<std::vector<Webhook>> webhooks() = 0;

  virtual Result<void> insert(const WebhookDelivery& delivery) = 0;
  virtual Result<void> update(const WebhookDelivery& delivery) = 0;
  virtual Result<std::optional<WebhookDelivery>> delivery(const Id& id) = 0;
  // Newest first.
  virtual Result<Listed<WebhookDelivery>> deliveries(const Id& webhook, const ListQuery& page) = 0;
};

}  // namespace probity::outbox
