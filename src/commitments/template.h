// Commitment templates: the words, before the particulars of a person and a project are put in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "commitments/terms.h"

namespace probity::commitments {

// A short stable name is its id: evidence speaks of "embargo", not of "section 4".
struct TextSection {
  std::string id;
  std::string heading;
  std::string text;        // paragraphs parted by blank lines, "- " lists, {{placeholders}}
  bool must_tick = false;  // the signer ticks this clause by itself
  bool operator==(const TextSection&) const = default;
};

struct Choice {
  std::string id, text;
  bool operator==(const Choice&) const = default;
};

// Its id may name a channel or be "embargo": then it is asked only where the terms have that.
struct Question {
  std::string id;
  std::string text;
  std::vector<Choice> choices;
  std::string right;  // a choice's id
  std::string why;    // told after a wrong answer
  bool operator==(const Question&) const = default;
};

// A template holds at least this many questions; the first so many that fit the terms are asked.
constexpr std::size_t kQuestionsAsked = 3;

struct TemplateText {
  std::string title;
  std::vector<TextSection> sections;
  std::vector<Question> questions;
  bool operator==(const TemplateText&) const = default;
};

// Errors: invalid_argument naming the place: an id that is not [a-z0-9_-]{1,40} or comes twice, an empty or overlong
// text, no section, fewer than three questions or more than ten, a right answer that is no choice.
Result<void> check_template_text(const TemplateText& text);

// One version of a template.
struct Template {
  Id id;
  std::string name;
  Locale locale = Locale::en;
  int version = 1;
  TemplateText text;
  Terms terms;            // where a new commitment starts from
  bool built_in = false;  // comes with the program and changes with it only
  bool archived = false;
  std::uint64_t used = 0;  // by how many commitments, over all versions
  TimeMs created_ms = 0;   // of this version
  bool operator==(const Template&) const = default;
};

// The templates that come with the program: press and suppliers, in both languages. Their ids never change.
std::vector<Template> built_in_templates();

}  // namespace probity::commitments
