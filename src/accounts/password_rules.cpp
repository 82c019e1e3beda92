// Which passwords are refused. Lists of the passwords used most hold few of twelve and more characters (229 in 30,000),
// but those who must use twelve make them of the shorter ones, in few ways: a usual word dressed up with digits and
// signs, two of them joined, one short piece repeated, a walk over the keyboard, a count. So the list
// (usual_passwords.h) is looked for inside a password too, and what is left of it when that is taken out has to be long
// enough.
#include <algorithm>
#include <array>
#include <vector>

#include "base/encoding.h"

#include "accounts/password.h"
#include "accounts/usual_passwords.h"

namespace probity::accounts {
namespace {

constexpr std::size_t kLeastCharacters = 12, kMostCharacters = 256;
// Own words shorter than this stand in too many good passwords by chance.
constexpr std::size_t kLeastOwnWord = 4;
// What has to be left of a password when every usual word, own word and walk is taken out, and one entry of the list.
constexpr std::size_t kLeastRest = 6;
// And when a second entry is: more than digits and a sign. Three words that do not belong together are a good password.
constexpr std::size_t kLeastRestOfTwo = 3;

constexpr std::array<std::string_view, 76> kUsualWords{
    "password",  "passwort", "passphrase",   "passw",        "qwerty",    "azerty",   "qwertz",   "iloveyou",
    "welcome",   "letmein",  "admin",        "login",        "default",   "secret",   "changeme", "change",
    "temporary", "monkey",   "dragon",       "football",     "baseball",  "master",   "sunshine", "princess",
    "superman",  "batman",   "trustno",      "shadow",       "michael",   "jennifer", "charlie",  "jordan",
    "thomas",    "hunter",   "ashley",       "whatever",     "computer",  "internet", "starwars", "pokemon",
    "liverpool", "chelsea",  "arsenal",      "barcelona",    "america",   "summer",   "winter",   "spring",
    "autumn",    "january",  "february",     "august",       "september", "october",  "november", "december",
    "monday",    "friday",   "company",      "office",       "user",      "guest",    "root",     "test",
    "demo",      "probity",  "woaini",       "mima",         "beijing",   "shanghai", "china",    "zhongguo",
    "iloveu",    "blink182", "correcthorse", "batterystaple"};

// Rows of keyboards and counts; any four neighbours of one, forwards or backwards, are a walk.
constexpr std::array<std::string_view, 11> kRows{"01234567890",
                                                 "abcdefghijklmnopqrstuvwxyz",
                                                 "qwertyuiop",
                                                 "asdfghjkl",
                                                 "zxcvbnm",
                                                 "qwertzuiop",
                                                 "azertyuiop",
                                                 "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
                                                 "!@#$%^&*()_+",
                                                 "1q2w3e4r5t6y7u8i9o0p",
                                                 "qazwsxedcrfvtgbyhnujmikolp"};
constexpr std::size_t kWalk = 4;

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

// Lower case, with the letters that digits and signs stand for: "P@ssw0rd" becomes "password".
std::string plain(std::string_view text) {
  constexpr std::string_view kSigns = "@4831!05$7", kLetters = "aabeiiosst";
  std::string result;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const std::size_t sign = kSigns.find(c);
    result.push_back(sign == std::string_view::npos ? c : kLetters[sign]);
  }
  return result;
}

bool repeats_a_short_piece(std::string_view text) {
  for (std::size_t piece = 1; piece <= 6 && piece * 2 <= text.size(); ++piece) {
    bool same = true;
    for (std::size_t i = piece; i < text.size() && same; ++i) same = text[i] == text[i - piece];
    if (same) return true;
  }
  return false;
}

bool is_walk(std::string_view four) {
  const std::string backwards(four.rbegin(), four.rend());
  return std::ranges::any_of(kRows, [&](std::string_view row) {
    return row.find(four) != std::string_view::npos || row.find(backwards) != std::string_view::npos;
  });
}

// Marks what a guesser tries first, and counts the characters that are not marked: a run of one character once, a
// digit half (there are few, and most are years and birthdays).
class Remainder {
 public:
  explicit Remainder(std::string_view password)
      : plain_(plain(password)), lower_(ascii_lower(password)), usual_(password.size(), false) {}

  void take_out(std::string_view word) {
    if (word.empty()) return;
    for (const std::string* text : {&plain_, &lower_})
      for (std::size_t at = text->find(word); at != std::string::npos; at = text->find(word, at + 1))
        std::fill_n(usual_.begin() + static_cast<std::ptrdiff_t>(at), word.size(), true);
  }
  void take_out_walks() {
    for (std::size_t i = 0; i + kWalk <= lower_.size(); ++i)
      if (is_walk(std::string_view(lower_).substr(i, kWalk)))
        std::fill_n(usual_.begin() + static_cast<std::ptrdiff_t>(i), kWalk, true);
  }
  // Takes out the entry of the list that covers most of what is left, wherever it stands. False where none covers any.
  bool take_out_usual_password() {
    std::string_view best;
    std::ptrdiff_t most = 0;
    for (const std::string* text : {&plain_, &lower_})
      for (std::size_t at = 0; at < text->size(); ++at) {
        const std::size_t length = usual_password_at(*text, at);
        const auto from = usual_.begin() + static_cast<std::ptrdiff_t>(at);
        const std::ptrdiff_t covers = std::count(from, from + static_cast<std::ptrdiff_t>(length), false);
        if (covers <= most) continue;
        most = covers;
        best = std::string_view(*text).substr(at, length);
      }
    take_out(best);
    return most > 0;
  }
  std::size_t count() const {
    std::size_t halves = 0;
    for (std::size_t i = 0; i < lower_.size(); ++i) {
      const char c = lower_[i];
      if (usual_[i] || c == ' ' || (i > 0 && c == lower_[i - 1])) continue;
      halves += c >= '0' && c <= '9' ? 1 : 2;
    }
    return halves / 2;
  }

 private:
  std::string plain_, lower_;
  std::vector<bool> usual_;
};

std::vector<std::string> pieces_of(std::string_view own_word) {
  std::vector<std::string> pieces;
  std::string piece;
  const std::string text = ascii_lower(own_word) + " ";
  for (const char c : text) {
    const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (part) {
      piece.push_back(c);
    } else {
      if (characters(piece) >= kLeastOwnWord) pieces.push_back(piece);
      piece.clear();
    }
  }
  return pieces;
}

}  // namespace

Result<void> check_password(std::string_view password, std::span<const std::string> own_words) {
  const std::size_t length = characters(password);
  if (length < kLeastCharacters)
    return fail(ErrorCode::invalid_argument, "the password must have at least 12 characters",
                "a few words that do not belong together are easy to keep in mind");
  if (length > kMostCharacters)
    return fail(ErrorCode::invalid_argument, "the password must have at most 256 characters");
  const auto usual = [] {
    return fail(ErrorCode::invalid_argument, "that password is one of those most used, or made of them",
                "take three or four words that do not belong together");
  };
  const auto guessable = [] {
    return fail(ErrorCode::invalid_argument, "that password is too easy to guess",
                "take three or four words that do not belong together: no names, counts or rows of the keyboard");
  };
  if (is_usual_password(ascii_lower(password))) return usual();
  if (repeats_a_short_piece(ascii_lower(password))) return guessable();
  Remainder rest(password);
  for (const std::string_view word : kUsualWords) rest.take_out(word);
  rest.take_out_walks();
  for (const std::string& word : own_words)
    for (const std::string& piece : pieces_of(word)) rest.take_out(piece);
  if (rest.count() < kLeastRest) return guessable();
  if (rest.take_out_usual_password() && rest.count() < kLeastRest) return usual();
  if (rest.take_out_usual_password() && rest.count() < kLeastRestOfTwo) return usual();
  return {};
}

}  // namespace probity::accounts
