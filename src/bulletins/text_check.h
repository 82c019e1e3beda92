// What a bulletin must not hold: people, and accusations of parties that have no listing. Each finding says how the
// same thing is filed properly.
//
// What these checks see: a right resident ID in any spelling with separators, a Hong Kong ID with its check digit, a
// passport number beside the word, labelled personal data ("姓名：", "ID number:"), a person with a form of address in
// a sentence that accuses, credit codes, and company names (company_mentions.h) in such a sentence, in the sentence
// before or behind it, or in the title of a bulletin that accuses. What they cannot see: a name alone ("Zhang Wei did
// it", a brand without any word for a company), a nickname, a number split over two fields or hidden in a picture, who
// is meant by a link, irony, or that a company under `mentions` is accused after all. Those who read a bulletin say
// that it is false; the operator of the hub withdraws it; and the log holds who published what.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "bulletins/bulletin.h"

namespace probity::bulletins {

// The alliance's open list of companies.
class CompanyListings {
 public:
  virtual ~CompanyListings() = default;
  // Whether a listing of that company is active. Either may be empty; when neither is, both are one company's.
  // Errors: storage.
  virtual Result<bool> is_listed(const std::string& name, const std::string& credit_code) = 0;
};

struct Finding {
  std::string field;  // "text", "accused"
  Said what, instead;
};

// Of all that would keep a bulletin from being published, one finding a field and reason. Errors: storage.
Result<std::vector<Finding>> find_hindrances(Kind kind, const Content& content, CompanyListings& enterprises);
// The first of them as an error: invalid_argument with the way to file properly.
Result<void> check_text(Kind kind, const Content& content, CompanyListings& enterprises);

// Of replies, notes, contacts and words of a correction: personal data only.
Result<void> check_note(const std::string& text);

}  // namespace probity::bulletins
