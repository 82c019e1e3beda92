#include "commitments/terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "commitments/enum_names.h"
#include "parties/text.h"
#include "projects/zone.h"

namespace probity::commitments {
namespace {

constexpr std::size_t kMostTextBytes = 16'000;  // 4,000 characters of four bytes
constexpr TimeMs kYear2000 = 946'684'800'000, kYear2200 = 7'258'118'400'000;

constexpr std::array<std::string_view, 6> kChannelNames{"own_media", "private_feeds",  "direct_messages",
                                                        "groups",    "friends_family", "colleagues"};
constexpr std::array<std::string_view, 3> kLiableNames{"person", "organisation", "both"};

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "007.5" → "7.50"; nothing when the text is no amount.
std::optional<std::string> tidy_amount(std::string_view text) {
  const std::size_t dot = text.find('.');
  std::string_view whole = text.substr(0, dot);
  std::string cents(dot == std::string_view::npos ? "" : text.substr(dot + 1));
  if (!is_digits(whole) || whole.size() > 12) return std::nullopt;
  if (dot != std::string_view::npos && (!is_digits(cents) || cents.size() > 2)) return std::nullopt;
  while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
  if (cents.size() == 1) cents += '0';
  if (cents == "00") cents.clear();
  if (whole == "0" && cents.empty()) return std::nullopt;  // an agreed amount of nothing is none
  return cents.empty() ? std::string(whole) : fmt::format("{}.{}", whole, cents);
}

Result<void> check_text(std::string_view field, const std::string& text) {
  const bool has_control =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
  if (text.size() > kMostTextBytes || has_control || !parties::is_utf8(text))
    return fail(ErrorCode::invalid_argument,
                fmt::format("{}: plain text of at most 4,000 characters is expected", field));
  return {};
}

Result<void> check_instant(std::string_view field, const std::optional<TimeMs>& time_ms) {
  if (time_ms && (*time_ms < kYear2000 || *time_ms > kYear2200))
    return fail(ErrorCode::invalid_argument,
                fmt::format("{}: a time between the years 2000 and 2200 is expected", field));
  return {};
}

Result<void> tidy_money(Terms& terms) {
  if (terms.amount.empty() && terms.currency.empty()) return {};
  const auto amount = tidy_amount(terms.amount);
  if (!amount)
    return fail(ErrorCode::invalid_argument, "amount: a sum above zero such as 50000 or 50000.50 is expected",
                "leave amount and currency out when none is agreed");
  const bool is_code = terms.currency.size() == 3 && std::all_of(terms.currency.begin(), terms.currency.end(),
                                                                 [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code)
    return fail(ErrorCode::invalid_argument, "currency: three capital letters such as EUR or CNY are expected");
  terms.amount = *amount;
  return {};
}

std::string grouped(std::string_view amount) {
  const std::size_t whole = std::min(amount.find('.'), amount.size());
  std::string text;
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % 3 == 0) text += ',';
    text += amount[i];
  }
  return text.append(amount.substr(whole));
}

}  // namespace

std::string_view locale_name(Locale locale) { return locale == Locale::zh ? "zh" : "en"; }

std::optional<Locale> parse_locale(std::string_view name) {
  if (name == "en") return Locale::en;
  if (name == "zh") return Locale::zh;
  return std::nullopt;
}

std::string_view channel_name(Channel channel) { return kChannelNames.at(static_cast<std::size_t>(channel)); }
std::optional<Channel> parse_channel(std::string_view name) { return parse_name<Channel>(kChannelNames, name); }
std::string_view liable_name(Liable liable) { return kLiableNames.at(static_cast<std::size_t>(liable)); }
std::optional<Liable> parse_liable(std::string_view name) { return parse_name<Liable>(kLiableNames, name); }

bool Terms::covers(Channel channel) const {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

Result<Terms> tidy_terms(Terms terms) {
  std::sort(terms.channels.begin(), terms.channels.end());
  terms.channels.erase(std::unique(terms.channels.begin(), terms.channels.end()), terms.channels.end());
  if (terms.channels.empty())
    return fail(ErrorCode::invalid_argument, "channels: a promise covers at least one of them");
  if (terms.embargo_zone.empty()) terms.embargo_zone = "UTC";
  if (!projects::is_iana_zone(terms.embargo_zone))
    return fail(ErrorCode::invalid_argument, "embargo_zone: an IANA zone such as Europe/Berlin is expected");
  TRY(check_instant("embargo_at", terms.embargo_ms));
  TRY(check_instant("sign_by", terms.sign_by_ms));
  TRY(tidy_money(terms));
  TRY(check_text("breach_text", terms.breach_text));
  TRY(check_text("signing_method", terms.signing_method));
  return terms;
}

std::string amount_text(const std::string& amount, const std::string& currency, Locale locale) {
  PROBITY_CHECK(!amount.empty());
  if (locale == Locale::zh) return grouped(amount) + (currency == "CNY" ? " 元人民币" : " " + currency);
  return currency + " " + grouped(amount);
}

}  // namespace probity::commitments
