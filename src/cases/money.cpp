#include "cases/money.h"

#include <algorithm>
#include <string_view>

namespace probity::cases {
namespace {

// ISO 4217 table A.1 (2024): all but these have two digits.
constexpr std::string_view kNone[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                      "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view kThree[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

int minor_digits(const std::string& currency) {
  if (std::ranges::find(kNone, currency) != std::end(kNone)) return 0;
  if (std::ranges::find(kThree, currency) != std::end(kThree)) return 3;
  return 2;
}

bool is_currency_code(const std::string& text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<Money> parse_money(const std::string& decimal, const std::string& currency) {
  const auto refuse = [] {
    return fail(ErrorCode::invalid_argument,
                "an amount such as 50000 or 50000.50 with a currency such as EUR is expected");
  };
  if (!is_currency_code(currency)) return refuse();
  const std::size_t point = std::min(decimal.find('.'), decimal.size());
  std::string whole = decimal.substr(0, point);
  std::string part = point < decimal.size() ? decimal.substr(point + 1) : std::string();
  if (whole.empty() || whole.size() > 15 || !std::ranges::all_of(whole, is_digit) ||
      !std::ranges::all_of(part, is_digit) || (point < decimal.size() && part.empty()))
    return refuse();
  const auto digits = static_cast<std::size_t>(minor_digits(currency));
  while (part.size() > digits && part.back() == '0') part.pop_back();
  if (part.size() > digits)
    return fail(ErrorCode::invalid_argument, decimal + " " + currency + " is finer than the currency's smallest unit");
  part.append(digits - part.size(), '0');
  std::int64_t minor = 0;
  for (const char c : whole + part) {
    minor = minor * 10 + (c - '0');
    if (minor > kMostMinor) return fail(ErrorCode::invalid_argument, "the amount is too large");
  }
  return Money{minor, currency};
}

std::string decimal_of(const Money& money) {
  const auto digits = static_cast<std::size_t>(minor_digits(money.currency));
  std::string text = std::to_string(money.minor < 0 ? -money.minor : money.minor);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  if (digits > 0) text.insert(text.size() - digits, ".");
  return money.minor < 0 ? "-" + text : text;
}

std::string money_text(const Money& money, commitments::Locale locale) {
  if (money.minor < 0) return "-" + money_text({-money.minor, money.currency}, locale);
  return commitments::amount_text(decimal_of(money), money.currency, locale);
}

}  // namespace probity::cases
