// A program of the build: writes the table of usual passwords as C++ source, from the frequency lists of Debian's
// python3-zxcvbn. One list a line there: `    "passwords": "123456,password,…".split(","),`.
#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

// Of the passwords all of any length from here on: what people dress up.
constexpr std::size_t kLeast = 4;
// Of every list all words that are long enough to be a password by themselves.
constexpr std::size_t kLongEnough = 12;

std::vector<std::string> entries_of(const std::string& line) {
  constexpr std::string_view kBefore = ": \"", kBehind = "\".split(";
  const std::size_t from = line.find(kBefore), to = line.rfind(kBehind);
  std::vector<std::string> entries;
  if (from == std::string::npos || to == std::string::npos || to < from + kBefore.size()) return entries;
  std::istringstream list(line.substr(from + kBefore.size(), to - from - kBefore.size()));
  for (std::string entry; std::getline(list, entry, ',');) entries.push_back(std::move(entry));
  return entries;
}

// Leaves out what would end the literal or a line of the table: one entry, with an escape, in the lists of today.
bool is_plain_text(std::string_view entry) {
  return std::ranges::all_of(entry, [](char c) { return c > ' ' && c < 0x7F && c != '\\' && c != '"'; });
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return std::cerr << "generate_usual_passwords <frequency_lists.py> <out.cpp>\n", 2;
  std::ifstream lists(arguments[1]);
  std::set<std::string> table;
  std::size_t most_used = 0, long_enough = 0;
  for (std::string line; std::getline(lists, line);) {
    const bool passwords = line.find("\"passwords\":") != std::string::npos;
    for (const std::string& entry : entries_of(line)) {
      const bool used = passwords && entry.size() >= kLeast;
      if (!is_plain_text(entry) || (!used && entry.size() < kLongEnough)) continue;
      if (!table.insert(lower(entry)).second) continue;
      (entry.size() >= kLongEnough ? long_enough : most_used) += 1;
    }
  }
  // Another layout than the one known here must not pass as a table of nothing.
  if (most_used < 25'000 || long_enough < 3'000)
    return std::cerr << arguments[1] << ": " << most_used << " and " << long_enough
                     << " entries: not the lists meant\n",
           1;
  std::ofstream out(arguments[2]);
  out << "#include \"accounts/usual_passwords.h\"\nnamespace probity::accounts {\nconst std::string_view "
         "kUsualPasswords = "
         "R\"words(\n";
  for (const std::string& entry : table) out << entry << '\n';
  out << ")words\";\n}\n";
  out.close();
  return out ? 0 : 1;
}
