#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>

#include "watermark/parts.h"
#include "watermark/watermark.h"

namespace probity::watermark {
namespace {

constexpr int kQuality = 92;  // as copies are encoded
constexpr unsigned kMarkerBytes = 0xFFFF;

// libjpeg's errors leave by longjmp: everything here that lives across them is plain memory, owned by lay_over_jpeg.
struct JumpingErrors {
  jpeg_error_mgr manager;
  std::jmp_buf jump;
};

void jump_out(j_common_ptr codec) { std::longjmp(reinterpret_cast<JumpingErrors*>(codec->err)->jump, 1); }
void say_nothing(j_common_ptr, int) {}

struct Transcoding {
  jpeg_decompress_struct in{};
  jpeg_compress_struct out{};
  JumpingErrors in_errors{}, out_errors{};
  unsigned char* data = nullptr;
  unsigned long size = 0;

  Transcoding() {
    in.err = jpeg_std_error(&in_errors.manager);
    out.err = jpeg_std_error(&out_errors.manager);
    in_errors.manager.error_exit = out_errors.manager.error_exit = jump_out;
    in_errors.manager.emit_message = out_errors.manager.emit_message = say_nothing;
    jpeg_create_decompress(&in);
    jpeg_create_compress(&out);
  }
  Transcoding(const Transcoding&) = delete;
  Transcoding& operator=(const Transcoding&) = delete;
  ~Transcoding() {
    jpeg_destroy_decompress(&in);
    jpeg_destroy_compress(&out);
    std::free(data);
  }
};

// Components stay as they are stored (luma first), so nothing is converted twice. False when libjpeg gave up.
bool read_head(Transcoding& codec, BytesView copy) {
  if (setjmp(codec.in_errors.jump) != 0) return false;
  jpeg_mem_src(&codec.in, copy.data(), copy.size());
  for (int marker = 0; marker < 16; ++marker) jpeg_save_markers(&codec.in, JPEG_APP0 + marker, kMarkerBytes);
  jpeg_read_header(&codec.in, TRUE);
  codec.in.out_color_space = codec.in.jpeg_color_space;
  return true;
}

void begin_writing(Transcoding& codec) {
  jpeg_mem_dest(&codec.out, &codec.data, &codec.size);
  codec.out.image_width = codec.in.image_width;
  codec.out.image_height = codec.in.image_height;
  codec.out.input_components = codec.in.num_components;
  codec.out.in_color_space = codec.in.jpeg_color_space;
  jpeg_set_defaults(&codec.out);
  jpeg_set_colorspace(&codec.out, codec.in.jpeg_color_space);
  jpeg_set_quality(&codec.out, kQuality, TRUE);
  codec.out.optimize_coding = TRUE;
  codec.out.density_unit = codec.in.density_unit;
  codec.out.X_density = codec.in.X_density;
  codec.out.Y_density = codec.in.Y_density;
  for (int i = 0; i < codec.in.num_components; ++i) {
    codec.out.comp_info[i].h_samp_factor = codec.in.comp_info[i].h_samp_factor;
    codec.out.comp_info[i].v_samp_factor = codec.in.comp_info[i].v_samp_factor;
  }
  jpeg_start_compress(&codec.out, TRUE);
  for (jpeg_saved_marker_ptr marker = codec.in.marker_list; marker != nullptr; marker = marker->next)
    if (marker->marker != JPEG_APP0 && marker->marker != JPEG_APP0 + 14)  // JFIF and Adobe are written by libjpeg
      jpeg_write_marker(&codec.out, marker->marker, marker->data, marker->data_length);
}

bool transcode(Transcoding& codec, const Tile& tile, std::uint8_t* row) {
  if (setjmp(codec.in_errors.jump) != 0 || setjmp(codec.out_errors.jump) != 0) return false;
  jpeg_start_decompress(&codec.in);
  begin_writing(codec);
  const int channels = codec.in.num_components;
  while (codec.in.output_scanline < codec.in.output_height) {
    const int y = static_cast<int>(codec.in.output_scanline);
    jpeg_read_scanlines(&codec.in, &row, 1);
    for (int x = 0; x < static_cast<int>(codec.in.output_width); ++x)
      row[x * channels] = inked(row[x * channels], tile.at(x, y));
    jpeg_write_scanlines(&codec.out, &row, 1);
  }
  jpeg_finish_compress(&codec.out);
  jpeg_finish_decompress(&codec.in);
  return true;
}

}  // namespace

Result<Bytes> lay_over_jpeg(BytesView copy, const std::string& text) {
  Transcoding codec;
  if (!read_head(codec, copy)) return fail(ErrorCode::corrupt, "the copy is not readable as JPEG");
  if (codec.in.jpeg_color_space != JCS_GRAYSCALE && codec.in.jpeg_color_space != JCS_YCbCr)
    return fail(ErrorCode::unsupported, "a watermark can be laid over grey and colour pictures only");
  const int long_side = static_cast<int>(std::max(codec.in.image_width, codec.in.image_height));
  TRY_ASSIGN(const Tile tile, text_tile(text, long_side));
  Bytes row(static_cast<std::size_t>(codec.in.image_width) * static_cast<std::size_t>(codec.in.num_components));
  if (!transcode(codec, tile, row.data())) return fail(ErrorCode::corrupt, "the copy is not readable as JPEG");
  return Bytes(codec.data, codec.data + codec.size);
}

Result<Bytes> lay_over(BytesView copy, const std::string& text) {
  if (copy.size() > 3 && copy[0] == 0xFF && copy[1] == 0xD8) return lay_over_jpeg(copy, text);
  if (copy.size() > 8 && copy[0] == 0x89 && copy[1] == 'P') return lay_over_png(copy, text);
  return fail(ErrorCode::unsupported, "a watermark can be laid over JPEG and PNG copies only");
}

}  // namespace probity::watermark
