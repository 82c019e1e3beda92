#include "accounts/account.h"

#include <algorithm>
#include <array>
#include <utility>

namespace probity::accounts {
namespace {

constexpr std::array<std::pair<AccountState, std::string_view>, 3> kStates{
    {{AccountState::invited, "invited"}, {AccountState::active, "active"}, {AccountState::disabled, "disabled"}}};

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_mail_character(char c) {
  return c > ' ' && c < 0x7F && std::string_view("()<>[]:;,\\\"@").find(c) == std::string_view::npos;
}

// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069: they change what a reader sees, not what stands there.
bool turns_direction(std::string_view three_bytes) {
  static constexpr std::array<std::string_view, 11> kMarks{"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
                                                           "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};
  return std::ranges::find(kMarks, three_bytes) != kMarks.end();
}

}  // namespace

std::string_view account_state_name(AccountState state) {
  return std::ranges::find(kStates, state, &std::pair<AccountState, std::string_view>::first)->second;
}

std::optional<AccountState> parse_account_state(std::string_view name) {
  for (const auto& [state, text] : kStates)
    if (text == name) return state;
  return std::nullopt;
}

Result<std::string> tidy_email(std::string_view email) {
  std::string tidy(trimmed(email));
  for (char& c : tidy)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const std::string_view all = tidy;
  const std::size_t at = all.find('@');
  const std::string_view local = all.substr(0, at), domain = at == std::string_view::npos ? "" : all.substr(at + 1);
  const bool fits = !local.empty() && local.size() <= 64 && !domain.empty() && all.size() <= 254 &&
                    std::ranges::all_of(local, is_mail_character) && std::ranges::all_of(domain, is_mail_character) &&
                    !domain.starts_with('.') && !domain.ends_with('.');
  if (!fits) return fail(ErrorCode::invalid_argument, "that is not an e-mail address");
  return tidy;
}

Result<std::string> tidy_name(std::string_view what, std::string_view name) {
  constexpr std::ptrdiff_t kMostCharacters = 200;
  const std::string tidy(trimmed(name));
  const auto refuse = [&](const char* why) {
    return fail(ErrorCode::invalid_argument, std::string(what).append(" ").append(why));
  };
  if (tidy.empty()) return refuse("must not be empty");
  if (std::ranges::count_if(tidy, [](char c) { return (c & 0xC0) != 0x80; }) > kMostCharacters)
    return refuse("must have at most 200 characters");
  for (std::size_t i = 0; i < tidy.size(); ++i) {
    const auto byte = static_cast<unsigned char>(tidy[i]);
    const bool c1 = byte == 0xC2 && i + 1 < tidy.size() && static_cast<unsigned char>(tidy[i + 1]) < 0xA0;
    if (byte < 0x20 || byte == 0x7F || c1 || turns_direction(std::string_view(tidy).substr(i, 3)))
      return refuse("must not hold invisible control characters");
  }
  return tidy;
}

Result<std::string> checked_locale(std::string_view locale) {
  if (locale != "en" && locale != "zh") return fail(ErrorCode::invalid_argument, "the language must be en or zh");
  return std::string(locale);
}

}  // namespace probity::accounts
