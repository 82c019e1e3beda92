#include <fmt/format.h>
#include <gmodule.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <vips/vips.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "media/decode_protocol.h"
#include "media/jpeg_scan.h"
#include "media/sandbox.h"

namespace probity::media {
namespace {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

constexpr int kStripBytes = 1 << 20;
constexpr std::size_t kRecognisedBytes = 16;  // of a file's start tell its kind

bool read_all(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t got = ::read(STDIN_FILENO, out.data(), out.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

// A parent that no longer listens has given up: nothing is left to do.
void write_all(BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) ::_exit(1);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void write_frame(FrameType type, BytesView payload) {
  write_all(encode_frame_head(type, payload.size()));
  write_all(payload);
}

// The first line that libvips has to say, for people who know what "VipsJpeg: premature end" means.
std::string vips_reason() {
  std::string text = vips_error_buffer();
  text = text.substr(0, std::min<std::size_t>(text.find('\n'), 160));
  return text.empty() ? "no reason given" : text;
}

tl::unexpected<Error> damaged() {
  std::string reason = vips_reason();
  std::ranges::transform(reason, reason.begin(), [](unsigned char letter) { return std::tolower(letter); });
  if (reason.find("memory") != std::string::npos)
    return fail(ErrorCode::too_large, "decoding the picture needs more memory than allowed", "scale it down");
  return fail(ErrorCode::not_a_picture, "the picture is damaged or cut off (" + vips_reason() + ")",
              "get the file again from its source, or export it anew");
}

using LoadFromBuffer = int (*)(void*, std::size_t, VipsImage**, ...);
struct Loader {
  FileFormat format;
  LoadFromBuffer load;
};

constexpr bool has_brand(std::string_view start, std::string_view brand) {
  return start.size() >= 12 && start.substr(4, 4) == "ftyp" && start.substr(8, 4) == brand;
}

// Known by their first bytes, here and not by libvips, which would ask every loader it has.
Result<Loader> recognise(BytesView file) {
  const std::string_view start = as_text(file.first(std::min(file.size(), kRecognisedBytes)));
  if (start.starts_with("\xFF\xD8\xFF")) return Loader{FileFormat::jpeg, vips_jpegload_buffer};
  if (start.starts_with("\x89PNG\r\n\x1A\n")) return Loader{FileFormat::png, vips_pngload_buffer};
  if (start.starts_with("II*") || start.starts_with("MM") || start.starts_with("II+"))
    return Loader{FileFormat::tiff, vips_tiffload_buffer};
  if (start.starts_with("RIFF") && start.substr(8).starts_with("WEBP"))
    return Loader{FileFormat::webp, vips_webpload_buffer};
  if (start.starts_with("GIF8")) return Loader{FileFormat::gif, vips_gifload_buffer};
  for (const char* brand : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"})
    if (has_brand(start, brand)) return Loader{FileFormat::heif, vips_heifload_buffer};
  return fail(ErrorCode::not_a_picture, "the file is not a picture of a known kind",
              "known are JPEG, PNG, TIFF, WebP, HEIC, AVIF and GIF");
}

Result<void> check_size(VipsImage* image, const DecodeLimits& limits) {
  const auto width = static_cast<std::uint64_t>(image->Xsize);
  const auto height = static_cast<std::uint64_t>(image->Ysize);
  if (std::max(width, height) > limits.side_px)
    return fail(ErrorCode::too_large,
                fmt::format("the picture is {} x {} px, more than {} px on a side", width, height, limits.side_px),
                "scale it down");
  if (width * height > limits.pixels)
    return fail(
        ErrorCode::too_large,
        fmt::format("the picture is {} x {} px, more than {} million pixels", width, height, limits.pixels / 1'000'000),
        "scale it down");
  return {};
}

Image load(const Loader& loader, BytesView file, VipsAccess access) {
  VipsImage* image = nullptr;
  const int failed = loader.load(const_cast<std::uint8_t*>(file.data()), file.size(), &image, "access", access,
                                 "fail_on", VIPS_FAIL_ON_ERROR, nullptr);
  return Image(failed == 0 ? image : nullptr);
}

// One step of the pipeline: `operation(&out)` returns libvips' 0 or -1.
template <class Operation>
Result<void> step(Image& image, Operation&& operation) {
  VipsImage* out = nullptr;
  if (operation(image.get(), &out) != 0) return damaged();
  image.reset(out);
  return {};
}

bool is_rgb_or_grey(VipsInterpretation interpretation) {
  switch (interpretation) {
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB:
    case VIPS_INTERPRETATION_RGB16:
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
      return true;
    default:
      return false;
  }
}

Result<void> to_rgb_or_grey(Image& image, Picture& about) {
  if (vips_image_get_interpretation(image.get()) == VIPS_INTERPRETATION_CMYK) {
    about.had_cmyk = true;
    TRY(step(image, [](VipsImage* in, VipsImage** out) {
      return vips_icc_transform(in, out, "srgb", "embedded", TRUE, "input_profile", "cmyk", nullptr);
    }));
    vips_image_remove(image.get(), VIPS_META_ICC_NAME);
  } else if (!is_rgb_or_grey(vips_image_get_interpretation(image.get())) ||
             (image->BandFmt != VIPS_FORMAT_UCHAR && image->BandFmt != VIPS_FORMAT_USHORT)) {
    TRY(step(image, [](VipsImage* in, VipsImage** out) {
      return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, nullptr);
    }));
  }
  return {};
}

Result<void> flatten_on_white(Image& image, Picture& about) {
  if (vips_image_hasalpha(image.get()) == 0) return {};
  about.had_alpha = true;
  const double white = image->BandFmt == VIPS_FORMAT_USHORT ? 65535.0 : 255.0;
  return step(image, [white](VipsImage* in, VipsImage** out) {
    VipsArrayDouble* background = vips_array_double_newv(1, white);
    const int failed = vips_flatten(in, out, "background", background, "max_alpha", white, nullptr);
    vips_area_unref(VIPS_AREA(background));
    return failed;
  });
}

// To 1 or 3 bands of 8 bits, or of 16 when the copy will be lossless.
Result<void> settle_samples(Image& image, const Picture& about) {
  if (image->Bands == 2 || image->Bands > 3) {
    const int bands = image->Bands == 2 ? 1 : 3;
    TRY(step(image,
             [bands](VipsImage* in, VipsImage** out) { return vips_extract_band(in, out, 0, "n", bands, nullptr); }));
  }
  if (image->BandFmt == VIPS_FORMAT_USHORT && !about.lossless())
    return step(image, [](VipsImage* in, VipsImage** out) {
      return vips_cast(in, out, VIPS_FORMAT_UCHAR, "shift", TRUE, nullptr);
    });
  if (image->BandFmt != VIPS_FORMAT_UCHAR && image->BandFmt != VIPS_FORMAT_USHORT)
    return step(image, [](VipsImage* in, VipsImage** out) { return vips_cast(in, out, VIPS_FORMAT_UCHAR, nullptr); });
  return {};
}

// Opens the file and sets up the pipeline; pixels are computed while they are sent.
Result<Image> open_pipeline(BytesView file, const DecodeLimits& limits, Picture& about) {
  TRY_ASSIGN(const Loader loader, recognise(file));
  about.format = loader.format;
  Image image = load(loader, file, VIPS_ACCESS_SEQUENTIAL);
  if (!image) return damaged();
  TRY(check_size(image.get(), limits));
  about.orientation = std::clamp(vips_image_get_orientation(image.get()), 1, 8);
  if (about.orientation != 1) {
    image = load(loader, file, VIPS_ACCESS_RANDOM);
    if (!image) return damaged();
    TRY(step(image, [](VipsImage* in, VipsImage** out) { return vips_autorot(in, out, nullptr); }));
  }
  TRY(to_rgb_or_grey(image, about));
  TRY(flatten_on_white(image, about));
  TRY(settle_samples(image, about));
  if (about.format == FileFormat::jpeg)
    if (const auto frame = jpeg_frame(file)) about.subsampling = frame->subsampling;
  if (image->Bands == 1) about.subsampling = Subsampling::grey;
  return image;
}

void take_profile(VipsImage* image, Picture& about) {
  const void* profile = nullptr;
  std::size_t size = 0;
  if (vips_image_get_typeof(image, VIPS_META_ICC_NAME) == 0 ||
      vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &size) != 0 || size > kMostProfileBytes)
    return;
  const auto* bytes = static_cast<const std::uint8_t*>(profile);
  about.icc.assign(bytes, bytes + size);
}

Result<void> send_pixels(VipsImage* image) {
  const auto row_bytes = static_cast<std::size_t>(VIPS_IMAGE_SIZEOF_LINE(image));
  const int strip_rows = std::max(1, static_cast<int>(kStripBytes / row_bytes));
  const std::unique_ptr<VipsRegion, decltype(&g_object_unref)> region(vips_region_new(image), g_object_unref);
  Bytes strip;
  for (int top = 0; top < image->Ysize; top += strip_rows) {
    const VipsRect rect{0, top, image->Xsize, std::min(strip_rows, image->Ysize - top)};
    if (vips_region_prepare(region.get(), &rect) != 0) return damaged();
    const std::size_t strip_bytes = row_bytes * static_cast<std::size_t>(rect.height);
    if (VIPS_REGION_LSKIP(region.get()) == row_bytes) {  // rows without gaps go as they are
      write_frame(FrameType::pixels, {VIPS_REGION_ADDR(region.get(), 0, top), strip_bytes});
      continue;
    }
    strip.resize(strip_bytes);
    for (int row = 0; row < rect.height; ++row)
      std::copy_n(VIPS_REGION_ADDR(region.get(), 0, top + row), row_bytes,
                  strip.data() + row_bytes * static_cast<std::size_t>(row));
    write_frame(FrameType::pixels, strip);
  }
  return {};
}

Result<void> answer(BytesView file, const DecodeLimits& limits) {
  Picture about;
  TRY_ASSIGN(const Image image, open_pipeline(file, limits, about));
  take_profile(image.get(), about);
  const int sample_bytes = image->BandFmt == VIPS_FORMAT_USHORT ? 2 : 1;
  write_frame(FrameType::header, encode_header(image->Xsize, image->Ysize, image->Bands, sample_bytes, about));
  if (!about.icc.empty()) write_frame(FrameType::profile, about.icc);
  TRY(send_pixels(image.get()));
  write_frame(FrameType::end, {});
  return {};
}

// `start`: the file's first bytes, of which nothing but the kind is asked before the child is locked in.
Result<void> start_libraries(const DecodeLimits& limits, BytesView start) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  TRY(limit_resources(limits));
  ::mallopt(M_ARENA_MAX, 1);
  ::setenv("VIPS_DISC_THRESHOLD", "100g", 1);  // no temporary files: memory, up to its limit
  // libvips would load all its modules: ImageMagick, poppler and more. Found nowhere, only HEIF is loaded, by name, and
  // only for HEIF: it brings four video codecs, which take longer to start than a small picture to decode.
  ::setenv("VIPSHOME", "/nonexistent", 1);
  if (VIPS_INIT("probity") != 0) return fail(ErrorCode::internal, "libvips does not start: " + vips_reason());
  const auto loader = recognise(start);
  if (loader && loader->format == FileFormat::heif &&
      g_module_open(PROBITY_VIPS_HEIF_MODULE, G_MODULE_BIND_LAZY) == nullptr)
    vips_error_clear();
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_block_untrusted_set(TRUE);
  return lock_in();
}

}  // namespace

int decode_child_main() {
  std::array<std::uint8_t, kRequestBytes> request_bytes{};
  if (!read_all(request_bytes)) return 1;
  const Request request = parse_request(request_bytes);
  if (request.file_bytes > request.limits.file_bytes) return 1;
  std::array<std::uint8_t, kRecognisedBytes> start{};
  const std::span known = std::span(start).first(std::min<std::size_t>(start.size(), request.file_bytes));
  if (!read_all(known)) return 1;
  Result<void> result = start_libraries(request.limits, known);
  Bytes file;
  if (result) {
    file.resize(static_cast<std::size_t>(request.file_bytes));
    std::ranges::copy(known, file.begin());
    if (!read_all(std::span(file).subspan(known.size()))) return 1;
    result = answer(file, request.limits);
  }
  if (!result) write_frame(FrameType::error, encode_error(result.error()));
  // Threads of the libraries may still run; the filter leaves no call for an orderly end.
  ::_exit(0);
}

}  // namespace probity::media
