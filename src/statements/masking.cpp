#include "statements/masking.h"

#include <unicode/normalizer2.h>
#include <unicode/regex.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.h"

namespace probity::statements {
namespace {

using icu::UnicodeString;

UnicodeString read(std::string_view utf8) {
  return UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::string write(const UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

bool is_han(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_HAN;
}

// Written without spaces between words.
bool is_ideographic(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_HANGUL;
}

bool has_han(const UnicodeString& text) {
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
    if (is_han(text.char32At(i))) return true;
  return false;
}

bool is_space(UChar32 c) { return u_isUWhiteSpace(c) || c == 0x00B7 || c == 0x30FB || c == 0x2022; }

// Rules of ICU's own; made once a thread, because making them takes milliseconds.
UnicodeString transliterated(const UnicodeString& text, const char* rules) {
  thread_local std::vector<std::pair<std::string, std::unique_ptr<icu::Transliterator>>> made;
  auto found = std::ranges::find(made, rules, [](const auto& one) { return one.first; });
  if (found == made.end()) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> rule(
        icu::Transliterator::createInstance(UnicodeString(rules), UTRANS_FORWARD, status));
    if (U_FAILURE(status)) rule.reset();  // an ICU without that table: the text stays as it is
    made.emplace_back(rules, std::move(rule));
    found = made.end() - 1;
  }
  UnicodeString result = text;
  if (found->second) found->second->transliterate(result);
  return result;
}

UnicodeString pinyin(const UnicodeString& name) { return transliterated(name, "Han-Latin; Latin-ASCII; Title"); }

std::vector<UnicodeString> words_of(const UnicodeString& name) {
  std::vector<UnicodeString> words;
  bool open = false;
  for (std::int32_t i = 0; i < name.length(); i = name.moveIndex32(i, 1)) {
    const UChar32 c = name.char32At(i);
    if (is_space(c)) {
      open = false;
    } else {
      if (!open) words.emplace_back();
      words.back().append(c);
      open = true;
    }
  }
  return words;
}

// The first letter of each run between spaces and hyphens, stars for the rest.
UnicodeString starred(const UnicodeString& name) {
  UnicodeString masked;
  bool first = true;
  for (std::int32_t i = 0; i < name.length(); i = name.moveIndex32(i, 1)) {
    const UChar32 c = name.char32At(i);
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) continue;
    const bool parts = is_space(c) || c == '-' || c == 0x2010;
    if (parts)
      masked.append(c == 0x2010 ? UChar32('-') : c);
    else
      masked.append(first ? c : UChar32('*'));
    first = parts;
  }
  return masked;
}

// Between two words of a name, and between two of its letters, may stand what a reader does not see or passes over.
// Lists and not properties: ICU takes milliseconds to make a set of a property, and each name has patterns of its own.
constexpr const char* kBetweenWords =
    R"([\s\u00A0\u00AD\u00B7\u2000-\u2015\u2022\u202F\u2060\u3000\u30FB\uFEFF.,，、_\-]{0,3})";
constexpr const char* kBetweenLetters = R"([\u00AD\u200B-\u200F\u2060\uFEFF]{0,2})";

// Both cases are written out: a pattern that ignores case closes over whole properties, which takes ICU milliseconds.
void append_class(UnicodeString& pattern, UChar32 c) {
  UnicodeString same;
  for (const UChar32 one : {c, u_tolower(c), u_toupper(c)}) {
    same.append(one);
    if (one > 0x20 && one < 0x7F) same.append(UChar32(one + 0xFEE0));  // full-width
  }
  if (is_han(c)) same.append(transliterated(same, "Hans-Hant")).append(transliterated(same, "Hant-Hans"));
  pattern.append('[');
  for (std::int32_t i = 0; i < same.length(); i = same.moveIndex32(i, 1)) {
    if (!u_isalnum(same.char32At(i))) pattern.append('\\');
    pattern.append(same.char32At(i));
  }
  pattern.append(']');
}

UnicodeString pattern_of(const std::vector<UnicodeString>& words) {
  UnicodeString pattern;
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (w > 0) pattern.append(UnicodeString::fromUTF8(kBetweenWords));
    for (std::int32_t i = 0; i < words[w].length(); i = words[w].moveIndex32(i, 1)) {
      if (i > 0)
        pattern.append(UnicodeString::fromUTF8(is_han(words[w].char32At(i)) ? kBetweenWords : kBetweenLetters));
      append_class(pattern, words[w].char32At(i));
    }
  }
  return pattern;
}

using Pattern = std::unique_ptr<icu::RegexPattern>;

Pattern compiled(const UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  Pattern pattern(icu::RegexPattern::compile(text, where, status));
  PROBITY_CHECK(U_SUCCESS(status));
  return pattern;
}

// The ways a name is written: as it is, its words the other way round, in pinyin. A single letter is no name.
std::vector<Pattern> patterns_of(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  const UnicodeString tidy = icu::Normalizer2::getNFCInstance(status)->normalize(read(name), status);
  std::vector<Pattern> patterns;
  const auto add = [&](std::vector<UnicodeString> words) {
    std::int32_t letters = 0;
    for (const UnicodeString& word : words) letters += word.countChar32();
    if (letters < 2) return;
    patterns.push_back(compiled(pattern_of(words)));
    if (words.size() < 2) return;
    std::rotate(words.begin(), words.begin() + 1, words.end());
    patterns.push_back(compiled(pattern_of(words)));
    if (words.size() < 3) return;
    std::rotate(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(words.size()) - 2, words.end());
    patterns.push_back(compiled(pattern_of(words)));
  };
  add(words_of(tidy));
  if (has_han(tidy)) add(words_of(pinyin(tidy)));
  return patterns;
}

struct General {
  const char *pattern, *what, *what_zh;
};
constexpr std::array<General, 4> kGeneral{{
    {R"([\p{L}\p{N}._%+-]+[@＠][\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)", "a mail address", "电子邮箱"},
    {R"((?<!\p{Nd})\p{Nd}{17}[\p{Nd}XxＸ](?!\p{Nd}))", "an identity number", "证件号码"},
    {R"((?<!\p{Nd})[1１]\p{Nd}{2}[ -]?\p{Nd}{4}[ -]?\p{Nd}{4}(?!\p{Nd}))", "a phone number", "电话号码"},
    {R"([+＋]\p{Nd}[\p{Nd} ()-]{7,16}\p{Nd})", "a phone number", "电话号码"},
}};

// Read-only once made, and used by any number of threads.
const std::vector<Pattern>& general_patterns() {
  static const std::vector<Pattern> all = [] {
    std::vector<Pattern> made;
    for (const General& general : kGeneral) made.push_back(compiled(UnicodeString::fromUTF8(general.pattern)));
    return made;
  }();
  return all;
}

// "Mira" is no part of "admiral": what is written with letters ends where they do. Characters of Chinese stand alone.
bool continues(const UnicodeString& text, std::int32_t left, std::int32_t right) {
  if (left < 0 || right >= text.length()) return false;
  const UChar32 before = text.char32At(left), after = text.char32At(right);
  return u_isalnum(before) && u_isalnum(after) && !is_ideographic(before) && !is_ideographic(after);
}

// Calls `found(start, end)` for each occurrence that is a word of its own, until it says to stop.
template <class Found>
void each_occurrence(const Pattern& pattern, const UnicodeString& text, Found found) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::RegexMatcher> matcher(pattern->matcher(text, status));
  while (U_SUCCESS(status) && matcher->find(status)) {
    const std::int32_t start = matcher->start(status), end = matcher->end(status);
    if (continues(text, text.moveIndex32(start, -1) < start ? text.moveIndex32(start, -1) : -1, start)) continue;
    if (continues(text, text.moveIndex32(end, -1), end)) continue;
    if (!found(start, end)) return;
  }
}

bool occurs(const Pattern& pattern, const UnicodeString& text) {
  bool is_there = false;
  each_occurrence(pattern, text, [&](std::int32_t, std::int32_t) {
    is_there = true;
    return false;
  });
  return is_there;
}

UnicodeString replaced(const Pattern& pattern, const UnicodeString& text, const UnicodeString& by) {
  UnicodeString result;
  std::int32_t kept = 0;
  each_occurrence(pattern, text, [&](std::int32_t start, std::int32_t end) {
    result.append(text, kept, start - kept).append(by);
    kept = end;
    return true;
  });
  return result.append(text, kept, text.length() - kept);
}

const NamedParty* shown_form(const std::vector<NamedParty>& shown, const Id& party) {
  const auto found = std::ranges::find(shown, party, &NamedParty::party);
  return found == shown.end() ? nullptr : &*found;
}

bool may_be_named(const KnownParty& party, const NamedParty* form) {
  return !party.person && form != nullptr && form->naming == Naming::full;
}

UnicodeString normal(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  return icu::Normalizer2::getNFCInstance(status)->normalize(read(text), status);
}

struct RoleRow {
  std::string_view role;
  const char *en, *zh;
};
constexpr RoleRow kRoles[] = {
    {"recipient", "a recipient", "一名接收人"},
    {"outlet", "a media outlet", "一家媒体"},
    {"employer", "an employer", "一家用人单位"},
    {"employee", "an employee", "一名员工"},
    {"former_employee", "a former employee", "一名前员工"},
    {"supplier", "a supplier", "一家供应商"},
    {"sub_supplier", "a sub-supplier", "一家下级供应商"},
    {"attendee", "an attendee of a shoot", "一名拍摄活动参加者"},
    {"witness", "a witness", "一名证人"},
};

}  // namespace

std::string masked_en(std::string_view name) {
  const UnicodeString tidy = normal(name);
  return write(starred(has_han(tidy) ? pinyin(tidy) : tidy));
}

std::string masked_zh(std::string_view name) {
  const UnicodeString tidy = normal(name);
  if (!has_han(tidy)) return write(starred(tidy));
  UnicodeString masked;
  for (std::int32_t i = 0; i < tidy.length(); i = tidy.moveIndex32(i, 1))
    if (!is_space(tidy.char32At(i))) masked.append(masked.isEmpty() ? tidy.char32At(i) : UChar32('*'));
  return write(masked);
}

RoleWords role_words(std::string_view role, bool person) {
  for (const RoleRow& row : kRoles)
    if (row.role == role) return {row.en, row.zh};
  return person ? RoleWords{"a person involved", "一名相关人员"}
                : RoleWords{"an organisation involved", "一家相关单位"};
}

Result<NamedParty> shown_as(const KnownParty& party, Naming naming) {
  NamedParty shown{party.party, party.role, party.person, naming, party.name, party.name};
  if (naming == Naming::full && party.person)
    return fail(ErrorCode::invalid_argument, "a person is never named in full", "show the role, or the masked name");
  if (naming == Naming::masked) {
    shown.label_en = masked_en(party.name);
    shown.label_zh = masked_zh(party.name);
  } else if (naming == Naming::role) {
    const RoleWords words = role_words(party.role, party.person);
    shown.label_en = words.en;
    shown.label_zh = words.zh;
  }
  return shown;
}

struct NameFinder::Known {
  std::vector<Pattern> patterns;
  std::string label_en, label_zh;
};

NameFinder::NameFinder(const std::vector<KnownParty>& parties, const std::vector<NamedParty>& shown) {
  // Longer names first: one may be the beginning of another.
  std::vector<const KnownParty*> by_length;
  for (const KnownParty& party : parties) by_length.push_back(&party);
  std::ranges::stable_sort(by_length, std::greater<>(), [](const KnownParty* party) { return party->name.size(); });
  for (const KnownParty* party : by_length) {
    const NamedParty* form = shown_form(shown, party->party);
    if (may_be_named(*party, form)) continue;
    const RoleWords words = role_words(party->role, party->person);
    known_.push_back({patterns_of(party->name), form != nullptr ? form->label_en : words.en,
                      form != nullptr ? form->label_zh : words.zh});
  }
}

NameFinder::~NameFinder() = default;

std::vector<Identifying> NameFinder::find(std::string_view text) const {
  const UnicodeString searched = normal(text);
  std::vector<Identifying> found;
  for (const Known& known : known_)
    if (std::ranges::any_of(known.patterns, [&](const Pattern& pattern) { return occurs(pattern, searched); }))
      found.push_back({"a name", "姓名或名称", known.label_en});
  for (std::size_t i = 0; i < kGeneral.size(); ++i)
    if (occurs(general_patterns()[i], searched)) found.push_back({kGeneral[i].what, kGeneral[i].what_zh, ""});
  return found;
}

std::string NameFinder::mask(std::string_view text, bool chinese) const {
  UnicodeString masked = normal(text);
  for (const Known& known : known_)
    for (const Pattern& pattern : known.patterns)
      masked = replaced(pattern, masked, read(chinese ? known.label_zh : known.label_en));
  for (const Pattern& pattern : general_patterns()) masked = replaced(pattern, masked, UnicodeString("***"));
  return write(masked);
}

}  // namespace probity::statements
