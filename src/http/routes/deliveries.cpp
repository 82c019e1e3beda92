#include "http/routes/deliveries.h"

#include <nlohmann/json.hpp>

#include "copies/delivery_json.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr TextLimits kReason{1, 2000, true};

template <class Verb>
StaffHandler answering(Verb verb) {
  return [verb](const Request& request, const Caller& caller) {
    const Result<Response> response = verb(request, caller);
    return response ? *response : problem(response.error(), request.id);
  };
}

Result<Response> list(const Request& request, copies::Deliveries& deliveries, projects::ProjectService& projects,
                      Clock& clock) {
  copies::DeliveryFilter filter;
  TRY_ASSIGN(const Id project, param_id(request, "project"));
  TRY(projects.find(project));
  filter.project = project;
  TRY_ASSIGN(filter.page, list_query(request));
  filter.asset = query_id(request, "asset");
  filter.party = query_id(request, "party");
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = copies::parse_delivery_state(*state);
    if (!filter.state)
      return fail(ErrorCode::invalid_argument, "that is no state of a delivery",
                  "waiting, available, revoked and ended are");
  }
  TRY_ASSIGN(const auto listed, deliveries.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) items.push_back(copies::delivery_to_json(row, clock.now_ms()));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> revoke(const Request& request, const Caller& caller, copies::Deliveries& deliveries, Clock& clock) {
  TRY_ASSIGN(const Id copy, param_id(request, "copy"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, deliveries.revoke(copy, reason, caller.actor));
  return json_response(200, copies::delivery_to_json(row, clock.now_ms()));
}

Result<Response> extend(const Request& request, const Caller& caller, copies::Deliveries& deliveries, Clock& clock) {
  TRY_ASSIGN(const Id copy, param_id(request, "copy"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const auto until_ms = fields.optional_time("until");
  if (until_ms && *until_ms <= clock.now_ms())
    fields.complain("until", "must lie ahead; revoke the copy to end it now");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, deliveries.extend(copy, until_ms, caller.actor));
  return json_response(200, copies::delivery_to_json(row, clock.now_ms()));
}

nlohmann::json recipient_copy_json(const copies::DeliveryRow& row, TimeMs now_ms) {
  constexpr const char* kStates[] = {"preparing", "available", "revoked", "ended"};
  const std::string ending = row.media_type == "image/png" ? ".png" : ".jpg";
  return {{"id", row.delivery.copy.text()},
          {"title", row.asset_title},
          {"project_name", row.project_name},
          {"commitment", optional_id_json(row.commitment)},
          {"media_type", row.media_type},
          {"size_bytes", row.size_bytes},
          {"width_px", row.width_px},
          {"height_px", row.height_px},
          {"watermark", row.watermark},
          {"state", kStates[static_cast<std::size_t>(copies::state_of(row, now_ms))]},
          {"until", optional_time_json(row.delivery.until_ms)},
          {"not_before", optional_time_json(row.not_before_ms)},
          {"embargo_at", optional_time_json(row.embargo_ms)},
          {"embargo_zone", row.embargo_zone},
          {"file_name", row.asset_title + ending}};
}

// A copy's bytes, window by window; the gate is asked again at each.
class CopyBody final : public BodySource {
 public:
  explicit CopyBody(copies::OpenedCopy copy) : copy_(std::move(copy)) {}
  std::uint64_t size_bytes() const override { return copy_.size_bytes(); }
  Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) override {
    TRY_ASSIGN(gathered_, copy_.gather(offset, length));
    return std::span<const iovec>(gathered_.ranges);
  }

 private:
  copies::OpenedCopy copy_;
  tally::Gathered gathered_;
};

// RFC 6266 and RFC 8187: a plain name for old clients, the whole one in UTF-8.
std::string attachment(const std::string& name) {
  std::string plain, encoded;
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
    plain += safe || c == ' ' ? c : '_';
    if (safe) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

Result<Response> open(const Request& request, const RecipientCall& call, copies::Deliveries& deliveries,
                      copies::OpenKind kind) {
  copies::OpenRequest wanted;
  wanted.party = call.party;
  TRY_ASSIGN(wanted.copy, param_id(request, "copy"));
  wanted.kind = kind;
  wanted.session = call.session;
  TRY_ASSIGN(auto opened, deliveries.open(wanted));
  const copies::DeliveryRow row = opened.row();
  Response response;
  response.set("Content-Type", row.media_type);
  response.set("ETag", opened.etag());
  response.set("Cache-Control", "private, no-store");
  if (kind == copies::OpenKind::download)
    response.set("Content-Disposition", attachment(recipient_copy_json(row, 0)["file_name"].get<std::string>()));
  response.body = std::make_shared<CopyBody>(std::move(opened));
  return response;
}

}  // namespace

void add_delivery_routes(Router& router, Guard& guard, copies::Deliveries& deliveries,
                         projects::ProjectService& projects, Clock& clock) {
  router.add(Method::get, "/api/v1/projects/{project}/deliveries",
             guard.staff(Permission::read_copies, answering([&](const Request& request, const Caller&) {
                           return list(request, deliveries, projects, clock);
                         })));
  router.add(Method::post, "/api/v1/copies/{copy}/revoke",
             guard.staff(Permission::write_copies, answering([&](const Request& request, const Caller& caller) {
                           return revoke(request, caller, deliveries, clock);
                         })));
  router.add(Method::post, "/api/v1/copies/{copy}/restore",
             guard.staff(Permission::write_copies,
                         answering([&](const Request& request, const Caller& caller) -> Result<Response> {
                           TRY_ASSIGN(const Id copy, param_id(request, "copy"));
                           TRY_ASSIGN(const auto row, deliveries.restore(copy, caller.actor));
                           return json_response(200, copies::delivery_to_json(row, clock.now_ms()));
                         })));
  router.add(Method::post, "/api/v1/copies/{copy}/extend",
             guard.staff(Permission::write_copies, answering([&](const Request& request, const Caller& caller) {
                           return extend(request, caller, deliveries, clock);
                         })));
}

void add_recipient_copy_routes(Router& router, RecipientGuard& guard, copies::Deliveries& deliveries, Clock& clock) {
  router.add(Method::get, "/api/v1/recipient/copies",
             guard.recipient([&](const Request& request, const RecipientCall& call) {
               copies::DeliveryFilter filter;
               filter.party = call.party;
               filter.page.limit = 500;
               const auto listed = deliveries.list(filter);
               if (!listed) return problem(listed.error(), request.id);
               nlohmann::json items = nlohmann::json::array();
               for (const auto& row : listed->items) items.push_back(recipient_copy_json(row, clock.now_ms()));
               return json_response(200, {{"items", std::move(items)}, {"total", listed->total}});
             }));
  for (const auto kind : {copies::OpenKind::view, copies::OpenKind::download}) {
    const char* verb = kind == copies::OpenKind::view ? "view" : "file";
    router.add(Method::get, std::string("/api/v1/recipient/copies/{copy}/") + verb,
               guard.recipient([&deliveries, kind](const Request& request, const RecipientCall& call) {
                 const Result<Response> response = open(request, call, deliveries, kind);
                 return response ? *response : problem(response.error(), request.id);
               }));
  }
}

}  // namespace probity::http::routes
