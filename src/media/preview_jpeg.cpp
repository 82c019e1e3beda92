#include "media/preview_jpeg.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "base/check.h"

namespace probity::media {
namespace {

struct JumpingErrors {
  jpeg_error_mgr manager;
  std::jmp_buf jump;
};

void jump_out(j_common_ptr codec) { std::longjmp(reinterpret_cast<JumpingErrors*>(codec->err)->jump, 1); }

struct EncodedBytes {
  unsigned char* data = nullptr;  // of malloc
  unsigned long size = 0;
};

// Nothing here may need a destructor: libjpeg's errors leave by longjmp.
bool encode_into(const cv::Mat& pixels, int quality, EncodedBytes& encoded) {
  jpeg_compress_struct codec;
  JumpingErrors errors;
  codec.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = jump_out;
  if (setjmp(errors.jump) != 0) {
    jpeg_destroy_compress(&codec);
    return false;
  }
  jpeg_create_compress(&codec);
  jpeg_mem_dest(&codec, &encoded.data, &encoded.size);
  codec.image_width = static_cast<JDIMENSION>(pixels.cols);
  codec.image_height = static_cast<JDIMENSION>(pixels.rows);
  codec.input_components = pixels.channels();
  codec.in_color_space = pixels.channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, quality, TRUE);
  codec.optimize_coding = TRUE;
  jpeg_start_compress(&codec, TRUE);
  while (codec.next_scanline < codec.image_height) {
    auto* row = const_cast<JSAMPROW>(pixels.ptr(static_cast<int>(codec.next_scanline)));
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  jpeg_destroy_compress(&codec);
  return true;
}

}  // namespace

Result<Bytes> encode_preview_jpeg(const cv::Mat& pixels, int quality) {
  PROBITY_CHECK(!pixels.empty() && pixels.depth() == CV_8U && (pixels.channels() == 1 || pixels.channels() == 3));
  EncodedBytes encoded;
  const bool done = encode_into(pixels, quality, encoded);
  Bytes bytes;
  if (done) bytes.assign(encoded.data, encoded.data + encoded.size);
  std::free(encoded.data);
  if (!done) return fail(ErrorCode::internal, "a preview could not be encoded as JPEG");
  return bytes;
}

}  // namespace probity::media
