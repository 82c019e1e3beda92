// A company that somebody asks about, and what the list says of it: levels, matches and the reasons.
//
// Numbers win over names. The same number confirms; another number of the same kind is another company, however alike
// the names are; a name alone is "likely" at most.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alliance/enterprise_list.h"

namespace probity::screening {

// From nothing to certainty. `unreadable` is of rows of a file that tell nothing to ask by.
enum class CompanyLevel { unreadable, not_listed, another_company, possible, likely, confirmed };
std::string_view level_name(CompanyLevel level);
std::optional<CompanyLevel> parse_level(std::string_view name);
inline constexpr CompanyLevel kCompanyLevels[] = {CompanyLevel::not_listed, CompanyLevel::another_company,
                                                  CompanyLevel::possible,   CompanyLevel::likely,
                                                  CompanyLevel::confirmed,  CompanyLevel::unreadable};

// As somebody types it; what is not known is empty.
struct CompanyInput {
  std::string name;
  std::string credit_code;  // or the organisation code of nine characters that stands in it
  std::string lei;
  std::string registration;
};

// Each number in its one spelling.
struct CompanySubject {
  std::string name;
  std::string credit_code, organisation_code, lei, registration;
  bool operator==(const CompanySubject&) const = default;
  bool has_number() const {
    return !credit_code.empty() || !organisation_code.empty() || !lei.empty() || !registration.empty();
  }
};
// Errors: invalid_argument when a number is not right, or there is neither name nor number.
Result<CompanySubject> read_subject(const CompanyInput& input);
// A name as it is compared and shown: without line breaks, white space at its ends, or what cannot be seen.
std::string tidy_company_name(std::string_view text);

enum class CompanyNumberKind { credit_code, lei, registration };
std::optional<CompanyNumberKind> parse_number_kind(std::string_view name);
struct Words {
  std::string en, zh;
};
struct NumberCheck {
  bool valid = false;
  std::string normalised;            // when valid
  Words explanation;                 // never repeats the number
  std::vector<std::string> repairs;  // right numbers one typing mistake away; at most 20, and none when valid
};
NumberCheck check_number(CompanyNumberKind kind, std::string_view text);

struct CompanyEvidence {
  std::string feature;  // "credit_code", "brand", "region" …
  std::string finding;  // "same", "sounds alike", "differs" …
  double weight = 0;    // log-odds; a number's has none
  bool operator==(const CompanyEvidence&) const = default;
};
Words sentence_of(const CompanyEvidence& evidence);

struct CompanyMatch {
  CompanyLevel level = CompanyLevel::possible;
  std::string by;    // "credit_code", "organisation_code", "lei", "registration", "name"
  std::string name;  // of the listed ones, the one that fits best
  bool former = false;
  double score = 0;  // orders a pile; no probability
  std::vector<CompanyEvidence> evidence;
  alliance::ListedEnterprisePtr listed;
};
// Best first.
struct CompanyAnswer {
  CompanyLevel outcome = CompanyLevel::not_listed;
  std::vector<CompanyMatch> matches;
};

}  // namespace probity::screening
