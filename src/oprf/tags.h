// From an identifier to the place on the list where it would stand, and the key that opens what is written there.
//
//   y          = Argon2id( "probity list v1" || kind || normalised identifier, salt of the epoch )     slow on purpose
//   o          = F(k, y)                               asked blinded of t key-holders (threshold.h), 64 bytes
//   tag        = HKDF(o, "probity list tag v1")        16 bytes: where it stands
//   label key  = HKDF(o, "probity label key v1")       32 bytes: opens the sealed label (label.h)
//
// The filer of a listing and whoever screens the same person come to the same tag; nobody else can make it. Identifiers
// are few (about 2^37 resident IDs), so everything rests on each guess needing t holders. Should t shares be stolen,
// each guess still costs the slow hash: with 64 MiB and three passes some 650 core-years for all of them.
#pragma once

#include <array>
#include <string_view>

#include "oprf/threshold.h"

namespace probity::oprf {

inline constexpr std::size_t kTagBytes = 16;
using Tag = std::array<std::uint8_t, kTagBytes>;

// Domains that never meet: the same characters as two kinds have two tags.
enum class IdentifierKind : std::uint8_t { resident_id = 1, passport = 2, credit_code = 3, lei = 4 };

// y. `normalised`: 1 to 64 printable ASCII characters in the one spelling its kind has (names/ makes it; a passport as
// country:number). Takes the memory and the time that the key set says; call it on few threads. Errors:
// invalid_argument; unavailable without that much memory.
Result<SecretKey> slow_hash(const KeySet& keys, IdentifierKind kind, std::string_view normalised);

struct ListKeys {
  Tag tag{};
  SecretKey label_key;
};
ListKeys list_keys(const Output& output);

}  // namespace probity::oprf
