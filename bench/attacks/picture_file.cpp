#include "attacks/picture_file.h"

#include <png.h>
#include <turbojpeg.h>

#include <cstdlib>
#include <fstream>
#include <memory>

#include "base/check.h"

namespace probity::bench {
namespace {

struct TurboDelete {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Turbo = std::unique_ptr<void, TurboDelete>;

int turbo_subsampling(Chroma chroma) {
  switch (chroma) {
    case Chroma::full_444:
      return TJSAMP_444;
    case Chroma::half_422:
      return TJSAMP_422;
    case Chroma::quarter_420:
      return TJSAMP_420;
    case Chroma::grey:
      return TJSAMP_GRAY;
  }
  return TJSAMP_420;
}

Result<cv::Mat> decode_jpeg(BytesView bytes) {
  const Turbo turbo(tjInitDecompress());
  int width = 0;
  int height = 0;
  int subsampling = 0;
  int colorspace = 0;
  if (tjDecompressHeader3(turbo.get(), bytes.data(), bytes.size(), &width, &height, &subsampling, &colorspace) != 0)
    return fail(ErrorCode::not_a_picture,
                std::string("the JPEG header cannot be read: ") + tjGetErrorStr2(turbo.get()));
  if (colorspace == TJCS_CMYK || colorspace == TJCS_YCCK)
    return fail(ErrorCode::unsupported, "CMYK JPEG files are not supported here", "convert the file to RGB first");
  cv::Mat rgb(height, width, CV_8UC3);
  const int status = tjDecompress2(turbo.get(), bytes.data(), bytes.size(), rgb.data, width, static_cast<int>(rgb.step),
                                   height, TJPF_RGB, TJFLAG_ACCURATEDCT);
  if (status != 0 && tjGetErrorCode(turbo.get()) == TJERR_FATAL)
    return fail(ErrorCode::not_a_picture, std::string("the JPEG cannot be decoded: ") + tjGetErrorStr2(turbo.get()));
  return rgb;
}

Result<cv::Mat> decode_png(BytesView bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
    return fail(ErrorCode::not_a_picture, std::string("the PNG cannot be read: ") + image.message);
  image.format = PNG_FORMAT_RGB;
  cv::Mat rgb(static_cast<int>(image.height), static_cast<int>(image.width), CV_8UC3);
  if (png_image_finish_read(&image, nullptr, rgb.data, static_cast<png_int_32>(rgb.step), nullptr) == 0)
    return fail(ErrorCode::not_a_picture, std::string("the PNG cannot be decoded: ") + image.message);
  return rgb;
}

}  // namespace

Bytes encode_jpeg(const cv::Mat& rgb, const JpegOptions& options) {
  PROBITY_CHECK(rgb.type() == CV_8UC3 && !rgb.empty());
  const Turbo turbo(tjInitCompress());
  unsigned char* data = nullptr;
  unsigned long size = 0;
  const int status = tjCompress2(turbo.get(), rgb.data, rgb.cols, static_cast<int>(rgb.step), rgb.rows, TJPF_RGB, &data,
                                 &size, turbo_subsampling(options.chroma), options.quality, TJFLAG_ACCURATEDCT);
  PROBITY_CHECK(status == 0);
  Bytes bytes(data, data + size);
  tjFree(data);
  return bytes;
}

Result<cv::Mat> decode_rgb(BytesView bytes) {
  if (bytes.size() >= 3 && bytes[0] == 0xff && bytes[1] == 0xd8) return decode_jpeg(bytes);
  if (bytes.size() >= 8 && png_sig_cmp(bytes.data(), 0, 8) == 0) return decode_png(bytes);
  return fail(ErrorCode::not_a_picture, "the file is neither JPEG nor PNG");
}

Result<Bytes> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return fail(ErrorCode::storage, "cannot open " + path.string());
  Bytes bytes(static_cast<std::size_t>(file.tellg()));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) return fail(ErrorCode::storage, "cannot read " + path.string());
  return bytes;
}

Result<cv::Mat> read_rgb(const std::filesystem::path& path) {
  TRY_ASSIGN(const Bytes bytes, read_file(path));
  auto rgb = decode_rgb(bytes);
  if (!rgb) return fail(rgb.error().code, path.string() + ": " + rgb.error().message, rgb.error().hint);
  return rgb;
}

Result<void> write_file(const std::filesystem::path& path, BytesView bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return fail(ErrorCode::storage, "cannot write " + path.string());
  return {};
}

Result<void> write_png(const std::filesystem::path& path, const cv::Mat& rgb) {
  PROBITY_CHECK(rgb.type() == CV_8UC3 && !rgb.empty());
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(rgb.cols);
  image.height = static_cast<png_uint_32>(rgb.rows);
  image.format = PNG_FORMAT_RGB;
  image.flags = PNG_IMAGE_FLAG_FAST;
  const auto row_stride = static_cast<png_int_32>(rgb.step);
  if (png_image_write_to_file(&image, path.c_str(), 0, rgb.data, row_stride, nullptr) == 0)
    return fail(ErrorCode::storage, "cannot write " + path.string() + ": " + image.message);
  return {};
}

}  // namespace probity::bench
