#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "accounts/password.h"
#include "base/random.h"

namespace probity::accounts {
namespace {

Result<std::string> argon2id(const std::string& password, const Argon2Options& options) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), options.passes, options.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(ErrorCode::unavailable, "there is not enough memory to check a password", "try again in a moment");
  return std::string(text.data());
}

}  // namespace

// One of the places in which a hash may run, taken in the constructor and given back in the destructor.
class Argon2Hasher::Turn {
 public:
  explicit Turn(Argon2Hasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (hasher_.running_ >= hasher_.options_.most_at_once) {
      if (hasher_.waiting_ >= hasher_.options_.most_waiting) return;
      ++hasher_.waiting_;
      hasher_.free_.wait(lock, [&] { return hasher_.running_ < hasher_.options_.most_at_once; });
      --hasher_.waiting_;
    }
    ++hasher_.running_;
    taken_ = true;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (!taken_) return;
    const std::lock_guard lock(hasher_.mutex_);
    --hasher_.running_;
    hasher_.free_.notify_one();
  }
  Result<void> taken() const {
    if (taken_) return {};
    return fail(ErrorCode::too_many_requests, "too many people are signing in at this moment", "try again in a moment");
  }

 private:
  Argon2Hasher& hasher_;
  bool taken_ = false;
};

Argon2Hasher::Argon2Hasher(const Argon2Options& options) : options_(options) {
  init_crypto();
  // Well-formed with today's parameters; no password is known that fits.
  stand_in_ = fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", options_.memory_bytes >> 10, options_.passes,
                          std::string(22, 'A'), std::string(43, 'A'));
}

Result<std::string> Argon2Hasher::hash(const std::string& password) {
  const Turn turn(*this);
  TRY(turn.taken());
  return argon2id(password, options_);
}

Result<bool> Argon2Hasher::matches(const std::string& password_hash, const std::string& password) {
  const Turn turn(*this);
  TRY(turn.taken());
  const bool known = password_hash.starts_with("$argon2id$") && password_hash.size() < crypto_pwhash_STRBYTES;
  const std::string& text = known ? password_hash : stand_in_;
  const bool fits = crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
  return known && fits;
}

bool Argon2Hasher::is_outdated(const std::string& password_hash) const {
  return crypto_pwhash_str_needs_rehash(password_hash.c_str(), options_.passes, options_.memory_bytes) != 0;
}

}  // namespace probity::accounts
