#include "statements/wording.h"

#include <algorithm>

#include "base/check.h"
#include "statements/wording_parts.h"

namespace probity::statements {
namespace {

void fill(std::string& text, const std::string& name, const std::string& by) {
  const std::string place = "{" + name + "}";
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + by.size()))
    text.replace(at, place.size(), by);
}

// A sentence may begin with what stands inside others in small letters.
void capitalise_sentences(std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == '\n' || (i > 1 && text[i - 1] == ' ' && text[i - 2] == '.');
    if (begins && text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - 'a' + 'A');
  }
}

std::string first_date(const std::optional<TimeMs>& time_ms) {
  return time_ms ? to_rfc3339(*time_ms).substr(0, 10) : std::string();
}

bool is_supplier(const NamedParty& party) { return party.role == "supplier" && !party.person; }

// Whom the statement is about: the accused, or the first one shown.
const NamedParty* subject_of(const WordingFacts& facts) {
  for (const KnownParty& known : facts.facts.parties) {
    if (!known.accused) continue;
    const auto shown = std::ranges::find(facts.parties, known.party, &NamedParty::party);
    if (shown != facts.parties.end()) return &*shown;
  }
  return facts.parties.empty() ? nullptr : &facts.parties.front();
}

Text filled(Text text, const WordingFacts& facts, const Sentences& say, bool chinese) {
  const NamedParty* subject = subject_of(facts);
  const auto supplier = std::ranges::find_if(facts.parties, is_supplier);
  const auto label = [&](const NamedParty& party) { return chinese ? party.label_zh : party.label_en; };
  const bool replied = std::ranges::any_of(facts.facts.replies, &ReplyFact::given);
  std::string decided = facts.facts.decided_ms ? say.decided : "", amount = say.no_amount;
  fill(decided, "date", first_date(facts.facts.decided_ms));
  if (!facts.facts.amount.empty()) {
    amount = say.amount;
    fill(amount, "amount", facts.facts.amount);
    fill(amount, "currency", facts.facts.currency);
  }
  for (std::string* part : {&text.title, &text.body}) {
    fill(*part, "party", subject != nullptr ? label(*subject) : say.party);
    fill(*part, "second_party", supplier != facts.parties.end() ? label(*supplier) : say.second_party);
    fill(*part, "reply", replied ? say.reply_given : say.no_reply);
    fill(*part, "decided", decided);
    fill(*part, "amount", amount);
    fill(*part, "first", facts.first);
    fill(*part, "organisation", facts.house.organisation);
  }
  if (!chinese) capitalise_sentences(text.body);
  return text;
}

}  // namespace

const std::vector<Wording>& wordings() {
  static const std::vector<Wording> all = [] {
    const std::vector<Text> en = english_wordings(), zh = chinese_wordings();
    PROBITY_CHECK(en.size() == zh.size());
    std::vector<Wording> made;
    for (std::size_t i = 0; i < en.size(); ++i) made.push_back({static_cast<Kind>(i), en[i], zh[i]});
    return made;
  }();
  return all;
}

Texts worded(Kind kind, const WordingFacts& facts) {
  const auto wording = std::ranges::find(wordings(), kind, &Wording::kind);
  PROBITY_CHECK(wording != wordings().end());
  return {filled(wording->en, facts, english_sentences(), false),
          filled(wording->zh, facts, chinese_sentences(), true)};
}

}  // namespace probity::statements
