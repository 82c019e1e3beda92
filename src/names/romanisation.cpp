#include "names/romanisation.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "names/han.h"
#include "names/interned.h"

namespace probity::names {
namespace {

using Strings = std::vector<std::string>;

void add_once(Strings& list, std::string text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

struct Split {
  std::string_view initial, final;
};
Split split_initial(std::string_view syllable, std::string_view letters_of_initials) {
  std::size_t n = 0;
  while (n < syllable.size() && letters_of_initials.find(syllable[n]) != std::string_view::npos) ++n;
  return {syllable.substr(0, n), syllable.substr(n)};
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  if (const auto at = out.find(from); at != std::string::npos) out.replace(at, from.size(), to);
  return out;
}

struct Rule {
  std::string_view from;
  std::string_view to;  // separated by commas; "-" is nothing
};

Strings alternatives(std::string_view list) {
  Strings out;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    out.emplace_back(list.substr(0, end) == "-" ? "" : list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

template <std::size_t N>
Strings look_up(const std::array<Rule, N>& rules, std::string_view from) {
  for (const auto& rule : rules)
    if (rule.from == from) return alternatives(rule.to);
  return {std::string(from)};
}

// --- Wade-Giles. Syllables that follow no rule first; the rest by initial and final.
constexpr std::array kWholeSyllables{
    Rule{"zhi", "chih,jhih"},
    Rule{"chi", "chih"},
    Rule{"shi", "shih"},
    Rule{"ri", "jih"},
    Rule{"zi", "tzu,tze"},
    Rule{"ci", "tzu,tsu"},
    Rule{"si", "ssu,szu,sze,su"},
    Rule{"er", "erh"},
    Rule{"yi", "i,yi"},
    Rule{"you", "yu,you,yiu"},
    Rule{"yong", "yung"},
    Rule{"yan", "yen"},
    Rule{"ye", "yeh"},
    Rule{"he", "ho,he"},
    Rule{"ke", "ko,ke"},
    Rule{"ge", "ko,ke"},
    Rule{"wen", "wen,wun"},
    Rule{"feng", "feng,fong,fung"},
    Rule{"song", "sung,soong"},
    Rule{"guo", "kuo"},
};
constexpr std::array kWadeInitials{
    Rule{"b", "p"},   Rule{"p", "p"},  Rule{"d", "t"},  Rule{"t", "t"},     Rule{"g", "k"},
    Rule{"k", "k"},   Rule{"j", "ch"}, Rule{"q", "ch"}, Rule{"x", "hs,sh"}, Rule{"zh", "ch,j,jh"},
    Rule{"ch", "ch"}, Rule{"r", "j"},  Rule{"z", "ts"}, Rule{"c", "ts"},
};

Strings wade_finals(std::string_view initial, std::string_view final) {
  if (final.ends_with("ian")) return {replaced(final, "ian", "ien")};
  if (final == "ie") return {"ieh"};
  if (final == "ve" || final == "ue") return {"ueh"};
  if (final == "v") return {"u"};
  if (final == "ong") return {"ung", "ong"};
  if (final == "iong") return {"iung"};
  if (final == "ui" && (initial == "g" || initial == "k")) return {"uei"};
  if (final == "e") return {"e", "o"};
  if (final == "uo") return {"o", "uo"};
  if (final == "iu") return {"iu", "iou"};
  return {std::string(final)};
}

// --- Cantonese as registers write it.
constexpr std::array kCantoneseInitials{
    Rule{"b", "b,p"},   Rule{"d", "d,t"},  Rule{"g", "k,g"}, Rule{"gw", "kw,gw"}, Rule{"z", "ch,ts,j,tz,c,dz"},
    Rule{"c", "ch,ts"}, Rule{"s", "s,sh"}, Rule{"j", "y,-"}, Rule{"ng", "ng,-"},  Rule{"kw", "kw,qu"},
};
constexpr std::array kCantoneseFinals{
    Rule{"aa", "a,ah"},
    Rule{"aai", "ai"},
    Rule{"aau", "au,ao"},
    Rule{"aam", "am"},
    Rule{"aan", "an"},
    Rule{"aang", "ang"},
    Rule{"aap", "ap"},
    Rule{"aat", "at"},
    Rule{"aak", "ak,ack"},
    Rule{"ai", "ai,ei"},
    Rule{"au", "au,ow,ou"},
    Rule{"am", "am,um,em"},
    Rule{"an", "an,un,en"},
    Rule{"ang", "ang,eng"},
    Rule{"ap", "ap,up"},
    Rule{"at", "at,ut"},
    Rule{"ak", "ak,uk,ack"},
    Rule{"e", "e,eh"},
    Rule{"eng", "eng,ing"},
    Rule{"ek", "ek,ik"},
    Rule{"ei", "ei,i,ee,ay,ey"},
    Rule{"iu", "iu,ew,iew"},
    Rule{"i", "i,ee,ze,e"},
    Rule{"o", "o,or,oh"},
    Rule{"oi", "oi,oy"},
    Rule{"ou", "o,u,ou,ow,oo"},
    Rule{"oeng", "eung,eong,oeng,ong"},
    Rule{"oek", "euk,eok,ok"},
    Rule{"eoi", "ui,uy,oey,eui"},
    Rule{"eon", "un,on"},
    Rule{"eot", "ut,eut"},
    Rule{"u", "u,oo"},
    Rule{"ui", "ui,ooi"},
    Rule{"un", "un,oon"},
    Rule{"ut", "ut"},
    Rule{"uk", "uk,ook"},
    Rule{"yu", "u,yu,ue,yue"},
    Rule{"yun", "uen,un,yuen,yun"},
    Rule{"yut", "uet,ut,yuet"},
    Rule{"on", "on,orn"},
    Rule{"ung", "ung,oong"},
    Rule{"ing", "ing,eng"},
    Rule{"ong", "ong"},
    Rule{"im", "im"},
};

// Every syllable that occurs, by its letters in all systems.
struct Syllables {
  std::unordered_map<std::string, std::vector<int>>
      readings_of;  // a spelling to the numbers of syllables it stands for
  std::unordered_map<std::string, int> pinyin_numbers, jyutping_numbers;
  std::unordered_set<std::string, TextHash, std::equal_to<>> pinyin;
  std::unordered_map<std::string, Strings, TextHash, std::equal_to<>> jyutping_of;  // a spelling to the syllables
};

const Syllables& syllables() {
  static const Syllables table = [] {
    Syllables out;
    int count = 0;
    for (char32_t c = 0x3400; c <= 0x9FFF; ++c) {
      for (const auto syllable : pinyin_syllables(c)) {
        const std::string reading(syllable_letters(syllable));
        if (!out.pinyin_numbers.emplace(reading, count).second) continue;
        auto all = wade_giles_of(reading);
        add_once(all, reading);
        out.pinyin.insert(reading);
        if (reading.find('v') != std::string::npos)
          for (const char* other : {"u", "yu"}) {
            add_once(all, replaced(reading, "v", other));
            out.pinyin.insert(replaced(reading, "v", other));
          }
        for (const auto& spelling : all) out.readings_of[spelling].push_back(count);
        ++count;
      }
      for (const auto& reading : cantonese_readings(c)) {
        if (!out.jyutping_numbers.emplace(reading, count).second) continue;
        for (const auto& spelling : cantonese_spellings_of(reading)) {
          out.readings_of[spelling].push_back(count);
          add_once(out.jyutping_of[spelling], reading);
        }
        ++count;
      }
    }
    return out;
  }();
  return table;
}

// Pairs of syllables, of one system or two, that some character has both of.
const std::unordered_set<std::int64_t>& syllables_together() {
  static const auto table = [] {
    std::unordered_set<std::int64_t> out;
    const auto& all = syllables();
    for (char32_t c = 0x4E00; c <= 0x9FFF; ++c) {
      std::vector<int> of_character;
      for (const auto& reading : pinyin_readings(c)) of_character.push_back(all.pinyin_numbers.at(reading));
      for (const auto& reading : cantonese_readings(c)) of_character.push_back(all.jyutping_numbers.at(reading));
      for (const int a : of_character)
        for (const int b : of_character) out.insert(std::int64_t{a} << 32 | b);
    }
    return out;
  }();
  return table;
}

void add_pinyin(std::vector<Spelling>& out, const std::string& reading) {
  out.push_back({reading, Romanisation::pinyin});
  if (reading.find('v') != std::string::npos) {
    out.push_back({replaced(reading, "v", "u"), Romanisation::pinyin});
    out.push_back({replaced(reading, "v", "yu"), Romanisation::pinyin});
  }
  for (auto& wade : wade_giles_of(reading)) out.push_back({std::move(wade), Romanisation::wade_giles});
}

void add_cantonese(std::vector<Spelling>& out, char32_t character) {
  for (const auto& reading : cantonese_readings(character))
    for (auto& spelling : cantonese_spellings_of(reading))
      out.push_back({std::move(spelling), Romanisation::cantonese});
}

}  // namespace

std::string_view romanisation_name(Romanisation system) {
  switch (system) {
    case Romanisation::pinyin:
      return "pinyin";
    case Romanisation::wade_giles:
      return "wade_giles";
    case Romanisation::cantonese:
      return "cantonese";
  }
  return "";
}

std::vector<std::string> wade_giles_of(std::string_view pinyin) {
  Strings out;
  for (const auto& whole : kWholeSyllables)
    if (whole.from == pinyin) return alternatives(whole.to);
  const auto [initial, final] = split_initial(pinyin, "bpmfdtnlgkhjqxzcsr");
  for (const auto& start : look_up(kWadeInitials, initial))
    for (const auto& end : wade_finals(initial, final)) add_once(out, start + end);
  return out;
}

std::vector<std::string> cantonese_spellings_of(std::string_view jyutping) {
  if (jyutping == "ng" || jyutping == "m") return {"ng", "m", "eng"};
  Strings out;
  const auto [initial, final] = split_initial(jyutping, "bpmfdtnlgkhwzcsj");
  for (const auto& start : look_up(kCantoneseInitials, initial))
    for (const auto& end : look_up(kCantoneseFinals, final)) add_once(out, start + end);
  if (final == "i" && (initial == "z" || initial == "c" || initial == "s"))
    for (const char* more : {"tsz", "tze", "tsze", "sze", "sz", "szi"})
      if ((more[0] == 's') == (initial == "s")) add_once(out, more);
  return out;
}

std::vector<Spelling> spellings_of(char32_t character) {
  std::vector<Spelling> out;
  for (const auto& reading : pinyin_readings(character)) add_pinyin(out, reading);
  add_cantonese(out, character);
  return out;
}

std::vector<Spelling> surname_spellings_of(char32_t surname) {
  std::vector<Spelling> out;
  for (const auto& reading : surname_readings(to_utf8(std::u32string(1, surname)))) add_pinyin(out, reading);
  add_cantonese(out, surname);
  return out;
}

bool may_spell_the_same(std::string_view a, std::string_view b) {
  const auto& table = syllables();
  const auto left = table.readings_of.find(std::string(a)), right = table.readings_of.find(std::string(b));
  if (left == table.readings_of.end() || right == table.readings_of.end()) return false;
  for (const int x : left->second)
    for (const int y : right->second)
      if (syllables_together().contains(std::int64_t{x} << 32 | y)) return true;
  return false;
}

bool is_pinyin(std::string_view letters) { return syllables().pinyin.contains(letters); }

const std::vector<std::string>& jyutping_of(std::string_view letters) {
  static const Strings none;
  const auto found = syllables().jyutping_of.find(letters);
  return found == syllables().jyutping_of.end() ? none : found->second;
}

bool made_of_syllables(std::string_view letters) {
  constexpr std::size_t kLongest = 7;
  const auto& table = syllables();
  std::vector<bool> reached(letters.size() + 1, false);
  reached[0] = true;
  for (std::size_t at = 0; at < letters.size(); ++at)
    for (std::size_t n = 1; reached[at] && n <= kLongest && at + n <= letters.size(); ++n)
      if (table.readings_of.contains(std::string(letters.substr(at, n)))) reached[at + n] = true;
  return !letters.empty() && reached[letters.size()];
}

}  // namespace probity::names
