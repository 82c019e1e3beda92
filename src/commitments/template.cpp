#include "commitments/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "parties/text.h"

namespace probity::commitments {
namespace {

constexpr std::size_t kMostSections = 60, kMostQuestions = 10, kMostChoices = 5;

bool is_short_name(const std::string& id) {
  return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<void> check_words(const std::string& place, const std::string& text, std::size_t most,
                         bool may_be_empty = false) {
  const bool has_control = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  const bool is_blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (is_blank && !may_be_empty) return fail(ErrorCode::invalid_argument, place + ": this must not be empty");
  if (has_control || !parties::is_utf8(text) || characters(text) > most)
    return fail(ErrorCode::invalid_argument,
                fmt::format("{}: plain text of at most {} characters is expected", place, most));
  return {};
}

Result<void> check_id(const std::string& place, const std::string& id, std::set<std::string>& seen) {
  if (!is_short_name(id))
    return fail(ErrorCode::invalid_argument, place + ": an id of small letters, digits, - and _ is expected");
  if (!seen.insert(id).second) return fail(ErrorCode::invalid_argument, fmt::format("{}: {} comes twice", place, id));
  return {};
}

Result<void> check_question(const std::string& place, const Question& question) {
  TRY(check_words(place + ".text", question.text, 500));
  TRY(check_words(place + ".why", question.why, 1000));
  if (question.choices.size() < 2 || question.choices.size() > kMostChoices)
    return fail(ErrorCode::invalid_argument, fmt::format("{}.choices: two to {} are expected", place, kMostChoices));
  std::set<std::string> seen;
  for (const Choice& choice : question.choices) {
    TRY(check_id(place + ".choices", choice.id, seen));
    TRY(check_words(place + ".choices", choice.text, 300));
  }
  if (!seen.contains(question.right))
    return fail(ErrorCode::invalid_argument, place + ".right: the id of one of its choices is expected");
  return {};
}

}  // namespace

Result<void> check_template_text(const TemplateText& text) {
  TRY(check_words("title", text.title, 200));
  if (text.sections.empty() || text.sections.size() > kMostSections)
    return fail(ErrorCode::invalid_argument, fmt::format("sections: one to {} are expected", kMostSections));
  std::set<std::string> section_ids;
  for (std::size_t i = 0; i < text.sections.size(); ++i) {
    const TextSection& section = text.sections[i];
    const std::string place = fmt::format("sections[{}]", i);
    TRY(check_id(place, section.id, section_ids));
    TRY(check_words(place + ".heading", section.heading, 200, /*may_be_empty=*/!section.must_tick));
    TRY(check_words(place + ".text", section.text, 20'000));
  }
  if (text.questions.size() < kQuestionsAsked || text.questions.size() > kMostQuestions)
    return fail(ErrorCode::invalid_argument,
                fmt::format("questions: {} to {} are expected", kQuestionsAsked, kMostQuestions),
                "a recipient proves with them that the scope was understood");
  std::set<std::string> question_ids;
  for (std::size_t i = 0; i < text.questions.size(); ++i) {
    const std::string place = fmt::format("questions[{}]", i);
    TRY(check_id(place, text.questions[i].id, question_ids));
    TRY(check_question(place, text.questions[i]));
  }
  return {};
}

}  // namespace probity::commitments
