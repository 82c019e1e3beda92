#include "store/outbox_store.h"

#include <nlohmann/json.hpp>

#include "store/query.h"
#include "store/row.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

constexpr const char* kSelectMail =
    "SELECT id, to_address, to_name, kind, subject, body, link, project_id, attachments, state, attempts, last_error, "
    "next_attempt_ms, created_ms, sent_ms FROM mails ";
constexpr const char* kSelectChangedMail =
    "SELECT changed, id, to_address, to_name, kind, subject, body, link, project_id, attachments, state, attempts, "
    "last_error, next_attempt_ms, created_ms, sent_ms FROM mails ";
constexpr const char* kSelectWebhook = "SELECT id, url, events, secret, active, created_ms, last_status FROM webhooks ";
constexpr const char* kSelectDelivery =
    "SELECT id, webhook_id, event, body, state, status, attempts, error, created_ms FROM webhook_deliveries ";

std::string attachments_json(const std::vector<outbox::Attachment>& attachments) {
  nlohmann::json json = nlohmann::json::array();
  for (const auto& attachment : attachments)
    json.push_back({{"name", attachment.name},
                    {"media_type", attachment.media_type},
                    {"blob", to_hex(attachment.blob)},
                    {"size_bytes", attachment.size_bytes}});
  return json.dump();
}

std::vector<outbox::Attachment> read_attachments(const std::string& text) {
  std::vector<outbox::Attachment> attachments;
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_array()) throw UnreadableRow("a mail's attachments are not readable");
  for (const auto& item : json)
    attachments.push_back({item.value("name", ""), item.value("media_type", ""), read_hash(item.value("blob", "")),
                           item.value("size_bytes", std::uint64_t{0})});
  return attachments;
}

struct MailRow {
  std::string id, to, to_name, kind, subject, body, link, project, attachments, state, error;
  std::int64_t attempts = 0, next = 0, created = 0, sent = 0;
  soci::indicator has_project{}, has_next{}, has_sent{};

  auto columns() {
    return std::make_tuple(into(id), into(to), into(to_name), into(kind), into(subject), into(body), into(link),
                           into(project, has_project), into(attachments), into(state), into(attempts), into(error),
                           into(next, has_next), into(created), into(sent, has_sent));
  }
  outbox::Mail value() const {
    outbox::Mail mail;
    mail.id = read_id(id);
    mail.message = {to, to_name, kind, subject, body, link, std::nullopt, read_attachments(attachments)};
    if (has_project == soci::i_ok) mail.message.project = read_id(project);
    mail.state = read_some(outbox::parse_mail_state(state), "a mail has an unknown state");
    mail.attempts = static_cast<int>(attempts);
    mail.last_error = error;
    if (has_next == soci::i_ok) mail.next_attempt_ms = next;
    mail.created_ms = created;
    if (has_sent == soci::i_ok) mail.sent_ms = sent;
    return mail;
  }
};

struct ChangedMailRow {
  MailRow mail;
  std::int64_t changed = 0;

  auto columns() { return std::tuple_cat(std::make_tuple(into(changed)), mail.columns()); }
  std::pair<std::uint64_t, outbox::Mail> value() const { return {static_cast<std::uint64_t>(changed), mail.value()}; }
};

struct WebhookRow {
  std::string id, url, events, secret;
  std::int64_t active = 0, created = 0, status = 0;
  soci::indicator has_status{};

  auto columns() {
    return std::make_tuple(into(id), into(url), into(events), into(secret), into(active), into(created),
                           into(status, has_status));
  }
  outbox::Webhook value() const {
    outbox::Webhook webhook;
    webhook.id = read_id(id);
    webhook.url = url;
    const auto json = nlohmann::json::parse(events, nullptr, /*allow_exceptions=*/false);
    if (!json.is_array()) throw UnreadableRow("a webhook's events are not readable");
    webhook.events = json.get<std::vector<std::string>>();
    webhook.secret = secret;
    webhook.active = active != 0;
    webhook.created_ms = created;
    if (has_status == soci::i_ok) webhook.last_status = static_cast<int>(status);
    return webhook;
  }
};

struct DeliveryRow {
  std::string id, webhook, event, body, state, error;
  std::int64_t status = 0, attempts = 0, created = 0;
  soci::indicator has_status{};

  auto columns() {
    return std::make_tuple(into(id), into(webhook), into(event), into(body), into(state), into(status, has_status),
                           into(attempts), into(error), into(created));
  }
  outbox::WebhookDelivery value() const {
    outbox::WebhookDelivery delivery;
    delivery.id = read_id(id);
    delivery.webhook = read_id(webhook);
    delivery.event = event;
    delivery.body = body;
    delivery.state = read_some(outbox::parse_delivery_state(state), "a webhook's delivery has an unknown state");
    if (has_status == soci::i_ok) delivery.status = static_cast<int>(status);
    delivery.attempts = static_cast<int>(attempts);
    delivery.error = error;
    delivery.created_ms = created;
    return delivery;
  }
};

soci::indicator presence(bool present) { return present ? soci::i_ok : soci::i_null; }

const char* mail_order(const std::string& sort) {
  if (sort == "to") return "to_address";
  if (sort == "subject") return "subject";
  if (sort == "state") return "state";
  return "created_ms";
}

}  // namespace

Result<void> OutboxStore::insert(const outbox::Mail& mail) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const auto& message = mail.message;
    const std::string id = mail.id.text(), state(outbox::mail_state_name(mail.state));
    const std::string project = message.project ? message.project->text() : "";
    const std::string attachments = attachments_json(message.attachments);
    const std::int64_t attempts = mail.attempts;
    soci::indicator has_project = presence(message.project.has_value());
    session << "INSERT INTO mails (id, to_address, to_name, kind, subject, body, link, project_id, attachments, state, "
               "attempts, last_error, created_ms, changed) VALUES (:id, :to, :name, :kind, :subject, :body, :link, "
               ":project, "
               ":attachments, :state, :attempts, :error, :created, (SELECT COALESCE(MAX(changed), 0) + 1 FROM mails))",
        use(id), use(message.to), use(message.to_name), use(message.kind), use(message.subject), use(message.text),
        use(message.link), use(project, has_project), use(attachments), use(state), use(attempts), use(mail.last_error),
        use(mail.created_ms);
    return {};
  });
}

Result<void> OutboxStore::update(const outbox::Mail& mail) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = mail.id.text(), state(outbox::mail_state_name(mail.state));
    const std::int64_t attempts = mail.attempts, next = mail.next_attempt_ms.value_or(0);
    const std::int64_t sent = mail.sent_ms.value_or(0);
    soci::indicator has_next = presence(mail.next_attempt_ms.has_value());
    soci::indicator has_sent = presence(mail.sent_ms.has_value());
    session << "UPDATE mails SET state = :state, attempts = :attempts, last_error = :error, next_attempt_ms = :next, "
               "sent_ms = :sent, changed = (SELECT COALESCE(MAX(changed), 0) + 1 FROM mails) WHERE id = :id",
        use(state), use(attempts), use(mail.last_error), use(next, has_next), use(sent, has_sent), use(id);
    return {};
  });
}

Result<std::optional<outbox::Mail>> OutboxStore::mail(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<outbox::Mail>> {
    const std::string text = id.text();
    return first(fetch_all<MailRow>(session, std::string(kSelectMail) + "WHERE id = :id", use(text)));
  });
}

Result<Listed<outbox::Mail>> OutboxStore::mails(const outbox::MailQuery& query) {
  return database_.run([&](soci::session& session) -> Result<Listed<outbox::Mail>> {
    const std::string where =
        "WHERE (:state = '' OR state = :state2) AND (:search = '' OR LOWER(to_address) LIKE :like ESCAPE '!' OR "
        "LOWER(subject) LIKE :like2 ESCAPE '!') ";
    const std::string like = like_pattern(query.page.search);
    const std::string order = std::string("ORDER BY ") + mail_order(query.page.sort) +
                              (query.page.descending || query.page.sort.empty() ? " DESC" : " ASC") +
                              ", id LIMIT :limit OFFSET :offset";
    const std::int64_t limit = query.page.limit, offset = query.page.offset;
    Listed<outbox::Mail> listed;
    std::int64_t total = 0;
    session << "SELECT COUNT(*) FROM mails " + where, into(total), use(query.state), use(query.state),
        use(query.page.search), use(like), use(like);
    listed.total = static_cast<std::uint64_t>(total);
    listed.items =
        fetch_all<MailRow>(session, std::string(kSelectMail) + where + order, use(query.state), use(query.state),
                           use(query.page.search), use(like), use(like), use(limit), use(offset));
    return listed;
  });
}

Result<std::uint64_t> OutboxStore::last_change() {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    std::int64_t changed = 0;
    session << "SELECT COALESCE(MAX(changed), 0) FROM mails", into(changed);
    return static_cast<std::uint64_t>(changed);
  });
}

Result<std::vector<std::pair<std::uint64_t, outbox::Mail>>> OutboxStore::changed_after(std::uint64_t changed,
                                                                                       std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<std::pair<std::uint64_t, outbox::Mail>>> {
    const auto after = static_cast<std::int64_t>(changed), most = static_cast<std::int64_t>(limit);
    return fetch_all<ChangedMailRow>(session,
                                     std::string(kSelectChangedMail) +
                                         "WHERE changed > :after ORDER BY changed "
                                         "LIMIT :most",
                                     use(after), use(most));
  });
}

Result<void> OutboxStore::insert(const outbox::Webhook& webhook) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = webhook.id.text(), events = nlohmann::json(webhook.events).dump();
    const std::int64_t active = webhook.active ? 1 : 0;
    session << "INSERT INTO webhooks (id, url, events, secret, active, created_ms) "
               "VALUES (:id, :url, :events, :secret, :active, :created)",
        use(id), use(webhook.url), use(events), use(webhook.secret), use(active), use(webhook.created_ms);
    return {};
  });
}

Result<void> OutboxStore::update(const outbox::Webhook& webhook) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = webhook.id.text(), events = nlohmann::json(webhook.events).dump();
    const std::int64_t active = webhook.active ? 1 : 0, status = webhook.last_status.value_or(0);
    soci::indicator has_status = presence(webhook.last_status.has_value());
    session << "UPDATE webhooks SET url = :url, events = :events, active = :active, last_status = :status "
               "WHERE id = :id",
        use(webhook.url), use(events), use(active), use(status, has_status), use(id);
    return {};
  });
}

Result<void> OutboxStore::remove_webhook(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM webhook_deliveries WHERE webhook_id = :id", use(text);
    session << "DELETE FROM webhooks WHERE id = :id", use(text);
    return {};
  });
}

Result<std::optional<outbox::Webhook>> OutboxStore::webhook(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<outbox::Webhook>> {
    const std::string text = id.text();
    return first(fetch_all<WebhookRow>(session, std::string(kSelectWebhook) + "WHERE id = :id", use(text)));
  });
}

Result<std::vector<outbox::Webhook>> OutboxStore::webhooks() {
  return database_.run([&](soci::session& session) -> Result<std::vector<outbox::Webhook>> {
    return fetch_all<WebhookRow>(session, std::string(kSelectWebhook) + "ORDER BY created_ms, id");
  });
}

Result<void> OutboxStore::insert(const outbox::WebhookDelivery& delivery) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = delivery.id.text(), webhook = delivery.webhook.text();
    const std::string state(outbox::delivery_state_name(delivery.state));
    const std::int64_t attempts = delivery.attempts;
    session << "INSERT INTO webhook_deliveries (id, webhook_id, event, body, state, attempts, error, created_ms) "
               "VALUES (:id, :webhook, :event, :body, :state, :attempts, :error, :created)",
        use(id), use(webhook), use(delivery.event), use(delivery.body), use(state), use(attempts), use(delivery.error),
        use(delivery.created_ms);
    return {};
  });
}

Result<void> OutboxStore::update(const outbox::WebhookDelivery& delivery) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = delivery.id.text(), state(outbox::delivery_state_name(delivery.state));
    const std::int64_t attempts = delivery.attempts, status = delivery.status.value_or(0);
    soci::indicator has_status = presence(delivery.status.has_value());
    session << "UPDATE webhook_deliveries SET state = :state, status = :status, attempts = :attempts, error = :error "
               "WHERE id = :id",
        use(state), use(status, has_status), use(attempts), use(delivery.error), use(id);
    return {};
  });
}

Result<std::optional<outbox::WebhookDelivery>> OutboxStore::delivery(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<outbox::WebhookDelivery>> {
    const std::string text = id.text();
    return first(fetch_all<DeliveryRow>(session, std::string(kSelectDelivery) + "WHERE id = :id", use(text)));
  });
}

Result<Listed<outbox::WebhookDelivery>> OutboxStore::deliveries(const Id& webhook, const ListQuery& page) {
  return database_.run([&](soci::session& session) -> Result<Listed<outbox::WebhookDelivery>> {
    const std::string id = webhook.text();
    const std::int64_t limit = page.limit, offset = page.offset;
    std::int64_t total = 0;
    session << "SELECT COUNT(*) FROM webhook_deliveries WHERE webhook_id = :id", into(total), use(id);
    return Listed<outbox::WebhookDelivery>{
        fetch_all<DeliveryRow>(session,
                               std::string(kSelectDelivery) +
                                   "WHERE webhook_id = :id ORDER BY created_ms DESC, id LIMIT :limit OFFSET :offset",
                               use(id), use(limit), use(offset)),
        static_cast<std::uint64_t>(total)};
  });
}

}  // namespace probity::store
