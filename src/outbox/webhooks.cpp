#include "outbox/webhooks.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::outbox {
namespace {

constexpr const char* kReader = "webhooks";
constexpr std::size_t kBatch = 200;
constexpr std::size_t kMostWebhooks = 50;
constexpr int kMostCallAttempts = 8;

Result<void> check_events(const std::vector<std::string>& events) {
  const auto& known = webhook_events();
  if (events.empty())
    return fail(ErrorCode::invalid_argument, "no event is chosen", "choose at least one, e.g. commitment.signed");
  for (const auto& event : events)
    if (std::find(known.begin(), known.end(), event) == known.end())
      return fail(ErrorCode::invalid_argument, "that is not an event webhooks can ask for",
                  fmt::format("choose from {}", fmt::join(known, ", ")));
  return {};
}

// {"type", "timestamp", "data"}: ids and details, never names; who needs more asks the API.
std::string body_of(const events::Event& event) {
  const auto id = [](const std::optional<Id>& value) {
    return value ? nlohmann::json(value->text()) : nlohmann::json(nullptr);
  };
  auto details = nlohmann::json::parse(event.data_json, nullptr, /*allow_exceptions=*/false);
  if (details.is_discarded()) details = nlohmann::json::object();
  const nlohmann::json data = {{"sequence", event.sequence},   {"project", id(event.project)},
                               {"party", id(event.party)},     {"commitment", id(event.commitment)},
                               {"asset", id(event.asset)},     {"copy", id(event.copy)},
                               {"details", std::move(details)}};
  return nlohmann::json{{"type", event.kind}, {"timestamp", to_rfc3339(event.time_ms)}, {"data", data}}.dump();
}

}  // namespace

Result<Webhook> Webhooks::webhook(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.webhook(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such webhook");
  return std::move(*found);
}

Result<Webhook> Webhooks::create(const std::string& url, const std::vector<std::string>& events) {
  Webhook webhook;
  TRY_ASSIGN(webhook.url, check_webhook_url(url));
  TRY(check_events(events));
  webhook.id = Id::random(ports_.random);
  webhook.events = events;
  Bytes secret(24);
  ports_.random.fill(secret);
  webhook.secret = "whsec_" + to_base64(secret);
  webhook.created_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto all, ports_.store.webhooks());
    if (all.size() >= kMostWebhooks)
      return fail(ErrorCode::conflict, fmt::format("there are {} webhooks already", all.size()), "remove one first");
    return ports_.store.insert(webhook);
  }));
  return webhook;
}

Result<Webhook> Webhooks::change(const Id& id, const WebhookChange& change) {
  Webhook webhook;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(webhook, this->webhook(id));
    if (change.url) {
      TRY_ASSIGN(webhook.url, check_webhook_url(*change.url));
    }
    if (change.events) {
      TRY(check_events(*change.events));
      webhook.events = *change.events;
    }
    webhook.active = change.active.value_or(webhook.active);
    return ports_.store.update(webhook);
  }));
  return webhook;
}

Result<void> Webhooks::remove(const Id& id) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY(webhook(id));
    return ports_.store.remove_webhook(id);
  });
}

Result<Listed<WebhookDelivery>> Webhooks::deliveries(const Id& id, const ListQuery& page) {
  TRY(webhook(id));
  return ports_.store.deliveries(id, page);
}

Result<WebhookDelivery> Webhooks::queue(const Webhook& webhook, const std::string& event, std::string body) {
  WebhookDelivery delivery;
  delivery.id = Id::random(ports_.random);
  delivery.webhook = webhook.id;
  delivery.event = event;
  delivery.body = std::move(body);
  delivery.created_ms = ports_.clock.now_ms();
  jobs::JobRequest request;
  request.kind = kDeliverWebhookJob;
  request.title = fmt::format("Webhook: {}", event);
  request.title_zh = fmt::format("网络钩子：{}", event);
  request.subject = delivery.id;
  request.most_attempts = kMostCallAttempts;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(delivery));
    return ports_.jobs.enqueue(request).map([](const Id&) {});
  }));
  return delivery;
}

Result<WebhookDelivery> Webhooks::test(const Id& id) {
  TRY_ASSIGN(const Webhook target, webhook(id));
  const nlohmann::json body = {
      {"type", "webhook.test"}, {"timestamp", to_rfc3339(ports_.clock.now_ms())}, {"data", nlohmann::json::object()}};
  return queue(target, "webhook.test", body.dump());
}

Result<std::size_t> Webhooks::read_events() {
  std::size_t read = 0;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const std::uint64_t seen, ports_.events.cursor(kReader));
    TRY_ASSIGN(const auto events, ports_.events.after(seen, kBatch));
    read = events.size();
    if (events.empty()) return {};
    TRY_ASSIGN(const auto all, ports_.store.webhooks());
    for (const auto& event : events)
      for (const Webhook& webhook : all) {
        const bool asked = std::find(webhook.events.begin(), webhook.events.end(), event.kind) != webhook.events.end();
        if (webhook.active && asked) TRY(queue(webhook, event.kind, body_of(event)));
      }
    return ports_.events.set_cursor(kReader, events.back().sequence);
  }));
  return read;
}

Result<void> Webhooks::deliver(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.delivery(id));
  if (!found || found->state == DeliveryState::delivered) return {};  // the webhook was removed meanwhile
  WebhookDelivery delivery = std::move(*found);
  TRY_ASSIGN(Webhook target, webhook(delivery.webhook));
  const std::int64_t timestamp_s = ports_.clock.now_ms() / 1000;
  TRY_ASSIGN(const std::string signature,
             webhook_signature(target.secret, delivery.id.text(), timestamp_s, delivery.body));
  const auto status = ports_.transport.post({target.url,
                                             {{"Content-Type", "application/json"},
                                              {"webhook-id", delivery.id.text()},
                                              {"webhook-timestamp", std::to_string(timestamp_s)},
                                              {"webhook-signature", signature}},
                                             delivery.body});
  ++delivery.attempts;
  const bool taken = status && *status >= 200 && *status < 300;
  delivery.status = status ? std::optional(*status) : std::nullopt;
  delivery.error = status ? (taken ? "" : fmt::format("answered {}", *status)) : status.error().message;
  delivery.state = taken                                    ? DeliveryState::delivered
                   : delivery.attempts >= kMostCallAttempts ? DeliveryState::failed
                                                            : DeliveryState::queued;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.update(delivery));
    // Read again: it may have been changed while the call was on its way.
    TRY_ASSIGN(auto now, ports_.store.webhook(target.id));
    if (!now) return {};
    now->last_status = delivery.status;
    return ports_.store.update(*now);
  }));
  if (taken) return {};
  return fail(ErrorCode::unavailable, delivery.error);
}

}  // namespace probity::outbox
