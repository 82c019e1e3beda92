#include "accounts/totp.h"

#include <fmt/format.h>
#include <liboath/oath.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "accounts/token.h"
#include "base/check.h"
#include "base/encoding.h"

namespace probity::accounts {
namespace {

constexpr int kStepSeconds = 30;
constexpr std::size_t kSeedBytes = 20;
constexpr std::size_t kRecoveryCharacters = 24;
constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";

void init_oath() {
  static const int outcome = oath_init();
  PROBITY_CHECK(outcome == OATH_OK);
}

int oath_flag(TotpHash hash) {
  switch (hash) {
    case TotpHash::sha256:
      return OATH_TOTP_HMAC_SHA256;
    case TotpHash::sha512:
      return OATH_TOTP_HMAC_SHA512;
    default:
      return 0;
  }
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain)
      encoded.push_back(c);
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

// The code's characters in their one form, without what people put between them.
std::string recovery_characters(std::string_view code) {
  std::string plain;
  for (char c : code) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') continue;
    plain.push_back(c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c);
  }
  return plain;
}

}  // namespace

std::int64_t totp_step(TimeMs now_ms) { return now_ms / 1000 / kStepSeconds; }

std::string totp_code(BytesView seed, std::int64_t step, int digits, TotpHash hash) {
  init_oath();
  std::array<char, 16> code{};
  const int outcome = oath_totp_generate2(reinterpret_cast<const char*>(seed.data()), seed.size(),
                                          static_cast<std::time_t>(step * kStepSeconds), kStepSeconds, 0,
                                          static_cast<unsigned>(digits), oath_flag(hash), code.data());
  PROBITY_CHECK(outcome == OATH_OK);
  return code.data();
}

std::optional<std::int64_t> matching_step(BytesView seed, std::string_view code, TimeMs now_ms,
                                          std::int64_t used_step) {
  const std::int64_t now_step = totp_step(now_ms);
  std::optional<std::int64_t> found;
  for (std::int64_t step = now_step - 1; step <= now_step + 1; ++step)
    if (equal_in_constant_time(totp_code(seed, step), code) && step > used_step) found = step;
  return found;
}

Bytes new_totp_seed(Random& random) {
  Bytes seed(kSeedBytes);
  random.fill(seed);
  return seed;
}

std::string to_base32(BytesView bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  unsigned bits = 0, pending = 0;
  for (const std::uint8_t byte : bytes) {
    pending = (pending << 8 | byte) & 0xFFFFU;
    for (bits += 8; bits >= 5; bits -= 5) text.push_back(kLetters[(pending >> (bits - 5)) & 31]);
  }
  if (bits > 0) text.push_back(kLetters[(pending << (5 - bits)) & 31]);
  return text;
}

std::string totp_uri(BytesView seed, std::string_view issuer, std::string_view email) {
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period={}",
                     percent_encoded(issuer), percent_encoded(email), to_base32(seed), percent_encoded(issuer),
                     kStepSeconds);
}

std::string seal_seed(const SecretKey& key, const Id& account, BytesView seed, Random& random) {
  constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  Bytes sealed(kNonce + seed.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  random.fill(std::span(sealed).first(kNonce));
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonce, nullptr, seed.data(), seed.size(),
                                             account.bytes.data(), account.bytes.size(), nullptr, sealed.data(),
                                             key.view().data());
  return to_hex(sealed);
}

Result<Bytes> open_seed(const SecretKey& key, const Id& account, std::string_view sealed) {
  constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  TRY_ASSIGN(const Bytes box, from_hex(sealed));
  if (box.size() > kNonce + kTag) {
    Bytes seed(box.size() - kNonce - kTag);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(seed.data(), nullptr, nullptr, box.data() + kNonce,
                                                   box.size() - kNonce, account.bytes.data(), account.bytes.size(),
                                                   box.data(), key.view().data()) == 0)
      return seed;
  }
  return fail(ErrorCode::corrupt, "a second factor in the store cannot be opened with this workspace's key",
              "an administrator can reset the account");
}

std::string new_recovery_code(Random& random) {
  std::array<std::uint8_t, kRecoveryCharacters> bytes{};
  random.fill(bytes);
  std::string code;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % 6 == 0) code.push_back('-');
    code.push_back(kCrockford[bytes[i] % kCrockford.size()]);
  }
  return code;
}

bool looks_like_recovery_code(std::string_view code) { return recovery_characters(code).size() == kRecoveryCharacters; }

Hash recovery_code_hash(const Id& account, std::string_view code) {
  return sha256({as_bytes("probity recovery code\n"), account.view(), as_bytes(recovery_characters(code))});
}

}  // namespace probity::accounts
