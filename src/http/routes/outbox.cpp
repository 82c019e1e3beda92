#include "http/routes/outbox.h"

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "outbox/json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr std::size_t kMostEvents = 50;
constexpr TextLimits kUrl{1, 500};

template <class Item>
Response list_response(const Listed<Item>& listed, nlohmann::json (*to_json)(const Item&)) {
  nlohmann::json items = nlohmann::json::array();
  for (const Item& item : listed.items) items.push_back(to_json(item));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

// The handler of a verb on one record named in the path.
template <class Verb>
StaffHandler on(const char* param, Verb verb) {
  return [param, verb](const Request& request, const Caller&) {
    const auto id = param_id(request, param);
    if (!id) return problem(id.error(), request.id);
    return verb(request, *id);
  };
}

template <class Record>
Response answer(const Request& request, const Result<Record>& record, nlohmann::json (*to_json)(const Record&)) {
  if (!record) return problem(record.error(), request.id);
  return json_response(200, to_json(*record));
}

void add_mail_routes(Router& router, Guard& guard, outbox::Outbox& outbox) {
  router.add(Method::get, "/api/v1/outbox",
             guard.staff(Permission::read_outbox, [&outbox](const Request& request, const Caller&) {
               const auto page = list_query(request);
               if (!page) return problem(page.error(), request.id);
               const auto mails = outbox.list({*page, std::string(request.query_value("state").value_or(""))});
               if (!mails) return problem(mails.error(), request.id);
               return list_response(*mails, outbox::mail_to_json);
             }));
  router.add(Method::get, "/api/v1/outbox/{mail}",
             guard.staff(Permission::read_outbox, [&outbox](const Request& request, const Caller& caller) {
               const auto id = param_id(request, "mail");
               if (!id) return problem(id.error(), request.id);
               const auto mail = outbox.mail(*id);
               // Whoever reads the link of an invitation can take that account over, an administrator's too.
               if (mail && mail->message.kind.starts_with("account.") && !caller.may(Permission::manage_accounts))
                 return problem({ErrorCode::forbidden, "only administrators may read invitations to accounts", ""},
                                request.id);
               // Where mails are sent, a code is the recipient's alone: whoever reads it could sign in their name.
               if (mail && mail->message.kind == outbox::kCodeMail && outbox.sends())
                 return problem({ErrorCode::forbidden, "a one-time code is for its recipient only",
                                 "make a link at the door to tell somebody a code yourself"},
                                request.id);
               return answer(request, mail, outbox::mail_detail_to_json);
             }));
  router.add(Method::post, "/api/v1/outbox/{mail}/retry",
             guard.staff(Permission::write_commitments, on("mail", [&outbox](const Request& request, const Id& id) {
                           return answer(request, outbox.retry(id), outbox::mail_to_json);
                         })));
}

Response create_webhook(const Request& request, outbox::Webhooks& webhooks) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string url = fields->text("url", kUrl);
  const auto events = fields->texts("events", kMostEvents);
  if (!fields->done()) return fields->problem(request.id);
  const auto webhook = webhooks.create(url, events);
  if (!webhook) return problem(webhook.error(), request.id);
  return json_response(201, {{"webhook", outbox::webhook_to_json(*webhook)}, {"secret", webhook->secret}});
}

Response change_webhook(const Request& request, const Id& id, outbox::Webhooks& webhooks) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  outbox::WebhookChange change;
  change.url = fields->optional_text("url", kUrl);
  if (fields->has("events")) change.events = fields->texts("events", kMostEvents);
  change.active = fields->optional_boolean("active");
  if (!fields->done()) return fields->problem(request.id);
  return answer(request, webhooks.change(id, change), outbox::webhook_to_json);
}

void add_webhook_routes(Router& router, Guard& guard, outbox::Webhooks& webhooks) {
  const auto permission = Permission::manage_webhooks;
  router.add(Method::get, "/api/v1/webhooks",
             guard.staff(permission, [&webhooks](const Request& request, const Caller&) {
               auto all = webhooks.list();
               if (!all) return problem(all.error(), request.id);
               const std::size_t total = all->size();
               return list_response(Listed<outbox::Webhook>{std::move(*all), total}, outbox::webhook_to_json);
             }));
  router.add(Method::post, "/api/v1/webhooks",
             guard.staff(permission, [&webhooks](const Request& request, const Caller&) {
               return create_webhook(request, webhooks);
             }));
  router.add(Method::patch, "/api/v1/webhooks/{webhook}",
             guard.staff(permission, on("webhook", [&webhooks](const Request& request, const Id& id) {
                           return change_webhook(request, id, webhooks);
                         })));
  router.add(Method::del, "/api/v1/webhooks/{webhook}",
             guard.staff(permission, on("webhook", [&webhooks](const Request& request, const Id& id) {
                           const auto removed = webhooks.remove(id);
                           return removed ? Response::no_content() : problem(removed.error(), request.id);
                         })));
  router.add(Method::post, "/api/v1/webhooks/{webhook}/test",
             guard.staff(permission, on("webhook", [&webhooks](const Request& request, const Id& id) {
                           return answer(request, webhooks.test(id), outbox::delivery_to_json);
                         })));
  router.add(Method::get, "/api/v1/webhooks/{webhook}/deliveries",
             guard.staff(permission, on("webhook", [&webhooks](const Request& request, const Id& id) {
                           const auto page = list_query(request);
                           if (!page) return problem(page.error(), request.id);
                           const auto deliveries = webhooks.deliveries(id, *page);
                           if (!deliveries) return problem(deliveries.error(), request.id);
                           return list_response(*deliveries, outbox::delivery_to_json);
                         })));
}

}  // namespace

void add_outbox_routes(Router& router, Guard& guard, outbox::Outbox& outbox, outbox::Webhooks& webhooks) {
  add_mail_routes(router, guard, outbox);
  add_webhook_routes(router, guard, webhooks);
}

}  // namespace probity::http::routes
