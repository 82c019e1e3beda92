// Mails, webhooks and their deliveries in SQL.
#pragma once

#include "outbox/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class OutboxStore final : public outbox::Store {
 public:
  explicit OutboxStore(Database& database) : database_(database) {}

  Result<void> insert(const outbox::Mail& mail) override;
  Result<void> update(const outbox::Mail& mail) override;
  Result<std::optional<outbox::Mail>> mail(const Id& id) override;
  Result<Listed<outbox::Mail>> mails(const outbox::MailQuery& query) override;
  Result<std::uint64_t> last_change() override;
  Result<std::vector<std::pair<std::uint64_t, outbox::Mail>>> changed_after(std::uint64_t changed,
                                                                            std::size_t limit) override;

  Result<void> insert(const outbox::Webhook& webhook) override;
  Result<void> update(const outbox::Webhook& webhook) override;
  Result<void> remove_webhook(const Id& id) override;
  Result<std::optional<outbox::Webhook>> webhook(const Id& id) override;
  Result<std::vector<outbox::Webhook>> webhooks() override;

  Result<void> insert(const outbox::WebhookDelivery& delivery) override;
  Result<void> update(const outbox::WebhookDelivery& delivery) override;
  Result<std::optional<outbox::WebhookDelivery>> delivery(const Id& id) override;
  Result<Listed<outbox::WebhookDelivery>> deliveries(const Id& webhook, const ListQuery& page) override;

 private:
  Database& database_;
};

}  // namespace probity::store
