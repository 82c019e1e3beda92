// Small PDFs, certificates and forged seals, for tests.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "seal/key.h"
#include "seal/sealer.h"

namespace probity::seal {

inline constexpr TimeMs kNow = 1'795'000'000'000;  // 2026-11-18T11:06:40Z
inline constexpr TimeMs kDay = 86'400'000;

// A PDF of one page with a line of text, in Cairo's form. `catalogue` and `page` are added to those dictionaries.
Bytes small_pdf(std::string_view catalogue = {}, std::string_view page = {});

// A new node key: "Lumen Motors".
SealKey node_key();
Sealer node_sealer();
Bytes sealed_pdf(const Sealer& sealer);

// A key and its certificate as PEM. Without an issuer it signs itself.
struct Identity {
  std::string key_pem;
  std::string certificate_pem;
};
enum class KeyKind { p256, p384, p521, rsa2048, rsa1024, ed25519 };
struct Wanted {
  std::string name = "Somebody";
  KeyKind kind = KeyKind::p256;
  TimeMs from_ms = kNow - kDay;
  TimeMs to_ms = kNow + 365 * kDay;
  std::string key_usage = "critical,digitalSignature,nonRepudiation";
  std::string extended_key_usage{};
  bool authority = false;
};
Identity make_identity(const Wanted& wanted, const Identity* issuer = nullptr);

// What the sealer would make, but with the update changed before it is signed, and the signature changed after: the
// forger holds a key, and does everything else wrong. `change` must not alter the length.
struct Forgery {
  std::function<void(std::string& pdf)> change{};
  std::function<void(Bytes& signature_der)> after{};
  TimeMs time_ms = kNow;
};
Bytes forge(const Identity& forger, const Forgery& forgery);

// Replaces the last occurrence; both of one length.
void swap_text(std::string& text, std::string_view from, std::string_view to);

}  // namespace probity::seal
