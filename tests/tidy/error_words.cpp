#include "error_words.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string_view>

#include "sentences.h"

namespace fs = std::filesystem;

namespace tidy {
namespace {

constexpr const char* kTable = "src/base/error_words_zh.txt";
// Under this heading stand the words of others: the system's reasons, names that come from a route.
constexpr std::string_view kWordsOfOthers = "# not in the sources";
// The catalogue of codes has its own titles.
constexpr const char* kCatalogue = "src/base/result.cpp";

struct Entry {
  std::string english;
  std::string chinese;
  std::size_t line = 0;
  bool of_others = false;
};

struct Source {
  std::string name;
  std::string folder;
  std::vector<Token> tokens;
};

std::vector<Entry> read_table(const fs::path& file) {
  std::ifstream in(file);
  std::vector<Entry> entries;
  Entry entry;
  bool of_others = false;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("# ")) of_others = line.starts_with(kWordsOfOthers);
    if (line.empty() || line.starts_with('#')) {
      if (!entry.english.empty()) entries.push_back(entry);  // without its Chinese
      entry = {};
    } else if (entry.english.empty()) {
      entry = {line, "", number, of_others};
    } else {
      entry.chinese = line;
      entries.push_back(entry);
      entry = {};
    }
  }
  if (!entry.english.empty()) entries.push_back(entry);
  return entries;
}

std::vector<Source> read_sources(const fs::path& project) {
  std::vector<Source> sources;
  for (const auto& entry : fs::recursive_directory_iterator(project / "src")) {
    const std::string name = fs::relative(entry.path(), project).string();
    const bool is_source = name.ends_with(".cpp") || name.ends_with(".h");
    if (!is_source || name.ends_with("_test.cpp") || name == kCatalogue) continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    sources.push_back({name, name.substr(4, name.find('/', 4) - 4), tokens_of(text.str())});
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.name < b.name; });
  return sources;
}

void add(Makers& to, const Makers& more) {
  for (const auto& [name, places] : more) to[name].insert(places.begin(), places.end());
}

// The makers of each folder, and under "" those that a header offers to other folders.
class FoundMakers {
 public:
  explicit FoundMakers(const std::vector<Source>& sources) {
    // The HTTP problem and a complaint about a field make no Error, and are read by the same people.
    for (const char* folder : {"http", "app"})
      folders_[folder] = {{"problem", {1, 2}}, {"complain", {0}}, {".complain", {1}}};
    for (const Source& source : sources)
      if (source.name.ends_with(".h"))
        for (const Token& token : source.tokens)
          if (token.kind == Token::Kind::name) offered_[source.folder].insert(token.value);
    // A text may go through several hands.
    constexpr int kHands = 3;
    for (int hand = 0; hand < kHands; ++hand)
      for (const Source& source : sources) note(source.folder, error_makers(source.tokens, of(source.folder)));
  }

  Makers of(const std::string& folder) const {
    Makers makers = everywhere_;
    if (const auto own = folders_.find(folder); own != folders_.end()) add(makers, own->second);
    return makers;
  }

 private:
  void note(const std::string& folder, const Makers& found) {
    add(folders_[folder], found);
    for (const auto& [name, places] : found)
      if (offered_[folder].contains(name)) everywhere_[name].insert(places.begin(), places.end());
  }

  std::map<std::string, Makers> folders_;
  Makers everywhere_;
  std::map<std::string, std::set<std::string>> offered_;
};

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

// "{1}" counts as "{}" does.
std::size_t gaps_in_chinese(std::string_view text) {
  std::size_t count = count_of(text, "{}");
  for (char digit = '0'; digit <= '9'; ++digit)
    if (text.find(std::string{'{', digit, '}'}) != std::string_view::npos) ++count;
  return count;
}

std::string longest_part(std::string_view english) {
  std::string longest;
  while (!english.empty()) {
    const std::string_view part = english.substr(0, english.find("{}"));
    if (part.size() > longest.size()) longest = part;
    english.remove_prefix(std::min(part.size() + 2, english.size()));
  }
  return longest;
}

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
}

// An entry that the rule did not see as a sentence may be said by a detour; its words stand in the sources all the
// same.
bool is_said_somewhere(const Entry& entry, const std::set<std::string>& texts) {
  if (entry.of_others || !has_letters(entry.english) || texts.contains(entry.english)) return true;
  if (entry.english.find("{}") == std::string::npos) return false;
  const std::string part = longest_part(entry.english);
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

void check_entries(const std::vector<Entry>& entries, ErrorWordsReport& report) {
  std::set<std::string> seen;
  for (const Entry& entry : entries) {
    const auto complain = [&](const std::string& what) {
      report.failures.push_back(std::string(kTable) + ":" + std::to_string(entry.line) + ": " + what);
    };
    if (entry.chinese.empty()) complain("no Chinese");
    if (!seen.insert(entry.english).second) complain("stands twice: " + entry.english);
    if (count_of(entry.english, "{}") != gaps_in_chinese(entry.chinese)) complain("the two have other gaps");
    if (entry.chinese.find("罚款") != std::string::npos) complain("an agreed amount is never a fine");
  }
}

}  // namespace

ErrorWordsReport check_error_words(const fs::path& project) {
  ErrorWordsReport report;
  const std::vector<Entry> entries = read_table(project / kTable);
  check_entries(entries, report);
  std::set<std::string> known, said, texts;
  for (const Entry& entry : entries) known.insert(entry.english);
  const std::vector<Source> sources = read_sources(project);
  const FoundMakers makers(sources);
  for (const Source& source : sources) {
    for (const std::string& text : texts_of(source.tokens)) texts.insert(text);
    for (const Sentence& sentence : sentences_of(source.tokens, makers.of(source.folder))) {
      const bool is_new = said.insert(sentence.text).second;
      if (!is_new || sentence.is_word || known.contains(sentence.text)) continue;
      const std::string place = source.name + ":" + std::to_string(sentence.line);
      report.failures.push_back(place + ": no Chinese for: " + sentence.text);
      report.missing.push_back("# " + place + "\n" + sentence.text + "\n");
    }
  }
  for (const Entry& entry : entries)
    if (!said.contains(entry.english) && !is_said_somewhere(entry, texts))
      report.failures.push_back(std::string(kTable) + ":" + std::to_string(entry.line) +
                                ": nobody says any more: " + entry.english);
  return report;
}

}  // namespace tidy
