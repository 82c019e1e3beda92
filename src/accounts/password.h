// Passwords: which ones are accepted, and hashing them with Argon2id without letting a crowd exhaust the memory.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace probity::accounts {

// 12 to 256 characters of any script; none of the passwords used most and none made of one or two of them, no runs or
// repetitions, and none that is made of `own_words`: mail address, name, organisation. Nothing else: no required kinds
// of characters. Errors: invalid_argument, with what to do.
Result<void> check_password(std::string_view password, std::span<const std::string> own_words);

// A port, so that tests need not spend 64 MiB a password.
class PasswordHasher {
 public:
  virtual ~PasswordHasher() = default;
  // Both take as long as a hash takes. Errors: too_many_requests when too many wait already.
  virtual Result<std::string> hash(const std::string& password) = 0;
  // False as well for a text that is no hash of ours, after the same time.
  virtual Result<bool> matches(const std::string& password_hash, const std::string& password) = 0;
  // The hash was made with weaker parameters than today's.
  virtual bool is_outdated(const std::string& password_hash) const = 0;
};

struct Argon2Options {
  std::uint64_t passes = 3;
  std::size_t memory_bytes = std::size_t{64} << 20;
  int most_at_once = 2;  // each holds memory_bytes
  // More are sent away at once. Whoever waits holds a worker of the server: both together stay below their number (8),
  // so that a crowd at the door does not stop those inside.
  int most_waiting = 4;
};

// Argon2id (RFC 9106) through libsodium. Thread-safe.
class Argon2Hasher final : public PasswordHasher {
 public:
  explicit Argon2Hasher(const Argon2Options& options = {});
  Result<std::string> hash(const std::string& password) override;
  Result<bool> matches(const std::string& password_hash, const std::string& password) override;
  bool is_outdated(const std::string& password_hash) const override;

 private:
  class Turn;
  const Argon2Options options_;
  std::string stand_in_;  // compared with where there is no hash, so that this takes as long
  std::mutex mutex_;
  std::condition_variable free_;
  int running_ = 0, waiting_ = 0;
};

}  // namespace probity::accounts
