#include "http/routes/commitments_fields.h"

namespace probity::http::routes {
namespace {

constexpr TextLimits kLongText{0, 4000, true}, kShortName{1, 40};

commitments::Question question_of(JsonFields& fields) {
  commitments::Question question;
  question.id = fields.text("id", kShortName);
  question.text = fields.text("text", {1, 500, true});
  for (JsonFields& choice : fields.objects("choices", 5))
    question.choices.push_back({choice.text("id", kShortName), choice.text("text", {1, 300, true})});
  question.right = fields.text("right", kShortName);
  question.why = fields.text("why", {1, 1000, true});
  return question;
}

}  // namespace

commitments::Terms terms_of(JsonFields& fields) {
  commitments::Terms terms;
  for (const std::string& name : fields.texts("channels", 20)) {
    const auto channel = commitments::parse_channel(name);
    if (channel) {
      terms.channels.push_back(*channel);
    } else {
      fields.complain("channels", "holds a channel that does not exist");
    }
  }
  terms.embargo_ms = fields.optional_time("embargo_at");
  terms.embargo_zone = fields.optional_text("embargo_zone", {0, 64}).value_or("UTC");
  terms.amount = fields.optional_text("amount", {0, 16}).value_or("");
  terms.currency = fields.optional_text("currency", {0, 3}).value_or("");
  if (terms.amount.empty()) terms.currency.clear();  // a form keeps its currency when the amount is emptied
  const auto liable = commitments::parse_liable(fields.text("liable"));
  if (liable) {
    terms.liable = *liable;
  } else {
    fields.complain("liable", "must be person, organisation or both");
  }
  terms.sub_suppliers_sign = fields.boolean("sub_suppliers_sign");
  terms.breach_text = fields.optional_text("breach_text", kLongText).value_or("");
  terms.signing_method = fields.optional_text("signing_method", kLongText).value_or("");
  terms.may_invite_colleagues = fields.optional_boolean("may_invite_colleagues").value_or(false);
  terms.sign_by_ms = fields.optional_time("sign_by");
  return terms;
}

commitments::TemplateText template_text_of(JsonFields& fields) {
  commitments::TemplateText text;
  text.title = fields.text("title");
  for (JsonFields& one : fields.objects("sections", 60)) {
    commitments::TextSection section;
    section.id = one.text("id", kShortName);
    section.heading = one.text("heading", {0, 200});
    section.text = one.text("text", {1, 20'000, true});
    section.must_tick = one.boolean("must_tick");
    text.sections.push_back(std::move(section));
  }
  for (JsonFields& one : fields.objects("questions", 10)) text.questions.push_back(question_of(one));
  return text;
}

commitments::Locale locale_of(JsonFields& fields, const char* name) {
  const auto locale = commitments::parse_locale(fields.text(name));
  if (!locale) fields.complain(name, "must be en or zh");
  return locale.value_or(commitments::Locale::en);
}

commitments::Terms required_terms(JsonFields& fields) {
  auto inner = fields.optional_object("terms");
  if (inner) return terms_of(*inner);
  fields.complain("terms", "is missing");
  return {};
}

commitments::TemplateText required_text(JsonFields& fields) {
  auto inner = fields.optional_object("text");
  if (inner) return template_text_of(*inner);
  fields.complain("text", "is missing");
  return {};
}

}  // namespace probity::http::routes
