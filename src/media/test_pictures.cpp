#include "media/test_pictures.h"

#include <vips/vips.h>

#include <cstddef>
#include <cstdio>
// libjpeg's header needs size_t and FILE before it.
#include <jpeglib.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdlib>
#include <random>

#include "base/check.h"

namespace probity::media {
namespace {

struct Errors {
  jpeg_error_mgr base{};
  std::jmp_buf entry{};
};

void jump_back(j_common_ptr info) { std::longjmp(reinterpret_cast<Errors*>(info->err)->entry, 1); }
void count_only(j_common_ptr info, int level) {
  if (level < 0) ++info->err->num_warnings;
}

VipsImage* vips_copy(const cv::Mat& pixels) {
  const VipsBandFormat format = pixels.depth() == CV_8U ? VIPS_FORMAT_UCHAR : VIPS_FORMAT_USHORT;
  VipsImage* image = vips_image_new_from_memory_copy(pixels.data, pixels.total() * pixels.elemSize(), pixels.cols,
                                                     pixels.rows, pixels.channels(), format);
  const bool grey = pixels.channels() == 1;
  if (pixels.depth() == CV_8U)
    image->Type = grey ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
  else
    image->Type = grey ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_RGB16;
  return image;
}

template <class Operation>
void replace(VipsImage*& image, Operation&& operation) {
  VipsImage* out = nullptr;
  PROBITY_CHECK(operation(image, &out) == 0);
  g_object_unref(image);
  image = out;
}

}  // namespace

cv::Mat made_up_pixels(int width_px, int height_px, int type, unsigned seed) {
  std::mt19937 random(seed);
  const double phase = std::uniform_real_distribution<>(0, 6.28)(random);
  std::normal_distribution<> noise(0, 4);
  cv::Mat pixels(height_px, width_px, type);
  const int channels = pixels.channels();
  const double scale = pixels.depth() == CV_8U ? 1.0 : 257.0;
  for (int y = 0; y < height_px; ++y)
    for (int x = 0; x < width_px; ++x) {
      const double soft = 120 + 90 * std::sin(0.021 * x + 0.013 * y + phase) + 20 * std::cos(0.11 * y - 0.05 * x);
      const double edge = (x / 37 + y / 53) % 3 == 0 ? 35 : 0;
      for (int c = 0; c < channels; ++c) {
        const double value = std::clamp(soft + edge * (c - 1) + 12 * c + noise(random), -20.0, 270.0);
        const double whole = std::clamp(std::round(value * scale), 0.0, 255 * scale);
        if (pixels.depth() == CV_8U)
          pixels.ptr<std::uint8_t>(y)[x * channels + c] = static_cast<std::uint8_t>(whole);
        else
          pixels.ptr<std::uint16_t>(y)[x * channels + c] = static_cast<std::uint16_t>(whole);
      }
    }
  return pixels;
}

Picture made_up_picture(int width_px, int height_px, Subsampling subsampling, unsigned seed) {
  Picture picture;
  picture.pixels = made_up_pixels(width_px, height_px, subsampling == Subsampling::grey ? CV_8UC1 : CV_8UC3, seed);
  picture.subsampling = subsampling;
  return picture;
}

cv::Mat1f made_up_delta(const mark::CellPlan& plan, float strength, unsigned seed) {
  cv::Mat1f delta(plan.height_px, plan.width_px, 0.0F);
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> sign(-1, 1);
  for (int cell = 0; cell < plan.cell_count(); ++cell) {
    const int left = cell % plan.columns * plan.cell_width_px;
    const int top = cell / plan.columns * plan.cell_height_px;
    const float level = strength * sign(random);
    for (int y = 1; y + 1 < plan.cell_height_px; ++y)
      for (int x = 1; x + 1 < plan.cell_width_px; ++x)
        delta(top + y, left + x) = level *
                                   std::sin(3.14159F * static_cast<float>(x) / static_cast<float>(plan.cell_width_px)) *
                                   std::cos(0.7F * static_cast<float>(y));
  }
  return delta;
}

cv::Mat1f signed_by_bits(const cv::Mat1f& delta, const mark::CellPlan& plan, const std::vector<std::uint8_t>& bits) {
  cv::Mat1f mixed = delta.clone();
  for (int y = 0; y < mixed.rows; ++y)
    for (int x = 0; x < mixed.cols; ++x)
      if (const int cell = plan.cell_at(x, y); cell >= 0 && bits[static_cast<std::size_t>(cell)] == 0)
        mixed(y, x) = -mixed(y, x);
  return mixed;
}

Bytes write_picture(const cv::Mat& pixels, const std::string& suffix, const FileOptions& options) {
  PROBITY_CHECK(VIPS_INIT("test") == 0);
  VipsImage* image = vips_copy(pixels);
  if (options.alpha >= 0) {
    double alpha = options.alpha;
    replace(image, [&](VipsImage* in, VipsImage** out) { return vips_bandjoin_const(in, out, &alpha, 1, nullptr); });
  }
  if (options.cmyk)
    replace(image, [](VipsImage* in, VipsImage** out) {
      return vips_icc_transform(in, out, "cmyk", "input_profile", "srgb", nullptr);
    });
  if (options.with_profile) {
    VipsBlob* profile = nullptr;
    PROBITY_CHECK(vips_profile_load("srgb", &profile, nullptr) == 0);
    std::size_t size = 0;
    const void* data = vips_blob_get(profile, &size);
    vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, data, size);
    vips_area_unref(VIPS_AREA(profile));
  }
  if (options.orientation != 0) vips_image_set_int(image, VIPS_META_ORIENTATION, options.orientation);
  void* data = nullptr;
  std::size_t size = 0;
  PROBITY_CHECK(vips_image_write_to_buffer(image, suffix.c_str(), &data, &size, nullptr) == 0);
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  Bytes out(bytes, bytes + size);
  g_free(data);
  g_object_unref(image);
  return out;
}

Result<StrictJpeg> read_strictly(BytesView file) {
  StrictJpeg read;
  jpeg_decompress_struct info{};
  Errors errors;
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = jump_back;
  errors.base.emit_message = count_only;
  if (setjmp(errors.entry) != 0) {
    jpeg_destroy_decompress(&info);
    return fail(ErrorCode::corrupt, "libjpeg refuses the file");
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, file.data(), file.size());
  jpeg_save_markers(&info, JPEG_APP0 + 1, 0xFFFF);
  jpeg_save_markers(&info, JPEG_APP0 + 2, 0xFFFF);
  jpeg_read_header(&info, TRUE);
  info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : JCS_YCbCr;
  info.do_fancy_upsampling = FALSE;
  read.restart_interval = info.restart_interval;
  for (auto* marker = info.marker_list; marker != nullptr; marker = marker->next)
    read.has_exif = read.has_exif || marker->marker == JPEG_APP0 + 1;
  JOCTET* profile = nullptr;
  unsigned profile_bytes = 0;
  if (jpeg_read_icc_profile(&info, &profile, &profile_bytes) != 0) read.profile_bytes = profile_bytes;
  std::free(profile);
  jpeg_start_decompress(&info);
  read.baseline = info.progressive_mode == FALSE && info.arith_code == FALSE;
  read.samples.create(static_cast<int>(info.output_height), static_cast<int>(info.output_width),
                      CV_8UC(info.output_components));
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = read.samples.ptr<std::uint8_t>(static_cast<int>(info.output_scanline));
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  read.warnings = errors.base.num_warnings;
  jpeg_destroy_decompress(&info);
  return read;
}

double mean_square(const cv::Mat& a, const cv::Mat& b) {
  PROBITY_CHECK(a.size() == b.size() && a.type() == b.type());
  const double distance = cv::norm(a, b, cv::NORM_L2);
  return distance * distance / (static_cast<double>(a.total()) * a.channels());
}

}  // namespace probity::media
