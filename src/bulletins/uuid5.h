// UUIDs of version 5 (RFC 9562): the same name gives the same id, so that an export of today and one of tomorrow speak
// of the same objects.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace probity::bulletins {

using Uuid = std::array<std::uint8_t, 16>;
Uuid uuid5(const Uuid& space, std::string_view name);
std::string uuid_text(const Uuid& uuid);  // "6ba7b811-9dad-11d1-80b4-00c04fd430c8"

inline constexpr Uuid kUrlSpace{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};

}  // namespace probity::bulletins
