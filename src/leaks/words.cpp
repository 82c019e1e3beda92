#include "leaks/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

namespace probity::leaks {
namespace {

struct Unit {
  int power;
  const char* name;
};
constexpr std::array<Unit, 5> kEnglishUnits{
    {{15, " quadrillion"}, {12, " trillion"}, {9, " billion"}, {6, " million"}, {0, ""}}};
constexpr std::array<Unit, 4> kChineseUnits{{{12, "万亿"}, {8, "亿"}, {4, "万"}, {0, ""}}};
constexpr int kLargestNamedPower = 17;

std::string superscript(int number) {
  constexpr std::array<const char*, 10> kDigits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char digit : std::to_string(number)) text += kDigits[static_cast<std::size_t>(digit - '0')];
  return text;
}

// One over the chance, rounded down to one leading digit: digit * 10^power.
struct OneIn {
  int digit = 1;
  int power = 0;
};
OneIn one_in(double log10_chance) {
  // A hair less, so that "less than" stays true when the chance is a round number exactly.
  const double log10_odds = std::max(0.0, -log10_chance - 1e-9);
  OneIn result;
  result.power = static_cast<int>(std::floor(log10_odds));
  result.digit = std::clamp(static_cast<int>(std::pow(10.0, log10_odds - result.power)), 1, 9);
  return result;
}

template <std::size_t N>
std::string named(const OneIn& one, const std::array<Unit, N>& units) {
  const Unit& unit = *std::ranges::find_if(units, [&](const Unit& row) { return one.power >= row.power; });
  std::uint64_t number = static_cast<std::uint64_t>(one.digit);
  for (int power = unit.power; power < one.power; ++power) number *= 10;
  return number_in_words(number) + unit.name;
}

std::string names_of(const Report& report, Role role, const Say& say) {
  std::string names;
  for (const FindingRecord& finding : report.findings) {
    if (finding.role != role) continue;
    if (!names.empty()) names += say("; ", "；");
    names += finding.masked() ? say("the recipient of copy {} (name masked)", "副本 {} 的收件人（姓名未公开）",
                                    recipient_in_words(finding))
                              : recipient_in_words(finding);
  }
  return names;
}

std::string titles_of(const Report& report, const Say& say) {
  std::string titles;
  for (const AssetRecord& asset : report.assets) {
    if (!asset.scored) continue;
    if (!titles.empty()) titles += say(", ", "、");
    titles += say("“{}”", "《{}》", asset.title);
  }
  return titles;
}

std::string identified_sentence(const Report& report, const Say& say) {
  const std::string names = names_of(report, Role::accused, say);
  const std::string titles = titles_of(report, say);
  const std::size_t files = report.files.size();
  if (report.accused_count() == 1) {
    return files == 1 ? say("The leaked picture was made from the copy of {} issued to {}.",
                            "泄露图片出自发给 {1} 的{0}副本。", titles, names)
                      : say("The leaked pictures were made from the copy of {} issued to {}.",
                            "这些泄露图片出自发给 {1} 的{0}副本。", titles, names);
  }
  const std::size_t count = report.accused_count();
  return say("{0} copies of {1} went into the leak: those issued to {2}. They were mixed together.",
             "泄露图片由 {0} 份{1}副本混合而成，分别发给：{2}。", count, titles, names);
}

}  // namespace

std::string number_in_words(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

std::string chance_in_words(double log10_chance, Language language) {
  const Say say(language);
  const OneIn one = one_in(log10_chance);
  if (one.power > kLargestNamedPower) {
    const std::string power = superscript(one.power);
    return say("1 in 10{}", "10{} 分之一", power);
  }
  const std::string number = language == Language::zh ? named(one, kChineseUnits) : named(one, kEnglishUnits);
  return say("1 in {}", "{} 分之一", number);
}

std::string time_in_words(TimeMs time_ms, Language language) {
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = static_cast<std::time_t>(time_ms >= 0 ? time_ms / 1000 : (time_ms - 999) / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  const int year = parts.tm_year + 1900;
  const int month = parts.tm_mon + 1;
  const char* const name = kMonths[static_cast<std::size_t>(parts.tm_mon)];
  return Say(language)("{1} {2} {3}, {4:02}:{5:02} UTC", "{3}年{0}月{1}日 {4:02}:{5:02}（UTC）", month, parts.tm_mday,
                       name, year, parts.tm_hour, parts.tm_min);
}

std::string recipient_in_words(const FindingRecord& finding) {
  if (!finding.recipient.name.empty()) return parties::display_name(finding.recipient);
  return finding.copies.empty() ? std::string("?") : finding.copies.front().copy.text();
}

std::string verdict_title(Outcome outcome, Language language) {
  const Say say(language);
  switch (outcome) {
    case Outcome::identified:
      return say("Copy identified", "已认定副本");
    case Outcome::lead:
      return say("A lead, not proof", "线索，尚非证明");
    case Outcome::no_match:
      return say("No match", "未匹配到副本");
    case Outcome::does_not_align:
      return say("Does not align", "无法对齐");
  }
  return {};
}

std::string verdict_sentence(const Report& report, Language language) {
  const Say say(language);
  const std::string titles = titles_of(report, say);
  switch (report.outcome) {
    case Outcome::identified:
      return identified_sentence(report, say);
    case Outcome::lead: {
      const std::string names = names_of(report, Role::lead, say);
      return say("The leak resembles the copy of {} issued to {}, but not surely enough to say that it is that copy.",
                 "泄露图片与发给 {1} 的{0}副本相近，但把握不足以认定。", titles, names);
    }
    case Outcome::no_match:
      return say("The leak shows {}, but it matches no copy in the register.",
                 "泄露图片来自{}，但与登记册中的任何副本都不匹配。", titles);
    case Outcome::does_not_align:
      return say("No master of this workspace could be recognised in the leak, so it says nothing about any copy.",
                 "未能在泄露图片中确认本工作区的任何母版，因此不能说明任何副本的情况。");
  }
  return {};
}

std::string bound_sentence(const Report& report, Language language) {
  const Say say(language);
  const FindingRecord* leading = report.leading();
  const std::uint64_t candidates = report.trials.candidates;
  const std::string count = number_in_words(candidates);
  if (leading == nullptr) {
    if (!report.plot) return say("No copy was compared.", "没有与任何副本进行比对。");
    return say("All {} copies were compared; none scored beyond what chance explains.",
               "共比对 {} 份副本，得分均未超出偶然范围。", count);
  }
  // With several named, the weakest of them is what the whole statement rests on.
  double weakest = leading->finding.log10_total;
  for (const FindingRecord& finding : report.findings) {
    if (finding.role == leading->role) weakest = std::max(weakest, finding.finding.log10_total);
  }
  const std::string chance = chance_in_words(weakest, language);
  if (candidates <= 1) {
    return say("Had this copy taken no part, the chance that it would score so is less than {}.",
               "假如这份副本与泄露无关，它得到如此高分的概率低于 {}。", chance);
  }
  if (leading->role == Role::accused) {
    const std::string others =
        number_in_words(candidates - std::min<std::uint64_t>(candidates, report.accused_count()));
    return say("The chance that any of the {} innocent copies would score so is less than {}.",
               "其余 {} 份无辜副本中，任何一份得到如此高分的概率低于 {}。", others, chance);
  }
  return say(
      "The chance that some innocent copy among the {} scores so is less than {}; to name a copy it must be at "
      "most 1 in 1 billion.",
      "{} 份副本中有无辜副本偶然得到如此得分的概率低于 {}；认定副本要求不超过 10亿 分之一。", count, chance);
}

std::string purpose_in_words(copies::Purpose purpose, Language language) {
  const Say say(language);
  switch (purpose) {
    case copies::Purpose::issue:
      return say("issued", "签发");
    case copies::Purpose::export_again:
      return say("exported again", "再次导出");
    case copies::Purpose::evidence:
      return say("made as evidence", "作为证据制作");
  }
  return {};
}

std::vector<std::string> makings_in_words(const FindingRecord& finding, Language language) {
  const Say say(language);
  std::vector<std::string> lines;
  for (const CopyEvidence& copy : finding.copies) {
    for (const MakingEvidence& evidence : copy.makings) {
      const std::string when = time_in_words(evidence.making.made_ms, language);
      const std::string purpose = purpose_in_words(evidence.making.purpose, language);
      const std::uint64_t sequence = evidence.making.register_sequence;
      lines.push_back(say("{}: {}, by {} (register entry {})", "{}：{}，操作者 {}（登记册第 {} 条）", when, purpose,
                          evidence.making.operator_name, sequence));
    }
  }
  return lines;
}

}  // namespace probity::leaks
