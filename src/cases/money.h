// Money as whole numbers of a currency's smallest unit (ISO 4217): sums are exact, and nothing is rounded.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "commitments/terms.h"

namespace probity::cases {

struct Money {
  std::int64_t minor = 0;
  std::string currency;  // "CNY"
  bool operator==(const Money&) const = default;
};

// 90 billion of the largest common unit; sums of a ledger cannot overflow.
constexpr std::int64_t kMostMinor = 9'000'000'000'000;

// Digits after the decimal point: 2 for most, 0 for JPY and KRW, 3 for KWD …
int minor_digits(const std::string& currency);
bool is_currency_code(const std::string& text);

// "50000.5", "EUR" -> 5000050. Errors: invalid_argument when it is no such amount, has parts of the smallest unit, or
// is over kMostMinor.
Result<Money> parse_money(const std::string& decimal, const std::string& currency);
// 5000050 -> "50000.50"
std::string decimal_of(const Money& money);
// "EUR 50,000.50", in Chinese "50,000.50 EUR" or "… 元人民币"; with a minus sign in front when it is below zero.
std::string money_text(const Money& money, commitments::Locale locale = commitments::Locale::en);

}  // namespace probity::cases
