// Files of partners over HTTP.
#include <nlohmann/json.hpp>

#include "base/error_words.h"
#include "http/routes/json_fields.h"
#include "http/routes/screening_companies.h"
#include "http/routes/staff_answer.h"
#include "screening/batch_screening.h"
#include "screening/company_json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;
using screening::BatchScreening;

constexpr TextLimits kFileName{1, 200}, kRequisition{1, 100};

json words_or_null(const std::optional<screening::Words>& words) {
  return words ? screening::words_json(*words) : json(nullptr);
}

json batch_json(const screening::PartnerBatch& batch) {
  json counts, notes = json::array(), problem;
  for (const auto level : screening::kCompanyLevels)
    counts[std::string(screening::level_name(level))] = batch.counts[static_cast<std::size_t>(level)];
  for (const auto& note : batch.notes) notes.push_back(screening::words_json(note));
  if (batch.problem)
    problem = {{"code", catalogue_entry(batch.problem->code).name},
               {"message", batch.problem->message},
               {"message_zh", in_chinese(batch.problem->message)},
               {"hint", batch.problem->hint},
               {"hint_zh", in_chinese(batch.problem->hint)}};
  return {{"id", batch.id.text()},
          {"number", batch.number},
          {"file_name", batch.file_name},
          {"purpose", screening::purpose_name(batch.purpose)},
          {"requisition", batch.requisition},
          {"made_by", batch.made_by.name},
          {"made_at", time_text(batch.made_ms)},
          {"state", screening::state_name(batch.state)},
          {"job", optional_id_json(batch.job)},
          {"rows", batch.rows},
          {"done", batch.done},
          {"counts", std::move(counts)},
          {"list", batch.head ? screening::list_state_json(*batch.head) : json(nullptr)},
          {"problem", std::move(problem)},
          {"finished_at", optional_time_json(batch.finished_ms)},
          {"notes", std::move(notes)}};
}

json row_json(const screening::PartnerRow& row) {
  json matches = json::array();
  for (const auto& match : row.matches)
    matches.push_back({{"listing", match.listing.text()},
                       {"level", screening::level_name(match.level)},
                       {"by", match.by},
                       {"name", match.name},
                       {"former", match.former},
                       {"score", match.score},
                       {"status", match.status},
                       {"conduct", match.conduct},
                       {"filer_name", match.filer_name}});
  return {{"line", row.line},
          {"name", row.name},
          {"number", row.number},
          {"level", screening::level_name(row.level)},
          {"problem", words_or_null(row.problem)},
          {"matches", std::move(matches)}};
}

Result<Response> create(BatchScreening& batches, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  screening::NewBatch batch;
  batch.file_name = fields.text("file_name", kFileName);
  const auto purpose = screening::parse_purpose(fields.text("purpose"));
  if (!purpose && fields.has("purpose")) fields.complain("purpose", "is none of the purposes of screening");
  batch.requisition = fields.text("requisition", kRequisition);
  if (!fields.done()) return fields.problem(request.id);
  batch.purpose = *purpose;
  TRY_ASSIGN(const auto made, batches.create(batch, caller.actor));
  return json_response(201, batch_json(made));
}

Result<Response> list(BatchScreening& batches, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  TRY_ASSIGN(const auto listed, batches.list(page.offset, page.limit));
  json items = json::array();
  for (const auto& batch : listed.items) items.push_back(batch_json(batch));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> find(BatchScreening& batches, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "batch"));
  TRY_ASSIGN(const auto batch, batches.find(id));
  return json_response(200, batch_json(batch));
}

Result<Response> upload(BatchScreening& batches, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "batch"));
  TRY_ASSIGN(const auto batch, batches.upload(id, as_bytes(request.body), caller.actor));
  return json_response(202, batch_json(batch));
}

Result<Response> rows(BatchScreening& batches, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "batch"));
  TRY_ASSIGN(const ListQuery page, list_query(request));
  screening::RowFilter filter{std::nullopt, page.search, page.offset, page.limit};
  const auto level = request.query_value("level");
  if (level && !level->empty() && !(filter.level = screening::parse_level(*level)))
    return fail(ErrorCode::invalid_argument, "there is no such level");
  TRY_ASSIGN(const auto listed, batches.rows(id, filter));
  json items = json::array();
  for (const auto& row : listed.items) items.push_back(row_json(row));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> result(BatchScreening& batches, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "batch"));
  const std::string format(request.query_value("format").value_or("csv"));
  const std::string language(request.query_value("language").value_or("en"));
  if ((format != "csv" && format != "xlsx") || (language != "en" && language != "zh"))
    return fail(ErrorCode::invalid_argument, "format is csv or xlsx, language en or zh");
  const auto words = language == "zh" ? screening::ResultLanguage::zh : screening::ResultLanguage::en;
  TRY_ASSIGN(const auto batch, batches.find(id));
  TRY_ASSIGN(std::string file,
             batches.result(id, format == "csv" ? screening::csv_result(words) : screening::xlsx_result(words)));
  Response response;
  response.set("Content-Type", "application/octet-stream");
  response.set("Content-Disposition", "attachment; filename=\"" + batch.number + "." + format + "\"");
  response.set("Cache-Control", "no-store");
  response.body = std::move(file);
  return response;
}

Result<Response> remove(BatchScreening& batches, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "batch"));
  TRY(batches.remove(id, caller.actor));
  return Response::no_content();
}

}  // namespace

void add_batch_routes(Router& router, Guard& guard, BatchScreening& batches) {
  const auto add = [&](Method method, const std::string& rest, Permission permission, auto work,
                       RouteOptions options = {}) {
    router.add(method, "/api/v1/screening/batches" + rest,
               guard.staff(permission, answering([&batches, work](const Request& request, const Caller& caller) {
                             return work(batches, request, caller);
                           })),
               options);
  };
  add(Method::get, "", Permission::read_screening, list);
  add(Method::post, "", Permission::write_screening, create);
  add(Method::get, "/{batch}", Permission::read_screening, find);
  add(Method::del, "/{batch}", Permission::write_screening, remove);
  add(Method::put, "/{batch}/file", Permission::write_screening, upload,
      {.most_body_bytes = screening::kMostFileBytes});
  add(Method::get, "/{batch}/rows", Permission::read_screening, rows);
  add(Method::get, "/{batch}/result", Permission::read_screening, result);
}

}  // namespace probity::http::routes
