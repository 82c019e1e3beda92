// Routes of a case's own evidence: files that are uploaded to it, and reading them.
#include <nlohmann/json.hpp>

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
}

}  // namespace probity::http::routes
