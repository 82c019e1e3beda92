// Routes of a leak's files and custody.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "evidence/json.h"
#include "http/routes/file_answer.h"
#include "http/routes/json_fields.h"
#include "http/routes/leaks_parts.h"
#include "http/routes/upload_answer.h"
#include "leaks/leak_json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

Result<Response> uploads(const LeakRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY(services.leaks.find(leak));
  return services.uploads.receiving(leaks::kTakeEvidenceJob, leak).map(uploads_answer);
}

Result<Response> begin(const LeakRoutes& services, const Request& request, const Caller& caller) {
  leaks::TakenFile file;
  TRY_ASSIGN(file.leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  copies::NewUpload wanted;
  wanted.file_name = fields.text("file_name", {1, 200});
  wanted.size_bytes = static_cast<std::uint64_t>(fields.integer("size_bytes", 1, std::int64_t{1} << 50));
  const std::string kind = fields.optional_text("kind").value_or("original");
  if (const auto known = evidence::parse_kind(kind)) {
    file.kind = *known;
  } else {
    fields.complain("kind", "must be original, repost or capture");
  }
  file.parent = fields.optional_id("parent");
  const std::string why = fields.optional_text("why", {0, 4000, true}).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.files.check(file));
  TRY_ASSIGN(const auto row, services.leaks.find(file.leak));
  wanted.project = row.leak.project;
  wanted.job_kind = leaks::kTakeEvidenceJob;
  wanted.subject = file.leak;
  wanted.data_json =
      nlohmann::json{{"kind", kind}, {"parent", file.parent ? file.parent->text() : ""}, {"why", why}}.dump();
  return upload_answer(request, services.uploads.begin(wanted, caller.actor), 201);
}

Result<copies::Upload> upload_of(const LeakRoutes& services, const Request& request) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const Id upload, param_id(request, "upload"));
  return services.uploads.find(upload, leaks::kTakeEvidenceJob, leak);
}

Result<Response> find_upload(const LeakRoutes& services, const Request& request, const Caller&) {
  return upload_answer(request, upload_of(services, request));
}

Result<Response> proceed(const LeakRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const copies::Upload upload, upload_of(services, request));
  TRY_ASSIGN(const std::uint64_t offset, upload_offset(request));
  return upload_answer(request, services.uploads.append(upload.id, offset, request.body));
}

Result<Response> cancel(const LeakRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const copies::Upload upload, upload_of(services, request));
  TRY(services.uploads.cancel(upload.id));
  return Response::no_content();
}

Result<Response> list(const LeakRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const auto files, services.files.list(leak));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& file : files) items.push_back(leaks::to_json(file));
  return json_response(200, {{"items", std::move(items)}, {"total", files.size()}});
}

Result<evidence::Item> item_of(const LeakRoutes& services, const Request& request) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const Id item, param_id(request, "item"));
  TRY(services.leaks.find(leak));
  return services.evidence.item(leak, item);
}

Result<Response> content(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const evidence::Item item, item_of(services, request));
  TRY(services.traces.check_open(item.matter, item.id));
  TRY_ASSIGN(Bytes bytes, services.evidence.read(item));
  evidence::Deed deed;
  deed.action = "downloaded";
  deed.item = item.id;
  deed.actor = caller.actor;
  TRY(services.evidence.note(item.matter, std::move(deed)));
  // Whatever it claims to be, no browser is to open it as a page of ours.
  return file_answer(std::move(bytes), "application/octet-stream", item.name);
}

Result<Response> picture(const LeakRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(evidence::Item item, item_of(services, request));
  if (item.kind != evidence::Kind::derived) {
    TRY_ASSIGN(const auto files, services.files.list(item.matter));
    const auto file = std::ranges::find_if(files, [&](const auto& known) { return known.item.id == item.id; });
    if (file == files.end() || !file->state || !file->state->picture)
      return fail(ErrorCode::not_found, "there is no picture of this", "download it and look at it elsewhere");
    TRY_ASSIGN(item, services.evidence.item(item.matter, *file->state->picture));
  }
  if (item.media_type != "image/jpeg") return fail(ErrorCode::not_found, "there is no picture of this");
  TRY_ASSIGN(const Bytes jpeg, services.evidence.read(item));
  Response response;
  response.set("Content-Type", "image/jpeg");
  response.set("Cache-Control", "private, max-age=3600");
  response.body = std::string(as_text(jpeg));
  return response;
}

Result<Response> custody(const LeakRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const ListQuery page, list_query(request));
  TRY(services.leaks.find(leak));
  TRY_ASSIGN(const auto listed, services.evidence.steps(leak, page.offset, page.limit));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& step : listed.items) items.push_back(evidence::to_json(step));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> check(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY(services.leaks.find(leak));
  TRY_ASSIGN(const auto checked, services.evidence.check(leak));
  evidence::Deed deed;
  deed.action = "checked";
  deed.actor = caller.actor;
  deed.data_json = nlohmann::json{{"holds", checked.holds()}, {"faults", checked.faults.size()}}.dump();
  TRY(services.evidence.note(leak, std::move(deed)));
  return json_response(200, evidence::to_json(checked));
}

}  // namespace

void add_leak_evidence_routes(Router& router, Guard& guard, const LeakRoutes& services) {
  constexpr Permission kRead = Permission::read_leaks, kWrite = Permission::write_leaks;
  for (const LeakRoute& route : {
           LeakRoute{Method::get, "/leaks/{leak}/files", kRead, uploads},
           LeakRoute{Method::post, "/leaks/{leak}/files", kWrite, begin},
           LeakRoute{Method::get, "/leaks/{leak}/files/{upload}", kWrite, find_upload},
           LeakRoute{Method::put, "/leaks/{leak}/files/{upload}", kWrite, proceed, copies::kUploadChunkBytes},
           LeakRoute{Method::del, "/leaks/{leak}/files/{upload}", kWrite, cancel},
           LeakRoute{Method::get, "/leaks/{leak}/evidence", kRead, list},
           LeakRoute{Method::get, "/leaks/{leak}/evidence/{item}/content", kRead, content},
           LeakRoute{Method::get, "/leaks/{leak}/evidence/{item}/picture", kRead, picture},
           LeakRoute{Method::get, "/leaks/{leak}/custody", kRead, custody},
           LeakRoute{Method::post, "/leaks/{leak}/custody/check", kRead, check},
       })
    add_leak_route(router, guard, services, route);
}

}  // namespace probity::http::routes
