// PNG chunks with their CRCs, and how a CRC changes with the bytes under it.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "media/picture.h"

namespace probity::media {

// Signature, IHDR and the colour profile (iCCP).
Bytes png_start(const Picture& picture);

void put_big_endian_32(Bytes& out, std::uint32_t value);
void put_chunk(Bytes& out, std::string_view type, BytesView data);

// By which bits the CRC-32 of a message changes when `changes` is xored onto it with `after` more bytes behind.
std::uint32_t crc_change(BytesView changes, std::size_t after);

}  // namespace probity::media
