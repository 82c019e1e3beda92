#include "outbox/json.h"

#include <nlohmann/json.hpp>

#include "base/error_words.h"

namespace probity::outbox {
namespace {

nlohmann::json time_or_null(const std::optional<TimeMs>& time) {
  return time ? nlohmann::json(to_rfc3339(*time)) : nlohmann::json(nullptr);
}

template <class Value>
nlohmann::json or_null(const std::optional<Value>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

nlohmann::json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::json(nullptr) : nlohmann::json(text);
}

}  // namespace

nlohmann::json mail_to_json(const Mail& mail) {
  return {{"id", mail.id.text()},
          {"to", mail.message.to},
          {"subject", shown_subject(mail.message)},
          {"kind", mail.message.kind},
          {"state", mail_state_name(mail.state)},
          {"attempts", mail.attempts},
          {"last_error", text_or_null(mail.last_error)},
          {"last_error_zh", text_or_null(in_chinese(mail.last_error))},
          {"next_attempt_at", time_or_null(mail.next_attempt_ms)},
          {"created_at", to_rfc3339(mail.created_ms)},
          {"sent_at", time_or_null(mail.sent_ms)},
          {"project", mail.message.project ? nlohmann::json(mail.message.project->text()) : nlohmann::json(nullptr)}};
}

nlohmann::json mail_detail_to_json(const Mail& mail) {
  nlohmann::json attachments = nlohmann::json::array();
  for (const Attachment& attachment : mail.message.attachments)
    attachments.push_back({{"name", attachment.name}, {"size_bytes", attachment.size_bytes}});
  return {{"mail", mail_to_json(mail)},
          {"text", mail.message.text},
          {"link", mail.message.link.empty() ? nlohmann::json(nullptr) : nlohmann::json(mail.message.link)},
          {"attachments", std::move(attachments)}};
}

nlohmann::json webhook_to_json(const Webhook& webhook) {
  return {{"id", webhook.id.text()},
          {"url", webhook.url},
          {"events", webhook.events},
          {"active", webhook.active},
          {"created_at", to_rfc3339(webhook.created_ms)},
          {"last_status", or_null(webhook.last_status)}};
}

nlohmann::json delivery_to_json(const WebhookDelivery& delivery) {
  return {{"id", delivery.id.text()},
          {"event", delivery.event},
          {"state", delivery_state_name(delivery.state)},
          {"status", or_null(delivery.status)},
          {"attempts", delivery.attempts},
          {"error", text_or_null(delivery.error)},
          {"error_zh", text_or_null(in_chinese(delivery.error))},
          {"created_at", to_rfc3339(delivery.created_ms)}};
}

}  // namespace probity::outbox
