// Reading the frame header of any bytes.
#include <cstdlib>

#include "media/jpeg_scan.h"

using namespace probity;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto frame = media::jpeg_frame({data, size});
  if (frame && frame->height_at + 4 > size) std::abort();
  return 0;
}
