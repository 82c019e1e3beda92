#include "http/routes/alliance_fields.h"

#include <nlohmann/json.hpp>

namespace probity::http::routes {

alliance::Appeal::Outcome outcome_of(JsonFields& fields) {
  using Outcome = alliance::Appeal::Outcome;
  const std::string text = fields.text("outcome", {1, 40});
  for (const Outcome outcome : {Outcome::upheld, Outcome::corrected, Outcome::taken_back})
    if (alliance::outcome_name(outcome) == text) return outcome;
  fields.complain("outcome", "must be upheld, corrected or taken_back");
  return Outcome::none;
}

std::optional<alliance::Enterprise> enterprise_of(JsonFields& fields) {
  const nlohmann::json& raw = fields.raw("enterprise");
  if (raw.is_null()) return std::nullopt;
  auto enterprise = alliance::parse_enterprise(raw);
  if (enterprise) return std::move(*enterprise);
  fields.complain("enterprise", enterprise.error().message);
  return std::nullopt;
}

IdentifierField identifier_of(JsonFields& fields, const char* name) {
  IdentifierField field;
  const auto kind = word_of(fields, "kind", names::parse_identifier_kind);
  if (!fields.has("kind")) fields.complain("kind", "is missing");
  field.kind = kind.value_or(names::IdentifierKind::resident_id);
  field.text = fields.text(name, {1, 64});
  return field;
}

}  // namespace probity::http::routes
