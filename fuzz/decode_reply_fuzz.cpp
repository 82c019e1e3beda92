// What a decode child that has been taken over could answer: the parent must refuse it or take a picture within limits.
#include <algorithm>
#include <cstdlib>

#include "media/decode_protocol.h"

using namespace probity;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView left(data, size);
  const auto read = [&](std::span<std::uint8_t> out) -> Result<void> {
    if (out.size() > left.size()) return fail(ErrorCode::not_a_picture, "the answer ends early");
    std::copy_n(left.begin(), out.size(), out.begin());
    left = left.subspan(out.size());
    return {};
  };
  const media::DecodeLimits limits{.pixels = 1'000'000, .side_px = 5'000};
  const auto picture = media::receive_picture(read, limits);
  if (picture && picture->pixels.total() > limits.pixels) std::abort();
  return 0;
}
