// The built-in wordings of statements, by kind, in English and in Chinese.
#pragma once

#include <vector>

#include "statements/ports.h"

namespace probity::statements {

// Titles and bodies with placeholders in braces: {organisation}, {party}, {second_party}, {amount}, {decided}, {reply},
// {first} (the number of the statement that is followed). What only the writer knows stands in [[ ]] and must be
// filled in before submitting.
struct Wording {
  Kind kind = Kind::other;
  Text en, zh;
};
const std::vector<Wording>& wordings();

struct WordingFacts {
  House house;
  CaseFacts facts;
  std::vector<NamedParty> parties;
  std::string first;  // number of the followed statement
};
// The wording of that kind with its placeholders filled in.
Texts worded(Kind kind, const WordingFacts& facts);

}  // namespace probity::statements
