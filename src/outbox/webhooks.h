// Telling other programs what happened: webhooks, their deliveries, and the reader that makes deliveries of events.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "events/event.h"
#include "jobs/queue.h"
#include "outbox/store.h"
#include "outbox/transport.h"

namespace probity::outbox {

inline constexpr const char* kDeliverWebhookJob = "deliver_webhook";

struct WebhookPorts {
  Store& store;
  Transactions& transactions;
  events::EventLog& events;
  jobs::Queue& jobs;
  Clock& clock;
  Random& random;
  HttpTransport& transport;
};

struct WebhookChange {
  std::optional<std::string> url;
  std::optional<std::vector<std::string>> events;
  std::optional<bool> active;
};

// Thread-safe. Borrows its ports.
class Webhooks {
 public:
  explicit Webhooks(const WebhookPorts& ports) : ports_(ports) {}

  // The secret is in the record and is shown this once. Errors: invalid_argument.
  Result<Webhook> create(const std::string& url, const std::vector<std::string>& events);
  Result<Webhook> change(const Id& id, const WebhookChange& change);
  Result<void> remove(const Id& id);
  Result<std::vector<Webhook>> list() { return ports_.store.webhooks(); }
  Result<Listed<WebhookDelivery>> deliveries(const Id& id, const ListQuery& page);
  // Queues a "webhook.test" event. Errors: not_found.
  Result<WebhookDelivery> test(const Id& id);

  // Makes deliveries of the events since the last call, in one transaction; returns how many events were read.
  Result<std::size_t> read_events();
  // One attempt; the job queue calls it again after an error. Errors: unavailable.
  Result<void> deliver(const Id& delivery);

 private:
  Result<Webhook> webhook(const Id& id);
  Result<WebhookDelivery> queue(const Webhook& webhook, const std::string& event, std::string body);

  WebhookPorts ports_;
};

}  // namespace probity::outbox
