#include "bulletins/text_check.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/encoding.h"
#include "bulletins/company_mentions.h"
#include "bulletins/rules.h"
#include "names/han.h"
#include "names/identifier.h"

namespace probity::bulletins {
namespace {

constexpr Said kFileListing{
    "File a listing of the person: it needs evidence, a second approver and a notice, and nobody can read the list "
    "out.",
    "请改为提交人员名单登记：须有证据、双人审批并通知本人，且名单无法被读取。"};
constexpr Said kFileEnterprise{
    "File a listing of the company first; once it is active the bulletin may name it as accused. Whoever is named "
    "without being accused goes under mentions.",
    "请先提交企业名单登记，生效后通报方可将其列为被指方。仅被提及、未被指控的单位请填入“提及单位”。"};

// One width, no invisible characters: what a reader would read. White space stays.
std::string as_read(std::string_view text) {
  std::u32string out;
  for (char32_t c : names::characters(text)) {
    if (c == 0x3000) c = U' ';
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    const bool invisible = c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
                           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
    if (!invisible) out.push_back(c);
  }
  return names::to_utf8(out);
}

// "%31" as "1": an address can carry anything in that form.
std::string decoded(std::string_view url) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool escape = url[i] == '%' && i + 2 < url.size() && digit(url[i + 1]) >= 0 && digit(url[i + 2]) >= 0;
    out += escape ? static_cast<char>(digit(url[i + 1]) * 16 + digit(url[i + 2])) : url[i];
    if (escape) i += 2;
  }
  return out;
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Without what people put between digits to hide them.
std::string tightened(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (std::string_view(" \t\r\n-._/*,:()").find(c) == std::string_view::npos) out += c;
  return out;
}

// Hong Kong: one or two letters, six digits, a check character in brackets. Modulo 11 over the weights 9 to 1; a
// missing first letter counts as 36 (a blank).
bool is_hong_kong_id(std::string_view letters, std::string_view digits, char check) {
  int sum = letters.size() == 2 ? 9 * (letters[0] - 'A' + 10) + 8 * (letters[1] - 'A' + 10)
                                : 9 * 36 + 8 * (letters[0] - 'A' + 10);
  for (std::size_t i = 0; i < 6; ++i) sum += static_cast<int>(7 - i) * (digits[i] - '0');
  sum += check == 'A' ? 10 : check - '0';
  return sum % 11 == 0;
}

bool holds_hong_kong_id(std::string_view text) {
  for (std::size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1)) {
    if (open < 7 || open + 2 >= text.size() || text[open + 2] != ')') continue;
    const char check = text[open + 1];
    if (!is_digit(check) && check != 'A') continue;
    const std::string_view digits = text.substr(open - 6, 6);
    if (!std::ranges::all_of(digits, is_digit)) continue;
    std::size_t begin = open - 6;
    while (begin > 0 && text[begin - 1] >= 'A' && text[begin - 1] <= 'Z') --begin;
    const std::string_view letters = text.substr(begin, open - 6 - begin);
    if ((letters.size() == 1 || letters.size() == 2) && is_hong_kong_id(letters, digits, check)) return true;
  }
  return false;
}

// A letter or two and six to eight digits, not far behind the word.
bool holds_passport(const std::string& text) {
  const std::string low = ascii_lower(text);
  for (const std::string_view word : {"passport", "护照", "護照", "通行证", "通行證"}) {
    for (std::size_t at = low.find(word); at != std::string::npos; at = low.find(word, at + 1)) {
      const std::string behind = tightened(low.substr(at + word.size(), 40));
      for (std::size_t i = 0; i < behind.size(); ++i) {
        if (!is_letter(behind[i])) continue;
        std::size_t digits = i + 1;
        if (digits < behind.size() && is_letter(behind[digits])) ++digits;
        std::size_t end = digits;
        while (end < behind.size() && is_digit(behind[end])) ++end;
        if (end - digits >= 6 && end - digits <= 9) return true;
      }
    }
  }
  return false;
}

// A form that is filled in: a label of personal data, a colon, something behind it.
bool holds_labelled_person(const std::string& text) {
  const std::string low = ascii_lower(text);
  for (const std::string_view label : {"姓名", "身份证号", "身份证号码", "身份证", "證件號碼", "证件号码", "证件号",
                                       "出生日期", "家庭住址", "手机号", "手机号码", "id number", "id card",
                                       "identity card", "national id", "date of birth", "full name", "home address"}) {
    for (std::size_t at = low.find(label); at != std::string::npos; at = low.find(label, at + 1)) {
      std::size_t next = at + label.size();
      while (next < low.size() && low[next] == ' ') ++next;
      if (next >= low.size() || low[next] != ':') continue;
      while (++next < low.size() && low[next] == ' ') {
      }
      if (next < low.size() && low[next] != '\n') return true;
    }
  }
  return false;
}

bool holds_personal_data(const std::string& text) {
  const std::string read = as_read(text);
  return names::holds_resident_id(read) || names::holds_resident_id(tightened(read)) || holds_hong_kong_id(read) ||
         holds_passport(read) || holds_labelled_person(read);
}

// The dot of "Co." ends nothing: a sentence ends at a dot behind another word, before white space.
bool ends_sentence(const std::u32string& all, std::size_t at, const std::string& before) {
  const char32_t c = all[at];
  if (std::u32string_view(U"\n。！？；!?;").find(c) != std::u32string_view::npos) return true;
  if (c != U'.' || (at + 1 < all.size() && all[at + 1] != U' ' && all[at + 1] != U'\n')) return false;
  constexpr std::array<std::string_view, 10> kShort{"co",  "ltd", "inc", "corp", "mr",
                                                    "mrs", "ms",  "no",  "s.a",  "co.,ltd"};
  return std::ranges::find(kShort, ascii_lower(before.substr(before.find_last_of(" \n") + 1))) == kShort.end();
}

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences(1);
  const std::u32string all = names::characters(text);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (ends_sentence(all, i, sentences.back()))
      sentences.emplace_back();
    else
      sentences.back() += names::to_utf8(std::u32string_view(&all[i], 1));
  std::erase_if(sentences, [](const std::string& one) { return one.find_first_not_of(" \t\r") == std::string::npos; });
  return sentences;
}

bool accuses(const std::string& sentence) {
  constexpr std::array kWords{
      "fraud", "scam",    "swindl", "counterfeit", "fake",  "forge", "embezzl", "brib", "steal", "stole", "theft",
      "cheat", "illegal", "crimin", "knock-off",   "pirat", "诈骗",  "詐騙",    "欺诈", "欺詐",  "假冒",  "造假",
      "制假",  "售假",    "假货",   "仿冒",        "伪造",  "偽造",  "行贿",    "受贿", "贿赂",  "侵占",  "贪污",
      "盗窃",  "骗取",    "骗子",   "犯罪",        "违法",  "非法",  "失信",    "卷款", "串通"};
  const std::string low = ascii_lower(sentence);
  return std::ranges::any_of(kWords, [&](const char* word) { return low.find(word) != std::string::npos; });
}

// A form of address beside what looks like a name.
bool names_a_person(const std::string& sentence) {
  for (const std::string_view title : {"Mr. ", "Mr ", "Mrs. ", "Mrs ", "Ms. ", "Ms ", "Miss ", "Herr ", "Frau "}) {
    for (std::size_t at = sentence.find(title); at != std::string::npos; at = sentence.find(title, at + 1)) {
      const std::size_t next = at + title.size();
      const bool word_begins = at == 0 || !is_letter(sentence[at - 1]);
      if (word_begins && next < sentence.size() && sentence[next] >= 'A' && sentence[next] <= 'Z') return true;
    }
  }
  const std::u32string all = names::characters(sentence);
  for (const std::u32string_view title : {U"先生", U"女士", U"小姐", U"太太"}) {
    const std::size_t at = all.find(title);
    if (at == std::u32string::npos || at == 0 || !names::is_han(all[at - 1])) continue;
    // "A gentleman", nobody in particular.
    if (std::u32string_view(U"老位名个個的些").find(all[at - 1]) == std::u32string_view::npos) return true;
  }
  return false;
}

std::vector<std::string> credit_codes_in(const std::string& text) {
  std::vector<std::string> codes;
  std::string run;
  const auto look = [&] {
    for (std::size_t i = 0; i + 18 <= run.size(); ++i)
      if (const auto code = names::parse_identifier(names::IdentifierKind::credit_code, run.substr(i, 18)); code)
        codes.push_back(code->text);
    run.clear();
  };
  for (const char c : as_read(text)) {
    if (is_letter(c) || is_digit(c))
      run += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    else if (c != ' ' && c != '-')
      look();
  }
  look();
  return codes;
}

struct Field {
  std::string name;
  std::string text;
};
std::vector<Field> fields_of(const Content& content) {
  std::vector<Field> fields{{"title", content.title}, {"text", content.text}};
  for (const std::string& word : content.products) fields.push_back({"products", word});
  for (const std::string& word : content.brands) fields.push_back({"brands", word});
  for (const std::string& word : content.mentions) fields.push_back({"mentions", word});
  for (const Link& link : content.links) fields.push_back({"links", decoded(link.url)});
  for (const Accused& accused : content.accused)
    fields.push_back({"accused", accused.name + "\n" + accused.credit_code});
  return fields;
}

// A notice accuses nobody by being one; the other kinds are about somebody's misconduct whatever their words.
bool is_about_misconduct(Kind kind) { return kind != Kind::notice; }

// In one width, case and script; the dot of "Ltd." makes no other company.
std::string key_of(const std::string& name) {
  std::string key = folded(name);
  while (key.ends_with('.')) key.pop_back();
  return key;
}

class Search {
 public:
  Search(Kind kind, const Content& content, CompanyListings& enterprises)
      : kind_(kind), content_(content), enterprises_(enterprises) {
    for (const std::string& name : content.mentions) known_.insert(key_of(name));
  }

  Result<std::vector<Finding>> run() {
    for (const Field& field : fields_of(content_))
      if (holds_personal_data(field.text))
        add(field.name,
            {"It holds personal data: an ID or passport number, or a field of a form about a person.",
             "内容含有个人信息：身份证或护照号码，或人员登记项。"},
            kFileListing);
    TRY(look_at_accused());
    for (const Field& field : fields_of(content_))
      for (const std::string& code : credit_codes_in(field.text)) TRY(look_at_code(field.name, code));
    TRY(look_at_words());
    return std::move(findings_);
  }

 private:
  void add(const std::string& field, const Said& what, const Said& instead) {
    const auto same = [&](const Finding& found) { return found.field == field && found.what.en == what.en; };
    if (std::ranges::none_of(findings_, same)) findings_.push_back({field, what, instead});
  }

  Result<void> look_at_accused() {
    for (const Accused& accused : content_.accused) {
      if (accused.kind == Accused::Kind::person) {
        add("accused", {"It accuses a person. A bulletin never does.", "通报指控了个人。通报任何时候都不得指控个人。"},
            kFileListing);
        continue;
      }
      TRY_ASSIGN(const bool listed, enterprises_.is_listed(accused.name, accused.credit_code));
      if (listed)
        known_.insert(key_of(accused.name));
      else
        add("accused", {"It accuses a company that is not on the alliance's list.", "通报指控的企业不在联盟名单上。"},
            kFileEnterprise);
    }
    return {};
  }

  Result<void> look_at_code(const std::string& field, const std::string& code) {
    TRY_ASSIGN(const bool listed, enterprises_.is_listed({}, code));
    if (!listed)
      add(field,
          {"It holds the credit code of a company that is not on the alliance's list.",
           "内容含有未列入联盟名单企业的统一社会信用代码。"},
          kFileEnterprise);
    return {};
  }

  // Whoever stands in a sentence that accuses, or beside one, is accused; so is whoever the title is about when the
  // bulletin accuses anywhere, or is of a kind that does.
  Result<void> look_at_words() {
    const std::vector<std::string> title = sentences_of(as_read(content_.title));
    const std::vector<std::string> text = sentences_of(as_read(content_.text));
    const bool accusing =
        is_about_misconduct(kind_) || std::ranges::any_of(title, accuses) || std::ranges::any_of(text, accuses);
    for (const std::string& sentence : title) {
      if (accuses(sentence)) look_for_person("title", sentence);
      if (accusing) TRY(look_for_companies("title", sentence));
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (accuses(text[i])) look_for_person("text", text[i]);
      const bool beside = (i > 0 && accuses(text[i - 1])) || (i + 1 < text.size() && accuses(text[i + 1]));
      if (accuses(text[i]) || beside) TRY(look_for_companies("text", text[i]));
    }
    return {};
  }

  void look_for_person(const std::string& field, const std::string& sentence) {
    if (names_a_person(sentence))
      add(field, {"A sentence that accuses names a person.", "含有指控的语句中出现了个人。"}, kFileListing);
  }

  // 据报海明公司: the run of characters before a name may hold more than the name.
  bool is_known(const std::string& spelling) const {
    const std::string key = key_of(spelling);
    return std::ranges::any_of(known_, [&](const std::string& one) {
      return key == one || (!one.empty() && key.ends_with(one)) || one.starts_with(key);
    });
  }

  Result<void> look_for_companies(const std::string& field, const std::string& sentence) {
    for (const CompanyMention& company : companies_in(sentence)) {
      bool fine = std::ranges::any_of(company.spellings, [&](const auto& one) { return is_known(one); });
      for (std::size_t i = 0; !fine && i < company.spellings.size(); ++i) {
        TRY_ASSIGN(fine, enterprises_.is_listed(company.spellings[i], {}));
      }
      if (!fine)
        add(field,
            {"Beside words that accuse it names a company that is neither on the list nor under mentions.",
             "在指控性文字旁出现了既未列入名单、也未填入“提及单位”的企业。"},
            kFileEnterprise);
    }
    return {};
  }

  const Kind kind_;
  const Content& content_;
  CompanyListings& enterprises_;
  std::set<std::string> known_;
  std::vector<Finding> findings_;
};

}  // namespace

Result<std::vector<Finding>> find_hindrances(Kind kind, const Content& content, CompanyListings& enterprises) {
  return Search(kind, content, enterprises).run();
}

Result<void> check_text(Kind kind, const Content& content, CompanyListings& enterprises) {
  TRY_ASSIGN(const auto findings, find_hindrances(kind, content, enterprises));
  if (findings.empty()) return {};
  const Finding& first = findings.front();
  return fail(ErrorCode::invalid_argument,
              first.field + ": " + std::string(first.what.en) + " " + std::string(first.what.zh),
              std::string(first.instead.en) + " " + std::string(first.instead.zh));
}

Result<void> check_note(const std::string& text) {
  if (!holds_personal_data(text)) return {};
  return fail(ErrorCode::invalid_argument,
              "this holds personal data: an ID or passport number, or a field of a form "
              "about a person 内容含有个人信息",
              std::string(kFileListing.en) + " " + std::string(kFileListing.zh));
}

}  // namespace probity::bulletins
