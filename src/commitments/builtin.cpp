#include "commitments/builtin.h"

#include <algorithm>
#include <iterator>

#include "base/hash.h"

namespace probity::commitments {
namespace {

// Derived from a name, so that every workspace knows a built-in template under the same id.
Id id_of(std::string_view name) {
  const Hash hash = sha256({as_bytes("probity built-in template: "), as_bytes(name)});
  Id id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

Template built_in(std::string_view key, const char* name, Locale locale, TemplateText text, Terms terms) {
  Template made;
  made.id = id_of(key);
  made.name = name;
  made.locale = locale;
  made.text = std::move(text);
  made.terms = std::move(terms);
  made.built_in = true;
  return made;
}

Terms usual_terms(Locale locale) {
  Terms terms;
  terms.channels.assign(std::begin(kChannels), std::end(kChannels));
  terms.embargo_zone = locale == Locale::zh ? "Asia/Shanghai" : "UTC";
  terms.liable = Liable::both;
  return terms;
}

Terms press_terms(Locale locale) {
  Terms terms = usual_terms(locale);
  terms.may_invite_colleagues = true;
  return terms;
}

Terms supplier_terms(Locale locale) {
  Terms terms = usual_terms(locale);
  terms.sub_suppliers_sign = true;
  return terms;
}

}  // namespace

std::vector<Template> built_in_templates() {
  return {
      built_in("press en", "Press pre-release", Locale::en, press_text_en(), press_terms(Locale::en)),
      built_in("press zh", "媒体提前体验", Locale::zh, press_text_zh(), press_terms(Locale::zh)),
      built_in("supplier en", "Supplier", Locale::en, supplier_text_en(), supplier_terms(Locale::en)),
      built_in("supplier zh", "供应商", Locale::zh, supplier_text_zh(), supplier_terms(Locale::zh)),
  };
}

}  // namespace probity::commitments
