#include <png.h>

#include <algorithm>

#include "watermark/parts.h"

namespace probity::watermark {
namespace {

// libpng's simplified interface: no longjmp, the image is freed by it on every path out.
struct Image {
  png_image image{};
  Image() { image.version = PNG_IMAGE_VERSION; }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  ~Image() { png_image_free(&image); }
};

}  // namespace

Result<Bytes> lay_over_png(BytesView copy, const std::string& text) {
  Image in;
  if (png_image_begin_read_from_memory(&in.image, copy.data(), copy.size()) == 0)
    return fail(ErrorCode::corrupt, "the copy is not readable as PNG");
  const bool grey = (in.image.format & PNG_FORMAT_FLAG_COLOR) == 0;
  const bool alpha = (in.image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
  in.image.format = grey ? (alpha ? PNG_FORMAT_GA : PNG_FORMAT_GRAY) : (alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB);
  const int channels = static_cast<int>(PNG_IMAGE_SAMPLE_CHANNELS(in.image.format));
  const int colours = channels - (alpha ? 1 : 0);
  Bytes pixels(PNG_IMAGE_SIZE(in.image));
  if (png_image_finish_read(&in.image, nullptr, pixels.data(), 0, nullptr) == 0)
    return fail(ErrorCode::corrupt, "the copy is not readable as PNG");
  const int width = static_cast<int>(in.image.width), height = static_cast<int>(in.image.height);
  TRY_ASSIGN(const Tile tile, text_tile(text, std::max(width, height)));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::uint8_t* pixel = pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                             static_cast<std::size_t>(x)) *
                                                static_cast<std::size_t>(channels);
      const Tile::Ink ink = tile.at(x, y);
      for (int c = 0; c < colours; ++c) pixel[c] = inked(pixel[c], ink);
    }
  Image out;
  out.image.width = in.image.width;
  out.image.height = in.image.height;
  out.image.format = in.image.format;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(out.image);
  Bytes bytes(size);
  if (png_image_write_to_memory(&out.image, bytes.data(), &size, 0, pixels.data(), 0, nullptr) == 0)
    return fail(ErrorCode::internal, "the watermarked picture could not be written");
  bytes.resize(size);
  return bytes;
}

}  // namespace probity::watermark
