// A company as a listing names it: openly, because a company is found by name, and its numbers stand in public
// registers.
//
// A company needs at least one name and at least one number: a credit code, an LEI, or its number in a foreign
// register. A name alone never confirms anything; an entry that could never be confirmed would be a rumour that nobody
// can answer.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "oprf/tags.h"

namespace probity::alliance {

inline constexpr std::size_t kMostNames = 10;
inline constexpr std::size_t kMostNameCharacters = 200;

struct Enterprise {
  std::vector<std::string> names;         // 1 to 10, Chinese or Latin, as they are written in the register
  std::vector<std::string> former_names;  // at most 10
  std::string credit_code;                // 18 characters, or empty
  std::string lei;                        // 20 characters, or empty
  std::string registration;               // "HKG 12345678": country and number in its register, or empty
  bool operator==(const Enterprise&) const = default;
};

// Where an enterprise's listings stand: outside of every epoch, since nothing of them is secret. Only so is a company
// known as the same one years later, when it is listed again.
inline constexpr oprf::Epoch kOpenEpoch = 0;
oprf::Tag enterprise_tag(const Enterprise& enterprise);

// In one spelling, without doubles. Errors: invalid_argument naming what does not fit; no name may hold a resident ID.
Result<Enterprise> checked_enterprise(const Enterprise& enterprise);
// "hkg 123-45678" as "HKG 12345678". Errors: invalid_argument.
Result<std::string> parse_registration(std::string_view text);

// {"names","former_names","credit_code","lei","registration"}; what is not known is null.
nlohmann::json enterprise_to_json(const Enterprise& enterprise);
// As it stands in a record of ours: whatever enterprise_to_json wrote. Throws nlohmann::json::exception.
Enterprise enterprise_of_record(const nlohmann::json& in);
// From a member's node: all but `names` may be left out, unknown members are refused. Errors: those of
// checked_enterprise.
Result<Enterprise> parse_enterprise(const nlohmann::json& in);

}  // namespace probity::alliance
