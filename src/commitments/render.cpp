#include "commitments/render.h"

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "commitments/clauses.h"
#include "commitments/json.h"
#include "commitments/zone.h"

namespace probity::commitments {
namespace {

using Value = std::function<std::string(const Particulars&)>;

std::string embargo_utc(const Particulars& about) {
  return about.terms.embargo_ms ? utc_time_text(*about.terms.embargo_ms) : embargo_instant(about);
}

std::string embargo_local(const Particulars& about) {
  return about.terms.embargo_ms ? local_time_text(*about.terms.embargo_ms, about.terms.embargo_zone, about.locale)
                                : embargo_instant(about);
}

std::string agreed_amount(const Particulars& about) {
  if (about.terms.amount.empty()) return about.locale == Locale::zh ? "未约定" : "none agreed";
  return amount_text(about.terms.amount, about.terms.currency, about.locale);
}

std::string sign_by(const Particulars& about) {
  if (about.terms.sign_by_ms) return instant_text(*about.terms.sign_by_ms, about.terms.embargo_zone, about.locale);
  return about.locale == Locale::zh ? "未限定" : "no date set";
}

// In the order in which the template editor lists them.
const std::map<std::string, Value, std::less<>>& placeholders() {
  static const std::map<std::string, Value, std::less<>> table{
      {"sender", [](const Particulars& about) { return about.sender; }},
      {"contact", [](const Particulars& about) { return about.contact; }},
      {"project", [](const Particulars& about) { return about.project; }},
      {"recipient", [](const Particulars& about) { return about.recipient; }},
      {"recipient_full", recipient_clause},
      {"organisation", [](const Particulars& about) { return about.organisation; }},
      {"company_signatory", [](const Particulars& about) { return about.company_signatory; }},
      {"number", [](const Particulars& about) { return about.number; }},
      {"version", [](const Particulars& about) { return std::to_string(about.version); }},
      {"channels", [](const Particulars& about) { return channels_list(about.terms, about.locale); }},
      {"embargo", embargo_clause},
      {"embargo_instant", embargo_instant},
      {"embargo_utc", embargo_utc},
      {"embargo_local", embargo_local},
      {"amount", agreed_amount},
      {"amount_clause", amount_clause},
      {"liable_clause", liable_clause},
      {"sub_suppliers_clause", sub_suppliers_clause},
      {"colleagues_clause", colleagues_clause},
      {"breach_clause", breach_clause},
      {"signing_clause", signing_clause},
      {"sign_by", sign_by},
  };
  return table;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

// One pass, so that braces inside a value stay what they are.
std::string fill_in(std::string_view text, const Particulars& about, std::vector<std::string>& unknown) {
  std::string filled;
  while (true) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) return filled.append(text);
    const std::string name = trimmed(text.substr(open + 2, close - open - 2));
    filled.append(text.substr(0, open));
    if (const auto found = placeholders().find(name); found != placeholders().end()) {
      filled += found->second(about);
    } else {
      if (std::find(unknown.begin(), unknown.end(), name) == unknown.end()) unknown.push_back(name);
      filled.append(text.substr(open, close + 2 - open));
    }
    text.remove_prefix(close + 2);
  }
}

bool fits(const Question& question, const Terms& terms) {
  if (question.id == "embargo") return terms.embargo_ms.has_value();
  const auto channel = parse_channel(question.id);
  return !channel || terms.covers(*channel);
}

nlohmann::json about_to_json(const Particulars& about) {
  return {{"locale", locale_name(about.locale)},
          {"terms", terms_to_json(about.terms)},
          {"number", about.number},
          {"version", about.version},
          {"sender", about.sender},
          {"contact", about.contact},
          {"project", about.project},
          {"recipient", about.recipient},
          {"organisation", about.organisation},
          {"company_signatory", about.company_signatory}};
}

Particulars about_from_json(const nlohmann::json& json) {
  Particulars about;
  about.locale = parse_locale(json.at("locale").get<std::string>()).value();
  about.terms = terms_from_json(json.at("terms"));
  about.number = json.at("number").get<std::string>();
  about.version = json.at("version").get<int>();
  about.sender = json.at("sender").get<std::string>();
  about.contact = json.at("contact").get<std::string>();
  about.project = json.at("project").get<std::string>();
  about.recipient = json.at("recipient").get<std::string>();
  about.organisation = json.at("organisation").get<std::string>();
  about.company_signatory = json.at("company_signatory").get<std::string>();
  return about;
}

}  // namespace

RenderedText render(const TemplateText& text, const Particulars& about) {
  RenderedText rendered;
  rendered.about = about;
  auto& unknown = rendered.unknown_placeholders;
  rendered.title = fill_in(text.title, about, unknown);
  for (const Channel channel : kChannels)
    if (about.terms.covers(channel))
      rendered.ticks.push_back(
          {"channel-" + std::string(channel_name(channel)), channel_sentence(channel, about.locale)});
  for (const TextSection& section : text.sections) {
    rendered.sections.push_back({section.id, fill_in(section.heading, about, unknown),
                                 fill_in(section.text, about, unknown), section.must_tick});
    if (section.must_tick) rendered.ticks.push_back({section.id, rendered.sections.back().heading});
  }
  for (const Question& question : text.questions) {
    if (rendered.questions.size() == kQuestionsAsked || !fits(question, about.terms)) continue;
    Question asked = question;
    asked.text = fill_in(question.text, about, unknown);
    asked.why = fill_in(question.why, about, unknown);
    for (Choice& choice : asked.choices) choice.text = fill_in(choice.text, about, unknown);
    rendered.questions.push_back(std::move(asked));
  }
  rendered.terms_table = terms_table(about);
  rendered.consent_text = consent_text(about);
  return rendered;
}

std::vector<std::string> known_placeholders() {
  std::vector<std::string> names;
  for (const auto& [name, value] : placeholders()) names.push_back(name);
  return names;
}

std::string canonical_bytes(const RenderedText& text) {
  nlohmann::json json{{"format", "probity-commitment-1"},
                      {"about", about_to_json(text.about)},
                      {"title", text.title},
                      {"consent_text", text.consent_text},
                      {"sections", nlohmann::json::array()},
                      {"questions", nlohmann::json::array()},
                      {"ticks", nlohmann::json::array()},
                      {"terms_table", nlohmann::json::array()}};
  for (const TextSection& section : text.sections) json["sections"].push_back(section_to_json(section));
  for (const Question& question : text.questions)
    json["questions"].push_back(question_to_json(question, Audience::staff));
  for (const Tick& tick : text.ticks) json["ticks"].push_back({{"id", tick.id}, {"text", tick.text}});
  for (const auto& [label, value] : text.terms_table)
    json["terms_table"].push_back({{"label", label}, {"value", value}});
  return json.dump();
}

Result<RenderedText> parse_canonical(std::string_view bytes) {
  try {
    const auto json = nlohmann::json::parse(bytes);
    RenderedText text;
    text.about = about_from_json(json.at("about"));
    text.title = json.at("title").get<std::string>();
    text.consent_text = json.at("consent_text").get<std::string>();
    for (const auto& section : json.at("sections")) text.sections.push_back(section_from_json(section));
    for (const auto& question : json.at("questions")) text.questions.push_back(question_from_json(question));
    for (const auto& tick : json.at("ticks"))
      text.ticks.push_back({tick.at("id").get<std::string>(), tick.at("text").get<std::string>()});
    for (const auto& row : json.at("terms_table"))
      text.terms_table.emplace_back(row.at("label").get<std::string>(), row.at("value").get<std::string>());
    return text;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the frozen text of a commitment is not readable");
  }
}

}  // namespace probity::commitments
