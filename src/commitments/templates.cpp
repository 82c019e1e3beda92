#include "commitments/templates.h"

#include <nlohmann/json.hpp>

namespace probity::commitments {

Result<void> TemplateService::ensure_built_in() {
  return desk_.ports().transactions.write([&]() -> Result<void> {
    for (Template built_in : built_in_templates()) {
      TRY_ASSIGN(const auto known, desk_.store().find_template(built_in.id, std::nullopt));
      if (known && known->text == built_in.text && known->terms == built_in.terms && known->name == built_in.name)
        continue;
      built_in.version = known ? known->version + 1 : 1;
      built_in.created_ms = desk_.now();
      TRY(desk_.store().insert(built_in));
    }
    return {};
  });
}

Result<Listed<Template>> TemplateService::list(const ListQuery& query) { return desk_.store().list_templates(query); }

Result<Template> TemplateService::find(const Id& id, std::optional<int> version) {
  TRY_ASSIGN(auto found, desk_.store().find_template(id, version));
  if (!found) return fail(ErrorCode::not_found, "there is no such template");
  return std::move(*found);
}

Result<Template> TemplateService::store_version(Template version, const TemplateDraft& draft, const char* kind,
                                                const events::Actor& actor) {
  TRY_ASSIGN(version.name, filled_line("name", draft.name, 200));
  TRY(check_template_text(draft.text));
  TRY_ASSIGN(version.terms, tidy_terms(draft.terms));
  version.locale = draft.locale;
  version.text = draft.text;
  version.created_ms = desk_.now();
  TRY(desk_.store().insert(version));
  events::Event event;
  event.time_ms = version.created_ms;
  event.kind = kind;
  event.actor = actor;
  event.data_json = nlohmann::json{{"title", version.name}, {"version", version.version}}.dump();
  TRY(desk_.ports().events.append(event));
  return version;
}

Result<Template> TemplateService::create(const TemplateDraft& draft, const events::Actor& actor) {
  return desk_.write([&]() -> Result<Template> {
    Template first;
    first.id = desk_.new_id();
    return store_version(std::move(first), draft, "template.created", actor);
  });
}

Result<Template> TemplateService::own(const Id& id) {
  TRY_ASSIGN(Template found, find(id, std::nullopt));
  if (found.built_in)
    return fail(ErrorCode::forbidden, "a template that comes with the program does not change",
                "save it as a template of your own");
  return found;
}

Result<Template> TemplateService::save(const Id& id, const TemplateDraft& draft, const events::Actor& actor) {
  return desk_.write([&]() -> Result<Template> {
    TRY_ASSIGN(Template version, own(id));
    ++version.version;
    version.archived = false;
    return store_version(std::move(version), draft, "template.saved", actor);
  });
}

Result<void> TemplateService::archive(const Id& id, const events::Actor& actor) {
  return desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Template found, own(id));
    if (found.archived) return {};
    TRY(desk_.store().archive_template(id));
    events::Event event;
    event.time_ms = desk_.now();
    event.kind = "template.archived";
    event.actor = actor;
    event.data_json = nlohmann::json{{"title", found.name}}.dump();
    TRY(desk_.ports().events.append(event));
    return {};
  });
}

Result<RenderedText> TemplateService::preview(const PreviewRequest& request) {
  Particulars about;
  about.locale = request.locale;
  const bool chinese = request.locale == Locale::zh;
  TRY_ASSIGN(about.terms, tidy_terms(request.terms));
  TRY_ASSIGN(const House house, desk_.ports().house.house());
  about.sender = house.organisation;
  about.contact = house.contact_email.empty() ? house.organisation : house.contact_email;
  about.project = chinese ? "示例项目" : "Sample project";
  about.recipient = chinese ? "陈琳" : "Mira Holloway";
  about.organisation = chinese ? "示例周刊" : "Motor Weekly";
  if (about.terms.company_signs()) about.company_signatory = chinese ? "王伟" : "Jon Bell";
  if (request.project) {
    TRY_ASSIGN(const ProjectFacts facts, desk_.project(*request.project));
    about.project = facts.name;
  }
  if (request.party) {
    TRY_ASSIGN(const Person person, desk_.person(*request.party));
    about.recipient = person.name;
    about.organisation.clear();
    about.company_signatory.clear();
    if (person.organisation) {
      TRY_ASSIGN(const auto organisation, desk_.ports().directory.organisation(*person.organisation));
      if (organisation) about.organisation = organisation->name;
    }
  }
  return render(request.text, about);
}

}  // namespace probity::commitments
