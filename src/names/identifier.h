// Identifiers of people and companies: what they look like when they are right, what they say, and what a typo may have
// meant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace probity::names {

enum class IdentifierKind {
  resident_id,  // China, GB 11643-1999: 18 characters, ISO 7064 MOD 11-2; the 15 digits of before 1999 are taken too
  passport,     // ISO 3166 country code and number, as in the machine-readable zone (ICAO 9303)
  credit_code,  // China, unified social credit code, GB 32100-2015: 18 characters
  organisation_code,  // China, GB 11714-1997: 8 characters and a check character; inside each credit code
  lei,                // legal entity identifier, ISO 17442: 20 characters, ISO 7064 MOD 97-10
};
std::string_view identifier_kind_name(IdentifierKind kind);  // "resident_id"
std::optional<IdentifierKind> parse_identifier_kind(std::string_view name);

// One spelling for each identifier: the same person or company always gives the same text, and it is what tags are made
// of.
struct Identifier {
  IdentifierKind kind{};
  std::string text;     // upper case, no separators; a resident ID has 18 characters, an organisation code 9
  std::string country;  // of a passport: three letters; else empty
  bool operator==(const Identifier&) const = default;
};

// Takes full-width characters, lower case, spaces, dots and hyphens. Dates may not lie after `today`. A passport is
// written "CHN E12345678"; a machine-readable zone's filler ('<') counts as a separator. Errors: invalid_argument,
// saying which rule the text breaks and never repeating the text.
struct Today {
  int year = 9999, month = 12, day = 31;
};
Result<Identifier> parse_identifier(IdentifierKind kind, std::string_view text, const Today& today = {});

// What a resident ID tells by itself. The region is where it was first issued, by the codes of then.
struct ResidentFacts {
  std::string region;  // six digits, GB/T 2260; the first two are a province
  int year = 0, month = 0, day = 0;
  bool male = false;
};
// Of an identifier of the kind resident_id.
ResidentFacts resident_facts(const Identifier& identifier);

// The organisation code that stands in a credit code: what links a company's papers of before 2015.
Identifier organisation_code_of(const Identifier& credit_code);

// Every right identifier that one wrong or two swapped characters away from `text` may have meant, in no order of
// merit; of the right length only. Asking about them is the caller's decision: each is somebody else's identifier until
// confirmed.
std::vector<Identifier> one_typo_repairs(IdentifierKind kind, std::string_view text, const Today& today = {});

// Whether the text holds something that is a right resident ID, for refusing it in free text. Runs of characters that
// only fit by their length do not count.
bool holds_resident_id(std::string_view text);

}  // namespace probity::names
