// Webhooks: addresses of other programs that are told what happened, signed as Standard Webhooks 1.0 asks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace probity::outbox {

struct Webhook {
  Id id;
  std::string url;
  std::vector<std::string> events;
  std::string secret;  // "whsec_" and base64; shown once, kept for signing
  bool active = true;
  TimeMs created_ms = 0;
  std::optional<int> last_status;
};

enum class DeliveryState { queued, delivered, failed };
std::string_view delivery_state_name(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view name);

struct WebhookDelivery {
  Id id;
  Id webhook;
  std::string event;
  std::string body;  // JSON, the bytes that are signed
  DeliveryState state = DeliveryState::queued;
  std::optional<int> status;
  int attempts = 0;
  std::string error;
  TimeMs created_ms = 0;
};

// The kinds of event that can be asked for.
const std::vector<std::string>& webhook_events();

// Errors: invalid_argument for anything but an http or https address with a host and without user, password or
// fragment.
Result<std::string> check_webhook_url(std::string_view url);

// "v1,<base64 of HMAC-SHA-256 over "id.timestamp.body">" (standardwebhooks.com, "Signature scheme").
// Errors: corrupt when the secret is not "whsec_" and base64.
Result<std::string> webhook_signature(std::string_view secret, std::string_view message_id, std::int64_t timestamp_s,
                                      std::string_view body);

}  // namespace probity::outbox
