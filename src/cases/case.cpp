#include "cases/case.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::cases {

const CaseParty* Case::party(const Id& place) const {
  const auto found = std::ranges::find(parties, place, &CaseParty::id);
  return found == parties.end() ? nullptr : &*found;
}

const Consequence* Case::consequence(const Id& wanted) const {
  const auto found = std::ranges::find(consequences, wanted, &Consequence::id);
  return found == consequences.end() ? nullptr : &*found;
}

std::vector<const CaseParty*> Case::accused() const {
  std::vector<const CaseParty*> found;
  for (const CaseParty& one : parties)
    if (one.accused) found.push_back(&one);
  return found;
}

std::string case_number(int year, std::int64_t ordinal) { return fmt::format("K-{}-{:04}", year, ordinal); }

}  // namespace probity::cases
