#include "support/jpeg_luma.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>

#include <jpeglib.h>

#include "base/check.h"

namespace probity::support {
namespace {

struct JumpingErrors {
  jpeg_error_mgr manager;
  std::jmp_buf jump;
};

void jump_out(j_common_ptr codec) { std::longjmp(reinterpret_cast<JumpingErrors*>(codec->err)->jump, 1); }

// Nothing here may need a destructor: libjpeg's errors leave by longjmp.
bool decode_into(BytesView bytes, int min_long_side_px, cv::Mat1b& luma) {
  jpeg_decompress_struct codec;
  JumpingErrors errors;
  codec.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = jump_out;
  if (setjmp(errors.jump) != 0) {
    jpeg_destroy_decompress(&codec);
    return false;
  }
  jpeg_create_decompress(&codec);
  jpeg_mem_src(&codec, bytes.data(), bytes.size());
  jpeg_read_header(&codec, TRUE);
  codec.out_color_space = JCS_GRAYSCALE;
  const auto long_side = static_cast<int>(std::max(codec.image_width, codec.image_height));
  while (min_long_side_px > 0 && codec.scale_denom < 8 &&
         long_side / static_cast<int>(codec.scale_denom * 2) >= min_long_side_px)
    codec.scale_denom *= 2;
  jpeg_start_decompress(&codec);
  luma.create(static_cast<int>(codec.output_height), static_cast<int>(codec.output_width));
  while (codec.output_scanline < codec.output_height) {
    JSAMPROW row = luma.ptr(static_cast<int>(codec.output_scanline));
    jpeg_read_scanlines(&codec, &row, 1);
  }
  jpeg_finish_decompress(&codec);
  jpeg_destroy_decompress(&codec);
  return true;
}

}  // namespace

Result<cv::Mat1b> decode_jpeg_luma(BytesView bytes, int min_long_side_px) {
  cv::Mat1b luma;
  if (!decode_into(bytes, min_long_side_px, luma)) return fail(ErrorCode::not_a_picture, "not a JPEG picture");
  return luma;
}

Result<cv::Mat1b> read_jpeg_luma(const std::string& path, int min_long_side_px) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::not_found, "cannot open " + path);
  const Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return decode_jpeg_luma(bytes, min_long_side_px);
}

Bytes encode_jpeg_luma(const cv::Mat1b& luma, int quality) {
  jpeg_compress_struct codec;
  jpeg_error_mgr errors;
  codec.err = jpeg_std_error(&errors);
  jpeg_create_compress(&codec);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&codec, &buffer, &size);
  codec.image_width = static_cast<JDIMENSION>(luma.cols);
  codec.image_height = static_cast<JDIMENSION>(luma.rows);
  codec.input_components = 1;
  codec.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, quality, TRUE);
  jpeg_start_compress(&codec, TRUE);
  while (codec.next_scanline < codec.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(luma.ptr(static_cast<int>(codec.next_scanline)));
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  Bytes out(buffer, buffer + size);
  jpeg_destroy_compress(&codec);
  std::free(buffer);
  return out;
}

cv::Mat1b through_jpeg(const cv::Mat1b& luma, int quality) {
  auto decoded = decode_jpeg_luma(encode_jpeg_luma(luma, quality));
  PROBITY_CHECK(decoded.has_value());
  return *decoded;
}

cv::Mat1b at_long_side(const cv::Mat1b& luma, int long_side_px) {
  const double factor = static_cast<double>(long_side_px) / std::max(luma.cols, luma.rows);
  cv::Mat1b out;
  const cv::Size size(std::max(1, cvRound(luma.cols * factor)), std::max(1, cvRound(luma.rows * factor)));
  cv::resize(luma, out, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return out;
}

}  // namespace probity::support
