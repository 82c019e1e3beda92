// Routes of templates.
#include <charconv>
#include <nlohmann/json.hpp>

#include "commitments/json.h"
#include "http/routes/commitments.h"
#include "http/routes/commitments_fields.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using commitments::TemplateService;
using nlohmann::json;

constexpr RouteOptions kLargeText{2 << 20};  // sixty sections of 20,000 characters fit in practice, not in theory

Response template_answer(const Request& request, int status, const Result<commitments::Template>& found) {
  if (!found) return problem(found.error(), request.id);
  return json_response(status, commitments::template_to_json(*found));
}

commitments::TemplateDraft draft_of(JsonFields& fields) {
  commitments::TemplateDraft draft;
  draft.name = fields.text("name");
  draft.locale = locale_of(fields, "locale");
  draft.text = required_text(fields);
  draft.terms = required_terms(fields);
  return draft;
}

Response list(TemplateService& templates, const Request& request) {
  const auto query = list_query(request);
  if (!query) return problem(query.error(), request.id);
  const auto listed = templates.list(*query);
  if (!listed) return problem(listed.error(), request.id);
  json items = json::array();
  for (const auto& one : listed->items) items.push_back(commitments::template_to_json(one));
  return json_response(200, {{"items", items}, {"total", listed->total}});
}

Response find(TemplateService& templates, const Request& request) {
  const auto id = param_id(request, "template");
  if (!id) return problem(id.error(), request.id);
  std::optional<int> version;
  if (const auto text = request.query_value("version")) {
    int number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < 1)
      return problem({ErrorCode::invalid_argument, "version must be a number from 1", ""}, request.id);
    version = number;
  }
  return template_answer(request, 200, templates.find(*id, version));
}

Response save(TemplateService& templates, const Request& request, const Caller& caller) {
  const auto id = param_id(request, "template");
  if (!id) return problem(id.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const auto draft = draft_of(*fields);
  if (!fields->done()) return fields->problem(request.id);
  return template_answer(request, 200, templates.save(*id, draft, caller.actor));
}

Response create(TemplateService& templates, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const auto draft = draft_of(*fields);
  if (!fields->done()) return fields->problem(request.id);
  return template_answer(request, 201, templates.create(draft, caller.actor));
}

Response preview(TemplateService& templates, const Request& request) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  commitments::PreviewRequest preview;
  preview.text = required_text(*fields);
  preview.terms = required_terms(*fields);
  preview.locale = locale_of(*fields, "locale");
  preview.party = fields->optional_id("party");
  preview.project = fields->optional_id("project");
  if (!fields->done()) return fields->problem(request.id);
  const auto rendered = templates.preview(preview);
  if (!rendered) return problem(rendered.error(), request.id);
  return json_response(200, commitments::rendered_to_json(*rendered, std::nullopt));
}

}  // namespace

void add_template_routes(Router& router, Guard& guard, TemplateService& templates) {
  router.add(Method::get, "/api/v1/templates",
             guard.staff(Permission::read_commitments,
                         [&templates](const Request& request, const Caller&) { return list(templates, request); }));
  router.add(Method::post, "/api/v1/templates",
             guard.staff(Permission::write_commitments,
                         [&templates](const Request& request, const Caller& caller) {
                           return create(templates, request, caller);
                         }),
             kLargeText);
  router.add(Method::post, "/api/v1/templates/preview",
             guard.staff(Permission::read_commitments,
                         [&templates](const Request& request, const Caller&) { return preview(templates, request); }),
             kLargeText);
  router.add(Method::get, "/api/v1/templates/{template}",
             guard.staff(Permission::read_commitments,
                         [&templates](const Request& request, const Caller&) { return find(templates, request); }));
  router.add(Method::put, "/api/v1/templates/{template}",
             guard.staff(Permission::write_commitments,
                         [&templates](const Request& request, const Caller& caller) {
                           return save(templates, request, caller);
                         }),
             kLargeText);
  router.add(Method::del, "/api/v1/templates/{template}",
             guard.staff(Permission::write_commitments, [&templates](const Request& request, const Caller& caller) {
               const auto id = param_id(request, "template");
               if (!id) return problem(id.error(), request.id);
               const auto archived = templates.archive(*id, caller.actor);
               return archived ? Response::no_content() : problem(archived.error(), request.id);
             }));
}

}  // namespace probity::http::routes
