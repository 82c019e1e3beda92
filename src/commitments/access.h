// How a recipient gets in: links, one-time codes and sessions, and the rules of their lives.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/random.h"

namespace probity::commitments {

constexpr TimeMs kMinuteMs = 60'000, kHourMs = 60 * kMinuteMs, kDayMs = 24 * kHourMs;
constexpr TimeMs kLinkLife = 180 * kDayMs;
constexpr TimeMs kCodeLife = 10 * kMinuteMs;
constexpr int kCodeTries = 5;
constexpr TimeMs kSessionLife = 12 * kHourMs;
constexpr TimeMs kResendPause = kMinuteMs;  // between two mailed codes of one link
constexpr int kCodesAnHour = 5;             // mailed for one link

// 32 random bytes, base64url without padding: 43 characters that stand in the URL's fragment and nowhere else.
std::string new_token(Random& random);
// What is kept of a token. Tokens are random, so a plain hash is enough.
Hash token_hash(std::string_view token);

struct Link {
  Id id;
  Hash token{};  // token_hash()
  Id commitment, signatory, party;
  TimeMs created_ms = 0, expires_ms = 0;
  std::optional<TimeMs> ended_ms;  // a fresh one took its place
  bool works(TimeMs now_ms) const { return !ended_ms && now_ms < expires_ms; }
};

struct Code {
  Id id;
  Id link;
  Hash salt{}, hash{};
  bool told = false;  // by staff at the door, not mailed
  TimeMs created_ms = 0;
  int tries = 0;
  std::optional<TimeMs> used_ms;  // or void
  bool works(TimeMs now_ms) const {
    return !used_ms && tries < kCodeTries && now_ms < created_ms + kCodeLife && now_ms >= created_ms - kMinuteMs;
  }
};

// Six digits, each equally likely.
std::string new_code(Random& random);
Hash code_hash(const Hash& salt, std::string_view code);
// Six digits as people type them: spaces and dashes left out, full-width digits too. Nothing when there are not six.
std::optional<std::string> tidy_code(std::string_view typed);

struct Session {
  Id id;
  Hash token{};
  Id party;
  Id link, code;  // that opened it
  TimeMs created_ms = 0;
  std::string address, agent;
  std::optional<TimeMs> ended_ms;
  bool works(TimeMs now_ms) const {
    return !ended_ms && now_ms < created_ms + kSessionLife && now_ms >= created_ms - kHourMs;
  }
};

// Derived from the session's token, so that nothing more need be kept.
std::string csrf_token(std::string_view session_token);
// In constant time.
bool same_text(std::string_view a, std::string_view b);

// "m…@motorweekly.example"
std::string masked_email(const std::string& email);

}  // namespace probity::commitments
