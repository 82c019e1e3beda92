// Routes of a case's own evidence: files that are uploaded to it, reading them, and their custody.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "evidence/json.h"
#include "http/routes/cases_fields.h"
#include "http/routes/file_answer.h"
#include "http/routes/upload_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;

Result<Response> begin(const CaseCall& call) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
  copies::NewUpload wanted;
  wanted.file_name = fields.text("file_name", {1, 200});
  wanted.size_bytes = static_cast<std::uint64_t>(fields.integer("size_bytes", 1, std::int64_t{1} << 50));
  const std::string kind = fields.optional_text("kind", kCaseWord).value_or("original");
  if (kind != "original" && kind != "capture") fields.complain("kind", "must be original or capture");
  const std::string what = fields.optional_text("what", kCaseText).value_or("");
  if (!fields.done()) return fields.problem(call.request.id);
  TRY_ASSIGN(const auto view, call.services.cases.find(call.id));
  wanted.project = view.of.project;
  wanted.job_kind = cases::kTakeCaseFileJob;
  wanted.subject = call.id;
  wanted.data_json = nlohmann::json{{"kind", kind}, {"what", what}}.dump();
  return upload_answer(call.request, call.services.uploads.begin(wanted, call.caller.actor), 201);
}

Result<copies::Upload> upload_of(const CaseCall& call) {
  TRY_ASSIGN(const Id upload, call.part("upload"));
  return call.services.uploads.find(upload, cases::kTakeCaseFileJob, call.id);
}

Result<Response> proceed(const CaseCall& call) {
  TRY_ASSIGN(const copies::Upload upload, upload_of(call));
  TRY_ASSIGN(const std::uint64_t offset, upload_offset(call.request));
  return upload_answer(call.request, call.services.uploads.append(upload.id, offset, call.request.body));
}

Result<Response> cancel(const CaseCall& call) {
  TRY_ASSIGN(const copies::Upload upload, upload_of(call));
  TRY(call.services.uploads.cancel(upload.id));
  return Response::no_content();
}

// Of the case's own matter; what belongs to its leak is read there, where what is masked stays closed.
Result<Response> content(const CaseCall& call) {
  TRY_ASSIGN(const Id id, call.part("item"));
  TRY(call.services.cases.find(call.id));
  TRY_ASSIGN(const evidence::Item item, call.services.evidence.item(call.id, id));
  TRY_ASSIGN(Bytes bytes, call.services.evidence.read(item));
  evidence::Deed deed;
  deed.action = "downloaded";
  deed.item = item.id;
  deed.actor = call.caller.actor;
  TRY(call.services.evidence.note(call.id, std::move(deed)));
  // Whatever it claims to be, no browser is to open it as a page of ours.
  return file_answer(std::move(bytes), "application/octet-stream", item.name);
}

Result<Response> document(const CaseCall& call) {
  const auto bytes = from_hex(call.request.param("sha256"));
  Hash sha256{};
  if (!bytes || bytes->size() != sha256.size()) return fail(ErrorCode::invalid_argument, "a SHA-256 is 64 hex digits");
  std::ranges::copy(*bytes, sha256.begin());
  TRY_ASSIGN(auto file, call.services.archive.document(call.id, sha256, call.caller.actor));
  return file_answer(std::move(file.bytes), "application/octet-stream", file.name);
}

Result<Response> custody(const CaseCall& call) {
  TRY_ASSIGN(const ListQuery page, list_query(call.request));
  TRY(call.services.cases.find(call.id));
  TRY_ASSIGN(const auto listed, call.services.evidence.steps(call.id, page.offset, page.limit));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& step : listed.items) items.push_back(evidence::to_json(step));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

// Of the case's own evidence; that of its leak is checked there.
Result<Response> check(const CaseCall& call) {
  TRY(call.services.cases.find(call.id));
  TRY_ASSIGN(const auto checked, call.services.evidence.check(call.id));
  evidence::Deed deed;
  deed.action = "checked";
  deed.actor = call.caller.actor;
  deed.data_json = nlohmann::json{{"holds", checked.holds()}, {"faults", checked.faults.size()}}.dump();
  TRY(call.services.evidence.note(call.id, std::move(deed)));
  return json_response(200, evidence::to_json(checked));
}

}  // namespace

void add_case_file_routes(CaseRouter& router) {
  constexpr auto kRead = Permission::read_cases, kWrite = Permission::write_cases;
  router.add(Method::get, "/cases/{case}/files", kRead, [](const CaseCall& call) -> Result<Response> {
    TRY(call.services.cases.find(call.id));
    return call.services.uploads.receiving(cases::kTakeCaseFileJob, call.id).map(uploads_answer);
  });
  router.add(Method::post, "/cases/{case}/files", kWrite, begin);
  router.add(Method::get, "/cases/{case}/files/{upload}", kWrite,
             [](const CaseCall& call) -> Result<Response> { return upload_answer(call.request, upload_of(call)); });
  router.add(Method::put, "/cases/{case}/files/{upload}", kWrite, proceed, "case",
             {.most_body_bytes = copies::kUploadChunkBytes});
  router.add(Method::del, "/cases/{case}/files/{upload}", kWrite, cancel);
  router.add(Method::get, "/cases/{case}/evidence/{item}/content", kRead, content);
  router.add(Method::get, "/cases/{case}/documents/{sha256}", kRead, document);
  router.add(Method::get, "/cases/{case}/custody", kRead, custody);
  router.add(Method::post, "/cases/{case}/custody/check", kRead, check);
}

}  // namespace probity::http::routes
