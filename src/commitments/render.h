// From a template and terms to the text that is read and signed: placeholders put in, and the bytes that are frozen.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "commitments/template.h"

namespace probity::commitments {

// Everything a text may speak of besides its own words.
struct Particulars {
  Locale locale = Locale::en;
  Terms terms;
  std::string number;  // empty in a preview
  int version = 1;
  std::string sender, contact;  // the organisation that asks for the promise, and where to write to
  std::string project;
  std::string recipient, organisation;  // the latter may be empty
  std::string company_signatory;        // empty when the organisation does not sign
  bool operator==(const Particulars&) const = default;
};

struct Tick {
  std::string id, text;
  bool operator==(const Tick&) const = default;
};

struct RenderedText {
  Particulars about;
  std::string title;
  std::vector<TextSection> sections;
  std::vector<std::pair<std::string, std::string>> terms_table;
  std::vector<Question> questions;  // those that are asked, with their right answers: for staff and for checking
  std::vector<Tick> ticks;          // each covered channel, then each clause that must be ticked
  std::string consent_text;         // what ticking "I sign" says, verbatim
  std::vector<std::string> unknown_placeholders;
  bool operator==(const RenderedText&) const = default;
};

// Never fails: a placeholder nobody knows stays as it stands and is reported.
RenderedText render(const TemplateText& text, const Particulars& particulars);

// The names render() puts in, without braces.
std::vector<std::string> known_placeholders();

// The frozen form: JSON in UTF-8, members sorted by name, no spaces (docs/formats.md). Its SHA-256 is the text hash.
std::string canonical_bytes(const RenderedText& text);
// Errors: corrupt.
Result<RenderedText> parse_canonical(std::string_view bytes);

}  // namespace probity::commitments
