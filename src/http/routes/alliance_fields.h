// Fields of requests that filings and the ombudsman's desk share.
#pragma once

#include <optional>

#include "alliance/enterprise.h"
#include "alliance/listing.h"
#include "http/routes/json_fields.h"
#include "names/identifier.h"

namespace probity::http::routes {

// A word that has to be one of an enumeration; what it is not is a complaint.
template <class Parse>
auto word_of(JsonFields& fields, const char* name, Parse parse) -> decltype(parse("")) {
  const auto text = fields.optional_text(name, {1, 40});
  if (!text) return std::nullopt;
  const auto value = parse(*text);
  if (!value) fields.complain(name, "is not one of its words");
  return value;
}

// upheld, corrected, taken_back
alliance::Appeal::Outcome outcome_of(JsonFields& fields);
// {"names","former_names","credit_code","lei","registration"}; a complaint says what does not fit.
std::optional<alliance::Enterprise> enterprise_of(JsonFields& fields);
// {"kind", <name>}: one identifier.
struct IdentifierField {
  names::IdentifierKind kind = names::IdentifierKind::resident_id;
  std::string text;
};
IdentifierField identifier_of(JsonFields& fields, const char* name);

}  // namespace probity::http::routes
