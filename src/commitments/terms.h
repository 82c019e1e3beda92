// What is promised, as fields: from these, and from nothing else, the text of a commitment takes its particulars.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace probity::commitments {

enum class Locale { en, zh };
std::string_view locale_name(Locale locale);
std::optional<Locale> parse_locale(std::string_view name);

// Where something can get out. The incidents came from people who thought of the first one only.
enum class Channel { own_media, private_feeds, direct_messages, groups, friends_family, colleagues };
constexpr Channel kChannels[] = {Channel::own_media, Channel::private_feeds,  Channel::direct_messages,
                                 Channel::groups,    Channel::friends_family, Channel::colleagues};
std::string_view channel_name(Channel channel);
std::optional<Channel> parse_channel(std::string_view name);

enum class Liable { person, organisation, both };
std::string_view liable_name(Liable liable);
std::optional<Liable> parse_liable(std::string_view name);

struct Terms {
  std::vector<Channel> channels;  // covered by the promise; each once, in the order above
  std::optional<TimeMs> embargo_ms;
  std::string embargo_zone = "UTC";  // IANA name: in which the instant is also told as local time
  std::string amount;                // decimal, "50000" or "50000.50"; empty when none is agreed
  std::string currency;              // ISO 4217; empty exactly when the amount is
  Liable liable = Liable::person;
  bool sub_suppliers_sign = false;
  std::string breach_text;     // in place of the usual words; may be empty
  std::string signing_method;  // the same
  bool may_invite_colleagues = false;
  std::optional<TimeMs> sign_by_ms;

  bool covers(Channel channel) const;
  bool company_signs() const { return liable != Liable::person; }
  bool operator==(const Terms&) const = default;
};

// The terms with channels put in order and the amount without leading zeros. Errors: invalid_argument naming the field:
// no channel, an unknown zone, an amount of another form or without a currency, texts that are too long or not plain
// text, an embargo or last day outside the years 2000 to 2200.
Result<Terms> tidy_terms(Terms terms);

// "CNY 50,000.50", in Chinese "50,000.50 元人民币" or "50,000.50 USD". `amount` must be tidy and not empty.
std::string amount_text(const std::string& amount, const std::string& currency, Locale locale);

}  // namespace probity::commitments
