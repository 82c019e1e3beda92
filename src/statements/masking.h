// How people stand in public words: by role or masked; and finding what would tell who they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "statements/statement.h"

namespace probity::statements {

// "Zhang Wei" -> "Z**** W**": the first letter of each word and a star for each other character.
// A name in Chinese characters is read in pinyin first.
std::string masked_en(std::string_view name);
// "张伟" -> "张*": the first character and a star for each other one. A name in another script as in masked_en().
std::string masked_zh(std::string_view name);

struct RoleWords {
  std::string en, zh;  // "a recipient", "一名接收人"
};
RoleWords role_words(std::string_view role, bool person);

// What is known of a party of the case.
struct KnownParty {
  Id party;
  std::string name;
  std::string role;
  bool person = true;
  std::string email, phone;
  bool accused = false;
};

// A party as the statement shows it. Errors: invalid_argument (a person in full).
Result<NamedParty> shown_as(const KnownParty& party, Naming naming);

struct Identifying {
  std::string what;     // "a name", "a mail address", "an identity number", "a phone number"
  std::string what_zh;  //
  std::string label;    // whom it would tell, as shown in the statement; empty when unknown
};

// Looks for what tells who the parties of a case are: names of those not shown in full (in any case, width, script or
// spacing, their words in either order, and in pinyin), mail addresses, long numbers as identity cards and phones have
// them. Const members may be called by any number of threads.
class NameFinder {
 public:
  NameFinder(const std::vector<KnownParty>& parties, const std::vector<NamedParty>& shown);
  ~NameFinder();
  NameFinder(const NameFinder&) = delete;
  NameFinder& operator=(const NameFinder&) = delete;

  std::vector<Identifying> find(std::string_view text) const;
  // `text` with those names as the statement shows them, in Chinese words or English ones; addresses and long numbers
  // as stars.
  std::string mask(std::string_view text, bool chinese) const;

 private:
  struct Known;
  std::vector<Known> known_;
};

}  // namespace probity::statements
