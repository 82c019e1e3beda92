// Mails and webhooks as JSON, in the shapes of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "outbox/mail.h"
#include "outbox/webhook.h"

namespace probity::outbox {

nlohmann::json mail_to_json(const Mail& mail);  // without its text and link
nlohmann::json mail_detail_to_json(const Mail& mail);
nlohmann::json webhook_to_json(const Webhook& webhook);  // without its secret
nlohmann::json delivery_to_json(const WebhookDelivery& delivery);

}  // namespace probity::outbox
