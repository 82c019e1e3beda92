// The verbs of templates: find, write, save versions, archive, preview.
#pragma once

#include "commitments/desk.h"

namespace probity::commitments {

struct TemplateDraft {
  std::string name;
  Locale locale = Locale::en;
  TemplateText text;
  Terms terms;
};

struct PreviewRequest {
  TemplateText text;
  Terms terms;
  Locale locale = Locale::en;
  std::optional<Id> party, project;  // samples stand in for what is not given
};

// Thread-safe.
class TemplateService {
 public:
  explicit TemplateService(const Ports& ports) : desk_(ports) {}

  // Puts the built-in templates in, or new versions of them when the program's words changed. At every start.
  Result<void> ensure_built_in();

  Result<Listed<Template>> list(const ListQuery& query);
  // Errors: not_found.
  Result<Template> find(const Id& id, std::optional<int> version);
  // Errors: invalid_argument, with the place.
  Result<Template> create(const TemplateDraft& draft, const events::Actor& actor);
  // A new version; the ones before stay. Errors: not_found, invalid_argument, forbidden (built in).
  Result<Template> save(const Id& id, const TemplateDraft& draft, const events::Actor& actor);
  // Errors: not_found, forbidden (built in).
  Result<void> archive(const Id& id, const events::Actor& actor);
  // Errors: not_found (party, project), invalid_argument (terms).
  Result<RenderedText> preview(const PreviewRequest& request);

 private:
  Result<Template> store_version(Template version, const TemplateDraft& draft, const char* kind,
                                 const events::Actor& actor);
  Result<Template> own(const Id& id);

  Desk desk_;
};

}  // namespace probity::commitments
