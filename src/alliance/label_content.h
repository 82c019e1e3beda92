// What a label says, in at most 254 bytes: enough to know what is meant and whom to ask, nothing to judge by.
#pragma once

#include <string>

#include "alliance/catalogue.h"
#include "base/bytes.h"

namespace probity::alliance {

struct LabelContent {
  std::string reference;  // the filer's own number of the matter
  Conduct conduct = Conduct::bribery;
  std::string filer;    // the member's name
  std::string contact;  // where the filer answers questions
  TimeMs decided_ms = 0;
  TimeMs until_ms = 0;
  bool operator==(const LabelContent&) const = default;
};

// Of one filer under one number of theirs, whatever else the labels say.
bool is_same_matter(const LabelContent& a, const LabelContent& b);

// Errors: too_large when it does not fit a label.
Result<Bytes> encode_label(const LabelContent& content);
// Errors: corrupt.
Result<LabelContent> parse_label(BytesView bytes);

}  // namespace probity::alliance
