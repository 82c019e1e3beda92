#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/shoots.h"
#include "http/routes/shoots_parts.h"
#include "shoots/json.h"

namespace probity::http::routes {
namespace {

using shoots::FrameService;

events::Actor actor_of(const RecipientCall& call) { return {events::Actor::Kind::recipient, call.party, call.name}; }

Result<Response> attended(FrameService& frames, const Request&, const RecipientCall& call) {
  TRY_ASSIGN(const auto shoots, frames.attended_by(call.party));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& shoot : shoots) items.push_back(shoots::attended_to_json(shoot));
  return json_response(200, {{"items", std::move(items)}, {"total", shoots.size()}});
}

Result<Response> own_frames(FrameService& frames, const Request& request, const RecipientCall& call) {
  TRY_ASSIGN(const Id shoot, param_id(request, "shoot"));
  TRY_ASSIGN(const ListQuery page, list_query(request));
  TRY_ASSIGN(const auto listed, frames.own_frames(shoot, call.party, page.offset, page.limit));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) items.push_back(shoots::own_frame_to_json(row));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> hand_in(FrameService& frames, const Request& request, const RecipientCall& call) {
  shoots::NewFrame frame;
  TRY_ASSIGN(frame.shoot, param_id(request, "shoot"));
  frame.party = call.party;
  frame.file_name = request.query_value("file_name").value_or("");
  TRY_ASSIGN(const auto handed, frames.hand_in(frame, request.body, actor_of(call)));
  shoots::FrameRow row;
  row.frame = handed.frame;
  return json_response(handed.is_new ? 201 : 200, shoots::own_frame_to_json(row));
}

Result<Response> preview(FrameService& frames, const Request& request, const RecipientCall& call) {
  TRY_ASSIGN(const Id frame, param_id(request, "frame"));
  TRY_ASSIGN(const Bytes jpeg, frames.own_preview(frame, call.party));
  return preview_response(jpeg);
}

Result<Response> confirm(FrameService& frames, const Request& request, const RecipientCall& call) {
  TRY_ASSIGN(const Id frame, param_id(request, "frame"));
  TRY_ASSIGN(const auto row, frames.confirm(frame, call.party, actor_of(call)));
  return json_response(200, shoots::own_frame_to_json(row));
}

}  // namespace

void add_recipient_shoot_routes(Router& router, RecipientGuard& guard, FrameService& frames) {
  const auto route = [&](Method method, const char* path, auto work, const RouteOptions& options = {}) {
    router.add(method, std::string("/api/v1/recipient") + path,
               guard.recipient([&frames, work](const Request& request, const RecipientCall& call) {
                 Result<Response> response = work(frames, request, call);
                 return response ? std::move(*response) : problem(response.error(), request.id);
               }),
               options);
  };
  route(Method::get, "/shoots", attended);
  route(Method::get, "/shoots/{shoot}/frames", own_frames);
  route(Method::post, "/shoots/{shoot}/frames", hand_in, RouteOptions{shoots::kMostFrameBytes});
  route(Method::get, "/frames/{frame}/preview", preview);
  route(Method::post, "/frames/{frame}/confirm", confirm);
}

}  // namespace probity::http::routes
